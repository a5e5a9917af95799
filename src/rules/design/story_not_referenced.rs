use super::{in_gates_of, left_out};
use crate::base::Level;
use crate::base::words::list;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::ids::Mention;
use crate::project::Project;
use crate::rules::product::named;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "story-not-referenced",
    summary: "the architecture refers to stories by their ids and leaves some out",
    promises: &["S2.4"],
    level: Level::Deny,
    page: include_str!("../../../rules/story-not-referenced.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let documents = project.architectures();
    let mentions: Vec<Mention> =
        documents.flat_map(|(_, _, model)| model.mentions.iter().cloned()).collect();
    let left = left_out(project, &mentions);
    let Some((artifact, facts, model)) = project.architectures().next() else { return };
    let Some(phase) = artifact.deliverable.map(|(phase, _)| phase) else { return };
    if left.is_empty() {
        return;
    }
    let names: Vec<String> = left.iter().map(|(_, story)| named(story)).collect();
    let message = format!("the architecture does not say how {} will be met", list(&names));
    let place = summary(project, facts, &model.mentions);
    let finding = Finding::at(&artifact.path, place, message)
        .help("add the stories to the features that serve them, or mark them as deferred")
        .subject("stories");
    out.push(in_gates_of(finding, project, &left, phase));
}

/// The heading over the place where the document refers to stories first, else its beginning.
fn summary(project: &Project, facts: &DocumentFacts, mentions: &[Mention]) -> crate::base::Span {
    let is_story = |mention: &&Mention| {
        let mut ids = project.stories().filter_map(|(_, story)| story.id.as_ref());
        ids.any(|id| mention.covers(id))
    };
    let first = mentions.iter().find(is_story);
    let section = first.map(|mention| facts.section(facts.section_at(mention.span)));
    let heading = section.map(|section| section.heading).filter(|heading| !heading.is_empty());
    heading.unwrap_or_else(|| facts.beginning())
}
