use crate::base::Level;
use crate::facts::{DefectKind, DocumentFacts};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "unclosed-fence",
    summary: "a code fence is never closed, so that the text below it is read as code",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/unclosed-fence.md"),
    check: Check::Text(check),
};

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    for defect in facts.defects.iter().filter(|one| one.kind == DefectKind::UnclosedFence) {
        let fence = facts.text_of(defect.span);
        let run = fence.len() - fence.trim_start_matches(['`', '~']).len();
        out.push(TextFinding {
            span: defect.span,
            message: "nothing closes this code fence".to_owned(),
            help: format!("close it with {} on a line of its own, indented alike", &fence[..run]),
            subject: String::new(),
        });
    }
}
