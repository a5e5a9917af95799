//! Rows of tables and matrices: an endpoint, and what its columns say of it.

use super::lines::named;
use super::{About, What, said};
use crate::base::Span;
use crate::facts::{DocumentFacts, Table};
use crate::model::contract::Method;
use crate::model::phrases::{List, flat, listed, one_of};

/// What the headings of a table say of the cells below them.
pub(super) struct Columns(Vec<Column>);

struct Column {
    statuses: Vec<u16>,
    about: Vec<About>,
    /// Its cells say whether there is a test.
    covers: bool,
    /// Its cells say whether errors are tested.
    errors: bool,
}

/// What a row says.
pub(super) struct Row {
    pub span: Span,
    pub about: Vec<About>,
    pub statuses: Vec<u16>,
    /// It says that there is no test.
    pub denied: bool,
    /// It names no endpoint itself.
    pub bare: bool,
    /// Its first cell is empty, and so the one above it goes on.
    pub repeats: bool,
    pub every_error: bool,
}

impl Columns {
    pub fn of(facts: &DocumentFacts, table: &Table) -> Self {
        const COVERS: &List = listed!(
            "covered|tested|test|tests|coverage|has test|test exists|test file|contract test|\
            contract tests|covered by|tested by|test name|test case"
        );
        let column = |&cell: &Span| {
            let (text, words) = (facts.text_of(cell), flat(facts.text_of(cell)));
            Column {
                statuses: said::statuses(text),
                about: named(text, cell.start as usize),
                covers: one_of(COVERS, &words),
                errors: said::speaks_of_errors(&words),
            }
        };
        Self(table.header().iter().map(column).collect())
    }

    pub fn row(&self, facts: &DocumentFacts, cells: &[Span]) -> Option<Row> {
        let span = cells.iter().copied().reduce(Span::to)?;
        let text = |cell: &Span| facts.text_of(*cell);
        let columns = || self.0.iter().zip(cells.iter().map(text));
        let own = cells.iter().flat_map(|cell| named(text(cell), cell.start as usize));
        let mut about: Vec<About> = own.collect();
        let crossed = !about.is_empty() && says_nothing_else(&about, cells, text);
        let methods = cells.iter().find_map(|cell| methods(text(cell)));
        let mut statuses = said::statuses(text(&span));
        for (column, _) in columns().filter(|(_, cell)| !is_negative(cell)) {
            statuses.extend(&column.statuses);
            about.extend(column.about.iter().cloned());
        }
        for one in &mut about {
            (one.said, one.statuses) = (span, statuses.clone());
            if let (What::Endpoint(named), Some(methods)) = (&mut one.what, &methods)
                && named.methods.is_empty()
            {
                named.methods.clone_from(methods);
            }
        }
        let negative = columns().any(|(column, cell)| column.covers && is_negative(cell));
        let denied = negative || crossed || said::is_denial(text(&span));
        let bare = about.is_empty();
        if denied {
            about.clear();
        }
        let every_error = columns().any(|(column, cell)| {
            column.errors
                && !is_negative(cell)
                && said::statuses(cell).is_empty()
                && !cell.contains(char::is_alphanumeric)
        });
        let repeats = cells.first().is_some_and(|cell| matches!(text(cell), "" | "″" | "\""));
        Some(Row { span, about, statuses, denied, bare, repeats, every_error })
    }
}

/// Whether the cells besides the names are there to say no.
fn says_nothing_else<'t>(about: &[About], cells: &[Span], text: impl Fn(&Span) -> &'t str) -> bool {
    let others = cells.iter().filter(|cell| !about.iter().any(|one| cell.covers(one.span)));
    let mut others = others.map(text).filter(|cell| methods(cell).is_none()).peekable();
    others.peek().is_some() && others.all(is_negative)
}

/// Methods, where a cell holds nothing else.
fn methods(cell: &str) -> Option<Vec<Method>> {
    let words = cell.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let methods: Option<Vec<Method>> =
        words.map(|word| Method::read(&word.to_ascii_uppercase())).collect();
    methods.filter(|methods| !methods.is_empty())
}

/// Whether a cell says that there is nothing.
fn is_negative(cell: &str) -> bool {
    const NONE: &List = listed!(
        "no|none|missing|not covered|not tested|untested|not yet|tbd|0|n a|na|not applicable"
    );
    const SIGNS: [char; 11] = ['-', '–', '—', '✗', '✘', '❌', '☐', '🔲', '⬜', '✖', '×'];
    let bare = cell.trim_matches(['`', '*', '_', ' ', '\u{fe0f}']);
    bare.chars().all(|c| SIGNS.contains(&c)) || one_of(NONE, &flat(bare))
}
