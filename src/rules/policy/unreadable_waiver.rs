use crate::base::Level;
use crate::config::Exceptions;
use crate::finding::Finding;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unreadable-waiver",
    summary: "a comment looks like a waiver and cannot be read as one",
    promises: &["X.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/unreadable-waiver.md"),
    check: Check::Policy(check),
};

fn check(exceptions: &Exceptions<'_>, out: &mut Vec<Finding>) {
    for one in exceptions.unreadable {
        let message = format!("this comment is no waiver: {}", one.why);
        let help = "write `gatecheck: waive RULE reason=\"…\" owner=\"…\" expires=YYYY-MM-DD`, or \
                    delete it; as it stands it has no effect";
        out.push(Finding::at(&one.path, one.span, message).help(help).subject(&*one.why));
    }
}
