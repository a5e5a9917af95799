//! Roles: who takes part, under which names, and what is theirs (S0.1, S1.4).

use super::entries::{entries, first_line};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::phrases::{List, listed};

/// The roles that one document declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles(pub Vec<Role>);

/// One role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// What it is called there.
    pub title: Span,
    pub place: Span,
    /// The people who have it, where the document says so.
    pub people: Option<Span>,
    /// The files and folders that are the role's.
    pub paths: Option<Span>,
    /// Addresses and names under which those people commit.
    pub identities: Option<Span>,
}

impl Recorded for Roles {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Roles(roles) => Some(roles),
            _ => None,
        }
    }
}

impl Role {
    pub fn listed(&self) -> Listed {
        Listed::new(
            None,
            self.title,
            [("people", self.people), ("paths", self.paths), ("identities", self.identities)],
        )
    }
}

const PEOPLE: &List = listed!(
    "person|people|name|names|who|assigned to|assigned|agent|member|members|staffed by|held by"
);
const PATHS: &List = listed!(
    "paths|path|owned paths|owns|files|folders|owned files|owned folders|code|area|areas|directories"
);
const IDENTITIES: &List = listed!(
    "identities|identity|git|git identity|git identities|commits as|email|emails|e mail|mail|\
    address|addresses|account|accounts"
);
const LABELS: &List = listed!(
    "person|people|who|assigned to|assigned|capacity|availability|member|members|persona|role|\
    responsibilities|responsibility|specialization|staffed by|held by|paths|owned paths|owns|identities|identity|commits as"
);

/// Reads the roles in a part of a document: rows, headings and items with labels, else plain items.
pub fn read(facts: &DocumentFacts, extent: Span) -> Roles {
    let labeled = entries(facts, extent, LABELS).into_iter().map(|entry| {
        let said = |labels| {
            entry.text(facts, labels)?;
            entry.value(labels).map(|value| value.content)
        };
        let (people, paths, identities) = (said(PEOPLE), said(PATHS), said(IDENTITIES));
        Role { title: entry.title, place: entry.place, people, paths, identities }
    });
    let labeled: Vec<Role> = labeled.collect();
    if !labeled.is_empty() {
        return Roles(labeled);
    }
    let items = facts.blocks_in(extent).filter(|(_, block)| block.kind == BlockKind::Item);
    Roles(
        items
            .map(|(_, item)| {
                let line = first_line(facts, item);
                Role { title: line, place: line, people: None, paths: None, identities: None }
            })
            .collect(),
    )
}
