use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::model::records::Risks;
use crate::project::{DutyState, Project};
use crate::rules::placeholders::is_unnamed;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "risk-incomplete",
    summary: "a risk has no probability, impact, mitigation or escalation",
    promises: &["S0.1", "S4.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/risk-incomplete.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, risks) in project.records::<Risks>() {
        for risk in &risks.risks {
            let parts = [
                ("its probability", risk.probability),
                ("its impact", risk.impact),
                ("what is done against it", risk.mitigation),
                ("when it is escalated, and to whom", risk.escalation),
            ];
            let missing: Vec<&str> =
                parts.iter().filter(|(_, part)| part.is_none()).map(|(name, _)| *name).collect();
            let name = facts.text_of(risk.title).trim();
            if missing.is_empty() || is_unnamed(name) {
                continue;
            }
            let message = format!("the risk \"{name}\" does not say {}", list(&missing));
            out.push(
                Finding::at(&artifact.path, risk.place, message)
                    .help("write it down before it happens, when there is time to think")
                    .subject(name),
            );
        }
    }
    for duty in &project.duties {
        let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
        let DutyState::Done(ids) = &duty.state else { continue };
        if deliverable.kind != Kind::Risks || deliverable.every.is_some() {
            continue;
        }
        let documents = ids.iter().map(|&id| &project.artifacts[id]);
        let mut documents = documents.filter_map(|one| Some((one, one.facts()?)));
        let Some((first, facts)) = documents.clone().next() else { continue };
        let told = documents.any(|(artifact, facts)| {
            let mut records = project.records::<Risks>();
            let listed = records
                .any(|(other, _, risks)| std::ptr::eq(other, artifact) && !risks.risks.is_empty());
            listed || says_none(project, facts) || !facts.says_anything()
        });
        if !told {
            let message = format!("the {} lists no risk", deliverable.title);
            out.push(
                Finding::at(&first.path, facts.beginning(), message)
                    .help("list each risk with its mitigation, or write that there is none")
                    .subject("risks")
                    .gate(duty.iteration, duty.phase),
            );
        }
    }
}

/// Whether a paragraph or an item says that there are none.
fn says_none(project: &Project, facts: &crate::facts::DocumentFacts) -> bool {
    use crate::facts::BlockKind;
    let texts = facts
        .blocks
        .iter()
        .filter(|one| matches!(one.kind, BlockKind::Paragraph | BlockKind::Item));
    let mut texts = texts.map(|one| facts.text_of(facts.own_text(one)));
    texts.any(|text| project.workflow.vocabulary.says_none(text))
}
