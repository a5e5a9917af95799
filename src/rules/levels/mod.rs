//! Rules about levels of work: their order, what blocks the next one, what goes from hand to hand.

mod blocking_level_open;
mod level_out_of_order;
mod missing_handoff;

use super::Rule;

pub static RULES: &[&Rule] =
    &[&level_out_of_order::RULE, &blocking_level_open::RULE, &missing_handoff::RULE];
