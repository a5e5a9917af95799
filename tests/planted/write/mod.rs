//! Writes a product down as a team would: all documents of the workflow, in one style.

pub mod contracts;
mod data;
mod design;
mod evidence;
mod openapi;
mod plan;
mod product;
pub mod style;
mod text;
mod ux;

use std::collections::BTreeMap;

use style::Style;

use crate::world::World;

/// Documents by path.
pub type Files = BTreeMap<String, String>;

/// The documents of the requirements and the design.
pub fn design(world: &World, style: &Style) -> Files {
    let mut files = Files::new();
    let mut put = |path: &str, text: String| {
        files.insert(format!(".work/foundation/{path}"), text);
    };
    product::write(world, style, &mut put);
    ux::write(world, &mut put);
    put("architecture/ARCHITECTURE.md", design::architecture(world, style));
    put("architecture/DEPENDENCIES.md", plan::write(world, style));
    for feature in &world.features {
        let path = design::interface_path(feature, style);
        put(&path, design::interface(world, feature, style));
    }
    files.into_iter().map(|(path, text)| (path, text::dress(text, style))).collect()
}

/// The evidence of every feature, and the test files that it names. Says what it is told to say
/// of deviations.
pub fn evidence(world: &World, style: &Style, statements: &BTreeMap<String, String>) -> Files {
    let mut files = Files::new();
    for feature in &world.features {
        let statement = statements.get(&feature.name);
        let folder = format!(".work/implementation/{}", feature.slug);
        let text = evidence::implementation(feature, style, statement);
        files.insert(format!("{folder}/EVIDENCE.md"), text);
        let text = evidence::tests(feature, style);
        files.insert(format!("{folder}/tests/EVIDENCE.md"), text);
        for kind in ["unit", "integration", "contract", "edge-cases"] {
            let path = format!("tests/{}/{kind}.test.ts", feature.slug);
            files.insert(path, format!("test('{kind}', () => {{}});\n"));
        }
        files.insert(format!("src/{}/routes.ts", feature.slug), "export {};\n".to_owned());
    }
    files
}
