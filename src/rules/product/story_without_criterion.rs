use super::named;
use crate::base::Level;
use crate::finding::Finding;
use crate::model::product::{Covered, Criterion, Story};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "story-without-criterion",
    summary: "a user story has no acceptance criterion",
    promises: &["S2.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/story-without-criterion.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    if project.misses(Kind::Criteria) {
        return;
    }
    let criteria: Vec<&Criterion> =
        project.products().flat_map(|(_, _, product)| &product.criteria).collect();
    let told: Vec<(&Artifact, &Story)> = project.stories().collect();
    let (inside, elsewhere): (Vec<_>, Vec<_>) =
        told.iter().partition(|(_, story)| story.has_criteria);
    let covered = Covered::by(&criteria);
    let (named_elsewhere, without): (Vec<_>, Vec<_>) =
        elsewhere.into_iter().partition(|(_, story)| covered.has(story));
    // Criteria sorted by feature tell nothing about a story. They are read as belonging to
    // stories only where some do, or where most stories carry their own.
    let sorted_by_story = !named_elsewhere.is_empty() || inside.len() * 2 >= told.len();
    if !sorted_by_story && !criteria.is_empty() {
        return;
    }
    if let [(artifact, _), _, ..] = without[..]
        && without.len() == told.len()
    {
        out.extend(artifact.facts().map(|facts| {
            Finding::at(&artifact.path, facts.beginning(), "no story has an acceptance criterion")
                .help("write under each story, or in the acceptance criteria, how to tell that it is done")
                .subject("stories")
        }));
        return;
    }
    for (artifact, story) in without {
        let name = named(story);
        let message = format!("{name} has no acceptance criterion");
        out.push(
            Finding::at(&artifact.path, story.span, message)
                .help("write in the acceptance criteria, or under the story, how to tell that it is done")
                .subject(name),
        );
    }
}
