//! Names in headings and in labels that head what follows.

use super::fields::{is_method, method_of};
use super::{Anchor, Place};
use crate::base::{Span, words::normalize};
use crate::facts::{DocumentFacts, Section};
use crate::model::contract::context::{Context, Standing, of_heading};
use crate::model::contract::named::{self, Name};
use crate::model::contract::{Form, Route, Subject, tail};

/// `### POST /x`, `#### 1. POST /x - Create`, `### Create (POST /x)`.
pub(super) fn read(facts: &DocumentFacts, context: &Context) -> Vec<Anchor> {
    let mut found = Vec::new();
    for (id, section) in facts.sections().filter(|(_, section)| section.level > 0) {
        let title = facts.text_of(section.title);
        let offset = section.title.start as usize;
        let named = if named::may_name(title) { in_title(title, offset) } else { None };
        let named = named.or_else(|| by_fields(facts, section, title));
        let Some(name) = named else { continue };
        let above = section.parent.map_or(Standing::Neutral, |parent| context.at(parent));
        let tail = Span::new(name.span.end as usize, section.title.end as usize);
        let form = if section.level == Section::PSEUDO { Form::Label } else { Form::Heading };
        found.push(Anchor {
            name,
            form,
            place: Place::Heading,
            section: id,
            standing: above.min(context.at(id)),
            tail,
            needs_parts: false,
            fenced: Vec::new(),
        });
    }
    found
}

/// The name in a heading, behind numbering, signs or a label.
fn in_title(title: &str, offset: usize) -> Option<Name> {
    let mut at = 0;
    while let Some(next) = title
        .get(at..)
        .and_then(|rest| rest.find(|c: char| c.is_ascii_uppercase()))
        .map(|next| at + next)
    {
        if let Some(mut name) = named::at_start(&title[next..], offset + next) {
            name.end += next;
            let before = title[..next].trim_end_matches([' ', '`', '*', '[', '_']);
            let bare = before.trim_start_matches(|c: char| !c.is_alphabetic());
            let led = bare.is_empty() || before.ends_with([':', '-', '–', '—', '(', '|', '.']);
            let behind = title[name.end..].trim_start_matches(['`', '*', '_', ')', ' ']);
            let alone = bare.is_empty() || tail::parts_from(behind);
            let told = of_heading(&normalize(before)) == Standing::Told;
            return (led && alone && !told).then_some(name);
        }
        let word =
            title[next..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(title.len() - next);
        at = next + word.max(1);
    }
    None
}

/// A heading that is a path, over a field that names the method.
fn by_fields(facts: &DocumentFacts, section: &Section, title: &str) -> Option<Name> {
    let bare = title.trim_matches(['`', '*', ' ']);
    if !bare.starts_with('/') || bare.contains(' ') {
        return None;
    }
    let field = facts.fields_in(section.body).find(|field| is_method(&field.name))?;
    let method = method_of(facts, field)?;
    let route = Route::read(bare).ok()?;
    let start = section.title.start as usize + title.find(bare).unwrap_or(0);
    let span = Span::new(start, start + bare.len());
    Some(Name {
        subjects: vec![Subject::Endpoint { method, route }],
        broken: None,
        span,
        end: title.len(),
    })
}
