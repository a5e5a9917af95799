use std::collections::HashMap;

use super::{name, path_of};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::graph::{NodeId, View, components};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "critical-path",
    summary: "something is marked as critical and lies on no longest path",
    promises: &["S0.2", "S2.8", "S4.1"],
    level: Level::Warn,
    page: include_str!("../../../rules/critical-path.md"),
    check: Check::Project(check),
};

/// Two paths that differ by less are equally long.
const SAME: f64 = 0.001;

fn check(project: &Project, out: &mut Vec<Finding>) {
    for view in &project.graph().views {
        let marked = || view.members.iter().filter_map(|one| Some((one, one.critical?)));
        if !marked().any(|(_, (critical, _))| critical) {
            continue;
        }
        let Some(slack) = slack(view) else { continue };
        for (member, (_, span)) in marked().filter(|(_, (critical, _))| *critical) {
            let Some(&spare) = slack.get(&member.node).filter(|spare| **spare > SAME) else {
                continue;
            };
            let name = name(project, member.node);
            let message = format!(
                "{name} is marked as critical, but may take {spare:.1} days longer before anything waits"
            );
            out.push(
                Finding::at(path_of(project, view), span, message)
                    .help("mark what lies on the longest path, or correct the durations")
                    .subject(name),
            );
        }
    }
}

/// How much longer each row may take without making the whole longer, in days. Nothing where a
/// row has no duration, or where rows wait for each other.
fn slack(view: &View) -> Option<HashMap<NodeId, f64>> {
    let mut places: HashMap<NodeId, usize> = HashMap::new();
    let mut days = Vec::new();
    for (at, member) in view.members.iter().enumerate() {
        days.push(member.days?);
        if places.insert(member.node, at).is_some() {
            return None;
        }
    }
    let mut needs = vec![Vec::new(); days.len()];
    let mut needed = vec![Vec::new(); days.len()];
    for arc in &view.needs {
        let (Some(&from), Some(&to)) = (places.get(&arc.from), places.get(&arc.to)) else {
            continue;
        };
        needs[from].push(to);
        needed[to].push(from);
    }
    let parts = components(&needs);
    if parts.iter().any(|part| part.len() > 1) {
        return None;
    }
    let longest = |next: &[Vec<usize>], order: &mut dyn Iterator<Item = usize>| {
        let mut length = vec![0.0f64; days.len()];
        for node in order {
            let before = next[node].iter().map(|&other| length[other]).fold(0.0, f64::max);
            length[node] = before + days[node];
        }
        length
    };
    let before = longest(&needs, &mut parts.iter().map(|part| part[0]));
    let after = longest(&needed, &mut parts.iter().rev().map(|part| part[0]));
    let whole = before.iter().copied().fold(0.0, f64::max);
    let spare = |at: usize| whole - (before[at] + after[at] - days[at]);
    Some(places.into_iter().map(|(node, at)| (node, spare(at))).collect())
}
