//! Documents to start from: everything that a deliverable needs, with slots to fill in.

use super::{Deliverable, Kind, Part, Workflow};
use crate::base::words::{closest, normalize};

/// What the rules of each kind look for, as a document of slots. `{title}` stands for what the
/// deliverable is called and `{subject}` for whom it is about.
static SKELETONS: &[(Kind, &str)] = &[
    (Kind::Document, include_str!("../../rules/templates/document.md")),
    (Kind::Stories, include_str!("../../rules/templates/stories.md")),
    (Kind::Criteria, include_str!("../../rules/templates/criteria.md")),
    (Kind::Journeys, include_str!("../../rules/templates/journeys.md")),
    (Kind::Architecture, include_str!("../../rules/templates/architecture.md")),
    (Kind::Interface, include_str!("../../rules/templates/interface.md")),
    (Kind::AsBuilt, include_str!("../../rules/templates/as-built.md")),
    (Kind::Dependencies, include_str!("../../rules/templates/dependencies.md")),
    (Kind::Flows, include_str!("../../rules/templates/flows.md")),
    (Kind::Experience, include_str!("../../rules/templates/experience.md")),
    (Kind::Evidence, include_str!("../../rules/templates/evidence.md")),
    (Kind::TestEvidence, include_str!("../../rules/templates/test-evidence.md")),
    (Kind::Integration, include_str!("../../rules/templates/integration.md")),
    (Kind::Validation, include_str!("../../rules/templates/validation.md")),
    (Kind::SignOff, include_str!("../../rules/templates/sign-off.md")),
    (Kind::Decisions, include_str!("../../rules/templates/decisions.md")),
    (Kind::Handoffs, include_str!("../../rules/templates/handoffs.md")),
    (Kind::Roles, include_str!("../../rules/templates/roles.md")),
    (Kind::Workstreams, include_str!("../../rules/templates/workstreams.md")),
    (Kind::IntegrationPoints, include_str!("../../rules/templates/integration-points.md")),
    (Kind::Approval, include_str!("../../rules/templates/approval.md")),
    (Kind::Prerequisites, include_str!("../../rules/templates/prerequisites.md")),
    (Kind::Participants, include_str!("../../rules/templates/participants.md")),
    (Kind::Report, include_str!("../../rules/templates/report.md")),
    (Kind::Levels, include_str!("../../rules/templates/levels.md")),
    (Kind::Status, include_str!("../../rules/templates/status.md")),
    (Kind::Assignments, include_str!("../../rules/templates/assignments.md")),
    (Kind::Risks, include_str!("../../rules/templates/risks.md")),
    (Kind::Standards, include_str!("../../rules/templates/standards.md")),
    (Kind::Metrics, include_str!("../../rules/templates/metrics.md")),
    (Kind::Reviews, include_str!("../../rules/templates/reviews.md")),
    (Kind::Escalations, include_str!("../../rules/templates/escalations.md")),
    (Kind::Brief, include_str!("../../rules/templates/brief.md")),
    (Kind::Consultation, include_str!("../../rules/templates/consultation.md")),
    (Kind::Answers, include_str!("../../rules/templates/answers.md")),
    (Kind::Result, include_str!("../../rules/templates/result.md")),
];

/// What waits for what, where tools are to read it.
static DATA: &str = include_str!("../../rules/templates/dependencies.yaml");

impl Workflow {
    /// A document that holds every part a deliverable asks for, with a slot wherever somebody has
    /// to write. `subject` is the feature or role that it is about, as people name it.
    pub fn template(&self, deliverable: &Deliverable, subject: Option<&str>) -> String {
        let is_data = deliverable.paths.first().is_some_and(|path| {
            [".yaml", ".yml"].iter().any(|end| path.written.to_lowercase().ends_with(end))
        });
        if is_data && deliverable.kind == Kind::Dependencies {
            return DATA.to_owned();
        }
        let skeleton = skeleton(deliverable.kind);
        let title = capitalized(&deliverable.title);
        let mut text = match subject {
            Some(subject) => skeleton.replace("{subject}", &capitalized(subject)),
            None => skeleton.replace("{subject}: ", "").replace(": {subject}", ""),
        };
        text = text.replace("{title}", &title).replace("{subject}", "this feature");
        let present: Vec<String> = text.lines().filter_map(heading).collect();
        for part in deliverable.parts.iter().filter(|part| !part.later_iterations) {
            if !present.iter().any(|heading| part.is_named(heading)) {
                let (title, what) = (capitalized(heading_of(part)), &part.title);
                let content = match part.kind {
                    Some(kind) => section(kind),
                    None => format!("[What is to say about {what}]\n"),
                };
                text.push_str(&format!("\n## {title}\n\n{content}"));
            }
        }
        for role in deliverable.verdicts.iter().filter_map(|id| self.role(id)) {
            let title = capitalized(&role.title);
            text.push_str(&format!("\n## {title}\n\n{VERDICT}"));
        }
        text
    }
}

const VERDICT: &str = "\
- **Verdict**: [Your verdict: approved, approved with conditions, or rejected]
- **Signed by**: [Name]

[What was checked, and with which result]
";

fn skeleton(kind: Kind) -> &'static str {
    SKELETONS.iter().find(|(known, _)| *known == kind).map_or(SKELETONS[0].1, |(_, text)| *text)
}

/// What the documents of a kind hold, as a section of another one.
fn section(kind: Kind) -> String {
    let lines = skeleton(kind).lines().skip_while(|line| line.starts_with("# ") || line.is_empty());
    let deeper = |line: &str| match line.starts_with("##") {
        true => format!("#{line}\n"),
        false => format!("{line}\n"),
    };
    lines.map(deeper).collect()
}

/// The heading to write for a part: its title where that is one of its names, else the name that
/// is nearest to it.
fn heading_of(part: &Part) -> &str {
    let title = normalize(&part.title);
    if part.is_named(&title) {
        return &part.title;
    }
    let names = || part.names.iter().map(String::as_str);
    closest(&title, names()).or(names().next()).unwrap_or(&part.title)
}

/// A line's heading, normalized.
fn heading(line: &str) -> Option<String> {
    line.starts_with('#').then(|| normalize(line.trim_start_matches('#')))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::{PolicyFile, builtins, parse};

    /// Reads a workflow without the levels of rules, which are known elsewhere.
    fn workflow(mut file: PolicyFile) -> Workflow {
        if let Some((before, levels)) = file.text.split_once("\n[levels]\n") {
            let after = levels.find("\n[[").map_or("", |end| &levels[end..]);
            file.text = format!("{before}\n{after}");
        }
        parse(file, &[], &mut |path| unreachable!("{path}")).expect("a workflow")
    }

    #[test]
    fn every_kind_has_a_skeleton() {
        for (kind, word) in Kind::ALL.iter().filter(|(kind, _)| *kind != Kind::Unknown) {
            assert!(SKELETONS.iter().any(|(known, _)| known == kind), "{word}");
        }
    }

    #[test]
    fn every_part_of_every_deliverable_is_in_its_template() {
        for id in builtins() {
            let workflow = workflow(PolicyFile::builtin(id).expect("a file"));
            for (.., one) in workflow.deliverables() {
                let text = workflow.template(one, Some("Accounts"));
                let headings: Vec<String> = text.lines().filter_map(heading).collect();
                for part in one.parts.iter().filter(|part| !part.later_iterations) {
                    let named = headings.iter().any(|heading| part.is_named(heading));
                    assert!(named, "{}: {}\n{text}", one.id, part.id);
                }
                assert!(!text.contains(['{', '}']), "{}:\n{text}", one.id);
            }
        }
    }

    #[test]
    fn a_workflow_of_ones_own_gets_templates_too() {
        let text = "schema = 1\nid = \"own\"\ntitle = \"Own\"\nroot = \"plan\"\n\
                    [[role]]\nid = \"lead\"\n\
                    [[phase]]\nid = \"a\"\n[[phase.deliverable]]\nid = \"risk-list\"\n\
                    verdicts = [\"lead\"]\npaths = [\"RISKS.md\"]\n[[phase.deliverable.part]]\n\
                    id = \"known-risks\"\nnames = [\"risks\"]\n";
        let file = PolicyFile { text: text.to_owned(), ..PolicyFile::default() };
        let workflow = workflow(file);
        let text = workflow.template(&workflow.phases[0].deliverables[0], None);
        assert!(text.starts_with("# Risk list\n"), "{text}");
        assert!(text.contains("\n## Risks\n\n[What is to say about known risks]\n"), "{text}");
        assert!(text.contains("\n## Lead\n\n- **Verdict**: ["), "{text}");
    }

    #[test]
    fn a_part_of_records_begins_as_their_documents_do() {
        let text = section(Kind::Decisions);
        assert!(
            text.starts_with("### DEC-1: [What had to be decided]\n\n- **Positions**: ["),
            "{text}"
        );
    }
}
