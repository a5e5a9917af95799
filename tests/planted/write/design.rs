//! ARCHITECTURE.md and the INTERFACE documents.

use super::contracts::{Writer, written};
use super::data;
use super::plan;
use super::style::{Form, Owns, Paths, Style, TableForm};
use crate::dice::Dice;
use crate::world::{Feature, World};

pub fn architecture(world: &World, style: &Style) -> String {
    let mut sections = [
        ("User Stories Summary", summary(world, style)),
        ("Feature Boundaries", boundaries(world, style)),
        ("Integration Points", points(world, style)),
        ("Shared Resources", shared(style)),
        ("Dependency Graph", plan::levels(world, style)),
        ("Before Starting Implementation", checklist(world, style)),
    ];
    if let Some(seed) = style.order {
        let mut dice = Dice::new(seed);
        dice.shuffle(&mut sections[3..]);
    }
    let mut text = format!("# {}: System Architecture\n\n", world.title);
    text += "One application, one database. Where another document differs, this one decides.\n\n";
    for (number, (title, body)) in sections.iter().enumerate() {
        let number = match style.numbered_headings {
            true => format!("{}. ", number + 1),
            false => String::new(),
        };
        text += &format!("## {number}{title}\n\n{}\n\n", body.trim_end());
    }
    text
}

fn summary(world: &World, style: &Style) -> String {
    let mut text = String::new();
    for feature in &world.features {
        let stories = world.stories_of(&feature.name);
        let ids: Vec<String> =
            stories.iter().map(|one| format!("{} ({})", one.id, one.title)).collect();
        text += &format!("{} {}: {}\n", style.mark, feature.name, ids.join(", "));
    }
    text
}

fn boundaries(world: &World, style: &Style) -> String {
    let mut text = String::new();
    let mut features: Vec<&Feature> = world.features.iter().collect();
    if let Some(seed) = style.order {
        Dice::new(seed).shuffle(&mut features);
    }
    if style.owns == Owns::Rows {
        text +=
            "| Feature | Owned routes | Owned tables | Owned paths |\n| --- | --- | --- | --- |\n";
        for feature in &features {
            text += &format!(
                "| {} | {} | {} | {} |\n",
                feature.name,
                listed(feature.routes.iter().chain(&feature.pages)),
                listed(&feature.stores),
                listed(&feature.files)
            );
        }
        text += "\n";
    }
    for feature in features {
        text += &format!("### Feature {}: {}\n\n", feature.letter, feature.name);
        text += &boundary(feature, style);
    }
    text
}

fn boundary(feature: &Feature, style: &Style) -> String {
    let mut text = String::new();
    let mark = style.mark;
    if style.owns == Owns::Bullets {
        let mut lines = vec![("Routes", listed(feature.routes.iter().chain(&feature.pages)))];
        if !feature.stores.is_empty() {
            lines.push(("Tables", listed(&feature.stores)));
        }
        lines.push(("Code paths", listed(&feature.files)));
        text += "**Owns**:\n\n";
        lines.iter().for_each(|(label, what)| text += &format!("{mark} {label}: {what}\n"));
        text += "\n";
    }
    for need in &feature.needs {
        text += &format!("**Depends on**: {} (`{}`)\n\n", need.on, path(style, &need.endpoint));
    }
    if style.interface_only {
        let file = format!("INTERFACE-{}.md", feature.slug);
        text += &format!("**API Contract**: everything stands in {file}.\n\n");
        return text;
    }
    text += "**API Contract**:\n\n";
    let mut writer = writer(style, style.architecture, 4, 1);
    text += &writer.contracts(&feature.endpoints, &feature.events);
    text += match style.tables {
        TableForm::Columns => "#### Data models\n\n",
        _ => "**Data models**:\n\n",
    };
    text += &data::tables(style, &feature.tables, &mut writer.dice);
    text + &data::types(style, &feature.types, &mut writer.dice)
}

fn writer(style: &Style, form: Form, depth: usize, salt: u64) -> Writer<'_> {
    let dice = style.order.map(|seed| Dice::new(seed + salt));
    Writer { style, form, depth, dice }
}

fn listed<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    let names = names.into_iter().map(|one| format!("`{one}`"));
    names.collect::<Vec<_>>().join(", ")
}

/// `GET /api/orders/{id}` with the parameters of the style.
pub fn path(style: &Style, endpoint: &str) -> String {
    let path = endpoint.split(' ').nth(1).unwrap_or_default();
    endpoint.replace(path, &written(style.parameter, path))
}

fn points(world: &World, style: &Style) -> String {
    let mark = style.mark;
    let mut text = String::new();
    for feature in &world.features {
        for need in &feature.needs {
            let (name, on, endpoint) = (&feature.name, &need.on, path(style, &need.endpoint));
            text += &format!("{mark} {name} asks {on} for its list: it calls `{endpoint}`.\n");
        }
    }
    text + &format!(
        "{mark} Every error body has a code and a sentence, whichever feature answers.\n"
    )
}

fn shared(style: &Style) -> String {
    let mark = style.mark;
    let mut text =
        format!("{mark} The database pool: a feature writes only tables that it owns.\n");
    text += &format!("{mark} The event dispatcher delivers at least once.\n");
    if style.prose {
        text += "\nThe pool was measured with forty connections and never ran dry; ";
        text += "the numbers are in the notebook of the architect.\n";
    }
    text
}

fn checklist(world: &World, style: &Style) -> String {
    let tick = if style.gate_open { ' ' } else { 'x' };
    world.checks.iter().map(|one| format!("{} [{tick}] {one}\n", style.mark)).collect()
}

pub fn interface_path(feature: &Feature, style: &Style) -> String {
    let slug = &feature.slug;
    match style.paths {
        Paths::Usual => format!("architecture/INTERFACE-{slug}.md"),
        Paths::Contracts => format!("contracts/INTERFACE-{slug}.md"),
        Paths::Folders => format!("architecture/interfaces/{slug}.md"),
    }
}

pub fn interface(world: &World, feature: &Feature, style: &Style) -> String {
    let mut writer = writer(style, style.interface, 3, 2);
    let mut text = format!("# Interface: {}\n\n", feature.name);
    text += &format!("What {} gives to the rest of {}.\n\n", feature.name, world.title);
    text += "## Endpoints\n\n";
    text += &writer.contracts(&feature.endpoints, &[]);
    if !feature.events.is_empty() {
        text += "## Events\n\n";
        text += &writer.contracts(&[], &feature.events);
    }
    text += "## Data Models\n\n";
    text += &data::tables(style, &feature.tables, &mut writer.dice);
    text += &data::types(style, &feature.types, &mut writer.dice);
    if style.prose {
        text += "## Background\n\nThe names were chosen together with the people who use them.\n";
    }
    text
}
