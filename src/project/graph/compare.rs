//! Where two drawings contradict each other.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Graph, Member, NodeId, Statement, View};
use crate::base::Span;
use crate::model::dependencies::{Notation, Said, Sense};

/// A need that one drawing states and others deny.
#[derive(Debug)]
pub struct Contradiction {
    pub from: NodeId,
    pub to: NodeId,
    pub stated: Statement,
    /// Never empty.
    pub denials: Vec<Denial>,
}

/// A drawing that does not agree.
#[derive(Clone, Copy, Debug)]
pub struct Denial {
    /// Index into [`Graph::views`].
    pub view: usize,
    /// Where it speaks of the one that needs, or states the need the other way round.
    pub span: Span,
    /// It says that the other one needs this one; else that neither needs the other.
    pub reversed: bool,
}

/// What can be reached in one drawing, found once for each node that is asked for.
pub struct Reach<'v> {
    needs: HashMap<NodeId, Vec<NodeId>>,
    /// What anything needs.
    needed: HashSet<NodeId>,
    pub members: HashMap<NodeId, Vec<&'v Member>>,
    known: RefCell<HashMap<NodeId, HashSet<NodeId>>>,
}

impl<'v> Reach<'v> {
    pub fn of(view: &'v View) -> Self {
        Self::along(view, view.needs.iter().map(|arc| (arc.from, arc.to)))
    }

    /// As [`Reach::of`], along other arcs.
    pub fn along(view: &'v View, arcs: impl Iterator<Item = (NodeId, NodeId)>) -> Self {
        let mut needs: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        let mut needed = HashSet::new();
        for (from, to) in arcs {
            needs.entry(from).or_default().push(to);
            needed.insert(to);
        }
        let mut members: HashMap<NodeId, Vec<&Member>> = HashMap::new();
        for member in &view.members {
            members.entry(member.node).or_default().push(member);
        }
        Self { needs, needed, members, known: RefCell::default() }
    }

    fn direct(&self, from: NodeId) -> &[NodeId] {
        self.needs.get(&from).map_or(&[], Vec::as_slice)
    }

    /// Whether one needs the other, at any distance.
    pub fn leads(&self, from: NodeId, to: NodeId) -> bool {
        let Some(direct) = self.needs.get(&from) else { return false };
        if direct.contains(&to) {
            return true;
        }
        if !self.needed.contains(&to) && !self.members.contains_key(&to) {
            return false;
        }
        let mut known = self.known.borrow_mut();
        let reached = known.entry(from).or_insert_with(|| {
            let mut found = HashSet::new();
            let mut open = vec![from];
            while let Some(node) = open.pop() {
                let next = self.needs.get(&node).into_iter().flatten();
                open.extend(next.filter(|to| found.insert(**to)));
            }
            found
        });
        reached.contains(&to)
    }
}

/// Every pair of things about which drawings contradict each other, with the first place that
/// states the need.
pub(super) fn contradictions(graph: &Graph) -> Vec<Contradiction> {
    if graph.views.len() < 2 {
        return Vec::new();
    }
    let reach: Vec<Reach<'_>> = graph.views.iter().map(Reach::of).collect();
    // A drawing denies nothing about what it does not speak of.
    let mut speaking: HashMap<NodeId, Vec<usize>> = HashMap::new();
    for (at, reach) in reach.iter().enumerate() {
        let nodes: HashSet<NodeId> =
            reach.needs.keys().chain(reach.members.keys()).copied().collect();
        nodes.into_iter().for_each(|node| speaking.entry(node).or_default().push(at));
    }
    let mut found: BTreeMap<(NodeId, NodeId), Contradiction> = BTreeMap::new();
    for edge in &graph.edges {
        let Some(stated) = edge.stated() else { continue };
        let pair = (edge.from.min(edge.to), edge.from.max(edge.to));
        if found.contains_key(&pair) {
            continue;
        }
        let of = |node: NodeId| speaking.get(&node).into_iter().flatten().copied();
        let others: BTreeSet<usize> =
            of(edge.from).chain(of(edge.to)).filter(|at| *at != stated.view).collect();
        let denials: Vec<Denial> = others
            .into_iter()
            .filter_map(|at| denial(graph, at, &reach[at], edge.from, edge.to))
            .filter(|denial| !denial.reversed || !reach[stated.view].leads(edge.to, edge.from))
            .collect();
        if !denials.is_empty() {
            let one = Contradiction { from: edge.from, to: edge.to, stated, denials };
            found.insert(pair, one);
        }
    }
    let mut found: Vec<Contradiction> = found.into_values().collect();
    found.sort_by_key(|one| (one.stated.view, one.stated.span.start, one.to));
    found
}

/// How a drawing denies a need: it says the opposite, or lists all needs of the one without it.
fn denial(graph: &Graph, at: usize, reach: &Reach<'_>, from: NodeId, to: NodeId) -> Option<Denial> {
    let view = &graph.views[at];
    if reach.leads(from, to) {
        return None;
    }
    let firm = || view.needs.iter().filter(|arc| arc.sense != Sense::Order);
    if reach.leads(to, from) {
        let direct = firm().find(|arc| (arc.from, arc.to) == (to, from));
        let place = direct.or_else(|| firm().find(|arc| arc.from == to))?;
        return Some(Denial { view: at, span: place.span, reversed: true });
    }
    let own = reach.members.get(&from)?;
    let [own] = own[..] else { return None };
    // A feature's own section that says "nothing" needs no second one to be understood.
    if view.notation == Notation::Field
        && own.said == Said::None
        && graph.nodes[to].feature.is_some()
    {
        let place = Denial { view: at, span: own.span, reversed: false };
        return (!apart(graph, from, to)).then_some(place);
    }
    let other = reach.members.get(&to)?;
    let complete = match own.said {
        // What nothing lists may be another name of the one that is missing.
        Said::All => reach.direct(from).iter().all(|&node| graph.nodes[node].is_known()),
        // "No dependencies" is said within an iteration: what stands in an earlier one is there.
        Said::None => other.iter().all(|other| other.iteration == own.iteration),
        Said::Some | Said::Everything => false,
    };
    let later = other.iter().any(|other| own.said == Said::All && comes_after(view, own, other));
    (complete && !later).then_some(Denial { view: at, span: own.span, reversed: false })
}

/// Whether a drawing plans two things for different iterations, so that what one needs of the other
/// is there when it begins.
fn apart(graph: &Graph, one: NodeId, other: NodeId) -> bool {
    graph.views.iter().any(|view| {
        let iteration = |node| view.member(node).and_then(|member| member.iteration.as_ref());
        iteration(one).zip(iteration(other)).is_some_and(|(one, other)| one != other)
    })
}

/// Whether one stands in a later level or iteration than another, so that it waits for it anyway.
fn comes_after(view: &View, one: &Member, other: &Member) -> bool {
    if one.iteration != other.iteration {
        return true;
    }
    // Where each thing has its own list of needs, the level it stands under is no part of that.
    if view.notation == Notation::Field {
        return false;
    }
    let (Some(own), Some(before)) = (one.group, other.group) else { return false };
    own > before && view.groups[own].ordered && view.groups[before].ordered
}
