//! What a rule of an extractor makes of the paths that it captures.

use serde::Deserialize;

use super::extractor::{Extractor, RouteRule, ScopeRule};
use super::lexer::Piece;
use super::pattern::{Found, Name};

/// How a captured path becomes one that others understand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shape {
    /// What stands before and behind each of them: the `v` of a version, the id of a resource.
    pub lead: String,
    pub trail: String,
    /// They are regular expressions.
    pub regex: bool,
    /// One that begins with a slash stands below nothing.
    pub absolute: bool,
    /// A dot parts a resource from the one that it belongs to.
    pub nests: bool,
}

/// One of the routes that a resource declares.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "(String, String, String)")]
pub struct Action {
    pub name: String,
    pub method: String,
    /// What stands behind the path of the resource.
    pub trail: String,
}

impl From<(String, String, String)> for Action {
    fn from((name, method, trail): (String, String, String)) -> Self {
        Self { name, method, trail }
    }
}

impl Shape {
    /// The paths in their common form.
    pub fn of(&self, mut texts: Vec<Vec<Piece>>) -> Vec<Vec<Piece>> {
        for text in &mut texts {
            for piece in text.iter_mut() {
                let Piece::Said(said) = piece else { continue };
                if self.regex {
                    *said = plain(said);
                }
                if self.nests {
                    *said = said.replace('.', "/{id}/");
                }
            }
            if let (Some(Piece::Said(said)), true) = (text.first_mut(), self.absolute)
                && said.starts_with('/')
            {
                said.insert(0, '~');
            }
            extend(text, &self.lead, &self.trail);
        }
        texts
    }
}

impl ScopeRule {
    /// The prefixes of a place that it fits.
    pub fn prefixes(&self, found: &Found) -> Vec<Vec<Piece>> {
        let mut prefixes = found.texts(Name::Prefix);
        if prefixes.is_empty() {
            // A prefix that is set and cannot be read is not the same as none.
            let unknown = self.everywhere.then(|| Piece::Name(String::new()));
            let fixed = self.prefix.clone().map(Piece::Said);
            prefixes.extend(fixed.or(unknown).map(|piece| vec![piece]));
        }
        self.shape.of(prefixes)
    }
}

impl RouteRule {
    /// The routes of a place that it fits: their methods and their paths.
    pub fn routes(&self, found: &Found, known: &Extractor) -> Vec<(Vec<String>, Vec<Vec<Piece>>)> {
        let mut paths = found.texts(Name::Path);
        if paths.is_empty() {
            paths.push(vec![Piece::Said(self.path.clone().unwrap_or_default())]);
        }
        let paths = self.shape.of(paths);
        if !self.actions.is_empty() {
            let named = found.of(Name::Only).next().is_some();
            let only = named.then(|| found.words(Name::Only));
            let except = found.words(Name::Except);
            let all = self.actions.iter().filter(|one| one.is_among(only.as_deref(), &except));
            return all.map(|one| (vec![one.method.clone()], one.of(&paths))).collect();
        }
        let words = found.words(Name::Method);
        let mut methods: Vec<String> = words.iter().filter_map(|word| known.method(word)).collect();
        if methods.is_empty() && !words.is_empty() && !self.methods.is_empty() {
            // Methods that are written and cannot be read are not those of a route without any.
            methods.push("ANY".to_owned());
        } else if methods.is_empty() {
            methods.clone_from(&self.methods);
        }
        if methods.is_empty() { Vec::new() } else { vec![(methods, paths)] }
    }
}

impl Action {
    /// Whether there is this one, where a declaration names those that there are, or those that
    /// there are not.
    pub fn is_among(&self, only: Option<&[String]>, except: &[String]) -> bool {
        only.is_none_or(|only| only.contains(&self.name)) && !except.contains(&self.name)
    }

    /// The paths of a resource with what this action adds.
    pub fn of(&self, paths: &[Vec<Piece>]) -> Vec<Vec<Piece>> {
        let mut paths = paths.to_vec();
        paths.iter_mut().for_each(|path| extend(path, "", &self.trail));
        paths
    }
}

fn extend(text: &mut Vec<Piece>, lead: &str, trail: &str) {
    if !lead.is_empty() {
        text.insert(0, Piece::Said(lead.to_owned()));
    }
    if !trail.is_empty() {
        text.push(Piece::Said(trail.to_owned()));
    }
}

/// The path that a regular expression stands for: `^users/(?P<name>\w+)/?$` is `users/{name}/`.
fn plain(regex: &str) -> String {
    let mut out = String::with_capacity(regex.len());
    let mut rest = regex.trim_start_matches('^').trim_end_matches('$');
    rest = rest.strip_suffix("\\Z").unwrap_or(rest);
    while let Some(c) = rest.chars().next() {
        let next = &rest[c.len_utf8()..];
        if c == '(' {
            let end = group_end(rest);
            let inner = &rest[1..end.saturating_sub(1).max(1)];
            let name = inner.strip_prefix("?P<").or_else(|| inner.strip_prefix("?<"));
            let name = name.and_then(|named| named.split_once('>')).map_or("", |(name, _)| name);
            let silent = inner.starts_with("?:");
            if !silent {
                out.push_str(&format!("{{{name}}}"));
            }
            rest = rest[end..].trim_start_matches(['?', '*', '+']);
        } else if c == '\\' {
            let Some(escaped) = next.chars().next() else { break };
            if !escaped.is_alphanumeric() {
                out.push(escaped);
            }
            rest = next.get(escaped.len_utf8()..).unwrap_or("");
        } else {
            if !matches!(c, '?' | '^' | '$') {
                out.push(c);
            }
            rest = next;
        }
    }
    out
}

/// Behind the bracket that closes the group which begins here.
fn group_end(text: &str) -> usize {
    let (mut depth, mut escaped, mut class) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_expressions_become_paths() {
        let rows = [
            (r"^users/(?P<name>[-\w()]+)/?$", "users/{name}/"),
            (r"^api/v1\.0/", "api/v1.0/"),
            (r"^(\d+)/(?:page-(?P<page>\d+)/)?$", "{}/"),
            ("^$", ""),
            (r"a\", "a"),
            ("(", "{}"),
        ];
        for (written, expected) in rows {
            assert_eq!(plain(written), expected, "{written}");
        }
    }

    #[test]
    fn a_resource_has_the_actions_that_it_names() {
        let action = Action { name: "show".into(), method: "GET".into(), trail: "/{id}".into() };
        let list = |one: &str| vec![one.to_owned()];
        assert!(action.is_among(None, &[]) && action.is_among(Some(&list("show")), &[]));
        assert!(!action.is_among(Some(&list("index")), &[]) && !action.is_among(Some(&[]), &[]));
        assert!(!action.is_among(None, &list("show")));
        let said = |text: &str| Piece::Said(text.to_owned());
        assert_eq!(action.of(&[vec![said("x")]]), [vec![said("x"), said("/{id}")]]);
    }
}
