//! `gatecheck completions` and `gatecheck man`: what a shell and a reader of manuals get.

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::output::Outcome;
use crate::base::{Failure, words};

pub fn completions(args: &CompletionsArgs) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gatecheck", &mut text);
    Outcome::shown(String::from_utf8_lossy(&text).into_owned())
}

pub fn man(args: &ManArgs) -> Result<Outcome, Failure> {
    let mut all = Cli::command();
    all.build();
    let (title, page) = match &args.command {
        None => ("gatecheck".to_owned(), all),
        Some(name) => {
            let found = all.get_subcommands().find(|one| one.get_name() == name).cloned();
            // A manual is looked up by one word.
            (format!("gatecheck-{name}"), found.ok_or_else(|| unknown(&all, name))?)
        }
    };
    let mut text = Vec::new();
    let cannot = |error| Failure::new("cannot write the manual", error, "");
    Man::new(page).title(title).render(&mut text).map_err(cannot)?;
    Ok(Outcome::shown(String::from_utf8_lossy(&text).into_owned()))
}

fn unknown(all: &clap::Command, name: &str) -> Failure {
    let known: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
    let help = match words::closest(name, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("the commands are {}", words::list(&known)),
    };
    Failure::new(format!("no command is called \"{name}\""), "", help)
}
