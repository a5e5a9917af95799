use crate::base::Level;
use crate::config::Exceptions;
use crate::finding::Finding;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unused-waiver",
    summary: "a waiver covers no finding",
    promises: &["X.5"],
    level: Level::Warn,
    page: include_str!("../../../rules/unused-waiver.md"),
    check: Check::Policy(check),
};

fn check(exceptions: &Exceptions<'_>, out: &mut Vec<Finding>) {
    for one in exceptions.idle {
        let message = format!("{} covers no finding", one.title);
        let help = "delete it: what it put off is done, or it never stood at or named the finding";
        out.push(Finding::at(&one.path, one.span, message).help(help).subject(&*one.subject));
    }
}
