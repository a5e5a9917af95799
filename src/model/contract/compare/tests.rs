use super::*;
use crate::facts::extract;
use crate::model::contract::read;

fn one(text: &str) -> Contract {
    let contracts = read(&extract(text.as_bytes()));
    contracts.list.into_iter().next().unwrap()
}

fn differences(left: &str, right: &str) -> Vec<String> {
    let found = compare(&one(left), &one(right));
    let real = found.iter().filter(|one| one.contradicts());
    real.map(|one| one.sentence("here", "there")).collect()
}

const LOGIN: &str = "POST /api/login/:id\n- Headers: Authorization: x\n\
    - Request: {email: string, size: int}\n\
    - Response: 201 {token: string, user: {id, email}}\n\
    - Error cases: 401 (no), 409 (twice)\n";

#[test]
fn other_writings_of_one_contract_do_not_differ() {
    let json = "### POST /api/login/{user}/\n\n**Request Body:**\n```json\n\
        {\"size\": 3, \"email\": \"a@b.c\"}\n```\n**Response (201):**\n```json\n\
        {\"user\": {\"email\": \"a@b.c\", \"id\": \"1\"}, \"token\": \"t\"}\n```\n\
        **Errors:**\n- 409: there already\n- 401: who are you\n";
    let coarse = "POST /api/login/<id>\n- Response: the new user\n";
    let typed = LOGIN.replace("x\n", "x, Content-Type: application/json\n");
    let either = LOGIN.replace("201 {", "200 or 201 {");
    let schema = "POST /api/login/:id\n\n**Request**:\n\n```json\n{\"type\": \"object\", \
        \"required\": [\"email\", \"size\"], \"properties\": {\"email\": {\"type\": \
        \"string\"}, \"size\": {\"type\": \"integer\"}}}\n```\n";
    assert_eq!(one(schema).request.unwrap().shape.to_string(), "{email: string, size: integer}");
    for other in [
        &typed,
        &either,
        schema,
        LOGIN,
        json,
        coarse,
        "- `POST /api/login/[id]` – logs in\n- `GET /x`\n",
    ] {
        assert_eq!(differences(LOGIN, other), Vec::<String>::new(), "{other}");
    }
}

#[test]
fn a_name_stands_for_the_type_of_its_document() {
    let named = |fields: &str| {
        format!(
            "# API\n\nGET /m\n- Response: 200 {{member: Member, all: Member[]}}\n\n\
             ```ts\ninterface Member {{ {fields} }}\n```\n"
        )
    };
    let inline = "GET /m\n- Response: 200 {member: {id: string, up: {id: string}}, all: {id}[]}\n";
    let differ = |left: &str, right: &str| {
        let (left, right) = (read(&extract(left.as_bytes())), read(&extract(right.as_bytes())));
        let types = (Types::of(&left.list), Types::of(&right.list));
        let found = compare_in(&left.list[0], types.0, &right.list[0], types.1);
        let real = found.iter().filter(|one| one.contradicts());
        real.map(|one| one.element.to_string()).collect::<Vec<_>>()
    };
    assert!(differences(&named("id: number; x: string"), inline).is_empty());
    assert_eq!(differ(&named("id: string; up?: Member"), &named("id: number")), [""; 0]);
    let types = "id: string; up: Member; age: number";
    let same = ["response field member.age", "response field member.up.up"];
    let found = differ(&named(types), inline);
    assert!(same.iter().all(|one| found.contains(&(*one).to_owned())), "{found:?}");
    assert_eq!(found, differ(inline, &named(types)));
}

#[test]
fn each_element_that_differs_is_named() {
    let changes = [
        ("user: {id, email}", "user: {id}", "response field user.email stands here and not there"),
        ("size: int", "size: string", "request field size is integer here and string there"),
        ("size: int", "size?: int", "request field size is required here and optional there"),
        ("201", "200", "the status is 201 here and 200 there"),
        (", 409 (twice)", "", "error case 409 stands here and not there"),
        ("401 (no)", "401 (no), 404 (none)", "error case 404 stands there and not here"),
        (
            "{email: string, size: int}",
            "no body",
            "the request is {email: string, size: integer} here and no body there",
        ),
        ("Authorization: x", "X-Other: y", "header authorization stands here and not there"),
    ];
    for (from, to, sentence) in changes {
        let found = differences(LOGIN, &LOGIN.replacen(from, to, 1));
        assert!(found.contains(&sentence.to_owned()), "{to}: {found:?}");
    }
}

#[test]
fn what_is_unsaid_now_is_listed_apart() {
    let found = compare(&one(LOGIN), &one("POST /api/login/:id\n- Request: {email, size}\n"));
    assert!(found.iter().all(|one| !one.contradicts()), "{found:?}");
    assert!(found.iter().any(|one| one.element == Element::ErrorCase("409".into())));
    assert!(found.iter().any(|one| one.element == Element::Response(String::new())));
}
