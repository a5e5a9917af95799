//! Views of real repositories, made by the git command line.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod alike;
mod claims;
mod code_first;
mod forms;
mod history;
#[cfg(unix)]
mod hooks;
mod log;
mod merge;
#[cfg(unix)]
mod oddities;
mod order;
mod refusals;
mod scratch;
#[cfg(unix)]
mod trust;
mod views;
