//! Rules about reviews: somebody else looked at the work, and agreed.

mod review_incomplete;
mod review_rejected;
mod self_reviewed;

use super::Rule;

pub static RULES: &[&Rule] =
    &[&self_reviewed::RULE, &review_incomplete::RULE, &review_rejected::RULE];
