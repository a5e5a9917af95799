//! What is built before what.

use super::style::{Plan, Style};
use crate::world::World;

pub fn write(world: &World, style: &Style) -> String {
    let mut text = format!("# {}: Dependencies\n\n", world.title);
    text += "What must exist before what, and who can work at the same time.\n\n";
    if style.plan != Plan::Levels {
        text += "## Dependency Table\n\n| Feature | Batch | Depends On |\n| --- | --- | --- |\n";
        for feature in &world.features {
            let needs: Vec<&str> = feature.needs.iter().map(|one| &*one.on).collect();
            let needs = if needs.is_empty() { "None".to_owned() } else { needs.join(", ") };
            text += &format!("| {} | 2{} | {needs} |\n", feature.name, letter(feature.batch));
        }
        text += "\n";
    }
    if style.plan != Plan::Rows {
        text += &format!("## Build Order\n\n{}", levels(world, style));
    }
    text
}

/// The batches, one below the other.
pub fn levels(world: &World, style: &Style) -> String {
    let mark = style.mark;
    let mut text = String::new();
    let last = world.features.iter().map(|one| one.batch).max().unwrap_or_default();
    for batch in 0..=last {
        let name = letter(batch);
        let after = match batch {
            0 => "nothing to wait for".to_owned(),
            _ => format!("after 2{}", letter(batch - 1)),
        };
        text += &format!("Phase 2{name} ({after}):\n\n");
        for feature in world.features.iter().filter(|one| one.batch == batch) {
            let needs: Vec<String> = feature
                .needs
                .iter()
                .map(|need| {
                    let from = world.feature(&need.on).map_or(0, |one| one.batch);
                    format!("{} from 2{}", need.on, letter(from))
                })
                .collect();
            let needs = match needs.is_empty() {
                true => "no dependencies".to_owned(),
                false => format!("requires {}", needs.join(", ")),
            };
            text += &format!("{mark} {} ({needs})\n", feature.name);
        }
        text += "\n";
    }
    text
}

fn letter(batch: usize) -> char {
    (b'a' + batch as u8) as char
}
