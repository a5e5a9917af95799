//! The examples on the page of a rule.

use super::case::Case;
use super::specimen;
use crate::base::Failure;
use crate::rules::Rule;

/// What the page of a rule shows as failing: what the fences whose first words end in `fails` hold,
/// a change in TOML or a whole document in Markdown. One that may
/// stand anywhere comes to stand in the project of a workflow.
///
/// # Errors
/// A change cannot be read.
pub fn failing(rule: &Rule, workflow: &str) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    let mut lines = rule.page.lines();
    while let Some(line) = lines.next() {
        let fence = line.len() - line.trim_start_matches('`').len();
        if fence < 3 {
            continue;
        }
        let end = |line: &&str| line.len() == fence && line.bytes().all(|byte| byte == b'`');
        let text: Vec<&str> = lines.by_ref().take_while(|line| !end(line)).collect();
        let text = text.join("\n") + "\n";
        match line[fence..].split_whitespace().collect::<Vec<_>>()[..] {
            ["toml", "fails"] => cases.push(Case::parse(rule.id, &text)?),
            ["markdown", "fails", path] => cases.push(Case::of_document(path, text)),
            ["markdown", "fails"] => {
                let documents = specimen::documents(workflow);
                let case = |path: &String| Case::of_document(path, text.clone()).of(workflow);
                cases.extend(documents.iter().map(case));
            }
            _ => {}
        }
    }
    Ok(cases)
}
