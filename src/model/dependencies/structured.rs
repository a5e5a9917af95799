//! Dependencies as data: YAML and JSON in fences, and front matter.

use std::collections::{HashMap, HashSet};

use super::context::{About, level};
use super::levels;
use super::names;
use super::yaml::{self, Yaml};
use super::{Dependencies, Drawing, End, Group, Need, Node, Notation, Said, Sense};
use crate::base::Span;
use crate::base::words::{listed, normalize};
use crate::facts::{Code, DocumentFacts};
use crate::workflow::Kind;
use serde_saphyr::Spanned;

/// Reads a fence of YAML or JSON where the document speaks of dependencies.
pub(super) fn fenced(facts: &DocumentFacts, code: &Code, about: &About, found: &mut Dependencies) {
    if about.orders(facts, code.section) {
        data(facts, code, found);
    }
}

/// Reads YAML or JSON that is about dependencies for sure.
pub(super) fn data(facts: &DocumentFacts, code: &Code, found: &mut Dependencies) {
    let text = facts.text_of(code.body);
    let Some(tree) = yaml::parse(text) else {
        found.unread.push(code.span);
        return;
    };
    let base = code.body.start as usize;
    let drawing = Drawing::new(Notation::Yaml, code.span);
    let mut data = Data { text, base, drawing, known: HashMap::new() };
    let plain = data.is_plain_graph(&tree);
    data.value(&tree, None, plain);
    found.drawings.push(data.drawing);
}

/// Reads what the front matter says that its document depends on; in a document about nothing but
/// dependencies, what it says of all features.
pub(super) fn front_matter(facts: &DocumentFacts, kind: Kind, found: &mut Dependencies) {
    let Some(span) = facts.front_matter else { return };
    let planning = kind == Kind::Dependencies;
    let lists = |name: &str| planning && matches!(name, "features" | "components" | "graph");
    let asks =
        |name: &str| is_needs(name) || is_blocks(name) || name == "dependencies" || lists(name);
    if !facts.fields.iter().take_while(|one| span.covers(one.label)).any(|one| asks(&one.name)) {
        return;
    }
    let whole = facts.text_of(span);
    let Some(first) = whole.find('\n') else { return };
    let end = whole.rfind('\n').unwrap_or(whole.len());
    let Some(text) = whole.get(first + 1..end.max(first + 1)) else { return };
    if !whole.starts_with("---") {
        return;
    }
    let base = span.start as usize + first + 1;
    let Some(Yaml::Map(entries)) = yaml::parse(text) else {
        found.unread.push(span);
        return;
    };
    let drawing = Drawing::new(Notation::FrontMatter, span);
    let mut data = Data { text, base, drawing, known: HashMap::new() };
    let maps = |(key, value): &(_, Spanned<Yaml>)| {
        let name = data.name(key);
        lists(&name) || name == "dependencies" && matches!(value.value, Yaml::Map(_))
    };
    if planning && entries.iter().any(maps) {
        data.map(&entries, None, false);
        found.drawings.push(data.drawing);
        return;
    }
    let value = |key: &str| {
        let mut found = entries.iter().filter(|(name, _)| data.name(name) == key);
        found.next().map(|(_, value)| yaml::place(value, text, base))
    };
    let id =
        ["id", "task", "feature", "epic", "story", "key", "name"].iter().find_map(|key| value(key));
    let plan = value("phase").zip(value("plan"));
    let node = match (id, plan) {
        (Some(id), _) => Node::new(scalar(facts.text_of(id)), id),
        (None, Some((phase, plan))) => {
            let phase = scalar(facts.text_of(phase));
            let number: String =
                phase.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let phase = if number.is_empty() { phase } else { number };
            Node::new(format!("{phase}-{}", scalar(facts.text_of(plan))), plan)
        }
        (None, None) => match facts.title() {
            Some(title) => Node::new(facts.text_of(title.title), title.title),
            None => return,
        },
    };
    data.drawing.nodes.push(node);
    for (key, value) in &entries {
        let name = data.name(key);
        if is_needs(&name) || is_blocks(&name) || name == "dependencies" {
            data.needs(&value.value, yaml::place(value, text, base), 0, is_blocks(&name));
        }
    }
    found.drawings.push(data.drawing);
}

fn is_needs(name: &str) -> bool {
    listed!(
        "depends on|dependson|depends|requires|needs|prerequisites|prerequisite|blocked by|after|\
         predecessors|deps"
    )
    .has(name)
}

fn is_blocks(name: &str) -> bool {
    listed!("blocks|required by|unblocks").has(name)
}

fn scalar(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c)).to_owned()
}

struct Data<'t> {
    text: &'t str,
    base: usize,
    drawing: Drawing,
    /// The places of the nodes by their names.
    known: HashMap<String, usize>,
}

impl Data<'_> {
    fn text_at(&self, span: Span) -> &str {
        let at = |offset: u32| (offset as usize).saturating_sub(self.base);
        self.text.get(at(span.start)..at(span.end)).unwrap_or("")
    }

    fn name<T>(&self, part: &Spanned<T>) -> String {
        normalize(self.text_at(yaml::place(part, self.text, self.base)))
    }

    /// Whether a map has nothing but things and lists of what they need: some of what is listed are
    /// keys as well.
    fn is_plain_graph(&self, tree: &Yaml) -> bool {
        let Yaml::Map(entries) = tree else { return false };
        let keys: Vec<String> = entries.iter().map(|(key, _)| self.name(key)).collect();
        let keys: HashSet<&str> = keys.iter().map(String::as_str).collect();
        let mut known = false;
        for (_, value) in entries {
            let Yaml::List(list) = &value.value else { return false };
            for one in list {
                if !matches!(one.value, Yaml::Scalar) {
                    return false;
                }
                known = known || keys.contains(self.name(one).as_str());
            }
        }
        known
    }

    /// Looks for things and their needs. `holder` is what the value is about; `graph` says that the
    /// keys of a map are things and their values what they need.
    fn value(&mut self, value: &Yaml, holder: Option<usize>, graph: bool) {
        match value {
            Yaml::List(list) => {
                for one in list {
                    self.value(&one.value, holder, graph);
                }
            }
            Yaml::Map(entries) => self.map(entries, holder, graph),
            Yaml::Scalar => {}
        }
    }

    fn map(
        &mut self,
        entries: &[(Spanned<super::yaml::Text>, Spanned<Yaml>)],
        holder: Option<usize>,
        graph: bool,
    ) {
        let names: Vec<String> = entries.iter().map(|(key, _)| self.name(key)).collect();
        let at = |key: &[&str]| names.iter().position(|name| key.contains(&name.as_str()));
        let asked = names.iter().any(|name| is_needs(name) || is_blocks(name));
        let own = at(&[
            "id",
            "name",
            "task",
            "feature",
            "component",
            "title",
            "phase",
            "epic",
            "story",
            "wave",
            "level",
        ]);
        let members = at(&["tasks", "features", "components", "items", "members"]);
        if let (Some(own), Some(members)) = (own, members)
            && let Yaml::List(list) = &entries[members].1.value
            && list.iter().all(|one| matches!(one.value, Yaml::Scalar))
        {
            self.level(&names[own], &entries[own].1, list);
            return;
        }
        // A list of things with their ids: each says what it needs beside it.
        let holder = match own.filter(|_| asked || at(&["dependencies"]).is_some()) {
            Some(own) if matches!(entries[own].1.value, Yaml::Scalar) => {
                let span = yaml::place(&entries[own].1, self.text, self.base);
                let name = scalar(self.text_at(span));
                Some(self.node(name, span))
            }
            _ => holder,
        };
        for ((key, value), name) in entries.iter().zip(&names) {
            let place = yaml::place(value, self.text, self.base);
            let needs =
                is_needs(name) || (name == "dependencies" && !matches!(value.value, Yaml::Map(_)));
            if let Some(holder) = holder.filter(|_| needs || is_blocks(name)) {
                self.needs(&value.value, place, holder, is_blocks(name));
                continue;
            }
            let container = listed!(
                "tasks|dependencies|phases|features|components|graph|nodes|services|modules|items|\
                 waves|levels|stages|batches|epics|stories|milestones|iterations|dependency graph|\
                 task dependencies|edges"
            );
            if is_levels(name) && self.batches(value) {
                continue;
            }
            if container.has(name) || name.ends_with(" dependencies") {
                self.value(&value.value, None, !is_levels(name));
                continue;
            }
            let span = yaml::place(key, self.text, self.base);
            let written = scalar(self.text_at(span));
            match &value.value {
                Yaml::Map(_) => {
                    let inner = asks_below(self, &value.value);
                    let node = inner.then(|| self.node(written.clone(), span));
                    let from = self.drawing.nodes.len();
                    self.value(&value.value, node, false);
                    self.hold(from, &written, name, span);
                }
                Yaml::List(list) if graph => {
                    let plain = list.iter().all(|one| matches!(one.value, Yaml::Scalar));
                    if plain {
                        let node = self.node(written, span);
                        self.needs(&value.value, place, node, false);
                    } else {
                        self.value(&value.value, None, false);
                    }
                }
                Yaml::List(_) => self.value(&value.value, None, false),
                Yaml::Scalar if graph && own.is_none() => {
                    let node = self.node(written, span);
                    self.needs(&value.value, place, node, false);
                }
                Yaml::Scalar => {}
            }
        }
    }

    fn node(&mut self, name: String, span: Span) -> usize {
        let nodes = &mut self.drawing.nodes;
        *self.known.entry(name).or_insert_with_key(|name| {
            nodes.push(Node::new(name, span));
            nodes.len() - 1
        })
    }

    /// Puts what was listed since then into the phase whose key stands around it.
    fn hold(&mut self, from: usize, written: &str, name: &str, span: Span) {
        let Some((kind, _)) = level(name).filter(|_| self.drawing.nodes.len() > from) else {
            return;
        };
        self.drawing.groups.push(levels::group(written, span, kind, None));
        let group = Some(self.drawing.groups.len() - 1);
        for node in self.drawing.nodes[from..].iter_mut().filter(|node| node.group.is_none()) {
            node.group = group;
        }
    }

    /// `batches: [[accounts, catalog], [search]]`. Whether it is that.
    fn batches(&mut self, value: &Spanned<Yaml>) -> bool {
        let Yaml::List(lists) = &value.value else { return false };
        let plain = |one: &Spanned<Yaml>| {
            let Yaml::List(list) = &one.value else { return false };
            list.iter().all(|one| matches!(one.value, Yaml::Scalar))
        };
        if lists.is_empty() || !lists.iter().all(plain) {
            return false;
        }
        for (at, one) in lists.iter().enumerate() {
            if let Yaml::List(list) = &one.value {
                let span = yaml::place(one, self.text, self.base);
                self.group(format!("batch {}", at + 1), span, list);
            }
        }
        true
    }

    /// A wave with what belongs to it.
    fn level(&mut self, key: &str, name: &Spanned<Yaml>, list: &[Spanned<Yaml>]) {
        let span = yaml::place(name, self.text, self.base);
        let written = scalar(self.text_at(span));
        let numbered = written.bytes().all(|byte| byte.is_ascii_digit());
        let name = if numbered {
            format!("{} {written}", if key == "id" { "wave" } else { key })
        } else {
            written
        };
        self.group(name, span, list);
    }

    fn group(&mut self, name: String, span: Span, list: &[Spanned<Yaml>]) {
        self.drawing.groups.push(Group {
            name,
            span,
            iteration: None,
            parallel: true,
            ordered: true,
            after: Vec::new(),
        });
        let group = Some(self.drawing.groups.len() - 1);
        for one in list {
            let span = yaml::place(one, self.text, self.base);
            let node = self.node(scalar(self.text_at(span)), span);
            self.drawing.nodes[node].group = group;
        }
    }

    fn needs(&mut self, value: &Yaml, place: Span, holder: usize, blocks: bool) {
        let mut said = Said::None;
        match value {
            Yaml::List(list) => {
                for one in list {
                    let span = yaml::place(one, self.text, self.base);
                    self.needs_one(&one.value, span, holder, blocks, &mut said);
                }
            }
            Yaml::Map(entries) => {
                // "dependencies: {requires: […]}"
                for (key, value) in entries {
                    let name = self.name(key);
                    if is_needs(&name) || is_blocks(&name) {
                        let span = yaml::place(value, self.text, self.base);
                        self.needs(&value.value, span, holder, is_blocks(&name));
                    }
                }
                return;
            }
            Yaml::Scalar => self.needs_one(value, place, holder, blocks, &mut said),
        }
        if !blocks {
            self.drawing.nodes[holder].said = said;
        }
    }

    fn needs_one(
        &mut self,
        value: &Yaml,
        span: Span,
        holder: usize,
        blocks: bool,
        said: &mut Said,
    ) {
        let span = match value {
            Yaml::Map(entries) => {
                let keys = ["phase", "id", "name", "task", "plan", "feature", "component"];
                let own = entries.iter().find(|(key, _)| keys.contains(&self.name(key).as_str()));
                let Some((_, value)) = own else { return };
                yaml::place(value, self.text, self.base)
            }
            Yaml::Scalar => span,
            Yaml::List(_) => return,
        };
        let written = self.text_at(span);
        let bare = written.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        let listed = names::read(bare, span);
        *said = said.and(listed.said());
        let out = if blocks { &mut self.drawing.blocks } else { &mut self.drawing.needs };
        out.extend(listed.names().into_iter().map(|one| Need {
            from: End::Node(holder),
            to: End::Named(one.name),
            span,
            sense: Sense::Said,
        }));
    }
}

fn is_levels(name: &str) -> bool {
    matches!(name, "waves" | "levels" | "stages" | "batches")
}

/// Whether a map says somewhere directly what its holder needs.
fn asks_below(data: &Data<'_>, value: &Yaml) -> bool {
    let Yaml::Map(entries) = value else { return false };
    entries.iter().any(|(key, value)| {
        let name = data.name(key);
        is_needs(&name)
            || is_blocks(&name)
            || (name == "dependencies" && !matches!(value.value, Yaml::Map(_)))
    })
}
