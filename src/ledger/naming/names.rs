//! The names in some clauses, in the forms in which they are looked up.

use std::collections::HashSet;

use super::clauses::{Clause, Mark, Token};
use crate::model::contract::{Mention, Method};
use crate::model::phrases::{List, has_any, listed, one_of};

/// Names that a text gives.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub routes: Vec<Mention>,
    /// Methods without a route: "POST answers with the id".
    pub methods: Vec<Method>,
    /// Names as written that are set apart or cannot be plain words: for types.
    pub exact: HashSet<String>,
    /// As `exact`, bare, with names that are spelled in several words: for tables and events.
    pub bare: HashSet<String>,
    /// Bare names that stand for a field: set apart, not plain words, or said to be one.
    pub fields: HashSet<String>,
    /// Numbers of three digits, which may be a status.
    pub numbers: HashSet<String>,
    /// All plain words in lower case, clause by clause.
    pub words: Vec<String>,
    /// Sentences that tell a whole body: what it holds only, or its shape.
    pub wholes: Vec<Whole>,
}

/// A sentence about a body as a whole: "the response is {id} only".
#[derive(Clone, Debug, Default)]
pub struct Whole {
    pub words: String,
    /// It says what the body holds and nothing else.
    pub only: bool,
    /// Bare names of the fields in it.
    pub fields: HashSet<String>,
}

/// A name without anything but its letters and digits, in lower case: equal for `user_id`,
/// `userId` and `User-ID`.
pub fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Names {
    /// Adds the names of these clauses.
    pub(super) fn read(&mut self, clauses: &[&Clause]) {
        for clause in clauses {
            self.read_routes(clause, clauses);
            for (at, token) in clause.tokens.iter().enumerate() {
                self.read_token(clause, at, token);
            }
            self.read_spelled(clause);
            self.words.push(clause.words.clone());
        }
        for sentence in clauses.chunk_by(|one, other| one.sentence == other.sentence) {
            self.read_whole(sentence);
        }
    }

    /// A path without a method takes the one that its sentence names: "`/x` (POST)".
    fn read_routes(&mut self, clause: &Clause, clauses: &[&Clause]) {
        let beside = clauses.iter().filter(|one| one.sentence == clause.sentence);
        let methods: Vec<Method> = beside.flat_map(|one| methods(one)).collect();
        for route in &clause.routes {
            let mut route = route.clone();
            if route.methods.is_empty() {
                route.methods.clone_from(&methods);
            }
            self.routes.push(route);
        }
        self.methods.extend(methods);
    }

    fn read_token(&mut self, clause: &Clause, at: usize, token: &Token) {
        let written = token.written.trim_end_matches("[]").trim_end_matches('?');
        let own = bare(written);
        if written.len() == 3 && written.bytes().all(|byte| byte.is_ascii_digit()) {
            self.numbers.insert(written.to_owned());
        }
        let apart = matches!(token.mark, Mark::Code | Mark::Quoted);
        let distinct = token.mark == Mark::Plain && is_distinct(written);
        if apart || distinct || is_of_kind(clause, at) {
            self.exact.insert(written.to_owned());
            self.bare.insert(own.clone());
            // `Refund.reason` names the type as well.
            let holder = written.split_once('.').map_or("", |(holder, _)| holder);
            if holder.starts_with(char::is_uppercase) {
                self.exact.insert(holder.to_owned());
            }
        }
        if token.mark != Mark::Plain || distinct || is_field(clause, at) {
            self.fields.insert(own);
        }
    }

    /// Names of several words: "the tool watches table".
    fn read_spelled(&mut self, clause: &Clause) {
        let words: Vec<&str> = clause.words.split(' ').collect();
        for count in [2, 3] {
            self.bare.extend(words.windows(count).map(<[&str]>::concat));
        }
    }

    fn read_whole(&mut self, sentence: &[&Clause]) {
        const ONLY: &List = listed!(
            "only|just|nothing but|reduced to|solely|merely|bare|nothing else|no more than"
        );
        /// "Only `id` was removed" tells a part.
        const PARTS: &List = listed!(
            "removed|dropped|missing|gone|omitted|left out|lost|lacks|no|without|added|renamed|\
            changed|change"
        );
        let words: Vec<&str> = sentence.iter().map(|clause| &*clause.words).collect();
        let words = words.join(" ");
        let tokens = || sentence.iter().flat_map(|clause| &clause.tokens);
        let shape = tokens().any(|token| token.mark == Mark::Key);
        let only = has_any(&words, ONLY);
        if shape || only {
            let only = only && !has_any(&words, PARTS);
            let fields = tokens().map(|token| bare(&token.written)).collect();
            self.wholes.push(Whole { words, only, fields });
        }
    }

    /// Whether any of the words is said.
    pub fn say(&self, list: &List) -> bool {
        self.words.iter().any(|words| has_any(words, list))
    }

    /// Adds the names of another text.
    pub fn add(&mut self, other: &Names) {
        self.routes.extend(other.routes.iter().cloned());
        self.methods.extend(&other.methods);
        self.exact.extend(other.exact.iter().cloned());
        self.bare.extend(other.bare.iter().cloned());
        self.fields.extend(other.fields.iter().cloned());
        self.numbers.extend(other.numbers.iter().cloned());
        self.words.extend(other.words.iter().cloned());
        self.wholes.extend(other.wholes.iter().cloned());
    }
}

fn methods(clause: &Clause) -> impl Iterator<Item = Method> + '_ {
    clause.tokens.iter().filter_map(|token| Method::read(&token.written))
}

/// Whether a name cannot be a plain word: `tool_watches`, `nextCursor`, `member.suspended`,
/// `X-Request-Id`.
fn is_distinct(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    letters.windows(2).any(|pair| {
        pair[0].is_lowercase() && pair[1].is_uppercase() || pair[0] == '-' && pair[1].is_uppercase()
    }) || name.trim_matches('_').contains('_')
        || name.contains('.') && name.starts_with(char::is_alphabetic)
}

/// The words around a token, joints left out: the one before, the one after.
fn around(clause: &Clause, at: usize) -> (String, String) {
    const JOINTS: &List = listed!(
        "the|a|an|of|its|is|are|was|were|has|have|been|be|now|and|or|both|also|there|called|named|to"
    );
    let lower = |token: &Token| token.written.to_lowercase();
    let is_joint = |token: &&Token| one_of(JOINTS, &lower(token));
    let before = clause.tokens[..at].iter().rev().find(|token| !is_joint(token));
    let after = clause.tokens[at + 1..].iter().find(|token| !is_joint(token));
    (before.map(lower).unwrap_or_default(), after.map(lower).unwrap_or_default())
}

/// Whether the words around a token say that it is a table, an event or a type.
fn is_of_kind(clause: &Clause, at: usize) -> bool {
    const KINDS: &List = listed!(
        "table|tables|event|events|type|types|model|models|schema|interface|entity|collection"
    );
    let (before, after) = around(clause, at);
    let beside = |word: &str| one_of(KINDS, word);
    clause.tokens[at].mark == Mark::Plain && (beside(&before) || beside(&after))
}

/// Whether the words around a token say that it is a field, or tell what became of it.
fn is_field(clause: &Clause, at: usize) -> bool {
    const BEFORE: &List = listed!(
        "field|fields|property|properties|column|columns|attribute|attributes|param|params|\
        parameter|parameters|key|member|flag|header|without|no|drops|dropped|removes|removed|omits|\
        omitted|lacks|lost|adds|added|renamed|gains|longer|renames|includes|carries|requires"
    );
    const AFTER: &List = listed!(
        "field|fields|property|column|columns|attribute|param|parameter|flag|header|removed|dropped|\
        renamed|added|omitted|gone|optional|required|missing|absent"
    );
    let (before, after) = around(clause, at);
    one_of(BEFORE, &before) || one_of(AFTER, &after)
}
