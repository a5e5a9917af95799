//! Judging documents on their own: the rules that need no workflow.

use crate::base::{LineIndex, RepoPath};
use crate::facts::DocumentFacts;
use crate::report::{ReportFinding, Standing};
use crate::rules::{self, Check, Rule, TextFinding};

use super::{fingerprint, places};

/// Everything the text rules say of one document.
pub fn lint(path: &RepoPath, facts: &DocumentFacts) -> Vec<ReportFinding> {
    let lines = LineIndex::new(&facts.text);
    let mut found: Vec<ReportFinding> = said(facts)
        .into_iter()
        .map(|(rule, finding)| {
            let text = facts.text_of(finding.span);
            ReportFinding {
                rule: rule.id,
                level: rule.level,
                fingerprint: fingerprint(rule.id, path.as_str(), &finding.subject, text),
                message: finding.message,
                help: finding.help,
                subject: finding.subject,
                members: Vec::new(),
                path: path.clone(),
                place: Some(places::place(&lines, &facts.text, finding.span)),
                workflow: String::new(),
                phase: None,
                iteration: None,
                also: Vec::new(),
                standing: Standing::Counted,
                related: Vec::new(),
                promises: super::judgment::protected(rule, Vec::new(), None),
            }
        })
        .collect();
    found.sort_by(|left, right| {
        let start = |finding: &ReportFinding| finding.place.as_ref().map(|place| place.start);
        (start(left), left.rule).cmp(&(start(right), right.rule))
    });
    found
}

/// What the text rules say of a document. Of one that says nothing, only that: it is one hole,
/// however many rules see it.
pub fn said(facts: &DocumentFacts) -> Vec<(&'static Rule, TextFinding)> {
    let mut found = Vec::new();
    for rule in rules::all() {
        let Check::Text(check) = rule.check else { continue };
        let mut of_rule = Vec::new();
        check(facts, &mut of_rule);
        found.extend(of_rule.into_iter().map(|finding| (rule, finding)));
    }
    if found.iter().any(|(rule, _)| rule.id == rules::EMPTY_DOCUMENT) {
        found.retain(|(rule, _)| rule.id == rules::EMPTY_DOCUMENT);
    }
    found
}
