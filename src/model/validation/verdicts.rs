//! Who decided what.

use std::collections::HashMap;

use super::Verdict;
use super::scope::{self, Signature};
use super::words::{self, Decision, announces, decision, may_announce, names_role};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{CheckState, DocumentFacts, Field, Section, SectionId, Table};
use crate::model::phrases::{List, listed, one_of, title};
use crate::workflow::Workflow;

/// Every verdict of a document, in its order.
pub(super) fn read(facts: &DocumentFacts, workflow: &Workflow) -> Vec<Verdict> {
    let mut reader = Reader { facts, workflow, role: None };
    reader.role = reader.document_role();
    let mut found = reader.fields();
    found.extend(reader.headings());
    found.extend(facts.tables.iter().flat_map(|table| reader.rows(table)));
    found.extend(reader.ticked());
    found.sort_by_key(|stated| stated.span);
    found.dedup_by(|later, earlier| {
        earlier.span.covers(later.span) || later.span.covers(earlier.span)
    });
    let first = found.first().and_then(|stated| stated.role.clone());
    let alone = found.iter().all(|stated| stated.role.is_none() || stated.role == first);
    let mut known = Known::default();
    if alone {
        known.anywhere = scope::anywhere(facts);
    }
    found.into_iter().map(|stated| reader.verdict(stated, alone, &mut known)).collect()
}

/// A decision at a place, before anything else is known about it.
struct Stated {
    role: Option<String>,
    decision: Decision,
    formal: bool,
    span: Span,
    section: SectionId,
    signature: Signature,
}

/// What was read already for other verdicts of the document.
#[derive(Default)]
struct Known {
    signatures: HashMap<SectionId, Signature>,
    /// The signature of the document, where it holds the verdict of one role only.
    anywhere: Signature,
}

struct Reader<'f> {
    facts: &'f DocumentFacts,
    workflow: &'f Workflow,
    /// The role that the document as a whole speaks for.
    role: Option<String>,
}

impl Reader<'_> {
    /// `**Verdict**: APPROVED`, `Security sign-off: approved`.
    fn fields(&self) -> Vec<Stated> {
        let stated = self.facts.fields.iter().filter_map(|field| {
            let named = self.role_in(&field.name).filter(|_| is_short(&field.name));
            let formal =
                announces(&field.name) || named.is_some() && speaks_of_signing(&field.name);
            let likely = may_announce(&field.name) && self.is_at_verdict(field.section);
            let decision =
                self.decides(field.value).filter(|_| formal || likely || named.is_some());
            let marked = || words::leading_mark(self.facts.text_of(field.value));
            let decision = decision.or_else(|| marked().filter(|_| formal))?;
            let role = named.or_else(|| self.role_of(field.section));
            let span = field.label.to(field.value);
            Some(Stated { formal: formal || likely, ..stated(role, decision, span, field.section) })
        });
        stated.collect()
    }

    /// `## Verdict: APPROVED`, `## Security Audit - ✅ PASS`, and `## Verdict` over one word.
    fn headings(&self) -> Vec<Stated> {
        let facts = self.facts;
        let mut found = Vec::new();
        for (id, section) in facts.sections().filter(|(_, section)| section.level > 0) {
            let written = title(facts.text_of(section.title));
            let parted = written
                .split_once(':')
                .or_else(|| written.split_once(" - "))
                .or_else(|| written.split_once(['—', '–']));
            let label = parted.map_or(section.name.to_string(), |(label, _)| normalize(label));
            let role = self.role_in(&label).filter(|_| is_short(&label));
            let above = section.parent.is_some_and(|parent| self.is_at_verdict(parent));
            let formal = announces(&label) || may_announce(&label) && above;
            let said = parted.and_then(|(_, value)| decision(value, &self.workflow.vocabulary));
            let said =
                said.or_else(|| self.first_words(section).filter(|_| announces(&section.name)));
            if let Some(decision) = said.filter(|_| formal || role.is_some()) {
                let role = role.or_else(|| self.role_of(id));
                found.push(Stated { formal, ..stated(role, decision, section.heading, id) });
            }
        }
        found
    }

    /// The decision that stands alone below a heading: a short line, not a sentence.
    fn first_words(&self, section: &Section) -> Option<Decision> {
        const MOST_WORDS: usize = 6;
        // A bold line alone is a section of its own below this one.
        let below = Span { start: section.heading.end, end: section.extent.end };
        let body = self.facts.text_of(below);
        let line = body.lines().map(str::trim).find(|line| !line.is_empty())?;
        let short = line.split_whitespace().count() <= MOST_WORDS && !line.contains(':');
        let loud = line.split([' ', '-', '—']).next().is_some_and(|word| {
            let letters = word.chars().filter(|c| c.is_alphabetic());
            letters.clone().count() > 1 && letters.clone().all(char::is_uppercase)
        });
        decision(line, &self.workflow.vocabulary).filter(|_| short || loud)
    }

    /// `| Security engineer | PASS | I. Aas | 2026-05-19 |`
    fn rows(&self, table: &Table) -> Vec<Stated> {
        const WHO: &List = listed!(
            "role|reviewer|validator|approver|persona|area|check|validation|type|team|\
            activity|discipline|category|aspect|stakeholder|signatory|test type|by|who|engineer"
        );
        let facts = self.facts;
        let headers: Vec<String> =
            table.header().iter().map(|cell| normalize(facts.text_of(*cell))).collect();
        let column = headers.iter().rposition(|header| announces(header) || may_announce(header));
        let who = headers.iter().position(|header| one_of(WHO, header));
        let (Some(column), Some(who)) = (column, who) else { return Vec::new() };
        let stated = table.rows().filter_map(|row| {
            let name = normalize(facts.text_of(*row.get(who)?));
            let role = self.role_in(&name).filter(|_| is_short(&name))?;
            let decision = self.decides(*row.get(column)?)?;
            let span = row.iter().copied().reduce(Span::to)?;
            let formal = announces(&headers[column]) || headers[who] == "role";
            let signature = scope::in_row(facts, table, row);
            Some(Stated { formal, signature, ..stated(Some(role), decision, span, table.section) })
        });
        stated.collect()
    }

    /// `- [x] Approved` among boxes for each decision.
    fn ticked(&self) -> Vec<Stated> {
        let facts = self.facts;
        let ticked = facts.checks.iter().filter(|check| check.state == CheckState::Done);
        let stated = ticked.filter_map(|check| {
            let boxed = facts.text_of(check.mark).starts_with('[');
            let about = announces(&facts.section(check.section).name);
            let short = is_short(facts.text_of(check.text));
            let decision = self.decides(check.text).filter(|_| boxed && about && short)?;
            let (role, span) = (self.role_of(check.section), check.mark.to(check.text));
            Some(Stated { formal: true, ..stated(role, decision, span, check.section) })
        });
        stated.collect()
    }

    fn verdict(&self, stated: Stated, alone: bool, known: &mut Known) -> Verdict {
        let Stated { role, decision, formal, span, section, signature } = stated;
        let around = known.signatures.entry(section);
        let around = around.or_insert_with(|| scope::around(self.facts, section));
        let Signature { signer, date, commit } = signature.or(*around).or(known.anywhere);
        Verdict { role, decision, formal, span, signer, date, commit, alone }
    }

    fn decides(&self, value: Span) -> Option<Decision> {
        decision(self.facts.text_of(value), &self.workflow.vocabulary)
    }

    fn role_in(&self, name: &str) -> Option<String> {
        self.workflow.role_in(name).map(|role| role.id.clone())
    }

    /// Whether a place is about a verdict: the head of the document, a section so named, or the
    /// section of a role.
    fn is_at_verdict(&self, id: SectionId) -> bool {
        let section = self.facts.section(id);
        section.level <= 1 || announces(&section.name) || self.role_in(&section.name).is_some()
    }

    /// The role around a place: a label "Role" beside it, its headings, the document's own.
    fn role_of(&self, id: SectionId) -> Option<String> {
        let facts = self.facts;
        let mut at = Some(id);
        while let Some(id) = at {
            let section = facts.section(id);
            let labels = scope::fields_in(facts, section.body).iter();
            if let Some(role) = self.labeled(labels).or_else(|| self.role_in(&section.name)) {
                return Some(role);
            }
            at = section.parent;
        }
        self.role.clone()
    }

    /// The role that the document as a whole speaks for: by a label "Role", its title, its signer.
    fn document_role(&self) -> Option<String> {
        let facts = self.facts;
        let titled = || {
            let title = facts.title()?;
            self.role_in(&normalize(facts.text_of(title.title)))
        };
        let signed = || {
            let mut signers = facts.fields.iter().filter(|one| words::names_signer(&one.name));
            signers.find_map(|one| self.role_in(&normalize(facts.text_of(one.value))))
        };
        self.labeled(facts.fields.iter()).or_else(titled).or_else(signed)
    }

    /// The role that a label "Role" among these names.
    fn labeled<'f>(&self, mut fields: impl Iterator<Item = &'f Field>) -> Option<String> {
        fields.find_map(|field| {
            let value = || normalize(self.facts.text_of(field.value));
            if names_role(&field.name) { self.role_in(&value()) } else { None }
        })
    }
}

fn stated(role: Option<String>, decision: Decision, span: Span, section: SectionId) -> Stated {
    let signature = Signature::default();
    Stated { role, decision, formal: false, span, section, signature }
}

/// Whether a label with a role's name is about its verdict rather than about its person.
fn speaks_of_signing(name: &str) -> bool {
    name.split(' ').any(|word| announces(word) || matches!(word, "sign" | "signoff"))
}

/// Names of people's work are short; a sentence that holds one is about something else.
fn is_short(name: &str) -> bool {
    const MOST_WORDS: usize = 4;
    name.split_whitespace().count() <= MOST_WORDS
}
