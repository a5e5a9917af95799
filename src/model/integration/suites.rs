//! The results of test suites.

use std::collections::BTreeMap;

use super::{around, keys};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts, Field, SectionId, Table};
use crate::model::dates::{self, Date};
use crate::model::outcome::{self, Outcome};
use crate::model::phrases::{List, flat, has_any, listed, one_of, title};
use crate::workflow::Vocabulary;

/// One suite with its last result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    pub name: String,
    /// The name without run numbers, with the heading that tells it from others of its name: what
    /// one suite is known by.
    pub key: String,
    pub outcome: Outcome,
    /// The row, item or label that states the result.
    pub span: Span,
    /// The headings around it and the rest of its row, which may name the feature.
    pub context: String,
}

/// Reads the results in these sections, in the `bare` ones without what stands under headings of
/// its own. Of several results of one suite the last counts: by the
/// dates of the runs, by their numbers in a table, else by the order of the document.
pub(super) fn read(
    facts: &DocumentFacts,
    words: &Vocabulary,
    sections: &[SectionId],
    bare: &[SectionId],
) -> Vec<Suite> {
    let mut runs: Vec<Run> = Vec::new();
    for &id in sections {
        let past = facts.sections().filter(|&(inner, section)| {
            let other = bare.contains(&id) || tells_the_past(&section.name);
            inner != id && other && facts.is_within(inner, id)
        });
        let past: Vec<Span> = past.map(|(_, section)| section.extent).collect();
        let mut found = Vec::new();
        for (number, table) in facts.tables_within(id).enumerate() {
            rows(facts, words, id, (number, table), &mut found);
        }
        items(facts, id, &mut found);
        labels(facts, words, id, &mut found);
        if runs.is_empty() && found.is_empty() {
            output(facts, id, &mut found);
        }
        found.retain(|run| !past.iter().any(|extent| extent.covers(run.suite.span)));
        found.sort_by_key(|run| run.suite.span);
        runs.extend(found);
    }
    last_of_each(runs)
}

/// A result with its place among those of its suite.
struct Run {
    table: Option<usize>,
    number: Option<u32>,
    date: Option<Date>,
    suite: Suite,
}

impl Run {
    fn new(suite: Suite) -> Self {
        Self { table: None, number: None, date: None, suite }
    }

    /// Whether it was before another one that stands above it.
    fn is_before(&self, other: &Self) -> bool {
        let dates = self.date.zip(other.date).filter(|(own, other)| own != other);
        let numbers = self.number.zip(other.number).filter(|_| self.table == other.table);
        dates.map_or_else(
            || numbers.is_some_and(|(own, other)| own < other),
            |(own, other)| own < other,
        )
    }
}

/// Whether the header of a table names suites and their results.
pub(super) fn lists_suites(headers: &[String]) -> bool {
    const SUITES: &List = listed!("suite|suites|test suite|test suites|suite name|test suite name");
    headers.iter().any(|header| one_of(SUITES, header))
        && outcome::has_results(headers)
        && !tells_of_fixes(headers)
}

/// Whether the header of a table gives causes and fixes: of failures, which are no results.
fn tells_of_fixes(headers: &[String]) -> bool {
    headers.iter().any(|header| one_of(listed!("fix|cause|root cause|resolution"), header))
}

/// Tables and lists of failures that were found and fixed are no results.
fn tells_the_past(name: &str) -> bool {
    has_any(
        name,
        listed!("failures|failure|fixed|found|fixes|issues|bugs|initial|before|mismatches|defects"),
    )
}

fn last_of_each(runs: Vec<Run>) -> Vec<Suite> {
    let mut last: BTreeMap<String, Run> = BTreeMap::new();
    for run in runs {
        if !last.get(&run.suite.key).is_some_and(|known| run.is_before(known)) {
            last.insert(run.suite.key.clone(), run);
        }
    }
    let mut suites: Vec<Suite> = last.into_values().map(|run| run.suite).collect();
    suites.sort_by_key(|suite| suite.span);
    suites
}

fn rows(
    facts: &DocumentFacts,
    words: &Vocabulary,
    results: SectionId,
    (place, table): (usize, &Table),
    found: &mut Vec<Run>,
) {
    let headers: Vec<String> =
        table.header().iter().map(|cell| normalize(facts.text_of(*cell))).collect();
    let column = |list: &List| headers.iter().rposition(|header| one_of(list, header));
    let names = keys::naming_columns(&headers);
    let (run, day) = (column(keys::RUN), column(keys::DAY));
    if tells_of_fixes(&headers) {
        return;
    }
    let section = around(facts, table.section);
    let above = keys::qualifier(facts, table.section, results);
    let kinds =
        if outcome::has_results(&headers) { Vec::new() } else { keys::kind_columns(&headers) };
    for row in table.rows() {
        for &at in kinds.iter().filter(|&&at| row.get(at).is_some_and(|cell| !cell.is_empty())) {
            let (lead, cell) = (row.first().copied().unwrap_or_default(), row[at]);
            let Some(outcome) = outcome::of_value(facts.text_of(cell), words) else { continue };
            let name = format!("{} {}", facts.text_of(lead), facts.text_of(table.header()[at]));
            let context = format!("{section} {name}");
            found.extend(suite(&name, &above, outcome, cell, context).map(Run::new));
        }
        let text = |at: usize| row.get(at).map_or("", |cell| facts.text_of(*cell));
        let Some(outcome) = outcome::of_row(facts, &headers, row, words) else { continue };
        if outcome == Outcome::Open && heads_a_group(facts, row, &names) {
            continue;
        }
        let span = row.iter().copied().reduce(Span::to).unwrap_or_default();
        let context = format!("{section} {}", facts.text_of(span));
        let last = run.and_then(|at| flat(text(at)).rsplit(' ').next()?.parse().ok());
        let date = day.or(run).and_then(|at| dates::date(text(at)));
        let name = names.iter().map(|&at| text(at)).filter(|name| !name.is_empty());
        let name = name.collect::<Vec<_>>().join(" ");
        if let Some(suite) = suite(&name, &above, outcome, span, context) {
            let number = last.filter(|_| date.is_none() || day.is_some());
            found.push(Run { table: Some(place), number, date, suite });
        }
    }
}

/// Whether a row with nothing but a name stands above those that belong to it.
fn heads_a_group(facts: &DocumentFacts, row: &[Span], names: &[usize]) -> bool {
    let mut others = row.iter().enumerate().filter(|(at, _)| !names.contains(at));
    row.len() > 2 && others.all(|(_, cell)| facts.text_of(*cell).trim().is_empty())
}

/// `- ✅ Accounts unit tests: 12/12 passing`
fn items(facts: &DocumentFacts, id: SectionId, found: &mut Vec<Run>) {
    let extent = facts.section(id).extent;
    let first = facts.blocks.partition_point(|block| block.span.start < extent.start);
    let blocks = facts.blocks[first..].iter().take_while(|block| block.span.start < extent.end);
    for item in blocks.filter(|block| block.kind == BlockKind::Item) {
        let inlines = &facts.inlines[item.inlines.0 as usize..item.inlines.1 as usize];
        let Some(own) = inlines.iter().map(|inline| inline.span).reduce(Span::to) else { continue };
        // A mark before the text belongs to the line.
        let line = Span { start: item.span.start, end: own.end };
        let text = facts.text_of(line);
        if !speaks_of_tests(text) || tells_the_past(&flat(text)) {
            continue;
        }
        let (name, value) = parted(text);
        let open = outcome::is_open(value).then_some(Outcome::Open);
        let context = format!("{} {text}", around(facts, item.section));
        let above = keys::qualifier(facts, item.section, id);
        let suite = open
            .or_else(|| outcome::of_line(text))
            .and_then(|outcome| suite(name, &above, outcome, own, context));
        found.extend(suite.map(Run::new));
    }
}

/// What a test runner printed: `PASS tests/a.test.ts`, else the last line that counts results.
fn output(facts: &DocumentFacts, id: SectionId, found: &mut Vec<Run>) {
    for code in facts.codes_in(facts.section(id).extent) {
        let body = facts.text_of(code.body);
        let (mut start, mut total) = (code.body.start, None);
        let known = found.len();
        for line in body.split_inclusive('\n') {
            let span = Span { start, end: start + line.trim_end().len() as u32 };
            start += line.len() as u32;
            let line = line.trim();
            let outcome = match line.split_once(' ') {
                Some(("PASS", _)) => Outcome::Pass,
                Some(("FAIL", _)) => Outcome::Fail,
                _ => {
                    let counts = has_any(&flat(line), listed!("passed|failed|passing|failing"));
                    let outcome = outcome::of_line(line).filter(|_| counts);
                    total = outcome.map(|outcome| (outcome, span)).or(total);
                    continue;
                }
            };
            let name = line.split_whitespace().nth(1).unwrap_or(line);
            let context = format!("{} {line}", around(facts, code.section));
            found.extend(suite(name, "", outcome, span, context).map(Run::new));
        }
        if let (true, Some((outcome, span))) = (found.len() == known, total) {
            let context = around(facts, code.section);
            let name = facts.text_of(facts.section(code.section).title);
            found.extend(suite(name, "", outcome, span, context).map(Run::new));
        }
    }
}

/// `**Failed**: 2` and `**Result**: PASS` below the heading of a suite.
fn labels(facts: &DocumentFacts, words: &Vocabulary, id: SectionId, found: &mut Vec<Run>) {
    for field in facts.fields_within(id) {
        let Some(outcome) = of_label(facts, words, field) else { continue };
        let name = facts.text_of(facts.section(field.section).title);
        let span = field.label.to(field.value);
        let context = format!("{} {}", around(facts, field.section), facts.text_of(span));
        let above = facts.section(field.section).parent;
        let above = above.map_or(String::new(), |above| keys::qualifier(facts, above, id));
        found.extend(suite(name, &above, outcome, span, context).map(Run::new));
    }
}

fn of_label(facts: &DocumentFacts, words: &Vocabulary, field: &Field) -> Option<Outcome> {
    const RESULTS: &List = listed!(
        "result|results|status|final status|final result|outcome|last run|test result|verdict"
    );
    const FAILED: &List = listed!("failed|failures|failing|tests failed|failed tests");
    let value = facts.text_of(field.value);
    if one_of(RESULTS, &field.name) {
        return outcome::of_value(value, words).or_else(|| outcome::of_line(value));
    }
    if one_of(FAILED, &field.name) { outcome::of_count(value) } else { None }
}

fn suite(name: &str, above: &str, outcome: Outcome, span: Span, context: String) -> Option<Suite> {
    let name = title(name);
    let key = keys::key(&name, above);
    // "Failed: 2" counts for the suite above it and names none.
    let total = listed!(
        "total|totals|all|overall|sum|summary|failed|failures|failing|tests failed|failed tests|\
        passed|passing|tests passed|passed tests|skipped|total tests"
    );
    let total = one_of(total, &key) || one_of(total, &normalize(&name));
    (!key.is_empty() && !total).then_some(Suite { name, key, outcome, span, context })
}

/// What stands before the result on a line, and the result.
fn parted(text: &str) -> (&str, &str) {
    let marks = [":", " — ", " – ", " - ", "("].into_iter();
    let ends = marks.filter_map(|mark| text.find(mark).map(|at| (at, mark.len()))).min();
    match ends {
        Some((at, mark)) if !flat(&text[..at]).is_empty() => (&text[..at], &text[at + mark..]),
        _ => (text, ""),
    }
}

fn speaks_of_tests(text: &str) -> bool {
    let words = flat(text);
    has_any(
        &words,
        listed!(
            "test|tests|suite|suites|unit|integration|contract|e2e|edge|passing|passed|failed|spec|specs"
        ),
    )
}
