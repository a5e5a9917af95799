//! What the pages look like and how people move between them.

use crate::world::World;

pub fn write(world: &World, put: &mut impl FnMut(&str, String)) {
    let mut flows = format!("# {}: User Flows\n\n", world.title);
    for story in &world.stories {
        flows += &format!("## {}: {}\n\n", story.id, story.title);
        flows +=
            "1. They open the page.\n2. They send the form.\n3. The page says what was done.\n\n";
    }
    put("ux/USER-FLOWS.md", flows);
    let mut frames = format!("# {}: Wireframes\n\n## Pages\n\n", world.title);
    for feature in &world.features {
        frames += &format!("### {}\n\n", feature.name);
        frames +=
            "```text\n+------------------+\n| list      | form |\n+------------------+\n```\n\n";
    }
    frames += "## Component Library\n\nButtons, fields, lists and one dialog.\n\n";
    frames += "## Responsive Layouts\n\nBelow 700 pixels the form follows the list.\n\n";
    frames += "## Accessibility\n\nWCAG AA; every field has a label, and the focus is visible.\n";
    put("ux/WIREFRAMES.md", frames);
}
