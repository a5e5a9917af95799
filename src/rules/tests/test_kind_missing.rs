use super::covering::flat_parted;
use super::promised::Promised;
use super::{Tested, tested};
use crate::base::words::{either, few};
use crate::base::{Level, RepoPath, Span};
use crate::finding::Finding;
use crate::model::phrases::{List, has_any, listed, words};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "test-kind-missing",
    summary: "test evidence that leaves out a kind of tests: unit, integration, contract, edge cases",
    promises: &["S2.13"],
    level: Level::Warn,
    page: include_str!("../../../rules/test-kind-missing.md"),
    check: Check::Project(check),
};

/// A kind by the word that names it, and by other names.
fn kinds() -> [(&'static str, &'static List, &'static List); 4] {
    [
        ("unit", listed!("unit|units"), listed!("unittest|unittests")),
        ("integration", listed!("integration"), listed!("integrated tests|component tests")),
        (
            CONTRACT,
            listed!("contract|contracts"),
            listed!(
                "pact|schema validation|response schema|api test|api tests|api spec|endpoint tests|\
                conformance|conforms"
            ),
        ),
        (
            "edge case",
            listed!("edge|edges"),
            listed!(
                "corner cases|boundary|boundaries|error scenarios|error cases|error case|\
                error handling|error paths|negative|negative cases|failure scenarios|failure cases"
            ),
        ),
    ]
}

const CONTRACT: &str = "contract";

fn check(project: &Project, out: &mut Vec<Finding>) {
    let promised = Promised::of(project);
    let judged: Vec<_> = tested(project)
        .into_iter()
        .filter(|one| one.lines().next().is_some())
        .map(|one| {
            // Without an endpoint or an event there is no contract to test against.
            let promises = !promised.by(one.feature).is_empty();
            let missing = missing(&one, promises);
            (one, missing)
        })
        .collect();
    // One thing missing everywhere, or from one document on several features, is one finding.
    let everywhere = judged.iter().all(|(_, missing)| *missing == judged[0].1);
    let mut said = vec![false; judged.len()];
    for (at, (one, missing)) in judged.iter().enumerate() {
        if missing.is_empty() || said[at] {
            continue;
        }
        let alike = |(other, same): &(Tested<'_>, Vec<&str>)| {
            everywhere || same == missing && place(other) == place(one)
        };
        let group: Vec<usize> = (at..judged.len()).filter(|&other| alike(&judged[other])).collect();
        let names: Vec<&str> = group.iter().map(|&other| judged[other].0.name(project)).collect();
        let kinds = either(missing, missing.len());
        let message = format!("the test evidence of {} names no {kinds} test", few(&names, 3));
        let Some(mut finding) = one.finding(None, message) else { continue };
        let help = "write tests of this kind and name them, or say why the feature needs none";
        finding = finding.help(help).subject(format!("{}: {kinds} tests", names[0]));
        for other in group {
            said[other] = true;
            let other = &judged[other].0;
            if let Some((path, heading)) = place(other).filter(|_| place(other) != place(one)) {
                finding = finding.related(path, Some(heading), "nor does this");
            }
            let gate = (other.duty.iteration, other.duty.phase);
            if !finding.gates.contains(&gate) {
                finding = finding.gate(gate.0, gate.1);
            }
        }
        out.push(finding);
    }
}

/// Where the evidence of a feature begins.
fn place<'p>(one: &Tested<'p>) -> Option<(&'p RepoPath, Span)> {
    one.parts.first().map(|part| (&part.artifact.path, part.heading))
}

/// The kinds that no line names, but to say that there are no tests of it.
fn missing(one: &Tested<'_>, promises: bool) -> Vec<&'static str> {
    const REASON: &List = listed!(
        "because|since|as there|no api|no endpoint|no endpoints|nothing to|not applicable|n a|\
        depends on no|no dependencies|no other"
    );
    let mut missing: Vec<_> =
        kinds().into_iter().filter(|(kind, ..)| promises || *kind != CONTRACT).collect();
    let lines = one.parts.iter().flat_map(|part| {
        let inside = part.tests.lines.iter().filter(|line| part.extent.covers(line.span));
        inside.map(|line| (flat_parted(part.text(line.span)), line.denied))
    });
    for (words, denied) in lines {
        // Words that say that there are none count where they say why.
        if !denied || has_any(&words, REASON) {
            missing.retain(|(_, own, others)| !names_kind(&words, own) && !has_any(&words, others));
        }
        // Most evidence names every kind in its first lines.
        if missing.is_empty() {
            break;
        }
    }
    missing.into_iter().map(|(kind, ..)| kind).collect()
}

/// Whether words name a kind of tests: "Contract", "integration suite", and neither "the contract
/// was updated" nor "run at integration".
fn names_kind(line: &str, kind: &List) -> bool {
    const TESTS: &List = listed!("test|tests|testing|suite|suites|spec|specs|case|cases|coverage");
    const PHRASE: &List = listed!(
        "the|its|a|this|that|by|from|at|during|in|before|until|after|of|to|against|every|each|per"
    );
    const OTHER: &List = listed!(
        "engineer|report|phase|reconciliation|points|point|gate|of|is|was|were|has|says|update|\
        updates|updated|change|changes|changed"
    );
    let mut words = words(line);
    let mut before = "";
    while let Some(word) = words.next() {
        if kind.has(word) {
            let next = words.clone().next().unwrap_or("");
            if TESTS.has(next) || !PHRASE.has(before) && !OTHER.has(next) {
                return true;
            }
        }
        before = word;
    }
    false
}
