//! Rules about requirements: stories, their criteria, their priorities.

mod missing_priority;
mod nothing_told;
mod story_incomplete;
mod story_without_criterion;
mod unknown_story;

use super::Rule;
use crate::model::product::Story;

pub static RULES: &[&Rule] = &[
    &nothing_told::RULE,
    &story_without_criterion::RULE,
    &story_incomplete::RULE,
    &unknown_story::RULE,
    &missing_priority::RULE,
];

/// How messages name a story: by its identifier, else by its title.
pub fn named(story: &Story) -> String {
    match &story.id {
        Some(id) => id.to_string(),
        None => format!("\"{}\"", shortened(&story.title)),
    }
}

fn shortened(title: &str) -> String {
    const MOST: usize = 48;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let head: String = title.chars().take(MOST).collect();
    format!("{} …", head.trim_end())
}
