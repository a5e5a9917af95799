//! `gatecheck explain` and `gatecheck rules`: what the rules are and why.

use super::args::{ExplainArgs, RulesArgs, ShapeArgs, ViewFormat};
use super::notes;
use super::output::Outcome;
use crate::base::{Failure, words};
use crate::render::rules as render;

pub fn explain(args: &ExplainArgs, color: bool) -> Result<Outcome, Failure> {
    let Some(id) = &args.rule else { return Ok(list(&args.shape, color)) };
    let notes = notes::all();
    let Some((id, note)) = notes.iter().find(|(known, _)| known == id) else {
        let known = notes.iter().map(|(id, _)| *id);
        let help = match words::closest(id, known) {
            Some(meant) => format!("did you mean {meant}? gatecheck rules lists them all"),
            None => "gatecheck rules lists them all".to_owned(),
        };
        return Err(Failure::new(format!("no rule is called \"{id}\""), "", help));
    };
    Ok(Outcome::shown(match args.shape.format {
        ViewFormat::Human => render::page(id, note, color),
        ViewFormat::Json => render::page_json(id, note),
    }))
}

pub fn rules(args: &RulesArgs, color: bool) -> Result<Outcome, Failure> {
    Ok(list(&args.shape, color))
}

fn list(shape: &ShapeArgs, color: bool) -> Outcome {
    let notes = notes::all();
    Outcome::shown(match shape.format {
        ViewFormat::Human => render::table(&notes, color),
        ViewFormat::Json => render::table_json(&notes),
    })
}
