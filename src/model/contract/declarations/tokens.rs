//! The words and signs of a piece of code, without its comments.

use super::Language;
use crate::base::Span;

/// One word, literal or sign.
#[derive(Clone, Copy, Debug)]
pub(in crate::model::contract) struct Token {
    pub kind: Kind,
    pub span: Span,
    /// It is the first of its line.
    pub first: bool,
    /// How far its line is indented.
    pub indent: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model::contract) enum Kind {
    Word,
    Number,
    /// A text in quotes, which are part of the span.
    Text,
    /// One character; `→` stands for `=>` and `->`, `…` for `...`, `∷` for `::`.
    Sign(char),
}

/// The tokens of a piece of code, with the bracket that closes each one that opens.
pub(in crate::model::contract) struct Tokens<'t> {
    text: &'t str,
    pub list: Vec<Token>,
    close: Vec<u32>,
}

/// Signs of several characters, each with the one that stands for it.
const LONG: &[(&str, char)] = &[("=>", '→'), ("->", '→'), ("...", '…'), ("::", '∷')];

impl<'t> Tokens<'t> {
    /// Reads the tokens of a part of a text. Quotes and comments that nothing closes end with
    /// their line, or with the part where they may span lines.
    pub fn of(text: &'t str, part: Span, language: Language) -> Self {
        let (mut list, end) = (Vec::new(), part.range().end.min(text.len()));
        let (mut at, mut first, mut indent) = (part.range().start, true, 0);
        while let Some(rest) = text.get(at..end)
            && let Some(c) = rest.chars().next()
        {
            if c == '\n' {
                (first, indent) = (true, 0);
                at += 1;
            } else if c.is_whitespace() {
                indent += u32::from(first);
                at += c.len_utf8();
            } else if let Some(length) = comment(rest, language) {
                at += length;
            } else {
                let (kind, length) = token(rest, c, language);
                let span = Span::new(at, at + length);
                list.push(Token { kind, span, first, indent });
                first = false;
                at += length;
            }
        }
        let close = closing(&list);
        Self { text, list, close }
    }

    /// The text of a token; nothing past the end.
    pub fn text(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |token| token.span.of(self.text))
    }

    pub fn is(&self, at: usize, sign: char) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == Kind::Number)
    }

    pub fn is_first(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.first)
    }

    /// The bracket that closes the one at a place; nothing where none does, or none opens.
    pub fn close(&self, at: usize) -> Option<usize> {
        self.close.get(at).map(|close| *close as usize).filter(|close| *close > at)
    }

    /// The place behind a token, and behind what it opens.
    pub fn after(&self, at: usize) -> usize {
        self.close(at).map_or(at + 1, |close| close + 1)
    }

    /// The place behind the angle brackets that open at a place; the place itself where none do.
    pub fn after_angles(&self, at: usize, end: usize) -> usize {
        // A list of types is short; what is longer is a comparison.
        const LONGEST: usize = 200;
        if !self.is(at, '<') {
            return at;
        }
        let (mut open, mut next) = (0usize, at);
        while next < end.min(at + LONGEST) {
            match self.list[next].kind {
                Kind::Sign('<') => open += 1,
                Kind::Sign('>') => open -= 1,
                Kind::Sign(';') => return at,
                _ => {}
            }
            next = self.after(next);
            if open == 0 {
                return next;
            }
        }
        at
    }

    /// The part of the text from a token to the one before another.
    pub fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), self.list.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) if from < to => first.span.to(last.span),
            (Some(first), _) => Span { start: first.span.start, end: first.span.start },
            _ => Span::default(),
        }
    }

    /// The tokens between two places as one text, written in one way.
    pub fn words(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for at in from..to.min(self.list.len()) {
            let text = self.text(at);
            let wordy = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            let parted = wordy(out.chars().next_back()) && wordy(text.chars().next());
            let behind = out.ends_with(['>', ']']) && wordy(text.chars().next());
            let arrow = text == "=>" || text == "=" && self.text(at + 1) == ">";
            if parted || behind || arrow || out.ends_with([',', ':']) {
                out.push(' ');
            }
            out.push_str(text);
        }
        out
    }
}

/// The length of the comment that a text begins with.
fn comment(rest: &str, language: Language) -> Option<usize> {
    let line = || rest.find('\n').unwrap_or(rest.len());
    match language {
        Language::Python => rest.starts_with('#').then(line),
        Language::Sql if rest.starts_with("--") => Some(line()),
        _ if rest.starts_with("//") => Some(line()),
        _ if rest.starts_with("/*") => Some(rest.find("*/").map_or(rest.len(), |end| end + 2)),
        _ => None,
    }
}

fn token(rest: &str, c: char, language: Language) -> (Kind, usize) {
    if c.is_alphabetic() || c == '_' || c == '$' {
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        return (Kind::Word, rest.find(|c| !word(c)).unwrap_or(rest.len()));
    }
    if c.is_ascii_digit() {
        let number = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
        return (Kind::Number, rest.find(|c| !number(c)).unwrap_or(rest.len()));
    }
    if matches!(c, '"' | '\'' | '`') && !is_lifetime(rest, language) {
        return (Kind::Text, quoted(rest, c));
    }
    match LONG.iter().find(|(long, _)| rest.starts_with(long)) {
        Some((long, sign)) => (Kind::Sign(*sign), long.len()),
        None => (Kind::Sign(c), c.len_utf8()),
    }
}

/// `'a` in Rust, which is no text.
fn is_lifetime(rest: &str, language: Language) -> bool {
    let mut after = rest.chars().skip(1);
    let named = after.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    language == Language::Rust && rest.starts_with('\'') && named && after.next() != Some('\'')
}

fn quoted(rest: &str, quote: char) -> usize {
    let three = ["\"\"\"", "'''"].into_iter().find(|three| rest.starts_with(three));
    if let Some(three) = three {
        return rest[3..].find(three).map_or(rest.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' if quote != '`' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// For each bracket that opens, the place of the one that closes it; zero where none does.
fn closing(list: &[Token]) -> Vec<u32> {
    let mut close = vec![0; list.len()];
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut waiting = [0usize; 3];
    let number = |c: char| "({[".find(c).or_else(|| ")}]".find(c));
    for (at, token) in list.iter().enumerate() {
        let Kind::Sign(c) = token.kind else { continue };
        let Some(kind) = number(c) else { continue };
        if "({[".contains(c) {
            open.push((at, c));
            waiting[kind] += 1;
            continue;
        }
        // A bracket that closes nothing is ignored; one that closes an outer bracket leaves the
        // inner ones open.
        while waiting[kind] > 0
            && let Some((from, opened)) = open.pop()
        {
            let inner = number(opened).unwrap_or(0);
            waiting[inner] -= 1;
            if inner == kind {
                close[from] = at as u32;
                break;
            }
        }
    }
    close
}
