//! gatecheck judges the gates of a documented delivery workflow: whether the documents of each
//! phase hold what they promise, and whether git agrees.
//!
//! It only reads. It runs nothing from the repository and opens no connection, and one evaluator
//! answers for the working tree, the index and every revision.

pub mod base;
pub mod config;
pub mod engine;
pub mod facts;
pub mod finding;
pub mod model;
pub mod project;
pub mod render;
pub mod report;
pub mod rules;
pub mod source;
pub mod workflow;
