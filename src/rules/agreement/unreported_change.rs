use std::collections::HashMap;

use super::{agreement, reporting_phase, short};
use crate::base::words::{count, either, few};
use crate::base::{Level, RepoPath};
use crate::finding::Finding;
use crate::ledger::{Agreement, Change, Ledger, Thing};
use crate::model::Model;
use crate::model::evidence::Statement;
use crate::project::{Artifact, DutyState, FeatureId, Project, Subject};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "unreported-change",
    summary: "something that was agreed stands differently now, and no evidence reports it",
    promises: &["S2.11", "S2.18"],
    level: Level::Deny,
    page: include_str!("../../../rules/unreported-change.md"),
    check: Check::Ledger(check),
};

/// More differences than this are not worth naming in one sentence.
const NAMED: usize = 4;
/// From so many things on, that changed in the same way, they are one finding.
const ALIKE: usize = 3;

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let Some(phase) = reporting_phase(project) else { return };
    let mut places: HashMap<(usize, String), usize> = HashMap::new();
    let mut things: Vec<Vec<&Change>> = Vec::new();
    for (change, reporters) in ledger.changes.iter().zip(&ledger.account.reporters) {
        if reporters.is_empty() && !is_spoken_of(project, change) {
            let thing = (change.iteration, change.thing.to_string());
            let place = *places.entry(thing).or_insert(things.len());
            things.resize_with(things.len().max(place + 1), Vec::new);
            things[place].push(change);
        }
    }
    for alike in alike(things) {
        let Some(first) = alike.first().and_then(|changes| changes.first()) else { continue };
        let Some(agreement) = agreement(ledger, first.iteration) else { continue };
        let report = Unreported { ledger, project, agreement, alike: &alike, first };
        out.push(report.finding().gate(first.iteration, phase));
    }
}

/// Things that changed in the same way are one matter where they are many: the same header gone
/// everywhere, a document that went.
fn alike(things: Vec<Vec<&Change>>) -> Vec<Vec<Vec<&Change>>> {
    type Way<'c> = (usize, &'static str, Vec<&'c str>);
    let mut places: HashMap<Way<'_>, usize> = HashMap::new();
    let mut ways: Vec<Vec<Vec<&Change>>> = Vec::new();
    for changes in things {
        let Some(first) = changes.first() else { continue };
        let told = changes.iter().map(|one| &*one.told).collect();
        let way = (first.iteration, first.thing.word(), told);
        let place = *places.entry(way).or_insert(ways.len());
        ways.resize_with(ways.len().max(place + 1), Vec::new);
        ways[place].push(changes);
    }
    let split = ways.into_iter().flat_map(|way| {
        let many = way.len() >= ALIKE;
        if many { vec![way] } else { way.into_iter().map(|one| vec![one]).collect() }
    });
    split.collect()
}

/// Whether another rule says what is wrong: the evidence that would report it is missing or says
/// nothing, or the document that should hold it is missing or cannot be read.
fn is_spoken_of(project: &Project, change: &Change) -> bool {
    let standing = |path: &RepoPath| project.artifacts.iter().find(|one| one.path == *path);
    let is_blank = |one: &Artifact| one.facts().is_none_or(|facts| !facts.says_anything());
    let document = change.then.as_ref().is_some_and(|then| match standing(&then.path) {
        Some(artifact) => is_blank(artifact),
        None => is_missing(project, &then.path),
    });
    let evidence = change.concerns.first().is_some_and(|&feature| {
        let due = evidence_of(project, feature);
        project.features[feature].iteration == change.iteration
            && due.is_some_and(|(state, _)| match state {
                DutyState::Done(done) => done.iter().all(|&id| is_blank(&project.artifacts[id])),
                DutyState::Missing { .. } => true,
                _ => false,
            })
    });
    document || evidence
}

/// Whether a document that stood at a path is missing.
fn is_missing(project: &Project, path: &RepoPath) -> bool {
    let found = path.below(&project.root).and_then(|below| project.workflow.classify(below));
    found.is_some_and(|found| {
        project.duties.iter().any(|duty| {
            (duty.phase, duty.deliverable) == (found.phase, found.deliverable)
                && matches!(duty.state, DutyState::Missing { .. })
        })
    })
}

/// What became of the duty to leave evidence of a feature, and where it is expected.
fn evidence_of(project: &Project, feature: FeatureId) -> Option<(&DutyState, &RepoPath)> {
    let mut duties = project.duties.iter().filter(|duty| {
        let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
        deliverable.kind == Kind::Evidence && duty.subject == Subject::Feature(feature)
    });
    duties.next().map(|duty| (&duty.state, &duty.expected))
}

/// Things that changed in one way, and nobody reported it.
struct Unreported<'p> {
    ledger: &'p Ledger,
    project: &'p Project,
    agreement: &'p Agreement,
    alike: &'p [Vec<&'p Change>],
    first: &'p Change,
}

impl Unreported<'_> {
    fn finding(&self) -> Finding {
        let place = &self.first.place;
        let message = self.message();
        let mut finding = match place.span {
            Some(span) => Finding::at(&place.path, span, message),
            None => Finding::about(&place.path, message),
        };
        for changes in &self.alike[1..] {
            let (other, name) = (&changes[0].place, changes[0].thing.to_string());
            finding = finding.related(&other.path, other.span, format!("{name} stands here"));
        }
        finding = self.statement(finding).help(self.help()).promise("S2.11");
        let later = self.ledger.agreements.iter().any(|one| one.iteration > self.first.iteration);
        let finding = if later { finding.promise("S2.18") } else { finding };
        finding.subject(self.names().join(", "))
    }

    fn names(&self) -> Vec<String> {
        self.alike.iter().map(|changes| changes[0].thing.to_string()).collect()
    }

    fn message(&self) -> String {
        let commit = short(self.agreement);
        let told: Vec<&str> = self.alike[0].iter().map(|one| &*one.told).collect();
        let told = few(&told, NAMED);
        let nobody = format!("no evidence{} reports it", self.whose());
        if self.alike.len() > 1 {
            let things =
                count(self.alike.len(), self.first.thing.word(), &plural(self.first.thing.word()));
            let names: Vec<String> =
                self.alike.iter().map(|changes| subject(&changes[0].thing)).collect();
            let names = few(&names, NAMED);
            // What is owned is told of by a whole clause, which needs a subject.
            let each = if matches!(self.first.thing, Thing::Owned { .. }) { "each " } else { "" };
            return format!(
                "{things} differ from what was agreed in {commit} in the same way, and {nobody}: \
                 {each}{told} ({names})"
            );
        }
        match &self.first.thing {
            Thing::Contract { .. } | Thing::Feature { .. } => {
                let name = &self.first.thing;
                format!("{name} differs from what was agreed in {commit}, and {nobody}: {told}")
            }
            other => {
                let name = subject(other);
                format!("{name} {told}, otherwise than agreed in {commit}, and {nobody}")
            }
        }
    }

    /// The features whose evidence may report it: ` of Catalog or Reservations`.
    fn whose(&self) -> String {
        let features = self.first.concerns.iter().map(|&id| &*self.project.features[id].name);
        let names: Vec<&str> = features.collect();
        if names.is_empty() {
            return String::new();
        }
        format!(" of {}", either(&names, 2))
    }

    fn help(&self) -> String {
        let paths = self.first.concerns.iter().filter_map(|&id| self.evidence(id));
        let first = paths.into_iter().next();
        let place = match first {
            Some(path) => format!("in {path}"),
            None => "in the evidence of a feature".to_owned(),
        };
        let report = format!("report it under Deviations {place} with what, why and impact");
        if self.first.then.is_none() && matches!(self.first.thing, Thing::Feature { .. }) {
            return format!(
                "{report}, or schedule it in a later iteration in the dependency graph"
            );
        }
        let agreed = self.first.then.as_ref().map(|then| {
            let commit = short(self.agreement);
            format!(": {}:{} in {commit}", then.path, then.line)
        });
        format!("{report}, or restore what was agreed{}", agreed.unwrap_or_default())
    }

    /// The evidence of a feature, where it stands or is expected.
    fn evidence(&self, feature: FeatureId) -> Option<RepoPath> {
        let (state, expected) = evidence_of(self.project, feature)?;
        match state {
            DutyState::Done(done) => {
                done.first().map(|&id| self.project.artifacts[id].path.clone())
            }
            _ => Some(expected.clone()),
        }
    }

    /// Adds what the evidence says instead: that there are none, or an entry that names the thing
    /// and not what changed.
    fn statement(&self, finding: Finding) -> Finding {
        let Thing::Contract { subject, .. } = &self.first.thing else { return finding };
        let entries = self.ledger.books.entries.iter().zip(&self.ledger.account.entries);
        let mut near = entries.filter(|(_, naming)| naming.contracts.contains(subject));
        if let Some((entry, _)) = near.next() {
            let path = &self.project.artifacts[entry.artifact].path;
            let concerns = &self.first.concerns;
            let own = entry.features.iter().any(|one| concerns.contains(one));
            let message = match own || concerns.is_empty() || entry.features.is_empty() {
                true => format!("this deviation is about {subject}, and does not report that"),
                false => "this deviation stands in the evidence of another feature".to_owned(),
            };
            return finding.related(path, Some(entry.span), message);
        }
        let own = self.first.concerns.first().and_then(|&id| self.evidence(id));
        let artifact = self.project.artifacts.iter().find(|one| Some(&one.path) == own.as_ref());
        let Some(artifact) = artifact else { return finding };
        let Model::Evidence(evidence) = &*artifact.model else { return finding };
        let said = &evidence.deviations;
        match (said.statement, said.none, said.place) {
            (Statement::None, Some(none), _) => {
                finding.related(&artifact.path, Some(none), "the evidence says that there are none")
            }
            (_, _, Some(place)) => {
                finding.related(&artifact.path, Some(place), "deviations are reported here")
            }
            _ => finding,
        }
    }
}

/// What a clause that tells a change is about.
fn subject(thing: &Thing) -> String {
    match thing {
        Thing::Criterion { text, .. } => format!("the criterion \"{}\"", shortened(text)),
        Thing::Item { text, .. } => format!("\"{}\"", shortened(text)),
        other => shortened(&other.to_string()),
    }
}

fn plural(word: &str) -> String {
    match word {
        "criterion" => "criteria".to_owned(),
        "ownership" => "things that features own".to_owned(),
        "checklist" => "lines of checklists".to_owned(),
        _ => match word.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{word}s"),
        },
    }
}

/// The beginning of a text that names something.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => {
            let head = &text[..end];
            format!("{}…", head.rsplit_once(' ').map_or(head, |(head, _)| head))
        }
    }
}
