//! Rules about any document: its required parts, its boxes, its links, whether anybody asked for it.

pub(super) mod boxes;
mod dead_link;
mod missing_part;
mod open_box;
mod ticked_file_missing;
mod unknown_artifact;
mod unticked_item;

use super::Rule;

pub static RULES: &[&Rule] = &[
    &missing_part::RULE,
    &unticked_item::RULE,
    &ticked_file_missing::RULE,
    &open_box::RULE,
    &dead_link::RULE,
    &unknown_artifact::RULE,
];
