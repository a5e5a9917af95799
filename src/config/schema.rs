//! The JSON Schema of the configuration, for editors.

use serde_json::Value;

use crate::workflow::{self, builtins};

/// The schema of `gatecheck.toml`. `rules` are the ids of all rules.
pub fn schema(rules: &[&str]) -> Value {
    let builtins: Vec<&str> = builtins().collect();
    let words = [("rule", rules), ("builtin", &builtins[..])];
    workflow::schema::complete(include_str!("schema.json"), &words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RepoPath;
    use crate::config::parse;
    use crate::workflow::PolicyFile;
    use crate::workflow::schema::tests::agrees;

    #[test]
    fn the_schema_has_the_keys_that_the_parser_knows() {
        let read = |text: String| {
            let file = PolicyFile { text, ..PolicyFile::default() };
            parse(file, RepoPath::default(), &["a-rule"]).expect_err("a strange key")
        };
        agrees(
            &schema(&["a-rule"]),
            &[
                ("", ""),
                ("/$defs/adoption", "[[workflow]]\n"),
                ("/$defs/share", "[features.a]\n"),
                ("/$defs/code", "[code]\n"),
                ("/$defs/skip", "[[workflow]]\n[[workflow.skip]]\nphase = \"1\"\n"),
                ("/$defs/waiver", "[[waiver]]\nrule = \"a-rule\"\n"),
            ],
            &read,
        );
        let builtins: Vec<&str> = builtins().collect();
        assert_eq!(schema(&[])["$defs"]["builtin"]["enum"], Value::from(&builtins[..]));
    }
}
