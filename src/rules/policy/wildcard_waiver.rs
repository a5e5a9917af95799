use crate::base::Level;
use crate::config::{Exceptions, Wildcard};
use crate::finding::Finding;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "wildcard-waiver",
    summary: "a waiver covers whatever its rule finds, or does so in a whole phase",
    promises: &["X.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/wildcard-waiver.md"),
    check: Check::Policy(check),
};

fn check(exceptions: &Exceptions<'_>, out: &mut Vec<Finding>) {
    for Wildcard { exception: one, phase } in exceptions.wildcards() {
        let message = match phase {
            Some(phase) => format!("{} covers everything that phase {phase} asks for", one.title),
            None => format!("{} covers whatever the rule finds", one.title),
        };
        let help = "name the `subject` or the `path` of the findings that you mean; `[levels]` sets \
                    the weight of a rule as a whole";
        out.push(Finding::at(&one.path, one.span, message).help(help).subject(one.subject));
    }
}
