//! Phase 0 and the user experience of phase 1: stories, criteria, paths, flows, wireframes.

use super::words::Draw;
use super::{Feature, Project};

pub fn write(project: &Project, write: &mut dyn FnMut(&str, String)) {
    write(".work/foundation/product/user-stories.md", stories(project));
    write(".work/foundation/product/acceptance-criteria.md", criteria(project));
    write(".work/foundation/product/golden-paths.md", paths(project));
    write(".work/foundation/ux/USER-FLOWS.md", flows(project));
    write(".work/foundation/ux/WIREFRAMES.md", wireframes(project));
}

/// The titles of a feature's stories.
fn titles(feature: &Feature) -> [String; 2] {
    let name = feature.name.to_lowercase();
    [format!("Find an entry of {name}"), format!("Add an entry to {name}")]
}

/// One heading an iteration, with what `each` says of its features.
fn by_iteration(project: &Project, out: &mut String, each: impl Fn(&Feature) -> String) {
    for iteration in 1..=project.iterations() {
        out.push_str(&format!("\n## Iteration {iteration}\n"));
        out.extend(project.wave(iteration).map(&each));
    }
}

fn stories(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: User Stories\n\nWaystation runs the daily business of one small town. Each \
         story has its criteria in\n[acceptance-criteria.md](acceptance-criteria.md), and the \
         journeys that string stories together are in\n[golden-paths.md](golden-paths.md).\n\n\
         ## Feature Priorities\n\n| Feature | Priority | Iteration | Stories | Reason |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for feature in &project.features {
        let [find, add] = feature.stories();
        let (name, iteration) = (&feature.name, feature.iteration);
        let reason = Draw::new(feature.id, 2).sentence();
        let (priority, reason) = (feature.id % 3 / 2 + 1, reason.trim_end_matches('.'));
        out.push_str(&format!(
            "| {name} | P{priority} | {iteration} | {find}, {add} | {reason} |\n"
        ));
    }
    by_iteration(project, &mut out, |feature| {
        let mut draw = Draw::new(feature.id, 3);
        let wishes = ["look up what was written down", "write down what is new"];
        let told = feature.stories().into_iter().zip(titles(feature)).zip(wishes);
        told.map(|((id, title), wish)| {
            let (name, priority) = (&feature.name, feature.id % 3 / 2 + 1);
            let wish = draw.wish(wish);
            format!(
                "\n### {id}: {title}\n\n- **Feature**: {name}\n- **Priority**: P{priority}\n\n{wish}\n"
            )
        })
        .collect()
    });
    out
}

fn criteria(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: Acceptance Criteria\n\nThe criteria belong to the stories in \
         [user-stories.md](user-stories.md) and use the same ids.\n",
    );
    by_iteration(project, &mut out, |feature| {
        let mut draw = Draw::new(feature.id, 4);
        let told = feature.stories().into_iter().zip(titles(feature));
        told.map(|(id, title)| {
            let number = id.trim_start_matches("US-");
            let list: String = (1..=3)
                .map(|nth| format!("- **AC-{number}.{nth}** {}\n", draw.criterion()))
                .collect();
            format!("\n### {id}: {title}\n\n{list}")
        })
        .collect()
    });
    out
}

/// The features that one golden path passes through, for each path.
pub fn journeys(project: &Project) -> impl Iterator<Item = (String, &[Feature])> {
    let chunks = project.features.chunk_by(|left, right| left.iteration == right.iteration);
    let chunks = chunks.flat_map(|wave| wave.chunks(5)).enumerate();
    chunks.map(|(at, features)| (format!("GP-{}", at + 1), features))
}

fn paths(project: &Project) -> String {
    let ids = |features: &[Feature]| {
        features.iter().flat_map(Feature::stories).collect::<Vec<_>>().join(", ")
    };
    let mut out = String::from(
        "# Waystation: Golden Paths\n\nA golden path is a journey that must work from end to end on \
         the integrated system. The stories it\npasses through are described in \
         [user-stories.md](user-stories.md).\n\n## Coverage\n\n| Path | Iteration | Stories |\n\
         | --- | --- | --- |\n",
    );
    for (id, features) in journeys(project) {
        out.push_str(&format!("| {id} | {} | {} |\n", features[0].iteration, ids(features)));
    }
    let mut iteration = 0;
    for (at, (id, features)) in journeys(project).enumerate() {
        if features[0].iteration != iteration {
            iteration = features[0].iteration;
            out.push_str(&format!("\n## Iteration {iteration}\n"));
        }
        let mut draw = Draw::new(at, 5);
        let steps: String = features
            .iter()
            .enumerate()
            .map(|(step, feature)| {
                let [find, add] = feature.stories();
                format!("{}. {} ({find}, {add})\n", step + 1, draw.sentence().trim_end_matches('.'))
            })
            .collect();
        out.push_str(&format!(
            "\n### {id}: One day with {}\n\n**Stories**: {}\n\n{steps}\n**Success**: {}\n",
            features[0].name.to_lowercase(),
            ids(features),
            draw.sentence()
        ));
    }
    out
}

fn flows(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: User Flows\n\nOne flow per story of \
         [user-stories.md](../product/user-stories.md). Pages and components are drawn in\n\
         [WIREFRAMES.md](WIREFRAMES.md).\n",
    );
    by_iteration(project, &mut out, |feature| {
        let mut draw = Draw::new(feature.id, 6);
        let told = feature.stories().into_iter().zip(titles(feature));
        told.map(|(id, title)| {
            let slug = &feature.slug;
            let steps = [draw.sentence(), draw.sentence(), draw.sentence()];
            let [one, two, three] = steps;
            format!(
                "\n### {id}: {title}\n\n**Start**: the page `/{slug}`. **End**: the same page.\n\n\
                 1. {one}\n2. {two}\n3. {three}\n\n- Not logged in: the login page opens and leads \
                 back.\n- Malformed entry: the field at fault is marked.\n"
            )
        })
        .collect()
    });
    out
}

fn wireframes(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: Wireframes\n\nLow-fidelity drawings of the pages, and the parts they are made \
         of. How people move between the pages\nis described in [USER-FLOWS.md](USER-FLOWS.md).\n\n\
         ## Pages\n",
    );
    for iteration in 1..=project.iterations() {
        let names: Vec<String> =
            project.wave(iteration).map(|feature| format!("`/{}`", feature.slug)).collect();
        out.push_str(&format!(
            "\n### Pages of Iteration {iteration}\n\n```text\n\
             +--------------------------------------+\n\
             | Waystation              Help Log out |\n\
             +--------------------------------------+\n\
             |  Title     (____________________)    |\n\
             |  Remark    (____________________)    |\n\
             |  ( Find )  ( Add )                   |\n\
             +--------------------------------------+\n```\n\nDrawn for {}. {}\n",
            names.join(", "),
            Draw::new(iteration, 7).paragraph(2)
        ));
    }
    out.push_str(
        "\n## Component Library\n\n| Component | Used on | States |\n| --- | --- | --- |\n\
         | Field | all forms | resting, focused, invalid with message |\n\
         | Button | all pages | resting, focused, busy, disabled |\n\
         | Notice | all forms | success, error |\n| Card | all lists | resting, focused |\n\n\
         ## Responsive Layouts\n\n| Width | Layout |\n| --- | --- |\n\
         | below 600 px | one column, navigation behind one button |\n\
         | 600 px and above | two columns of cards, forms 480 px wide |\n\n\
         ## Accessibility (WCAG AA)\n\n\
         - Contrast is at least 4.5:1 for text and 3:1 for borders of fields and for focus rings.\n\
         - Every page can be used with the keyboard alone, and the focus is always visible.\n\
         - Each field has a visible label; an error is tied to its field and announced.\n",
    );
    out
}
