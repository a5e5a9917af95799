//! Which document of the built-in workflow a path is.

use super::builtin;

/// The deliverable that a path is, with its captures: `evidence feature=auth`.
fn meant(path: &str) -> String {
    let workflow = builtin();
    let Some(found) = workflow.classify(path) else { return String::from("nothing") };
    let captures = found.captures.iter().map(|(name, value)| format!(" {name}={value}"));
    workflow.phases[found.phase].deliverables[found.deliverable].id.clone()
        + &captures.collect::<String>()
}

fn assert_meant(cases: &[(&str, &str)]) {
    for (path, wanted) in cases {
        assert_eq!(meant(path), *wanted, "{path}");
    }
}

#[test]
fn the_paths_of_the_workflow_text_are_its_deliverables() {
    assert_meant(&[
        ("foundation/product/user-stories.md", "user-stories"),
        ("foundation/product/USER-STORIES.md", "user-stories"),
        ("foundation/product/acceptance-criteria.md", "acceptance-criteria"),
        ("foundation/product/golden-paths.md", "golden-paths"),
        ("foundation/architecture/ARCHITECTURE.md", "architecture"),
        ("foundation/architecture/INTERFACE-auth.md", "interface feature=auth"),
        ("foundation/architecture/DEPENDENCIES.md", "dependencies"),
        ("foundation/ux/WIREFRAMES.md", "wireframes"),
        ("foundation/ux/USER-FLOWS.md", "user-flows"),
        ("implementation/auth/EVIDENCE.md", "evidence feature=auth"),
        ("implementation/auth/tests/EVIDENCE.md", "test-evidence feature=auth"),
        ("integration/INTEGRATION-REPORT.md", "integration-report"),
        ("validation/sign-offs/product-manager.md", "sign-off role=product-manager"),
        ("validation/VALIDATION-REPORT.md", "validation"),
        ("deployment/USER-GUIDE.md", "user-guide"),
        ("deployment/API-DOCS.md", "api-docs"),
        ("deployment/RELEASE-NOTES.md", "release-notes"),
        ("deployment/DEPLOYMENT.md", "deployment"),
    ]);
}

#[test]
fn paths_that_teams_use_instead_are_understood() {
    assert_meant(&[
        (
            "foundation/architecture/contracts/INTERFACE-data-layer.md",
            "interface feature=data-layer",
        ),
        ("foundation/architecture/interfaces/auth.md", "interface feature=auth"),
        ("foundation/ux/VISUAL-DESIGN.md", "wireframes"),
        ("foundation/ux/SLACK-APPS-DESIGN.md", "wireframes"),
        ("foundation/ux/ACCESSIBILITY.md", "ux-notes"),
        ("foundation/ux/checkout-flows.md", "user-flows"),
        ("milestones/epic-002/infrastructure/EVIDENCE.md", "evidence feature=infrastructure"),
        ("milestones/epic-2/fixes/tasks/exit/EVIDENCE.md", "evidence feature=exit"),
        (
            "milestones/epic-2/infrastructure/INTERFACE.md",
            "as-built-interface feature=infrastructure",
        ),
        ("tasks/TASK-17-storage/EVIDENCE.md", "evidence feature=TASK-17-storage"),
        ("sprints/3/auth/TEST-EVIDENCE.md", "test-evidence feature=auth"),
        ("implementation/auth/TEST-EVIDENCE.md", "test-evidence feature=auth"),
        ("implementation/tests/auth/EVIDENCE.md", "test-evidence feature=auth"),
        ("milestones/one/auth/tests/EVIDENCE.md", "test-evidence feature=auth"),
        ("integration/iteration-2/INTEGRATION-REPORT.md", "integration-report"),
        ("integration/INTEGRATION-REPORT-iteration-2.md", "integration-report"),
        ("validation/sign-offs/pm.md", "sign-off role=pm"),
        ("validation/sign-offs/product-manager-signoff.md", "sign-off role=product-manager"),
        ("validation/sign-offs/phase-3-signoff.md", "sign-off"),
        ("validation/sign-offs/iteration-2/approval.md", "sign-off"),
        ("validation/e2e/REPORT.md", "validation"),
        ("validation/security-report.md", "validation"),
        ("deployment/iteration-2/release-notes.md", "release-notes"),
        ("deployment/MONITORING.md", "deployment"),
    ]);
}

#[test]
fn names_that_sort_documents_are_no_features() {
    assert_meant(&[
        ("implementation/tests/EVIDENCE.md", "nothing"),
        ("implementation/evidence/EVIDENCE.md", "nothing"),
        ("milestones/epic-2/validation/EVIDENCE.md", "nothing"),
        ("foundation/architecture/contracts/README.md", "nothing"),
        ("foundation/architecture/INTERFACE-tests.md", "interface feature=tests"),
    ]);
}

#[test]
fn near_misses_are_not_accepted() {
    assert_meant(&[
        ("foundation/product/user-story.md", "nothing"),
        ("foundation/product/user-stories.txt", "nothing"),
        ("product/user-stories.md", "nothing"),
        ("foundation/architecture/INTERFACE-.md", "nothing"),
        ("foundation/architecture/ARCHITECTURE-v2.md", "nothing"),
        ("implementation/EVIDENCE.md", "nothing"),
        ("INTEGRATION-REPORT.md", "nothing"),
        ("foundation/architecture/README.md", "nothing"),
    ]);
}

#[test]
fn roles_are_known_by_many_names() {
    let workflow = builtin();
    for (words, role) in [
        ("product owner", "product-manager"),
        ("pm", "product-manager"),
        ("qa lead", "test-engineer"),
        ("e2e test report", "test-engineer"),
        ("security audit", "security-engineer"),
        ("load test results", "performance-engineer"),
        ("integration eng", "integration-engineer"),
    ] {
        assert_eq!(workflow.role_in(words).map(|role| &*role.id), Some(role), "{words}");
    }
    assert!(workflow.role_in("phase 3 signoff").is_none());
}

/// Headings that teams write, and the part that each is.
#[test]
fn parts_are_known_by_the_headings_that_teams_use() {
    let workflow = builtin();
    for (deliverable, part, heading) in [
        ("architecture", "feature-boundaries", "Component Breakdown"),
        ("architecture", "integration-points", "Integration Architecture"),
        ("architecture", "dependency-graph", "Dependency Graph (CRITICAL!)"),
        ("architecture", "stories-summary", "2. User Stories Summary"),
        ("wireframes", "responsive-layouts", "Responsive Behavior"),
        ("wireframes", "accessibility", "WCAG 2.1 AA Compliance"),
        ("evidence", "what-was-implemented", "✅ Implemented Features"),
        ("evidence", "what-was-implemented", "Implementation Details"),
        ("integration-report", "failures", "Test Failures Found and Fixed"),
        ("integration-report", "compatibility", "Compatibility with Previous Iterations"),
        ("deployment", "ci-cd", "CI/CD Pipeline"),
        ("deployment", "health-checks", "Health Check Endpoints"),
    ] {
        let mut all = workflow.deliverables().map(|(.., one)| one);
        let one = all.find(|one| one.id == deliverable).unwrap();
        let part = one.parts.iter().find(|one| one.id == part).unwrap();
        assert!(part.is_named(&gatecheck::base::words::normalize(heading)), "{heading}");
    }
}
