//! What code declares: routes and tables, read without running anything.
//!
//! An [`extractor::Extractor`] is data: it says what a declaration of one framework looks like, as
//! patterns over tokens. [`lexer`] tells comments and strings from what runs, [`pattern`] finds.

pub mod lexer;
pub mod pattern;
