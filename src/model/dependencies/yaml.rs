//! YAML as a tree that knows where each part stands.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::base::Span;

/// A node of a document in YAML, or in JSON, which is YAML as well.
#[derive(Debug)]
pub(super) enum Yaml {
    Map(Vec<(Spanned<Text>, Spanned<Yaml>)>),
    List(Vec<Spanned<Yaml>>),
    /// Any scalar; its text is that of its place.
    Scalar,
}

/// A key, of whatever type.
#[derive(Debug)]
pub(super) struct Text;

/// Reads a document; nothing where it is not YAML.
pub(super) fn parse(text: &str) -> Option<Yaml> {
    serde_saphyr::from_str::<Yaml>(text).ok()
}

/// Where a part stands in the text.
pub(super) fn place<T>(part: &Spanned<T>, text: &str, base: usize) -> Span {
    let span = part.referenced.span();
    let bytes = span.byte_offset().zip(span.byte_len());
    match bytes {
        Some((start, length)) => {
            let start = start as usize;
            let end = (start + length as usize).min(text.len());
            Span::new(base + start.min(end), base + end)
        }
        None => Span::new(base, base),
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Scalars).map(|_| Text)
    }
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Scalars)
    }
}

struct Scalars;

impl<'de> Visitor<'de> for Scalars {
    type Value = Yaml;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("YAML")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_none<E>(self) -> Result<Yaml, E> {
        Ok(Yaml::Scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Yaml, A::Error> {
        let mut found = Vec::new();
        while let Some(one) = list.next_element()? {
            found.push(one);
        }
        Ok(Yaml::List(found))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Yaml, A::Error> {
        let mut found = Vec::new();
        while let Some(entry) = map.next_entry()? {
            found.push(entry);
        }
        Ok(Yaml::Map(found))
    }
}
