//! Changes of endpoints.

use super::{Ground, Planted, Seed, endpoint_names};
use crate::draw::{capital, errors};
use crate::world::{Endpoint, Field, Kind};
use crate::write::contracts::shape;

pub const SEEDS: &[Seed] = &[
    ("response field removed", response_removed),
    ("response field added", response_added),
    ("response field renamed", response_renamed),
    ("response field of another type", response_type),
    ("response field optional", response_optional),
    ("request field added", request_added),
    ("request field removed", request_removed),
    ("request field required", request_required),
    ("query parameter removed", query_removed),
    ("status changed", status),
    ("error case removed", error_removed),
    ("error case added", error_added),
    ("error case renumbered", error_renumbered),
    ("header dropped", header),
    ("authentication dropped", authentication),
    ("error cases gone", errors_gone),
    ("endpoint removed", removed),
    ("endpoint added", added),
    ("path changed", path_changed),
    ("method changed", method_changed),
];

type Part = fn(&mut Endpoint) -> &mut Vec<Field>;

fn response(endpoint: &mut Endpoint) -> &mut Vec<Field> {
    &mut endpoint.response
}

fn request(endpoint: &mut Endpoint) -> &mut Vec<Field> {
    &mut endpoint.request
}

fn query(endpoint: &mut Endpoint) -> &mut Vec<Field> {
    &mut endpoint.query
}

/// Changes an endpoint, and says what changed with the words it is known by.
fn change(
    ground: &mut Ground,
    kind: &'static str,
    fits: impl Fn(&Endpoint) -> bool,
    edit: impl FnOnce(&mut Endpoint, &mut crate::dice::Dice) -> (String, Vec<String>),
) -> Option<Planted> {
    let (feature, at) = ground.endpoint(fits)?;
    let Ground { world, dice, .. } = ground;
    let owner = &mut world.features[feature];
    let endpoint = &mut owner.endpoints[at];
    let before = endpoint.clone();
    let (what, words) = edit(endpoint, dice);
    let mut sign = vec![crate::judge::word(&before.path)];
    sign.extend(words.iter().map(|word| crate::judge::word(word)));
    Some(Planted {
        kind,
        feature: Some(owner.name.clone()),
        names: endpoint_names(&before),
        what,
        before: told(&before),
        after: told(endpoint),
        signs: vec![sign],
        path: Some(before.path),
    })
}

/// Everything that an endpoint promises, for whoever looks at a failure.
fn told(endpoint: &Endpoint) -> String {
    let codes: Vec<u16> = endpoint.errors.iter().map(|one| one.code).collect();
    let header = endpoint.header.as_ref().map_or("no header", |(name, _)| name);
    format!(
        "{} query {} body {} gives {} {} fails with {codes:?}, auth {}, {header}",
        endpoint.name(),
        shape(&endpoint.query),
        shape(&endpoint.request),
        endpoint.status,
        shape(&endpoint.response),
        endpoint.auth,
    )
}

fn field_removed(
    ground: &mut Ground,
    kind: &'static str,
    part: Part,
    word: &'static str,
) -> Option<Planted> {
    let fits = move |one: &Endpoint| part(&mut one.clone()).len() > 2;
    change(ground, kind, fits, |endpoint, dice| {
        let fields = part(endpoint);
        let gone = fields.remove(dice.roll(fields.len()));
        let what = match dice.roll(3) {
            0 => format!("the {word} has no `{}`", gone.name),
            1 => format!("`{}` was left out of the {word}", gone.name),
            _ => format!("we removed `{}` from the {word}", gone.name),
        };
        (what, vec![gone.name])
    })
}

fn response_removed(ground: &mut Ground) -> Option<Planted> {
    field_removed(ground, "response field removed", response, "response")
}

fn request_removed(ground: &mut Ground) -> Option<Planted> {
    field_removed(ground, "request field removed", request, "request")
}

fn query_removed(ground: &mut Ground) -> Option<Planted> {
    field_removed(ground, "query parameter removed", query, "query")
}

fn field_added(
    ground: &mut Ground,
    kind: &'static str,
    part: Part,
    word: &'static str,
) -> Option<Planted> {
    let fits = move |one: &Endpoint| part(&mut one.clone()).len() > 1;
    change(ground, kind, fits, |endpoint, dice| {
        let name = *dice.one(&["revision", "locale", "origin_ref", "etag"]);
        part(endpoint).push(Field::new(name, Kind::Text));
        let what = match dice.roll(2) {
            0 => format!("the {word} carries `{name}` as well"),
            _ => format!("added `{name}: string` to the {word}"),
        };
        (what, vec![name.to_owned()])
    })
}

fn response_added(ground: &mut Ground) -> Option<Planted> {
    field_added(ground, "response field added", response, "response")
}

fn request_added(ground: &mut Ground) -> Option<Planted> {
    field_added(ground, "request field added", request, "request")
}

fn response_renamed(ground: &mut Ground) -> Option<Planted> {
    let fits = |one: &Endpoint| one.response.len() > 1;
    change(ground, "response field renamed", fits, |endpoint, dice| {
        let at = dice.roll(endpoint.response.len());
        let field = &mut endpoint.response[at];
        let old = field.name.clone();
        field.name = format!("the{}", capital(&old));
        let what = format!("the response calls `{old}` now `{}`", field.name);
        (what, vec![old])
    })
}

fn response_type(ground: &mut Ground) -> Option<Planted> {
    let plain = |one: &Field| matches!(one.kind, Kind::Text | Kind::Number | Kind::Flag);
    let fits = move |one: &Endpoint| one.response.iter().any(plain);
    change(ground, "response field of another type", fits, |endpoint, _| {
        let field = endpoint.response.iter_mut().rev().find(|one| plain(one)).expect("one fits");
        let old = field.kind.written();
        field.kind = if field.kind == Kind::Text { Kind::Number } else { Kind::Text };
        let what =
            format!("in the response `{}` is a {}, not a {old}", field.name, field.kind.written());
        (what, vec![field.name.clone()])
    })
}

fn response_optional(ground: &mut Ground) -> Option<Planted> {
    let fits = |one: &Endpoint| one.response.iter().any(|field| !field.optional);
    change(ground, "response field optional", fits, |endpoint, _| {
        let field = endpoint.response.iter_mut().rev().find(|one| !one.optional).expect("one fits");
        field.optional = true;
        (format!("the response may leave out `{}`", field.name), vec![field.name.clone()])
    })
}

fn request_required(ground: &mut Ground) -> Option<Planted> {
    let fits = |one: &Endpoint| one.request.iter().any(|field| field.optional);
    change(ground, "request field required", fits, |endpoint, _| {
        let field = endpoint.request.iter_mut().find(|one| one.optional).expect("one fits");
        field.optional = false;
        (
            format!("the request must hold `{}`, which was optional", field.name),
            vec![field.name.clone()],
        )
    })
}

fn status(ground: &mut Ground) -> Option<Planted> {
    let fits = |one: &Endpoint| matches!(one.status, 200 | 201) && one.method != "GET";
    change(ground, "status changed", fits, |endpoint, _| {
        let old = endpoint.status;
        endpoint.status = if old == 201 { 200 } else { 202 };
        (format!("success is answered with {} where {old} was agreed", endpoint.status), vec![])
    })
}

fn error_removed(ground: &mut Ground) -> Option<Planted> {
    let fits = |one: &Endpoint| one.errors.len() > 1;
    change(ground, "error case removed", fits, |endpoint, dice| {
        let gone = endpoint.errors.remove(dice.roll(endpoint.errors.len()));
        let code = gone.code.to_string();
        let what = match dice.roll(2) {
            0 => format!("error case {code} is not answered"),
            _ => format!("it never answers `{code}` ({})", gone.meanings[0]),
        };
        (what, vec![code])
    })
}

fn error_added(ground: &mut Ground) -> Option<Planted> {
    change(
        ground,
        "error case added",
        |one| !one.errors.is_empty(),
        |endpoint, dice| {
            let code = [410, 423][dice.roll(2)];
            endpoint.errors.push(errors("entry", &[code]).remove(0));
            (format!("it can also answer {code}"), vec![code.to_string()])
        },
    )
}

fn error_renumbered(ground: &mut Ground) -> Option<Planted> {
    let fits = |one: &Endpoint| one.errors.iter().any(|case| case.code == 409 || case.code == 404);
    change(ground, "error case renumbered", fits, |endpoint, _| {
        let renumbered = |code: u16| code == 409 || code == 404;
        let case = endpoint.errors.iter_mut().find(|one| renumbered(one.code)).expect("one fits");
        let old = case.code;
        case.code = if old == 409 { 412 } else { 410 };
        let what = format!("{} is answered with {} instead of {old}", case.meanings[0], case.code);
        (what, vec![old.to_string()])
    })
}

fn header(ground: &mut Ground) -> Option<Planted> {
    change(
        ground,
        "header dropped",
        |one| one.header.is_some(),
        |endpoint, _| {
            let (name, _) = endpoint.header.take().expect("one fits");
            (format!("the header `{name}` is not asked for"), vec![name])
        },
    )
}

fn authentication(ground: &mut Ground) -> Option<Planted> {
    let fits = |one: &Endpoint| one.auth && one.header.is_none();
    change(ground, "authentication dropped", fits, |endpoint, _| {
        endpoint.auth = false;
        ("anybody may call it; the `Authorization` header is not needed".to_owned(), vec![])
    })
}

fn errors_gone(ground: &mut Ground) -> Option<Planted> {
    change(
        ground,
        "error cases gone",
        |one| one.errors.len() > 1,
        |endpoint, _| {
            endpoint.errors.clear();
            ("it has no error cases".to_owned(), vec![])
        },
    )
}

/// An endpoint that no other feature calls, on a path of its own.
fn uncalled(ground: &mut Ground, method: &str) -> Option<(usize, usize)> {
    let called: Vec<String> = ground
        .world
        .features
        .iter()
        .flat_map(|one| &one.needs)
        .map(|need| need.endpoint.clone())
        .collect();
    let fits = |one: &Endpoint| {
        !called.contains(&one.name()) && (method.is_empty() || one.method == method)
    };
    ground.endpoint(fits)
}

fn removed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = uncalled(ground, "")?;
    let owner = &mut ground.world.features[feature];
    let gone = owner.endpoints.remove(at);
    Some(Planted {
        kind: "endpoint removed",
        feature: Some(owner.name.clone()),
        names: endpoint_names(&gone),
        what: "it was not built".to_owned(),
        before: told(&gone),
        after: "nothing".to_owned(),
        signs: vec![Planted::sign(&[&gone.path, gone.method])],
        path: Some(gone.path),
    })
}

fn added(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = ground.endpoint(|one| one.path.ends_with("{id}"))?;
    let owner = &mut ground.world.features[feature];
    let mut new = owner.endpoints[at].clone();
    new.method = "GET";
    new.path = format!("{}/history", new.path);
    new.does = "lists what happened to it".to_owned();
    new.status = 200;
    new.query = Vec::new();
    new.header = None;
    new.request = Vec::new();
    new.response = vec![Field::new("entries", Kind::Texts), Field::new("oldest", Kind::Text)];
    let planted = Planted {
        kind: "endpoint added",
        feature: Some(owner.name.clone()),
        names: endpoint_names(&new),
        what: "it came to the agreed endpoints".to_owned(),
        before: "nothing".to_owned(),
        after: told(&new),
        signs: vec![Planted::sign(&[&new.path])],
        path: Some(new.path.clone()),
    };
    owner.endpoints.push(new);
    Some(planted)
}

fn path_changed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = uncalled(ground, "")?;
    let owner = &mut ground.world.features[feature];
    let endpoint = &mut owner.endpoints[at];
    let before = endpoint.clone();
    let last = if before.path.ends_with("{id}") { "/details" } else { "/now" };
    endpoint.path = format!("{}{last}", before.path);
    let names = endpoint_names(&before);
    Some(Planted {
        kind: "path changed",
        feature: Some(owner.name.clone()),
        names: names.into_iter().take(4).collect(),
        what: format!("it is called at `{}`", endpoint.name()),
        before: told(&before),
        after: told(endpoint),
        signs: vec![
            Planted::sign(&[&before.path, before.method]),
            Planted::sign(&[&endpoint.path]),
        ],
        path: Some(before.path),
    })
}

fn method_changed(ground: &mut Ground) -> Option<Planted> {
    let (feature, at) = uncalled(ground, "PATCH")?;
    let owner = &mut ground.world.features[feature];
    let endpoint = &mut owner.endpoints[at];
    let before = endpoint.clone();
    endpoint.method = "PUT";
    Some(Planted {
        kind: "method changed",
        feature: Some(owner.name.clone()),
        names: endpoint_names(&before).into_iter().take(4).collect(),
        what: format!("it is called as `{}`", endpoint.name()),
        before: told(&before),
        after: told(endpoint),
        signs: vec![Planted::sign(&[&before.path])],
        path: Some(before.path),
    })
}
