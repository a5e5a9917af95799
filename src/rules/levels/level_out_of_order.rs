use crate::base::words::flat;
use crate::base::{Level, Span};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::phrases::{has, words};
use crate::model::records::{Levels, Step};
use crate::project::Project;
use crate::project::team::Team;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "level-out-of-order",
    summary: "work needs something of a later level, or of one in which all goes side by side",
    promises: &["S1.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/level-out-of-order.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let team = Team::of(project);
    for (artifact, facts, levels) in project.records::<Levels>() {
        for (at, level) in levels.0.iter().enumerate() {
            for (step, &need) in
                level.steps.iter().flat_map(|step| step.needs.iter().map(move |need| (step, need)))
            {
                let found = needed(facts, &team, levels, need);
                // Where several things are called so, the earliest is meant.
                let Some((where_, other)) = found.into_iter().min_by_key(|(level, _)| *level)
                else {
                    continue;
                };
                let other_title = facts.text_of(levels.0[where_].title);
                let task = facts.text_of(step.task);
                let named = facts.text_of(other.task);
                let why = if where_ > at {
                    format!("which stands in the later level \"{other_title}\"")
                } else if where_ == at && level.parallel && other.place != step.place {
                    format!("which stands beside it in the parallel level \"{other_title}\"")
                } else {
                    continue;
                };
                let message = format!("\"{task}\" needs \"{named}\", {why}");
                out.push(
                    Finding::at(&artifact.path, need, message)
                        .help(format!(
                            "move \"{named}\" to a level before \"{}\", or take the need out",
                            facts.text_of(level.title)
                        ))
                        .subject(format!("{task}: {named}"))
                        .related(&artifact.path, Some(other.place), "needed here"),
                );
            }
        }
    }
}

/// The steps that a need may mean, each with its level: those that are called so, else those of
/// the person whose work it is ("Riley's design"), of which the ones that share a word with it
/// count before all others.
fn needed<'l>(
    facts: &DocumentFacts,
    team: &Team<'_>,
    levels: &'l Levels,
    need: Span,
) -> Vec<(usize, &'l Step)> {
    let text = facts.text_of(need);
    let all = || {
        levels
            .0
            .iter()
            .enumerate()
            .flat_map(|(at, one)| one.steps.iter().map(move |step| (at, step)))
    };
    let name = flat(text);
    let called: Vec<_> = all()
        .filter(|(_, step)| {
            let task = flat(facts.text_of(step.task));
            has(&task, &name) || has(&name, &task)
        })
        .collect();
    if !called.is_empty() {
        return called;
    }
    let Some((owner, what)) = text.split_once("'s ").or_else(|| text.split_once("’s ")) else {
        return Vec::new();
    };
    let own: Vec<_> =
        all().filter(|(_, step)| team.is_same(owner, facts.text_of(step.who))).collect();
    let what = flat(what);
    let shares = |step: &Step| {
        let task = flat(facts.text_of(step.task));
        words(&what).any(|word| has(&task, word))
    };
    let sharing: Vec<_> = own.iter().copied().filter(|(_, step)| shares(step)).collect();
    if sharing.is_empty() { own } else { sharing }
}
