//! A large project that follows the standard orchestration and holds every gate.
//!
//! A pure function of the number of features: the same number gives the same bytes on every
//! machine. The shape is that of `fixtures/workflows/standard-orchestration/complete`.

// The benchmarks and the generator each use a part of it.
#![allow(dead_code)]

mod design;
mod product;
mod release;
mod words;
mod work;

use words::{AREAS, MATTERS};

/// Features of one iteration, except in small projects, which have two iterations.
const PER_ITERATION: usize = 25;

/// The project: all that its documents have in common.
pub struct Project {
    pub features: Vec<Feature>,
}

/// One feature, as every document about it has to tell it.
pub struct Feature {
    /// Counts from zero.
    pub id: usize,
    /// `Harbor Invoices`
    pub name: String,
    /// `harbor-invoices`, as in paths and routes.
    pub slug: String,
    /// `harbor_invoices`, the table.
    pub table: String,
    /// `HarborInvoices`, the type.
    pub kind: String,
    /// Counts from one.
    pub iteration: usize,
    /// Whether it waits for another feature of its own iteration.
    pub waits: bool,
    /// The features it needs, all of them earlier ones.
    pub needs: Vec<usize>,
    pub endpoints: Vec<Endpoint>,
    pub deviation: Option<Deviation>,
}

/// One contract. Texts are as every document states them.
pub struct Endpoint {
    /// `GET /api/harbor-invoices/:id`
    pub line: String,
    pub request: String,
    pub response: String,
    pub status: u32,
    /// Each status with its reason.
    pub errors: Vec<(u32, String)>,
}

/// A departure that the evidence reports and integration resolves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Deviation {
    /// The code answers otherwise; integration changes it back.
    Code,
    /// More calls than the interface says; integration accepts them.
    Calls,
}

impl Project {
    pub fn new(features: usize) -> Self {
        let per_iteration = features.div_ceil(2).clamp(1, PER_ITERATION);
        Self { features: (0..features).map(|id| Feature::new(id, per_iteration)).collect() }
    }

    /// How many waves of features there are.
    pub fn iterations(&self) -> usize {
        self.features.last().map_or(0, |feature| feature.iteration)
    }

    /// The features of one iteration, counted from one.
    pub fn wave(&self, iteration: usize) -> impl Iterator<Item = &Feature> {
        self.features.iter().filter(move |feature| feature.iteration == iteration)
    }

    /// Calls `write` with the path and text of each file of the first two phases.
    pub fn agreed(&self, write: &mut dyn FnMut(&str, String)) {
        product::write(self, write);
        design::write(self, write);
    }

    /// As [`Project::agreed`], for the files of all later phases and the code.
    pub fn built(&self, write: &mut dyn FnMut(&str, String)) {
        work::write(self, write);
        release::write(self, write);
    }
}

impl Feature {
    fn new(id: usize, per_iteration: usize) -> Self {
        let area = id % AREAS.len();
        let matter = MATTERS[(id / AREAS.len() + 37 * area) % MATTERS.len()];
        let name = format!("{} {matter}", AREAS[area]);
        let slug = name.to_lowercase().replace(' ', "-");
        let (table, kind) = (slug.replace('-', "_"), name.replace(' ', ""));
        let (iteration, place) = (id / per_iteration + 1, id % per_iteration);
        let mut draw = words::Draw::new(id, 1);
        let first = id - place;
        // The last two fifths of an iteration wait for the others.
        let waits = place * 5 >= per_iteration * 3;
        let mut needs = Vec::new();
        if first > 0 && draw.below(3) > 0 {
            needs.push(first - 1 - draw.below(first.min(200)));
        }
        if waits {
            needs.push(first + draw.below((per_iteration * 3).div_ceil(5)));
        }
        let deviation = match id % 10 {
            3 => Some(Deviation::Code),
            7 => Some(Deviation::Calls),
            _ => None,
        };
        let endpoints = endpoints(&slug, &kind, &mut draw);
        Self { id, name, slug, table, kind, iteration, waits, needs, endpoints, deviation }
    }

    /// How headings and lists of the architecture name it. A number of four digits is no label.
    pub fn title(&self) -> String {
        match self.id + 1 {
            label @ ..1000 => format!("Feature {label}: {}", self.name),
            _ => format!("Feature: {}", self.name),
        }
    }

    /// The people who built and tested it. Those of the first half integrate and validate.
    pub fn people(&self) -> (&'static str, &'static str) {
        let builders = &words::PEOPLE[words::PEOPLE.len() / 2..];
        (builders[self.id % builders.len()], builders[(self.id + 7) % builders.len()])
    }

    /// The ids of its stories: one to find entries, one to add them.
    pub fn stories(&self) -> [String; 2] {
        [1, 2].map(|nth| format!("US-{:03}", self.id * 2 + nth))
    }

    /// The id of its deviation.
    pub fn deviation_id(&self) -> String {
        format!("DEV-{:03}", self.id + 1)
    }

    /// How many tests its contract suite has: one for each answer of each endpoint.
    pub fn contract_tests(&self) -> usize {
        self.endpoints.iter().map(|endpoint| 1 + endpoint.errors.len()).sum()
    }

    pub fn source_files(&self) -> Vec<String> {
        let slug = &self.slug;
        let mut files = vec![format!("db/{slug}/schema.sql")];
        let kind = &self.kind;
        for name in ["routes.ts", "store.ts", "cursor.ts", "Context.tsx"] {
            files.push(format!("src/{slug}/{name}"));
        }
        files.push(format!("src/{slug}/{kind}Page.tsx"));
        files
    }

    pub fn test_files(&self) -> [String; 4] {
        SUITES.map(|(suite, _)| format!("tests/{}/{suite}.test.ts", self.slug))
    }
}

/// The suites of each feature, and how many tests the smaller ones have.
pub const SUITES: [(&str, usize); 4] =
    [("unit", 6), ("integration", 3), ("contract", 0), ("edge-cases", 5)];

/// The day of a step of an iteration, counted from the start of 2024.
pub fn day(iteration: usize, step: usize) -> String {
    const MONTHS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut left = ((iteration - 1) * 7 + step) % 720;
    let mut month = 0;
    while left >= MONTHS[month % 12] {
        left -= MONTHS[month % 12];
        month += 1;
    }
    format!("{}-{:02}-{:02}", 2024 + month / 12, month % 12 + 1, left + 1)
}

impl Endpoint {
    /// The error cases on one line: `401 (missing or expired token), 404 (no such entry)`.
    pub fn error_cases(&self) -> String {
        let each = self.errors.iter().map(|(status, reason)| format!("{status} ({reason})"));
        each.collect::<Vec<_>>().join(", ")
    }

    /// The lines below the endpoint in every document that states the contract.
    pub fn contract(&self) -> String {
        let (request, response, errors) = (&self.request, &self.response, self.error_cases());
        format!(
            "- Headers: Authorization: `Bearer <token>`\n- Request: {request}\n\
             - Response: {} {response}\n- Error cases: {errors}\n",
            self.status
        )
    }
}

fn endpoints(slug: &str, kind: &str, draw: &mut words::Draw) -> Vec<Endpoint> {
    let (first, second) = (draw.of(&words::FIELDS), draw.of(&words::FIELDS));
    let second = if first == second { "remark" } else { second };
    let endpoint = |line: String, request: String, status, response: String, errors: &[_]| {
        let errors = errors.iter().map(|&(status, reason): &(u32, &str)| (status, reason.into()));
        let errors = [(401, "missing or expired token".to_owned())].into_iter().chain(errors);
        let mut errors: Vec<(u32, String)> = errors.collect();
        errors.sort();
        Endpoint { line, request, response, status, errors }
    };
    let whole = format!("{{title: string, {first}: string, {second}?: string}}");
    vec![
        endpoint(
            format!("GET /api/{slug}"),
            format!("query {{q?: string, {first}?: string, cursor?: string}}"),
            200,
            format!("{{items: {kind}Entry[], nextCursor: string | null}}"),
            &[(400, "malformed cursor")],
        ),
        endpoint(
            format!("POST /api/{slug}"),
            whole,
            201,
            format!("{{entry: {kind}Entry}}"),
            &[(400, "missing or malformed field"), (409, "title already in use")],
        ),
        endpoint(
            format!("GET /api/{slug}/:id"),
            "no body".to_owned(),
            200,
            format!("{{entry: {kind}Entry}}"),
            &[(404, "no such entry")],
        ),
        endpoint(
            format!("DELETE /api/{slug}/:id"),
            "no body".to_owned(),
            204,
            "with no body".to_owned(),
            &[(403, "another person added it"), (404, "no such entry")],
        ),
    ]
}
