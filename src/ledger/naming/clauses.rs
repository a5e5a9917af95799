//! A text taken apart into clauses: what each names, and whether it tells, denies or only mentions.

use super::stance::{Opener, Stance, is_beside, opener, stance};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::contract::{Mention, mentions};
use crate::model::phrases::{List, listed, one_of};

/// A stretch of a text that says one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clause {
    pub stance: Stance,
    pub routes: Vec<Mention>,
    /// Routes that it compares with or goes through: "like `GET /x`".
    pub beside: Vec<Mention>,
    pub tokens: Vec<Token>,
    /// Its plain words in lower case; what stands in code is left out.
    pub words: String,
    /// The number of its sentence.
    pub sentence: usize,
}

/// A name or word as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub written: String,
    pub mark: Mark,
}

/// How a token is set apart from the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Plain,
    /// All that a piece of inline code holds.
    Code,
    /// One of several names in a piece of code.
    InCode,
    /// A key between braces: `{id: string}`.
    Key,
    /// In quotation marks.
    Quoted,
}

/// Takes a text apart.
pub fn read(text: &str) -> Vec<Clause> {
    let reader = Reader {
        mentions: mentions(text, 0),
        text,
        at: 0,
        mention: 0,
        clauses: Vec::new(),
        open: Clause::default(),
        opener: None,
        reasons: false,
        named: 0,
        beside: false,
    };
    reader.read()
}

/// A stretch of a document with blanks for what is struck through and for comments: they say
/// nothing.
pub fn said(facts: &DocumentFacts, span: Span) -> String {
    let struck = facts.inlines_in(span).filter(|inline| inline.style.struck);
    let comments = facts.comments.iter().filter(|comment| span.covers(**comment)).copied();
    let unsaid = struck.map(|inline| inline.span).chain(comments);
    let mut out = facts.text_of(span).to_owned();
    for hole in unsaid {
        let (from, to) = (hole.start - span.start, hole.end - span.start);
        let blank = " ".repeat((to - from) as usize);
        out.replace_range(from as usize..to as usize, &blank);
    }
    out
}

struct Reader<'t> {
    text: &'t str,
    mentions: Vec<Mention>,
    at: usize,
    /// The next mention.
    mention: usize,
    clauses: Vec<Clause>,
    open: Clause,
    /// The word that opened the clause: "but", "because".
    opener: Option<Opener>,
    /// Whether the rest of the sentence gives a reason.
    reasons: bool,
    /// How many bytes of words stand before the last route, and whether that one only compares.
    named: usize,
    beside: bool,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Clause> {
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            if self.read_mention() {
                continue;
            }
            let first = rest.chars().next().unwrap_or(' ');
            match first {
                '`' => self.read_code(rest),
                '{' => self.read_shape(rest),
                '"' | '“' => self.read_quoted(rest, first),
                _ if first.is_alphanumeric() || first == '_' => self.read_word(rest),
                _ => self.read_sign(rest, first),
            }
        }
        self.close(true);
        self.clauses
    }

    /// Takes the mention that stands here, if one does.
    fn read_mention(&mut self) -> bool {
        let past = |one: &Mention| (one.span.end as usize) <= self.at;
        self.mention += self.mentions[self.mention..].iter().take_while(|one| past(one)).count();
        let Some(next) = self.mentions.get(self.mention) else { return false };
        if next.span.start as usize > self.at {
            return false;
        }
        self.at = next.span.end as usize;
        self.push_mention(next.clone());
        true
    }

    fn read_code(&mut self, rest: &str) {
        let fence = rest.len() - rest.trim_start_matches('`').len();
        let Some(length) = rest[fence..].find(&rest[..fence]) else { return self.at += fence };
        let (start, end) = (self.at + fence, self.at + fence + length);
        let inside =
            |one: &&Mention| (one.span.start as usize) < end && (one.span.end as usize) > start;
        let routes: Vec<Mention> =
            self.mentions[self.mention..].iter().filter(inside).cloned().collect();
        let whole = if routes.is_empty() { Mark::Code } else { Mark::InCode };
        let mut from = start;
        for route in routes {
            let (starts, ends) = (route.span.start as usize, route.span.end as usize);
            self.push_names(&self.text[from..starts.max(from)], whole);
            self.push_mention(route);
            from = ends.max(from);
        }
        // A route may be named in two pieces: `POST` `/x`.
        if from < end {
            self.push_names(&self.text[from..end], whole);
        }
        let closed = from > end && self.text[from..].starts_with(&rest[..fence]);
        self.at = if closed { from + fence } else { from.max(end + fence) };
    }

    /// Adds a route, which only compares where the words before it do, or the route before it.
    fn push_mention(&mut self, mention: Mention) {
        let between = self.open.words.get(self.named..).unwrap_or("").trim_start();
        let joined = matches!(between, "and" | "or");
        self.beside = if joined { self.beside } else { is_beside(between) };
        self.named = self.open.words.len();
        let side = if self.beside { &mut self.open.beside } else { &mut self.open.routes };
        side.push(mention);
    }

    /// Braces with the shape of a body.
    fn read_shape(&mut self, rest: &str) {
        const MOST: usize = 2000;
        let mut depth = 0;
        let end = rest.char_indices().take(MOST).find_map(|(at, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0).then_some(at)
        });
        match end {
            Some(end) => {
                self.push_names(&rest[..=end], Mark::InCode);
                self.at += end + 1;
            }
            None => self.at += 1,
        }
    }

    fn read_quoted(&mut self, rest: &str, open: char) {
        const MOST: usize = 60;
        let inner = &rest[open.len_utf8()..];
        let close = if open == '“' { '”' } else { '"' };
        let end = inner.char_indices().take(MOST).find(|(_, c)| *c == close).map(|(end, _)| end);
        match end.map(|end| &inner[..end]).filter(|name| is_name(name)) {
            Some(name) => {
                self.push(name, Mark::Quoted);
                self.at += open.len_utf8() + name.len() + close.len_utf8();
            }
            None => self.at += open.len_utf8(),
        }
    }

    fn read_word(&mut self, rest: &str) {
        let word = word(rest);
        let lower = word.to_lowercase();
        if let Some(opener) = opener(&lower, &rest[word.len()..]) {
            self.close(false);
            self.opener = Some(opener);
        }
        self.push(word, Mark::Plain);
        self.at += word.len();
    }

    fn read_sign(&mut self, rest: &str, first: char) {
        let next = rest[first.len_utf8()..].chars().next();
        let parted = next.is_none_or(char::is_whitespace);
        match first {
            '.' | '!' | '?' if parted => self.close(true),
            ';' | '|' => self.close(true),
            '\n' if opens_block(&rest[1..]) => self.close(true),
            ',' | ':' if parted => self.close_part(first),
            '(' | ')' | '—' | '–' => self.close(false),
            '-' if parted && self.text[..self.at].ends_with(' ') => self.close(false),
            _ => {}
        }
        self.at += first.len_utf8();
    }

    /// Closes a clause at a comma or colon. What is a list of names so far goes on.
    fn close_part(&mut self, sign: char) {
        const JOINTS: &List =
            listed!("and|or|the|a|an|both|fields|field|columns|column|cases|case");
        let names = self.open.words.split(' ').all(|word| word.is_empty() || one_of(JOINTS, word));
        if sign == ':' || !names {
            self.close(false);
        }
    }

    fn close(&mut self, sentence: bool) {
        let mut clause = std::mem::take(&mut self.open);
        let opener = self.opener.take();
        let first = self.clauses.last().is_none_or(|last| last.sentence != clause.sentence);
        self.reasons |= opener == Some(Opener::Reason) && !first;
        let reason = self.reasons || opener == Some(Opener::Reason);
        clause.stance = if reason { Stance::Aside } else { stance(&clause.words) };
        self.open.sentence = clause.sentence;
        (self.named, self.beside) = (0, false);
        if !clause.words.is_empty() || !clause.tokens.is_empty() || !clause.routes.is_empty() {
            self.clauses.push(clause);
        }
        if sentence {
            self.open.sentence += 1;
            self.reasons = false;
        }
    }

    /// The names in a piece of code; a piece that is one name stands for it as a whole.
    fn push_names(&mut self, content: &str, whole: Mark) {
        let content = content.trim();
        if is_name(content) && whole == Mark::Code {
            self.push(content, Mark::Code);
        }
        let mut depth = 0_i32;
        let mut rest = content;
        while let Some(first) = rest.chars().next() {
            if !first.is_alphanumeric() && first != '_' {
                depth += i32::from(first == '{') - i32::from(first == '}');
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let word = name(rest);
            let after = rest[word.len()..].trim_start_matches(['?', '"', '\'', ' ']);
            let key = depth > 0 && after.starts_with([':', ',', '}', '{', '[', '\n']);
            // Behind a colon stands what the key is.
            let before = content[..content.len() - rest.len()].trim_end_matches(['"', '\'', ' ']);
            if depth == 0 || key && !before.ends_with(':') {
                let mark = if depth > 0 { Mark::Key } else { Mark::InCode };
                self.push(word, mark);
            }
            rest = &rest[word.len()..];
        }
    }

    fn push(&mut self, written: &str, mark: Mark) {
        if mark == Mark::Plain {
            let apart = if self.open.words.is_empty() { "" } else { " " };
            let word = written.to_lowercase().replace(['\'', '’'], "");
            self.open.words.push_str(apart);
            self.open.words.push_str(&word.replace(['-', '.', '_'], " "));
        }
        self.open.tokens.push(Token { written: written.to_owned(), mark });
    }
}

/// Whether a text is one name: `user.email`, `items[]`, `X-Request-Id`.
fn is_name(text: &str) -> bool {
    let inside =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '[' | ']' | '$' | '?');
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_') && text.chars().all(inside)
}

/// The word that a text begins with. Hyphens and points join what is written without a blank.
fn word(text: &str) -> &str {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\'' | '’');
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(['-', '.', '\'', '’'])
}

/// The name of a member that a text begins with.
fn name(text: &str) -> &str {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    &text[..end.max(1)]
}

/// Whether a line begins a block of its own: an item, a heading, a row, a paragraph.
fn opens_block(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.is_empty()
        || line.starts_with(['\n', '\r', '#', '|'])
        || ["- ", "* ", "+ ", "**"].iter().any(|mark| line.starts_with(mark))
        || numbered.len() < line.len() && numbered.starts_with(['.', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |one: &Clause| {
            let names = one.tokens.iter().filter(|token| token.mark != Mark::Plain);
            let names: Vec<&str> = names.map(|token| &*token.written).collect();
            let routes: Vec<&str> = one.routes.iter().map(|one| one.route.key()).collect();
            format!("{:?} {} [{}] {}", one.stance, routes.join(" "), names.join(" "), one.words)
        };
        read(text).iter().map(show).collect()
    }

    #[test]
    fn clauses_are_told_denied_or_aside() {
        let rows: &[(&str, &[&str])] = &[
            (
                "The query takes `cursor`, but `total` is unchanged.",
                &[
                    "Told  [cursor cursor] the query takes",
                    "Denied  [total total] but is unchanged",
                ],
            ),
            ("`a`, `b` and `c` were not changed", &["Denied  [a a b b c c] and were not changed"]),
            (
                "`POST /x/:id` gives {id: string, at?: T} because GET /y is slow, so GET /z too",
                &["Told /x/{} [id at] gives", "Aside /y [] because is slow", "Aside /z [] so too"],
            ),
            ("`POST` `/x`: it calls `a` now `b`", &["Told /x [] ", "Told  [a a b b] it calls now"]),
            ("Works like `GET /y`", &["Told  [] works like"]),
            ("No other feature calls `GET /y`", &["Aside  [] no other feature calls"]),
        ];
        for (text, expected) in rows {
            assert_eq!(&shown(text), expected, "{text}");
        }
    }
}
