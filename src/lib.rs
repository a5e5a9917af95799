//! gatecheck judges the gates of a documented delivery workflow: whether the documents of each
//! phase hold what they promise, and whether git agrees.
//!
//! It only reads, and writes the reports that it is asked for. It runs nothing from the repository
//! and opens no connection, and one evaluator answers for the working tree, the index and every
//! revision.
//!
//! # The way from a repository to a verdict
//!
//! ```text
//!  rules/workflows/*.toml      gatecheck.toml
//!           │                        │
//!       workflow                  config
//!           ▼                        ▼
//! source ─▶ engine::load ─▶ Project ─▶ engine::evaluate ─▶ Report ─▶ render ─▶ text
//!  disk      │      ▲          ▲            │       ▲
//!  index     ▼ bytes│ facts    │ models     ▼       │ findings
//!  revision facts::extract   model::*     rules ────┘
//! ```
//!
//! Everything up to [`project::Project`] may fail, with one [`base::Failure`] that says what was
//! being done, why it failed and what to try. After it nothing can fail: rules, verdicts and
//! renderers are functions of their arguments.
//!
//! # The layers
//!
//! | layer | what it holds | sees |
//! | --- | --- | --- |
//! | [`base`] | spans, repository paths, failures, words | nothing |
//! | [`facts`] | what one document says, by its bytes alone | base |
//! | [`code`] | what source files declare: routes and tables, by extractors that are data | base |
//! | [`source`] | working tree, index, revision as one trait; all input | base |
//! | [`workflow`] | phases, deliverables, roles, words: data | base |
//! | [`config`] | what a repository decides: levels, waivers, skips, a baseline | base, workflow |
//! | [`model`] | what one kind of document means | facts, workflow |
//! | [`project`] | all documents of a root, the features they declare, what is due | model |
//! | [`ledger`] | what was agreed, what stands now, who reported the difference | project |
//! | [`rules`] | each check: a record and a function | project, ledger |
//! | [`engine`] | loading, evaluating, verdicts | all of the above |
//! | [`report`] | what a run found, ready to be shown | base |
//! | [`render`] | one function for each output format | report |
//! | [`cli`] | arguments, exit status; all output | everything |
//!
//! A test over the `use` lines holds this table, and a lint keeps files, processes, clocks and
//! printing inside [`source`] and [`cli`].
//!
//! # What is where besides
//!
//! `rules/` holds what is checked: the workflows, and one page for each rule, which
//! `gatecheck explain` shows and whose examples run as tests. `fixtures/` holds complete projects
//! and, for each rule, changes to them with the findings they must give.
//! `.github/CONTRIBUTING.md` says how to add a rule, a deliverable, a workflow, a format.

pub mod base;
pub mod cli;
pub mod code;
pub mod config;
pub mod engine;
pub mod facts;
pub mod finding;
pub mod ledger;
pub mod model;
pub mod project;
pub mod render;
pub mod report;
pub mod rules;
pub mod source;
pub mod workflow;
