//! Routes and endpoints.

use std::collections::{HashMap, HashSet};

use crate::code::{self, Code};
use crate::facts::DocumentFacts;
use crate::model::contract::{Method, Route, Subject, mentions};
use crate::project::{FeatureId, Project};
use crate::workflow::Kind;

/// How the endpoints of a design and the routes of its code compare.
#[derive(Default)]
pub struct Compared {
    /// How many endpoints of built features are promised, and how many of them were found.
    pub promised: usize,
    pub found: usize,
    pub absent: Vec<usize>,
    pub unstated: Vec<usize>,
    pub spelled: Vec<(usize, usize)>,
}

pub fn compare(project: &Project, code: &Code, built: &HashSet<FeatureId>) -> Compared {
    let served = Served::of(code);
    let known: Vec<(usize, Endpoint)> = endpoints(project).collect();
    let promised = promised(project, &known, built);
    let prefixes = served.prefixes(promised.iter().map(|(_, endpoint)| endpoint));
    let spelled = served.spelled(&promised, &prefixes);
    let mut compared = Compared { promised: promised.len(), spelled, ..Compared::default() };
    let mut answered: HashSet<usize> = HashSet::new();
    for (at, endpoint) in &promised {
        match served.answers(endpoint, &prefixes, &mut answered) {
            true => compared.found += 1,
            false => compared.absent.push(*at),
        }
    }
    for endpoint in known.into_iter().map(|(_, one)| one).chain(mentioned(project)) {
        served.answers(&endpoint, &prefixes, &mut answered);
    }
    let routes = code.routes.iter().enumerate();
    let judged = |one: &code::Route| one.whole && is_judged(one);
    let unstated = routes.filter(|(at, one)| judged(one) && !answered.contains(at));
    compared.unstated = unstated.map(|(at, _)| at).collect();
    compared
}

/// The endpoints of built features that other code serves by the letter, with prefixes as the code
/// of today has them: places of offers and of routes.
pub fn spelled(
    project: &Project,
    today: &Code,
    other: &Code,
    built: &HashSet<FeatureId>,
) -> Vec<(usize, usize)> {
    let known: Vec<(usize, Endpoint)> = endpoints(project).collect();
    let promised = promised(project, &known, built);
    let prefixes = Served::of(today).prefixes(promised.iter().map(|(_, endpoint)| endpoint));
    Served::of(other).spelled(&promised, &prefixes)
}

/// Every endpoint of the design, with the place of its offer.
fn endpoints(project: &Project) -> impl Iterator<Item = (usize, Endpoint)> {
    project.offers().iter().enumerate().filter_map(|(at, offer)| {
        let contract = project.contract_at(*offer.stated.first()?)?;
        Some((at, Endpoint::of(&contract.subject)?))
    })
}

/// Those that built features offer.
fn promised(
    project: &Project,
    known: &[(usize, Endpoint)],
    built: &HashSet<FeatureId>,
) -> Vec<(usize, Endpoint)> {
    let offers = project.offers();
    let is_built = |at: usize| offers[at].by.iter().any(|feature| built.contains(feature));
    known.iter().filter(|(at, _)| is_built(*at)).cloned().collect()
}

/// Whether somebody has to promise a route.
fn is_judged(one: &code::Route) -> bool {
    let asked_for = !one.service && !one.shortened;
    asked_for && !matches!(&*one.method, "OPTIONS" | "HEAD" | "TRACE")
}

/// What the documents of the design name with a path, in whatever form.
fn mentioned(project: &Project) -> Vec<Endpoint> {
    let kinds = [Kind::Architecture, Kind::Interface];
    let documents = kinds.into_iter().flat_map(|kind| project.documents(kind));
    let read = |facts: &DocumentFacts| {
        let all = mentions(&facts.text, 0).into_iter().filter(|one| !one.open && !one.foreign);
        let endpoints = all.flat_map(|one| {
            let key = one.route.key().to_owned();
            one.methods.into_iter().map(move |method| Endpoint { method, key: key.clone() })
        });
        endpoints.collect::<Vec<_>>()
    };
    documents.flat_map(|(_, facts)| read(facts)).collect()
}

/// What a document calls an endpoint.
#[derive(Clone, Debug)]
struct Endpoint {
    method: Method,
    /// With `{}` for parameters.
    key: String,
}

impl Endpoint {
    fn of(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Endpoint { method, route } => {
                Some(Self { method: *method, key: route.key().to_owned() })
            }
            _ => None,
        }
    }

    /// Whether a route of the code with this method answers it.
    fn is_met(&self, method: &str) -> bool {
        method == "ANY"
            || method == self.method.word()
            || method == "GET" && matches!(self.method, Method::Head | Method::Socket)
    }
}

/// The routes of the code by how they end.
struct Served<'c> {
    code: &'c Code,
    keys: Vec<String>,
    by_last: HashMap<String, Vec<usize>>,
}

/// What stands before the paths of the code and not of the documents, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Prefix {
    None,
    Code(String),
    Documents(String),
    /// The code does not tell how the path begins.
    Open,
}

impl<'c> Served<'c> {
    fn of(code: &'c Code) -> Self {
        let key = |one: &code::Route| {
            let key = Route::read(&one.path).map(|route| route.key().to_owned());
            key.unwrap_or_default()
        };
        let keys: Vec<String> = code.routes.iter().map(key).collect();
        let mut by_last: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, key) in keys.iter().enumerate() {
            by_last.entry(last(key).to_owned()).or_default().push(at);
        }
        Self { code, keys, by_last }
    }

    /// The routes that an endpoint may mean, each with what would explain a difference.
    fn candidates(&self, endpoint: &Endpoint) -> Vec<(usize, Prefix)> {
        let routes = self.by_last.get(last(&endpoint.key)).into_iter().flatten();
        let met = routes.filter(|&&at| endpoint.is_met(&self.code.routes[at].method));
        let fits = met.filter_map(|&at| {
            let prefix = difference(&endpoint.key, &self.keys[at])?;
            Some(match (self.code.routes[at].whole, prefix) {
                (true, prefix) => (at, prefix),
                (false, Prefix::None | Prefix::Documents(_)) => (at, Prefix::Open),
                (false, other) => (at, other),
            })
        });
        fits.collect()
    }

    /// The prefixes by which paths of the documents and of the code may differ: those of any API,
    /// and one that explains half of what is promised. A proxy may put or take it.
    fn prefixes<'e>(&self, promised: impl Iterator<Item = &'e Endpoint>) -> HashSet<Prefix> {
        let mut counts: HashMap<Prefix, usize> = HashMap::new();
        let mut all = 0;
        for endpoint in promised {
            all += 1;
            let mut own: Vec<Prefix> =
                self.candidates(endpoint).into_iter().map(|(_, prefix)| prefix).collect();
            own.sort_by_key(|one| format!("{one:?}"));
            own.dedup();
            for prefix in own {
                *counts.entry(prefix).or_default() += 1;
            }
        }
        let usual = |prefix: &Prefix| match prefix {
            Prefix::None | Prefix::Open => true,
            Prefix::Code(path) | Prefix::Documents(path) => {
                path.split('/').filter(|part| !part.is_empty()).all(is_usual)
            }
        };
        let mut allowed: HashSet<Prefix> = HashSet::from([Prefix::None, Prefix::Open]);
        let explains =
            counts.into_iter().filter(|(prefix, count)| usual(prefix) || count * 2 > all);
        allowed.extend(explains.map(|(prefix, _)| prefix));
        allowed
    }

    /// Whether some route answers an endpoint; remembers those that do.
    fn answers(
        &self,
        endpoint: &Endpoint,
        prefixes: &HashSet<Prefix>,
        answered: &mut HashSet<usize>,
    ) -> bool {
        let before = answered.len();
        let mut any = false;
        for (at, prefix) in self.candidates(endpoint) {
            if prefixes.contains(&prefix) {
                answered.insert(at);
                any = true;
            }
        }
        any || answered.len() > before
    }

    /// The routes that spell endpoints as the documents do, but for what stands before both. One
    /// that answers whatever is asked spells nothing.
    fn spelled(
        &self,
        endpoints: &[(usize, Endpoint)],
        prefixes: &HashSet<Prefix>,
    ) -> Vec<(usize, usize)> {
        let mut spelled = Vec::new();
        for (offer, endpoint) in endpoints {
            let by = self.candidates(endpoint).into_iter().filter(|(at, prefix)| {
                let (ours, theirs) = (&*endpoint.key, &*self.keys[*at]);
                let route = &self.code.routes[*at];
                let ends = route.whole && (ours.ends_with(theirs) || theirs.ends_with(ours));
                is_judged(route) && prefixes.contains(prefix) && (ours == theirs || ends)
            });
            spelled.extend(by.map(|(at, _)| (*offer, at)));
        }
        spelled
    }
}

/// Whether part of a path says nothing but that an API follows: `api`, `v1`.
fn is_usual(part: &str) -> bool {
    let version = part.strip_prefix('v').is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    version || matches!(part, "api" | "rest")
}

fn last(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or("")
}

/// What stands before the longer of two paths where one is the end of the other. A parameter amid
/// a path of a document may stand for a value that the code spells out, and the other way round.
fn difference(documented: &str, declared: &str) -> Option<Prefix> {
    let mut literal = false;
    let mut ours = documented.rsplit('/').filter(|part| !part.is_empty());
    let mut theirs = declared.rsplit('/').filter(|part| !part.is_empty());
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return Some(Prefix::None),
            (Some(one), Some(other)) => {
                literal |= one == other && one != "{}";
                if one != other && one != "{}" && other != "{}" {
                    return None;
                }
            }
            (one, other) => {
                let rest = |first: &'_ str, more: &mut dyn Iterator<Item = &str>| {
                    let mut parts = vec![first.to_owned()];
                    parts.extend(more.map(str::to_owned));
                    parts.reverse();
                    format!("/{}", parts.join("/"))
                };
                return literal.then(|| match (one, other) {
                    (Some(one), _) => Prefix::Documents(rest(one, &mut ours)),
                    (_, Some(other)) => Prefix::Code(rest(other, &mut theirs)),
                    _ => Prefix::None,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_differ_by_what_stands_before_them() {
        let rows = [
            ("/a/{}", "/a/{}", Some(Prefix::None)),
            ("/users", "/api/v1/users", Some(Prefix::Code("/api/v1".into()))),
            ("/api/users", "/users", Some(Prefix::Documents("/api".into()))),
            ("/auth/{}/done", "/auth/google/done", Some(Prefix::None)),
            ("/users/{}", "/posts/{}", None),
            ("/x/{}", "/{}", None),
            ("/", "/", Some(Prefix::None)),
            ("/", "/x", None),
        ];
        for (documented, declared, expected) in rows {
            assert_eq!(difference(documented, declared), expected, "{documented} {declared}");
        }
        assert!(is_usual("v2") && is_usual("api") && !is_usual("vendor") && !is_usual("admin"));
    }
}
