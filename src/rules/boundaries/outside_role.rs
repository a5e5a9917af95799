use std::collections::BTreeMap;

use super::SINGLE;
use crate::base::Level;
use crate::base::words::{few, list};
use crate::finding::Finding;
use crate::ledger::{Astray, By, Ledger};
use crate::project::Project;
use crate::project::team::Team;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "outside-role",
    summary: "somebody changed files that belong to another role",
    promises: &["S1.4"],
    level: Level::Deny,
    page: include_str!("../../../rules/outside-role.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let team = Team::of(project);
    let mut alike: BTreeMap<(&[String], &[String]), Vec<&Astray>> = BTreeMap::new();
    for one in &ledger.work.roles.astray {
        alike.entry((&one.roles, &one.owners)).or_default().push(one);
    }
    for ((roles, owners), all) in alike {
        for some in all.chunks(if all.len() > SINGLE { all.len() } else { 1 }) {
            let paths: Vec<&str> = some.iter().map(|one| one.path.as_str()).collect();
            let first = some[0];
            let who = titles(&team, roles);
            let verb = if paths.len() == 1 { "belongs" } else { "belong" };
            let message = format!(
                "{} changed {} in {}, which {verb} to the {}",
                capitalized(&format!("the {who}")),
                few(&paths, SINGLE),
                commit(first),
                titles(&team, owners),
            );
            let finding = finding(project, &team, first, message);
            let finding = match &paths[..] {
                [one] => finding.subject(format!("{}: {one}", roles.join(", "))),
                many => finding
                    .subject(format!("{}: files of {}", roles.join(", "), owners.join(", ")))
                    .members(many.iter().map(|path| (*path).to_owned())),
            };
            out.push(finding);
        }
    }
}

fn finding(project: &Project, team: &Team<'_>, one: &Astray, message: String) -> Finding {
    let to: Vec<String> = one.owners.iter().map(|role| team.named(role)).collect();
    let mut help = format!("hand it over to the {}", list(&to));
    if let Some(instead) = instead(project, team, &one.roles[0]) {
        help = format!("{help}; meanwhile the {} may {instead}", team.title(&one.roles[0]));
    }
    help.push_str(
        "; where the change had to be, have its owner hand the file over in a handoff that names it",
    );
    let place = |role: &String| team.members.iter().find(|member| member.role == *role);
    let own = one.roles.iter().find_map(place);
    let finding = match own.or_else(|| one.owners.iter().find_map(place)) {
        Some(member) => Finding::at(&member.artifact.path, member.place, message),
        None => Finding::about(&project.root, message),
    };
    let finding = one.owners.iter().filter_map(place).fold(finding, |finding, owner| {
        let told = format!("the paths of the {} stand here", team.title(&owner.role));
        finding.related(&owner.artifact.path, Some(owner.place), told)
    });
    let finding = finding.help(help);
    match project.working_phase() {
        Some(phase) => finding.gate(0, phase),
        None => finding,
    }
}

/// What a role may do instead: its work as the workflow says it, and where.
fn instead(project: &Project, team: &Team<'_>, role: &str) -> Option<String> {
    let work = project.workflow.role(role).map(|role| &*role.work).filter(|work| !work.is_empty());
    let own = team.members.iter().find(|member| member.role == role)?;
    let paths = own.paths.map(|paths| own.facts.text_of(paths).replace('`', ""));
    match (work, paths) {
        (Some(work), Some(paths)) => Some(format!("{work}, in {paths}")),
        (Some(work), None) => Some(work.to_owned()),
        (None, Some(paths)) => Some(format!("go on in {paths}")),
        (None, None) => None,
    }
}

fn titles(team: &Team<'_>, roles: &[String]) -> String {
    let titles: Vec<&str> = roles.iter().map(|role| team.title(role)).collect();
    list(&titles)
}

/// The commit, and what tells whose it is.
fn commit(one: &Astray) -> String {
    let short = &one.commit.short;
    let more = match one.commits {
        0 | 1 => "",
        _ => " and earlier",
    };
    match &one.by {
        By::Author(name) => format!("{short}{more} (by {name})"),
        By::Branch(branch) => format!("{short}{more} (on the branch {branch})"),
        _ => format!("{short}{more} (in this role, as the message says)"),
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
