use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::outcome::Outcome;
use crate::model::records::{Ending, Recorded};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::{Deliverable, Kind, Part};

pub static RULE: Rule = Rule {
    id: "result-not-passed",
    summary: "a test that a feature owes did not pass, or nobody says that it did",
    promises: &["S3.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/result-not-passed.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for artifact in &project.artifacts {
        let Some(deliverable) = project.deliverable(artifact) else { continue };
        let Some(facts) = artifact.facts() else { continue };
        for region in &artifact.records {
            let Some(ending) = Ending::of(&region.record) else { continue };
            let name = facts.section_around(region.extent).map(|id| facts.section(id));
            let name = name.filter(|section| region.extent.covers(section.heading));
            let parts = deliverable.parts.iter().filter(|part| part.kind == Some(Kind::Result));
            let label = |part: &&Part| match name {
                Some(section) => part.is_named(&section.name),
                None => labeled(artifact, region.extent, part),
            };
            let part = parts.into_iter().find(label);
            if let Some(part) = part {
                ended(project, artifact, deliverable, part, ending, out);
            }
        }
    }
}

/// Whether a labeled value is a part.
fn labeled(artifact: &Artifact, extent: Span, part: &Part) -> bool {
    let fields = artifact.facts().into_iter().flat_map(|facts| &facts.fields);
    let mut own = fields.filter(|field| field.content == extent);
    own.any(|field| part.is_named(&field.name))
}

fn ended(
    project: &Project,
    artifact: &Artifact,
    deliverable: &Deliverable,
    part: &Part,
    ending: &Ending,
    out: &mut Vec<Finding>,
) {
    let title = &part.title;
    let message = match ending.outcome {
        Some(Outcome::Pass) => return,
        Some(Outcome::Fail) => format!("the {title} failed"),
        _ if !project.varied.needs_part(&project.workflow, deliverable, part) => return,
        Some(Outcome::Open) => format!("the {title} is not done"),
        None => format!("nobody says whether the {title} passed"),
    };
    out.push(
        Finding::at(&artifact.path, ending.place, message)
            .help(
                "mend what failed, test it again, and write \"Result: Passed\" with what was tried",
            )
            .subject(part.id.clone())
            .related(project.workflow.path_of(part.place), Some(part.place.span), "asked for here"),
    );
}
