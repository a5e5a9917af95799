use crate::base::Level;
use crate::config::{Exceptions, Lack};
use crate::finding::Finding;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "waiver-without-reason",
    summary: "a waiver or a skip lacks its reason, its owner or its last day",
    promises: &["X.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/waiver-without-reason.md"),
    check: Check::Policy(check),
};

fn check(exceptions: &Exceptions<'_>, out: &mut Vec<Finding>) {
    for one in exceptions.all().filter(|one| !one.terms.expired(exceptions.today)) {
        let lacks: Vec<&str> = one.terms.lacks().into_iter().map(word).collect();
        if lacks.is_empty() {
            continue;
        }
        let message = format!("{} states no {}", one.title, lacks.join(" and no "));
        let help = "say why it is needed, who answers for it, and the day until which it holds; \
                    without these it has no effect";
        out.push(Finding::at(&one.path, one.span, message).help(help).subject(one.subject));
    }
}

fn word(lack: Lack) -> &'static str {
    match lack {
        Lack::Reason => "reason",
        Lack::Owner => "owner",
        Lack::LastDay => "last day",
    }
}
