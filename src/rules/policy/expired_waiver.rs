use crate::base::Level;
use crate::config::Exceptions;
use crate::finding::Finding;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "expired-waiver",
    summary: "the last day of a waiver or a skip is over",
    promises: &["X.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/expired-waiver.md"),
    check: Check::Policy(check),
};

fn check(exceptions: &Exceptions<'_>, out: &mut Vec<Finding>) {
    for one in exceptions.all() {
        let (Some(last), Some(own)) = (exceptions.over(&one), &one.terms.last_day) else {
            continue;
        };
        let message =
            format!("{} held until {}, and today is {}", one.title, last.value, exceptions.today);
        let help = match own.value < exceptions.today {
            true => "do what it put off and delete it, or agree on a new day with its owner",
            false => {
                "do what it put off and delete it; the policy that governs does not hold it for \
                 longer, and a change cannot put off its own end"
            }
        };
        out.push(Finding::at(&one.path, own.span, message).help(help).subject(one.subject));
    }
}
