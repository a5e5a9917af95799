//! Words every layer shares: places in a text, paths in a repository, failures.
//!
//! This layer imports nothing of the crate and does no input or output.

pub mod failure;
pub mod level;
pub mod path;
pub mod span;
pub mod words;

pub use failure::Failure;
pub use level::Level;
pub use path::RepoPath;
pub use span::{Extents, LineIndex, Nested, Position, Span};
