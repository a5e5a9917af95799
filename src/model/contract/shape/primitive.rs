//! Types that every language has, in one spelling.

/// A primitive type in the one spelling that shapes use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Primitive {
    pub name: &'static str,
    pub family: Family,
}

/// What values a type may have. Types of two families contradict each other; within a family one
/// is said more exactly than the other, as `uuid` than `string`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Text,
    Number,
    Boolean,
    /// Written as text by some and as a number by others.
    Moment,
    Object,
    List,
    Null,
    /// Says nothing: `any`.
    Any,
}

impl Primitive {
    /// The primitive type that a word names, in any spelling of it.
    pub fn read(word: &str) -> Option<Primitive> {
        if word.len() > 24 || word.is_empty() {
            return None;
        }
        let lower = word.to_ascii_lowercase();
        let (name, family) = match lower.as_str() {
            "string" | "str" | "text" | "varchar" | "char" | "&str" => ("string", Family::Text),
            "uuid" | "guid" => ("uuid", Family::Text),
            "ulid" => ("ulid", Family::Text),
            "email" => ("email", Family::Text),
            "url" | "uri" => ("url", Family::Text),
            "jwt" => ("jwt", Family::Text),
            "base64" => ("base64", Family::Text),
            "number" | "numeric" => ("number", Family::Number),
            "int" | "integer" | "long" | "short" | "bigint" | "int32" | "int64" | "i32" | "i64"
            | "u32" | "u64" | "uint" => ("integer", Family::Number),
            "float" | "double" | "decimal" | "real" | "f32" | "f64" => ("decimal", Family::Number),
            "bool" | "boolean" => ("boolean", Family::Boolean),
            "date" => ("date", Family::Moment),
            "datetime" | "date-time" | "timestamp" | "timestamptz" | "iso8601" | "instant"
            | "iso-8601" => ("datetime", Family::Moment),
            "time" | "duration" => ("time", Family::Moment),
            "object" | "json" | "dict" | "map" | "hash" | "jsonb" => ("object", Family::Object),
            "array" | "list" => ("array", Family::List),
            "null" | "nil" | "undefined" => ("null", Family::Null),
            "any" | "unknown" | "mixed" => ("any", Family::Any),
            _ => return None,
        };
        // `Date` and `URL` are names of types as well as primitives; `Text` and `Map` of others
        // would be words of a domain only with a capital, where a primitive has none.
        let domain = matches!(family, Family::Text | Family::Moment | Family::Object);
        let capital = word.starts_with(char::is_uppercase) && word.len() > 1;
        let common = matches!(lower.as_str(), "string" | "date" | "datetime" | "object" | "json")
            || word
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        let known = !domain
            || !capital
            || common
            || matches!(
                lower.as_str(),
                "uuid" | "guid" | "url" | "uri" | "timestamp" | "instant" | "email" | "map"
            );
        known.then_some(Primitive { name, family })
    }
}
