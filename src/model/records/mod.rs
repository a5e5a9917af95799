//! Records: what a team keeps lists of whatever its workflow is — decisions, handoffs, risks,
//! metrics.
//!
//! A record is read the same wherever it stands: as a document of its own, where a deliverable has
//! its kind, or as a section of another one, where a part has it. So a workflow file puts records
//! together as it likes, and the rules about them know no workflow.

mod answers;
mod approval;
mod assignments;
mod brief;
mod consultation;
mod decisions;
mod entries;
mod escalations;
mod handoffs;
mod levels;
mod listing;
mod metrics;
mod outcomes;
mod participants;
mod points;
mod prerequisites;
mod reviews;
mod risks;
mod roles;
mod status;
mod workstreams;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::workflow::{Deliverable, Kind, Workflow};

pub use answers::{Answer, Answers, Given};
pub use approval::Approval;
pub use assignments::{Assignment, Assignments};
pub use brief::Brief;
pub use consultation::{Consultation, Objection, Recommendation};
pub use decisions::{Decision, Decisions};
pub use entries::{Entry, Value, entries};
pub use escalations::{Escalation, Escalations};
pub use handoffs::{Handoff, Handoffs};
pub use levels::{Level, Levels, Step};
pub use metrics::{Figure, Metrics, Standards, limit};
pub use outcomes::Ending;
pub use participants::{Participants, Taking};
pub use points::{Point, Points};
pub use prerequisites::{Item, Prerequisites};
pub use reviews::{Review, Reviews};
pub use risks::{Color, Risk, Risks, Signal};
pub use roles::{Role, Roles};
pub use status::{Blocker, Progress, State, Status};
pub use workstreams::{Workstream, Workstreams};

/// A part of a document that holds records of one kind, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The whole document, or the section or labeled value that is a part of it.
    pub extent: Span,
    pub record: Record,
}

/// What one region says.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Decisions(Decisions),
    Handoffs(Handoffs),
    Roles(Roles),
    Workstreams(Workstreams),
    Points(Points),
    Approval(Approval),
    Status(Status),
    Assignments(Assignments),
    Risks(Risks),
    Standards(Standards),
    Metrics(Metrics),
    Reviews(Reviews),
    Escalations(Escalations),
    Brief(Brief),
    Consultation(Consultation),
    Answers(Answers),
    Ending(Ending),
    Prerequisites(Prerequisites),
    Participants(Participants),
    Levels(Levels),
}

/// An entry of a record as it is shown: its title, and what it says by the name of its part.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: Option<String>,
    pub title: Span,
    pub said: Vec<(&'static str, Span)>,
}

impl Listed {
    /// An entry, with those of its parts that say something.
    pub fn new(
        id: Option<&String>,
        title: Span,
        parts: impl IntoIterator<Item = (&'static str, Option<Span>)>,
    ) -> Self {
        let said = parts.into_iter().filter_map(|(name, part)| Some((name, part?)));
        Self { id: id.cloned(), title, said: said.collect() }
    }
}

impl Record {
    pub fn kind(&self) -> Kind {
        match self {
            Record::Decisions(_) => Kind::Decisions,
            Record::Handoffs(_) => Kind::Handoffs,
            Record::Roles(_) => Kind::Roles,
            Record::Workstreams(_) => Kind::Workstreams,
            Record::Points(_) => Kind::IntegrationPoints,
            Record::Approval(_) => Kind::Approval,
            Record::Status(_) => Kind::Status,
            Record::Assignments(_) => Kind::Assignments,
            Record::Risks(_) => Kind::Risks,
            Record::Standards(_) => Kind::Standards,
            Record::Metrics(_) => Kind::Metrics,
            Record::Reviews(_) => Kind::Reviews,
            Record::Escalations(_) => Kind::Escalations,
            Record::Brief(_) => Kind::Brief,
            Record::Consultation(_) => Kind::Consultation,
            Record::Answers(_) => Kind::Answers,
            Record::Ending(_) => Kind::Result,
            Record::Prerequisites(_) => Kind::Prerequisites,
            Record::Participants(_) => Kind::Participants,
            Record::Levels(_) => Kind::Levels,
        }
    }

    /// Its entries as they are shown.
    pub fn listed(&self) -> Vec<Listed> {
        match self {
            Record::Decisions(all) => all.0.iter().map(Decision::listed).collect(),
            Record::Handoffs(all) => all.0.iter().map(Handoff::listed).collect(),
            Record::Roles(all) => all.0.iter().map(Role::listed).collect(),
            Record::Workstreams(all) => all.0.iter().map(Workstream::listed).collect(),
            Record::Points(all) => all.0.iter().map(Point::listed).collect(),
            Record::Approval(one) => vec![one.listed()],
            Record::Status(one) => one.listed(),
            Record::Assignments(all) => all.0.iter().map(Assignment::listed).collect(),
            Record::Risks(all) => {
                let risks = all.risks.iter().map(Risk::listed);
                risks.chain(all.signals.iter().map(Signal::listed)).collect()
            }
            Record::Standards(all) => all.0.iter().map(Figure::listed).collect(),
            Record::Metrics(all) => all.reported.iter().map(Figure::listed).collect(),
            Record::Reviews(all) => all.list.iter().map(Review::listed).collect(),
            Record::Escalations(all) => all.0.iter().map(Escalation::listed).collect(),
            Record::Brief(one) => vec![one.listed()],
            Record::Consultation(one) => one.listed(),
            Record::Answers(all) => all.listed(),
            Record::Ending(one) => vec![one.listed()],
            Record::Prerequisites(one) => one.listed(),
            Record::Participants(all) => all.0.iter().map(Taking::listed).collect(),
            Record::Levels(all) => all.0.iter().flat_map(Level::listed).collect(),
        }
    }
}

/// A record that rules ask a project for by its type.
pub trait Recorded: Sized {
    /// The record of a region, where it is of this kind.
    fn of(record: &Record) -> Option<&Self>;
}

/// Every record of a document that is a deliverable.
pub fn read(facts: &DocumentFacts, deliverable: &Deliverable, workflow: &Workflow) -> Vec<Region> {
    let whole = Span::new(0, facts.text.len());
    let mut regions: Vec<Region> = Vec::new();
    let mut add = |kind, extent| {
        let record = record(kind, facts, extent, workflow);
        regions.extend(record.map(|record| Region { extent, record }));
    };
    add(deliverable.kind, whole);
    for part in &deliverable.parts {
        let Some(kind) = part.kind else { continue };
        let named = extents(facts, |name| part.is_named(name));
        named.into_iter().for_each(|extent| add(kind, extent));
    }
    // A section that does the duty of another deliverable says what that one would.
    for (.., other) in workflow.deliverables() {
        let own = other.within.iter().filter(|within| within.deliverable == deliverable.id);
        for within in own {
            let named = extents(facts, |name| within.is_named(name));
            named.into_iter().for_each(|extent| add(other.kind, extent));
        }
    }
    regions
}

/// A whole document as a record, where its kind is one.
pub fn of_kind(kind: Kind, facts: &DocumentFacts, workflow: &Workflow) -> Option<Region> {
    let extent = Span::new(0, facts.text.len());
    Some(Region { extent, record: record(kind, facts, extent, workflow)? })
}

/// Where a document holds what is named so: its outermost sections of that name, else its labeled
/// values.
fn extents(facts: &DocumentFacts, is_named: impl Fn(&str) -> bool) -> Vec<Span> {
    let title = facts.title().filter(|title| title.level == 1).map(|title| title.heading);
    let mut found: Vec<Span> = Vec::new();
    for (_, section) in facts.sections() {
        let inside = found.iter().any(|outer| outer.covers(section.extent));
        if !inside && Some(section.heading) != title && is_named(&section.name) {
            found.push(section.extent);
        }
    }
    if found.is_empty() {
        let fields = facts.fields.iter().filter(|field| is_named(&field.name));
        found.extend(fields.map(|field| field.content));
    }
    found
}

/// Reads a part of a document as records of a kind; nothing for kinds that are no records.
fn record(kind: Kind, facts: &DocumentFacts, extent: Span, workflow: &Workflow) -> Option<Record> {
    let words = &workflow.vocabulary;
    Some(match kind {
        Kind::Decisions => Record::Decisions(decisions::read(facts, extent)),
        Kind::Handoffs => Record::Handoffs(handoffs::read(facts, extent)),
        Kind::Roles => Record::Roles(roles::read(facts, extent)),
        Kind::Workstreams => Record::Workstreams(workstreams::read(facts, extent)),
        Kind::IntegrationPoints => Record::Points(points::read(facts, extent)),
        Kind::Approval => Record::Approval(approval::read(facts, extent, words)),
        Kind::Status => Record::Status(status::read(facts, extent, words)),
        Kind::Assignments => Record::Assignments(assignments::read(facts, extent)),
        Kind::Risks => Record::Risks(risks::read(facts, extent, words)),
        Kind::Standards => Record::Standards(metrics::promised(facts, extent, workflow)),
        Kind::Metrics => Record::Metrics(metrics::reported(facts, extent, workflow)),
        Kind::Reviews => Record::Reviews(reviews::read(facts, extent)),
        Kind::Escalations => Record::Escalations(escalations::read(facts, extent)),
        Kind::Brief => Record::Brief(brief::read(facts, extent, words)),
        Kind::Consultation => Record::Consultation(consultation::read(facts, extent, words)),
        Kind::Answers => Record::Answers(answers::read(facts, extent)),
        Kind::Result => Record::Ending(outcomes::read(facts, extent, words)),
        Kind::Prerequisites => Record::Prerequisites(prerequisites::read(facts, extent, words)),
        Kind::Participants => Record::Participants(participants::read(facts, extent)),
        Kind::Levels => Record::Levels(levels::read(facts, extent)),
        _ => return None,
    })
}
