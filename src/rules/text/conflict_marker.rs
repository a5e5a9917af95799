use crate::base::Level;
use crate::facts::{DefectKind, DocumentFacts};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "conflict-marker",
    summary: "lines of an unfinished merge were left in the text",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/conflict-marker.md"),
    check: Check::Text(check),
};

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    let markers = facts.defects.iter().filter(|one| one.kind == DefectKind::ConflictMarker);
    let mut inside = false;
    for marker in markers {
        let line = facts.text_of(marker.span);
        // One conflict is one finding, at its first line; a last line without a first one is what
        // a half-finished clean-up leaves.
        if line.starts_with('<') || (line.starts_with('>') && !inside) {
            out.push(TextFinding {
                span: marker.span,
                message: "a merge conflict was left in the text".to_owned(),
                help: "keep the side that is right and delete the marker lines".to_owned(),
                subject: String::new(),
            });
        }
        inside = !line.starts_with('>');
    }
}
