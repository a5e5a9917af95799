//! `gatecheck schema`: what editors need to complete and check the files that decide.

use super::args::{SchemaArgs, SchemaOf};
use super::output::Outcome;
use crate::{config, rules, workflow};

pub fn run(args: &SchemaArgs) -> Outcome {
    let rules: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let schema = match args.of {
        SchemaOf::Config => config::schema(&rules),
        SchemaOf::Workflow => workflow::schema::schema(&rules),
    };
    Outcome::shown(format!("{schema:#}\n"))
}
