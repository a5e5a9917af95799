//! Drawings in fences of plain text: levels with their members, trees, boxes and arrows.

use super::context::{self, About};
use super::strokes::Canvas;
use super::{Dependencies, Drawing, End, Need, Node, Notation, Sense};
use super::{levels, remarks};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{Code, DocumentFacts};
use crate::model::architecture::Title;

pub(super) fn read(facts: &DocumentFacts, code: &Code, about: &About, found: &mut Dependencies) {
    let orders = about.orders(facts, code.section);
    if !orders && !context::is_schedule(facts, code.section) {
        return;
    }
    let body = facts.text_of(code.body);
    let lines = lines(facts, code.body);
    let leveled = leveled(facts, code, &lines, orders);
    if !leveled.nodes.is_empty() {
        found.drawings.push(leveled);
    } else if orders && body.contains(['→', '↓', '►', '▶', '▼', '>', '◄', '◀', '▲', '↑', 'v'])
    {
        let mut drawing = Drawing::new(Notation::Drawing, code.span);
        let complete = Canvas::of(facts, code.body).connect(&mut drawing);
        comments(facts, &lines, &mut drawing);
        if drawing.needs.is_empty() {
            tree(facts, code, &lines, found);
            return;
        }
        // Where most of the text stands beside the arrows, they are told about and not drawn.
        if drawing.nodes.len() * 2 < lines.len() {
            return;
        }
        if !complete {
            found.unread.push(code.span);
        }
        found.drawings.push(drawing);
    } else if orders {
        tree(facts, code, &lines, found);
    }
}

/// A line of the drawing from its first word on.
struct Line {
    /// Columns before the first word.
    depth: usize,
    span: Span,
    /// A sign of a list or a tree stands before it.
    marked: bool,
}

fn lines(facts: &DocumentFacts, body: Span) -> Vec<Line> {
    let mut at = body.start as usize;
    let mut found = Vec::new();
    for line in facts.text_of(body).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let lead = |c: char| !c.is_alphanumeric() && !matches!(c, '[' | '(' | '@' | '#');
        let bare = line.trim_start_matches(lead);
        let before = &line[..line.len() - bare.len()];
        let text =
            bare.trim_end_matches(|c: char| c.is_whitespace() || "─│┤┐┘┴┬┼◄►▼▲├└".contains(c));
        if text.is_empty() {
            continue;
        }
        let from = start + before.len();
        found.push(Line {
            depth: before.chars().count(),
            span: Span::new(from, from + text.len()),
            marked: before.contains(['-', '*', '•', '─', '└', '├']),
        });
    }
    found
}

/// A list of levels, or of iterations, drawn as text.
fn leveled(facts: &DocumentFacts, code: &Code, lines: &[Line], orders: bool) -> Drawing {
    let mut drawing = Drawing::new(Notation::Drawing, code.span);
    let mut iteration = context::planned(facts, code.section);
    let mut group: Option<usize> = None;
    // Below a member stands what belongs to it.
    let mut depth: Option<usize> = None;
    for line in lines {
        let text = facts.text_of(line.span);
        if let Some(named) = context::iteration(text) {
            iteration = Some(named);
            (group, depth) = (None, None);
            continue;
        }
        let label = normalize(levels::before_colon(text));
        if let Some((kind, _)) = context::level(&label).filter(|_| !line.marked || group.is_none())
        {
            drawing.groups.push(levels::group(text, line.span, kind, iteration.clone()));
            group = Some(drawing.groups.len() - 1);
            depth = None;
            continue;
        }
        let member = line.marked || Title::read(text).marked;
        if !member || context::is_level(&label) || (iteration.is_none() && group.is_none()) {
            continue;
        }
        if depth.is_some_and(|depth| line.depth > depth) {
            if let Some(last) = drawing.nodes.len().checked_sub(1) {
                let remark = remarks::read(text, line.span);
                levels::say(&mut drawing, End::Node(last), &remark);
            }
            continue;
        }
        depth = Some(line.depth);
        if orders || iteration.is_some() {
            members(facts, line.span, &iteration, group, &mut drawing);
        }
    }
    drawing
}

/// The members on a line: one with its remark, or a chain of them with arrows between.
fn members(
    facts: &DocumentFacts,
    line: Span,
    iteration: &Option<String>,
    group: Option<usize>,
    drawing: &mut Drawing,
) {
    let text = facts.text_of(line);
    let mut parts: Vec<Span> = Vec::new();
    let mut start = 0;
    for (at, arrow) in text.match_indices(['→', '►']) {
        parts.push(Span::new(line.start as usize + start, line.start as usize + at));
        start = at + arrow.len();
    }
    parts.push(Span::new(line.start as usize + start, line.end as usize));
    let handoff = |span: &Span| {
        let part = facts.text_of(*span).trim();
        part.is_empty() || (part.starts_with('[') && part.ends_with(']'))
    };
    parts.retain(|part| !handoff(part));
    let mut before: Option<usize> = None;
    for part in &parts {
        for (name, span, rest) in levels::several(facts, *part) {
            let remark = remarks::read(facts.text_of(rest), rest);
            let mut node = Node::new(name, span);
            node.group = group;
            node.iteration.clone_from(iteration);
            node.said = levels::said(&remark);
            let place = drawing.nodes.len();
            drawing.nodes.push(node);
            levels::say(drawing, End::Node(place), &remark);
            if let Some(before) = before.filter(|_| parts.len() > 1) {
                let (from, to) = (End::Node(place), End::Node(before));
                drawing.needs.push(Need { from, to, span, sense: Sense::Arrow });
            }
            before = Some(place);
        }
    }
}

/// What stands behind a lone arrow to the left is said about the line: `B ← depends on A`.
fn comments(facts: &DocumentFacts, lines: &[Line], drawing: &mut Drawing) {
    for line in lines {
        let text = facts.text_of(line.span);
        let Some(at) = text.find(['←', '#']) else { continue };
        let mark = text[at..].chars().next().map_or(1, char::len_utf8);
        let rest = Span::new(line.span.start as usize + at + mark, line.span.end as usize);
        let remark = remarks::read(facts.text_of(rest), rest);
        let name = levels::written(text[..at].trim());
        if !remark.is_empty() && !name.is_empty() {
            let known = drawing.nodes.iter().position(|node| node.name == name);
            let from = known.map_or(End::Named(name), End::Node);
            levels::say(drawing, from, &remark);
        }
    }
}

/// A tree. Which way its branches lead only words tell: "depends on: X" below a thing, or a line
/// before the drawing.
fn tree(facts: &DocumentFacts, code: &Code, lines: &[Line], found: &mut Dependencies) {
    let branches = facts.text_of(code.body).contains(['└', '├']);
    let mut drawing = Drawing::new(Notation::Drawing, code.span);
    let below = if branches { direction(facts, code) } else { None };
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut undecided = false;
    for line in lines {
        open.retain(|(depth, _)| *depth < line.depth);
        let text = facts.text_of(line.span);
        let said = remarks::read(text, line.span);
        let holder = open.last().map(|(_, node)| *node);
        if let (Some(holder), false) = (holder, said.is_empty())
            && starts_with_remark(text)
        {
            drawing.nodes[holder].said = levels::said(&said);
            levels::say(&mut drawing, End::Node(holder), &said);
            continue;
        }
        let Some((name, span, rest)) = levels::several(facts, line.span).into_iter().next() else {
            continue;
        };
        let remark = remarks::read(facts.text_of(rest), rest);
        let place = drawing.nodes.len();
        let mut node = Node::new(name, span);
        node.said = levels::said(&remark);
        drawing.nodes.push(node);
        levels::say(&mut drawing, End::Node(place), &remark);
        open.push((line.depth, place));
        let Some(holder) = holder.filter(|_| branches) else { continue };
        let (from, to) = match below {
            Some(Below::Needed) => (holder, place),
            Some(Below::Needing) => (place, holder),
            None => {
                undecided |= remark.is_empty();
                continue;
            }
        };
        let (from, to) = (End::Node(from), End::Node(to));
        drawing.needs.push(Need { from, to, span: line.span, sense: Sense::Said });
    }
    if drawing.needs.is_empty() {
        if branches && undecided && drawing.nodes.len() > 1 {
            found.unread.push(code.span);
        }
        return;
    }
    found.drawings.push(drawing);
}

fn starts_with_remark(text: &str) -> bool {
    let lower = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    [
        "depends on",
        "depends:",
        "requires",
        "needs",
        "blocked by",
        "dependencies:",
        "blocks",
        "deps:",
        "after:",
    ]
    .iter()
    .any(|word| lower.starts_with(word))
}

/// What stands below a thing in a tree.
enum Below {
    /// What it needs.
    Needed,
    /// What needs it.
    Needing,
}

/// What the words right before a drawing, or its heading, say of its branches.
fn direction(facts: &DocumentFacts, code: &Code) -> Option<Below> {
    let section = facts.section(code.section);
    let before = Span { start: section.body.start, end: code.span.start };
    let text = facts.text_of(before);
    let last = text.trim_end().rsplit("\n\n").next().unwrap_or("").to_lowercase();
    let title = facts.text_of(section.title).to_lowercase();
    let says =
        |phrases: &[&str]| phrases.iter().any(|one| last.contains(one) || title.contains(one));
    if says(&[
        "children depend on",
        "child depends on",
        "depends on its parent",
        "depend on their parent",
        "depends on the one above",
        "depend on what stands above",
        "built on top",
        "unlocks",
        "unblocks",
        "blocks what",
        "depend on the one above",
        "parents first",
        "parent first",
        "after its parent",
        "above it first",
        "enables",
    ]) {
        return Some(Below::Needing);
    }
    let needed = says(&[
        "depends on its children",
        "depends on the ones below",
        "depends on what is below",
        "children are dependencies",
        "children are its dependencies",
        "needs what stands below",
        "needs the ones below",
        "depends on those below",
        "dependencies are nested",
        "depends on what stands below",
        "below what needs them",
        "children first",
    ]);
    needed.then_some(Below::Needed)
}
