use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::evidence::files::lists_tests;
use crate::project::{Artifact, ArtifactId, DutyState, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "test-files-unlisted",
    summary: "test evidence lists no test file",
    promises: &["S2.13"],
    level: Level::Deny,
    page: include_str!("../../../rules/test-files-unlisted.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let phases = &project.workflow.phases;
    let due = project.duties.iter().filter(|duty| {
        phases[duty.phase].deliverables[duty.deliverable].kind == Kind::TestEvidence
    });
    for duty in due {
        let places: Vec<(&Artifact, Span, Span)> = match &duty.state {
            DutyState::Done(several) => {
                several.iter().filter_map(|&id| whole(project, id)).collect()
            }
            &DutyState::Within(id, section) => {
                let artifact = &project.artifacts[id];
                let within = artifact.facts().map(|facts| facts.section(section));
                within.map(|within| (artifact, within.extent, within.heading)).into_iter().collect()
            }
            _ => continue,
        };
        let lists = |(artifact, extent, _): &(&Artifact, Span, Span)| {
            artifact.facts().is_some_and(|facts| lists_tests(facts, *extent))
        };
        // Of several documents on the tests of one feature, one has to list the files.
        let (Some(&(artifact, _, place)), false) = (places.first(), places.iter().any(lists))
        else {
            continue;
        };
        if !out.iter().any(|known: &Finding| known.path == artifact.path) {
            let message = "the test evidence names no test file";
            let help = "list the path of every test file that was written";
            out.push(Finding::at(&artifact.path, place, message).help(help).subject("test files"));
        }
    }
}

fn whole(project: &Project, id: ArtifactId) -> Option<(&Artifact, Span, Span)> {
    let artifact = &project.artifacts[id];
    let facts = artifact.facts()?;
    Some((artifact, Span::new(0, facts.text.len()), facts.beginning()))
}
