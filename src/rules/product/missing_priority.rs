use std::collections::HashMap;

use super::named;
use crate::base::words::{list, normalize};
use crate::base::{Extents, Level, RepoPath};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::ids::{Mention, Named};
use crate::model::product::{self, Priorities, Story};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "missing-priority",
    summary: "stories or features have no priority",
    promises: &["S2.2"],
    level: Level::Warn,
    page: include_str!("../../../rules/missing-priority.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let places = Places::of(project);
    let all_features = !project.features.is_empty()
        && project.features.iter().all(|feature| places.say(&normalize(&feature.name)));
    if places.ordered || all_features {
        return;
    }
    let told: Vec<(&Artifact, &Story)> = project.stories().collect();
    let named_in = Named::by(&places.names);
    let rated = |(artifact, story): &&(&Artifact, &Story)| places.rate(&named_in, artifact, story);
    let without: Vec<(&Artifact, &Story)> =
        told.iter().filter(|one| !rated(one)).copied().collect();
    let Some((artifact, _)) = without.first() else { return };
    let Some(facts) = artifact.facts() else { return };
    let names: Vec<String> = without.iter().map(|(_, story)| named(story)).collect();
    let message = match &names[..] {
        _ if names.len() == told.len() => "no story or feature has a priority".to_owned(),
        [one] => format!("{one} has no priority, and neither has its feature"),
        several => format!("{} have no priority, and neither have their features", list(several)),
    };
    out.push(
        Finding::at(&artifact.path, facts.beginning(), message)
            .help("say in the stories, or in a table of features, what comes first")
            .subject("priorities")
            .members(names),
    );
}

/// Everything the requirements say about priorities.
#[derive(Default)]
struct Places {
    ordered: bool,
    /// What each document rates where.
    spans: HashMap<RepoPath, Extents>,
    /// The identifiers that places name.
    names: Vec<Mention>,
    /// What places say, normalized, blanks around it.
    texts: Vec<String>,
    /// Which texts hold a word.
    by_word: HashMap<String, Vec<usize>>,
}

impl Places {
    fn of(project: &Project) -> Self {
        let mut all = Self::default();
        for (artifact, facts) in project.requirements() {
            match &*artifact.model {
                Model::Product(product) => {
                    all.add(artifact, facts, &product.priorities, &product.stories);
                }
                _ => all.add(artifact, facts, &product::priorities(facts), &[]),
            }
        }
        all
    }

    fn add(
        &mut self,
        artifact: &Artifact,
        facts: &DocumentFacts,
        found: &Priorities,
        stories: &[Story],
    ) {
        self.ordered |= found.ordered;
        let spans = found.places.iter().map(|place| place.span).collect();
        self.spans.insert(artifact.path.clone(), spans);
        // What a story says of itself rates neither its feature nor its neighbors.
        let own: Extents = stories.iter().map(|story| story.extent).collect();
        for place in found.places.iter().filter(|place| !own.cover(place.span)) {
            self.names.extend(place.names.iter().cloned());
            let text = normalize(facts.text_of(place.span));
            for word in text.split(' ') {
                let texts = self.by_word.entry(word.to_owned()).or_default();
                if texts.last() != Some(&self.texts.len()) {
                    texts.push(self.texts.len());
                }
            }
            self.texts.push(format!(" {text} "));
        }
    }

    /// Whether a name stands in one of the places.
    fn say(&self, name: &str) -> bool {
        let words = name.split(' ').map(|word| self.by_word.get(word).map_or(&[][..], |at| at));
        let rarest = words.min_by_key(|texts| texts.len()).unwrap_or_default();
        let name = format!(" {name} ");
        name.len() > 5 && rarest.iter().any(|&at| self.texts[at].contains(&name))
    }

    /// Whether a story has a priority: its own, or that of its feature or group.
    fn rate(&self, named: &Named<'_>, artifact: &Artifact, story: &Story) -> bool {
        let inside = || self.spans.get(&artifact.path).is_some_and(|one| one.cover(story.extent));
        let by_id = || story.id.as_ref().is_some_and(|id| named.covers(id));
        let groups = || {
            let facts = artifact.facts()?;
            let mut at = facts.section(story.section).parent;
            while let Some(section) = at.map(|id| facts.section(id)).filter(|one| one.level > 1) {
                if self.say(&section.name) {
                    return Some(());
                }
                at = section.parent;
            }
            None
        };
        story.has_priority || inside() || by_id() || self.say(&story.name) || groups().is_some()
    }
}
