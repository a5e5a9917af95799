//! The ledger as a table for people, who read it in a terminal.

use super::rows::{Fate, Row, Table, remedy, tables};
use super::{Ledger, Ledgers, Only};
use crate::render::agreements;
use crate::render::sanitize::{clipped, inert};
use crate::render::text::{Paint, WIDTH, fold, pad, width, wrap};

/// The longest text of a document in a cell, in characters.
const CLIP: usize = 200;
/// The columns before the first cell, with the mark of the row.
const INDENT: usize = 4;
const GAP: usize = 2;
/// The widest that the columns after the first become.
const REPORTED: usize = 32;
const RESOLVED: usize = 18;

pub fn render(ledgers: &Ledgers, color: bool) -> String {
    let paint = Paint(color);
    let mut parts = Vec::new();
    for ledger in &ledgers.workflows {
        let only = ledgers.only.title();
        let title =
            format!("Ledger of {} ({}) in {}{only}", ledger.root, ledger.id, ledgers.source);
        parts.push(format!("{}\n{}", paint.bold(&title), body(ledger, &ledgers.only, paint)));
    }
    inert(&parts.join("\n"))
}

fn body(ledger: &Ledger, only: &Only, paint: Paint) -> String {
    let mut out = String::new();
    let mut line = |text: &str| out.push_str(&format!("{}\n", wrap(text, 0, "  ")));
    agreements::sentences(&ledger.agreements, ledger.several).iter().for_each(|one| line(one));
    ledger.obstacles().into_iter().for_each(&mut line);
    for table in tables(ledger) {
        out.push_str(&format!("\n{}\n\n", paint.bold(&table.title)));
        out.push_str(&drawn(&table, paint));
    }
    out.push_str(&updates(ledger, paint));
    for text in [ledger.closing(only), remedy(ledger)].into_iter().flatten() {
        out.push_str(&format!("\n{}\n", wrap(&text, 0, "")));
    }
    out
}

/// A table, with the places of each row below it: a path fits no column.
fn drawn(table: &Table<'_>, paint: Paint) -> String {
    let heads = [table.first, "Reported by", "Resolution"];
    let rows: Vec<[Vec<String>; 3]> = table.rows.iter().map(cells).collect();
    let widest = |column: usize| {
        let cells = rows.iter().flat_map(|row| &row[column]).map(|cell| width(cell));
        cells.max().unwrap_or(0).max(width(heads[column]))
    };
    let (reported, resolved) = (widest(1).min(REPORTED), widest(2).min(RESOLVED));
    let first = widest(0).min(WIDTH - INDENT - reported - resolved - 2 * GAP);
    let columns = [first, reported, resolved];
    let mut out = line("  ", &heads.map(str::to_owned), columns, Some(paint));
    let rules = columns.map(|columns| "─".repeat(columns));
    out.push_str(&line("  ", &rules, columns, None));
    for (row, cells) in table.rows.iter().zip(&rows) {
        let folded = [0, 1, 2].map(|column| -> Vec<String> {
            cells[column].iter().flat_map(|cell| fold(cell, columns[column])).collect()
        });
        let tall = folded.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..tall {
            let mark = if at == 0 { mark(row.fate, paint) } else { " ".to_owned() };
            let cells = [0, 1, 2].map(|column| folded[column].get(at).cloned().unwrap_or_default());
            out.push_str(&line(&format!("{mark} "), &cells, columns, None));
        }
        for (label, place) in row.all_places() {
            let place = paint.path(&place.to_string());
            out.push_str(&format!("      {} {place}\n", paint.dim(label)));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn cells(row: &Row<'_>) -> [Vec<String>; 3] {
    let mut what = vec![clipped(row.what.as_str(), CLIP)];
    what.extend(row.told.iter().map(|told| clipped(told.as_str(), CLIP)));
    let mut reporters: Vec<String> =
        row.reporters.iter().map(|(told, _)| clipped(told, CLIP)).collect();
    if reporters.is_empty() {
        reporters.push("nobody".to_owned());
    }
    [what, reporters, vec![row.resolved().to_owned()]]
}

/// One line of a table.
fn line(mark: &str, cells: &[String; 3], columns: [usize; 3], bold: Option<Paint>) -> String {
    let cell = |at: usize| {
        let text = pad(&cells[at], columns[at]);
        bold.map_or(text.clone(), |paint| paint.bold(&text))
    };
    let gap = " ".repeat(GAP);
    let line = format!("  {mark}{}{gap}{}{gap}{}", cell(0), cell(1), cell(2));
    format!("{}\n", line.trim_end())
}

fn mark(fate: Fate, paint: Paint) -> String {
    match fate {
        Fate::Unreported => paint.bad("✗"),
        Fate::Open => paint.dim("…"),
        Fate::Resolved => paint.good("✓"),
    }
}

/// What the integration report says was updated.
fn updates(ledger: &Ledger, paint: Paint) -> String {
    if ledger.updates.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n\n", paint.bold("Contract updates in the integration report"));
    for update in &ledger.updates {
        let mark = mark(if update.called_for { Fate::Resolved } else { Fate::Unreported }, paint);
        let mut text = clipped(update.title.as_str(), CLIP);
        if !update.called_for {
            text.push_str(" (no deviation calls for it)");
        }
        out.push_str(&format!("  {mark} {}\n", wrap(&text, INDENT, "    ")));
        out.push_str(&format!(
            "      {} {}\n",
            paint.dim("in"),
            paint.path(&update.place.to_string())
        ));
    }
    out
}
