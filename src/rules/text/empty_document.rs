use crate::base::Level;
use crate::facts::DocumentFacts;
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: super::EMPTY,
    summary: "a document says nothing: it is empty, or holds only a title, comments or front matter",
    promises: &["S2.6", "X.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/empty-document.md"),
    check: Check::Text(check),
};

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    // What is wrong with the bytes may be what hides the words.
    if facts.says_anything() || !facts.defects.is_empty() {
        return;
    }
    out.push(TextFinding {
        span: facts.beginning(),
        message: match facts.title() {
            Some(_) => "the document holds nothing but its title".to_owned(),
            None => "the document holds nothing that a reader sees".to_owned(),
        },
        help: "write the document, or delete it if nothing is owed here".to_owned(),
        subject: String::new(),
    });
}

#[cfg(test)]
mod tests {
    use crate::facts;

    fn speaks(text: &str) -> bool {
        let mut found = Vec::new();
        super::check(&facts::extract(text.as_bytes()), &mut found);
        found.len() == 1
    }

    #[test]
    fn a_document_without_words_is_empty() {
        for text in [
            "",
            " \n\t\n",
            "\u{feff}",
            "<!-- stories follow -->\n",
            "---\nowner: Mira\n---\n",
            "# Stories\n",
            "Stories\n=======\n\n---\n",
            "---\nowner: Mira\n---\n<!-- a -->\n# Stories\n\n<!-- b -->\n\n-\n",
        ] {
            assert!(speaks(text), "{text:?}");
        }
    }

    #[test]
    fn a_document_with_any_words_is_not() {
        for text in [
            "None.\n",
            "All of it stands above.\n\n# Title\n",
            "# Stories\n\n![](stories.png)\n",
            "# Stories\n\n```\nGET /api\n```\n",
            "# 概要\n\n貸出\n",
            "# Stories\n\n## US-001\n",
            "\0",
        ] {
            assert!(!speaks(text), "{text:?}");
        }
    }
}
