//! What a proposed policy would make easier to satisfy than the one that governs (X.3).
//!
//! Only what loosens is told: whoever tightens a policy needs nobody's leave.

mod baseline;
mod boundaries;
mod workflows;

use std::sync::Arc;

use super::{Adoption, Config, Skip, Terms, Waiver};
use crate::base::words::list;
use crate::base::{Level, RepoPath, Span};
use crate::workflow::{RevisionName, Workflow};

/// One thing that would be easier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loosening {
    /// The file of the judged tree that says so.
    pub path: RepoPath,
    /// The place in it; nothing for what is not there any more.
    pub span: Option<Span>,
    /// What is easier, as a clause.
    pub told: String,
    /// What it is about, stable against edits elsewhere.
    pub subject: String,
}

/// A configuration with the workflows that it follows, each with its root and the entry that
/// adopts it.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'p> {
    pub config: &'p Config,
    pub followed: &'p [(Arc<Workflow>, RepoPath, Option<usize>)],
}

impl<'p> Policy<'p> {
    fn adoption(&self, entry: Option<usize>) -> Option<&'p Adoption> {
        self.config.workflows.get(entry?)
    }
}

/// What `proposed` makes easier than `governing` does. `rules` are the ids of all rules with the
/// levels that they have of themselves.
pub fn between(
    governing: Policy<'_>,
    proposed: Policy<'_>,
    rules: &[(&str, Level)],
) -> Vec<Loosening> {
    let known = baseline::compare(&governing.config.baseline, &proposed.config.baseline);
    let mut found = Found { path: proposed.config.path(), all: known };
    if let (Some(file), None) = (&governing.config.file, &proposed.config.file) {
        found.path = file.path.clone();
        let told = "the configuration is deleted, and what it asks for with it";
        found.push(None, told.to_owned(), "configuration".to_owned());
        return found.all;
    }
    if governing.config.file.is_some() && governing.config.home != proposed.config.home {
        let home = match governing.config.home.is_root() {
            true => "the repository root",
            false => governing.config.home.as_str(),
        };
        let told = format!("this configuration takes the place of that in {home}");
        found.push(None, told, "home".to_owned());
    }
    settings(governing.config, proposed.config, &mut found);
    for (workflow, root, entry) in governing.followed {
        let mut all = proposed.followed.iter();
        let own = all.find(|(own, at, _)| own.id == workflow.id && at == root);
        let Some((own, _, own_entry)) = own else {
            let told = format!("{} is not followed under {root} any more", workflow.id);
            found.push(None, told, format!("workflow {} {root}", workflow.id));
            continue;
        };
        levels(governing.config, workflow, proposed.config, own, rules, &mut found);
        let (was, now) = (governing.adoption(*entry), proposed.adoption(*own_entry));
        adoption(was, now, workflow, own, &mut found);
        if workflow.files != own.files {
            workflows::compare(workflow, own, &mut found.all);
        }
    }
    let mut told: Vec<Loosening> = Vec::new();
    for one in found.all {
        if !told.contains(&one) {
            told.push(one);
        }
    }
    told
}

/// What was found in the configuration.
struct Found {
    path: RepoPath,
    all: Vec<Loosening>,
}

impl Found {
    fn push(&mut self, span: Option<Span>, told: String, subject: String) {
        self.all.push(Loosening { path: self.path.clone(), span, told, subject });
    }
}

/// How the code is held against the contracts.
fn code(governing: &Config, proposed: &Config, found: &mut Found) {
    for pattern in &proposed.code.exclude {
        let written = &pattern.value.written;
        if !governing.code.exclude.iter().any(|known| known.value == pattern.value) {
            let told = format!("the code in `{written}` is not read any more");
            found.push(Some(pattern.span), told, format!("code exclude {written}"));
        }
    }
    let floor = |config: &Config| config.code.floor.as_ref().map_or(Config::FLOOR, |one| one.value);
    if floor(proposed) > floor(governing) {
        let (from, to) = (floor(governing), floor(proposed));
        let told = format!("code is judged where {to} % of the contracts are found, not {from} %");
        let span = proposed.code.floor.as_ref().map(|one| one.span);
        found.push(span, told, "code floor".to_owned());
    }
}

/// What holds for every workflow.
fn settings(governing: &Config, proposed: &Config, found: &mut Found) {
    if governing.require_history && !proposed.require_history {
        let told = "a history that is not all there is no error any more";
        found.push(None, told.to_owned(), "require-history".to_owned());
    }
    for pattern in &proposed.exclude {
        let written = &pattern.value.written;
        if !governing.exclude.iter().any(|known| known.value == pattern.value) {
            let told = format!("nothing looks at `{written}` any more");
            found.push(Some(pattern.span), told, format!("exclude {written}"));
        }
    }
    code(governing, proposed, found);
    for (id, paths) in &proposed.deliverables {
        let known = governing.deliverables.get(id).map(|known| &known.value[..]);
        let added = paths.value.iter().filter(|path| !known.unwrap_or_default().contains(path));
        let added: Vec<String> = added.map(|path| format!("`{}`", path.written)).collect();
        if !added.is_empty() {
            let told = format!("{} may do the duty of `{id}`", list(&added));
            found.push(Some(paths.span), told, format!("deliverable {id}"));
        }
    }
    boundaries::compare(governing, proposed, found);
    for (name, aliases) in &governing.identities {
        let known = proposed.identities.get(name).map_or(&[][..], Vec::as_slice);
        let gone: Vec<&String> = aliases.iter().filter(|alias| !known.contains(alias)).collect();
        if !gone.is_empty() {
            let told = format!("{} is not taken for {name} any more", list(&gone));
            found.push(None, told, format!("identity {name}"));
        }
    }
    for waiver in &proposed.waivers {
        let one = waiver.exception(&found.path);
        let wider = governing.waivers.iter().filter(|known| known.includes(waiver));
        let wider: Vec<&Terms> = wider.map(|known| &known.terms).collect();
        let subject = format!("waiver {}", one.subject);
        if wider.is_empty() {
            found.push(Some(one.span), format!("{} is added", one.title), subject);
        } else if !wider.iter().any(|known| known.reach(&waiver.terms)) {
            let last = waiver.terms.last_day.as_ref().map_or(one.span, |day| day.span);
            found.push(Some(last), format!("{} holds longer", one.title), subject);
        }
    }
}

/// The levels of rules, of which each is told once.
fn levels(
    governing: &Config,
    was: &Workflow,
    proposed: &Config,
    now: &Workflow,
    rules: &[(&str, Level)],
    found: &mut Found,
) {
    for &(rule, own) in rules {
        let level = |config: &Config, workflow: &Workflow| {
            let of_workflow = || workflow.levels.get(rule).map(|(level, _)| *level);
            config.level(rule).or_else(of_workflow).unwrap_or(own)
        };
        let (before, after) = (level(governing, was), level(proposed, now));
        if after >= before {
            continue;
        }
        let told =
            format!("the level of `{rule}` falls from {} to {}", before.word(), after.word());
        let subject = format!("level {rule}");
        match (proposed.levels.get(rule), now.levels.get(rule)) {
            (Some(setting), _) => found.push(Some(setting.span), told, subject),
            (None, Some((_, place))) if governing.level(rule).is_none() => {
                let path = now.file(*place).path.clone();
                found.all.push(Loosening { path, span: Some(place.span), told, subject });
            }
            _ => found.push(None, told, subject),
        }
    }
}

/// What an entry says about one workflow.
fn adoption(
    was: Option<&Adoption>,
    now: Option<&Adoption>,
    workflow: &Workflow,
    own: &Workflow,
    found: &mut Found,
) {
    let names = |adoption: Option<&Adoption>| -> Vec<RevisionName> {
        adoption.map(|one| one.agreement.clone()).unwrap_or_default()
    };
    let (before, after) = (names(was), names(now));
    let written = |names: &[RevisionName]| -> Vec<String> {
        names.iter().map(|name| format!("`{}`", name.written)).collect()
    };
    if written(&before) != written(&after) {
        let span = after.first().map(|name| name.span).or(now.map(|one| one.span));
        let told = match (written(&before).is_empty(), written(&after).is_empty()) {
            (true, _) => format!("{} becomes the agreement", list(&written(&after))),
            (_, true) => format!("{} is the agreement no more", list(&written(&before))),
            _ => format!(
                "the agreement moves from {} to {}",
                list(&written(&before)),
                list(&written(&after))
            ),
        };
        found.push(span, told, format!("agreement {}", own.id));
    }
    let Some(now) = now else { return };
    let skipped = |adoption: Option<&Adoption>, workflow: &Workflow| -> Vec<String> {
        let begins = adoption.and_then(|one| one.begins.as_ref());
        let first = begins.and_then(|begins| workflow.phase(&begins.value));
        let before = first.map(|first| workflow.before(first)).unwrap_or_default();
        before.into_iter().map(|phase| workflow.phases[phase].id.clone()).collect()
    };
    let known = skipped(was, workflow);
    if let Some(begins) = &now.begins
        && skipped(Some(now), own).iter().any(|phase| !known.contains(phase))
    {
        let told = format!("the workflow would begin with phase {}", begins.value);
        found.push(Some(begins.span), told, format!("begins {}", own.id));
    }
    for skip in &now.skips {
        let known = was.map(|one| &one.skips[..]).unwrap_or_default().iter();
        let known: Vec<&Skip> =
            known.filter(|known| known.phase.value == skip.phase.value).collect();
        if known.iter().any(|known| known.terms.reach(&skip.terms)) {
            continue;
        }
        let longer = if known.is_empty() { "" } else { " longer" };
        let told = format!("phase {} is skipped{longer}", skip.phase.value);
        found.push(Some(skip.phase.span), told, format!("skip {}", skip.phase.value));
    }
}

impl Waiver {
    /// Whether it covers whatever another one covers.
    fn includes(&self, other: &Waiver) -> bool {
        self.rule == other.rule
            && (self.subject.is_none() || self.subject == other.subject)
            && (self.path.is_none() || self.path == other.path)
    }
}

impl Terms {
    /// Whether they are in order and hold as long as others do, where those are in order.
    fn reach(&self, others: &Terms) -> bool {
        let last = |terms: &Terms| terms.last_day.as_ref().map(|day| day.value);
        let in_order = |terms: &Terms| terms.lacks().is_empty();
        !in_order(others) || in_order(self) && last(self) >= last(others)
    }
}
