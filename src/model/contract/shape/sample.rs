//! Values and words that stand for types.

use super::{Primitive, Shape};

impl Shape {
    /// In a sample a value stands for its type, unless the value names the type.
    pub(super) fn settled(self, sample: bool) -> Shape {
        let Shape::Value(text) = &self else { return self };
        if !sample {
            return self;
        }
        let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
            let name = if matches!(text.as_str(), "true" | "false") { "boolean" } else { "number" };
            return Shape::Name(name.to_owned());
        };
        let word = inner.trim_matches(['<', '>', '{', '}', ' ']);
        let word = word.split([' ', '(']).next().unwrap_or(word);
        let (word, list) = word.strip_suffix("[]").map_or((word, false), |word| (word, true));
        let named = Primitive::read(word).filter(|_| word.starts_with(char::is_lowercase));
        let plain =
            inner.split([' ', '(', '|', ',']).next() == Some(word) || inner.len() <= word.len() + 2;
        let name = named.filter(|_| plain || list).map_or("string", |one| one.name);
        let shape = Shape::Name(name.to_owned());
        if list && named.is_some() { Shape::List(Box::new(shape)) } else { shape }
    }
}

/// `array of todos` holds what a todo is; only names of primitive types can be told.
pub(super) fn singular(shape: Shape) -> Shape {
    match shape {
        Shape::Name(name) => {
            let one = name.strip_suffix('s').and_then(Primitive::read);
            one.map_or(Shape::Name(name), |one| Shape::Name(one.name.to_owned()))
        }
        other => other,
    }
}
