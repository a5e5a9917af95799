//! Tables and types.

use super::style::{Style, TableForm, TypeForm};
use crate::dice::Dice;
use crate::world::{Declared, Field, Kind, Table};

pub fn tables(style: &Style, tables: &[Table], dice: &mut Option<Dice>) -> String {
    let mut text = String::new();
    let mut tables = tables.to_vec();
    if let Some(dice) = dice {
        dice.shuffle(&mut tables);
        tables.iter_mut().for_each(|one| dice.shuffle(&mut one.columns));
    }
    for Table { name, columns } in &tables {
        text += &match style.tables {
            TableForm::Bullets => {
                let names: Vec<&str> = columns.iter().map(|one| &*one.name).collect();
                format!("{} `{name}`: {}\n", style.mark, names.join(", "))
            }
            TableForm::Sql => {
                let column = |one: &Field| format!("  {} {}", one.name, one.kind.sql());
                let columns: Vec<String> = columns.iter().map(column).collect();
                format!("```sql\nCREATE TABLE {name} (\n{}\n);\n```\n\n", columns.join(",\n"))
            }
            TableForm::Columns => {
                let row = |one: &Field| format!("| `{}` | {} |\n", one.name, one.kind.sql());
                let rows: String = columns.iter().map(row).collect();
                format!("##### Table: `{name}`\n\n| Column | Type |\n| --- | --- |\n{rows}\n")
            }
        };
    }
    text + "\n"
}

pub fn types(style: &Style, types: &[Declared], dice: &mut Option<Dice>) -> String {
    let mut types = types.to_vec();
    if let Some(dice) = dice {
        dice.shuffle(&mut types);
        types.iter_mut().for_each(|one| dice.shuffle(&mut one.fields));
    }
    let mut text = String::new();
    for Declared { name, fields } in &types {
        let member = |one: &Field| {
            let mark = if one.optional { "?" } else { "" };
            format!("{}{mark}: {}", one.name, one.kind.written())
        };
        let members: Vec<String> = fields.iter().map(member).collect();
        text += &match style.types {
            TypeForm::TypeScript => {
                format!("```ts\ntype {name} = {{ {} }};\n```\n\n", members.join("; "))
            }
            TypeForm::Interface => {
                format!(
                    "```typescript\nexport interface {name} {{\n  {};\n}}\n```\n\n",
                    members.join(";\n  ")
                )
            }
            TypeForm::Python => {
                let lines: String = fields.iter().map(python).collect();
                format!("```python\n@dataclass\nclass {name}:\n{lines}```\n\n")
            }
        };
    }
    text
}

fn python(field: &Field) -> String {
    let kind = match &field.kind {
        Kind::Text => "str".to_owned(),
        Kind::Number => "float".to_owned(),
        Kind::Flag => "bool".to_owned(),
        Kind::Texts => "list[str]".to_owned(),
        Kind::Many(name) => format!("list[{name}]"),
    };
    match field.optional {
        true => format!("    {}: Optional[{kind}] = None\n", field.name),
        false => format!("    {}: {kind}\n", field.name),
    }
}
