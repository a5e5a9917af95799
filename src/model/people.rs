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

impl Person {
    /// Whether two keys can be one person's.
    pub fn is_same(one: &str, other: &str) -> bool {
        let (one, other) = (name_words(one), name_words(other));
        let full = |words: &[&str]| words.iter().filter(|word| !is_initial(word)).count();
        let (short, long) = if full(&one) < full(&other) { (one, other) } else { (other, one) };
        let mut sorted = (short.clone(), long.clone());
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        if sorted.0 == sorted.1 {
            return true;
        }
        match &short[..] {
            // `ViktorBrandt`
            [word] => {
                long.len() > 1
                    && [long.concat(), turned(&long).concat()].iter().any(|one| one == word)
            }
            _ => abbreviates(&short, &long),
        }
    }
}

/// The words of a name, without initials in the middle where enough is left.
fn name_words(key: &str) -> Vec<&str> {
    let words: Vec<&str> = key.split(' ').collect();
    let full: Vec<&str> = words.iter().copied().filter(|word| !is_initial(word)).collect();
    if full.len() > 1 { full } else { words }
}

fn is_initial(word: &&str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// A name with its last word first.
fn turned<'n>(name: &[&'n str]) -> Vec<&'n str> {
    let rest = name.len().saturating_sub(1);
    name[rest..].iter().chain(&name[..rest]).copied().collect()
}

/// Whether a name is another one with initials: `V. Brandt`, `Brandt V.` The surname is written.
fn abbreviates(short: &[&str], long: &[&str]) -> bool {
    let Some((surname, given)) = long.split_last() else { return false };
    let mut left: Vec<&str> = given.to_vec();
    let mut fits = |word: &str| {
        let initial = is_initial(&word);
        let found =
            left.iter().position(|own| if initial { own.starts_with(word) } else { *own == word });
        found.map(|at| left.remove(at)).is_some()
    };
    let mut rest = short.iter().filter(|word| *word != surname);
    short.len() == long.len() && short.contains(surname) && rest.all(|word| fits(word))
}

/// The people in a value: `Dr. Ana Silva (engineer) and Wei Chen, SDET` names two. A role alone
/// names nobody.
pub fn named(value: &str) -> Vec<Person> {
    if is_blank(value) {
        return Vec::new();
    }
    let value = visible(value);
    let bare = without_brackets(&value);
    let mut parts: Vec<&str> = vec![&bare];
    for mark in [" on behalf of ", "p.p. ", " and ", " & ", " + ", " with ", " - ", " as "] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let marks = |c: char| matches!(c, ';' | '|' | '/' | '—' | '–' | ':' | '\n');
    let parts = parts.into_iter().flat_map(|part| part.split(marks));
    parts.flat_map(by_commas).collect()
}

/// The people that commas part. Two single words are one name, surname first.
fn by_commas(part: &str) -> Vec<Person> {
    if let Some((surname, initial)) = part.split_once(',')
        && is_initial(&initial.trim().trim_end_matches('.'))
    {
        return person(&format!("{} {}", initial.trim(), surname.trim())).into_iter().collect();
    }
    let people: Vec<Person> = part.split(',').filter_map(person).collect();
    let is_word = |one: &Person| !one.key.contains(' ') && !one.name.contains(['@', ' ']);
    match &people[..] {
        [surname, given] if is_word(surname) && is_word(given) => {
            let name = format!("{}, {}", surname.name, given.name);
            vec![Person { name, key: format!("{} {}", given.key, surname.key) }]
        }
        _ => people,
    }
}

/// A text as it is seen: without characters that have no width, and with the characters that
/// stand as numbers or names.
fn visible(text: &str) -> String {
    const NAMED: [(&str, &str); 4] =
        [("&nbsp;", " "), ("&amp;", "&"), ("&shy;", ""), ("&ZeroWidthSpace;", "")];
    let mut text = NAMED.iter().fold(text.to_owned(), |text, (name, c)| text.replace(name, c));
    let mut from = 0;
    while let Some(start) = text[from..].find("&#").map(|at| from + at) {
        from = start + 2;
        let Some(end) = text[from..].find(';').map(|at| from + at) else { break };
        let number = &text[from..end];
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        if let Some(c) = code.ok().and_then(char::from_u32) {
            text.replace_range(start..=end, c.encode_utf8(&mut [0; 4]));
            from = start;
        }
    }
    let hidden = |c: &char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    let seen = text.chars().filter(|c| !hidden(c));
    seen.map(|c| if c.is_whitespace() && c != '\n' { ' ' } else { c }).collect()
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
    // An address names by what stands before its sign.
    let local = name.split_once('@').map_or(name, |(local, _)| local);
    let key = folded(&flat(&local.replace(['.', '_'], " ")));
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
    }

    #[test]
    fn variants_of_a_name_are_one_person() {
        let same = |one: &str, other: &str| {
            let of = |text: &str| keys(text).into_iter();
            of(one).any(|one| of(other).any(|other| Person::is_same(&one, &other)))
        };
        for variant in [
            "Brandt, Viktor",
            "Brandt Viktor",
            "V. Brandt",
            "Brandt, V.",
            "Viktor J. Brandt",
            "Viktor Brandt on behalf of Marguerite Olsen",
            "Marguerite Olsen and Viktor Brandt",
            "Marguerite Olsen; Viktor Brandt",
            "p.p. Viktor Brandt",
            "viktor.brandt@ladle.example",
            "ViktorBrandt",
            "Viktor\u{200b} Brandt",
            "Vik\u{ad}tor Brandt",
            "Viktor&#32;Brandt",
            "Viktor&#x20;Brandt",
            "Viktor\u{a0}Brandt",
        ] {
            assert!(same(variant, "Viktor Brandt"), "{variant}");
            assert!(same("Viktor Brandt", variant), "{variant}");
        }
        for other in [
            "Viktor Olsen",
            "Vera Brandt",
            "M. Brandt",
            "Viktor B.",
            "Viktor",
            "Brandt",
            "viktor@ladle.example",
            "Marguerite Olsen",
        ] {
            assert!(!same(other, "Viktor Brandt"), "{other}");
        }
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
        assert_eq!(keys("coder-large-4"), ["coder large 4"]);
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
