//! Runs of labels that describe one deviation: what was specified, what was done, why.

use super::body::short;
use super::entries::Entries;
use super::labels::{Aspect, aspect};
use super::parts::{Part, PartKind, fields_in, items, lead_field};
use super::topics::{self, topic};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::Field;
use crate::model::phrases::title;

impl Entries<'_> {
    /// How many parts from the first on are labels such as "Reason" with what belongs to them.
    pub fn aspect_run(&self, parts: &[Part]) -> usize {
        let mut length = 0;
        let mut open = false;
        for part in parts {
            let own = self.is_aspect(part) || self.is_aspect_list(part);
            let belongs =
                open && !own && (part.kind == PartKind::List || part.kind == PartKind::Other);
            let follows = length > 0
                && self.opens_label(&parts[length - 1])
                && part.kind == PartKind::Paragraph;
            let labeled = length > 0 && part.kind == PartKind::Paragraph && self.is_labeled(part);
            if !(own || belongs || labeled || follows) {
                break;
            }
            open = own && part.kind != PartKind::List;
            length += 1;
        }
        length
    }

    /// Whether a paragraph among labeled parts is one more of them, whatever its label.
    fn is_labeled(&self, part: &Part) -> bool {
        let field = lead_field(self.facts, part.block);
        field.is_some_and(|field| !topics::is_aside(&field.name) && topic(&field.name).is_none())
    }

    fn opens_label(&self, part: &Part) -> bool {
        part.kind == PartKind::Label && self.is_aspect(part)
    }

    /// Whether a part is a label such as "Reason", as a heading or at the start of a paragraph.
    pub fn is_aspect(&self, part: &Part) -> bool {
        match part.kind {
            PartKind::Heading(_) | PartKind::Label => {
                let name = normalize(&title(&self.written(part)));
                aspect(&name).is_some() && topic(&name).is_none()
            }
            PartKind::Paragraph => lead_field(self.facts, part.block).is_some_and(|field| {
                aspect(&field.name).is_some() && !topics::is_aside(&field.name)
            }),
            _ => false,
        }
    }

    /// Whether the items of a list are the labeled parts of one deviation.
    fn is_aspect_list(&self, part: &Part) -> bool {
        if part.kind != PartKind::List {
            return false;
        }
        let (mut all, mut known, mut telling) = (0, 0, 0);
        for (id, _) in items(self.facts, part.block) {
            all += 1;
            let found = lead_field(self.facts, id).and_then(|field| aspect(&field.name));
            known += usize::from(found.is_some());
            telling += usize::from(found.is_some_and(|aspect| aspect != Aspect::Detail));
        }
        telling > 0 && known * 2 >= all
    }

    /// Labeled parts without a heading: a new deviation begins where the first label comes again.
    pub fn read_aspects(&mut self, parts: &[Part], named_by: Option<&Part>) {
        let whole = parts.iter().map(|part| part.span).reduce(Span::to).unwrap_or_default();
        let facts = self.facts;
        let known = fields_in(facts, whole).iter().filter(|field| aspect(&field.name).is_some());
        let Some(first) = known.clone().next() else { return };
        let again: Vec<&Field> = known.filter(|field| field.name == first.name).collect();
        for (index, field) in again.iter().enumerate() {
            let start = if index == 0 { whole.start } else { field.label.start };
            let end = again.get(index + 1).map_or(whole.end, |next| next.label.start);
            let extent = Span { start, end };
            match named_by.filter(|_| index == 0) {
                Some(by) => {
                    self.push_entry(short(facts.text_of(by.span)), by.span, by.span.to(extent));
                }
                None => {
                    let line = field.label.to(field.value);
                    self.push_entry(short(facts.text_of(field.content)), line, extent);
                }
            }
        }
    }
}
