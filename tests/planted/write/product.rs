//! Stories, criteria, golden paths, and the numbers to reach.

use super::style::{Stories, Style, Targets};
use crate::dice::Dice;
use crate::world::{Criterion, Story, Threshold, World};

pub fn write(world: &World, style: &Style, put: &mut impl FnMut(&str, String)) {
    put("product/user-stories.md", stories(world, style));
    put("product/acceptance-criteria.md", criteria(world, style));
    put("product/golden-paths.md", journeys(world, style));
}

fn stories(world: &World, style: &Style) -> String {
    let mut text = format!("# {}: User Stories\n\n", world.title);
    text += "The people whom we asked, and what they asked for.\n\n";
    let mut ordered: Vec<&Story> = world.stories.iter().collect();
    if let Some(seed) = style.order {
        Dice::new(seed).shuffle(&mut ordered);
    }
    for story in ordered {
        let Story { id, title, feature, who, wants, why, .. } = story;
        text += &format!("## {id}: {title}\n\n- **Feature**: {feature}\n- **Priority**: P1\n\n");
        text += &format!("As a {who}, I want to {wants}, so that {why}.\n\n");
        if style.stories != Stories::Apart {
            text += &format!("**Acceptance Criteria**:\n\n{}\n", lines(story, style));
        }
    }
    if style.prose {
        text += "## Who Was Asked\n\nNine people in two towns, over three afternoons. ";
        text += "Their words are kept by the product manager.\n";
    }
    text
}

fn lines(story: &Story, style: &Style) -> String {
    let one = |criterion: &Criterion| {
        let Criterion { id, given, when, then } = criterion;
        let told = format!("Given {given}, when {when}, then {then}.");
        match style.stories {
            Stories::Boxes if style.ticked => format!("{} [x] {told}\n", style.mark),
            Stories::Boxes => format!("{} [ ] {told}\n", style.mark),
            _ => format!("{} **{id}** {told}\n", style.mark),
        }
    };
    let mut criteria = story.criteria.clone();
    if let Some(seed) = style.order {
        Dice::new(seed).shuffle(&mut criteria);
    }
    criteria.iter().map(one).collect()
}

fn criteria(world: &World, style: &Style) -> String {
    let mut text = format!("# {}: Acceptance Criteria\n\n", world.title);
    if style.stories == Stories::Apart {
        for story in &world.stories {
            text += &format!("## {}: {}\n\n{}\n", story.id, story.title, lines(story, style));
        }
    } else {
        text += "The criteria of each story stand below it in [user-stories.md](user-stories.md). ";
        text += "What holds for all of them stands here.\n\n";
    }
    text += "## Quality Targets\n\n";
    text += &targets(&world.thresholds, style);
    text
}

fn targets(thresholds: &[Threshold], style: &Style) -> String {
    let mark = style.mark;
    match style.targets {
        Targets::Rows => {
            let row = |one: &Threshold| format!("| {} | {} |\n", one.name, bounded(one));
            let rows: String = thresholds.iter().map(row).collect();
            format!("| Metric | Target |\n| --- | --- |\n{rows}\n")
        }
        Targets::Bullets => {
            let line = |one: &Threshold| format!("{mark} **{}**: {}\n", one.name, bounded(one));
            thresholds.iter().map(line).collect::<String>() + "\n"
        }
        Targets::Sentences => {
            let line = |one: &Threshold| format!("{mark} {}: {}\n", one.name, worded(one));
            thresholds.iter().map(line).collect::<String>() + "\n"
        }
    }
}

fn is_time(one: &Threshold) -> bool {
    one.target.ends_with('s')
}

fn bounded(one: &Threshold) -> String {
    let sign = if is_time(one) { "≤" } else { "≥" };
    format!("{sign} {}", one.target)
}

fn worded(one: &Threshold) -> String {
    let words = if is_time(one) { "at most" } else { "at least" };
    format!("{words} {}", one.target)
}

fn journeys(world: &World, style: &Style) -> String {
    let mut text = format!("# {}: Golden Paths\n\n", world.title);
    text += "Journeys that must work from end to end.\n\n";
    let mut ordered: Vec<_> = world.journeys.iter().collect();
    if let Some(seed) = style.order {
        Dice::new(seed).shuffle(&mut ordered);
    }
    for journey in ordered {
        text += &format!("## {}: {}\n\n", journey.id, journey.title);
        text += &format!("**Stories**: {}\n\n", journey.stories.join(", "));
        for (number, step) in journey.steps.iter().enumerate() {
            text += &format!("{}. {step}\n", number + 1);
        }
        text += &format!("\n**Success**: the {} is done in a minute.\n\n", journey.who);
    }
    text
}
