use crate::base::Level;
use crate::config::Exceptions;
use crate::finding::Finding;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "loosened-policy",
    summary: "a change softens the policy that judges it",
    promises: &["X.3"],
    level: Level::Warn,
    page: include_str!("../../../rules/loosened-policy.md"),
    check: Check::Policy(check),
};

fn check(exceptions: &Exceptions<'_>, out: &mut Vec<Finding>) {
    for one in exceptions.loosened {
        let message = format!("the change loosens the policy: {}", one.told);
        let help = "it does not count for this verdict; let the people who answer for the policy \
                    agree before it is merged";
        let finding = match one.span {
            Some(span) => Finding::at(&one.path, span, message),
            None => Finding::about(&one.path, message),
        };
        out.push(finding.help(help).subject(&*one.subject));
    }
}
