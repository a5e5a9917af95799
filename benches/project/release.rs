//! Integration, validation and deployment.

use super::words::{Draw, PEOPLE};
use super::{Deviation, Feature, Project, SUITES, day, product};

pub fn write(project: &Project, write: &mut dyn FnMut(&str, String)) {
    write(".work/integration/INTEGRATION-REPORT.md", integration(project));
    write(".work/validation/e2e-report.md", end_to_end(project));
    write(".work/validation/performance-report.md", performance(project));
    write(".work/validation/security-report.md", security(project));
    write(".work/validation/sign-offs/product-manager.md", sign_off(project));
    write(".work/deployment/API-DOCS.md", api_docs(project));
    write(".work/deployment/DEPLOYMENT.md", deployment(project));
    write(".work/deployment/RELEASE-NOTES.md", release_notes(project));
    write(".work/deployment/USER-GUIDE.md", user_guide(project));
}

/// A heading for each iteration with what `each` says of it.
fn waves(project: &Project, out: &mut String, mut each: impl FnMut(usize, &mut String)) {
    for iteration in 1..=project.iterations() {
        out.push_str(&format!("\n## Iteration {iteration}\n\n"));
        each(iteration, out);
    }
}

/// `Iteration 1, Iteration 2, …`
fn all_iterations(project: &Project) -> String {
    let each = (1..=project.iterations()).map(|iteration| format!("Iteration {iteration}"));
    each.collect::<Vec<_>>().join(", ")
}

fn integration(project: &Project) -> String {
    let mut out = format!(
        "# Waystation: Integration Report\n\n- **Author**: {}, integration engineer\n- **Date**: {}\n\n\
         All suites run against a server with a fresh database, one file at a time. A suite that failed \
         has\none line per run; its last line counts.\n",
        PEOPLE[4],
        day(project.iterations(), 4)
    );
    waves(project, &mut out, |iteration, out| {
        let mut draw = Draw::new(iteration, 12);
        out.push_str(
            "### Test Results\n\n| Suite | File | Run | Tests | Failed | Result |\n\
             | --- | --- | --- | --- | --- | --- |\n",
        );
        out.extend(project.wave(iteration).map(results));
        out.push_str("\n### Test Failures Found and Fixed\n\n");
        let changed = |one: &&Feature| one.deviation == Some(Deviation::Code);
        let mut fixed = project.wave(iteration).filter(changed).peekable();
        if fixed.peek().is_none() {
            out.push_str("None. Every suite passed in its first run.\n");
        }
        for one in fixed {
            out.push_str(&format!(
                "- **{} contract**: `POST /api/{}` gave no entry back ({}); the code was changed.\n",
                one.name,
                one.slug,
                one.deviation_id()
            ));
        }
        out.push_str("\n### Deviations and Resolutions\n\n");
        let mut reported = project.wave(iteration).filter(|one| one.deviation.is_some()).peekable();
        match reported.peek() {
            None => out.push_str("None. No feature of this iteration reported one.\n"),
            Some(_) => out.push_str(
                "| Deviation | Feature | Contract | Resolution | What was done |\n\
                 | --- | --- | --- | --- | --- |\n",
            ),
        }
        out.extend(reported.map(resolution));
        out.push_str(&format!(
            "\n### Contract Updates\n\nNone. Every contract is the one that was agreed.\n\n\
             ### Integration Verified\n\n{}\n### Compatibility with Previous Iterations\n\n{}\n",
            draw.bullets(3),
            match iteration {
                1 => "Iteration 1 is the first one, so there is nothing earlier to stay compatible with.",
                _ => "All suites of the earlier iterations pass unchanged on the integrated system.",
            }
        ));
    });
    out
}

fn results(feature: &Feature) -> String {
    let name = &feature.name;
    let files = feature.test_files();
    let rows = SUITES.iter().zip(files).map(|(&(suite, tests), file)| {
        let title = format!("{name} {}", suite.replace('-', " "));
        let contract = suite == "contract";
        let tests = if contract { feature.contract_tests() } else { tests };
        let passed = |run: usize| format!("| {title} | `{file}` | {run} | {tests} | 0 | PASS |\n");
        match contract && feature.deviation == Some(Deviation::Code) {
            true => format!("| {title} | `{file}` | 1 | {tests} | 1 | FAIL |\n{}", passed(2)),
            false => passed(1),
        }
    });
    rows.collect()
}

fn resolution(feature: &Feature) -> String {
    let (id, name, slug) = (feature.deviation_id(), &feature.name, &feature.slug);
    match feature.deviation {
        Some(Deviation::Calls) => format!(
            "| {id} | {name} | `GET /api/{slug}` | Accepted | One cheap read more per focus |\n"
        ),
        _ => format!(
            "| {id} | {name} | `POST /api/{slug}` | Code changed | The answer holds the whole entry |\n"
        ),
    }
}

fn verdict(project: &Project, title: &str, role: &str, word: &str, person: usize) -> String {
    format!(
        "# {title}\n\n- **Role**: {role}\n- **Verdict**: {word}\n- **Signed by**: {}\n- **Date**: {}\n\
         - **Scope**: {}\n",
        PEOPLE[person],
        day(project.iterations(), 5),
        all_iterations(project)
    )
}

fn end_to_end(project: &Project) -> String {
    let mut out = verdict(project, "End-to-End Test Report", "Test engineer", "PASS", 7);
    out.push_str(
        "\nAll runs used the integrated staging system, driven through the browser.\n\n\
         ## User Journeys\n\n| Journey | Iteration | Stories | Result |\n| --- | --- | --- | --- |\n",
    );
    for (id, features) in product::journeys(project) {
        let stories: Vec<String> = features.iter().flat_map(Feature::stories).collect();
        let (first, stories) = (&features[0], stories.join(", "));
        let day = first.name.to_lowercase();
        out.push_str(&format!(
            "| One day with {day} ({id}) | {} | {stories} | PASS |\n",
            first.iteration
        ));
    }
    out.push_str(
        "\n## Cross-Browser\n\n| Browser | Desktop | Phone | Result |\n| --- | --- | --- | --- |\n\
         | Chrome | 1440 px | 360 px | PASS |\n| Firefox | 1440 px | 360 px | PASS |\n\
         | Safari | 1280 px | 390 px | PASS |\n\n## Regression\n\nAll journeys of earlier iterations were \
         repeated after the newest features had been integrated. Nothing had\nchanged.\n\n\
         ## Accessibility\n\n| Check | Method | Result |\n| --- | --- | --- |\n\
         | Contrast and labels | automated scan of every page | PASS |\n\
         | Keyboard alone | each journey above without a pointer | PASS |\n\n\
         The pages meet WCAG 2.1 at level AA.\n",
    );
    out
}

fn performance(project: &Project) -> String {
    let mut out = verdict(project, "Performance Report", "Performance engineer", "PASS", 5);
    out.push_str(
        "\n## Load Testing\n\n200 virtual users for 30 minutes.\n\n\
         | Request | Iteration | Target p95 | Measured p95 | Result |\n| --- | --- | --- | --- | --- |\n",
    );
    for feature in &project.features {
        let measured = 20 + Draw::new(feature.id, 13).below(120);
        let (slug, iteration) = (&feature.slug, feature.iteration);
        out.push_str(&format!(
            "| `GET /api/{slug}` | {iteration} | 200 ms | {measured} ms | PASS |\n"
        ));
    }
    let mut draw = Draw::new(0, 14);
    out.push_str(&format!(
        "\nNo request failed. The processor stood at 61% on average and memory stayed flat.\n\n\
         ## Profiling\n\n{}\n## Recommendations\n\n{}",
        draw.bullets(4),
        draw.bullets(2)
    ));
    out
}

fn security(project: &Project) -> String {
    let mut out = verdict(project, "Security Report", "Security engineer", "PASS", 6);
    out.push_str("\n## Security Audit\n\n| Area | Iteration | Result |\n| --- | --- | --- |\n");
    for feature in &project.features {
        let (name, iteration) = (&feature.name, feature.iteration);
        out.push_str(&format!("| Ownership in {name} | {iteration} | PASS |\n"));
    }
    out.push_str(
        "\n## Penetration Tests\n\n| Attempt | Outcome | Result |\n| --- | --- | --- |\n\
         | Use a token after logout or expiry | 401 each time | PASS |\n\
         | Put script into titles and remarks | Shown as text | PASS |\n\n\
         ## Vulnerability Assessment\n\nThe dependency scan lists no known vulnerability of any severity \
         for the versions in use.\n\nNo finding is open.\n",
    );
    out
}

fn sign_off(project: &Project) -> String {
    let mut out = verdict(project, "Product Manager Sign-Off", "Product manager", "APPROVED", 10);
    out.push_str(&format!("- **Release tag**: v1.{}.0\n", project.iterations() - 1));
    out.push_str(
        "- **Conditions**: None\n\nEverything below was done by hand on the integrated staging system.\n\n\
         ## Golden Path Results\n\n| Path | Iteration | Checked on | Result | Observation |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for (at, (id, features)) in product::journeys(project).enumerate() {
        let (iteration, seen) = (features[0].iteration, Draw::new(at, 15).sentence());
        let (date, seen) = (day(iteration, 5), seen.trim_end_matches('.'));
        out.push_str(&format!("| {id} | {iteration} | {date} | PASS | {seen} |\n"));
    }
    out.push_str(
        "\n## User Story Verification\n\n| Story | Iteration | Criteria | Result |\n\
         | --- | --- | --- | --- |\n",
    );
    for feature in &project.features {
        for story in feature.stories() {
            let (number, iteration) = (story.trim_start_matches("US-"), feature.iteration);
            out.push_str(&format!(
                "| {story} | {iteration} | AC-{number}.1 to AC-{number}.3 | PASS |\n"
            ));
        }
    }
    out.push_str(
        "\n## Statement\n\nThe newest iteration does what its stories promise, and what was released before \
         still works as it did. I\napprove the system for deployment.\n",
    );
    out
}

fn api_docs(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: API Documentation\n\nFor people who write programs against Waystation. Bodies are \
         JSON. An error has the body\n{error: {code: string, message: string}}; the code is stable, the \
         message may change.\n",
    );
    for feature in &project.features {
        out.push_str(&format!("\n## {} (Iteration {})\n", feature.name, feature.iteration));
        for endpoint in &feature.endpoints {
            out.push_str(&format!("\n### {}\n\n{}", endpoint.line, endpoint.contract()));
        }
    }
    out
}

fn deployment(project: &Project) -> String {
    let mut out = format!(
        "# Waystation: Deployment\n\nHow Waystation gets to its server, and how we know that it is well. \
         Updated for {}.\n\n- **DevOps**: {}\n- **Last updated**: {}\n\n## CI/CD Pipeline\n\nEvery push \
         builds, loads the schemas into a fresh PostgreSQL, and runs all suites and smoke tests. A\n\
         release is made by hand, by two people.\n\n## Infrastructure\n\n\
         | Part | What | Configured in |\n| --- | --- | --- |\n\
         | Server | one virtual machine, 8 cores, 16 GB | by the hosting cooperative |\n\
         | Database | PostgreSQL 17, nightly dump kept for 30 days | by the hosting cooperative |\n\n\
         ## Monitoring\n\nThe volunteer on duty is paged when the health check fails for a minute. Logs are \
         kept for 14 days.\n\n## Final Validation\n\n| Check | Iteration | Result |\n| --- | --- | --- |\n",
        all_iterations(project),
        PEOPLE[8],
        day(project.iterations(), 6)
    );
    for iteration in 1..=project.iterations() {
        out.push_str(&format!("| Version of the build equals the tag | {iteration} | PASS |\n"));
    }
    for (title, healthy) in [("Smoke Tests", "Expected"), ("Health Checks", "Healthy when")] {
        out.push_str(&format!(
            "\n## {title}\n\n| Request | {healthy} | Feature |\n| --- | --- | --- |\n"
        ));
        for feature in &project.features {
            let (slug, name) = (&feature.slug, &feature.name);
            out.push_str(&format!("| `GET /api/{slug}` without a token | 401 | {name} |\n"));
        }
    }
    out
}

fn release_notes(project: &Project) -> String {
    let mut out = "# Waystation: Release Notes\n".to_owned();
    for iteration in (1..=project.iterations()).rev() {
        let date = day(iteration, 6);
        out.push_str(&format!("\n## 1.{}.0, {date} (Iteration {iteration})\n\n", iteration - 1));
        for feature in project.wave(iteration) {
            let [find, add] = feature.stories();
            let news = Draw::new(feature.id, 16).sentence();
            let news = news.trim_end_matches('.');
            out.push_str(&format!("- **{}**: {news} ({find}, {add})\n", feature.name));
        }
    }
    out
}

fn user_guide(project: &Project) -> String {
    let mut out = String::from(
        "# Waystation: User Guide\n\nFor everybody in town. What came with which release stands in \
         [RELEASE-NOTES.md](RELEASE-NOTES.md).\n",
    );
    for feature in &project.features {
        let mut draw = Draw::new(feature.id, 17);
        out.push_str(&format!(
            "\n## {} (Iteration {})\n\n1. {}\n2. {}\n\n{}\n",
            feature.name,
            feature.iteration,
            draw.sentence(),
            draw.sentence(),
            draw.sentence()
        ));
    }
    out
}
