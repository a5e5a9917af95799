//! One method of one path.

use serde_json::{Map, Value};

use super::Reading;
use super::keys::KeyId;
use crate::base::Span;
use crate::model::contract::{
    Auth, Contract, ErrorCase, Form, Header, Member, Method, Object, Part, Route, Shape, Subject,
    Unread,
};

pub(super) struct Operation<'v> {
    pub method: &'v str,
    /// The path with what stands before all paths.
    pub route: String,
    /// Where the method stands.
    pub key: Option<KeyId>,
    /// What is said of the path.
    pub item: &'v Map<String, Value>,
    pub operation: &'v Map<String, Value>,
}

impl<'v> Operation<'v> {
    /// Adds the contract.
    pub fn read(&self, reading: &mut Reading<'v, '_, '_>) {
        let span = reading.span(self.key);
        let Some(method) = Method::read(&self.method.to_uppercase()) else { return };
        let route = match Route::read(&self.route) {
            Ok(route) => route,
            Err(why) => return reading.out.unread.push(Unread { span, why: why.to_owned() }),
        };
        let subject = Subject::Endpoint { method, route };
        let mut contract = Contract::new(subject, Form::OpenApi, span, reading.section);
        contract.extent = self.key.map_or(span, |key| reading.keys.extent(key));
        self.parameters(reading, &mut contract);
        self.request(reading, &mut contract);
        self.responses(reading, &mut contract);
        contract.auth = self.auth(reading);
        reading.out.list.push(contract);
    }

    /// Where a key below the method stands; the method where it is not found.
    fn place(&self, reading: &Reading<'v, '_, '_>, name: &str) -> Span {
        let key = self.key.and_then(|key| reading.keys.within(key, name));
        reading.span(key.or(self.key))
    }

    fn parameters(&self, reading: &mut Reading<'v, '_, '_>, contract: &mut Contract) {
        let span = self.place(reading, "parameters");
        let lists = [self.item.get("parameters"), self.operation.get("parameters")];
        let (mut query, mut form) = (Vec::new(), Vec::new());
        for parameter in lists.into_iter().flatten().filter_map(Value::as_array).flatten() {
            let Some(parameter) = reading.target(parameter) else { continue };
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or("");
            let schema = parameter.get("schema").unwrap_or(parameter);
            let shape = reading.schemas.read(schema, span);
            let name = text("name").to_owned();
            let optional = parameter.get("required") != Some(&Value::Bool(true));
            match text("in") {
                "header" if name.eq_ignore_ascii_case("accept") => {}
                "header" => contract.headers.push(Header { name, value: shape.to_string(), span }),
                "query" => query.push(Member { name, optional, shape, span }),
                "formData" => form.push(Member { name, optional, shape, span }),
                "body" => contract.request = Some(Part { span, shape, status: None }),
                _ => {}
            }
        }
        let part = |members| {
            let shape = Shape::Object(Object { members, ..Object::default() });
            Part { span, shape, status: None }
        };
        if !form.is_empty() {
            contract.request = Some(part(form));
        }
        let bodiless =
            matches!(&contract.subject, Subject::Endpoint { method, .. } if method.is_bodiless());
        match query.is_empty() {
            true => {}
            false if bodiless => contract.request = Some(part(query)),
            false => contract.query = Some(part(query)),
        }
    }

    /// The body. An operation that has none says so by leaving it out.
    fn request(&self, reading: &mut Reading<'v, '_, '_>, contract: &mut Contract) {
        let span = self.place(reading, "requestBody");
        let Some(body) = self.operation.get("requestBody") else {
            let nothing =
                Part { span: reading.span(self.key), shape: Shape::Nothing, status: None };
            contract.request.get_or_insert(nothing);
            return;
        };
        if let Some(body) = reading.target(body) {
            let shape = content(reading, body, span).unwrap_or(Shape::Unsaid);
            contract.request = Some(Part { span, shape, status: None });
        }
    }

    fn responses(&self, reading: &mut Reading<'v, '_, '_>, contract: &mut Contract) {
        let Some(responses) = self.operation.get("responses").and_then(Value::as_object) else {
            return;
        };
        let key = self.key.and_then(|key| reading.keys.below(Some(key), "responses"));
        let alone = responses.len() == 1;
        for (status, response) in responses {
            let place = key.and_then(|key| reading.keys.below(Some(key), status)).or(key);
            let span = reading.span(place.or(self.key));
            let Some(response) = reading.target(response) else { continue };
            let is_error = status.starts_with(['4', '5']) || status == "default" && !alone;
            if is_error {
                let meaning = response.get("description").and_then(Value::as_str).unwrap_or("");
                let meaning = meaning.lines().next().unwrap_or("").trim().to_owned();
                contract.errors.get_or_insert(span);
                contract.error_cases.push(ErrorCase { code: status.clone(), meaning, span });
            } else if contract.response.is_none() && (status.starts_with(['2', '3']) || alone) {
                // Many write down the statuses first and the bodies later. Only a status without
                // a body says that there is none.
                let bodiless = ["204", "205", "304"].contains(&status.as_str());
                let unsaid = if bodiless { Shape::Nothing } else { Shape::Unsaid };
                let shape = content(reading, response, span).unwrap_or(unsaid);
                contract.response = Some(Part { span, shape, status: status.parse().ok() });
            }
        }
    }

    fn auth(&self, reading: &Reading<'v, '_, '_>) -> Option<Auth> {
        let own = self.operation.get("security");
        let all = own.or_else(|| reading.document.get("security"))?.as_array()?;
        let free = |one: &Value| one.as_object().is_some_and(Map::is_empty);
        let required = !all.is_empty() && !all.iter().any(free);
        let key = self.key.and_then(|key| reading.keys.below(Some(key), "security"));
        let whole = || reading.keys.below(None, "security");
        let place = if own.is_some() { key.or(self.key) } else { whole().or(self.key) };
        Some(Auth { required, span: reading.span(place) })
    }
}

/// The shape of a body: of its JSON, else of the first kind of content it has; of `schema` in
/// Swagger 2.
fn content<'v>(reading: &mut Reading<'v, '_, '_>, body: &'v Value, span: Span) -> Option<Shape> {
    if let Some(schema) = body.get("schema") {
        return Some(reading.schemas.read(schema, span));
    }
    let kinds = body.get("content")?.as_object()?;
    let json = kinds.iter().find(|(kind, _)| kind.contains("json"));
    let (_, media) = json.or_else(|| kinds.iter().next())?;
    Some(media.get("schema").map_or(Shape::Unsaid, |schema| reading.schemas.read(schema, span)))
}
