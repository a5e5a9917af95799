use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "ambiguous-feature",
    summary: "the name of a document fits several declared features equally well",
    promises: &["S2.3", "S2.9"],
    level: Level::Deny,
    page: include_str!("../../../rules/ambiguous-feature.md"),
    check: Check::Artifact(&[], check),
};

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    if artifact.candidates.is_empty() {
        return;
    }
    let captured = artifact.captures.get("feature").map_or("", |name| name);
    let names: Vec<String> = artifact
        .candidates
        .iter()
        .map(|&id| format!("\"{}\"", project.features[id].name))
        .collect();
    let message = format!("\"{captured}\" may mean {}", list(&names));
    let mut finding = Finding::about(&artifact.path, message)
        .help(format!(
            "name the file after one {} in full, so that one reading remains",
            project.workflow.subjects.name
        ))
        .subject(captured);
    for &id in &artifact.candidates {
        let (declared, span) = project.features[id].declared;
        finding = finding.related(&project.artifacts[declared].path, Some(span), "declared here");
    }
    out.push(finding);
}
