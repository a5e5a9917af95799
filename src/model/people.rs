//! People as documents name them: who wrote something, who signed it (S2.16).

use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, flat, is_blank, listed, one_of};

/// Somebody whom a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as it stands there.
    pub name: String,
    /// What two spellings of one name have in common: no case, accents, titles or roles.
    pub key: String,
}

/// Everybody whom a document calls its author, or the one who did what it tells, each with the
/// value that says so.
pub fn authors(facts: &DocumentFacts) -> Vec<(Person, Span)> {
    let mut found = Vec::new();
    for field in facts.fields.iter().filter(|field| names_author(&field.name)) {
        let people = named(facts.text_of(field.value));
        found.extend(people.into_iter().map(|person| (person, field.value)));
    }
    for table in &facts.tables {
        for row in table.rows() {
            let [label, value, ..] = row else { continue };
            if names_author(&normalize(facts.text_of(*label))) {
                let people = named(facts.text_of(*value));
                found.extend(people.into_iter().map(|person| (person, *value)));
            }
        }
    }
    found
}

/// Whether a label says who did the work.
fn names_author(name: &str) -> bool {
    const LABELS: &List = listed!(
        "author|authors|written by|implemented by|implementer|implementers|implementor|\
        engineer|engineers|developer|developers|developed by|built by|coded by|prepared by|\
        created by|implementation by|implementation engineer|implementing engineer|\
        full stack engineer|fullstack engineer|frontend engineer|backend engineer|\
        lead engineer|lead developer|software engineer|test engineer|tests written by|tester|\
        tested by|sdet|integration engineer|integrated by|integration lead|agent|assignee"
    );
    one_of(LABELS, name)
}

/// The people in a value: `Dr. Ana Silva (engineer) and Wei Chen, SDET` names two. A role alone
/// names nobody.
pub fn named(value: &str) -> Vec<Person> {
    if is_blank(value) {
        return Vec::new();
    }
    let bare = without_brackets(value);
    let mut parts: Vec<&str> = vec![&bare];
    for mark in [" and ", " & ", " + ", " with ", " - ", " as "] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let marks = |c: char| matches!(c, ',' | ';' | '|' | '/' | '—' | '–' | ':' | '\n');
    let parts = parts.into_iter().flat_map(|part| part.split(marks));
    parts.filter_map(person).collect()
}

/// A text without what stands in brackets: a role, an address, where a link leads.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            '*' | '_' | '`' | '[' | ']' => {}
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn person(written: &str) -> Option<Person> {
    const TITLES: &List = listed!("dr|mr|mrs|ms|mx|miss|prof|professor|sir|dipl|ing|msc|phd");
    const ROLES: &List = listed!(
        "engineer|engineers|engineering|developer|developers|dev|manager|management|product|\
        project|program|owner|lead|leader|architect|tester|test|tests|qa|sdet|designer|analyst|\
        senior|junior|principal|staff|chief|full|stack|fullstack|frontend|backend|front|end|back|\
        software|integration|integrator|implementation|implementer|release|devops|security|\
        performance|team|agent|agents|subagent|sub|ai|assistant|role|pm|po|cto|ceo|vp|director|\
        head|of|the|a|an|our|for|by|acting|persona|specialist|consultant|reviewer|author|scrum|\
        master|ux|ui|data|mobile|web|api|quality|assurance|validation|validator|e2e|\
        accessibility|technical|tech|feature|workstream|stream|iteration|phase|signed|digitally|\
        approved|on behalf"
    );
    const NOBODY: &List = listed!(
        "none|nobody|unknown|unsigned|pending|tbd|tba|tbc|todo|n a|na|not applicable|anonymous|\
        everyone|everybody|all|us|we|me|name|your name|signature|date|same|see above|various"
    );
    let name = written.trim().trim_start_matches('@').trim();
    let key = folded(&flat(name));
    let names = |word: &&str| !one_of(TITLES, word) && !one_of(ROLES, word);
    let key: Vec<&str> = key.split(' ').filter(names).collect();
    let key = key.join(" ");
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    let somebody = letters > 1 && !one_of(NOBODY, &key);
    somebody.then(|| Person { name: name.to_owned(), key })
}

/// Letters without their accents.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ď' | 'đ' | 'ð' => out.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ğ' => out.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'ř' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            // A combining accent that stands behind its letter.
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn keys(value: &str) -> Vec<String> {
        named(value).into_iter().map(|person| person.key).collect()
    }

    #[test]
    fn one_name_has_one_key() {
        for value in [
            "Marguerite Olsen",
            "**marguerite olsen**",
            "Dr. Marguerite Olsen",
            "Marguerite Olsen (Product Manager)",
            "Marguerite Olsen, product manager",
            "Marguérite Olsen <mo@example.org>",
            "Marguerite Olsen — PM",
            "Product Manager: Marguerite Olsen",
            "Digitally signed by Marguerite Olsen",
        ] {
            assert_eq!(keys(value), ["marguerite olsen"], "{value}");
        }
        assert_eq!(keys("Ana Silva and Wei Chen, SDET"), ["ana silva", "wei chen"]);
        assert_eq!(keys("Ana Silva / Wei Chen"), ["ana silva", "wei chen"]);
        assert_ne!(keys("M. Olsen"), keys("Marguerite Olsen"));
    }

    #[test]
    fn roles_name_nobody() {
        for value in [
            "Product Manager",
            "Full-Stack Engineer",
            "SDET",
            "Agent 3",
            "Integration Team",
            "TBD",
            "n/a",
            "______",
            "Engineer for Feature 2",
            "",
        ] {
            assert_eq!(keys(value), [""; 0], "{value}");
        }
        assert_eq!(keys("claude-opus-4"), ["claude opus 4"]);
    }

    #[test]
    fn authors_stand_behind_labels() {
        let of = |text: &str| -> Vec<String> {
            let facts = extract(text.as_bytes());
            authors(&facts).into_iter().map(|(person, _)| person.name).collect()
        };
        assert_eq!(of("- **Author**: Wei Chen, full-stack engineer\n"), ["Wei Chen"]);
        assert_eq!(of("---\nauthor: Wei Chen\n---\n# E\n"), ["Wei Chen"]);
        assert_eq!(of("| Field | Value |\n|---|---|\n| Engineer | Wei Chen |\n"), ["Wei Chen"]);
        assert_eq!(of("**Reviewer**: Wei Chen\n"), [""; 0]);
    }
}
