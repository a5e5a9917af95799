//! Types as five languages write them, as shapes.

use super::tokens::{Kind, Tokens};
use super::typescript;
use super::{Language, object};
use crate::model::contract::Shape;
use crate::model::contract::shape::Primitive;

/// How deep types may be nested before the rest is taken as words.
const DEEPEST: u32 = 24;

/// Types that hold many of another.
const LISTS: &[&str] = &[
    "Array",
    "ReadonlyArray",
    "Iterable",
    "Collection",
    "List",
    "ArrayList",
    "Set",
    "HashSet",
    "Stream",
    "Vec",
    "VecDeque",
    "BTreeSet",
    "list",
    "set",
    "frozenset",
    "Sequence",
    "MutableSequence",
];
/// Types that say how another is kept, and nothing of its shape.
const WRAPPERS: &[&str] = &[
    "Readonly",
    "Required",
    "Box",
    "Rc",
    "Arc",
    "Cow",
    "Annotated",
    "ClassVar",
    "Final",
    "Mapped",
];
/// Types that may be left out.
const OPTIONAL: &[&str] = &["Option", "Optional", "NotRequired"];

/// A type that is being read.
pub(super) struct Types<'t> {
    pub tokens: &'t Tokens<'t>,
    pub language: Language,
    pub at: usize,
    pub end: usize,
    pub depth: u32,
}

impl<'t> Types<'t> {
    pub fn new(tokens: &'t Tokens<'t>, language: Language, at: usize, end: usize) -> Self {
        Self { tokens, language, at, end: end.min(tokens.list.len()), depth: 0 }
    }

    /// Reads one type and stops behind it.
    pub fn read(&mut self) -> Shape {
        let from = self.at;
        self.depth += 1;
        let shape = if self.depth > DEEPEST { self.rest(from) } else { self.either() };
        self.depth -= 1;
        shape
    }

    fn either(&mut self) -> Shape {
        if self.is('|') {
            self.at += 1;
        }
        let mut all = vec![self.both()];
        while self.is('|') && matches!(self.language, Language::TypeScript | Language::Python) {
            self.at += 1;
            all.push(self.both());
        }
        one_of(all)
    }

    fn both(&mut self) -> Shape {
        let first = self.listed();
        if self.language != Language::TypeScript || !self.is('&') {
            return first;
        }
        let mut all = vec![first];
        while self.is('&') {
            self.at += 1;
            all.push(self.listed());
        }
        Shape::Both(all)
    }

    /// A type with the brackets behind it: `string[]`.
    fn listed(&mut self) -> Shape {
        let from = self.at;
        let mut shape = self.single();
        while self.is('[') && !self.tokens.is_first(self.at) {
            if self.tokens.is(self.at + 1, ']') {
                shape = Shape::List(Box::new(shape));
                self.at += 2;
            } else {
                self.at = self.tokens.after(self.at).min(self.end);
                shape = self.said(from);
            }
        }
        shape
    }

    fn single(&mut self) -> Shape {
        let from = self.at;
        let Some(token) = self.tokens.list.get(from).filter(|_| from < self.end) else {
            return Shape::Unsaid;
        };
        match token.kind {
            Kind::Text => {
                self.at += 1;
                Shape::Value(self.tokens.text(from).trim_matches(['"', '\'', '`']).to_owned())
            }
            Kind::Number => {
                self.at += 1;
                Shape::Value(self.tokens.text(from).to_owned())
            }
            Kind::Word => self.named(),
            Kind::Sign('{') if self.language == Language::TypeScript => {
                let Some(close) = self.tokens.close(from) else { return self.rest(from) };
                self.at = close + 1;
                let inside = Types { at: from + 1, end: close, ..*self };
                object(typescript::members(inside))
            }
            Kind::Sign('(') => self.parenthesis(),
            Kind::Sign('[') => self.bracket(),
            // References and pointers hold what they point at; annotations say something else.
            Kind::Sign('&' | '*' | '\'') => {
                self.at += 1;
                let lifetime = self.tokens.text(from) == "'";
                self.at += usize::from(lifetime);
                self.read()
            }
            Kind::Sign('@') => {
                self.at = annotation(self.tokens, from).min(self.end);
                self.read()
            }
            Kind::Sign(_) => {
                self.at += 1;
                self.said(from)
            }
        }
    }

    /// `(A | B)`, `()`, or the parameters of a function type.
    fn parenthesis(&mut self) -> Shape {
        let from = self.at;
        let Some(close) = self.tokens.close(from) else { return self.rest(from) };
        self.at = close + 1;
        if self.is('→') {
            self.at += 1;
            self.read();
            return self.said(from);
        }
        if close == from + 1 {
            return Shape::Nothing;
        }
        let mut inside = Types { at: from + 1, end: close, ..*self };
        let shape = inside.read();
        if inside.at == close { shape } else { self.said(from) }
    }

    /// `[]string` of Go, `[u8; 4]` of Rust, `[A, B]`.
    fn bracket(&mut self) -> Shape {
        let from = self.at;
        let Some(close) = self.tokens.close(from) else { return self.rest(from) };
        self.at = close + 1;
        match self.language {
            Language::Go => Shape::List(Box::new(self.read())),
            Language::Rust => {
                let mut inside = Types { at: from + 1, end: close, ..*self };
                Shape::List(Box::new(inside.read()))
            }
            _ => self.said(from),
        }
    }

    /// A name with its path and its parameters.
    fn named(&mut self) -> Shape {
        let from = self.at;
        let word = self.tokens.text(from);
        if matches!(word, "readonly" | "mut" | "dyn" | "impl" | "final" | "const" | "unsigned")
            && self.tokens.is_word(from + 1)
        {
            self.at += 1;
            return self.read();
        }
        if matches!(word, "keyof" | "typeof" | "infer") {
            self.at += 1;
            self.read();
            return self.said(from);
        }
        if matches!(word, "map" | "chan" | "func" | "struct" | "interface" | "fn")
            && matches!(self.language, Language::Go | Language::Rust)
        {
            return self.keyword(from);
        }
        let mut name = from;
        self.at += 1;
        while (self.is('.') || self.is('∷')) && self.tokens.is_word(self.at + 1) {
            name = self.at + 1;
            self.at += 2;
        }
        let head = self.tokens.text(name);
        let arguments = self.arguments();
        // A conditional type, a predicate: TypeScript can say more than a shape.
        if self.language == Language::TypeScript
            && matches!(self.tokens.text(self.at), "extends" | "is")
        {
            return self.rest(from);
        }
        let Some(mut arguments) = arguments else { return primitive(head) };
        if LISTS.contains(&head) {
            return Shape::List(Box::new(arguments.drain(..).next().unwrap_or(Shape::Unsaid)));
        }
        if WRAPPERS.contains(&head) && !arguments.is_empty() {
            return arguments.swap_remove(0);
        }
        if OPTIONAL.contains(&head) && !arguments.is_empty() {
            return one_of(vec![arguments.swap_remove(0), null()]);
        }
        match head {
            "Union" | "Literal" => one_of(arguments),
            _ => Shape::Name(self.tokens.words(name, self.at)),
        }
    }

    /// The types between the brackets behind a name; nothing where there are none.
    fn arguments(&mut self) -> Option<Vec<Shape>> {
        let open = self.at;
        let close = match self.language {
            Language::Python | Language::Go if self.is('[') => self.tokens.close(open)?,
            Language::Python | Language::Go => return None,
            _ => self.tokens.after_angles(open, self.end).checked_sub(1)?,
        };
        if close <= open || close >= self.end.max(1) {
            return None;
        }
        let mut all = Vec::new();
        let mut inside = Types { at: open + 1, end: close, ..*self };
        while inside.at < close {
            let before = inside.at;
            all.push(inside.read());
            while inside.at < close && !inside.is(',') {
                inside.at = self.tokens.after(inside.at);
            }
            inside.at = inside.at.max(before) + 1;
        }
        self.at = close + 1;
        Some(all)
    }

    /// Types of Go and Rust that begin with a word of the language.
    fn keyword(&mut self, from: usize) -> Shape {
        self.at += 1;
        while self.is('[') || self.is('(') {
            self.at = self.tokens.after(self.at).min(self.end);
        }
        if self.is('{') {
            self.at = self.tokens.after(self.at).min(self.end);
        } else if !self.tokens.is_first(self.at) && self.at < self.end {
            if self.is('→') {
                self.at += 1;
            }
            self.read();
        }
        match self.tokens.words(from, self.at).as_str() {
            "interface{}" => primitive("any"),
            words => Shape::Words(words.to_owned()),
        }
    }

    fn is(&self, sign: char) -> bool {
        self.at < self.end && self.tokens.is(self.at, sign)
    }

    /// What was read since a place, as words.
    fn said(&self, from: usize) -> Shape {
        Shape::Words(self.tokens.words(from, self.at))
    }

    /// A type by its name, where a list of them stands before a brace.
    pub fn named_type(&mut self) -> Shape {
        if self.tokens.is_word(self.at) && self.at < self.end {
            return self.named();
        }
        self.at += 1;
        Shape::Unsaid
    }

    /// All up to the end of the line or the next member, as words.
    fn rest(&mut self, from: usize) -> Shape {
        while self.at < self.end && !self.is(',') && !self.is(';') && !self.is('=') {
            self.at = self.tokens.after(self.at);
            if self.tokens.is_first(self.at) {
                break;
            }
        }
        self.at = self.at.min(self.end);
        self.said(from)
    }
}

/// The place behind an annotation: `@Column(name = "x")`.
pub(super) fn annotation(tokens: &Tokens, at: usize) -> usize {
    let mut at = at + 1;
    while tokens.is_word(at) {
        at += 1;
        if !tokens.is(at, '.') {
            break;
        }
        at += 1;
    }
    if tokens.is(at, '(') { tokens.after(at) } else { at }
}

pub(super) fn null() -> Shape {
    primitive("null")
}

/// Alternatives as one shape: what stands alone is no alternative.
pub(super) fn one_of(mut all: Vec<Shape>) -> Shape {
    if all.len() == 1 { all.swap_remove(0) } else { Shape::Either(all) }
}

/// Types that hold together, as one shape.
pub(super) fn one_of_both(mut all: Vec<Shape>) -> Shape {
    if all.len() == 1 { all.swap_remove(0) } else { Shape::Both(all) }
}

/// What a member that may be null looks like without that, where it is one.
pub(super) fn without_null(shape: Shape) -> (Shape, bool) {
    let Shape::Either(mut all) = shape else { return (shape, false) };
    let before = all.len();
    all.retain(|one| *one != null());
    let optional = all.len() < before;
    (one_of(all), optional)
}

/// A name as a shape, the primitive types of all languages in one spelling.
pub(super) fn primitive(name: &str) -> Shape {
    let name = match name {
        "void" | "Void" => return Shape::Nothing,
        "true" | "false" => return Shape::Value(name.to_owned()),
        "None" => "null",
        "CharSequence" => "string",
        "u8" | "u16" | "i8" | "i16" | "i128" | "u128" | "isize" | "usize" | "int8" | "int16"
        | "uint8" | "uint16" | "uint32" | "uint64" => "integer",
        "float32" | "float64" => "decimal",
        other => other,
    };
    Shape::Name(Primitive::read(name).map_or(name, |known| known.name).to_owned())
}
