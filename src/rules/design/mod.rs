//! Rules about the design: what the architecture covers, and what each feature's boundary says.

mod boundary_without_contract;
mod boundary_without_ownership;
mod flow_missing;
mod story_not_referenced;
mod undeclared_interface;

use super::Rule;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::architecture::Boundary;
use crate::model::ids::{Mention, Named};
use crate::model::product::{self, Story};
use crate::project::{Artifact, Project};

pub static RULES: &[&Rule] = &[
    &story_not_referenced::RULE,
    &boundary_without_ownership::RULE,
    &boundary_without_contract::RULE,
    &undeclared_interface::RULE,
    &flow_missing::RULE,
];

/// The stories that a set of mentions leaves out, where it is sorted by stories at all: where it
/// names at least half of them. One named in passing is no promise to name all.
fn left_out<'p>(project: &'p Project, mentions: &[Mention]) -> Vec<(&'p Artifact, &'p Story)> {
    let all: Vec<(&Artifact, &Story)> = project.stories_to_design().collect();
    let named = Named::by(mentions);
    let (named, left): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, story)| story.id.as_ref().is_some_and(|id| named.covers(id)));
    if named.len() >= left.len() && !named.is_empty() { left } else { Vec::new() }
}

/// Says that a finding about stories belongs to the gates of the iterations that plan them.
fn in_gates_of(
    mut finding: Finding,
    project: &Project,
    left: &[(&Artifact, &Story)],
    phase: usize,
) -> Finding {
    for (artifact, story) in left {
        let headings = artifact.facts().map(|facts| product::above(facts, story.section));
        let planned = headings.into_iter().flatten().find_map(|name| {
            let id = name.strip_prefix("iteration ")?;
            project.iterations.iter().position(|one| id.split(' ').next() == Some(&one.id))
        });
        if let Some(iteration) = planned
            && !finding.gates.contains(&(iteration, phase))
        {
            finding = finding.gate(iteration, phase);
        }
    }
    finding
}

/// What a rule says of boundaries that lack something.
struct Lack {
    /// After "the boundary of X".
    of_one: &'static str,
    of_all: &'static str,
    help: &'static str,
}

impl Lack {
    /// One finding for each boundary, or one for all of them where it is true of all.
    fn say(&self, artifact: &Artifact, all: usize, lacking: &[&Boundary], out: &mut Vec<Finding>) {
        if let [first, _, ..] = lacking
            && lacking.len() == all
        {
            let finding = Finding::at(&artifact.path, first.span, self.of_all);
            out.push(finding.help(self.help).subject("boundaries"));
            return;
        }
        for boundary in lacking {
            let message = format!("the boundary of {} {}", boundary.name, self.of_one);
            let finding = Finding::at(&artifact.path, boundary.span, message);
            out.push(finding.help(self.help).subject(boundary.name.clone()));
        }
    }
}

/// Whether anything stands in a boundary; an empty one is a placeholder, which others report.
fn says_anything(facts: &DocumentFacts, boundary: &Boundary) -> bool {
    let after = crate::base::Span { start: boundary.span.end, end: boundary.extent.end };
    facts.text_of(after).chars().any(char::is_alphanumeric)
}
