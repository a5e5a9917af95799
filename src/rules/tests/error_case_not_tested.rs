use super::covering::Naming;
use super::promised::{Promise, Promised};
use super::{Tested, tested};
use crate::base::words::{few, list};
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::contract::ErrorCase;
use crate::model::evidence::tested::{error_words, speaks_of_errors};
use crate::model::phrases::{flat, has, has_any};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "error-case-not-tested",
    summary: "an error case of a tested endpoint that no test in the test evidence names",
    promises: &["S2.13"],
    level: Level::Warn,
    page: include_str!("../../../rules/error-case-not-tested.md"),
    check: Check::Project(check),
};

const SHOWN: usize = 3;

/// An endpoint that is tested, with the error cases that are not.
struct Lacking<'p> {
    name: String,
    at: (super::Part<'p>, Span),
    cases: Vec<(&'p Artifact, &'p ErrorCase)>,
    /// No line that names it names any case of it.
    wholly: bool,
}

fn check(project: &Project, out: &mut Vec<Finding>) {
    let promised = Promised::of(project);
    for one in tested(project) {
        let own = promised.by(one.feature).iter().filter(|promise| !promise.shared);
        let judged: Vec<Lacking<'_>> =
            own.filter_map(|promise| lacking(&one, promise, &promised)).collect();
        let none = judged.iter().all(|lacking| lacking.wholly);
        let lacking: Vec<_> = judged.iter().filter(|lacking| !lacking.cases.is_empty()).collect();
        let feature = one.name(project);
        if let ([_, _, ..], true) = (&lacking[..], none) {
            let names: Vec<&str> = lacking.iter().map(|lacking| lacking.name.as_str()).collect();
            let message =
                format!("no test of {feature} names an error case of {}", few(&names, SHOWN));
            let help = "write a test for each error case, and name it with its status";
            let finding = one.finding(None, message);
            out.extend(
                finding.map(|one| one.help(help).subject(format!("{feature}: error cases"))),
            );
            continue;
        }
        for lacking in lacking {
            let codes: Vec<&str> =
                lacking.cases.iter().map(|(_, case)| case.code.as_str()).collect();
            let message =
                format!("no test of {} names its error case {}", lacking.name, list(&codes));
            let Some(finding) = one.finding(Some(lacking.at), message) else { continue };
            let mut finding = finding
                .help("write a test for it, and name it in the test evidence with its status")
                .subject(format!("{} {}", lacking.name, codes.join(" ")));
            if let Some((artifact, case)) = lacking.cases.first() {
                finding = finding.related(&artifact.path, Some(case.span), "promised here");
            }
            out.push(finding);
        }
    }
}

/// The error cases of an endpoint that no line names. Nothing where it has none, or where the
/// endpoint itself is not tested.
fn lacking<'p>(
    one: &Tested<'p>,
    promise: &Promise<'p>,
    promised: &Promised<'_>,
) -> Option<Lacking<'p>> {
    let namings = one.namings(promise.subject, promised);
    let first = namings.iter().find(|naming| naming.own).or(namings.first())?;
    let mut cases = promise.errors();
    let all = cases.len();
    // Most cases are named by their status, and then no words need to be read.
    cases.retain(|(_, case)| !namings.iter().any(|naming| states(naming, case)));
    cases.retain(|(_, case)| !namings.iter().any(|naming| tells(naming, case)));
    let wholly = cases.len() == all;
    if !namings.iter().any(|naming| naming.own && naming.statuses.iter().any(|one| *one >= 400)) {
        // No status of an error is tied to this endpoint: those that name none may be its own.
        cases.retain(|(_, case)| !is_loose(one, case));
    }
    let (name, at) = (promise.subject.to_string(), (first.part, first.span));
    (all > 0).then_some(Lacking { name, at, cases, wholly })
}

fn status(case: &ErrorCase) -> Option<u16> {
    case.code.parse().ok()
}

/// Whether a place that names an endpoint names the status of a case of it.
fn states(naming: &Naming<'_>, case: &ErrorCase) -> bool {
    naming.every_error || status(case).is_some_and(|code| naming.statuses.contains(&code))
}

/// Whether it names the case by its name, or in words.
fn tells(naming: &Naming<'_>, case: &ErrorCase) -> bool {
    let class = || {
        case.code.ends_with(['x', 'X'])
            && case.code.get(..1).is_some_and(|first| {
                naming.statuses.iter().any(|status| status.to_string().starts_with(first))
            })
    };
    let numbered = naming.statuses.iter().any(|status| *status >= 400);
    if numbered && status(case).is_some() {
        return false;
    }
    let words = flat(naming.part.text(naming.said));
    if status(case).is_none() && (has(&words, &flat(&case.code)) || class()) {
        return true;
    }
    !numbered && (in_words(&words, case) || speaks_of_errors(&words))
}

/// Whether words name a case: what it is called, or what its status usually means.
fn in_words(words: &str, case: &ErrorCase) -> bool {
    let meaning = flat(&case.meaning);
    let weighty = || meaning.split(' ').filter(|word| word.len() > 3);
    let said = weighty().filter(|word| has(words, word)).count();
    said > 0 && said * 2 >= weighty().count()
        || status(case).is_some_and(|status| has_any(words, error_words(status)))
}

/// Whether a line that is about no endpoint names a case.
fn is_loose(one: &Tested<'_>, case: &ErrorCase) -> bool {
    let mut lines = one.lines().filter(|(_, line)| line.about.is_empty());
    lines.any(|(part, line)| {
        line.every_error
            || status(case).is_some_and(|status| line.statuses.contains(&status))
            || in_words(&flat(part.text(line.span)), case)
    })
}
