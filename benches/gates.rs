//! What each layer costs by itself: `cargo bench`.

mod project;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use gatecheck::engine::{self, Request};
use gatecheck::facts;
use gatecheck::model;
use gatecheck::render::{self, Format, Look};
use gatecheck::report::Report;
use gatecheck::rules;
use gatecheck::source::Memory;
use gatecheck::workflow::{self, Kind, PolicyFile, Workflow};

use project::Project;

fn main() {
    divan::main();
}

/// Documents of one feature and documents that hold a section for each of a thousand features.
const SMALL: [(&str, Kind); 3] = [
    ("INTERFACE-harbor-invoices.md", Kind::Interface),
    ("harbor-invoices/EVIDENCE.md", Kind::Evidence),
    ("harbor-invoices/tests/EVIDENCE.md", Kind::TestEvidence),
];
const LARGE: [(&str, Kind); 4] = [
    ("ARCHITECTURE.md", Kind::Architecture),
    ("acceptance-criteria.md", Kind::Criteria),
    ("INTEGRATION-REPORT.md", Kind::Integration),
    ("sign-offs/product-manager.md", Kind::SignOff),
];

/// From bytes to facts.
mod extract {
    use super::*;

    #[divan::bench(args = SMALL.map(|(name, _)| name))]
    fn small(bencher: Bencher, name: &str) {
        of(bencher, &document(8, name));
    }

    #[divan::bench(args = LARGE.map(|(name, _)| name))]
    fn large(bencher: Bencher, name: &str) {
        of(bencher, &document(1000, name));
    }

    fn of(bencher: Bencher, text: &str) {
        let bencher = bencher.counter(BytesCount::of_str(text));
        bencher.bench(|| facts::extract(black_box(text).as_bytes()));
    }
}

/// From facts to what they mean.
mod read {
    use super::*;

    #[divan::bench(args = SMALL.map(|(name, _)| name))]
    fn small(bencher: Bencher, name: &str) {
        of(bencher, 8, name);
    }

    #[divan::bench(args = LARGE.map(|(name, _)| name))]
    fn large(bencher: Bencher, name: &str) {
        of(bencher, 1000, name);
    }

    fn of(bencher: Bencher, features: usize, name: &str) {
        let text = document(features, name);
        let facts = facts::extract(text.as_bytes());
        let workflow = standard();
        let known = SMALL.iter().chain(&LARGE).find(|(other, _)| *other == name);
        let kind = known.map_or(Kind::Document, |&(_, kind)| kind);
        let bencher = bencher.counter(BytesCount::of_str(&text));
        bencher.bench(|| model::read(kind, black_box(&facts), &workflow));
    }
}

/// The built-in workflow, as every process reads it.
#[divan::bench]
fn standard() -> Workflow {
    let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let file = PolicyFile::builtin("standard-orchestration").expect("it is built in");
    workflow::parse(file, &ids, &mut |_| unreachable!("it extends nothing")).expect("it is sound")
}

/// Everything between a source and a report. The time for each feature should stay the same.
#[divan::bench(args = [10, 100, 1000])]
fn check(bencher: Bencher, features: usize) {
    let source = source(&Project::new(features), |_| true);
    let bencher = bencher.counter(ItemsCount::new(features));
    bencher.bench(|| judged(&source));
}

/// The same where every document about a single feature is missing, and so a finding.
#[divan::bench(args = [10, 100, 1000])]
fn check_missing(bencher: Bencher, features: usize) {
    let source = missing(features);
    let bencher = bencher.counter(ItemsCount::new(features));
    bencher.bench(|| judged(&source));
}

/// A report of more than a thousand findings as text.
#[divan::bench(args = [Format::Human, Format::Concise, Format::Json, Format::Github])]
fn render(bencher: Bencher, format: Format) {
    let report = judged(&missing(500));
    let bencher = bencher.counter(ItemsCount::new(report.findings.len()));
    let look = Look { color: true, verbose: true, waived: false };
    bencher.bench(|| render::report(black_box(&report), format, look));
}

fn judged(source: &Memory) -> Report {
    let today = "2026-06-01".parse().expect("a date");
    engine::check(source, &Request::new(today)).expect("a verdict")
}

/// The project without any interface or evidence.
fn missing(features: usize) -> Memory {
    let shared = |path: &str| !path.contains("INTERFACE") && !path.contains("EVIDENCE");
    source(&Project::new(features), shared)
}

fn source(project: &Project, keep: impl Fn(&str) -> bool) -> Memory {
    let mut source = Memory::default();
    let mut write = |path: &str, text: String| {
        if keep(path) {
            source = std::mem::take(&mut source).with(path, text);
        }
    };
    project.agreed(&mut write);
    project.built(&mut write);
    source
}

/// The first document whose path ends so.
fn document(features: usize, ending: &str) -> String {
    let project = Project::new(features);
    let mut found = None;
    let mut write = |path: &str, text: String| {
        if found.is_none() && path.ends_with(ending) {
            found = Some(text);
        }
    };
    project.agreed(&mut write);
    project.built(&mut write);
    found.expect("the project holds it")
}
