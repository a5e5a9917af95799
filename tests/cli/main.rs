//! The program as it is run: exit statuses, streams, formats, hostile repositories.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod agents;
mod baseline;
mod begin;
mod ci;
mod contracts;
mod graph;
#[cfg(unix)]
mod history;
mod hostile;
mod log;
mod memo;
#[cfg(unix)]
mod merged;
mod outputs;
mod project;
#[cfg(unix)]
mod pushed;
mod range;
#[allow(dead_code)]
#[path = "../sources/scratch.rs"]
mod scratch;
mod selftest;
mod shell;
mod statuses;
mod streams;
mod views;
mod workflow;
