//! Metrics: the figures that a plan promises, and those that a team reports (S4.6).
//!
//! Which metrics there are, how documents call them and which way is better is the workflow's to
//! say.

use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::{List, listed, normalize};
use crate::facts::{BlockKind, DocumentFacts, Table};
use crate::model::phrases::{flat, has_any};
use crate::model::thresholds::{Measure, figures};
use crate::workflow::{Metric, Workflow};

/// The figures that one part of a document promises.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standards(pub Vec<Figure>);

/// The figures that one part of a document reports, and those it says they are to reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    pub reported: Vec<Figure>,
    pub targets: Vec<Figure>,
}

/// A number of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The metric's id in the workflow.
    pub metric: String,
    /// The line or cell that says it.
    pub line: Span,
    /// The number with its unit.
    pub span: Span,
    pub value: f64,
    pub measure: Measure,
}

impl Recorded for Standards {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Standards(standards) => Some(standards),
            _ => None,
        }
    }
}

impl Recorded for Metrics {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Metrics(metrics) => Some(metrics),
            _ => None,
        }
    }
}

impl Figure {
    pub(super) fn listed(&self) -> Listed {
        Listed::new(Some(&self.metric), self.line, [("figure", Some(self.span))])
    }
}

/// Columns that hold what is to be reached.
const TARGETS: &List = listed!(
    "target|targets|threshold|thresholds|goal|goals|limit|limits|standard|required|minimum|\
    maximum|promised|agreed|requirement"
);
/// Columns that hold what was measured.
const MEASURED: &List = listed!(
    "actual|measured|result|results|current|value|values|reported|achieved|final|now|figure"
);
/// Columns that hold other numbers.
const OTHERS: &List =
    listed!("baseline|before|previous|date|version|phase|week|owner|source|trend");

/// Reads what a part of a document promises.
pub fn promised(facts: &DocumentFacts, extent: Span, workflow: &Workflow) -> Standards {
    let mut found = Vec::new();
    for table in facts.tables_in(extent) {
        let other = |name: &str| MEASURED.has(name) || OTHERS.has(name);
        for (metric, cells) in rows(facts, table, workflow) {
            let mut cells = cells.into_iter().filter(|(name, _)| !other(name));
            found.extend(cells.find_map(|(_, cell)| figure(facts, metric, cell)));
        }
    }
    for line in lines(facts, extent) {
        found.extend(limit(facts, line, workflow));
    }
    found.sort_by_key(|one: &Figure| one.span.start);
    found.dedup_by_key(|one| one.span);
    Standards(found)
}

/// Reads what a part of a document reports. Of several figures of a metric the last counts.
pub fn reported(facts: &DocumentFacts, extent: Span, workflow: &Workflow) -> Metrics {
    let mut found = Metrics::default();
    for table in facts.tables_in(extent) {
        for (metric, cells) in rows(facts, table, workflow) {
            let measured = cells.iter().find(|(name, _)| MEASURED.has(name));
            let plain = || cells.iter().find(|(name, _)| !TARGETS.has(name) && !OTHERS.has(name));
            let value = measured.or_else(plain).and_then(|(_, cell)| figure(facts, metric, *cell));
            found.reported.extend(value);
            let target = cells.iter().find(|(name, _)| TARGETS.has(name));
            found.targets.extend(target.and_then(|(_, cell)| figure(facts, metric, *cell)));
        }
        columns(facts, table, workflow, &mut found.reported);
    }
    for line in lines(facts, extent) {
        if let Some((metric, value)) = labeled(facts, line, workflow) {
            found.reported.extend(figure(facts, metric, value));
        }
    }
    found.reported.sort_by_key(|one: &Figure| one.span.start);
    found.reported.dedup_by_key(|one| one.span);
    found
}

/// The rows of a table that are about a metric, each with its other cells under their headers.
fn rows<'w>(
    facts: &DocumentFacts,
    table: &Table,
    workflow: &'w Workflow,
) -> Vec<(&'w Metric, Vec<(String, Span)>)> {
    let names: Vec<String> =
        table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
    let row = |row: &[Span]| {
        let metric = workflow.metric_in(&normalize(facts.text_of(*row.first()?)))?;
        let cells = names.iter().cloned().zip(row.iter().copied()).skip(1);
        Some((metric, cells.collect()))
    };
    table.rows().filter_map(row).collect()
}

/// Figures in columns that are called as metrics are.
fn columns(facts: &DocumentFacts, table: &Table, workflow: &Workflow, out: &mut Vec<Figure>) {
    for (at, &cell) in table.header().iter().enumerate().skip(1) {
        let name = normalize(facts.text_of(cell));
        let Some(metric) = workflow.metric_in(&name).filter(|_| !TARGETS.has(&name)) else {
            continue;
        };
        let cells = table.rows().filter_map(|row| row.get(at));
        out.extend(cells.filter_map(|&cell| figure(facts, metric, cell)));
    }
}

/// The lines of items and paragraphs outside of tables.
fn lines(facts: &DocumentFacts, extent: Span) -> Vec<Span> {
    let blocks = facts.blocks_in(extent).map(|(_, block)| block);
    let texts = blocks.filter(|block| matches!(block.kind, BlockKind::Item | BlockKind::Paragraph));
    let mut found = Vec::new();
    for block in texts {
        let own = facts.own_text(block);
        let mut at = own.start as usize;
        for line in facts.text_of(own).split_inclusive('\n') {
            found.push(Span::new(at, at + line.trim_end().len()));
            at += line.len();
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A line that begins with a metric as its label, and what stands behind that.
fn labeled<'w>(
    facts: &DocumentFacts,
    line: Span,
    workflow: &'w Workflow,
) -> Option<(&'w Metric, Span)> {
    let field = facts.fields_in(line).next()?;
    Some((workflow.metric_in(&field.name)?, field.value))
}

/// What a line promises: under a label that is a metric, or in a sentence that names one.
pub fn limit(facts: &DocumentFacts, line: Span, workflow: &Workflow) -> Option<Figure> {
    let (metric, value) = match labeled(facts, line, workflow) {
        Some(found) => found,
        None => (workflow.metric_in(&normalize(facts.text_of(line)))?, line),
    };
    figure(facts, metric, value).map(|figure| Figure { line, ..figure })
}

/// The first figure of a text. What became faster got worse by less than nothing.
fn figure(facts: &DocumentFacts, metric: &Metric, value: Span) -> Option<Figure> {
    let text = facts.text_of(value);
    let below = text.trim_start().strip_prefix(['-', '−']).filter(|_| metric.less);
    let all = match below.and_then(|rest| figures(rest.trim_start()).into_iter().next()) {
        Some((_, number, measure)) => vec![(Span::new(0, text.len()), -number, measure)],
        None => figures(text),
    };
    let share = all.iter().find(|(_, _, measure)| *measure == Measure::Share);
    let (span, number, measure) = share.or(all.first()).cloned().or_else(|| {
        let none = listed!("none|no|nothing|zero");
        let words = flat(text);
        let first = words.split(' ').next().unwrap_or("");
        let nothing = metric.less && none.has(first);
        nothing.then(|| (Span::new(0, text.len()), 0.0, Measure::Share))
    })?;
    let better = listed!("faster|improved|improvement|better|less|lower|quicker");
    let turned = metric.less && has_any(&flat(text), better) && !text.contains(['<', '≤']);
    let limits = listed!("less than|lower than|no less");
    let turned = turned && !has_any(&flat(text), limits);
    let start = value.start as usize;
    Some(Figure {
        metric: metric.id.clone(),
        line: value,
        span: Span::new(start + span.start as usize, start + span.end as usize),
        value: if turned { -number } else { number },
        measure,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;
    use crate::workflow::{PolicyFile, parse};

    fn workflow() -> Workflow {
        let text = "schema = 1\nid = \"own\"\nroot = \"plan\"\n\
                    [[metric]]\nid = \"coverage\"\nnames = [\"test coverage\"]\n\
                    [[metric]]\nid = \"regression\"\nnames = [\"performance\"]\nbetter = \"less\"\n\
                    [[phase]]\nid = \"a\"\n[[phase.deliverable]]\nid = \"b\"\npaths = [\"B.md\"]\n";
        let file = PolicyFile { text: text.to_owned(), ..PolicyFile::default() };
        parse(file, &[], &mut |path| unreachable!("{path}")).expect("a workflow")
    }

    fn shown(figures: &[Figure]) -> Vec<(&str, f64)> {
        figures.iter().map(|one| (&*one.metric, one.value)).collect()
    }

    #[test]
    fn promises_are_read_in_every_form() {
        let forms = [
            "- **Test Coverage**: Minimum 95% for new code\n- **Performance**: No regression > 10%\n",
            "| Metric | Target | Baseline |\n| - | - | - |\n| Test coverage | ≥ 95 % | 88 % |\n\
             | Performance | < 10 % | 200 ms |\n",
            "At least 95 % test coverage.\n\nThe performance may drop by 10 % at most.\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let read = promised(&facts, Span::new(0, facts.text.len()), &workflow());
            assert_eq!(shown(&read.0), [("coverage", 95.0), ("regression", 10.0)], "{form}");
        }
    }

    #[test]
    fn reports_are_read_in_every_form() {
        let forms = [
            "| Metric | Target | Actual |\n| - | - | - |\n| Test coverage | 95 % | 96.5 % |\n\
             | Performance | 10 % | 2 % faster |\n",
            "- **Test coverage**: 96.5 % (target 95 %)\n- **Performance**: 2 % faster than before\n",
            "| Phase | Test coverage | Performance |\n| - | - | - |\n| 1 | 96.5 % | -2 % |\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let read = reported(&facts, Span::new(0, facts.text.len()), &workflow());
            let values: Vec<f64> = read.reported.iter().map(|one| one.value.abs()).collect();
            assert_eq!(values, [96.5, 2.0], "{form}");
        }
    }
}
