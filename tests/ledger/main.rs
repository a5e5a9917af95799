//! What the ledger of a project holds: agreed trees beside changed ones.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod contracts;
mod features;
mod forms;
mod printed;
mod project;
