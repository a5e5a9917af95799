//! Rows of results that end in a failure (S2.16, S2.17).
//!
//! Only a cell that holds a result and nothing else counts, and only where the row does not say
//! that the failure is settled.

use std::collections::HashSet;

use super::outcome::Outcome;
use super::phrases::{List, flat, has_any, listed};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{DocumentFacts, SectionId, Table};

/// A row whose last result is a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedRow {
    pub span: Span,
    pub section: SectionId,
    /// Its first cell.
    pub name: Span,
}

/// The rows of a document that failed and that no later row of the same name says to pass.
pub fn read(facts: &DocumentFacts) -> Vec<FailedRow> {
    let mut passed: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for table in facts.tables.iter().rev() {
        let past = is_past(facts, table.section);
        let rows: Vec<&[Span]> = table.rows().collect();
        for row in rows.into_iter().rev() {
            let (Some(&name), Some(outcome)) = (row.first(), of_row(facts, table, row)) else {
                continue;
            };
            let own = normalize(facts.text_of(name));
            match outcome {
                Outcome::Pass => {
                    passed.insert(own);
                }
                Outcome::Open => {}
                Outcome::Fail if past || passed.contains(&own) => {}
                Outcome::Fail => {
                    let span = row.iter().copied().reduce(Span::to).unwrap_or(name);
                    found.push(FailedRow { span, section: table.section, name });
                }
            }
        }
    }
    found.reverse();
    found
}

/// The last cell of a row that is a result: several runs stand one after the other.
fn of_row(facts: &DocumentFacts, table: &Table, row: &[Span]) -> Option<Outcome> {
    const OTHERS: &List = listed!(
        "expected|attempt|outcome|before|initial|first|baseline|previous|without|on failure|\
        if it fails|action"
    );
    const SETTLED: &List = listed!(
        "fixed|resolved|accepted|waived|retested|later|known|expected|excluded|not supported|\
        out of scope|deferred|corrected|repaired|passes now"
    );
    let cells = table.header().iter().zip(row).rev();
    let outcome = cells
        .filter(|(header, _)| !has_any(&flat(facts.text_of(**header)), OTHERS))
        .find_map(|(_, cell)| whole(facts.text_of(*cell)))?;
    let settled = || row.iter().any(|cell| has_any(&flat(facts.text_of(*cell)), SETTLED));
    Some(if outcome == Outcome::Fail && settled() { Outcome::Pass } else { outcome })
}

/// The result that a cell is, in capitals and with nothing but a remark behind it.
fn whole(text: &str) -> Option<Outcome> {
    let last = text.rsplit(['→', '➜']).next().unwrap_or(text);
    let head = last.split(['(', ':', ',', ';', '—', '–']).next().unwrap_or(last);
    let head = head.split(" - ").next().unwrap_or(head);
    let bare = head.trim_matches(|c: char| !c.is_alphanumeric());
    match bare {
        "PASS" | "PASSED" | "PASSES" | "OK" => Some(Outcome::Pass),
        "FAIL" | "FAILED" | "FAILS" | "FAILURE" => Some(Outcome::Fail),
        _ => None,
    }
}

/// Whether a heading around a place speaks of what was found on the way.
fn is_past(facts: &DocumentFacts, section: SectionId) -> bool {
    const PAST: &List = listed!(
        "initial|first|previous|before|defect|defects|bug|bugs|issue|issues|fixed|history|earlier|\
        baseline|known|resolved|negative|attempts|log|round 1|run 1|superseded"
    );
    let mut at = Some(section);
    while let Some(id) = at {
        let section = facts.section(id);
        if section.level > 1 && has_any(&section.name, PAST) {
            return true;
        }
        at = section.parent;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn failed(text: &str) -> Vec<String> {
        let facts = extract(text.as_bytes());
        read(&facts).iter().map(|row| facts.text_of(row.name).to_owned()).collect()
    }

    #[test]
    fn the_last_result_of_a_row_counts() {
        let table = |rows: &str| {
            format!("## Browsers\n\n| Browser | Run | Result |\n|---|---|---|\n{rows}")
        };
        assert_eq!(
            failed(&table("| Safari | FAIL | ❌ FAIL (2 of 9) |\n| Edge | FAIL | PASS |\n")),
            ["Safari"]
        );
        assert_eq!(failed(&table("| Safari | | FAIL |\n| Safari | | PASS |\n")), [""; 0]);
        assert_eq!(failed(&table("| Safari | FAIL | fixed in 1a2b3c4 |\n")), [""; 0]);
        assert_eq!(failed(&table("| Safari | | Login fails without a password |\n")), [""; 0]);
        assert_eq!(failed("## First run\n\n| A | Result |\n|---|---|\n| b | FAIL |\n"), [""; 0]);
    }
}
