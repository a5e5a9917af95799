//! JSON Schemas of the files that decide, for editors.
//!
//! They are written by hand: what they say is a text for people, and what the parser reads is made
//! of words with their places, which no derived schema knows. Tests hold the two together.

use serde_json::Value;

use super::Kind;
use crate::base::Level;

/// The schema of workflow files. `rules` are the ids of all rules.
pub fn schema(rules: &[&str]) -> Value {
    let kinds = Kind::ALL.iter().filter(|(kind, _)| *kind != Kind::Unknown);
    let kinds: Vec<&str> = kinds.map(|(_, word)| *word).collect();
    complete(include_str!("schema.json"), &[("rule", rules), ("kind", &kinds)])
}

/// A schema whose definitions, by name, allow these words only; the levels of rules among them.
pub fn complete(text: &str, words: &[(&str, &[&str])]) -> Value {
    let mut schema: Value = serde_json::from_str(text).unwrap_or_default();
    let levels = [Level::Off, Level::Note, Level::Warn, Level::Deny].map(Level::word);
    for (name, words) in words.iter().copied().chain([("level", &levels[..])]) {
        schema["$defs"][name]["enum"] = words.into();
    }
    schema
}

#[cfg(test)]
pub mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::base::Failure;
    use crate::workflow::{PolicyFile, parse};

    /// No key of any file.
    const STRANGE: &str = "zzzzzzzzzzzz = 1\n";

    fn words(all: &[&str]) -> BTreeSet<String> {
        all.iter().map(|word| (*word).to_owned()).collect()
    }

    /// The keys that a schema has for a table and those that the parser knows there are the same.
    /// `tables` are pointers into the schema, each with a file that opens the table and says all
    /// that it must say.
    pub fn agrees(schema: &Value, tables: &[(&str, &str)], read: &dyn Fn(String) -> Failure) {
        for (pointer, opening) in tables {
            let table = schema.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
            assert_eq!(table["additionalProperties"], false, "{pointer}");
            let keys = table["properties"].as_object().expect("properties").keys();
            let keys: BTreeSet<String> = keys.cloned().collect();
            let failure = read(format!("{opening}{STRANGE}"));
            assert_eq!(failure.why, "unknown key `zzzzzzzzzzzz`", "{pointer}");
            assert_eq!(keys, offered(&failure), "{pointer}");
        }
        let all = schema.to_string().matches("\"additionalProperties\":false").count();
        assert_eq!(tables.len(), all, "a table of the schema is not compared with the parser");
    }

    /// The words that a failure says are known.
    fn offered(failure: &Failure) -> BTreeSet<String> {
        failure.help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_schema_has_the_keys_that_the_parser_knows() {
        let read = |text: String| {
            let file = PolicyFile { text, ..PolicyFile::default() };
            parse(file, &[], &mut |path| unreachable!("{path}")).expect_err("a strange key")
        };
        let open = "schema = 1\nid = \"a\"\n";
        let phase = format!("{open}[[phase]]\nid = \"a\"\n");
        let deliverable = format!("{phase}[[phase.deliverable]]\nid = \"a\"\n");
        let within =
            format!("{deliverable}[[phase.deliverable.within]]\ndeliverable = \"a\"\nnames = []\n");
        agrees(
            &schema(&["a-rule"]),
            &[
                ("", open),
                ("/$defs/role", &format!("{open}[[role]]\nid = \"a\"\n")),
                ("/$defs/metric", &format!("{open}[[metric]]\nid = \"a\"\n")),
                ("/$defs/variation", &format!("{open}[[variation]]\nid = \"a\"\n")),
                ("/$defs/subjects", &format!("{open}[subjects]\n")),
                ("/$defs/vocabulary", &format!("{open}[vocabulary]\n")),
                ("/$defs/boundaries", &format!("{open}[boundaries]\n")),
                ("/$defs/router", &format!("{open}[[boundaries.router]]\nid = \"a\"\n")),
                ("/$defs/phase", &phase),
                ("/$defs/deliverable", &deliverable),
                ("/$defs/part", &format!("{deliverable}[[phase.deliverable.part]]\nid = \"a\"\n")),
                ("/$defs/within", &within),
            ],
            &read,
        );
        // One of the ways to say how many are due is a table.
        let failure = read(format!("{deliverable}per = \"zzzzzzzzzzzz\"\n"));
        assert_eq!(offered(&failure), words(&["project", "feature", "participant", "role"]));
    }

    #[test]
    fn the_words_of_the_schema_are_those_of_the_program() {
        let schema = schema(&["a-rule"]);
        let allowed = |name: &str| {
            let words = schema["$defs"][name]["enum"].as_array().expect("words").iter();
            words.filter_map(|word| Some(word.as_str()?.to_owned())).collect::<BTreeSet<String>>()
        };
        assert_eq!(allowed("rule"), words(&["a-rule"]));
        assert_eq!(allowed("level"), words(&["off", "note", "warn", "deny"]));
        assert!(allowed("kind").contains("test-evidence") && !allowed("kind").contains("unknown"));
    }
}
