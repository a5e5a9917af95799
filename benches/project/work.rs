//! Phase 2: evidence, test evidence, and the code and tests that they name.

use super::words::Draw;
use super::{Deviation, Feature, Project, SUITES, day, design};

pub fn write(project: &Project, write: &mut dyn FnMut(&str, String)) {
    let state = gatecheck::source::digest(design::architecture(project).as_bytes());
    for feature in &project.features {
        let folder = format!(".work/implementation/{}", feature.slug);
        write(&format!("{folder}/EVIDENCE.md"), evidence(project, feature, &state));
        write(&format!("{folder}/tests/EVIDENCE.md"), test_evidence(feature, &state));
        for path in feature.source_files().into_iter().chain(feature.test_files()) {
            let text = code(feature, &path);
            write(&path, text);
        }
    }
    for path in ["src/shared/db.ts", "src/shared/session.ts", "src/app.ts"] {
        write(path, format!("// {path}\nexport const ready = true;\n"));
    }
    write("package.json", "{ \"name\": \"waystation\", \"private\": true }\n".to_owned());
}

fn head(feature: &Feature, title: &str, author: &str, against: &str, state: &str) -> String {
    let (name, iteration) = (&feature.name, feature.iteration);
    let date = day(iteration, 3);
    format!(
        "# {name}: {title}\n\n- **Feature**: {name}\n- **Iteration**: {iteration}\n\
         - **Author**: {author}\n- **Date**: {date}\n- **{against}**: \
         `.work/foundation/architecture/ARCHITECTURE.md` (blob `{state}`), read in full before the \
         first line was written\n"
    )
}

fn evidence(project: &Project, feature: &Feature, state: &str) -> String {
    let Feature { name, slug, table, kind, .. } = feature;
    let mut draw = Draw::new(feature.id, 10);
    let author = format!("{}, full-stack engineer", feature.people().0);
    let mut out = head(feature, "Implementation Evidence", &author, "Built against", state);
    out.push_str(&format!(
        "\nThe contracts are in [INTERFACE-{slug}.md]\
         (../../foundation/architecture/INTERFACE-{slug}.md).\n\n## What Was Implemented\n\n### API\n\n"
    ));
    for endpoint in &feature.endpoints {
        let what = draw.sentence();
        out.push_str(&format!("- `{}` is in place. {what}\n", endpoint.line));
    }
    for &need in &feature.needs {
        let other = &project.features[need].slug;
        out.push_str(&format!("- Entries are looked up through `GET /api/{other}/:id`.\n"));
    }
    let [find, add] = feature.stories();
    out.push_str(&format!(
        "\n### Interface\n\n{}\n`{kind}Context` holds the list. Stories {find} and {add} are covered.\n\n\
         ### Data\n\nTable `{table}`, with an index that serves the list newest first.\n{}\n\n\
         ## Files Created\n\n",
        draw.paragraph(3),
        draw.paragraph(3)
    ));
    let mut files = feature.source_files();
    if feature.id == 0 {
        files.extend(
            ["package.json", "src/shared/db.ts", "src/shared/session.ts"].map(str::to_owned),
        );
    }
    out.extend(files.iter().map(|file| format!("- `{file}`\n")));
    out.push_str(&format!("\n## Notes on the Way There\n\n{}", draw.bullets(5)));
    out.push_str("\n## Deviations from ARCHITECTURE.md\n\n");
    out.push_str(&match feature.deviation {
        None => format!("None. {name} has its endpoints, table, and state as specified.\n"),
        Some(deviation) => departure(feature, deviation, &mut draw),
    });
    out
}

fn departure(feature: &Feature, deviation: Deviation, draw: &mut Draw) -> String {
    let (id, slug) = (feature.deviation_id(), &feature.slug);
    let (why, kind) = (draw.sentence(), &feature.kind);
    let (title, what, impact) = match deviation {
        Deviation::Code => (
            format!("`POST /api/{slug}` answers with the id only"),
            format!(
                "The response is {{id: string}} where the contract has {{entry: {kind}Entry}}."
            ),
            "A caller that relies on the whole entry in the answer needs a second request.",
        ),
        Deviation::Calls => (
            format!("`GET /api/{slug}` is called again whenever the window gets the focus"),
            format!(
                "`{kind}Context` is loaded when the page opens, and once more with each focus."
            ),
            "One cheap read more for each return to the window; the contract is the same.",
        ),
    };
    format!(
        "Total deviations: 1\n\n### {id}: {title}\n\n- **What changed**: {what}\n\
         - **Why it was necessary**: {why}\n- **Impact on other features**: {impact}\n"
    )
}

fn test_evidence(feature: &Feature, state: &str) -> String {
    let mut draw = Draw::new(feature.id, 11);
    let author = format!("{}, SDET", feature.people().1);
    let mut out = head(feature, "Test Evidence", &author, "Written against", state);
    out.push_str(
        "\nThe suites were written as executable files before any code of the feature was seen, and run \
         for the\nfirst time at integration.\n\n## Test Files\n\n",
    );
    let files = feature.test_files();
    out.extend(files.iter().map(|file| format!("- `{file}`\n")));
    let [unit, integration, contract, edges] = files;
    out.push_str(&format!(
        "\n## Unit Tests\n\nFile: `{unit}`, {} tests.\n\n**Coverage target**: 90% of the branches in the \
         functions that the interface lists under Module Signatures.\n\n{}\n## Integration Tests\n\n\
         File: `{integration}`, {} tests. Other features are mocked.\n\n{}\n## Contract Tests\n\n\
         File: `{contract}`, {} tests, one per line below.\n\n",
        SUITES[0].1,
        draw.bullets(SUITES[0].1),
        SUITES[1].1,
        draw.bullets(SUITES[1].1),
        feature.contract_tests()
    ));
    for endpoint in &feature.endpoints {
        let line = &endpoint.line;
        out.push_str(&format!("- `{line}` answers {} on the success case\n", endpoint.status));
        for (status, reason) in &endpoint.errors {
            out.push_str(&format!("- `{line}` answers {status} ({reason})\n"));
        }
    }
    out.push_str(&format!(
        "\n## Edge Cases\n\nFile: `{edges}`, {} tests.\n\n{}\n## Notes for Integration\n\n{}\n",
        SUITES[3].1,
        draw.bullets(SUITES[3].1),
        draw.paragraph(3)
    ));
    out
}

/// A few lines that belong to the file, so that nothing named is empty.
fn code(feature: &Feature, path: &str) -> String {
    let (kind, table) = (&feature.kind, &feature.table);
    if path.ends_with(".sql") {
        return format!(
            "create table {table} (\n  id uuid primary key,\n  title text not null unique,\n  \
             remark text,\n  added_by uuid not null,\n  added_at timestamptz not null\n);\n"
        );
    }
    if path.ends_with("contract.test.ts") {
        let mut out = "import { test } from \"node:test\";\n".to_owned();
        for endpoint in &feature.endpoints {
            let errors = endpoint.errors.iter().map(|(status, _)| *status);
            for status in [endpoint.status].into_iter().chain(errors) {
                out.push_str(&format!("test(\"{} {status}\", () => {{}});\n", endpoint.line));
            }
        }
        return out;
    }
    format!("// {path}\nexport const {kind} = \"{table}\";\n")
}
