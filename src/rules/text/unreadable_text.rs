use crate::base::Level;
use crate::facts::{DefectKind, DocumentFacts};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "unreadable-text",
    summary: "the file holds bytes that are no text",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/unreadable-text.md"),
    check: Check::Text(check),
};

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    for defect in &facts.defects {
        let (message, help) = match defect.kind {
            DefectKind::NotUtf8 => {
                ("bytes that are not UTF-8", "save the file with the encoding UTF-8")
            }
            DefectKind::Nul => {
                ("a NUL byte, as binary files have", "save the document as text again")
            }
            DefectKind::UnclosedFence | DefectKind::ConflictMarker => continue,
        };
        out.push(TextFinding {
            span: defect.span,
            message: message.to_owned(),
            help: help.to_owned(),
            subject: String::new(),
        });
    }
}
