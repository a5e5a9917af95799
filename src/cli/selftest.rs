//! `gatecheck selftest`: whether each rule would speak here.

use super::args::{SelftestArgs, ViewFormat};
use super::output::{FAILS, HOLDS, Outcome};
use super::view;
use crate::base::Failure;
use crate::render::selftest as render;

pub fn run(args: &SelftestArgs, color: bool) -> Result<Outcome, Failure> {
    let test = view::selftest(&args.source)?;
    let text = match args.shape.format {
        ViewFormat::Human => render::human(&test, color),
        ViewFormat::Json => render::json(&test),
    };
    let status = if test.holds() { HOLDS } else { FAILS };
    Ok(Outcome::with_status(text, status))
}
