//! Changes of events, tables and types.

use super::{Ground, Planted, Seed};
use crate::world::{Declared, Event, Field, Kind, Table};
use crate::write::contracts::shape;

pub const SEEDS: &[Seed] = &[
    ("payload field removed", payload_removed),
    ("payload field renamed", payload_renamed),
    ("event removed", event_removed),
    ("column removed", column_removed),
    ("column renamed", column_renamed),
    ("column added", column_added),
    ("table removed", table_removed),
    ("field of a type removed", type_field_removed),
    ("field of a type of another kind", type_field_changed),
];

fn planted(kind: &'static str, feature: &str, thing: &str, word: &str, what: String) -> Planted {
    Planted {
        kind,
        feature: Some(feature.to_owned()),
        names: vec![format!("`{thing}`"), format!("{word} `{thing}`"), format!("{word} {thing}")],
        what,
        before: String::new(),
        after: String::new(),
        signs: Vec::new(),
        path: None,
    }
}

fn event(ground: &mut Ground) -> Option<(usize, usize)> {
    ground.pick(|one| &one.events, |one: &Event| one.name.clone(), |_, _| true)
}

fn table(ground: &mut Ground) -> Option<(usize, usize)> {
    let name = |one: &Table| format!("table {}", one.name);
    ground.pick(|one| &one.tables, name, |_, one| one.columns.len() > 3)
}

fn declared(ground: &mut Ground) -> Option<(usize, usize)> {
    ground.pick(|one| &one.types, |one: &Declared| format!("type {}", one.name), |_, _| true)
}

fn payload_removed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = event(ground)?;
    let roll = ground.dice.roll(2);
    let owner = &mut ground.world.features[feature];
    let event = &mut owner.events[at];
    let before = shape(&event.payload);
    let gone = event.payload.remove(1 + roll);
    let what = format!("the payload has no `{}`", gone.name);
    let signs = vec![Planted::sign(&[&event.name, &gone.name])];
    let after = shape(&event.payload);
    let base = planted("payload field removed", &owner.name, &event.name, "event", what);
    Some(Planted { signs, before, after, ..base })
}

fn payload_renamed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = event(ground)?;
    let owner = &mut ground.world.features[feature];
    let event = &mut owner.events[at];
    let before = shape(&event.payload);
    let old = std::mem::replace(&mut event.payload[0].name, "subjectKey".to_owned());
    let what = format!("the payload says `subjectKey` instead of `{old}`");
    let signs = vec![Planted::sign(&[&event.name, &old])];
    let after = shape(&event.payload);
    let base = planted("payload field renamed", &owner.name, &event.name, "event", what);
    Some(Planted { signs, before, after, ..base })
}

fn event_removed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = event(ground)?;
    let owner = &mut ground.world.features[feature];
    let gone = owner.events.remove(at);
    let what = "it is not published".to_owned();
    let signs = vec![Planted::sign(&[&gone.name])];
    let before = format!("EVENT {} {}", gone.name, shape(&gone.payload));
    let base = planted("event removed", &owner.name, &gone.name, "event", what);
    Some(Planted { signs, before, ..base })
}

fn columns(
    ground: &mut Ground,
    kind: &'static str,
    edit: impl FnOnce(&mut Vec<Field>, usize) -> (String, String),
) -> Option<Planted> {
    let (feature, at) = table(ground)?;
    let roll = ground.dice.roll(64);
    let owner = &mut ground.world.features[feature];
    let table = &mut owner.tables[at];
    let before = format!("{} {}", table.name, shape(&table.columns));
    let (what, column) = edit(&mut table.columns, roll);
    let after = format!("{} {}", table.name, shape(&table.columns));
    let mut base = planted(kind, &owner.name, &table.name, "table", what);
    base.names = vec![
        format!("table `{}`", table.name),
        format!("`{}.{column}`", table.name),
        format!("column `{column}` of `{}`", table.name),
    ];
    // Some name a column with its table and a point between.
    let dotted = format!("{}.{column}", table.name);
    let signs = vec![Planted::sign(&[&table.name, &column]), Planted::sign(&[&dotted])];
    Some(Planted { signs, before, after, ..base })
}

fn column_removed(ground: &mut Ground) -> Option<Planted> {
    columns(ground, "column removed", |columns, roll| {
        let gone = columns.remove(1 + roll % (columns.len() - 1));
        (format!("there is no column `{}`", gone.name), gone.name)
    })
}

fn column_renamed(ground: &mut Ground) -> Option<Planted> {
    columns(ground, "column renamed", |columns, roll| {
        let at = 1 + roll % (columns.len() - 1);
        let new = format!("{}_value", columns[at].name);
        let old = std::mem::replace(&mut columns[at].name, new.clone());
        (format!("the column `{old}` is called `{new}`"), old)
    })
}

fn column_added(ground: &mut Ground) -> Option<Planted> {
    columns(ground, "column added", |columns, _| {
        columns.push(Field::new("tenant_key", Kind::Text));
        ("there is a column `tenant_key` as well".to_owned(), "tenant_key".to_owned())
    })
}

fn table_removed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = table(ground)?;
    let owner = &mut ground.world.features[feature];
    let gone = owner.tables.remove(at);
    owner.stores.retain(|one| *one != gone.name);
    let what = "it was not created".to_owned();
    let signs = vec![Planted::sign(&[&gone.name, "table"]), Planted::sign(&[&gone.name])];
    let before = format!("table {} {}", gone.name, shape(&gone.columns));
    let mut base = planted("table removed", &owner.name, &gone.name, "table", what);
    base.names.remove(0);
    Some(Planted { signs, before, ..base })
}

fn type_field_removed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = declared(ground)?;
    let roll = ground.dice.roll(64);
    let owner = &mut ground.world.features[feature];
    let declared = &mut owner.types[at];
    let before = format!("{} {}", declared.name, shape(&declared.fields));
    let gone = declared.fields.remove(1 + roll % (declared.fields.len() - 1));
    let after = format!("{} {}", declared.name, shape(&declared.fields));
    let what = format!("it has no field `{}`", gone.name);
    let signs = vec![
        Planted::sign(&[&declared.name, &gone.name]),
        Planted::sign(&[&format!("{}.{}", declared.name, gone.name)]),
    ];
    let mut base = planted("field of a type removed", &owner.name, &declared.name, "type", what);
    base.names[0] = format!("`{}.{}`", declared.name, gone.name);
    Some(Planted { signs, before, after, ..base })
}

fn type_field_changed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = declared(ground)?;
    let owner = &mut ground.world.features[feature];
    let declared = &mut owner.types[at];
    let before = format!("{} {}", declared.name, shape(&declared.fields));
    let field = declared.fields.iter_mut().rev().find(|one| one.kind != Kind::Texts)?;
    field.kind = if field.kind == Kind::Number { Kind::Text } else { Kind::Number };
    let what = format!("`{}` is a {} there", field.name, field.kind.written());
    let signs = vec![
        Planted::sign(&[&declared.name, &field.name]),
        Planted::sign(&[&format!("{}.{}", declared.name, field.name)]),
    ];
    let after = format!("{} {}", declared.name, shape(&declared.fields));
    let kind = "field of a type of another kind";
    let base = planted(kind, &owner.name, &declared.name, "type", what);
    Some(Planted { signs, before, after, ..base })
}
