use std::cell::LazyCell;
use std::collections::{BTreeSet, HashSet};

use crate::base::Level;
use crate::base::words::closest;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::ids::{Bases, Form, Id, Mention};
use crate::model::{Model, product};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "unknown-story",
    summary: "a document names a story that nobody tells",
    promises: &["S2.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/unknown-story.md"),
    check: Check::Project(check),
};

/// Among more unknown stories than this a hint for each is not worth its cost.
const HINTED: usize = 50;

fn check(project: &Project, out: &mut Vec<Finding>) {
    let known = Known::of(project);
    if known.prefixes.is_empty() {
        return;
    }
    let parts = LazyCell::new(|| Bases::of(&known.ids));
    for artifact in &project.artifacts {
        let (Some(facts), Some(mentions)) = (artifact.facts(), mentions(artifact)) else {
            continue;
        };
        let mut said: HashSet<&Id> = HashSet::new();
        for mention in mentions {
            for id in mention.ids().filter(|id| !known.knows(id) && !parts.hold(id)) {
                if !is_later(facts, mention) && said.insert(id) {
                    let near = (out.len() < HINTED).then(|| known.nearest(id)).flatten();
                    out.push(unknown(artifact, mention, id, near));
                }
            }
        }
    }
}

fn unknown(artifact: &Artifact, mention: &Mention, id: &Id, near: Option<&str>) -> Finding {
    let help = match near {
        Some(near) => format!("name the story that is meant, such as {near}, or tell {id}"),
        None => format!("name the story that is meant, or tell {id} among the stories"),
    };
    Finding::at(&artifact.path, mention.span, format!("{id} is no story that anybody tells"))
        .help(help)
        .subject(id.to_string())
}

/// The identifiers that a document refers to stories by.
fn mentions(artifact: &Artifact) -> Option<&[Mention]> {
    match &*artifact.model {
        Model::Product(product) if artifact.kind != Kind::Stories => Some(&product.mentions),
        Model::Architecture(architecture) => Some(&architecture.mentions),
        _ => None,
    }
}

/// What stands under "Out of Scope" or "Future" names what is not there yet.
fn is_later(facts: &DocumentFacts, mention: &Mention) -> bool {
    product::is_deferred(facts, facts.section_at(mention.span))
}

/// The stories that are told, and how their identifiers look.
struct Known {
    ids: BTreeSet<Id>,
    prefixes: HashSet<String>,
    /// Some story is called "Story 1", so that such words are identifiers here.
    in_words: bool,
}

impl Known {
    fn of(project: &Project) -> Self {
        let stories = project.products().flat_map(|(_, _, product)| &product.stories);
        let told: Vec<&Id> = stories.filter_map(|story| story.id.as_ref()).collect();
        let prefixes = told.iter().map(|id| id.prefix().to_owned()).collect();
        let in_words = told.iter().any(|id| id.form == Form::Words);
        let mut ids: BTreeSet<Id> = told.into_iter().cloned().collect();
        // A story that is only listed, or that another requirements document heads, is known.
        for (artifact, facts) in project.requirements() {
            match &*artifact.model {
                Model::Product(product) if artifact.kind == Kind::Stories => {
                    ids.extend(product.headed.iter().map(|mention| mention.id.clone()));
                }
                Model::Contracts(_) | Model::None => {
                    ids.extend(product::headed(facts).into_iter().map(|one| one.id))
                }
                _ => {}
            }
        }
        Self { ids, prefixes, in_words }
    }

    /// Whether an identifier is a story's, built upon one, or of another kind altogether.
    fn knows(&self, id: &Id) -> bool {
        let spelled = id.form == Form::Code || self.in_words;
        !spelled
            || !self.prefixes.contains(id.prefix())
            || self.ids.contains(id)
            || id.bases().any(|base| self.ids.contains(&base))
    }

    /// The story whose identifier is spelled nearly like this one.
    fn nearest(&self, id: &Id) -> Option<&str> {
        closest(&id.written, self.ids.iter().map(|known| &*known.written))
    }
}
