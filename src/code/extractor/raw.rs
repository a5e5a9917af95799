//! Reads extractors.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::{
    Does, Extractor, FileRule, Mistake, MountRule, Of, RouteRule, RouterRule, SCHEMA, ScopeRule,
    TableRule,
};
use crate::base::Span;
use crate::code::lexer::Language;
use crate::code::pattern::{Name, Pattern};
use crate::code::shape::{Action, Shape};

impl Extractor {
    /// Reads an extractor.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let raw: Raw = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            Mistake { span: Span::new(span.start, span.end), why: error.message().to_owned() }
        })?;
        if *raw.schema.get_ref() != SCHEMA {
            let why = format!("this format is version {SCHEMA}");
            return Err(mistake(raw.schema.span(), why));
        }
        let mut endings = raw.endings;
        if endings.is_empty() {
            endings = raw.language.endings().iter().map(|&one| one.to_owned()).collect();
        }
        let routers = raw
            .router
            .into_iter()
            .map(|one| Ok(RouterRule { pattern: pattern(&one.pattern, &[])?, root: one.root }));
        let routes = raw.route.into_iter().map(|one| {
            let read = pattern(&one.pattern, &[])?;
            let told = read.names.contains(&Name::Method) || !one.methods.is_empty();
            if !told && one.actions.is_empty() {
                let why = "it captures no `$method`, and `methods` gives none".to_owned();
                return Err(mistake(one.pattern.span(), why));
            }
            let RawRoute { methods, decorator, path, of, within, shape, actions, .. } = one;
            let pattern = read;
            Ok(RouteRule { pattern, methods, decorator, path, of, within, shape, actions })
        });
        let mounts = raw.mount.into_iter().map(|one| {
            let pattern = pattern(&one.pattern, &[Name::Target])?;
            let RawMount { replaces, folder, shape, .. } = one;
            Ok(MountRule { pattern, replaces, folder, shape })
        });
        let scopes = raw.scope.into_iter().map(|one| {
            let pattern = pattern(&one.pattern, &[])?;
            let RawScope { of, everywhere, class, prefix, shape, ignores, .. } = one;
            Ok(ScopeRule { pattern, of, everywhere, class, prefix, shape, ignores })
        });
        let tables = raw.table.into_iter().map(|one| {
            Ok(TableRule {
                pattern: pattern(&one.pattern, &[])?,
                does: one.does,
                plural: one.plural,
            })
        });
        let files = raw.file.into_iter().map(|one| {
            let place = Regex::new(one.place.get_ref());
            let place = place.map_err(|error| mistake(one.place.span(), error.to_string()))?;
            Ok(FileRule { id: one.id, place, prefix: one.prefix, methods: one.methods })
        });
        Ok(Self {
            title: raw.title.unwrap_or_else(|| raw.id.clone()),
            id: raw.id,
            language: raw.language,
            endings,
            hints: raw.hints,
            names: raw.names,
            types: raw.types,
            apps: raw.apps,
            routers: routers.collect::<Result<_, _>>()?,
            routes: routes.collect::<Result<_, _>>()?,
            mounts: mounts.collect::<Result<_, _>>()?,
            scopes: scopes.collect::<Result<_, _>>()?,
            tables: tables.collect::<Result<_, _>>()?,
            files: files.collect::<Result<_, _>>()?,
            methods: raw.methods,
            action: raw.action,
            until: raw.until,
            outside: raw.outside,
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    schema: toml::Spanned<i64>,
    id: String,
    title: Option<String>,
    action: Option<String>,
    language: Language,
    #[serde(default)]
    endings: Vec<String>,
    #[serde(default)]
    hints: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    apps: Vec<String>,
    #[serde(default)]
    methods: BTreeMap<String, String>,
    #[serde(default)]
    until: Vec<String>,
    #[serde(default)]
    outside: Vec<String>,
    #[serde(default)]
    router: Vec<RawRouter>,
    #[serde(default)]
    route: Vec<RawRoute>,
    #[serde(default)]
    mount: Vec<RawMount>,
    #[serde(default)]
    scope: Vec<RawScope>,
    #[serde(default)]
    table: Vec<RawTable>,
    #[serde(default)]
    file: Vec<RawFile>,
}

type Written = toml::Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawRouter {
    pattern: Written,
    #[serde(default)]
    root: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawRoute {
    pattern: Written,
    #[serde(default)]
    methods: Vec<String>,
    #[serde(default)]
    decorator: bool,
    path: Option<String>,
    #[serde(default)]
    of: Of,
    within: Option<String>,
    #[serde(default)]
    shape: Shape,
    #[serde(default)]
    actions: Vec<Action>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawMount {
    pattern: Written,
    #[serde(default)]
    replaces: bool,
    #[serde(default)]
    folder: bool,
    #[serde(default)]
    shape: Shape,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawScope {
    pattern: Written,
    #[serde(default)]
    of: Of,
    #[serde(default)]
    everywhere: bool,
    class: Option<(String, String)>,
    prefix: Option<String>,
    #[serde(default)]
    shape: Shape,
    #[serde(default)]
    ignores: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawTable {
    pattern: Written,
    #[serde(default)]
    does: Does,
    #[serde(default)]
    plural: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFile {
    id: String,
    place: Written,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    methods: Vec<String>,
}

fn pattern(written: &Written, needed: &[Name]) -> Result<Pattern, Mistake> {
    let pattern = Pattern::parse(written.get_ref());
    let pattern = pattern.map_err(|why| mistake(written.span(), why))?;
    match needed.iter().find(|name| !pattern.names.contains(name)) {
        Some(name) => {
            let why = format!("it captures no `${}`", format!("{name:?}").to_lowercase());
            Err(mistake(written.span(), why))
        }
        None => Ok(pattern),
    }
}

fn mistake(span: std::ops::Range<usize>, why: String) -> Mistake {
    Mistake { span: Span::new(span.start, span.end), why }
}
