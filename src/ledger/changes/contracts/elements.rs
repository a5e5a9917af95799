//! What differs between the writings of one contract then and now, element by element.
//!
//! A promise holds as long as one writing of now says it as one of then did, unless another
//! writing of now takes it back. What several documents say is one promise, and so one change.

use super::promises::Writing;
use super::{still, told};
use crate::base::Span;
use crate::ledger::Way;
use crate::model::architecture::SharedPart;
use crate::model::contract::compare::{
    Difference, Element, Kind, Said, Types, compare_kept, goes_without_saying, said,
};
use crate::model::contract::{Contract, ErrorCase, Member, Part, Shape, Subject};
use crate::project::Artifact;

/// One element that stands differently now.
#[derive(Debug)]
pub struct Departure<'p> {
    pub element: Element,
    pub way: Way,
    pub told: String,
    pub now: (&'p Artifact, Span),
    pub then: Option<(&'p Artifact, Span)>,
}

/// The writings of one contract in one tree.
#[derive(Clone, Copy)]
pub struct Writings<'s, 'p> {
    pub list: &'s [Writing<'p>],
    /// What is said once for all contracts of the tree.
    pub for_all: &'s [&'p SharedPart],
}

impl Writings<'_, '_> {
    /// How much a writing says of an element, itself or by what is said for all contracts.
    fn said(&self, at: usize, element: &Element) -> Said {
        let writing = &self.list[at];
        let own = said(writing.contract, writing.types(), element);
        let for_all = || {
            let mut parts = writing.shared().chain(self.for_all.iter().copied());
            parts.any(|part| says_for_all(part, element))
        };
        if own == Said::Nothing && for_all() { Said::Stated } else { own }
    }

    /// How much all writings say of an element.
    fn most(&self, element: &Element) -> Said {
        let all = (0..self.list.len()).map(|at| self.said(at, element));
        all.max().unwrap_or(Said::Nothing)
    }
}

/// Every element of a contract in which its writings of now depart from those of then.
pub fn departures<'p>(then: Writings<'_, 'p>, now: Writings<'_, 'p>) -> Vec<Departure<'p>> {
    let declared: Vec<Types<'_>> = then.list.iter().map(Writing::types).collect();
    let declared = &declared;
    let pairs = now.list.iter().enumerate().flat_map(|(right, new)| {
        let old = then.list.iter().enumerate();
        old.map(move |(left, old)| Pair { left, right, found: differences(old, new, declared) })
    });
    let compared = Compared { then, now, pairs: pairs.collect() };
    let mut found: Vec<Departure> = Vec::new();
    for pair in compared.in_order() {
        for difference in &pair.found {
            if found.iter().any(|one| one.element == difference.element) {
                continue;
            }
            let Some((way, told)) = compared.judge(pair, difference) else { continue };
            found.push(Departure {
                element: difference.element.clone(),
                way,
                told,
                now: (now.list[pair.right].artifact, difference.right),
                then: match way {
                    Way::Added => None,
                    _ => Some((then.list[pair.left].artifact, difference.left)),
                },
            });
        }
    }
    without_parts(&mut found);
    found
}

/// What is gone with the whole it is part of is not told once more.
fn without_parts(found: &mut Vec<Departure<'_>>) {
    let gone = |element: Element| {
        let whole = |one: &Departure| one.element == element && one.way != Way::Added;
        found.iter().any(whole)
    };
    if gone(Element::Response(String::new())) {
        let removed = |one: &Departure| one.way == Way::Removed;
        found.retain(|one| one.element != Element::Status || !removed(one));
    }
}

/// One writing of then beside one of now.
struct Pair {
    left: usize,
    right: usize,
    found: Vec<Difference>,
}

struct Compared<'s, 'p> {
    then: Writings<'s, 'p>,
    now: Writings<'s, 'p>,
    pairs: Vec<Pair>,
}

impl<'p> Compared<'_, 'p> {
    /// Writings of the same document first: they tell best what was changed.
    fn in_order(&self) -> impl Iterator<Item = &Pair> {
        let (same, other): (Vec<_>, Vec<_>) =
            self.pairs.iter().partition(|pair| self.is_successor(pair));
        same.into_iter().chain(other)
    }

    /// Whether the writing of now stands where the one of then stood.
    fn is_successor(&self, pair: &Pair) -> bool {
        self.older(pair).artifact.path == self.newer(pair).artifact.path
    }

    fn older(&self, pair: &Pair) -> &Writing<'p> {
        &self.then.list[pair.left]
    }

    fn newer(&self, pair: &Pair) -> &Writing<'p> {
        &self.now.list[pair.right]
    }

    /// What a difference of two writings is for the contract as a whole; nothing where it still
    /// says, or always said, the same.
    fn judge(&self, pair: &Pair, difference: &Difference) -> Option<(Way, String)> {
        let (old, new) = (self.older(pair).contract, self.newer(pair).contract);
        let element = &difference.element;
        match &difference.kind {
            Kind::Differs { left, right } => {
                let told = || told::differs(old, element, left, right);
                (!self.was_said_so(pair, element)).then(|| (Way::Changed, told()))
            }
            // What was left unsaid and is said now is the finer writing.
            Kind::Right { silent: true } => None,
            Kind::Right { silent: false } => {
                let known = self.then.most(element) != Said::Nothing || is_finer(old, new);
                (!known).then(|| (Way::Added, told::added(new, element)))
            }
            Kind::Left { silent } => {
                let taken_back = !silent && self.is_taken_back(pair.right, element);
                let lost = || self.is_lost(old, element, *silent);
                let told = match self.now.most(element) {
                    most if taken_back || most == Said::Nothing && lost() => {
                        (Way::Removed, told::removed(old, element))
                    }
                    Said::Named if self.then.said(pair.left, element) == Said::Stated => {
                        (Way::Changed, told::coarser(old, element))
                    }
                    _ => return None,
                };
                (!self.stands(pair.right, element, old, taken_back)).then_some(told)
            }
        }
    }

    /// Whether some writing of then says of an element what this one of now says.
    fn was_said_so(&self, pair: &Pair, element: &Element) -> bool {
        self.pairs.iter().any(|other| {
            other.right == pair.right
                && other.left != pair.left
                && self.then.said(other.left, element) == Said::Stated
                && other.found.iter().all(|one| one.element != *element)
        })
    }

    /// Whether a document of now, which had an element in every writing, leaves it out, though it
    /// spells out what holds it.
    fn is_taken_back(&self, right: usize, element: &Element) -> bool {
        let before = |pair: &&Pair| pair.right == right && self.is_successor(pair);
        let mut before = self.pairs.iter().filter(before).peekable();
        let lacks = |one: &Difference| {
            one.element == *element && matches!(one.kind, Kind::Left { silent: false })
        };
        self.now.said(right, element) == Said::Nothing
            && before.peek().is_some()
            && before.all(|pair| pair.found.iter().any(lacks))
    }

    /// Whether what cannot be read any more is still named: where it was taken back, in that
    /// writing of now, else in any.
    fn stands(&self, right: usize, element: &Element, old: &Contract, taken_back: bool) -> bool {
        let mut asked = self.now.list.iter().enumerate().filter(|(at, new)| {
            let spelled = new.contract.says_more();
            spelled && (!taken_back || *at == right)
        });
        asked.any(|(_, new)| still::names(new, old, element))
    }

    /// Whether what no writing of now says is promised no more.
    fn is_lost(&self, old: &Contract, element: &Element, silent: bool) -> bool {
        match element {
            Element::Auth => old.auth.is_some_and(|auth| auth.required),
            _ if silent => !self.now.list.iter().any(|new| may_mean(new.contract, element)),
            _ => true,
        }
    }
}

/// Whether a contract, which does not say an element, may mean it: by other words for the same,
/// or because its form has no place for it.
fn may_mean(contract: &Contract, element: &Element) -> bool {
    let sample = |part: &Option<Part>| part.as_ref().is_some_and(|part| has_sample(&part.shape));
    match element {
        Element::Request(name) => !name.is_empty() && sample(&contract.request),
        Element::Query(name) => !name.is_empty() && sample(&contract.query),
        Element::Response(name) => !name.is_empty() && sample(&contract.response),
        Element::ErrorCase(_) => !contract.error_cases.is_empty(),
        Element::Header(name) => {
            goes_without_saying(name) || name == "authorization" && contract.auth.is_some()
        }
        Element::Status | Element::Auth => false,
    }
}

/// Whether a sample is part of a shape: it need not show what is optional.
fn has_sample(shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => {
            object.sample || object.members.iter().any(|member| has_sample(&member.shape))
        }
        Shape::List(inner) => has_sample(inner),
        Shape::Either(some) | Shape::Both(some) => some.iter().any(has_sample),
        _ => false,
    }
}

/// Whether what is said once for all contracts says an element.
fn says_for_all(said: &SharedPart, element: &Element) -> bool {
    match (said, element) {
        (SharedPart::Errors(cases), Element::ErrorCase(code)) => {
            cases.iter().any(|case: &ErrorCase| case.code.eq_ignore_ascii_case(code))
        }
        (SharedPart::Auth, Element::Auth) => true,
        (SharedPart::Auth, Element::Header(name)) => name == "authorization",
        _ => false,
    }
}

/// The differences of two writings, less those that are another way to write the same. `declared`
/// are the types of the documents of then.
fn differences(old: &Writing<'_>, new: &Writing<'_>, declared: &[Types<'_>]) -> Vec<Difference> {
    let (mut left, mut right) = (None, None);
    // What a call without a body sends is written as a request or as a query.
    let moves = |one: &Contract, other: &Contract| {
        one.query.is_none() && one.request.is_some() && other.request.is_none()
    };
    if is_bodiless(old.contract) && moves(old.contract, new.contract) {
        left = Some(as_query(old.contract));
    } else if is_bodiless(new.contract) && moves(new.contract, old.contract) {
        right = Some(as_query(new.contract));
    }
    let (left, right) = (left.as_ref().unwrap_or(old.contract), right.as_ref());
    let right = right.unwrap_or(new.contract);
    let mut found = compare_kept(left, old.types(), right, new.types(), declared);
    if matches!(left.subject, Subject::Table { .. } | Subject::Type { .. }) {
        found.retain(|one| match (&one.element, &one.kind) {
            (Element::Response(name), Kind::Left { .. } | Kind::Right { .. }) => {
                !is_in_other_case(left, right, name)
            }
            _ => true,
        });
    }
    found
}

fn is_bodiless(contract: &Contract) -> bool {
    matches!(contract.subject, Subject::Endpoint { method, .. } if method.is_bodiless())
}

fn as_query(contract: &Contract) -> Contract {
    let mut contract = contract.clone();
    contract.query = contract.request.take();
    contract
}

/// Whether a table or type that was a list of names has types now: the finer writing.
fn is_finer(old: &Contract, new: &Contract) -> bool {
    let is_short = |one| members(one).iter().all(|member| member.shape == Shape::Unsaid);
    matches!(old.subject, Subject::Table { .. } | Subject::Type { .. })
        && is_short(old)
        && !is_short(new)
}

/// Whether both sides have a column, spelled `display_name` and `displayName`.
fn is_in_other_case(left: &Contract, right: &Contract, name: &str) -> bool {
    let bare = |name: &str| name.replace('_', "").to_lowercase();
    let has = |one: &Contract| members(one).iter().any(|member| bare(&member.name) == bare(name));
    has(left) && has(right)
}

fn members(contract: &Contract) -> &[Member] {
    match contract.response.as_ref().map(|part| &part.shape) {
        Some(Shape::Object(object)) => &object.members,
        _ => &[],
    }
}
