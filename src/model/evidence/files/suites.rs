//! Test files under the headings of tests: "Unit tests", "Contract tests", "Edge cases".

use memchr::memrchr;

use super::{is_planned, is_test};
use crate::facts::{DocumentFacts, NamedPath, SectionId};
use crate::model::phrases::{List, has_any, listed, one_of, words};

/// Whether a path that opens its line under a heading of tests is that of a test file. The cases
/// stand there too, so that the path has to be one of code, and no line that tells of the future.
pub(super) fn holds(facts: &DocumentFacts, path: &NamedPath) -> bool {
    let text = facts.text_of(path.span);
    is_test(text) && is_code(text) && stands_under(facts, path.section) && !is_planned(facts, path)
}

/// The same for a line of a block of code, which holds nothing but paths.
pub(super) fn lists(facts: &DocumentFacts, section: SectionId, path: &str) -> bool {
    is_test(path) && is_code(path) && stands_under(facts, section)
}

fn is_code(path: &str) -> bool {
    const CODE: &List = listed!(
        "ts|tsx|mts|js|jsx|mjs|cjs|vue|py|go|rs|java|kt|kts|groovy|scala|rb|php|cs|fs|swift|dart|ex|\
        exs|clj|c|cc|cpp|h|hpp|lua|sql|sh|bats|feature|robot"
    );
    let kind = memrchr(b'.', path.as_bytes()).map_or("", |dot| &path[dot + 1..]);
    one_of(CODE, &kind.to_ascii_lowercase())
}

/// Whether a section or one around it is about tests, and none says that they are not there.
fn stands_under(facts: &DocumentFacts, section: SectionId) -> bool {
    let mut at = Some(section);
    let mut found = false;
    while let Some(id) = at {
        let section = facts.section(id);
        if section.level <= 1 {
            break;
        }
        if is_elsewhere(&section.name) {
            return false;
        }
        found |= is_of_tests(&section.name);
        at = section.parent;
    }
    found
}

/// Whether a heading names a kind of tests: "Tests", "API tests", "Edge cases covered".
fn is_of_tests(name: &str) -> bool {
    const MOST_WORDS: usize = 5;
    let few = words(name).count() <= MOST_WORDS;
    few && has_any(
        name,
        listed!("tests|unit test|integration test|contract test|edge cases|edge case"),
    )
}

/// Headings under which a test file may be told of that is not there: yet, any more, or here.
fn is_elsewhere(name: &str) -> bool {
    const ELSEWHERE: &List = listed!(
        "run|runs|running|execution|result|results|output|outputs|plan|planned|missing|todo|future|\
        next|later|removed|deleted|legacy|old|strategy|command|commands|coverage|report|not|no|how|\
        example|examples|template|skipped|proposed|recommended|suggested|required|needed|to|naming|\
        conventions|structure|manual|deferred|failed|failures|failing|known|open|gaps"
    );
    words(name).any(|word| one_of(ELSEWHERE, word))
}
