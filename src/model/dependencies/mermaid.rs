//! Mermaid flowcharts: `A[Name] --> B & C`, `A -- text --> B`, `subgraph`.

use std::collections::HashMap;

use super::context::{self, About};
use super::{Dependencies, Drawing, End, Group, Need, Node, Notation, Said, Sense};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{Code, DocumentFacts};

pub(super) fn read(facts: &DocumentFacts, code: &Code, about: &About, found: &mut Dependencies) {
    let body = facts.text_of(code.body);
    if !is_flowchart(body) || !about.orders(facts, code.section) {
        return;
    }
    let mut chart = Chart {
        drawing: Drawing::new(Notation::Mermaid, code.span),
        ids: HashMap::new(),
        groups: Vec::new(),
        unread: Vec::new(),
    };
    let mut at = code.body.start as usize;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.split("%%").next().unwrap_or("");
        let mut from = start;
        // A semicolon ends a statement, but not inside of a label.
        for statement in statements(text) {
            let bare = statement.trim();
            let lead = statement.len() - statement.trim_start().len();
            if !bare.is_empty() {
                chart.statement(bare, from + lead);
            }
            from += statement.len() + 1;
        }
    }
    // Of a chart that is read in part nobody knows whether a thing needs more.
    if chart.unread.is_empty() {
        for node in &mut chart.drawing.nodes {
            node.said = Said::All;
        }
    }
    found.unread.append(&mut chart.unread);
    found.drawings.push(chart.drawing);
}

/// How many links one arrow between two lists may stand for. More is a drawing that nobody reads,
/// and grows faster than its text.
const LINKS: usize = 4096;

fn is_flowchart(body: &str) -> bool {
    let mut lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut first = lines.find(|line| !line.starts_with("%%"));
    if first == Some("---") {
        let _ = lines.find(|line| *line == "---");
        first = lines.find(|line| !line.starts_with("%%"));
    }
    let word = first.and_then(|line| line.split([' ', ';']).next());
    matches!(word, Some("graph" | "flowchart" | "flowchart-elk"))
}

fn statements(line: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0usize, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth = depth.saturating_sub(1),
            ';' if !quoted && depth == 0 => {
                found.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&line[start..]);
    found
}

struct Chart {
    drawing: Drawing,
    ids: HashMap<String, usize>,
    /// The subgraphs that are open, with their places among the groups.
    groups: Vec<Option<usize>>,
    unread: Vec<Span>,
}

/// What a link between nodes says of its ends.
enum Link {
    /// The second needs the first, by custom.
    Forward,
    Backward,
    /// The words on it say that the first needs the second.
    Needs,
    /// No direction, or both, or not drawn.
    Loose,
}

impl Chart {
    fn statement(&mut self, text: &str, start: usize) {
        let word = text.split([' ', '\t', ':']).next().unwrap_or("");
        match word {
            "graph" | "flowchart" | "flowchart-elk" | "classDef" | "class" | "style"
            | "linkStyle" | "click" | "direction" | "accTitle" | "accDescr" | "---" | "title"
            | "config" => {}
            "subgraph" => self.subgraph(text["subgraph".len()..].trim(), start),
            "end" => {
                self.groups.pop();
            }
            _ => {
                let span = Span::new(start, start + text.len());
                if self.chain(text, start).is_none() {
                    self.unread.push(span);
                }
            }
        }
    }

    fn subgraph(&mut self, text: &str, start: usize) {
        let title = match text.find(['[', '"']) {
            Some(at) => text[at..].trim_matches(|c| "[]\"() ".contains(c)),
            None => text,
        };
        let name = label(title);
        let plain = normalize(super::levels::before_colon(&name));
        let span = Span::new(start, start + "subgraph ".len() + text.len());
        let group = match context::level(&plain) {
            Some((kind, _)) => super::levels::group(&name, span, kind, None),
            None => {
                let iteration = context::iteration(&name);
                let kind = if iteration.is_some() { "phase" } else { "group" };
                super::levels::group(&name, span, kind, iteration)
            }
        };
        // Arrows say what comes first: a frame is a level only where it says so.
        self.drawing.groups.push(Group { after: Vec::new(), ..group });
        self.groups.push(Some(self.drawing.groups.len() - 1));
    }

    /// `A & B --> C -- text --> D`.
    fn chain(&mut self, text: &str, start: usize) -> Option<()> {
        let mut at = 0;
        let mut left = self.several(text, &mut at, start)?;
        loop {
            at += text[at..].len() - text[at..].trim_start().len();
            if at >= text.len() {
                return Some(());
            }
            let from = at;
            let link = link(text, &mut at)?;
            at += text[at..].len() - text[at..].trim_start().len();
            let right = self.several(text, &mut at, start)?;
            let span = Span::new(start + from, start + at);
            if left.len().saturating_mul(right.len()) > LINKS {
                return None;
            }
            for &one in &left {
                for &other in &right {
                    self.need(&link, one, other, span);
                }
            }
            left = right;
        }
    }

    fn need(&mut self, link: &Link, one: usize, other: usize, span: Span) {
        let (from, to, sense) = match link {
            Link::Forward => (other, one, Sense::Arrow),
            Link::Backward => (one, other, Sense::Arrow),
            Link::Needs => (one, other, Sense::Said),
            Link::Loose => return,
        };
        let (from, to) = (End::Node(from), End::Node(to));
        let known = self.drawing.needs.iter().rev().take(64);
        let mut known = known.filter(|need| need.from == from && need.to == to);
        if known.next().is_none() {
            self.drawing.needs.push(Need { from, to, span, sense });
        }
    }

    fn several(&mut self, text: &str, at: &mut usize, start: usize) -> Option<Vec<usize>> {
        let mut found = vec![self.node(text, at, start)?];
        loop {
            let rest = text[*at..].trim_start();
            let Some(after) = rest.strip_prefix('&') else { return Some(found) };
            *at = text.len() - after.trim_start().len();
            found.push(self.node(text, at, start)?);
        }
    }

    fn node(&mut self, text: &str, at: &mut usize, start: usize) -> Option<usize> {
        let rest = &text[*at..];
        let length = id_length(rest);
        let id = rest.get(..length).filter(|id| !id.is_empty())?;
        let from = *at;
        *at += length;
        let shape = shape(&text[*at..]);
        if let Some((_, taken)) = shape {
            *at += taken;
        }
        if let Some(class) = text[*at..].strip_prefix(":::") {
            let end =
                class.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(class.len());
            *at += 3 + end;
        }
        let span = Span::new(start + from, start + *at);
        let name = shape.map(|(name, _)| label(name)).filter(|name| !name.is_empty());
        let known = self.ids.get(id).copied();
        let place = known.unwrap_or_else(|| {
            let node = Node::new(id, span);
            self.drawing.nodes.push(node);
            self.ids.insert(id.to_owned(), self.drawing.nodes.len() - 1);
            self.drawing.nodes.len() - 1
        });
        let node = &mut self.drawing.nodes[place];
        if let Some(name) = name.filter(|_| node.alias.is_none()) {
            node.alias = Some(std::mem::replace(&mut node.name, name));
            node.span = span;
        }
        if node.group.is_none() {
            node.group = self.groups.iter().rev().find_map(|group| *group);
        }
        Some(place)
    }
}

/// The length of the id that a text begins with.
fn id_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let inner = c.is_alphanumeric()
            || matches!(c, '_' | '/' | '@' | '.' | '\'')
            || (c == '-' && !matches!(next, Some('-' | '.' | '>') | None));
        if !inner {
            return at;
        }
    }
    text.len()
}

/// The text in a node's shape, and how long the shape is.
fn shape(text: &str) -> Option<(&str, usize)> {
    const SHAPES: &[(&str, &[&str])] = &[
        ("(((", &[")))"]),
        ("([", &["])"]),
        ("[[", &["]]"]),
        ("[(", &[")]"]),
        ("((", &["))"]),
        ("{{", &["}}"]),
        ("[/", &["/]", "\\]"]),
        ("[\\", &["\\]", "/]"]),
        ("[", &["]"]),
        ("(", &[")"]),
        ("{", &["}"]),
        (">", &["]"]),
    ];
    let (open, closes) = SHAPES.iter().find(|(open, _)| text.starts_with(open))?;
    let inner = &text[open.len()..];
    // A quoted label may hold brackets.
    let quoted = inner.trim_start().strip_prefix('"').and_then(|rest| {
        let end = rest.find('"')?;
        Some(inner.len() - rest.len() + end + 1)
    });
    let from = quoted.unwrap_or(0);
    let ends = closes.iter().filter_map(|close| Some((inner[from..].find(close)? + from, close)));
    let (end, close) = ends.min()?;
    Some((&inner[..end], open.len() + end + close.len()))
}

/// A label as people read it: without quotes, breaks, icons and emphasis.
fn label(text: &str) -> String {
    let text = text.trim().trim_matches('"').trim_matches('`');
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let Some(end) = rest[at..].find('>') else { break };
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    let words: Vec<&str> = out
        .split_whitespace()
        .filter(|word| !(word.starts_with("fa:") || word.starts_with("fab:")))
        .collect();
    let joined = words.join(" ").replace("\\n", " ").replace("**", "");
    joined.trim_start_matches(|c: char| !c.is_alphanumeric() && !"([\"@#".contains(c)).to_owned()
}

/// Reads a link at a place: `-->`, `-- text -->`, `-.->`, `==>|text|`, `<--`, `~~~`.
fn link(text: &str, at: &mut usize) -> Option<Link> {
    let line = |c: char| matches!(c, '-' | '=' | '.' | '~');
    let mut rest = &text[*at..];
    let back = rest.starts_with('<');
    if rest.starts_with(['<', 'o', 'x']) && rest[1..].starts_with(['-', '=']) {
        rest = &rest[1..];
    }
    let run = rest.len() - rest.trim_start_matches(line).len();
    if run < 2 {
        return None;
    }
    let (drawn, after) = rest.split_at(run);
    let mut head = is_head(after);
    let mut words = "";
    let mut tail = &after[usize::from(head)..];
    if !head && run == 2 {
        // The words stand inside of the link.
        let close = match drawn {
            "==" => "==",
            "-." => ".-",
            _ => "--",
        };
        let end = after.find(close)?;
        words = after[..end].trim();
        let rest = after[end..].trim_start_matches(line);
        head = is_head(rest);
        tail = &rest[usize::from(head)..];
    }
    let inner = tail.trim_start();
    if let Some(label) = inner.strip_prefix('|') {
        let end = label.find('|')?;
        words = label[..end].trim();
        tail = &label[end + 1..];
    }
    *at = text.len() - tail.len();
    let words = normalize(words.trim_matches('"'));
    let needs = ["depends on", "requires", "needs", "uses", "waits for", "blocked by", "depends"];
    let says_needs = needs.iter().any(|word| {
        words.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    Some(match (back, head) {
        _ if drawn.starts_with('~') => Link::Loose,
        (true, true) | (false, false) => Link::Loose,
        (true, false) => Link::Backward,
        (false, true) if says_needs => Link::Needs,
        (false, true) => Link::Forward,
    })
}

fn is_head(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('>') => true,
        Some('o' | 'x') => chars.next().is_none_or(|c| c == ' ' || c == '|'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::workflow::Kind;

    #[test]
    fn an_arrow_between_long_lists_is_not_multiplied() {
        let list = |name: &str, of: usize| {
            (0..of).map(|at| format!("{name}{at}")).collect::<Vec<_>>().join(" & ")
        };
        let chart = |of| {
            let (one, other) = (list("a", of), list("b", of));
            let text =
                format!("# Dependencies\n\n```mermaid\ngraph TD\n  {one} --> {other}\n```\n");
            let found = read(&crate::facts::extract(text.as_bytes()), Kind::Dependencies);
            (found.drawings[0].needs.len(), found.unread.len())
        };
        assert_eq!(chart(8), (64, 0));
        assert_eq!(chart(1000), (0, 1));
    }
}
