//! Levels of work: what blocks the next level, what runs side by side, what goes from hand to hand
//! (S1.5).

use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, flat, has, listed, one_of, opens_with};

/// The levels of one document, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels(pub Vec<Level>);

/// One level.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub title: Span,
    /// The next level waits until all of it is done.
    pub blocking: bool,
    /// Everything in it can be done at the same time.
    pub parallel: bool,
    /// In the order of the document.
    pub steps: Vec<Step>,
}

/// Work of one person or role.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub who: Span,
    pub task: Span,
    /// The line that holds it.
    pub place: Span,
    /// What it needs, as written: `Riley's design`.
    pub needs: Vec<Span>,
    /// It is marked as done, or as open; nothing where nobody says.
    pub done: Option<bool>,
    /// It receives what the step before it hands over.
    pub handed: bool,
}

impl Recorded for Levels {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Levels(levels) => Some(levels),
            _ => None,
        }
    }
}

impl Level {
    pub(super) fn listed(&self) -> Vec<Listed> {
        let steps = self.steps.iter().map(|step| {
            let needs = step.needs.iter().map(|&need| ("needs", Some(need)));
            Listed::new(None, step.task, [("who", Some(step.who))].into_iter().chain(needs))
        });
        std::iter::once(Listed::new(None, self.title, [])).chain(steps).collect()
    }
}

const LEVEL: &List = listed!("level|levels|stage|wave|tier|step level");
const WHO: &List = listed!("who|role|person|agent|specialist|by|owner|assigned to");
const TASK: &List = listed!("task|work|what|does|step|item|activity");
const NEEDS: &List = listed!("needs|depends on|after|requires|waits for");
const STATE: &List = listed!("status|state|done");

/// Reads levels: headings or lines that begin with the word, with items or a drawn tree below, or
/// a table with a column of levels.
pub fn read(facts: &DocumentFacts, extent: Span) -> Levels {
    let (mut levels, mut open) = (Levels::default(), false);
    let mut start = extent.start as usize;
    for line in facts.text_of(extent).split_inclusive('\n') {
        let text = line.trim_end();
        let part = Part { start, text };
        start += line.len();
        if !text.trim_start().starts_with('|') {
            levels.line(&part, &mut open);
        }
    }
    for table in facts.tables_in(extent) {
        let names: Vec<String> =
            table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
        let column = |labels: &List| names.iter().position(|name| one_of(labels, name));
        let (Some(level), Some(who), Some(task)) = (column(LEVEL), column(WHO), column(TASK))
        else {
            continue;
        };
        for row in table.rows() {
            let cell = |at: usize| row.get(at).copied().unwrap_or(row[0]);
            let title = cell(level);
            let name = normalize(facts.text_of(title));
            let known = levels
                .0
                .last()
                .is_some_and(|one| name.is_empty() || normalize(facts.text_of(one.title)) == name);
            if !known {
                levels.0.push(titled(title, facts.text_of(title)));
            }
            let state = column(STATE).map(|at| flat(facts.text_of(cell(at))));
            let done = state.filter(|state| !state.is_empty()).map(|state| {
                opens_with(&state, "done") || opens_with(&state, "complete") || state == "yes"
            });
            let needs = column(NEEDS).map(|at| parts(cell(at), facts.text_of(cell(at))));
            let (who, task) = (cell(who), cell(task));
            let needs = needs.unwrap_or_default();
            if let Some(last) = levels.0.last_mut() {
                let place = row.first().copied().unwrap_or(who).to(task);
                last.steps.push(Step { who, task, place, needs, done, handed: false });
            }
        }
    }
    levels.0.retain(|level| !level.steps.is_empty());
    levels
}

/// A part of a document with the place at which it begins.
#[derive(Clone, Copy)]
struct Part<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Part<'t> {
    fn of(self, from: usize, to: usize) -> Self {
        Self { start: self.start + from, text: &self.text[from..to] }
    }

    fn trimmed(self, edge: impl Fn(char) -> bool + Copy) -> Self {
        let lead = self.text.len() - self.text.trim_start_matches(edge).len();
        let end = lead + self.text.trim_matches(edge).len();
        self.of(lead, end)
    }

    fn span(self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }
}

fn titled(title: Span, text: &str) -> Level {
    let words = flat(text);
    let says = |phrase: &str| has(&words, phrase);
    Level {
        title,
        blocking: says("blocking") && !says("non blocking") && !says("not blocking"),
        parallel: says("parallel") && !says("handoffs") && !says("handoff"),
        steps: Vec::new(),
    }
}

impl Levels {
    fn line(&mut self, line: &Part<'_>, open: &mut bool) {
        let is_mark = |c: char| c.is_whitespace() || "#*-+>_`│├└─|".contains(c);
        let bare = line.trimmed(is_mark);
        let words = flat(bare.text);
        let mut level = words.split(' ');
        let opens = matches!(level.next(), Some("level" | "stage" | "wave" | "tier"))
            && level.next().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if opens {
            self.0.push(titled(bare.span(), bare.text));
            *open = true;
            return;
        }
        if line.text.trim_start().starts_with('#') {
            // Another heading ends the levels, unless it stands inside of one.
            let depth = line.text.trim_start().chars().take_while(|&c| c == '#').count();
            *open &= depth > 2;
            return;
        }
        let is_item = line.text.trim_start().starts_with(['-', '*', '+', '├', '└', '│']);
        let Some(level) = self.0.last_mut().filter(|_| is_item && *open) else { return };
        let (done, rest) = marked(bare);
        let mut handed = false;
        for (part, hands) in arrows(rest) {
            let step = step(part, done, handed);
            level.steps.extend(step);
            handed = hands;
        }
    }
}

/// The mark that a line begins with, and what follows it.
fn marked(line: Part<'_>) -> (Option<bool>, Part<'_>) {
    const MARKS: [(&str, bool); 12] = [
        ("[x]", true),
        ("[X]", true),
        ("✅", true),
        ("✓", true),
        ("✔", true),
        ("☑", true),
        ("[ ]", false),
        ("□", false),
        ("☐", false),
        ("❌", false),
        ("✗", false),
        ("⏳", false),
    ];
    let found = MARKS.iter().find(|(mark, _)| line.text.starts_with(mark));
    let Some((mark, done)) = found else { return (None, line) };
    let rest = line.of(mark.len(), line.text.len()).trimmed(char::is_whitespace);
    (Some(*done), rest)
}

/// The steps of a line that arrows part, each with whether it is handed over to the next.
fn arrows(line: Part<'_>) -> Vec<(Part<'_>, bool)> {
    const ARROWS: [&str; 5] = ["→", "->", "➜", "⇒", "=>"];
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some((at, mark)) =
        ARROWS.iter().filter_map(|mark| Some((from + line.text[from..].find(mark)?, *mark))).min()
    {
        pieces.push(line.of(from, at));
        from = at + mark.len();
    }
    pieces.push(line.of(from, line.text.len()));
    let mut found: Vec<(Part<'_>, bool)> = Vec::new();
    for piece in pieces {
        let word = normalize(piece.text);
        let hands = matches!(word.as_str(), "handoff" | "hand off" | "handover" | "hand over");
        match (hands, found.last_mut()) {
            (true, Some(last)) => last.1 = true,
            (true, None) => {}
            (false, _) => found.push((piece, false)),
        }
    }
    found
}

fn step(part: Part<'_>, done: Option<bool>, handed: bool) -> Option<Step> {
    let colon = part.text.find(':')?;
    let edge = |c: char| c.is_whitespace() || "*_`".contains(c);
    let who = part.of(0, colon).trimmed(edge);
    let mut task = part.of(colon + 1, part.text.len()).trimmed(edge);
    let place = part.trimmed(edge).span();
    let mut needs = Vec::new();
    if let (Some(open), true) = (task.text.find('('), task.text.ends_with(')')) {
        let inner = task.of(open + 1, task.text.len() - 1);
        let words = inner.text.to_lowercase();
        let lead = ["needs ", "needs: ", "depends on ", "after ", "requires "];
        if let Some(lead) = lead.iter().find(|lead| words.starts_with(*lead)) {
            let inner = inner.of(lead.len(), inner.text.len());
            needs = parts(inner.span(), inner.text);
            task = task.of(0, open).trimmed(edge);
        }
    }
    let says = !who.text.is_empty() && !task.text.is_empty();
    says.then(|| Step { who: who.span(), task: task.span(), place, needs, done, handed })
}

/// What a list parted by commas names.
fn parts(span: Span, text: &str) -> Vec<Span> {
    let whole = Part { start: span.start as usize, text };
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in text.match_indices([',', ';']).chain([(text.len(), "")]) {
        let part = whole.of(from, at).trimmed(char::is_whitespace);
        let says = part.text.chars().any(char::is_alphanumeric);
        found.extend(
            (says && !matches!(&*flat(part.text), "none" | "nothing")).then(|| part.span()),
        );
        from = at + mark.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn told(text: &str) -> Vec<String> {
        let facts = extract(text.as_bytes());
        let read = read(&facts, Span::new(0, facts.text.len()));
        let steps = read.0.iter().enumerate().flat_map(|(at, level)| {
            let kind = if level.blocking {
                "!"
            } else if level.parallel {
                "="
            } else {
                ""
            };
            level.steps.iter().map(move |step| (at, kind, step))
        });
        let text = |span: Span| facts.text_of(span).to_owned();
        steps
            .map(|(at, kind, step)| {
                let needs: Vec<String> = step.needs.iter().map(|&need| text(need)).collect();
                let hand = if step.handed { "<" } else { "" };
                let done = step.done.map_or("", |done| if done { "+" } else { "-" });
                let (who, task) = (text(step.who), text(step.task));
                format!("{at}{kind}{hand}{done} {who}: {task} [{}]", needs.join("|"))
            })
            .collect()
    }

    #[test]
    fn levels_are_read_from_headings_and_trees() {
        let items = "## Level 0: Ready (BLOCKING)\n\n- [x] Reese: Verify it\n\n\
                     ## Level 1: Build (PARALLEL)\n\n- Taylor: Schema → [HANDOFF] → Morgan: Queries\n\
                     - Sam: Pages (needs Riley's design, Queries)\n\n## Remarks\n\n- Kai: none\n";
        let tree = "```\nLevel 0: Ready (BLOCKING)\n└─ ✓ Reese: Verify it\n\nLevel 1: Build (PARALLEL)\n\
                    ├─ Taylor: Schema → [HANDOFF] → Morgan: Queries\n\
                    └─ Sam: Pages (needs Riley's design, Queries)\n```\n";
        for form in [items, tree] {
            assert_eq!(
                told(form),
                [
                    "0!+ Reese: Verify it []",
                    "1= Taylor: Schema []",
                    "1=< Morgan: Queries []",
                    "1= Sam: Pages [Riley's design|Queries]",
                ],
                "{form}"
            );
        }
    }

    #[test]
    fn levels_are_read_from_tables() {
        let table = "| Level | Who | Task | Needs | Status |\n| - | - | - | - | - |\n\
                     | 0 (BLOCKING) | Reese | Verify it | none | done |\n\
                     | 1 | Sam | Pages | Queries | open |\n";
        assert_eq!(told(table), ["0!+ Reese: Verify it []", "1- Sam: Pages [Queries]"]);
    }
}
