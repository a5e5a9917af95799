//! The design of phase 1: architecture, interfaces, dependencies.

use super::words::Draw;
use super::{Feature, Project};

pub fn write(project: &Project, write: &mut dyn FnMut(&str, String)) {
    write(".work/foundation/architecture/ARCHITECTURE.md", architecture(project));
    write(".work/foundation/architecture/DEPENDENCIES.md", dependencies(project));
    for feature in &project.features {
        let path = format!(".work/foundation/architecture/INTERFACE-{}.md", feature.slug);
        write(&path, interface(project, feature));
    }
}

/// The architecture, which evidence cites.
pub fn architecture(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: System Architecture\n\nOne web application, one PostgreSQL database, one \
         process. Each feature is a folder with its own\nroutes, tables, and pages. This document \
         decides: where another one differs, that one is wrong.\n\n## User Stories Summary\n\nThe \
         stories are kept in [user-stories.md](../product/user-stories.md).\n\n\
         | Feature | Iteration | Stories |\n| --- | --- | --- |\n",
    );
    for feature in &project.features {
        let [find, add] = feature.stories();
        let (name, iteration) = (&feature.name, feature.iteration);
        out.push_str(&format!("| {name} | {iteration} | {find} (find), {add} (add) |\n"));
    }
    out.push_str(
        "\n## Feature Boundaries\n\nAll bodies are JSON in UTF-8, and times are ISO 8601 in UTC. A \
         shape with `?` after a name means that\nthe name may be left out.\n",
    );
    out.extend(project.features.iter().map(|feature| boundary(project, feature)));
    out.push_str("\n## Integration Points\n\n");
    for feature in &project.features {
        for &need in &feature.needs {
            let (name, other) = (&feature.name, &project.features[need]);
            out.push_str(&format!(
                "- {name} asks {} for an entry through `GET /api/{}/:id`; a 404 there becomes its own \
                 404.\n",
                other.name, other.slug
            ));
        }
    }
    out.push_str(
        "- Every error body has the shape {error: {code: string, message: string}}, whichever feature \
         answers.\n\n## Shared Resources\n\n- **PostgreSQL pool** (`src/shared/db.ts`, 20 connections): \
         a feature reads and writes only tables it owns.\n- **Session lookup** (`src/shared/session.ts`): \
         read only; the one place that reads a token.\n- **Assembly** (`src/app.ts`): written at \
         integration; mounts routers and pages. Features do not edit it.\n\n## Dependency Graph\n",
    );
    schedule(project, &mut out, Feature::title);
    out
}

fn boundary(project: &Project, feature: &Feature) -> String {
    let Feature { slug, table, kind, .. } = feature;
    let mut shared = "";
    if feature.id == 0 {
        shared = ", `src/shared/**`, `package.json`";
    }
    let mut out = format!(
        "\n### {}\n\n**Owns**:\n- Routes: `/api/{slug}/*`, `/{slug}/*`\n\
         - Tables: `{table}`\n- State: `{kind}Context`, the list and its filters\n\
         - Code paths: `src/{slug}/**`, `db/{slug}/**`, `tests/{slug}/**`{shared}\n\n",
        feature.title()
    );
    for &need in &feature.needs {
        let what = Draw::new(feature.id + need, 8).sentence().to_lowercase();
        let what = what.trim_end_matches('.');
        out.push_str(&format!(
            "**Depends on {} for**: an entry, so that {what}\n\n",
            project.features[need].name
        ));
    }
    out.push_str("**API Contract**:\n\n");
    for endpoint in &feature.endpoints {
        out.push_str(&format!("{}\n{}\n", endpoint.line, endpoint.contract()));
    }
    out.push_str(&format!(
        "**Data models**:\n\n- `{table}`: id, title, remark, added_by, added_at\n\n{}",
        types(feature)
    ));
    out
}

fn types(feature: &Feature) -> String {
    let kind = &feature.kind;
    format!(
        "```ts\ntype {kind}Entry = {{ id: string; title: string; remark?: string; addedAt: string }};\n\
         ```\n"
    )
}

fn schedule(project: &Project, out: &mut String, title: impl Fn(&Feature) -> String) {
    for iteration in 1..=project.iterations() {
        out.push_str(&format!("\n### Iteration {iteration}\n"));
        for (group, waits, why) in
            [("2a", false, "nothing to wait for inside this iteration"), ("2b", true, "after 2a")]
        {
            let mut wave = project.wave(iteration).filter(|one| one.waits == waits).peekable();
            if wave.peek().is_some() {
                out.push_str(&format!("\nPhase {group} ({why}):\n"));
            }
            for feature in wave {
                out.push_str(&format!("- {} ({})\n", title(feature), needs(project, feature)));
            }
        }
    }
}

fn needs(project: &Project, feature: &Feature) -> String {
    let each = feature.needs.iter().map(|&need| {
        let other = &project.features[need];
        match other.iteration == feature.iteration {
            true => format!("{} from 2a", other.name),
            false => format!("{} from Iteration {}", other.name, other.iteration),
        }
    });
    match feature.needs.is_empty() {
        true => "no dependencies".to_owned(),
        false => format!("requires {}", each.collect::<Vec<_>>().join(" and ")),
    }
}

fn dependencies(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: Dependencies\n\nWhat must exist before what, and who can work at the same time. \
         The reasons stand in\n[ARCHITECTURE.md](ARCHITECTURE.md) under Integration Points.\n\n\
         ## Dependency Table\n\n| Feature | Iteration | Depends On |\n| --- | --- | --- |\n",
    );
    for feature in &project.features {
        let names: Vec<&str> =
            feature.needs.iter().map(|&need| &*project.features[need].name).collect();
        let names = if names.is_empty() { "None".to_owned() } else { names.join(", ") };
        out.push_str(&format!("| {} | {} | {names} |\n", feature.name, feature.iteration));
    }
    out.push_str("\n## Build Order\n");
    schedule(project, &mut out, |feature| feature.name.clone());
    out.push_str(
        "\n## Parallel Work\n\n- For each feature an engineer and a test engineer start on the same day \
         from the same contracts.\n- A change to a contract is told to the teams on both of its ends \
         before it is written.\n",
    );
    out
}

fn interface(project: &Project, feature: &Feature) -> String {
    let Feature { name, slug, table, kind, .. } = feature;
    let mut draw = Draw::new(feature.id, 9);
    let mut out = format!(
        "# Interface: {name}\n\n{}\nBoundaries and reasons are in [ARCHITECTURE.md](ARCHITECTURE.md).\n\n\
         ## Endpoints\n",
        draw.paragraph(3)
    );
    for endpoint in &feature.endpoints {
        out.push_str(&format!("\n### {}\n\n{}", endpoint.line, endpoint.contract()));
    }
    out.push_str(&format!(
        "\n## Events\n\n{name} publishes no event of its own.\n\n## Data Models\n\n{}\n\
         - `{table}`: id, title, remark, added_by, added_at\n\n{name} is the only writer of its table. \
         {}\n\n## Rules\n\n{}\n## Needs From Other Features\n\n",
        types(feature),
        draw.sentence(),
        draw.bullets(4)
    ));
    for &need in &feature.needs {
        let other = &project.features[need];
        out.push_str(&format!(
            "- An entry to refer to: {}, `GET /api/{}/:id`.\n",
            other.name, other.slug
        ));
    }
    if feature.needs.is_empty() {
        out.push_str("None.\n");
    }
    out.push_str(&format!(
        "\n## Pages\n\n{}\n\n## Module Signatures\n\nUnit tests are written against these, before the \
         modules exist.\n\n- `find{kind}(query)` in `src/{slug}/store.ts` lists entries, newest first.\n\
         - `add{kind}(entry)` in `src/{slug}/store.ts` gives back the row it wrote.\n\
         - `nextCursor(entry)` in `src/{slug}/cursor.ts` is null for the last entry.\n\n\
         ## Notes for Engineers\n\n{}\n",
        draw.paragraph(3),
        draw.paragraph(3)
    ));
    out
}
