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
    let idle = exceptions.idle.iter().filter_map(|&at| exceptions.config.waivers.get(at));
    for waiver in idle {
        let one = waiver.exception();
        let message = format!("{} covers no finding", one.title);
        let help = "delete it: what it put off is done, or its `subject` or `path` never fitted";
        out.push(
            Finding::at(&exceptions.path(), one.span, message).help(help).subject(one.subject),
        );
    }
}
