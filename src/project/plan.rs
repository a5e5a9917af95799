//! What a plan says of its tasks: the phase of each, what comes before it, who does it, and how
//! far it is by its handoff.

use std::collections::{BTreeMap, HashMap};

use super::features::{Match, Name};
use super::{Artifact, Duty, DutyState, FeatureId, Project};
use crate::base::Span;
use crate::base::words::{flat, listed};
use crate::facts::DocumentFacts;
use crate::model::dates::{Date, date};
use crate::model::dependencies::id;
use crate::model::outcome::{self, Outcome};
use crate::model::people;
use crate::model::records::{Assignments, Handoff, Handoffs};
use crate::model::thresholds::{Measure, figures};
use crate::workflow::Kind;

/// A phase of a plan, by the identifier that drawings give it: `phase2`.
pub type PhaseId = String;

/// The order of the work.
#[derive(Debug, Default)]
pub struct Order {
    /// By feature.
    phases: Vec<Option<PhaseId>>,
    /// What each needs directly.
    needs: Vec<Vec<FeatureId>>,
    /// The phases that come before each, by the drawings of phases, else by their numbers.
    before: BTreeMap<PhaseId, Vec<PhaseId>>,
}

impl Order {
    pub fn of(project: &Project) -> Self {
        let graph = project.graph();
        let count = project.features.len();
        let (mut phases, mut needs) = (vec![None; count], vec![Vec::new(); count]);
        for view in &graph.views {
            for member in &view.members {
                let group = member.group.map(|at| &view.groups[at]).filter(|one| one.ordered);
                let (Some(group), Some(feature)) = (group, graph.nodes[member.node].feature) else {
                    continue;
                };
                if phases[feature].is_none() {
                    phases[feature] = id(&group.name).map(|(id, _)| id);
                }
            }
        }
        let mut among: HashMap<PhaseId, Vec<PhaseId>> = HashMap::new();
        for edge in graph.edges.iter().filter(|edge| edge.stated().is_some()) {
            let (from, to) = (&graph.nodes[edge.from], &graph.nodes[edge.to]);
            match (from.feature, to.feature) {
                (Some(from), Some(to)) => {
                    // Of two that wait for each other neither is known to come first.
                    let circle = &graph.shape.circle;
                    let around =
                        circle[edge.from].is_some() && circle[edge.from] == circle[edge.to];
                    if !around && !graph.is_disputed(edge.from, edge.to) {
                        needs[from].push(to);
                    }
                }
                (None, None) => {
                    if let (Some((from, _)), Some((to, _))) = (id(&from.name), id(&to.name)) {
                        among.entry(from).or_default().push(to);
                    }
                }
                (Some(_), None) | (None, Some(_)) => {}
            }
        }
        let known: Vec<PhaseId> = phases.iter().flatten().cloned().collect();
        let before = known.iter().map(|phase| (phase.clone(), earlier(phase, &known, &among)));
        let before = before.collect();
        Self { phases, needs, before }
    }

    pub fn phase(&self, feature: FeatureId) -> Option<&str> {
        self.phases[feature].as_deref()
    }

    /// Whether any task stands in a phase.
    pub fn has_phase(&self, phase: &str) -> bool {
        self.before.contains_key(phase)
    }

    /// Everything that must be complete before a task begins: what it needs, directly or not, and
    /// all tasks of earlier phases.
    pub fn before(&self, feature: FeatureId) -> Vec<FeatureId> {
        let mut found: Vec<FeatureId> = Vec::new();
        let mut open = self.needs[feature].clone();
        while let Some(next) = open.pop() {
            if next != feature && !found.contains(&next) {
                open.extend(&self.needs[next]);
                found.push(next);
            }
        }
        let earlier = self.phases[feature].as_ref().and_then(|phase| self.before.get(phase));
        for phase in earlier.into_iter().flatten() {
            let of_phase = self.phases.iter().enumerate();
            found.extend(of_phase.filter(|(_, own)| own.as_ref() == Some(phase)).map(|(id, _)| id));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The phases before one: by the arrows between phases, where any leads to or from it, else by
/// the numbers.
fn earlier(
    phase: &PhaseId,
    known: &[PhaseId],
    among: &HashMap<PhaseId, Vec<PhaseId>>,
) -> Vec<PhaseId> {
    let drawn = among.contains_key(phase) || among.values().flatten().any(|to| to == phase);
    let mut found: Vec<PhaseId> = Vec::new();
    if drawn {
        let mut open = among.get(phase).cloned().unwrap_or_default();
        while let Some(next) = open.pop() {
            if !found.contains(&next) && next != *phase {
                open.extend(among.get(&next).cloned().unwrap_or_default());
                found.push(next);
            }
        }
        return found;
    }
    let number = |phase: &str| -> Option<u32> {
        let digits: String = phase.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let own = number(phase);
    let before = |other: &&PhaseId| number(other).zip(own).is_some_and(|(one, own)| one < own);
    found.extend(known.iter().filter(before).cloned());
    found.sort_unstable();
    found.dedup();
    found
}

/// A handoff with its document.
#[derive(Clone, Copy, Debug)]
pub struct Given<'p> {
    pub artifact: &'p Artifact,
    pub facts: &'p DocumentFacts,
    pub handoff: &'p Handoff,
    /// The task that is handed over.
    pub task: Option<FeatureId>,
}

/// Who does a task, or has something to do in a phase.
#[derive(Clone, Debug)]
pub struct Assigned<'p> {
    pub artifact: &'p Artifact,
    pub facts: &'p DocumentFacts,
    pub place: Span,
    pub target: Target,
    /// The keys of those who are named; nobody where the place for a name is empty.
    pub agents: Vec<String>,
    /// The names as written.
    pub written: &'p str,
    /// What is to be done, beside a phase.
    pub duty: Option<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Task(FeatureId),
    Phase(PhaseId),
}

impl Project {
    /// Whether the documents that declare the subjects are there. Where one is missing, that is
    /// what is said.
    pub fn is_planned(&self) -> bool {
        let declares = |duty: &&Duty| {
            let one = &self.workflow.phases[duty.phase].deliverables[duty.deliverable];
            one.kind == Kind::Dependencies
        };
        let missing =
            |duty: &Duty| matches!(duty.state, DutyState::Missing { .. } | DutyState::Uncovered(_));
        !self.duties.iter().filter(declares).any(missing)
    }

    /// Every handoff, in the order of the documents.
    pub fn handoffs<'p>(&'p self) -> Vec<Given<'p>> {
        let all = self.records::<Handoffs>().flat_map(|(artifact, facts, handoffs)| {
            handoffs.0.iter().map(move |handoff| (artifact, facts, handoff))
        });
        let given = |(artifact, facts, handoff): (&'p Artifact, &'p DocumentFacts, &'p Handoff)| {
            let task = match artifact.features[..] {
                [only] => Some(only),
                _ => self.named_first(titled(facts.text_of(handoff.title))),
            };
            Given { artifact, facts, handoff, task }
        };
        all.map(given).collect()
    }

    /// The declared subject that a text means as a whole or by the identifier it begins with.
    pub fn named_first(&self, text: &str) -> Option<FeatureId> {
        match self.names.find(&Name::new(text.trim(), None)) {
            Match::One(feature) => Some(feature),
            _ => None,
        }
    }

    /// Every assignment of a plan.
    pub fn assigned(&self) -> Vec<Assigned<'_>> {
        let mut found = Vec::new();
        for (artifact, facts, assignments) in self.records::<Assignments>() {
            for one in &assignments.0 {
                let subject = facts.text_of(one.subject).trim();
                let phase = id(subject).filter(|(id, _)| {
                    crate::model::dependencies::kind_of(id).is_some_and(|kind| kind == "phase")
                });
                let target = match phase {
                    Some((phase, _)) => Some(Target::Phase(phase)),
                    None => self.named_first(subject).map(Target::Task),
                };
                let Some(target) = target else { continue };
                let written = one.agent.map_or("", |agent| facts.text_of(agent).trim());
                let agents = agents(written);
                let (place, duty) = (one.place, one.duty);
                found.push(Assigned { artifact, facts, place, target, agents, written, duty });
            }
        }
        // A plan may say the same line in two of its parts.
        found.dedup_by(|one, other| {
            one.place == other.place && std::ptr::eq(one.artifact, other.artifact)
        });
        found
    }
}

/// `Handoff: Task 1A - Schema` → `Task 1A - Schema`.
fn titled(title: &str) -> &str {
    title.split_once(':').map_or(title, |(_, rest)| rest)
}

/// Those whom a text names, in a form that compares: `Sub-Agent Alpha (core)` and `Alpha`.
pub fn agents(text: &str) -> Vec<String> {
    let people: Vec<String> = people::named(text).into_iter().map(|one| one.key).collect();
    if !people.is_empty() {
        return people;
    }
    let bare = text.split('(').next().unwrap_or("");
    let words = flat(bare);
    let fillers = listed!("agent|sub|the|and");
    let words: Vec<&str> = words.split(' ').filter(|word| !fillers.has(word)).collect();
    let all = words.join(" ");
    if all.is_empty() { Vec::new() } else { vec![all] }
}

/// How far a handoff says its task is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    Complete,
    /// So many percent, or a check that failed.
    Open,
    Unknown,
}

impl Given<'_> {
    pub fn text(&self, span: Option<Span>) -> &str {
        span.map_or("", |span| self.facts.text_of(span).trim())
    }

    pub fn date(&self) -> Option<Date> {
        date(self.text(self.handoff.date)).or_else(|| date(self.artifact.path.name()))
    }

    /// The percentage of its completion.
    pub fn percent(&self) -> Option<f64> {
        let all = figures(self.text(self.handoff.completion));
        let share = all.iter().find(|(_, _, measure)| *measure == Measure::Share);
        share.or(all.first()).map(|(_, value, _)| *value)
    }

    /// Where it says that the quality or the tests failed.
    pub fn failed(&self, project: &Project) -> Option<Span> {
        let words = &project.workflow.vocabulary;
        let failed = |span: &Span| {
            let text = self.text(Some(*span));
            outcome::of_value(text, words) == Some(Outcome::Fail) || lacks_some(text)
        };
        [self.handoff.quality, self.handoff.testing].into_iter().flatten().find(failed)
    }

    pub fn progress(&self, project: &Project) -> Progress {
        let words = &project.workflow.vocabulary;
        if self.failed(project).is_some() {
            return Progress::Open;
        }
        match self.percent() {
            Some(percent) if percent >= 100.0 => Progress::Complete,
            Some(_) => Progress::Open,
            None => match outcome::of_value(self.text(self.handoff.completion), words) {
                Some(Outcome::Pass) => Progress::Complete,
                Some(_) => Progress::Open,
                None => Progress::Unknown,
            },
        }
    }
}

/// Whether fewer passed than there are: "18 of 20 tests pass".
fn lacks_some(text: &str) -> bool {
    let words = flat(text);
    let words: Vec<&str> = words.split(' ').collect();
    let passes = listed!("pass|passed|passes|passing|green|succeeded|ok");
    let fewer = words.windows(3).any(|three| match three {
        [some, "of", all] => {
            let numbers = some.parse::<u32>().ok().zip(all.parse::<u32>().ok());
            numbers.is_some_and(|(some, all)| some < all)
        }
        _ => false,
    });
    fewer && words.iter().any(|word| passes.has(word))
}

/// The handoff of each task that counts: the one of the latest date.
pub fn latest<'p>(given: &[Given<'p>]) -> HashMap<FeatureId, Given<'p>> {
    let mut found: HashMap<FeatureId, Given<'p>> = HashMap::new();
    for one in given {
        let Some(task) = one.task else { continue };
        match found.get(&task) {
            Some(known) if known.date() > one.date() => {}
            _ => _ = found.insert(task, *one),
        }
    }
    found
}
