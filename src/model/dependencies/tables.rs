//! Tables with a column for what each row needs, blocks or is critical.

use std::collections::HashSet;

use super::context::{About, is_schedule, iteration};
use super::{Dependencies, Drawing, End, Need, Node, Notation, Said, Sense};
use super::{names, phases};
use crate::base::Span;
use crate::base::words::{listed, normalize, without_markup};
use crate::facts::{DocumentFacts, Table};

/// What the columns of a table hold, by their places.
#[derive(Debug, Default)]
struct Columns {
    name: usize,
    id: Option<usize>,
    needs: Option<usize>,
    blocks: Option<usize>,
    critical: Option<usize>,
    iteration: Option<usize>,
    duration: Option<usize>,
}

pub(super) fn read(facts: &DocumentFacts, about: &About, found: &mut Dependencies) {
    for table in &facts.tables {
        let header: Vec<String> =
            table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        if let Some(columns) = Columns::of(&header) {
            let drawing = rows(facts, table, &columns);
            if drawing.nodes.is_empty() {
                found.unread.push(table.span);
            }
            found.drawings.push(drawing);
        } else if let Some((consumer, provider)) = pair(&header)
            && about.orders(facts, table.section)
        {
            found.drawings.push(pairs(facts, table, consumer, provider));
        } else if let Some(columns) = phases::Columns::of(&header)
            && (about.orders(facts, table.section) || is_schedule(facts, table.section))
        {
            found.drawings.push(phases::read(facts, table, columns));
        }
    }
}

impl Columns {
    fn of(header: &[&str]) -> Option<Self> {
        let needs = listed!(
            "depends on|depends upon|dependencies|dependency|requires|prerequisites|prerequisite|\
             blocked by|needs|predecessors|predecessor|depends|deps|waits for|hard dependencies|\
             required by this|must come after|after"
        );
        let critical = listed!("critical path|critical|on critical path");
        let duration = listed!("duration|estimate|estimated duration|effort|days|time");
        let column =
            |list: &'static crate::base::words::List| header.iter().position(|name| list.has(name));
        let columns = Self {
            name: 0,
            id: None,
            needs: column(needs),
            blocks: column(listed!("blocks|blocking|unblocks|enables|required by|needed by")),
            critical: column(critical),
            iteration: column(listed!("iteration")),
            duration: column(duration),
        };
        let planned = || {
            const NAMES: &[&str] =
                &["feature", "features", "component", "module", "service", "name"];
            columns.iteration.is_some() && header.iter().any(|name| NAMES.contains(name))
        };
        if columns.needs.is_none() && columns.blocks.is_none() && !planned() {
            return None;
        }
        let taken = [columns.needs, columns.blocks];
        let ids = listed!("id|#|no|nr|task id|key|number|ref|task no");
        let names = listed!(
            "feature|features|component|components|module|service|name|task|tasks|title|story|\
             user story|epic|phase|item|step|sub feature|work package|workstream|deliverable|\
             milestone|plan|description|summary|package|system"
        );
        let free = |at: &usize| !taken.contains(&Some(*at));
        let id = column(ids).filter(free).or((header.first() == Some(&"")).then_some(0));
        let name = header.iter().position(|name| names.has(name)).filter(free);
        // Of libraries and machines a table says the same, and means no work that waits for other.
        let first = (0..header.len()).find(free)?;
        Some(Self { name: name.unwrap_or(id.unwrap_or(first)), id, ..columns })
    }
}

/// The columns of a table whose rows are single needs.
fn pair(header: &[&str]) -> Option<(usize, usize)> {
    let column = |names: &[&str]| header.iter().position(|name| names.contains(name));
    let consumer = column(&["consumer", "dependent", "needs", "dependent feature", "who needs"])?;
    let provider =
        column(&["provider", "dependency", "producer", "supplier", "depends on", "needed"])?;
    Some((consumer, provider))
}

fn rows(facts: &DocumentFacts, table: &Table, columns: &Columns) -> Drawing {
    let mut drawing = Drawing::new(Notation::Table, table.span);
    let cells = table.rows().filter_map(|row| columns.needs.and_then(|at| row.get(at)));
    let named: HashSet<String> = cells
        .flat_map(|&cell| names::read(facts.text_of(cell), cell).names())
        .map(|one| normalize_id(&one.name))
        .collect();
    let names_rows = |column: usize| {
        let mut cells = table.rows().filter_map(|row| row.get(column));
        cells.any(|&cell| named.contains(&normalize_id(&plain(facts, cell))))
    };
    // Ids name the rows only where rows are named by them.
    let by_id = columns.id.is_some_and(names_rows);
    // Where another column holds what is needed, that waits: teams, and not their features.
    let own = [Some(columns.name), columns.id, columns.needs, columns.blocks];
    let others = || (0..table.columns as usize).filter(|at| !own.contains(&Some(*at)));
    let waits_itself = by_id || names_rows(columns.name) || !others().any(names_rows);
    for row in table.rows() {
        let key = if by_id { columns.id.unwrap_or(columns.name) } else { columns.name };
        let Some(&cell) = row.get(key) else { continue };
        let name = plain(facts, cell);
        if !name.chars().any(char::is_alphanumeric) {
            continue;
        }
        let mut node = Node::new(name, cell);
        let other = if by_id { Some(columns.name) } else { columns.id };
        let other = other.filter(|at| *at != key).and_then(|at| row.get(at));
        node.title = by_id.then(|| row.get(columns.name).copied()).flatten();
        node.alias = other.map(|&cell| plain(facts, cell)).filter(|name| !name.is_empty());
        let from = End::Node(drawing.nodes.len());
        let at = |column: Option<usize>| column.and_then(|at| row.get(at)).copied();
        if let Some(cell) = at(columns.iteration) {
            node.iteration = iteration_of(facts.text_of(cell));
        }
        node.critical =
            at(columns.critical).and_then(|cell| Some((yes(facts.text_of(cell))?, cell)));
        node.days = at(columns.duration).and_then(|cell| days(facts.text_of(cell)));
        if let Some(cell) = at(columns.needs).filter(|_| waits_itself) {
            node.said = needs(facts, cell, &from, &mut drawing.needs);
            if names::is_all_of_a_kind(facts.text_of(cell)) {
                drawing.wide.push((drawing.nodes.len(), cell));
            }
        }
        if let Some(cell) = at(columns.blocks) {
            node.said_blocks = needs(facts, cell, &from, &mut drawing.blocks);
        }
        drawing.nodes.push(node);
    }
    drawing
}

fn needs(facts: &DocumentFacts, cell: Span, from: &End, out: &mut Vec<Need>) -> Said {
    if cell.is_empty() {
        return Said::Some;
    }
    let listed = names::read(facts.text_of(cell), cell);
    let said = listed.said();
    out.extend(listed.names().into_iter().map(|one| Need {
        from: from.clone(),
        sense: one.sense(),
        to: End::Named(one.name),
        span: one.span,
    }));
    said
}

fn pairs(facts: &DocumentFacts, table: &Table, consumer: usize, provider: usize) -> Drawing {
    let mut drawing = Drawing::new(Notation::Table, table.span);
    let mut known: HashSet<(String, String)> = HashSet::new();
    for row in table.rows() {
        let (Some(&from), Some(&to)) = (row.get(consumer), row.get(provider)) else { continue };
        let (name, target) = (plain(facts, from), plain(facts, to));
        let both = [&name, &target].iter().all(|name| name.chars().any(char::is_alphanumeric));
        if both && known.insert((name.clone(), target.clone())) {
            drawing.needs.push(Need {
                from: End::Named(name),
                to: End::Named(target),
                span: from.to(to),
                sense: Sense::Order,
            });
        }
    }
    drawing
}

pub(super) fn plain(facts: &DocumentFacts, cell: Span) -> String {
    let text = without_markup(facts.text_of(cell));
    text.trim_matches(|c: char| c.is_whitespace() || "*_`".contains(c)).to_owned()
}

fn normalize_id(name: &str) -> String {
    super::id(name).map_or_else(|| normalize(name), |(id, _)| id)
}

/// The iteration that a cell or the value of a label names: `1`, `Iteration 2`.
pub fn iteration_of(text: &str) -> Option<String> {
    let text = text.trim_matches(['*', '`', ' ']);
    let bare = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
    if bare { Some(text.to_owned()) } else { iteration(text) }
}

fn yes(text: &str) -> Option<bool> {
    match &*normalize(text) {
        "yes" | "y" | "true" | "critical" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => text.contains(['✅', '✓', '✔', '★', '●']).then_some(true),
    }
}

/// `2 days`, `1 week`, `3d`, `1-2 weeks` (the longer), in days of work.
pub(super) fn days(text: &str) -> Option<f64> {
    let text = text.to_ascii_lowercase();
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let start = text[..last]
        .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let number: f64 = text.get(start..=last)?.parse().ok()?;
    let unit = text[last + 1..].trim_start();
    let each = match unit.chars().next()? {
        'd' => 1.0,
        'w' => 5.0,
        'h' => 0.125,
        'm' if unit.starts_with("mo") => 21.0,
        _ => return None,
    };
    Some(number * each)
}
