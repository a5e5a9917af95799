//! Words that mean two things, or stand twice.

use std::collections::BTreeMap;

use super::stated::{Stated, at};
use super::{Check, Remark};
use crate::base::Level;
use crate::base::words::normalize;
use crate::workflow::raw::{RawVocabulary, Word};
use crate::workflow::{Vocabulary, Workflow};

pub static CHECKS: &[&Check] = &[&TWO_MEANINGS, &SHARED_ROLE, &REPEATED];

static TWO_MEANINGS: Check = Check {
    id: "word-of-two-meanings",
    summary: "a word of the vocabulary that says both yes and no",
    level: Level::Deny,
};

static SHARED_ROLE: Check =
    Check { id: "shared-role-name", summary: "a name that two roles have", level: Level::Warn };

static REPEATED: Check = Check {
    id: "repeated-word",
    summary: "a word that stands twice in one list",
    level: Level::Note,
};

/// A list of the vocabulary: its key, its words, and where they are written.
type List = (&'static str, fn(&Vocabulary) -> &Vec<String>, fn(&RawVocabulary) -> &Vec<Word>);

const NONE: List = ("none", |words| &words.none, |raw| &raw.none);
const EXCEPT: List = ("except", |words| &words.except, |raw| &raw.except);
const APPROVE: List = ("approve", |words| &words.approve, |raw| &raw.approve);
const CONDITIONAL: List = ("conditional", |words| &words.conditional, |raw| &raw.conditional);
const REJECT: List = ("reject", |words| &words.reject, |raw| &raw.reject);
const PASS: List = ("pass", |words| &words.pass, |raw| &raw.pass);
const FAIL: List = ("fail", |words| &words.fail, |raw| &raw.fail);

/// Lists that say the opposite of each other.
const OPPOSITE: &[(List, List)] = &[
    (NONE, EXCEPT),
    (APPROVE, CONDITIONAL),
    (APPROVE, REJECT),
    (CONDITIONAL, REJECT),
    (PASS, FAIL),
];

pub fn review(workflow: &Workflow, stated: &Stated, found: &mut Vec<Remark>) {
    for ((key, words, raw), (other, others, other_raw)) in OPPOSITE {
        let (words, others) = (words(&workflow.vocabulary), others(&workflow.vocabulary));
        for word in others.iter().filter(|word| words.contains(word)) {
            let message = format!("\"{word}\" stands in `{key}` and in `{other}`");
            let see = format!("it stands in `{key}` here");
            found.push(
                Remark::new(&TWO_MEANINGS, stated.word(*other_raw, word), message)
                    .help("leave it in the list that says what people mean by it")
                    .about(word)
                    .see(stated.word(*raw, word), see),
            );
        }
    }
    shared_roles(workflow, stated, found);
    for (file, list) in stated.lists() {
        repeated(file, list, found);
    }
}

fn shared_roles(workflow: &Workflow, stated: &Stated, found: &mut Vec<Remark>) {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for role in &workflow.roles {
        for name in &role.names {
            let Some(other) = known.get(&**name) else {
                known.insert(name, &role.id);
                continue;
            };
            let message = format!("\"{name}\" is a name of `{other}` and of `{}`", role.id);
            let help = format!("`{other}` stands first and is always meant: leave it to one role");
            let see = format!("it is a name of `{other}` here");
            found.push(
                Remark::new(&SHARED_ROLE, stated.role_name(&role.id, name), message)
                    .help(help)
                    .about(format!("{} {name}", role.id))
                    .see(stated.role_name(other, name), see),
            );
        }
    }
}

/// Words are compared in lower case without symbols, so that some that look different are one.
fn repeated(file: usize, list: &[Word], found: &mut Vec<Remark>) {
    let mut known: BTreeMap<String, &Word> = BTreeMap::new();
    for word in list {
        let normalized = normalize(word.get_ref());
        let Some(first) = known.get(&normalized) else {
            known.insert(normalized, word);
            continue;
        };
        let (written, same) = (word.get_ref(), first.get_ref());
        let message = match written == same {
            true => format!("\"{written}\" stands twice in this list"),
            false => format!("\"{written}\" and \"{same}\" are compared as \"{normalized}\""),
        };
        found.push(
            Remark::new(&REPEATED, at((file, word)), message)
                .help("leave one of them out")
                .about(normalized)
                .see(at((file, first)), "the other one stands here"),
        );
    }
}
