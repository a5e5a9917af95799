//! What a template asks its writer to put somewhere: "add your summary", "details go".
//!
//! A pattern language would take longer to get ready for this than most repositories take to be
//! judged.

/// What a template calls the content that the writer has.
const OWN: &[&str] = &[
    "answer",
    "code",
    "content",
    "description",
    "details",
    "link",
    "message",
    "name",
    "summary",
    "text",
    "title",
    "value",
];
const VERBS: &[&str] = &["add", "enter", "insert", "paste", "put", "type", "write"];
const WHOSE: &[&str] = &["your", "the", "a", "some"];

/// Where a request begins that a text ends with, its last word "here" left out.
pub(super) fn start(text: &str) -> Option<usize> {
    let Some((before, last)) = text.rsplit_once(' ') else { return verb(text) };
    let single = last.strip_suffix(['s', 'S']).unwrap_or(last);
    let own = (is_one_of(OWN, last) || is_one_of(OWN, single)).then(|| ending(before, "your"));
    let goes = last.eq_ignore_ascii_case("goes") && before.ends_with(in_word);
    let goes = goes.then(|| before.trim_end_matches(in_word).len());
    let object = !last.is_empty() && last.chars().all(in_word);
    let put = || {
        let longer = before.rsplit_once(' ').filter(|(_, whose)| is_one_of(WHOSE, whose));
        longer.and_then(|(before, _)| verb(before)).or_else(|| verb(before))
    };
    let put = if object { put() } else { None };
    [own.flatten(), goes, put].into_iter().flatten().min().or_else(|| verb(text))
}

fn verb(text: &str) -> Option<usize> {
    VERBS.iter().find_map(|verb| ending(text, verb))
}

/// Where the last word of a text begins, if it is this one.
fn ending(text: &str, word: &str) -> Option<usize> {
    let at = text.len().checked_sub(word.len())?;
    let is_word = text.get(at..)?.eq_ignore_ascii_case(word) && !text[..at].ends_with(in_word);
    is_word.then_some(at)
}

fn is_one_of(known: &[&str], word: &str) -> bool {
    known.iter().any(|one| one.eq_ignore_ascii_case(word))
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_from_other_text() {
        for (text, request) in [
            ("Add", Some("Add")),
            ("(paste the", Some("paste the")),
            ("please insert résumé", Some("insert résumé")),
            ("Write your summary", Some("Write your summary")),
            ("see your links", Some("your links")),
            ("add some nice text", None),
            ("all DETAILS_2 goes", Some("DETAILS_2 goes")),
            ("- goes", None),
            ("enter put the", Some("put the")),
            ("add put", Some("add put")),
            ("readd your", None),
            ("add  your", None),
            ("add the \u{201c}x\u{201d}", None),
            ("", None),
        ] {
            assert_eq!(start(text).map(|at| &text[at..]), request, "{text}");
        }
    }
}
