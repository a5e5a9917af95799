//! Features that came or went, and the agreement of each iteration.

use super::project::{ACCOUNTS, ARCHITECTURE, Project, TOOLS};

const FIND: &str = "# Interface: Tools\n\n## Endpoints\n\nGET /api/tools\n- Request: no body\n\
    - Response: 200 {items: string[]}\n- Error cases: 400 (wrong)\n";
const JOIN: &str = "# Interface: Accounts\n\n## Endpoints\n\nPOST /api/accounts\n\
    - Request: {email: string}\n- Response: 201 {id: string}\n- Error cases: 400 (wrong)\n";

fn agreed() -> Project {
    Project::new().with(ACCOUNTS, JOIN).with(TOOLS, FIND).agreed()
}

#[test]
fn a_feature_that_is_gone_is_one_change() {
    let text = agreed().text(ARCHITECTURE);
    let at = text.find("### Feature B").expect("it is declared");
    let gone = agreed().without(TOOLS).with(ARCHITECTURE, &text[..at]);
    assert_eq!(gone.told(), ["feature Tools: the feature was removed, with 1 contract"]);
    let change = gone.changes().remove(0);
    assert_eq!(change.place.path.as_str(), ARCHITECTURE);
    assert_eq!(change.then.map(|then| then.line), Some(10));
}

#[test]
fn a_feature_that_nobody_agreed_on_is_one_change() {
    let text = agreed().text(ARCHITECTURE);
    let more = format!("{text}\n### Feature C: Exports\n\n**Owns**:\n- Routes: `/api/exports/*`\n");
    let export = FIND.replace("Tools", "Exports").replace("/api/tools", "/api/exports");
    let added = agreed()
        .with(ARCHITECTURE, &more)
        .with(".work/foundation/architecture/INTERFACE-exports.md", &export);
    assert_eq!(added.told(), ["feature Exports: the feature was added, with 1 contract"]);
}

#[test]
fn contracts_of_a_feature_that_promised_none_are_one_change() {
    let agreed = Project::new().with(ACCOUNTS, JOIN).agreed();
    let told = agreed.with(TOOLS, FIND).told();
    assert_eq!(told, ["feature Tools: 1 contract was added where none was agreed"]);
}

#[test]
fn another_name_is_the_same_feature() {
    let project =
        Project::new().edit(ARCHITECTURE, "Feature A: Accounts", "Feature A: User Accounts");
    let agreed = project.with(ACCOUNTS, JOIN).with(TOOLS, FIND).agreed();
    let shorter =
        agreed.clone().edit(ARCHITECTURE, "Feature A: User Accounts", "Feature A: Accounts");
    assert_eq!(shorter.told(), [""; 0]);
    let other = agreed
        .edit(ARCHITECTURE, "Feature A: User Accounts", "Feature A: Identity")
        .without(ACCOUNTS)
        .with(
            ".work/foundation/architecture/INTERFACE-identity.md",
            &JOIN.replace("Accounts", "Identity"),
        );
    assert_eq!(other.told(), [""; 0], "it promises the same");
}

#[test]
fn each_iteration_is_held_to_its_own_agreement() {
    let graph = "\n## Dependency Graph\n\n### Iteration 1\n\n- Feature A: Accounts (no dependencies)\n\n\
        ### Iteration 2\n\n- Feature B: Tools (requires Accounts)\n";
    let text = format!("{}{graph}", Project::new().text(ARCHITECTURE));
    let first = Project::new().with(ARCHITECTURE, &text).with(ACCOUNTS, JOIN).agreed();
    // The second iteration is still being designed.
    let second = first.with(TOOLS, FIND);
    assert_eq!(second.told(), [""; 0]);
    let more = FIND.replace("GET /api/tools\n", "GET /api/tools/recent\n");
    let more = format!("{FIND}\n{}", more.split_once("## Endpoints\n").expect("it has some").1);
    assert_eq!(second.clone().with(TOOLS, &more).told(), [""; 0]);
    // It changes a contract of the first.
    let early = second.clone().edit(ACCOUNTS, "400", "422");
    let told = [
        "POST /api/accounts: error case 400 was removed",
        "POST /api/accounts: error case 422 was added",
    ];
    assert_eq!(early.told(), told);
    let second = Project(second.0.committed("designed again"));
    let evidence = ".work/milestones/EVIDENCE-tools.md";
    let built = Project(second.with(evidence, "# Evidence: Tools\n").0.committed("built again"));
    assert_eq!(built.told(), [""; 0]);
    let told = built.with(TOOLS, &more).changes();
    let told: Vec<_> = told.iter().map(|one| (one.iteration, one.told.as_str())).collect();
    assert_eq!(told, [(1, "the endpoint was added")]);
}
