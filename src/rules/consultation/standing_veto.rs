use super::{consulted, gate_of};
use crate::base::words::normalize;
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::phrases::{List, has_any, is_blank, listed, one_of};
use crate::model::validation::Decision;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub const ID: &str = "standing-veto";

pub static RULE: Rule = Rule {
    id: ID,
    summary: "a role with the right to a veto objects, and nothing overrules it",
    promises: &["S3.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/standing-veto.md"),
    check: Check::Project(check),
};

const VETO: &List = listed!("veto|vetoed|vetoes");
const LIFTED: &List = listed!("lifted|withdrawn|taken back|dropped|no|none|not used|not exercised");

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in consulted(project).filter(|one| one.role.veto) {
        if let Some((place, Some(Decision::Reject))) = one.said.position {
            veto(project, one.artifact, place, &one.role.id, &one.role.title, out);
        }
    }
    // Whoever has the right may use it in any document: "Security veto: the codes are guessable".
    for artifact in project.artifacts.iter().filter(|one| one.deliverable.is_some()) {
        let Some(facts) = artifact.facts() else { continue };
        let labels = facts.fields.iter().filter(|field| has_any(&field.name, VETO));
        for field in labels {
            let value = facts.text_of(field.value);
            let named = project.workflow.role_in(&field.name).or_else(|| {
                let captured = artifact.captures.get("role")?;
                project.workflow.role_in(&normalize(captured))
            });
            let vetoing = project.workflow.roles.iter().filter(|role| role.veto);
            let role = match named {
                Some(role) if role.veto => Some(role),
                Some(_) => None,
                None if one_of(VETO, &field.name) => vetoing.into_iter().next(),
                None => None,
            };
            let words = crate::model::phrases::flat(value);
            let lifted = is_blank(value)
                || project.workflow.vocabulary.says_none(value)
                || crate::model::phrases::opens_with_any(&words, LIFTED)
                || has_any(&words, listed!("lifted|withdrawn|taken back"))
                    && !has_any(&words, listed!("not lifted|not withdrawn|not taken back|until"));
            if let Some(role) = role.filter(|_| !lifted) {
                let place = field.label.to(field.value);
                veto(project, artifact, place, &role.id, &role.title, out);
            }
        }
    }
}

fn veto(
    project: &Project,
    artifact: &Artifact,
    place: Span,
    role: &str,
    title: &str,
    out: &mut Vec<Finding>,
) {
    let message = format!("the {title} has a veto, and it stands");
    let finding = Finding::at(&artifact.path, place, message)
        .help(format!(
            "change the strategy until the {title} takes the veto back; no vote, decision or \
             approval of others replaces that"
        ))
        .subject(format!("veto of the {title}"));
    out.push(match gate_of(project, role) {
        Some((iteration, phase)) => finding.gate(iteration, phase),
        None => finding,
    });
}
