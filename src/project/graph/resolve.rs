//! Which names in drawings mean the same thing.

use std::collections::{HashMap, HashSet};

use super::names::Names;
use super::{Arc, Member, Node, NodeId, View};
use crate::base::words::normalize;
use crate::model::dependencies::{self as written, Drawing, End, Said, id_and_name, kind_of};
use crate::project::features::{Index, Match, Name};
use crate::project::{ArtifactId, Feature};

/// Resolves all drawings: first what they list, then what they only mention.
pub(super) fn views(
    features: &[Feature],
    names: &Index,
    drawings: &[(ArtifactId, &Drawing)],
) -> (Vec<Node>, Vec<View>) {
    let nodes = features.iter().enumerate().map(|(id, feature)| Node {
        name: feature.name.clone(),
        feature: Some(id),
        listed: false,
        vague: false,
    });
    let mut pool = Pool {
        names,
        nodes: nodes.collect(),
        identified: features.iter().any(|feature| feature.id.is_some()),
        unnamed: features.iter().map(|feature| feature.declared.1.is_empty()).collect(),
        keys: HashMap::new(),
        others: Names::default(),
    };
    for (id, feature) in features.iter().enumerate() {
        if let Some(label) = &feature.label {
            pool.keys.entry(format!("feature{label}")).or_insert(id);
        }
        if let Some(own) = &feature.id {
            pool.keys.entry(own.clone()).or_insert(id);
            let label = kind_of(own).map(|kind| own[kind.len()..].to_owned());
            label.into_iter().for_each(|label| _ = pool.keys.entry(label).or_insert(id));
        }
        pool.keys.entry(normalize(&feature.name)).or_insert(id);
    }
    let listed: Vec<Vec<NodeId>> = drawings.iter().map(|(_, drawing)| pool.list(drawing)).collect();
    let mut views = Vec::with_capacity(drawings.len());
    for ((artifact, drawing), listed) in drawings.iter().zip(listed) {
        views.push(pool.view(*artifact, drawing, &listed));
    }
    (pool.nodes, views)
}

struct Pool<'a> {
    names: &'a Index,
    nodes: Vec<Node>,
    /// Features carry identifiers of their own, which tell them apart.
    identified: bool,
    /// For each feature, whether no document names it in words.
    unnamed: Vec<bool>,
    /// Nodes by their identifiers and by their words.
    keys: HashMap<String, NodeId>,
    /// Nodes that are no features, with their names.
    others: Names,
}

/// The forms in which a name is looked up: its identifier and its words.
struct Keys {
    id: Option<String>,
    words: String,
    name: Name,
}

impl Keys {
    fn of(written: &str) -> Self {
        let (id, rest) = id_and_name(written);
        // A component, a module and a feature with one letter are the same letter's.
        let id = id.map(|id| {
            let kind = ["component", "module"].iter().find_map(|kind| id.strip_prefix(kind));
            kind.map(|label| format!("feature{label}")).unwrap_or(id)
        });
        let words = normalize(&rest.replace("'s ", " ").replace("’s ", " "));
        let label = id.as_deref().and_then(|id| id.strip_prefix("feature"));
        let name = match (label, words.is_empty()) {
            (Some(label), true) => Name::new(&format!("feature {label}"), Some(label)),
            (label, _) => Name::new(&words, label),
        };
        Self { id, words, name }
    }
}

impl Pool<'_> {
    /// The nodes of what a drawing lists. Things that one drawing lists apart are apart.
    fn list(&mut self, drawing: &Drawing) -> Vec<NodeId> {
        let keys: Vec<Keys> = drawing.nodes.iter().map(|node| Keys::of(&node.name)).collect();
        let exact: Vec<Option<NodeId>> = keys.iter().map(|keys| self.exact(keys)).collect();
        let mut taken: Vec<NodeId> = exact.iter().flatten().copied().collect();
        taken.sort_unstable();
        let mut found = Vec::with_capacity(keys.len());
        for ((node, keys), exact) in drawing.nodes.iter().zip(&keys).zip(exact) {
            let alias = node.alias.as_deref().map(Keys::of);
            let place = exact
                .or_else(|| self.exact(keys))
                .or_else(|| alias.as_ref().and_then(|alias| self.exact(alias)))
                .or_else(|| self.feature(keys).filter(|at| taken.binary_search(at).is_err()))
                .or_else(|| {
                    let feature = self.feature(alias.as_ref()?)?;
                    taken.binary_search(&feature).is_err().then_some(feature)
                });
            let place = place.unwrap_or_else(|| self.add(&node.name, keys));
            self.know(keys, place);
            let known = &mut self.nodes[place];
            // A feature that only the name of a file declares is called as people write it.
            if self.unnamed.get(place) == Some(&true) && !known.listed {
                known.name.clone_from(&node.name);
            }
            known.listed = true;
            found.push(place);
        }
        found
    }

    fn exact(&self, keys: &Keys) -> Option<NodeId> {
        if let Some(&found) = keys.id.as_ref().and_then(|id| self.keys.get(id)) {
            return Some(found);
        }
        // Different identifiers are different things, whatever stands behind them.
        let words = (keys.id.is_none() || self.is_feature_id(keys)).then_some(&keys.words);
        words.filter(|words| !words.is_empty()).and_then(|words| self.keys.get(words)).copied()
    }

    fn is_feature_id(&self, keys: &Keys) -> bool {
        keys.id.as_ref().is_some_and(|id| id.starts_with("feature"))
    }

    fn feature(&self, keys: &Keys) -> Option<NodeId> {
        // "Phase 2: Proto Integration" is not "Task 1A: Proto Integration".
        if keys.id.is_some() && self.identified {
            return None;
        }
        match self.names.find_surely(&keys.name) {
            Match::One(feature) => Some(feature),
            _ => None,
        }
    }

    fn add(&mut self, name: &str, keys: &Keys) -> NodeId {
        let place = self.nodes.len();
        let node = Node { name: name.to_owned(), feature: None, listed: false, vague: false };
        self.nodes.push(node);
        self.others.add(keys.name.clone(), place);
        place
    }

    fn know(&mut self, keys: &Keys, place: NodeId) {
        let words = (!keys.words.is_empty()).then(|| keys.words.clone());
        for key in keys.id.clone().into_iter().chain(words) {
            self.keys.entry(key).or_insert(place);
        }
    }

    fn view(&mut self, artifact: ArtifactId, drawing: &Drawing, listed: &[NodeId]) -> View {
        let members = drawing.nodes.iter().zip(listed).map(|(node, &place)| Member {
            node: place,
            span: node.span,
            group: node.group,
            iteration: node.iteration.clone(),
            said: node.said,
            said_blocks: node.said_blocks,
            critical: node.critical,
            days: node.days,
        });
        let mut members: Vec<Member> = members.collect();
        let local = Local::of(drawing, listed);
        // Who waits for a level needs what the level holds, and not only what is named beside it.
        for need in &drawing.needs {
            if let (End::Node(from), End::Named(name)) = (&need.from, &need.to)
                && members[*from].said == Said::All
                && local.is_group(name)
            {
                members[*from].said = Said::Some;
            }
        }
        let mut single: HashMap<NodeId, Option<usize>> = HashMap::new();
        for (at, member) in members.iter().enumerate() {
            single.entry(member.node).and_modify(|known| *known = None).or_insert(Some(at));
        }
        View {
            single: single.into_iter().filter_map(|(node, at)| Some((node, at?))).collect(),
            artifact,
            notation: drawing.notation,
            span: drawing.span,
            needs: self.arcs(&drawing.needs, &local),
            blocks: self.arcs(&drawing.blocks, &local),
            loops: loops(drawing, listed),
            groups: drawing.groups.clone(),
            members,
        }
    }

    fn arcs(&mut self, needs: &[written::Need], local: &Local<'_>) -> Vec<Arc> {
        let mut found = Vec::new();
        for need in needs {
            let from = self.ends(&need.from, local);
            let to = self.ends(&need.to, local);
            for &from in &from {
                for &to in to.iter().filter(|to| **to != from) {
                    found.push(Arc { from, to, span: need.span, sense: need.sense });
                }
            }
        }
        found
    }

    /// The nodes that one end of a need means: one, or both of `A and B`.
    fn ends(&mut self, end: &End, local: &Local<'_>) -> Vec<NodeId> {
        let name = match end {
            End::Node(node) => return vec![local.listed[*node]],
            End::Named(name) => name,
        };
        if local.is_group(name) {
            return Vec::new();
        }
        if let Some(found) = self.known(name, local) {
            return vec![found];
        }
        for mark in [" and ", " & ", " or "] {
            let Some((first, second)) = name.split_once(mark) else { continue };
            let parts = [first.trim(), second.trim()].map(|part| self.known(part, local));
            if let [Some(first), Some(second)] = parts {
                return vec![first, second];
            }
            if mark == " and " && parts.iter().any(Option::is_some) {
                return [first, second].map(|part| self.mention(part.trim(), local)).to_vec();
            }
        }
        vec![self.mention(name, local)]
    }

    fn mention(&mut self, name: &str, local: &Local<'_>) -> NodeId {
        self.known(name, local).unwrap_or_else(|| {
            let keys = Keys::of(name);
            let place = self.add(name, &keys);
            self.nodes[place].vague = self.is_vague(&keys);
            self.know(&keys, place);
            place
        })
    }

    /// What a name means: first among what its own drawing lists, then anywhere.
    fn known(&self, name: &str, local: &Local<'_>) -> Option<NodeId> {
        let keys = Keys::of(name);
        local
            .exact(&keys)
            .or_else(|| self.exact(&keys))
            .or_else(|| self.letter(name))
            .or_else(|| local.part(&keys))
            .or_else(|| self.feature(&keys))
            .or_else(|| keys.id.is_none().then(|| only(self.others.wholes(&keys.name)))?)
    }

    /// "A" stands for "Feature A" where there is one.
    fn letter(&self, name: &str) -> Option<NodeId> {
        let letter = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
        letter.then(|| self.keys.get(&format!("feature{}", name.to_ascii_lowercase())).copied())?
    }

    /// Whether a name holds that of a known thing, or may mean several.
    fn is_vague(&self, keys: &Keys) -> bool {
        let several = matches!(self.names.find(&keys.name), Match::Several(_) | Match::One(_));
        let listed = |node: NodeId| self.nodes[node].listed;
        let near = || {
            self.others.wholes(&keys.name).any(listed) || self.others.parts(&keys.name).any(listed)
        };
        several || !self.names.named_in(&keys.words).is_empty() || near()
    }
}

/// What a drawing lists once, and says in the same words to need itself.
fn loops(drawing: &Drawing, listed: &[NodeId]) -> Vec<Arc> {
    let same = |need: &&written::Need| match (&need.from, &need.to) {
        (End::Node(from), End::Named(to)) => drawing.nodes[*from].name == *to,
        (from, to) => from == to,
    };
    let said = drawing.needs.iter().filter(|need| need.sense != written::Sense::Order);
    let found = said.filter(same).filter_map(|need| {
        let End::Node(from) = need.from else { return None };
        let place = listed[from];
        let once = listed.iter().filter(|&&other| other == place).count() == 1;
        once.then_some(Arc { from: place, to: place, span: need.span, sense: need.sense })
    });
    found.collect()
}

/// The one member of a list that has only one.
fn only(mut found: impl Iterator<Item = NodeId>) -> Option<NodeId> {
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// What one drawing lists.
struct Local<'a> {
    listed: &'a [NodeId],
    keys: HashMap<String, NodeId>,
    names: Names,
    /// The names of levels, and the labels at their ends.
    groups: HashSet<String>,
}

impl<'a> Local<'a> {
    fn of(drawing: &Drawing, listed: &'a [NodeId]) -> Self {
        let (mut keys, mut names) = (HashMap::new(), Names::default());
        for (node, &place) in drawing.nodes.iter().zip(listed) {
            for written in std::iter::once(&node.name).chain(&node.alias) {
                let own = Keys::of(written);
                for key in own.id.iter().chain((!own.words.is_empty()).then_some(&own.words)) {
                    keys.entry(key.clone()).or_insert(place);
                    // "2A" stands for "Task 2A" where there is no other.
                    let label = key.trim_start_matches(|c: char| c.is_ascii_alphabetic());
                    if own.id.as_ref() == Some(key) && label.len() < key.len() && !label.is_empty()
                    {
                        keys.entry(format!("#{label}")).or_insert(place);
                    }
                }
                names.add(own.name, place);
            }
        }
        let mut groups = HashSet::new();
        for group in &drawing.groups {
            let name = normalize(&group.name);
            groups.extend(name.match_indices(' ').map(|(at, _)| name[at + 1..].to_owned()));
            groups.insert(name);
        }
        Self { listed, keys, names, groups }
    }

    fn exact(&self, keys: &Keys) -> Option<NodeId> {
        let id = keys.id.as_ref().and_then(|id| self.keys.get(id));
        let words = || self.keys.get(&keys.words).filter(|_| keys.id.is_none());
        let label = || {
            let short =
                keys.words.len() <= 4 && keys.words.starts_with(|c: char| c.is_ascii_digit());
            self.keys.get(&format!("#{}", keys.words)).filter(|_| short)
        };
        id.or_else(words).or_else(label).copied()
    }

    fn part(&self, keys: &Keys) -> Option<NodeId> {
        keys.id.is_none().then_some(())?;
        only(self.names.wholes(&keys.name))
    }

    /// Whether a name is that of a level: "Phase 2a", or just "2a".
    fn is_group(&self, name: &str) -> bool {
        self.groups.contains(&normalize(name))
    }
}
