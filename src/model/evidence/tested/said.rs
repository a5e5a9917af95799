//! What the words of a line say: statuses, errors, ranges, and that something is not tested.

use crate::model::contract::Method;
use crate::model::phrases::{List, flat, has_any, listed};

/// What a text may say, by its single words: whether a closer look is worth it. Most lines say
/// nothing of the kind.
#[derive(Clone, Copy, Default)]
pub(super) struct Hints {
    pub statuses: bool,
    pub denial: bool,
    pub range: bool,
}

impl Hints {
    pub fn of(text: &str) -> Self {
        const RANGES: &List = listed!("all|every|each|both");
        // One of them is in every phrase by which something is denied, or one of the weaker ones
        // with a word for tests.
        const DENIALS: &List =
            listed!("not|untested|uncovered|be|scope|deferred|isn|isnt|aren|arent|excluded|tbd");
        const WEAK: &List = listed!("no|without|missing|lacks|removed");
        const TESTS: &List = listed!("test|tests|coverage");
        let (mut hints, mut weak, mut tests) = (Self::default(), false, false);
        let words = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
        for word in words.filter(|word| word.len() > 1) {
            hints.statuses |= word.len() == 3 && matches!(word[0], b'2'..=b'5');
            hints.denial |= DENIALS.has_in_any_case(word);
            hints.range |= RANGES.has_in_any_case(word);
            weak |= WEAK.has_in_any_case(word);
            tests |= TESTS.has_in_any_case(word);
        }
        hints.denial |= weak && tests;
        hints
    }
}

/// The statuses of answers that a text names. `4xx` stands for all of its kind, as 400 to 499.
pub(super) fn statuses(text: &str) -> Vec<u16> {
    const UNITS: &[&str] = &[
        "ms",
        "s",
        "px",
        "kb",
        "mb",
        "items",
        "users",
        "requests",
        "tests",
        "lines",
        "rows",
        "characters",
        "chars",
        "percent",
        "records",
        "bytes",
        "times",
        "vus",
        "concurrent",
    ];
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let digits = bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'2'..=b'5'));
    for (at, _) in digits {
        let part = bytes.get(at..at + 3);
        let Some(&[first, second, third]) = part else { continue };
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied();
        let joined = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'.' | b'$');
        if before.is_some_and(|c| joined(c) || c >= 128) {
            continue;
        }
        let rest = text.get(at + 3..).unwrap_or("");
        let decimal = rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        if rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '%')) || decimal {
            continue;
        }
        let word = rest.trim_start_matches(' ');
        let word = word.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        if UNITS.contains(&word) {
            continue;
        }
        if second.is_ascii_digit() && third.is_ascii_digit() {
            let digit = |byte: u8| u16::from(byte - b'0');
            found.push(digit(first) * 100 + digit(second) * 10 + digit(third));
        } else if second.eq_ignore_ascii_case(&b'x') && third.eq_ignore_ascii_case(&b'x') {
            let from = u16::from(first - b'0') * 100;
            found.extend(from..from + 100);
        }
    }
    found
}

/// Whether a line, or the heading above it, says that something has no test.
pub(super) fn is_denial(text: &str) -> bool {
    const NONE: &List = listed!(
        "not tested|not covered|untested|uncovered|no test|no tests|without a test|without tests|\
        not yet tested|not yet written|not yet covered|not written|to be written|to be added|\
        to be tested|to be covered|will be written|will be added|will be tested|will be covered|\
        out of scope|deferred|is missing a test|lacks a test|lacks tests|test missing|tests missing|\
        not implemented|not verified|not exercised|no coverage|isnt tested|arent tested|removed test|\
        excluded|tbd"
    );
    Hints::of(text).denial && has_any(&flat(text), NONE)
}

/// Whether a heading or label stands above what has no test, or what changed.
pub(super) fn is_gap(name: &str) -> bool {
    const GAPS: &List = listed!(
        "gaps|gap|not tested|not covered|untested|uncovered|out of scope|missing tests|\
        missing coverage|excluded|exclusions|future|deferred|deviation|deviations|\
        known limitations|not yet written|to be written"
    );
    has_any(name, GAPS)
}

/// Which endpoints a range means: "all endpoints", "every POST route". The words are those of the
/// flat text.
pub(super) fn range(text: &str, words: &[&str], nouns: &List) -> Option<Option<Method>> {
    let from = words.iter().position(|word| matches!(*word, "all" | "every" | "each" | "both"));
    let mut at = from?;
    while let Some(word) = words.get(at) {
        if matches!(*word, "all" | "every" | "each" | "both" | "whole") {
            let near = words.get(at + 1..words.len().min(at + 5)).unwrap_or(&[]);
            if near.iter().any(|word| nouns.has(word)) {
                let method = near.iter().find_map(|word| match *word {
                    // In lower case these are words like any other.
                    "get" | "post" | "put" | "patch" | "delete" => {
                        let upper = word.to_ascii_uppercase();
                        text.contains(&upper).then(|| Method::read(&upper)).flatten()
                    }
                    _ => None,
                });
                return Some(method);
            }
        }
        at += 1;
    }
    None
}

pub(super) const ENDPOINTS: &List = listed!(
    "endpoint|endpoints|route|routes|contract|contracts|operation|operations|api|apis|interface"
);
pub(super) const EVENTS: &List =
    listed!("event|events|contract|contracts|message|messages|interface");
pub(super) const ERRORS: &List =
    listed!("error|errors|failure|failures|status|statuses|rejection|rejections|negative");

/// Whether a text speaks of errors in general: "success and error cases".
pub fn speaks_of_errors(flat: &str) -> bool {
    const GENERAL: &List = listed!(
        "error cases|error case|error paths|error path|error handling|error scenarios|\
        error responses|error codes|error statuses|errors|failure modes|failure cases|failures|\
        failure paths|negative cases|negative paths|negative tests|unhappy path|unhappy paths|\
        sad path|invalid input|invalid inputs|rejections"
    );
    has_any(flat, GENERAL)
}

/// Words by which people name the case of a status without its number.
pub fn error_words(status: u16) -> &'static List {
    match status {
        400 | 422 => listed!(
            "invalid|malformed|validation|bad request|missing|incomplete|unprocessable|wrong type|\
            empty|blank|rejects|required|too long|too short|out of range"
        ),
        401 => listed!(
            "unauthorized|unauthenticated|not authenticated|no auth|without auth|no token|\
            missing token|without a token|without token|expired|invalid token|not logged in|\
            logged out|wrong password|bad password|invalid credentials|wrong credentials|\
            bad credentials|anonymous|no session|without a session|invalid password|\
            authentication required|requires auth|requires authentication|unknown email"
        ),
        403 => listed!(
            "forbidden|permission|permissions|not allowed|not permitted|unauthorized|not owner|\
            not the owner|another user|other users|non admin|wrong role|role|access denied|\
            insufficient|not a member|another members|somebody elses|someone elses"
        ),
        404 => listed!(
            "not found|unknown|nonexistent|non existent|does not exist|doesnt exist|missing|\
            no such|absent|deleted"
        ),
        409 => listed!(
            "conflict|conflicts|duplicate|duplicates|already|taken|twice|exists|overlap|\
            overlapping|in use"
        ),
        410 => listed!("gone|expired|no longer"),
        413 => listed!("too large|size|oversized"),
        415 => listed!("media type|content type|unsupported"),
        423 => listed!("locked|suspended|blocked"),
        429 => listed!("rate limit|rate limited|rate limiting|too many|throttle|throttled"),
        500 => listed!("server error|internal error|database error|database failure|crash|fails"),
        502..=504 => listed!(
            "unavailable|timeout|times out|timed out|upstream|bad gateway|outage|is down|offline"
        ),
        _ => listed!("error|fails"),
    }
}
