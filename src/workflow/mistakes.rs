//! What is wrong with a policy file, in words for people who do not know how it is read.

use super::policy::suggestion;

/// Why a text is no policy and what to do, from the message of the TOML reader and the text it
/// points at.
pub fn explain(message: &str, pointed: &str) -> (String, String) {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let correct = || String::from("correct the line shown");
    if let Some((&unknown, known)) = quoted.split_first() {
        if message.starts_with("unknown field") && is_of_adoption(unknown, known) {
            let why = format!("`{unknown}` does not belong here");
            return (why, String::from("write `roots = [\"…\"]` below a heading `[[workflow]]`"));
        }
        for (start, noun) in [("unknown field", "key"), ("unknown variant", "word")] {
            if message.starts_with(start) {
                return (format!("unknown {noun} `{unknown}`"), suggestion(unknown, known));
            }
        }
        if message.starts_with("missing field") {
            return (format!("the key `{unknown}` is missing"), format!("add `{unknown} = …`"));
        }
    }
    if let Some(types) = message.strip_prefix("invalid type: ") {
        return mistyped(types, pointed);
    }
    let known = SYNTAX.iter().find(|(start, ..)| message.starts_with(start));
    known.map_or((message.to_owned(), correct()), |(_, why, help)| {
        (String::from(*why), if help.is_empty() { correct() } else { String::from(*help) })
    })
}

/// Whether an unknown key is meant for the workflow that a configuration adopts: it says where
/// the documents stand.
fn is_of_adoption(unknown: &str, known: &[&str]) -> bool {
    matches!(unknown, "root" | "roots") && known.contains(&"workflow")
}

/// How messages of the TOML reader begin, what they mean, and what to do if the line alone does
/// not say it.
const SYNTAX: &[(&str, &str, &str)] = &[
    ("string values must be quoted", "a text must stand in quotes, and a value must be there", ""),
    ("invalid basic string", "the text is not closed with `\"`", ""),
    ("invalid literal string", "the text is not closed with `'`", ""),
    ("key with no value", "the key has no value", "write `key = value`"),
    ("unclosed array table", "the heading is not closed with `]]`", ""),
    ("unclosed array", "the list is not closed with `]`", ""),
    ("unclosed table", "the heading is not closed with `]`", ""),
    ("unclosed inline table", "the table is not closed with `}`", ""),
    ("missing comma", "a comma is missing between two values", ""),
    ("unexpected key or value", "the line goes on where it should end", ""),
    ("duplicate key", "this is said twice", "keep one of them"),
    ("invalid date", "this is no date", "write a day such as `2026-12-31`"),
    (
        "wanted string or table",
        "a word in quotes is needed here",
        "write one that the format knows",
    ),
    ("wanted exactly 1 element", "one key is needed here, no more and no less", ""),
];

/// `string "x", expected a sequence`
fn mistyped(types: &str, pointed: &str) -> (String, String) {
    let (found, wanted) = types.rsplit_once(", expected ").unwrap_or((types, ""));
    let is_heading = pointed.starts_with('[') && found == "map";
    let (wanted, help) = match wanted {
        "a sequence" if is_heading => ("several of these can stand here", "write `[[…]]`"),
        "a sequence" => ("a list is needed here", "put it in brackets, as in `[\"…\"]`"),
        "a boolean" => ("`true` or `false` is needed here", "write it without quotes"),
        "a string" => ("a text is needed here", "put it in quotes"),
        "a string or a list of strings" => {
            ("a text or a list of texts is needed here", "put it in quotes")
        }
        "a TOML datetime" => ("a date is needed here", "write it without quotes: `2026-12-31`"),
        "i64" => ("a whole number is needed here", "write it without quotes"),
        "newtype variant" => ("a table is needed here", "write `{ role = [\"…\"] }`"),
        "a map" => ("a table is needed here", "write `key = value` lines below a heading `[…]`"),
        structure if structure.starts_with("struct ") => {
            ("a table is needed here", "write `{ key = value }`")
        }
        other => {
            return (format!("{other} is needed here"), String::from("correct the line shown"));
        }
    };
    let what = found.split(' ').next().unwrap_or_default();
    let value = found.strip_prefix(what).unwrap_or_default().trim();
    let found = match what {
        "map" if pointed.starts_with(|c: char| c.is_ascii_digit()) => String::from("a date"),
        "map" => String::from("a table"),
        "sequence" => String::from("a list"),
        "string" => format!("the text {value}"),
        "integer" => format!("the number {value}"),
        "floating" => format!("the number {}", value.trim_start_matches("point ")),
        _ => String::from("a single word"),
    };
    if is_heading {
        return (format!("{wanted}, so its heading has two brackets"), String::from(help));
    }
    (format!("{wanted}, not {found}"), String::from(help))
}
