//! The shape of a workflow file. Everything is optional that a file which extends another may
//! leave to it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use toml::Spanned;

use super::{Kind, Rhythm};
use crate::base::Level;

pub type Word = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawWorkflow {
    pub schema: Spanned<i64>,
    pub id: Word,
    pub title: Option<String>,
    pub extends: Option<Word>,
    #[serde(default)]
    pub remove: Vec<Word>,
    pub root: Option<Word>,
    pub reserved: Option<Vec<Word>>,
    pub agreement: Option<Words>,
    pub subjects: Option<RawSubjects>,
    #[serde(default)]
    pub role: Vec<RawRole>,
    #[serde(default)]
    pub metric: Vec<RawMetric>,
    #[serde(default)]
    pub variation: Vec<RawVariation>,
    #[serde(default)]
    pub vocabulary: RawVocabulary,
    #[serde(default)]
    pub levels: BTreeMap<Word, Level>,
    #[serde(default)]
    pub boundaries: RawBoundaries,
    #[serde(default)]
    pub phase: Vec<RawPhase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawRole {
    pub id: Word,
    pub title: Option<String>,
    #[serde(default)]
    pub names: Vec<Word>,
    pub work: Option<String>,
    pub veto: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawVariation {
    pub id: Word,
    pub title: Option<String>,
    #[serde(default)]
    pub names: Vec<Word>,
    pub roles: Option<Vec<Word>>,
    pub deliverables: Option<Vec<Word>>,
    pub results: Option<Vec<Word>>,
    pub too_simple_for: Option<Vec<Word>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawMetric {
    pub id: Word,
    pub title: Option<String>,
    #[serde(default)]
    pub names: Vec<Word>,
    pub better: Option<Better>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    More,
    Less,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawVocabulary {
    pub none: Vec<Word>,
    pub except: Vec<Word>,
    pub approve: Vec<Word>,
    pub conditional: Vec<Word>,
    pub reject: Vec<Word>,
    pub pass: Vec<Word>,
    pub fail: Vec<Word>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawBoundaries {
    pub labels: Vec<Word>,
    pub shared: Vec<Word>,
    pub trailers: Vec<Word>,
    pub role_trailers: Vec<Word>,
    pub common: Vec<Word>,
    pub router: Vec<RawRouter>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawRouter {
    pub id: Word,
    #[serde(default)]
    pub beside: Vec<Word>,
    #[serde(default)]
    pub folders: Vec<Word>,
    pub base: Option<String>,
    #[serde(default)]
    pub by_file: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSubjects {
    pub name: Option<Word>,
    pub plural: Option<String>,
    pub from_graph: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawPhase {
    pub id: Word,
    pub title: Option<String>,
    pub after: Option<Vec<Word>>,
    #[serde(default)]
    pub deliverable: Vec<RawDeliverable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDeliverable {
    pub id: Word,
    pub title: Option<String>,
    pub kind: Option<Kind>,
    pub paths: Option<Vec<Word>>,
    pub elsewhere: Option<Vec<Word>>,
    pub per: Option<Spanned<RawPer>>,
    pub several: Option<bool>,
    pub verdicts: Option<Vec<Word>>,
    pub promise: Option<String>,
    pub parts_promise: Option<String>,
    pub optional: Option<bool>,
    pub by_iteration: Option<bool>,
    pub every: Option<Rhythm>,
    pub checklists: Option<Vec<Word>>,
    pub beside: Option<Vec<Word>>,
    pub beside_until: Option<Word>,
    pub in_order: Option<bool>,
    #[serde(default)]
    pub part: Vec<RawPart>,
    pub within: Option<Vec<RawWithin>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum RawPer {
    Project,
    Feature,
    Role(Vec<Word>),
    Participant,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawPart {
    pub id: Word,
    pub title: Option<String>,
    pub kind: Option<Kind>,
    pub names: Option<Vec<Word>>,
    pub per_feature: Option<bool>,
    pub later_iterations: Option<bool>,
    pub also_in: Option<Vec<Word>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawWithin {
    pub deliverable: Word,
    pub names: Vec<Word>,
}

/// One word or a list of them, each with its place.
#[derive(Debug)]
pub struct Words(pub Vec<Word>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let written = Spanned::<OneOrMore>::deserialize(source)?;
        let span = written.span();
        Ok(Self(match written.into_inner() {
            OneOrMore::One(word) => vec![Word::new(span, word)],
            OneOrMore::More(words) => words,
        }))
    }
}

enum OneOrMore {
    One(String),
    More(Vec<Word>),
}

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = OneOrMore;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a string or a list of strings")
            }

            fn visit_str<E>(self, word: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore::One(word.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<OneOrMore, A::Error> {
                let mut read = Vec::new();
                while let Some(word) = words.next_element()? {
                    read.push(word);
                }
                Ok(OneOrMore::More(read))
            }
        }

        source.deserialize_any(Reader)
    }
}
