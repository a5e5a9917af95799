//! What was built and tested, and what the builders say of deviations.

use super::contracts::written;
use super::style::Style;
use crate::world::Feature;

/// The evidence of a feature, with what it says below the heading of deviations.
pub fn implementation(feature: &Feature, style: &Style, statement: Option<&String>) -> String {
    let mut text = format!("# {}: Implementation Evidence\n\n", feature.name);
    text += "**Built against**: `.work/foundation/architecture/ARCHITECTURE.md` at commit `0a9eed0`\n\n";
    text += "## What Was Implemented\n\n### API\n\n";
    for endpoint in &feature.endpoints {
        let path = written(style.parameter, &endpoint.path);
        text += &format!("- `{} {path}` {}.\n", endpoint.method, endpoint.does);
    }
    text += "\n### Interface\n\nA page with a list and a form.\n\n### Data\n\n";
    let tables: Vec<String> = feature.tables.iter().map(|one| format!("`{}`", one.name)).collect();
    text += &match &tables[..] {
        [] => "The feature stores nothing.\n\n".to_owned(),
        all => format!("Migrations for {}.\n\n", all.join(" and ")),
    };
    text += &format!("## Files Created\n\n- `src/{}/routes.ts`\n\n", feature.slug);
    text += "## Deviations from ARCHITECTURE.md\n\n";
    text += statement.map_or("None.\n", String::as_str);
    text
}

pub fn tests(feature: &Feature, style: &Style) -> String {
    let slug = &feature.slug;
    let mut text = format!("# {}: Test Evidence\n\n## Test Files\n\n", feature.name);
    for kind in ["unit", "integration", "contract", "edge-cases"] {
        text += &format!("- `tests/{slug}/{kind}.test.ts`\n");
    }
    text += "\n## Unit Tests\n\n**Coverage target**: 90% of the branches.\n\n";
    text += "- The form refuses what is empty.\n\n";
    text += "## Integration Tests\n\n- The list shows what was just added.\n\n";
    text += "## Contract Tests\n\n";
    for endpoint in &feature.endpoints {
        let path = written(style.parameter, &endpoint.path);
        let name = format!("`{} {path}`", endpoint.method);
        text += &format!("- {name} answers {} on the success case\n", endpoint.status);
        for case in &endpoint.errors {
            text += &format!("- {name} answers {} ({})\n", case.code, case.meanings[0]);
        }
    }
    for event in &feature.events {
        text += &format!("- `EVENT {}` is handled on the success case\n", event.name);
        for case in &event.errors {
            text += &format!("- `EVENT {}` answers {}\n", event.name, case.code);
        }
    }
    text + "\n## Edge Cases\n\n- A second delivery of the same event changes nothing.\n"
}
