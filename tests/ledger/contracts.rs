//! What several documents say of one contract, and what it means for one of them to change.

use gatecheck::ledger::{Thing, Way};
use gatecheck::model::contract::compare::Element;

use super::project::{ACCOUNTS, ARCHITECTURE, Project, TOOLS};

const LIST: &str = "GET /api/accounts\n- Auth: required\n- Response: 200 {id: string, email: \
    string}\n- Error cases: 401 (nobody is logged in), 403 (not a coordinator)\n";

/// One contract in the architecture and in the interface.
fn twice() -> Project {
    in_architecture(Project::new(), LIST)
        .with(ACCOUNTS, &format!("# Interface: Accounts\n\n## Endpoints\n\n{LIST}"))
}

fn in_architecture(project: Project, contracts: &str) -> Project {
    let label = format!("**API Contract**:\n\n{contracts}\n### Feature B");
    project.edit(ARCHITECTURE, "### Feature B", &label)
}

#[test]
fn what_two_documents_state_is_one_change() {
    let told = ["GET /api/accounts: response field email was removed"];
    let agreed = twice().agreed();
    let one = agreed.clone().edit(ACCOUNTS, ", email: string", "");
    assert_eq!(one.told(), told, "in the interface only");
    let one = agreed.clone().edit(ARCHITECTURE, ", email: string", "");
    assert_eq!(one.told(), told, "in the architecture only");
    let both = one.edit(ACCOUNTS, ", email: string", "");
    assert_eq!(both.told(), told, "in both");
    let change = both.changes().remove(0);
    assert_eq!(change.concerns, [0, 1], "the owner, and who depends on it");
    assert_eq!(
        change.then.map(|then| (then.path.to_string(), then.line)),
        Some((ARCHITECTURE.into(), 14))
    );
    assert_eq!(change.place.path.as_str(), ARCHITECTURE);
}

#[test]
fn moves_between_documents_are_no_change() {
    let only_architecture = in_architecture(Project::new(), LIST);
    let interface = format!("# Interface: Accounts\n\n## Endpoints\n\n{LIST}");
    let only_interface = Project::new().with(ACCOUNTS, &interface);
    let renamed = only_interface
        .clone()
        .without(ACCOUNTS)
        .with(".work/foundation/architecture/contracts/INTERFACE-accounts.md", &interface);
    let shared = Project::new().with(
        ARCHITECTURE,
        &format!("{}\n## Shared API\n\n{LIST}", Project::new().text(ARCHITECTURE)),
    );
    let states = [&only_architecture, &only_interface, &renamed, &twice(), &shared];
    for then in states {
        for now in states {
            let changed = (*then).clone().agreed().documents_of(now);
            assert_eq!(changed.told(), [""; 0]);
        }
    }
}

#[test]
fn a_summary_takes_nothing_back() {
    let overview = "\n## API overview\n\n- `GET /api/accounts`: lists the accounts\n";
    let summary = "\n## API overview\n\n| Method | Path | Purpose |\n| --- | --- | --- |\n\
        | GET | /api/accounts | Lists the accounts |\n";
    let agreed =
        Project::new().with(ACCOUNTS, &format!("# Interface: Accounts\n\n## Endpoints\n\n{LIST}"));
    for text in [overview, summary] {
        let with = |project: Project| {
            let text = format!("{}{text}", project.text(ARCHITECTURE));
            project.with(ARCHITECTURE, &text)
        };
        assert_eq!(with(agreed.clone().agreed()).told(), [""; 0]);
        let summarized = with(agreed.clone()).agreed();
        assert_eq!(
            summarized.clone().with(ARCHITECTURE, &agreed.text(ARCHITECTURE)).told(),
            [""; 0]
        );
        // The name alone promises none of what was said.
        let told = summarized.with(ACCOUNTS, "# Interface: Accounts\n").told();
        let expected = [
            "GET /api/accounts: the response was removed",
            "GET /api/accounts: error case 401 was removed",
            "GET /api/accounts: error case 403 was removed",
            "GET /api/accounts: authentication is no longer required",
        ];
        assert_eq!(told.len(), expected.len(), "{told:?}");
        assert!(expected.iter().all(|one| told.contains(&(*one).to_owned())), "{told:?}");
    }
}

#[test]
fn what_is_unsaid_now_is_promised_no_more() {
    let agreed = twice().agreed();
    let both = |project: Project, from: &str, to: &str| {
        project.edit(ACCOUNTS, from, to).edit(ARCHITECTURE, from, to)
    };
    let line = "- Error cases: 401 (nobody is logged in), 403 (not a coordinator)\n";
    for (from, to, told) in [
        (line, "", &["error case 401 was removed", "error case 403 was removed"][..]),
        (
            line,
            "- Error cases: none\n",
            &["error case 401 was removed", "error case 403 was removed"],
        ),
        ("- Auth: required\n", "", &["authentication is no longer required"]),
        ("{id: string, email: string}", "the accounts", &["the response is no longer spelled out"]),
        ("email: string", "email", &["the type of response field email is no longer said"]),
        ("email: string", "...", &["response field email was removed"]),
        (
            "email: string",
            "email?: string",
            &["response field email changed from required to optional"],
        ),
    ] {
        let told: Vec<_> = told.iter().map(|one| format!("GET /api/accounts: {one}")).collect();
        assert_eq!(both(agreed.clone(), from, to).told(), told, "{from} -> {to}");
    }
}

#[test]
fn what_is_said_more_finely_is_no_change() {
    let coarse = "GET /api/accounts\n- Response: 200 {id, email}\n\nPOST /api/accounts\n";
    let fine = "GET /api/accounts\n- Auth: required\n- Request: query {page?: number}\n\
        - Response: 200 {id: uuid, email: string}\n- Error cases: 401 (no)\n\n\
        POST /api/accounts\n- Request: {email: string}\n- Response: 201 {id: string}\n\
        - Error cases: 400 (no)\n";
    let interface = |text: &str| format!("# Interface: Accounts\n\n## Endpoints\n\n{text}");
    let agreed = Project::new().with(ACCOUNTS, &interface(coarse)).agreed();
    assert_eq!(agreed.with(ACCOUNTS, &interface(fine)).told(), [""; 0]);
}

#[test]
fn what_is_said_for_all_contracts_is_said_of_each() {
    let each = "# Interface: Accounts\n\n## Endpoints\n\n### GET /api/accounts\n\n\
        - Response: 200 {id: string}\n- Error cases: 401 (nobody is logged in), 404 (none)\n\n\
        ### DELETE /api/accounts\n\n- Response: 204 no body\n\
        - Error cases: 401 (nobody is logged in), 409 (in use)\n";
    let common = "\n## Common Errors\n\n- 401: nobody is logged in\n- 500: something broke\n";
    let shared = format!("{}{common}", each.replace("401 (nobody is logged in), ", ""));
    for (then, now) in [(each, &*shared), (&*shared, each)] {
        let agreed = Project::new().with(ACCOUNTS, then).agreed();
        assert_eq!(agreed.with(ACCOUNTS, now).told(), [""; 0]);
    }
}

#[test]
fn a_field_of_a_type_is_told_of_the_type() {
    let interface = "# Interface: Accounts\n\n## Endpoints\n\nGET /api/accounts/:id\n\
        - Response: 200 {account: Account}\n- Error cases: 404 (none)\n\nPOST /api/accounts\n\
        - Request: {email: string}\n- Response: 201 Account\n- Error cases: 400 (wrong)\n\n\
        ## Types\n\n```ts\ntype Account = { id: string; email: string };\n```\n";
    let agreed = Project::new().with(ACCOUNTS, interface).agreed();
    let changed = agreed.clone().edit(ACCOUNTS, "; email: string };", " };");
    assert_eq!(changed.told(), ["TYPE Account: the field email was removed"]);
    // A type whose only use is written out instead is another form.
    let inline = "{ id: string, email: string }";
    let written_out = interface.replace("account: Account", &format!("account: {inline}"));
    let written_out = written_out.replace("201 Account", &format!("201 {inline}"));
    let types = written_out.find("## Types").expect("it stands there");
    let written_out = agreed.with(ACCOUNTS, &written_out[..types]);
    assert_eq!(written_out.told(), [""; 0]);
    let less =
        written_out.edit(ACCOUNTS, "201 { id: string, email: string }", "201 { id: string }");
    assert_eq!(less.told(), ["POST /api/accounts: response field email was removed"]);
}

#[test]
fn two_features_may_each_have_a_type_of_one_name() {
    let of = |name: &str, values: &str| {
        format!(
            "# Interface: {name}\n\n## Types\n\n```ts\ntype Status = {{ {values}: string }};\n```\n"
        )
    };
    let agreed = Project::new()
        .with(ACCOUNTS, &of("Accounts", "open"))
        .with(TOOLS, &of("Tools", "broken"))
        .agreed();
    assert_eq!(agreed.told(), [""; 0]);
    let changed = agreed.clone().with(TOOLS, &of("Tools", "fixed")).changes();
    let things: Vec<_> = changed.iter().map(|one| (one.told.as_str(), &one.concerns[..])).collect();
    assert_eq!(
        things,
        [("the field broken was removed", &[1][..]), ("the field fixed was added", &[1][..])]
    );
    let removed = agreed.with(TOOLS, "# Interface: Tools\n").told();
    assert_eq!(removed, ["TYPE Status: the type was removed"]);
}

#[test]
fn tables_and_events_have_words_of_their_own() {
    let interface = "# Interface: Accounts\n\n## Events\n\n### EVENT account.closed\n\n\
        - Payload: {id: string, why: string}\n- Error cases: 503 (nobody listens)\n\n\
        ## Data Models\n\n- `accounts`: id, email, closed_at\n";
    let agreed = Project::new().with(ACCOUNTS, interface).agreed();
    for (from, to, told) in [
        (", why: string", "", "EVENT account.closed: payload field why was removed"),
        (", closed_at", "", "TABLE accounts: the column closed_at was removed"),
        ("id, email", "id, name, email", "TABLE accounts: the column name was added"),
        ("- `accounts`: id, email, closed_at\n", "", "TABLE accounts: the table was removed"),
    ] {
        assert_eq!(agreed.clone().edit(ACCOUNTS, from, to).told(), [told]);
    }
    let sql = "```sql\nCREATE TABLE accounts (id UUID PRIMARY KEY, email TEXT, closed_at TIMESTAMP);\n```\n";
    let finer = agreed.edit(ACCOUNTS, "- `accounts`: id, email, closed_at\n", sql);
    assert_eq!(finer.told(), [""; 0]);
}

#[test]
fn what_was_promised_is_gone_where_it_is_only_planned_or_used() {
    let interface = format!("# Interface: Accounts\n\n## Endpoints\n\n{LIST}");
    let agreed = Project::new().with(ACCOUNTS, &interface).agreed();
    let later = agreed.clone().edit(ACCOUNTS, "## Endpoints", "## Out of Scope");
    let things = [(Way::Removed, None::<Element>)];
    let found = later.things();
    let found: Vec<_> = found
        .into_iter()
        .map(|(thing, way)| match thing {
            Thing::Contract { element, .. } => (way, element),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(found, things);
    let used = format!("# Interface: Tools\n\n## Consumed Endpoints\n\n{LIST}");
    let taken = agreed.clone().with(ACCOUNTS, "# Interface: Accounts\n").with(TOOLS, &used);
    assert_eq!(taken.told(), ["GET /api/accounts: the endpoint was removed"]);
    assert_eq!(taken.changes()[0].concerns, [0, 1]);
    assert_eq!(agreed.with(TOOLS, &used).told(), [""; 0]);
}

#[test]
fn what_cannot_be_read_any_more_is_not_told_as_gone() {
    let interface = format!("# Interface: Accounts\n\n## Endpoints\n\n{LIST}");
    let agreed = Project::new().with(ACCOUNTS, &interface).agreed();
    let broken = agreed.edit(ACCOUNTS, "GET /api/accounts\n", "GET /api/accounts/{id\n");
    let told = broken.told();
    assert!(told.is_empty(), "{told:?}");
}

/// A promise in a form that nobody reads still stands; one that is struck through, denied or named
/// elsewhere only does not.
#[test]
fn what_still_stands_by_its_name_is_not_told_as_gone() {
    let interface = "# Interface: Accounts\n\n## Endpoints\n\n### POST /api/accounts\n\n\
        - Auth: bearer token\n- Request: {email: string}\n- Response: 201 {id: string}\n\
        - Error cases: 400 (no email), 409 (taken)\n\n## Data Models\n\n\
        - `accounts`: id, email, closed_at\n";
    let agreed = Project::new().with(ACCOUNTS, interface).agreed();
    let errors = "- Error cases: 400 (no email), 409 (taken)\n";
    let table = "- `accounts`: id, email, closed_at\n";
    let auth = "- Auth: bearer token\n";
    let endpoint = |told: &str| format!("POST /api/accounts: {told}");
    let both = ["400", "409"].map(|code| endpoint(&format!("error case {code} was removed")));
    let open = endpoint("authentication is no longer required");
    let gone = "TABLE accounts: the table was removed".to_owned();
    let rows: &[(&str, &str, &[String])] = &[
        (errors, "\nWhat goes wrong: a 400 has no email, a 409 is taken.\n", &[]),
        (errors, "\nWhat goes wrong: a 400 has no email, a ~~409 is taken~~.\n", &both[1..]),
        (errors, "\nIt goes wrong with a 400. A 409 is not answered any more.\n", &both[1..]),
        (errors, "- Error cases: 400 (no email), ~~409 (taken)~~\n", &both[1..]),
        (errors, "\n| Status | Meaning |\n| --- | --- |\n| 400 | no email |\n", &both[1..]),
        (errors, "\nIt answers 400 for no email, and 409 when it is taken.\n", &[]),
        (errors, "", &both),
        (auth, "- Only for callers with a valid bearer token\n", &[]),
        (auth, "- It is public, no auth needed\n", std::slice::from_ref(&open)),
        (auth, "", std::slice::from_ref(&open)),
        (table, "The rows of `accounts` hold an id, an email and their closed_at.\n", &[]),
        (table, "~~The rows of `accounts`: id, email, closed_at~~\n", std::slice::from_ref(&gone)),
        (table, "- `accounts` keeps what it had\n", std::slice::from_ref(&gone)),
        (table, "", std::slice::from_ref(&gone)),
    ];
    for (from, to, expected) in rows {
        assert_eq!(agreed.clone().edit(ACCOUNTS, from, to).told(), *expected, "{from} -> {to}");
    }
}

/// A name of a domain may stand for a primitive, a declared object may not become one.
#[test]
fn what_was_declared_does_not_become_anything() {
    let interface = "# Interface: Accounts\n\n## Endpoints\n\n### POST /api/accounts\n\n\
        - Request: {email: string, by: UUID}\n\
        - Response: 201 {account: Account, all: Account[]}\n\
        - Error cases: 400 (no email)\n\n## Types\n\n\
        ```ts\ntype Account = { id: string };\n```\n";
    let agreed = Project::new().with(ACCOUNTS, interface).agreed();
    for (from, to, told) in [
        (
            "account: Account",
            "account: string",
            "response field account changed from Account to string",
        ),
        ("account: Account", "account: any", "response field account changed from Account to any"),
        ("all: Account[]", "all: string[]", "response field all[] changed from Account to string"),
        (
            "{email: string, by: UUID}",
            "any",
            "the request changed from {email: string, by: uuid} to any",
        ),
        ("by: UUID", "by: string", ""),
        ("account: Account", "account: {id: string}", ""),
    ] {
        let told =
            if told.is_empty() { Vec::new() } else { vec![format!("POST /api/accounts: {told}")] };
        assert_eq!(agreed.clone().edit(ACCOUNTS, from, to).told(), told, "{from} -> {to}");
    }
}

#[test]
fn types_that_only_types_refer_to_are_told() {
    let types = "type Team = { lead: Person };\ntype Person = { team: Team };\n";
    let interface = format!("# Interface: Accounts\n\n## Types\n\n```ts\n{types}```\n");
    let agreed = Project::new().with(ACCOUNTS, &interface).agreed();
    let gone = agreed.clone().with(ACCOUNTS, "# Interface: Accounts\n").told();
    assert_eq!(gone, ["TYPE Team: the type was removed", "TYPE Person: the type was removed"]);
    let more =
        agreed.clone().edit(ACCOUNTS, "type Team", "type Badge = { id: string };\ntype Team");
    assert_eq!(more.told(), ["TYPE Badge: the type was added"]);
    let used = more.edit(ACCOUNTS, "lead: Person", "lead: Person; badge: Badge");
    assert_eq!(used.told(), ["TYPE Team: the field badge was added"]);
}

/// In the complete project, each line of a contract that is taken out of both documents is told,
/// of that contract and no other.
#[test]
fn every_line_of_a_contract_counts() {
    let interface = ".work/foundation/architecture/INTERFACE-accounts.md";
    let agreed = Project::complete().agreed();
    assert_eq!(agreed.told(), [""; 0]);
    let text = agreed.text(interface);
    let mut endpoint = "";
    let mut tried = 0;
    for line in text.lines() {
        endpoint = line.strip_prefix("### ").unwrap_or(endpoint);
        let labels = ["- Headers", "- Request", "- Payload", "- Response", "- Error cases"];
        if !labels.iter().any(|label| line.starts_with(label)) || line.contains("no body") {
            continue;
        }
        let gone = |project: Project, path: &str| {
            let text = project.text(path);
            let at = text.find(&format!("{endpoint}\n")).expect("it is stated");
            let from = at + text[at..].find(line).expect("it is said");
            let rest = &text[from + line.len() + 1..];
            project.with(path, &format!("{}{rest}", &text[..from]))
        };
        let changed = gone(gone(agreed.clone(), interface), ARCHITECTURE);
        let told = changed.told();
        let all = told.iter().all(|one| one.starts_with(&format!("{endpoint}: ")));
        assert!(!told.is_empty() && all, "{endpoint} without {line}: {told:?}");
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}
