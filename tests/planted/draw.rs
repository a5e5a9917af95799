//! Draws a product: features from a stock of plausible ones, with what they hold.

use crate::dice::Dice;
use crate::stock::{Resource, STOCK, TITLES, Template};
use crate::world::{
    Criterion, Declared, Endpoint, ErrorCase, Event, Feature, Field, Journey, Kind, Need, Story,
    Table, Threshold, World,
};

/// A product of some features out of the stock.
pub fn world(dice: &mut Dice, many: usize) -> World {
    let mut picked: Vec<usize> = (0..STOCK.len()).collect();
    dice.shuffle(&mut picked);
    let mut world = World {
        title: (*dice.one(TITLES)).to_owned(),
        features: Vec::new(),
        stories: Vec::new(),
        journeys: Vec::new(),
        checks: [
            "Every endpoint names its error cases",
            "Both teams have read the interfaces they call",
            "The security engineer has seen the login of every page",
            "Backups of all tables are planned",
        ]
        .map(str::to_owned)
        .to_vec(),
        thresholds: thresholds(dice),
    };
    for (at, &one) in picked.iter().take(many).enumerate() {
        let feature = feature(dice, &STOCK[one], at, &world.features);
        tell(dice, &mut world, &feature, STOCK[one].1);
        world.features.push(feature);
    }
    world
}

/// Another feature for a product, of a kind that it does not have.
pub fn another(dice: &mut Dice, world: &World) -> (Feature, World) {
    let free: Vec<&Template> = STOCK.iter().filter(|one| world.feature(one.0).is_none()).collect();
    let template = *dice.one(&free);
    let mut grown = world.clone();
    let mut feature = feature(dice, template, 0, &[]);
    feature.letter = (b'A' + world.features.len() as u8 + 1) as char;
    tell(dice, &mut grown, &feature, template.1);
    grown.features.push(feature.clone());
    (feature, grown)
}

fn feature(dice: &mut Dice, template: &Template, at: usize, earlier: &[Feature]) -> Feature {
    let (name, _, resources, verb) = *template;
    let slug = name.to_lowercase();
    let mut needs = Vec::new();
    // The first two stand alone, so that there are features that have nothing to do with a change.
    if at >= 2 {
        let on = &earlier[dice.roll(2)];
        let gets = on.endpoints.iter().find(|one| one.method == "GET");
        let endpoint = gets.map_or_else(String::new, Endpoint::name);
        needs.push(Need { on: on.name.clone(), endpoint });
    }
    let batch = usize::from(!needs.is_empty());
    let mut feature = Feature {
        letter: (b'A' + at as u8) as char,
        batch,
        needs,
        routes: Vec::new(),
        pages: ["/", "/my/"].map(|above| format!("{above}{slug}")).to_vec(),
        files: vec![format!("src/{slug}/**"), format!("db/{slug}/**")],
        endpoints: Vec::new(),
        events: Vec::new(),
        tables: Vec::new(),
        stores: Vec::new(),
        types: Vec::new(),
        name: name.to_owned(),
        slug,
    };
    feature.pages.push(format!("{}/settings", feature.pages[0]));
    for (number, resource) in resources.iter().enumerate() {
        let verb = (number == 0).then_some(verb);
        fill(dice, &mut feature, *resource, verb);
    }
    feature
}

/// Adds what a feature has for one of its resources.
fn fill(dice: &mut Dice, feature: &mut Feature, resource: Resource, verb: Option<&str>) {
    let (plural, singular, _) = resource;
    let fields = fields(resource.2);
    let kind = capital(singular);
    let (all, one) = (format!("/api/{plural}"), format!("/api/{plural}/{{id}}"));
    feature.routes.push(format!("{all}/*"));
    let id = Field::new("id", Kind::Text);
    let own = |from: &[Field]| [vec![id.clone()], from.to_vec()].concat();
    let mut rest = fields.clone();
    dice.shuffle(&mut rest);
    let query = vec![
        Field::new("search", Kind::Text).optional(),
        Field::new("limit", Kind::Number).optional(),
        Field::new(&format!("{}After", rest[0].name), Kind::Text).optional(),
    ];
    let items = Field::new("items", Kind::Many(kind.clone()));
    let next = Field::new("nextCursor", Kind::Text).optional();
    let total = Field::new("total", Kind::Number);
    let list = endpoint("GET", &all, &format!("lists {plural}"), 200);
    let response = vec![items, total, next];
    let errors = errors(singular, &[400, 401, 429]);
    feature.endpoints.push(Endpoint { query, response, errors, ..list });
    let create = endpoint("POST", &all, &format!("adds a {singular}"), 201);
    let mut request = fields.clone();
    if let Some(last) = request.last_mut() {
        last.optional = true;
    }
    let header = verb.map(|_| ("Idempotency-Key".to_owned(), "<uuid>".to_owned()));
    let errors_of_create = self::errors(singular, &[400, 401, 403, 409]);
    let response = own(&fields[..3]);
    feature.endpoints.push(Endpoint {
        auth: true,
        header,
        request,
        response,
        errors: errors_of_create,
        ..create
    });
    let show = endpoint("GET", &one, &format!("shows a {singular}"), 200);
    let response = own(&fields);
    feature.endpoints.push(Endpoint {
        auth: true,
        response,
        errors: self::errors(singular, &[401, 404]),
        ..show
    });
    if let Some(verb) = verb {
        let path = format!("{one}/{verb}");
        let act = endpoint("POST", &path, &format!("lets people {verb} a {singular}"), 200);
        let request = vec![rest[0].clone(), rest[1].clone()];
        let done = vec![id.clone(), Field::new("changedAt", Kind::Text), rest[2].clone()];
        let errors = self::errors(singular, &[401, 404, 409, 422]);
        feature.endpoints.push(Endpoint { auth: true, request, response: done, errors, ..act });
        let payload = vec![
            Field::new(&format!("{singular}Id"), Kind::Text),
            rest[0].clone(),
            rest[1].clone(),
        ];
        feature.events.push(Event {
            name: format!("{singular}.{}", past(verb)),
            payload,
            response: vec![Field::new("handled", Kind::Flag)],
            errors: self::errors(singular, &[422, 503]),
        });
    } else {
        let change = endpoint("PATCH", &one, &format!("changes a {singular}"), 200);
        let request = vec![rest[0].clone(), rest[1].clone().optional()];
        let errors = self::errors(singular, &[400, 401, 404]);
        let response = own(&rest[..2]);
        feature.endpoints.push(Endpoint { auth: true, request, response, errors, ..change });
        let remove = endpoint("DELETE", &one, &format!("removes a {singular}"), 204);
        let errors = self::errors(singular, &[401, 404, 409]);
        feature.endpoints.push(Endpoint { auth: true, errors, ..remove });
    }
    let column = |field: &Field| Field {
        name: snake(&field.name),
        kind: match field.kind {
            Kind::Texts => Kind::Text,
            ref kind => kind.clone(),
        },
        optional: false,
    };
    let columns = own(&fields).iter().map(column).collect();
    feature.tables.push(Table { name: plural.to_owned(), columns });
    if verb.is_some() {
        let columns = vec![
            Field::new(&format!("{singular}_id"), Kind::Text),
            Field::new("actor", Kind::Text),
            Field::new("happened_at", Kind::Text),
            Field::new("undone", Kind::Flag),
        ];
        feature.tables.push(Table { name: format!("{singular}_log"), columns });
    }
    feature.stores = feature.tables.iter().map(|one| one.name.clone()).collect();
    feature.types.push(Declared { name: kind, fields: own(&fields) });
}

fn endpoint(method: &'static str, path: &str, does: &str, status: u16) -> Endpoint {
    Endpoint {
        method,
        path: path.to_owned(),
        does: does.to_owned(),
        auth: false,
        header: None,
        query: Vec::new(),
        request: Vec::new(),
        status,
        response: Vec::new(),
        errors: Vec::new(),
    }
}

pub fn errors(singular: &str, codes: &[u16]) -> Vec<ErrorCase> {
    let one = |&code: &u16| {
        let meanings = match code {
            400 => ["malformed field".to_owned(), "a field is missing or malformed".to_owned()],
            401 => ["no valid token".to_owned(), "missing or expired token".to_owned()],
            403 => ["role may not do this".to_owned(), "caller lacks the role".to_owned()],
            404 => [format!("no such {singular}"), format!("{singular} unknown")],
            409 => {
                [format!("{singular} already exists"), format!("conflict with another {singular}")]
            }
            422 => ["value out of range".to_owned(), "not possible with these values".to_owned()],
            429 => ["too many requests".to_owned(), "rate limit reached".to_owned()],
            410 => [format!("{singular} was deleted"), format!("{singular} is gone for good")],
            _ => ["service unavailable".to_owned(), "not reachable for the moment".to_owned()],
        };
        ErrorCase { code, meanings: meanings.to_vec() }
    };
    codes.iter().map(one).collect()
}

fn fields(words: &str) -> Vec<Field> {
    let one = |word: &str| {
        let (name, kind) = word.split_once(':').unwrap_or((word, ""));
        let kind = match kind {
            "n" => Kind::Number,
            "b" => Kind::Flag,
            "l" => Kind::Texts,
            _ => Kind::Text,
        };
        Field::new(name, kind)
    };
    words.split(' ').map(one).collect()
}

fn thresholds(dice: &mut Dice) -> Vec<Threshold> {
    let p95 = [200, 250, 300][dice.roll(3)];
    let of = |name: &str, target: String| Threshold { name: name.to_owned(), target };
    vec![
        of("Test coverage", "90 %".to_owned()),
        of("Response time of lists (p95)", format!("{p95} ms")),
        of("Availability per month", "99.9 %".to_owned()),
        of("First page load", "2 s".to_owned()),
    ]
}

/// Stories and a journey for a feature.
fn tell(dice: &mut Dice, world: &mut World, feature: &Feature, who: &str) {
    let mut ids = Vec::new();
    let first = world.stories.len() + 1;
    let tables: Vec<&str> = feature.types.iter().map(|one| &*one.name).collect();
    let (main, other) = (tables[0].to_lowercase(), tables[1].to_lowercase());
    let wishes = [
        (format!("Add a {main}"), format!("add a {main} myself"), "I need not call anybody"),
        (format!("Find a {main}"), format!("search all {main}s by word"), "I find it quickly"),
        (format!("Keep each {other} current"), format!("correct a {other}"), "nobody is misled"),
    ];
    for (offset, (title, wants, why)) in wishes.into_iter().enumerate() {
        let id = format!("US-{:03}", first + offset);
        let seconds = 2 + dice.roll(3);
        let many = 20 + 5 * dice.roll(4);
        let criterion = |number: usize, given: String, when: String, then: String| Criterion {
            id: format!("AC-{:03}.{number}", first + offset),
            given,
            when,
            then,
        };
        let thing = if offset == 2 { &other } else { &main };
        let criteria = vec![
            criterion(
                1,
                format!("a {who} who is logged in"),
                format!("they {wants}"),
                format!("the page answers within {seconds} seconds"),
            ),
            criterion(
                2,
                format!("no {thing} that fits"),
                format!("the {who} asks for one"),
                "the page says so and offers a way back".to_owned(),
            ),
            criterion(
                3,
                format!("more than {many} entries of {thing}"),
                "the list opens".to_owned(),
                format!("{many} are shown at first"),
            ),
        ];
        let story = Story {
            feature: feature.name.clone(),
            who: who.to_owned(),
            wants,
            why: why.to_owned(),
            title,
            criteria,
            id: id.clone(),
        };
        world.stories.push(story);
        ids.push(id);
    }
    let title = format!("A {who} looks after a {main}");
    let steps = vec![
        format!("The {who} opens the page of {} ({}).", feature.name.to_lowercase(), ids[1]),
        format!("They fill in the form and send it ({}).", ids[0]),
        format!("They correct the {other} that belongs to it ({}).", ids[2]),
    ];
    let id = format!("GP-{}", world.journeys.len() + 1);
    world.journeys.push(Journey { id, title, who: who.to_owned(), stories: ids, steps });
}

pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

fn past(verb: &str) -> String {
    match verb {
        "cancel" => "cancelled".to_owned(),
        "send" => "sent".to_owned(),
        verb if verb.ends_with('e') => format!("{verb}d"),
        verb => format!("{verb}ed"),
    }
}
