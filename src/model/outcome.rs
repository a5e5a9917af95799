//! Results as people write them: `PASS`, `✅ 12/12`, `3 failed`, `FAIL → PASS` (S2.15, S2.16).

use memchr::memchr2;

use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, flat, has_any, is_blank, listed, one_of, opens_with_any};
use crate::workflow::Vocabulary;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    Fail,
    /// It was not run, or nobody says how it ended.
    Open,
}

/// The result that a short value states: a cell, what stands behind a label. Where it tells of
/// several one after the other, the last counts.
pub fn of_value(text: &str, words: &Vocabulary) -> Option<Outcome> {
    let last = after_arrow(text).trim();
    let number = last.trim_start_matches(['*', '`']).starts_with(|c: char| c.is_ascii_digit());
    let counts = if number || has_failures(last) { counted(last) } else { None };
    let open = || is_open(last).then_some(Outcome::Open);
    let stated = counts.or_else(|| refused(last)).or_else(|| worded(last, words));
    stated.or_else(|| counted(last)).or_else(open).or_else(|| marked(last))
}

/// The result that a line states: by a count of failures, a share, a mark or a word in capitals.
pub fn of_line(text: &str) -> Option<Outcome> {
    let last = after_arrow(text);
    counted(last).or_else(|| marked(last)).or_else(|| shouted(last))
}

/// The result that a row of a table states in a column for results; of several the rightmost that
/// states one. A count of failures says it where no such column does, and takes back a success
/// beside it.
pub fn of_row(
    facts: &DocumentFacts,
    headers: &[String],
    row: &[Span],
    words: &Vocabulary,
) -> Option<Outcome> {
    // What was before stands for the end where nothing came after it.
    const EARLIER: &List =
        listed!("initial|initial result|initial run|first result|before|before fix");
    const MENDED: &List = listed!("fixed|resolved|failures fixed|fixes");
    let cells = |fits: &dyn Fn(&str) -> bool| -> Vec<&str> {
        let fitting = headers.iter().zip(row).rev().filter(|(header, _)| fits(header));
        fitting.map(|(_, cell)| facts.text_of(*cell)).collect()
    };
    let mut results = cells(&|header| one_of(RESULTS, header) || is_run(header));
    if !results.is_empty() {
        results.extend(cells(&|header| one_of(EARLIER, header)));
    }
    let stated: Vec<_> = results.iter().map(|text| of_cell(text, words)).collect();
    let certain = stated.iter().position(|one| matches!(one, Some(Outcome::Pass | Outcome::Fail)));
    let failed = cells(&|header| one_of(FAILED, header)).first().and_then(|cell| of_count(cell));
    let mended = || !cells(&|header| one_of(MENDED, header)).is_empty();
    match certain {
        Some(at) if failed == Some(Outcome::Fail) && !is_mended(results[at]) && !mended() => failed,
        Some(at) => stated[at],
        None if stated.contains(&Some(Outcome::Open)) => Some(Outcome::Open),
        None => failed,
    }
}

const RESULTS: &List = listed!(
    "result|results|status|outcome|verdict|final|final result|final status|\
    pass fail|state|last run|last result|after fix|after fixes|after|now|verified|verification|\
    working|works|validated|test result|validation|validation result|final run|rerun|retest"
);
const FAILED: &List = listed!("failed|failures|failing|fail|tests failed|failed tests");

/// Whether a table has a column for results or counts failures.
pub fn has_results(headers: &[String]) -> bool {
    headers.iter().any(|header| one_of(RESULTS, header) || one_of(FAILED, header) || is_run(header))
}

/// What one cell of a column for results says. An empty one says that there is none.
fn of_cell(text: &str, words: &Vocabulary) -> Option<Outcome> {
    if is_blank(text) {
        return Some(Outcome::Open);
    }
    of_value(text, words).or_else(|| of_line(text))
}

/// Whether a header counts runs: `run 2`, `second run`.
fn is_run(header: &str) -> bool {
    let number = header.strip_prefix("run ").map(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    number == Some(true) || one_of(listed!("first run|second run|third run|final run"), header)
}

/// What a count of failures says.
pub fn of_count(count: &str) -> Option<Outcome> {
    let count: u32 = flat(after_arrow(count)).split(' ').next()?.parse().ok()?;
    Some(if count > 0 { Outcome::Fail } else { Outcome::Pass })
}

/// Whether a value says that there is no result yet.
pub fn is_open(text: &str) -> bool {
    const OPEN: &List = listed!(
        "not run|not executed|not yet|not started|not tested|not done|not attempted|\
        not finished|not completed|not verified|not available|not recorded|never run|never ran|\
        did not run|didnt run|was not run|were not run|could not be run|could not run|cannot run|\
        pending|skipped|skip|tbd|tbc|todo|to do|to be|awaiting|waiting|deferred|postponed|\
        in progress|wip|work in progress|running|still running|queued|scheduled|planned|unknown|\
        incomplete|no result|no results|missing|disabled|partial|partially|unclear"
    );
    let words = flat(text);
    let marks = ['⏳', '⌛', '⏸', '⏭', '❓', '🚧', '⏱'];
    opens_with_any(&words, OPEN) || words.is_empty() && text.contains(marks) || text.trim() == "?"
}

/// Whether a remark says that failures are over.
fn is_mended(text: &str) -> bool {
    const MENDED: &List = listed!(
        "fixed|resolved|initially|at first|first run|expected|earlier|before|then|\
        previously|originally|retest|retested|rerun|after"
    );
    after_arrow(text) != text || has_any(&flat(text), MENDED)
}

/// Whether a value counts failures that nothing says are over.
fn has_failures(text: &str) -> bool {
    let failures = pairs(text).into_iter().any(|pair| pair.fails && pair.number > 0 && !pair.told);
    failures && !is_mended(text)
}

/// `did not pass`, `NOT PASSING`: a success that is denied.
fn refused(text: &str) -> Option<Outcome> {
    const NOT: &List = listed!("not|never|didnt|doesnt|dont|isnt|cannot");
    const PASS: &List = listed!("pass|passed|passes|passing|green|ok|succeed|succeeded|successful");
    let words = flat(text);
    let words: Vec<&str> = words.split(' ').collect();
    let refused = words.iter().enumerate().any(|(at, word)| {
        one_of(PASS, word) && words[at.saturating_sub(2)..at].iter().any(|word| one_of(NOT, word))
    });
    refused.then_some(Outcome::Fail)
}

fn after_arrow(text: &str) -> &str {
    // The arrows end in a sign of ASCII or begin like one another.
    if memchr2(b'>', 0xe2, text.as_bytes()).is_none() {
        return text;
    }
    let arrows = ["→", "->", "⇒", "➜", "=>"];
    let ends = arrows.iter().filter_map(|arrow| text.rfind(arrow).map(|at| at + arrow.len()));
    let last = ends.max().map_or(text, |at| &text[at..]);
    if last.trim().is_empty() { text } else { last }
}

/// A word of the vocabulary: the whole value, or its beginning where the word says enough.
fn worded(text: &str, words: &Vocabulary) -> Option<Outcome> {
    const TELLING: usize = 4;
    let value = normalize(text);
    let longest = |list: &[String]| {
        let fits = list.iter().filter(|word| {
            let rest = value.strip_prefix(word.as_str());
            rest.is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with(' ') && word.len() >= TELLING && **word != "error"
            })
        });
        fits.map(String::len).max()
    };
    match (longest(&words.pass), longest(&words.fail)) {
        (None, None) => None,
        (pass, fail) if fail > pass => Some(Outcome::Fail),
        _ => Some(Outcome::Pass),
    }
}

/// `12/14`, `2 failed`, `0 failures`, `14 passed`, `failed: 2`.
fn counted(text: &str) -> Option<Outcome> {
    let mut shares = text.split(SEPARATORS).filter_map(ratio);
    let share = shares
        .next_back()
        .map(|(done, all)| if done < all { Outcome::Fail } else { Outcome::Pass });
    let pairs: Vec<Pair> = pairs(text).into_iter().filter(|pair| !pair.told).collect();
    if pairs.iter().any(|pair| pair.fails && pair.number > 0) {
        return Some(Outcome::Fail);
    }
    let passes = pairs.iter().any(|pair| pair.fails || pair.number > 0);
    share.or(passes.then_some(Outcome::Pass))
}

const SEPARATORS: [char; 8] = [' ', '(', ')', ',', ';', '\t', '*', '\n'];

/// A number beside a word for failures or successes.
struct Pair {
    number: u32,
    fails: bool,
    /// The failures are told as a thing of the past.
    told: bool,
}

fn pairs(text: &str) -> Vec<Pair> {
    let mut found = Vec::new();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    // A mark parts "passed 7, failed 1" where a number stands between two words.
    for clause in text.split([',', ';', '|', '(', ')']) {
        let words = clause.split([' ', ':', '\t', '*', '`', '\n']);
        let words: Vec<String> = words.map(flat).filter(|word| !word.is_empty()).collect();
        let kind = |at: usize| match &**words.get(at)? {
            "failed" | "failing" | "failures" | "failure" | "fail" | "fails" => Some(true),
            "passed" | "passing" | "pass" | "passes" => Some(false),
            _ => None,
        };
        let number = |at: usize| words.get(at)?.parse::<u32>().ok();
        let mut at = 0;
        while at + 1 < words.len() {
            let pair = match (number(at), kind(at)) {
                (Some(number), _) => kind(at + 1).map(|fails| (number, fails)),
                (_, Some(fails)) => number(at + 1).map(|number| (number, fails)),
                _ => None,
            };
            if let Some((number, fails)) = pair {
                let over = words.get(at + 2).map_or("", |over| over);
                let told =
                    fails && one_of(listed!("fixed|resolved|found|expected|initially"), over);
                found.push(Pair { number, fails, told });
                at += 1;
            }
            at += 1;
        }
    }
    found
}

fn ratio(word: &str) -> Option<(u32, u32)> {
    let (done, all) = word.trim_matches(['.', ':', '`']).split_once('/')?;
    let (done, all) = (done.parse().ok()?, all.parse().ok()?);
    (all > 0).then_some((done, all))
}

fn marked(text: &str) -> Option<Outcome> {
    text.chars().rev().find_map(|c| match c {
        '✅' | '✔' | '✓' | '☑' | '🟢' => Some(Outcome::Pass),
        '❌' | '✗' | '✘' | '✖' | '🔴' | '⛔' => Some(Outcome::Fail),
        _ => None,
    })
}

/// `PASS`, `FAILED`: capitals are a result, small letters a sentence.
fn shouted(text: &str) -> Option<Outcome> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
    words.iter().enumerate().rev().find_map(|(at, word)| match *word {
        "PASS" | "PASSED" | "PASSING" | "PASSES" | "GREEN" | "SUCCESS" => {
            let denied = at > 0 && words[at - 1].eq_ignore_ascii_case("not");
            Some(if denied { Outcome::Fail } else { Outcome::Pass })
        }
        "FAIL" | "FAILED" | "FAILING" | "FAILS" | "FAILURE" | "RED" | "BROKEN" => {
            Some(Outcome::Fail)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vocabulary {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Vocabulary {
            pass: list(&["pass", "passed", "all passing", "ok", "works"]),
            fail: list(&["fail", "failed", "no", "not working", "error"]),
            ..Vocabulary::default()
        }
    }

    #[test]
    fn values_state_results() {
        use Outcome::{Fail, Open, Pass};
        let words = words();
        for (text, expected) in [
            ("✅ PASS", Some(Pass)),
            ("**Failed**", Some(Fail)),
            ("FAIL → PASS", Some(Pass)),
            ("12/14", Some(Fail)),
            ("14/14 (100%)", Some(Pass)),
            ("no failures", None),
            ("0 failed", Some(Pass)),
            ("not working on Safari", Some(Fail)),
            ("Passed with notes", Some(Pass)),
            ("❌", Some(Fail)),
            ("error handling", None),
            ("pending", Some(Open)),
            ("Not run (no browser)", Some(Open)),
            ("⏳", Some(Open)),
            ("PASS (1 failed)", Some(Fail)),
            ("PASS (1 failed, fixed since)", Some(Pass)),
            ("PASS (0 failed)", Some(Pass)),
            ("passed 7, failed 1", Some(Fail)),
            ("passed 7 failed 0", Some(Pass)),
            ("did not pass", Some(Fail)),
            ("see the log", None),
        ] {
            assert_eq!(of_value(text, &words), expected, "{text}");
        }
    }

    #[test]
    fn lines_state_results_by_counts_marks_and_capitals() {
        use Outcome::{Fail, Pass};
        for (text, expected) in [
            ("Accounts unit tests: 12 passed, 1 failed", Some(Fail)),
            ("Accounts: 12 passed, 0 failed", Some(Pass)),
            ("✅ Catalog contract tests (87 tests)", Some(Pass)),
            ("Two tests that failed at first", None),
            ("3 failures fixed", None),
            ("Catalog contract — PASS", Some(Pass)),
            ("❌ first run → ✅ second run", Some(Pass)),
            ("Accounts: passed 12, failed 0", Some(Pass)),
            ("Accounts — NOT PASSING", Some(Fail)),
        ] {
            assert_eq!(of_line(text), expected, "{text}");
        }
    }
}
