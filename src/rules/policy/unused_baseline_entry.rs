use crate::base::Level;
use crate::config::{Exceptions, Unmatched};
use crate::finding::Finding;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unused-baseline-entry",
    summary: "an entry of the baseline stands for a finding that is not there",
    promises: &["X.5"],
    level: Level::Warn,
    page: include_str!("../../../rules/unused-baseline-entry.md"),
    check: Check::Policy(check),
};

fn check(exceptions: &Exceptions<'_>, out: &mut Vec<Finding>) {
    let Some(file) = &exceptions.config.baseline.file else { return };
    for Unmatched { entry, gone } in exceptions.unmatched {
        let (rule, path) = (&entry.rule, &entry.path);
        let message = match (entry.count, gone) {
            (1, _) => {
                format!("this entry knows a finding of `{rule}` in {path}, which is not there")
            }
            (count, gone) => {
                let verb = if *gone == 1 { "is" } else { "are" };
                format!(
                    "this entry knows {count} findings of `{rule}` in {path}, of which {gone} \
                     {verb} not there"
                )
            }
        };
        let help = "take it out with `gatecheck baseline --prune`, so that nothing new can hide \
                    behind it";
        let subject = format!("{rule} {path} {}", entry.fingerprint);
        out.push(Finding::at(&file.path, entry.span, message).help(help).subject(subject));
    }
}
