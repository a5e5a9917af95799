//! gatecheck under the programs that people run it with. `.ci/clients` installs them.
#![cfg(target_os = "linux")] // As the clients that .ci/clients installs.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod action;
mod begun;
mod client;
mod formats;
mod gitlab;
mod hooks;
mod install;
mod installed;
mod packed;
#[allow(dead_code)]
#[path = "../cli/project.rs"]
mod project;
mod published;
mod recipes;
#[allow(dead_code)]
#[path = "../sources/scratch.rs"]
mod scratch;
