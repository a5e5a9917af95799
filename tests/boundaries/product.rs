//! Generated products: features with folders of their own, in documents of many styles.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::dice::Dice;

const NAMES: &[&str] = &[
    "Accounts",
    "Catalog",
    "Room Bookings",
    "Billing",
    "Message Threads",
    "Inventory",
    "Loan Reminders",
];

/// How boundaries list what is owned.
pub const STYLES: &[&str] = &[
    "code paths",
    "paths label",
    "bare list",
    "nested files",
    "table",
    "interface",
    "configuration",
    "braces",
    "folders",
];

#[derive(Clone)]
pub struct Feature {
    pub name: String,
    pub slug: String,
    pub label: char,
    pub source: String,
    pub tests: String,
}

pub struct Product {
    pub features: Vec<Feature>,
    pub style: &'static str,
    /// A file of the second feature that the first may change, as an integration point says.
    pub registry: String,
}

pub type Files = BTreeMap<String, String>;

impl Product {
    pub fn draw(dice: &mut Dice) -> Self {
        let layout = *dice.one(&["src/{}", "packages/{}/src", "apps/web/{}"]);
        let mut names = NAMES.to_vec();
        dice.shuffle(&mut names);
        let many = 3 + dice.roll(3);
        let features = names.iter().take(many).zip('A'..).map(|(name, label)| {
            let slug = name.to_lowercase().replace(' ', "-");
            let (source, tests) = (layout.replace("{}", &slug), format!("tests/{slug}"));
            Feature { name: (*name).to_owned(), slug, label, source, tests }
        });
        let features: Vec<Feature> = features.collect();
        let registry = format!("{}/registry.ts", features[1].source);
        Self { features, style: *dice.one(STYLES), registry }
    }

    /// The design, with the configuration.
    pub fn design(&self) -> Files {
        let mut files = Files::new();
        let folder = ".work/foundation/architecture";
        let mut text = String::from("# Architecture\n\n## Feature Boundaries\n\n");
        if self.style == "table" {
            text += "| Feature | Owned routes | Code paths |\n| --- | --- | --- |\n";
        }
        let mut config = String::from("shared = [\"src/routes.gen.ts\"]\n");
        for one in &self.features {
            let Feature { name, slug, label, source, tests } = one;
            let routes = format!("`/api/{slug}/*`");
            let list = match self.style {
                "table" => {
                    _ = writeln!(text, "| {name} | {routes} | `{source}/**`, `{tests}/**` |");
                    continue;
                }
                "paths label" => format!("**Paths**: `{source}/**`, `{tests}/`\n"),
                "bare list" => format!("**Owns**:\n- {routes}\n- `{source}/**`\n- `{tests}/**`\n"),
                "nested files" => {
                    format!(
                        "**Owns**:\n- Routes: {routes}\n- Files:\n  - `{source}/`\n  - `{tests}/`\n"
                    )
                }
                "braces" => {
                    format!("**Owns**:\n- Code paths: `{{{source},{tests}}}/**`\n")
                }
                "folders" => format!("**Owned folders**:\n- `{source}` (code)\n- `{tests}`\n"),
                "interface" | "configuration" => format!("**Owns**:\n- Routes: {routes}\n"),
                _ => format!(
                    "**Owns**:\n- Routes: {routes}\n- Code paths: `{source}/**`, `{tests}/**`\n"
                ),
            };
            _ = writeln!(text, "### Feature {label}: {name}\n\n{list}");
            let mut interface = format!("# Interface of {name}\n\nGET /api/{slug}\n");
            if self.style == "interface" {
                _ = writeln!(interface, "\n**Code paths**: `{source}/**`, `{tests}/**`");
            }
            files.insert(format!("{folder}/INTERFACE-{slug}.md"), interface);
            if self.style == "configuration" {
                let paths = format!("[\"{source}/\", \"{tests}/**\"]");
                _ = writeln!(config, "\n[features.{slug}]\npaths = {paths}");
            }
        }
        let (first, second) = (&self.features[0].name, &self.features[1].name);
        _ = writeln!(text, "\n## Integration Points\n");
        _ = writeln!(text, "- {first} registers its pages with {second} in `{}`.", self.registry);
        files.insert(format!("{folder}/ARCHITECTURE.md"), text);
        files.insert("gatecheck.toml".to_owned(), config);
        files
    }

    /// The files that stand before anybody builds.
    pub fn start(&self) -> Files {
        let mut files = Files::new();
        for one in &self.features {
            for number in 0..4 {
                files.insert(format!("{}/old{number}.ts", one.source), "old".to_owned());
            }
            files.insert(format!("{}/one.test.ts", one.tests), "old".to_owned());
        }
        files.insert("src/app.ts".to_owned(), "old".to_owned());
        files
    }

    /// The evidence of a feature.
    pub fn evidence(&self, feature: usize, listed: &[String], excused: &[String]) -> String {
        let mut text =
            format!("# Evidence of {}\n\n## Files Created\n\n", self.features[feature].name);
        listed.iter().for_each(|path| _ = writeln!(text, "- `{path}`"));
        text += "\n## Deviations\n\n";
        if excused.is_empty() {
            text += "None.\n";
        }
        for (number, path) in excused.iter().enumerate() {
            _ = writeln!(text, "### DEV-{number}: A change where another feature works\n");
            _ = writeln!(text, "- **What changed**: `{path}` was changed as well");
            _ = writeln!(text, "- **Why**: it was the only place\n- **Impact**: None\n");
        }
        text
    }
}

pub fn evidence_path(feature: &Feature) -> String {
    format!(".work/implementation/{}/EVIDENCE.md", feature.slug)
}
