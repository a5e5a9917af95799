//! The same contracts in every form that documents write them in: changing the form changes
//! nothing, and one change in any form is one change.

use gatecheck::ledger::{Change, Thing, Way};
use gatecheck::model::contract::Subject;
use gatecheck::model::contract::compare::Element;

use super::printed::{Endpoint, FORMS, Form, endpoints};
use super::project::{ACCOUNTS, ARCHITECTURE, Project};

/// The contracts of accounts in a form, in the interface or below the boundary.
fn written(project: Project, path: &str, form: &Form, all: &[Endpoint]) -> Project {
    let text = project.text(path);
    let contracts = (form.1)(all);
    match path {
        ARCHITECTURE => {
            let at = "### Feature B";
            let labeled = format!("**API Contract**:\n\n{contracts}\n{at}");
            project.with(path, &text.replace(at, &labeled.replace("###  ", "#### ")))
        }
        _ => project.with(path, &format!("{text}\n## Endpoints\n\n{contracts}")),
    }
}

#[test]
fn another_form_is_no_change() {
    let all = endpoints();
    let mut wrong = Vec::new();
    for then in FORMS {
        for now in FORMS {
            let agreed = written(Project::new(), ACCOUNTS, then, &all).agreed();
            let other = written(Project::new(), ACCOUNTS, now, &all);
            let changed = agreed.with(ACCOUNTS, &other.text(ACCOUNTS)).told();
            wrong.extend(changed.iter().map(|one| format!("{} -> {}: {one}", then.0, now.0)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One change to what a team has in mind, and how it is told.
struct Planted {
    change: fn(&mut Vec<Endpoint>),
    thing: &'static str,
    element: Option<Element>,
    way: Way,
    told: &'static str,
}

impl Planted {
    /// Whether a change tells of it. Where a form gives a body its own type, the field is told of
    /// the type, and only there.
    fn is_told_by(&self, change: &Change, form: &str) -> bool {
        let Thing::Contract { subject, element } = &change.thing else { return false };
        let in_type = form == "typescript"
            && matches!(self.element, Some(Element::Request(_) | Element::Response(_)));
        let name = subject.to_string().replace(['{', '<'], ":").replace(['}', '>'], "");
        let name = name.replace(":accountId", ":id").replace(":account", ":id");
        let told = change.told.replace(['{', '<'], ":").replace(['}', '>'], "");
        let told = told.replace(":accountId", ":id").replace(":account", ":id");
        let numbers = told.replace("integer", "number");
        match in_type && matches!(subject, Subject::Type { .. }) {
            true => change.way == self.way,
            false => {
                (&*name, &change.way) == (self.thing, &self.way)
                    && *element == self.element
                    && (told == self.told || numbers == self.told)
            }
        }
    }
}

fn planted() -> Vec<Planted> {
    let field = |name: &str| name.to_owned();
    let first = "POST /api/accounts";
    vec![
        Planted {
            change: |all| all[0].response.retain(|one| one.0 != "email"),
            thing: first,
            element: Some(Element::Response(field("email"))),
            way: Way::Removed,
            told: "response field email was removed",
        },
        Planted {
            change: |all| all[0].response.push(("note", "string")),
            thing: first,
            element: Some(Element::Response(field("note"))),
            way: Way::Added,
            told: "response field note was added",
        },
        Planted {
            change: |all| all[0].request.push(("note", "string")),
            thing: first,
            element: Some(Element::Request(field("note"))),
            way: Way::Added,
            told: "request field note was added and is required",
        },
        Planted {
            change: |all| all[0].request.retain(|one| one.0 != "tags"),
            thing: first,
            element: Some(Element::Request(field("tags"))),
            way: Way::Removed,
            told: "request field tags was removed",
        },
        Planted {
            change: |all| all[0].request[1].1 = "string",
            thing: first,
            element: Some(Element::Request(field("age"))),
            way: Way::Changed,
            told: "request field age changed from number to string",
        },
        Planted {
            change: |all| all[0].status = 200,
            thing: first,
            element: Some(Element::Status),
            way: Way::Changed,
            told: "status changed from 201 to 200",
        },
        Planted {
            change: |all| all[0].errors.retain(|one| one.0 != 409),
            thing: first,
            element: Some(Element::ErrorCase(field("409"))),
            way: Way::Removed,
            told: "error case 409 was removed",
        },
        Planted {
            change: |all| all[0].errors.push((429, "too many")),
            thing: first,
            element: Some(Element::ErrorCase(field("429"))),
            way: Way::Added,
            told: "error case 429 was added",
        },
        Planted {
            change: |all| all[1].auth = false,
            thing: "PUT /api/accounts/:id",
            element: Some(Element::Auth),
            way: Way::Changed,
            told: "authentication is no longer required",
        },
        Planted {
            change: |all| all.retain(|one| one.method != "PUT"),
            thing: "PUT /api/accounts/:id",
            element: None,
            way: Way::Removed,
            told: "the endpoint was removed",
        },
        Planted {
            change: |all| {
                let mut new = all[0].clone();
                new.path = "/api/accounts/search";
                all.push(new);
            },
            thing: "POST /api/accounts/search",
            element: None,
            way: Way::Added,
            told: "the endpoint was added",
        },
        Planted {
            change: |all| all[0].path = "/api/accounts/new",
            thing: first,
            element: None,
            way: Way::Changed,
            told: "the endpoint was renamed to POST /api/accounts/new",
        },
        Planted {
            change: |all| all[1].method = "PATCH",
            thing: "PUT /api/accounts/:id",
            element: None,
            way: Way::Changed,
            told: "the endpoint was renamed to PATCH /api/accounts/:id",
        },
    ]
}

#[test]
fn one_change_in_any_form_is_one_change() {
    let mut wrong = Vec::new();
    for (number, plant) in planted().iter().enumerate() {
        let mut changed = endpoints();
        (plant.change)(&mut changed);
        for then in FORMS {
            let agreed = written(Project::new(), ACCOUNTS, then, &endpoints()).agreed();
            for now in FORMS.iter().filter(|now| now.0 == then.0 || number % 4 == 0) {
                let other = written(Project::new(), ACCOUNTS, now, &changed);
                let project = agreed.clone().with(ACCOUNTS, &other.text(ACCOUNTS));
                let found = project.changes();
                let said: Vec<String> =
                    found.iter().map(|one| format!("{}: {}", one.thing, one.told)).collect();
                let right = match &found[..] {
                    [one] => plant.is_told_by(one, then.0),
                    _ => false,
                };
                if !right {
                    wrong.push(format!(
                        "{} -> {}: {} {}\n    found {said:?}",
                        then.0, now.0, plant.thing, plant.told
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
