//! A product as data: what its teams agree on, before anybody writes it down.

#[derive(Clone, Debug)]
pub struct World {
    pub title: String,
    pub features: Vec<Feature>,
    pub stories: Vec<Story>,
    pub journeys: Vec<Journey>,
    pub checks: Vec<String>,
    pub thresholds: Vec<Threshold>,
}

#[derive(Clone, Debug)]
pub struct Feature {
    /// The letter that documents give it; it stays when others go.
    pub letter: char,
    pub name: String,
    pub slug: String,
    /// The batch that it is built in, from zero.
    pub batch: usize,
    pub needs: Vec<Need>,
    pub routes: Vec<String>,
    pub pages: Vec<String>,
    pub files: Vec<String>,
    /// The names of the tables that it alone writes.
    pub stores: Vec<String>,
    pub endpoints: Vec<Endpoint>,
    pub events: Vec<Event>,
    pub tables: Vec<Table>,
    pub types: Vec<Declared>,
}

/// That a feature needs another, and the endpoint that it calls.
#[derive(Clone, Debug)]
pub struct Need {
    pub on: String,
    pub endpoint: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    pub method: &'static str,
    /// With parameters in braces: `/api/orders/{id}`.
    pub path: String,
    pub does: String,
    pub auth: bool,
    pub header: Option<(String, String)>,
    pub query: Vec<Field>,
    pub request: Vec<Field>,
    pub status: u16,
    pub response: Vec<Field>,
    pub errors: Vec<ErrorCase>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ErrorCase {
    pub code: u16,
    /// The same thing said in several ways.
    pub meanings: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub name: String,
    pub payload: Vec<Field>,
    pub response: Vec<Field>,
    pub errors: Vec<ErrorCase>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    pub name: String,
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    pub optional: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Text,
    Number,
    Flag,
    Texts,
    Many(String),
}

#[derive(Clone, Debug)]
pub struct Story {
    pub id: String,
    pub feature: String,
    pub title: String,
    pub who: String,
    pub wants: String,
    pub why: String,
    pub criteria: Vec<Criterion>,
}

#[derive(Clone, Debug)]
pub struct Criterion {
    pub id: String,
    pub given: String,
    pub when: String,
    pub then: String,
}

#[derive(Clone, Debug)]
pub struct Journey {
    pub id: String,
    pub title: String,
    pub who: String,
    pub stories: Vec<String>,
    pub steps: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Threshold {
    pub name: String,
    pub target: String,
}

impl World {
    pub fn feature(&self, name: &str) -> Option<&Feature> {
        self.features.iter().find(|one| one.name == name)
    }

    pub fn stories_of(&self, feature: &str) -> Vec<&Story> {
        self.stories.iter().filter(|one| one.feature == feature).collect()
    }

    /// Whether it holds exactly this endpoint.
    pub fn holds(&self, endpoint: &Endpoint) -> bool {
        self.features.iter().any(|one| one.endpoints.contains(endpoint))
    }

    /// The features that need one.
    pub fn consumers(&self, name: &str) -> Vec<String> {
        let needs = |one: &&Feature| one.needs.iter().any(|need| need.on == name);
        self.features.iter().filter(needs).map(|one| one.name.clone()).collect()
    }
}

impl Endpoint {
    /// `POST /api/orders/{id}`
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Field {
    pub fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), kind, optional: false }
    }

    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

impl Kind {
    pub fn written(&self) -> String {
        match self {
            Kind::Text => "string".to_owned(),
            Kind::Number => "number".to_owned(),
            Kind::Flag => "boolean".to_owned(),
            Kind::Texts => "string[]".to_owned(),
            Kind::Many(name) => format!("{name}[]"),
        }
    }

    pub fn sql(&self) -> &'static str {
        match self {
            Kind::Number => "integer",
            Kind::Flag => "boolean",
            _ => "text",
        }
    }
}
