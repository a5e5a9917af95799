//! `gatecheck baseline`: writes down what is known, or compares.

use std::path::Path;

use super::args::BaselineArgs;
use super::output::{self, Outcome};
use super::{rewrite, view};
use crate::base::{Failure, RepoPath};
use crate::config::Baseline;
use crate::engine::{self, Comparison};
use crate::render::Shown;
use crate::render::baseline::{BaselineView, Done, render};
use crate::source::{self, Opened, Selection};

pub fn run(args: &BaselineArgs) -> Result<Outcome, Failure> {
    let opened = working_tree()?;
    let mut request = view::asked(args.config.as_deref(), opened.prefix.clone())?;
    request.today = args.now.unwrap_or(request.today);
    let comparison = engine::compare_baseline(&*opened.source, &request)?;
    if args.prune && !comparison.exists {
        let what = format!("cannot shorten {}", comparison.path);
        let help = "`gatecheck baseline` writes a first one";
        return Err(Failure::new(what, "there is no such file", help));
    }
    let done = done(args, &comparison);
    let (add, prune) = match done {
        Done::Created => (true, false),
        Done::Changed { add, prune } => (add, prune),
        Done::Nothing | Done::Compared => (false, false),
    };
    if add && !comparison.new.is_empty() || prune && !comparison.gone.is_empty() {
        let mut entries = comparison.entries(add, prune);
        for entry in &mut entries {
            entry.message = Shown::from(&entry.message).to_string();
        }
        rewrite::whole(&opened, &comparison.path, &Baseline::text(&entries)?)?;
    }
    let idle = comparison.gone.keys().map(|&index| &comparison.entries[index]);
    let idle: Vec<(String, RepoPath)> =
        idle.map(|entry| (entry.rule.clone(), entry.path.clone())).collect();
    let Comparison { path, known, new, unknowable, .. } = &comparison;
    let text = render(&BaselineView { path, done, known: *known, new, idle: &idle, unknowable });
    let fits = done != Done::Compared || new.is_empty() && idle.is_empty();
    Ok(Outcome::with_status(text, if fits { output::HOLDS } else { output::FAILS }))
}

fn done(args: &BaselineArgs, comparison: &Comparison) -> Done {
    match (comparison.exists, args.add || args.prune) {
        (false, _) if comparison.new.is_empty() => Done::Nothing,
        (false, _) => Done::Created,
        (true, false) => Done::Compared,
        (true, true) => Done::Changed { add: args.add, prune: args.prune },
    }
}

/// The working tree, where a baseline is written.
fn working_tree() -> Result<Opened, Failure> {
    let here = Path::new(".");
    source::open(here, Selection::WorkingTree).map_err(|failure| match source::open_head(here) {
        Ok(Some(Opened { top: None, .. })) => Failure::new(
            "cannot write a baseline here",
            "the repository is bare, and a baseline is a file of a working tree",
            "run it in a clone, and commit what it writes",
        ),
        _ => failure,
    })
}
