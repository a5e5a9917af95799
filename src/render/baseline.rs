//! What `gatecheck baseline` found and did.

use super::sanitize::{clean, inert};
use super::{concise, text::wrap};
use crate::base::{Level, RepoPath, words};
use crate::report::ReportFinding;

/// A baseline beside the findings of today.
#[derive(Clone, Copy, Debug)]
pub struct BaselineView<'v> {
    pub path: &'v RepoPath,
    pub done: Done,
    /// How many findings it knew that are there today.
    pub known: usize,
    /// Findings that count and could be known.
    pub new: &'v [ReportFinding],
    /// Entries that stand for findings which are not there, as rule and path.
    pub idle: &'v [(String, RepoPath)],
    /// Findings that count and that no baseline can know.
    pub unknowable: &'v [ReportFinding],
}

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// There was none, and there is nothing to know.
    Nothing,
    /// There was none before.
    Created,
    /// It was compared and not touched.
    Compared,
    /// It was written anew, with the new findings, without idle entries, or both.
    Changed { add: bool, prune: bool },
}

pub fn render(view: &BaselineView<'_>) -> String {
    let path = clean(view.path.as_str());
    let (new, idle) = (view.new.len(), view.idle.len());
    let mut out = String::new();
    match view.done {
        Done::Nothing => say(
            &mut out,
            "No finding counts, so there is nothing to know and no baseline was written.",
        ),
        Done::Created => {
            say(&mut out, &format!("Wrote {path}. It knows {}.", levels(view.new)));
            say(
                &mut out,
                "gatecheck still shows them, and no gate fails for them any more; whatever is new \
                 counts. Commit the file, and take out what you repair with `gatecheck baseline \
                 --prune`.",
            );
        }
        Done::Compared => compared(view, &path, &mut out),
        Done::Changed { add, prune } => {
            let mut did = Vec::new();
            if add && new > 0 {
                did.push(format!("added {}", levels(view.new)));
            }
            if prune && idle > 0 {
                did.push(format!("took out {}", entries(idle)));
            }
            let did = match did.is_empty() {
                true => String::from("nothing to change"),
                false => words::list(&did),
            };
            say(&mut out, &format!("{path}: {did}."));
            if new > 0 && !add {
                let them = words::count(new, "finding is", "findings are");
                say(
                    &mut out,
                    &format!("{them} not in it and {}: `gatecheck` shows them.", count(new)),
                );
            }
            if idle > 0 && !prune {
                let stand = if idle == 1 { "stands" } else { "stand" };
                say(
                    &mut out,
                    &format!(
                        "{} {stand} for findings that are not there: `gatecheck baseline --prune` takes them out.",
                        entries(idle)
                    ),
                );
            }
        }
    }
    if !view.unknowable.is_empty() {
        let some = words::count(view.unknowable.len(), "finding", "findings");
        say(&mut out, &format!("{some} can never be known and must be repaired:"));
        lines(view.unknowable, &mut out);
    }
    inert(&out)
}

/// What a baseline that stays as it is lacks, and has too much.
fn compared(view: &BaselineView<'_>, path: &str, out: &mut String) {
    let known = words::count(view.known, "finding that is", "findings that are");
    if view.new.is_empty() && view.idle.is_empty() {
        say(
            out,
            &format!(
                "{path} knows {known} here today, and nothing else is. There is nothing to do."
            ),
        );
        return;
    }
    say(out, &format!("{path} knows {known} here today."));
    if !view.new.is_empty() {
        let new = words::count(view.new.len(), "finding is", "findings are");
        out.push_str(&format!("\n{new} not in it:\n"));
        lines(view.new, out);
    }
    if !view.idle.is_empty() {
        let stand = if view.idle.len() == 1 { "stands" } else { "stand" };
        out.push_str(&format!(
            "\n{} {stand} for findings that are not there:\n",
            entries(view.idle.len())
        ));
        for (rule, path) in view.idle {
            out.push_str(&format!("  {} in {}\n", clean(rule), clean(path.as_str())));
        }
    }
    out.push_str("\nNothing was written.\n");
    if !view.new.is_empty() {
        out.push_str("Repair what is new, or have it known too: gatecheck baseline --add\n");
    }
    if !view.idle.is_empty() {
        out.push_str("Take out what is not there any more: gatecheck baseline --prune\n");
    }
}

fn say(out: &mut String, sentence: &str) {
    out.push_str(&wrap(sentence, 0, ""));
    out.push('\n');
}

fn lines(findings: &[ReportFinding], out: &mut String) {
    for finding in findings {
        out.push_str(&format!("  {}\n", concise::line(finding)));
    }
}

fn count(number: usize) -> &'static str {
    if number == 1 { "counts" } else { "count" }
}

fn entries(number: usize) -> String {
    words::count(number, "entry", "entries")
}

/// `12 findings, of which 9 deny and 3 warn`
fn levels(findings: &[ReportFinding]) -> String {
    let of = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
    let all = words::count(findings.len(), "finding", "findings");
    match (of(Level::Deny), of(Level::Warn)) {
        (_, 0) if findings.len() == 1 => format!("{all}, which denies"),
        (_, 0) => format!("{all}, which deny"),
        (0, _) if findings.len() == 1 => format!("{all}, which warns"),
        (0, _) => format!("{all}, which warn"),
        (deny, warn) => {
            let (denies, warns) = (
                if deny == 1 { "denies" } else { "deny" },
                if warn == 1 { "warns" } else { "warn" },
            );
            format!("{all}, of which {deny} {denies} and {warn} {warns}")
        }
    }
}
