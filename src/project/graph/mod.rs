//! The one graph of what needs what, from every notation of every document.

mod compare;
mod names;
mod resolve;
mod shape;

use std::collections::{BTreeMap, HashMap};

use super::features::Index;
use super::{Artifact, ArtifactId, Feature, FeatureId};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::dependencies::{Dependencies, Drawing, Group, Notation, Said, Sense};
use crate::workflow::Kind;

pub use compare::{Contradiction, Denial, Reach};
pub use shape::{Shape, components};

/// An index into [`Graph::nodes`].
pub type NodeId = usize;

/// Everything that documents say of dependencies, with names resolved.
#[derive(Debug, Default)]
pub struct Graph {
    /// The features first, in their order.
    pub nodes: Vec<Node>,
    /// Each pair once, in the order in which documents state them first.
    pub edges: Vec<Edge>,
    /// What each drawing says, in the order of the documents.
    pub views: Vec<View>,
    /// Needs that one drawing states and another denies.
    pub contradictions: Vec<Contradiction>,
    /// The pairs of nodes in `contradictions`, and whether one says the reverse of the other.
    disputed: HashMap<(NodeId, NodeId), bool>,
    pub shape: Shape,
}

/// A thing that needs or is needed.
#[derive(Clone, Debug)]
pub struct Node {
    pub name: String,
    /// The declared feature that it is; nothing for what is external.
    pub feature: Option<FeatureId>,
    /// A drawing lists it, by itself and not only as what another one needs.
    pub listed: bool,
    /// Its name may mean several things, or holds the name of another.
    pub vague: bool,
}

/// `from` needs `to`.
#[derive(Clone, Debug)]
pub struct Edge {
    pub from: NodeId,
    pub to: NodeId,
    /// Every place that states it, never empty.
    pub places: Vec<Statement>,
}

impl Node {
    /// Whether a document declares it or a drawing lists it, so that it is no other thing's name.
    fn is_known(&self) -> bool {
        self.feature.is_some() || self.listed
    }
}

impl View {
    /// Where the drawing lists a thing, if it does so in one place only.
    pub fn member(&self, node: NodeId) -> Option<&Member> {
        self.single.get(&node).map(|&at| &self.members[at])
    }
}

impl Edge {
    /// The first place that says so in words or with an arrow of a diagram. A mere order of work is
    /// no need.
    pub fn stated(&self) -> Option<Statement> {
        self.places.iter().find(|place| place.sense != Sense::Order).copied()
    }
}

/// One place that states a need.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// Index into [`Graph::views`].
    pub view: usize,
    pub span: Span,
    pub sense: Sense,
}

/// One drawing with the nodes that its names mean.
#[derive(Debug)]
pub struct View {
    pub artifact: ArtifactId,
    pub notation: Notation,
    pub span: Span,
    /// What it lists.
    pub members: Vec<Member>,
    pub needs: Vec<Arc>,
    pub blocks: Vec<Arc>,
    /// What is said to need itself.
    pub loops: Vec<Arc>,
    pub groups: Vec<Group>,
    /// The places in `members` of what is listed just once.
    single: HashMap<NodeId, usize>,
}

#[derive(Clone, Debug)]
pub struct Member {
    pub node: NodeId,
    pub span: Span,
    /// Index into [`View::groups`].
    pub group: Option<usize>,
    pub iteration: Option<String>,
    pub said: Said,
    pub said_blocks: Said,
    pub critical: Option<(bool, Span)>,
    pub days: Option<f64>,
}

#[derive(Clone, Copy, Debug)]
pub struct Arc {
    pub from: NodeId,
    pub to: NodeId,
    pub span: Span,
    pub sense: Sense,
}

/// A document with what it says of dependencies.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub artifact: ArtifactId,
    pub facts: &'a DocumentFacts,
    pub dependencies: &'a Dependencies,
}

impl Graph {
    /// The graph of a project: of all its design documents. What an interface needs are tools and
    /// calls, which say nothing of the order of work.
    pub fn of(artifacts: &[Artifact], features: &[Feature], names: &Index) -> Self {
        let sources = artifacts.iter().enumerate().filter_map(|(id, artifact)| {
            let planning = matches!(artifact.kind, Kind::Architecture | Kind::Dependencies);
            let dependencies = dependencies_of(artifact).filter(|_| planning)?;
            Some(Source { artifact: id, facts: artifact.facts()?, dependencies })
        });
        Self::from(features, names, &sources.collect::<Vec<_>>())
    }

    /// The graph of some documents, among declared features.
    pub fn from(features: &[Feature], names: &Index, sources: &[Source<'_>]) -> Self {
        let drawings: Vec<(ArtifactId, &Drawing)> = sources
            .iter()
            .flat_map(|source| {
                source.dependencies.drawings.iter().map(|drawing| (source.artifact, drawing))
            })
            .collect();
        let (nodes, mut views) = resolve::views(features, names, &drawings);
        shape::turn_arrows(&mut views);
        let mut graph = Self { nodes, views, ..Self::default() };
        graph.join();
        graph.contradictions = compare::contradictions(&graph);
        let reversed = |one: &Contradiction| one.denials.iter().any(|denial| denial.reversed);
        let disputed = graph.contradictions.iter();
        graph.disputed = disputed.map(|one| (pair(one.from, one.to), reversed(one))).collect();
        graph.shape = Shape::of(&graph);
        graph
    }

    fn join(&mut self) {
        let mut known: BTreeMap<(NodeId, NodeId), usize> = BTreeMap::new();
        for (at, view) in self.views.iter().enumerate() {
            for arc in &view.needs {
                let statement = Statement { view: at, span: arc.span, sense: arc.sense };
                let place = *known.entry((arc.from, arc.to)).or_insert_with(|| {
                    self.edges.push(Edge { from: arc.from, to: arc.to, places: Vec::new() });
                    self.edges.len() - 1
                });
                self.edges[place].places.push(statement);
            }
        }
    }

    /// Whether documents contradict each other about two nodes.
    pub fn is_disputed(&self, one: NodeId, other: NodeId) -> bool {
        self.disputed.contains_key(&pair(one, other))
    }

    /// Whether drawings state a need both ways round.
    fn is_reversed(&self, from: NodeId, to: NodeId) -> bool {
        self.disputed.get(&pair(from, to)) == Some(&true)
    }
}

fn pair(one: NodeId, other: NodeId) -> (NodeId, NodeId) {
    (one.min(other), one.max(other))
}

/// What an artifact says of dependencies, if its kind is read for them.
pub fn dependencies_of(artifact: &Artifact) -> Option<&Dependencies> {
    match &*artifact.model {
        Model::Architecture(model) => Some(&model.dependencies),
        _ => None,
    }
}
