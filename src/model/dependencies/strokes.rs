//! Boxes and arrows drawn with characters: which things a stroke connects.

use std::collections::BTreeSet;

use super::cells::{Cell, DOWN, LEFT, RIGHT, UP, cell, opposite, points_to, step};
use super::{Drawing, End, Need, Node, Sense};
use crate::base::Span;
use crate::facts::DocumentFacts;

/// A drawing as rows of cells.
pub(super) struct Canvas {
    chars: Vec<Vec<(char, usize)>>,
    cells: Vec<Vec<Cell>>,
    /// The thing that a cell belongs to.
    owner: Vec<Vec<Option<usize>>>,
    things: Vec<Thing>,
}

struct Thing {
    name: String,
    span: Span,
}

impl Canvas {
    pub(super) fn of(facts: &DocumentFacts, body: Span) -> Self {
        let mut at = body.start as usize;
        let mut chars = Vec::new();
        for line in facts.text_of(body).split_inclusive('\n') {
            let row = line.trim_end().char_indices().map(|(offset, c)| (c, at + offset));
            chars.push(row.collect::<Vec<_>>());
            at += line.len();
        }
        let cells: Vec<Vec<Cell>> = (0..chars.len())
            .map(|row| (0..chars[row].len()).map(|column| cell(&chars, row, column)).collect())
            .collect();
        let owner = chars.iter().map(|row| vec![None; row.len()]).collect();
        let mut canvas = Self { chars, cells, owner, things: Vec::new() };
        canvas.find_boxes();
        // Beside boxes other text tells about them.
        if canvas.things.len() < 2 {
            canvas.find_texts(facts);
        }
        canvas
    }

    fn at(&self, row: usize, column: usize) -> Cell {
        self.cells.get(row).and_then(|row| row.get(column)).copied().unwrap_or(Cell::Blank)
    }

    fn char(&self, row: usize, column: usize) -> char {
        self.chars.get(row).and_then(|row| row.get(column)).map_or(' ', |(c, _)| *c)
    }

    fn find_boxes(&mut self) {
        for top in 0..self.chars.len() {
            for left in 0..self.chars[top].len() {
                if matches!(self.char(top, left), '┌' | '╭' | '┏' | '╔' | '+')
                    && let Some((bottom, right)) = self.frame(top, left)
                {
                    self.take_box((top, left), (bottom, right));
                }
            }
        }
    }

    /// The far corner of the box whose first corner this is. The work is bounded, so that a long
    /// drawing costs no more than its size.
    fn frame(&self, top: usize, left: usize) -> Option<(usize, usize)> {
        const LARGEST: usize = 200;
        let horizontal = |c: char| {
            matches!(c, '─' | '━' | '═' | '-' | '┬' | '┴' | '┼' | '+' | '▼' | '╤' | '╧' | '▲')
        };
        let right = (left + 1..(left + LARGEST).min(self.chars[top].len())).find(|&column| {
            matches!(self.char(top, column), '┐' | '╮' | '┓' | '╗')
                || (self.char(top, left) == '+'
                    && self.char(top, column) == '+'
                    && matches!(self.char(top + 1, column), '|' | '│' | '+'))
                || !horizontal(self.char(top, column))
        })?;
        if horizontal(self.char(top, right)) && self.char(top, right) != '+' || right < left + 2 {
            return None;
        }
        matches!(self.char(top, right), '┐' | '╮' | '┓' | '╗' | '+').then_some(())?;
        let side = |c: char| {
            matches!(
                c,
                '│' | '┃'
                    | '║'
                    | '|'
                    | '├'
                    | '┤'
                    | '┼'
                    | '►'
                    | '◄'
                    | '╟'
                    | '╢'
                    | '▶'
                    | '◀'
            )
        };
        let bottom = (top + 1..(top + LARGEST).min(self.chars.len()))
            .find(|&row| !side(self.char(row, left)))?;
        let corner = matches!(self.char(bottom, left), '└' | '╰' | '┗' | '╚' | '+');
        let sides = (top + 1..bottom).all(|row| side(self.char(row, right)));
        (corner && sides && bottom > top + 1).then_some((bottom, right))
    }

    fn take_box(&mut self, (top, left): (usize, usize), (bottom, right): (usize, usize)) {
        let corners = |c: char| matches!(c, '┌' | '╭' | '┏' | '╔');
        let frames = (top + 1..bottom)
            .any(|row| (left + 1..right).any(|column| corners(self.char(row, column))));
        let mut words: Vec<String> = Vec::new();
        let mut span: Option<Span> = None;
        for row in top + 1..bottom {
            let inner =
                self.chars[row].get(left + 1..right.min(self.chars[row].len())).unwrap_or(&[]);
            let text: String = inner.iter().map(|(c, _)| *c).collect();
            let first = inner.iter().find(|(c, _)| !c.is_whitespace());
            let last = inner.iter().rfind(|(c, _)| !c.is_whitespace());
            if let (Some(first), Some(last)) = (first, last) {
                let place = Span::new(first.1, last.1 + last.0.len_utf8());
                span = Some(span.map_or(place, |span| span));
                words.push(text.trim().to_owned());
            }
        }
        let thing = (!frames).then_some(()).and(span).map(|span| {
            // The first line is the name; what follows tells about it, unless it goes on.
            let mut name = words[0].clone();
            let short = |line: &String| {
                line.starts_with(|c: char| c.is_alphabetic())
                    && !line.contains(':')
                    && line.len() < 24
            };
            if words.len() == 2 && words.iter().all(short) && super::id(&name).is_none() {
                name = words.join(" ");
            }
            self.things.push(Thing { name, span });
            self.things.len() - 1
        });
        for row in top..=bottom {
            for column in left..=right {
                let edge = row == top || row == bottom || column == left || column == right;
                let Some(cell) = self.cells.get_mut(row).and_then(|row| row.get_mut(column)) else {
                    continue;
                };
                if frames && !edge {
                    continue;
                }
                *cell = if edge { Cell::Border } else { Cell::Blank };
                self.owner[row][column] = thing;
            }
        }
    }

    /// Runs of text outside of boxes, parted by two blanks or by strokes.
    fn find_texts(&mut self, facts: &DocumentFacts) {
        for row in 0..self.chars.len() {
            let mut column = 0;
            while column < self.chars[row].len() {
                if self.at(row, column) != Cell::Text || self.owner[row][column].is_some() {
                    column += 1;
                    continue;
                }
                let start = column;
                let mut end = column;
                while column < self.chars[row].len() {
                    match self.at(row, column) {
                        Cell::Text => end = column,
                        Cell::Blank if column < end + 2 => {}
                        _ => break,
                    }
                    column += 1;
                }
                let last = self.chars[row][end];
                let span = Span::new(self.chars[row][start].1, last.1 + last.0.len_utf8());
                let name = super::levels::written(facts.text_of(span));
                let readable = name.chars().any(char::is_alphanumeric)
                    && !(name.starts_with('(') && name.ends_with(')'));
                if readable {
                    self.things.push(Thing { name, span });
                    let place = Some(self.things.len() - 1);
                    for owner in &mut self.owner[row][start..=end] {
                        *owner = place;
                    }
                }
            }
        }
    }

    /// Adds what the strokes connect. False where an arrow leads from or to nothing.
    pub(super) fn connect(&self, drawing: &mut Drawing) -> bool {
        let mut seen: Vec<Vec<bool>> =
            self.chars.iter().map(|row| vec![false; row.len()]).collect();
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut complete = true;
        for row in 0..self.chars.len() {
            for column in 0..self.chars[row].len() {
                let drawn = matches!(self.at(row, column), Cell::Stroke(_) | Cell::Head(_));
                if drawn && !seen[row][column] {
                    let (sources, targets, heads) = self.follow(row, column, &mut seen);
                    complete &= heads == 0 || (!sources.is_empty() && !targets.is_empty());
                    // Many ends on both sides are a bus, and no statement of pairs.
                    if sources.len() * targets.len() <= 64 {
                        for &target in &targets {
                            let other = sources.iter().filter(|source| **source != target);
                            pairs.extend(other.map(|&source| (target, source)));
                        }
                    }
                }
            }
        }
        let base = drawing.nodes.len();
        let mut places = vec![None; self.things.len()];
        for (at, thing) in self.things.iter().enumerate() {
            let connected = pairs.iter().any(|(from, to)| *from == at || *to == at);
            if connected {
                places[at] = Some(base + drawing.nodes.len() - base);
                let name = name_of(&thing.name);
                drawing.nodes.push(Node::new(name, thing.span));
            }
        }
        for (from, to) in pairs {
            if let (Some(from), Some(target)) = (places[from], places[to]) {
                let span = drawing.nodes[from].span;
                let (from, to) = (End::Node(from), End::Node(target));
                drawing.needs.push(Need { from, to, span, sense: Sense::Arrow });
            }
        }
        complete
    }

    /// Everything that one connected stroke leads from and to, and how many points it has.
    fn follow(
        &self,
        row: usize,
        column: usize,
        seen: &mut [Vec<bool>],
    ) -> (BTreeSet<usize>, BTreeSet<usize>, usize) {
        let (mut sources, mut targets, mut heads) = (BTreeSet::new(), BTreeSet::new(), 0);
        let mut open = vec![(row, column)];
        seen[row][column] = true;
        while let Some((row, column)) = open.pop() {
            let sides = match self.at(row, column) {
                Cell::Head(side) => {
                    heads += 1;
                    targets.extend(self.thing_beyond(row, column, side));
                    opposite(side)
                }
                Cell::Stroke(sides) => sides,
                _ => continue,
            };
            for side in [LEFT, RIGHT, UP, DOWN] {
                if sides & side == 0 {
                    continue;
                }
                let next = step(row, column, side);
                let joined = next.is_some_and(|(row, column)| match self.at(row, column) {
                    Cell::Stroke(sides) => sides & opposite(side) != 0,
                    Cell::Head(points) => points == side,
                    _ => false,
                });
                match next {
                    Some((row, column)) if joined => {
                        if !seen[row][column] {
                            seen[row][column] = true;
                            open.push((row, column));
                        }
                    }
                    // The point of an arrow may be drawn into the border of a box.
                    Some((row, column)) if points_to(self.char(row, column), side) => {
                        heads += 1;
                        targets.extend(self.owner[row].get(column).copied().flatten());
                    }
                    _ => sources.extend(self.thing_beyond(row, column, side)),
                }
            }
        }
        (sources, targets, heads)
    }

    /// The thing that stands beside a cell, up to two blanks away, or in the row above or below.
    fn thing_beyond(&self, row: usize, column: usize, side: u8) -> Option<usize> {
        let (mut row, mut column) = (row, column);
        for _ in 0..3 {
            (row, column) = step(row, column, side)?;
            let cells = self.owner.get(row)?;
            if let Some(thing) = cells.get(column).copied().flatten() {
                return Some(thing);
            }
            if matches!(self.at(row, column), Cell::Stroke(_) | Cell::Head(_)) {
                return None;
            }
            if side == UP || side == DOWN {
                let near = cells.get(column.saturating_sub(1)..(column + 2).min(cells.len()));
                if let Some(thing) = near.and_then(|near| near.iter().flatten().next()) {
                    return Some(*thing);
                }
                let mut all: Vec<usize> = cells.iter().flatten().copied().collect();
                all.dedup();
                let strokes = (0..cells.len())
                    .any(|column| matches!(self.at(row, column), Cell::Stroke(_) | Cell::Head(_)));
                match all[..] {
                    [only] if !strokes => return Some(only),
                    [] if !strokes => {}
                    _ => return None,
                }
            }
        }
        None
    }
}

/// A name as a drawing gives it, without remarks behind it.
fn name_of(text: &str) -> String {
    // "Critical path: A" names the path and then its first thing.
    let text = text
        .split_once(": ")
        .filter(|(head, rest)| {
            super::id(head).is_none() && (super::id(rest).is_some() || head.ends_with("ath"))
        })
        .map_or(text, |(_, rest)| rest);
    super::names::cut(text).map_or_else(|| text.to_owned(), str::to_owned)
}
