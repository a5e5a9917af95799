//! What one file declares, as far as the file alone tells.

mod passes;

use std::collections::HashSet;

use super::extractor::{Extractor, Of, RouteRule};
use super::lexer::Piece;
use super::outline::{Outline, names};
use super::pattern::{self, Found, Name};
use super::stands::{folder, stands_for};

/// A text of which some pieces are names.
pub type Text = Vec<Piece>;

/// What one file declares in the way of one extractor.
#[derive(Debug, Default)]
pub struct Declared {
    pub routers: Vec<Router>,
    pub routes: Vec<Route>,
    pub mounts: Vec<Mount>,
    pub scopes: Vec<Scope>,
    pub passes: Vec<Pass>,
    pub tables: Vec<Table>,
}

#[derive(Debug)]
pub struct Router {
    /// The tokens that make it, half open.
    pub start: usize,
    pub end: usize,
    pub prefixes: Vec<Text>,
    /// The router that it is a group of.
    pub on: Option<Ref>,
    pub root: bool,
}

#[derive(Debug)]
pub struct Route {
    pub on: Ref,
    /// The token that it begins with, and the last of its path.
    pub at: usize,
    pub last: usize,
    pub methods: Vec<String>,
    pub paths: Vec<Text>,
}

#[derive(Debug)]
pub struct Mount {
    pub on: Ref,
    pub at: usize,
    pub prefixes: Vec<Text>,
    pub targets: Vec<Ref>,
    pub replaces: bool,
}

#[derive(Debug)]
pub struct Scope {
    /// The tokens in which the prefix holds, half open.
    pub start: usize,
    pub end: usize,
    pub prefixes: Vec<Text>,
    pub everywhere: bool,
    /// What code calls it, where something else has to mount it.
    pub name: Option<String>,
}

/// A router that is handed to a function.
#[derive(Debug)]
pub struct Pass {
    pub callee: Ref,
    pub position: usize,
    pub arg: Ref,
    pub at: usize,
}

#[derive(Debug)]
pub struct Table {
    /// The rule that found it, by its place in the extractor.
    pub rule: usize,
    pub names: Vec<String>,
    pub to: Option<String>,
    pub at: usize,
}

/// What an expression may stand for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ref {
    /// A router of the same file, by its place among them.
    Router(usize),
    Name(Vec<String>),
    /// What a call of this name gives back.
    Call(Vec<String>),
    /// A module, and what of it.
    Module(String, Vec<String>),
    /// A folder, from which all files are loaded.
    Folder(String),
    /// A function of the same file, by its place among them.
    Function(usize),
    /// The stretch of code around a declaration.
    Scope(usize),
    File,
    Nothing,
}

impl Declared {
    /// The names in its paths.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let routes = self.routes.iter().flat_map(|one| &one.paths);
        let prefixes = self.scopes.iter().flat_map(|one| &one.prefixes);
        names(routes.chain(prefixes).flatten())
    }
}

/// Finds what a file declares. `place` is the rule of the extractor that its place fits.
pub fn read(outline: &Outline, extractor: &Extractor, place: Option<&str>) -> Declared {
    let mut reader = Reader::new(outline, extractor, place);
    reader.routers();
    reader.scopes();
    reader.routes();
    reader.mounts();
    // `path("x/", include(…))` mounts, and is no route besides; nor is what a class is given.
    let mounts = reader.declared.mounts.iter().map(|one| one.at);
    let others: HashSet<usize> = mounts.chain(reader.of_classes.iter().copied()).collect();
    reader.declared.routes.retain(|route| !others.contains(&route.at));
    reader.passes();
    reader.tables();
    reader.declared
}

struct Reader<'o> {
    outline: &'o Outline,
    extractor: &'o Extractor,
    place: Option<&'o str>,
    declared: Declared,
    /// Stretches of code that declare nothing.
    ignored: Vec<(usize, usize)>,
    /// Where something begins that gives a class its prefix.
    of_classes: Vec<usize>,
}

impl<'o> Reader<'o> {
    fn new(outline: &'o Outline, extractor: &'o Extractor, place: Option<&'o str>) -> Self {
        let (declared, ignored, of_classes) = (Declared::default(), Vec::new(), Vec::new());
        Self { outline, extractor, place, declared, ignored, of_classes }
    }

    fn find(&self, pattern: &pattern::Pattern) -> Vec<Found> {
        pattern::find(pattern, &self.outline.tokens)
    }

    fn routers(&mut self) {
        let mut all: Vec<(Found, bool)> = Vec::new();
        for rule in &self.extractor.routers {
            all.extend(self.find(&rule.pattern).into_iter().map(|one| (one, rule.root)));
        }
        // Of two readings of one place the longer one says more.
        all.sort_by_key(|(one, _)| (one.start, usize::MAX - one.end));
        all.dedup_by_key(|(one, _)| one.start);
        let mut end = 0;
        all.retain(|(one, _)| {
            // `express.Router()` is no `Router()` besides.
            let inside = one.start + 1 < end && self.outline.tokens.word(one.start).is_some();
            let apart = !inside || self.outline.tokens.is_mark(one.start - 1, '(');
            end = end.max(one.start + 4.min(one.end - one.start));
            apart
        });
        for (one, root) in &all {
            let (start, end, root) = (one.start, one.end, *root);
            let prefixes = one.texts(Name::Prefix);
            self.declared.routers.push(Router { start, end, prefixes, on: None, root });
        }
        for at in 0..self.declared.routers.len() {
            let start = self.declared.routers[at].start;
            let tokens = &self.outline.tokens;
            if tokens.is_mark(start, '.') || tokens.is_mark(start, '-') {
                self.declared.routers[at].on = Some(self.receiver(start));
            }
        }
    }

    fn scopes(&mut self) {
        let mut of_classes = Vec::new();
        for rule in &self.extractor.scopes {
            for one in self.find(&rule.pattern) {
                let mut prefixes = rule.prefixes(&one);
                let (start, end) = match rule.of {
                    Of::Class => {
                        let Some((name, start, end)) = self.class_behind(one.end) else { continue };
                        of_classes.push(one.start);
                        if let Some((sign, ending)) = &rule.class {
                            let name = name.strip_suffix(&**ending).unwrap_or(name);
                            prefixes.iter_mut().flatten().for_each(|piece| {
                                if let Piece::Said(said) = piece {
                                    *said = said.replace(&**sign, name);
                                }
                            });
                        }
                        (start, end)
                    }
                    Of::Around | Of::Function | Of::Outside => {
                        let body = one.of(Name::Body).next();
                        body.map_or((one.start, one.end), |body| (body.start, body.end))
                    }
                };
                // Of two rules that fit one place, the earlier one says what it is.
                let known = self.declared.scopes.iter().any(|known| known.start == start);
                if known && rule.of != Of::Class && !rule.everywhere {
                    continue;
                }
                self.ignored.extend(rule.ignores.then_some((start, end)));
                let (everywhere, name) = (rule.everywhere, one.words(Name::Name).pop());
                self.declared.scopes.push(Scope { start, end, prefixes, everywhere, name });
            }
        }
        self.of_classes = of_classes;
    }

    /// The class that is declared next, with nothing but annotations before it.
    fn class_behind(&self, from: usize) -> Option<(&str, usize, usize)> {
        let tokens = &self.outline.tokens;
        let mut at = from;
        while at < tokens.len() && !tokens.closes(at) {
            if tokens.is_mark(at, '{') || tokens.is_mark(at, ';') {
                return None;
            }
            if matches!(tokens.word(at), Some("class" | "interface" | "record" | "object")) {
                let behind = self.outline.classes.iter().filter(|one| one.start > at);
                let class = behind.min_by_key(|one| one.start)?;
                return Some((&class.name, class.start, class.end));
            }
            at = tokens.skip(at);
        }
        None
    }

    fn routes(&mut self) {
        for rule in &self.extractor.routes {
            if rule.within.is_some() && rule.within.as_deref() != self.place {
                continue;
            }
            let known: HashSet<usize> = self.declared.routes.iter().map(|one| one.at).collect();
            for one in self.find(&rule.pattern) {
                let aside = |&(start, end): &(usize, usize)| start <= one.start && one.start < end;
                if known.contains(&one.start) || self.ignored.iter().any(aside) {
                    continue;
                }
                let Some(on) = self.place(rule, &one) else { continue };
                let behind = one.of(Name::Path).chain(one.of(Name::Method)).map(|one| one.end);
                let last = behind.max().unwrap_or(one.end).saturating_sub(1);
                for (methods, paths) in rule.routes(&one, self.extractor) {
                    let (on, at) = (on.clone(), one.start);
                    self.declared.routes.push(Route { on, at, last, methods, paths });
                }
            }
        }
        self.declared.routes.sort_by_key(|one| one.at);
    }

    /// What a route belongs to; nothing where it is none.
    fn place(&self, rule: &RouteRule, one: &Found) -> Option<Ref> {
        let tokens = &self.outline.tokens;
        if rule.of == Of::Function {
            let behind = (0..self.outline.functions.len())
                .filter(|&at| self.outline.functions[at].start >= one.end);
            return behind.min_by_key(|&at| self.outline.functions[at].start).map(Ref::Function);
        }
        if rule.of == Of::Outside && !self.outline.around(one.start).is_empty() {
            return None;
        }
        if !rule.pattern.has_receiver {
            let member = one.start > 0 && tokens.is_mark(one.start - 1, '.');
            return (!member).then(|| self.around(one.start));
        }
        let start = self.outline.chain_start(one.start);
        let decorates = start > 0 && tokens.is_mark(start - 1, '@');
        if decorates != rule.decorator || start == one.start {
            return None;
        }
        Some(self.receiver(one.start))
    }

    /// The innermost stretch with a prefix around a place, else the file.
    fn around(&self, at: usize) -> Ref {
        let scopes = self.declared.scopes.iter().enumerate();
        let around = scopes.filter(|(_, one)| one.start <= at && at < one.end && !one.everywhere);
        // Of those around the same code, the one that a later rule finds is the inner one.
        let inner = around.min_by_key(|(at, one)| (one.end - one.start, usize::MAX - at));
        inner.map_or(Ref::File, |(scope, _)| Ref::Scope(scope))
    }

    fn mounts(&mut self) {
        for rule in &self.extractor.mounts {
            for one in self.find(&rule.pattern) {
                let on = match rule.pattern.has_receiver {
                    true => self.receiver(one.start),
                    false => self.around(one.start),
                };
                let mut targets = Vec::new();
                for target in one.of(Name::Target) {
                    match rule.folder {
                        true => targets.extend(folder(self.outline, target.start, target.end)),
                        false => self.targets(target.start, target.end, &mut targets),
                    }
                }
                // A name where a path may stand may as well be the first of the targets.
                let name_alone = |text: &Text| matches!(&text[..], [Piece::Name(_)]);
                let named = one.texts(Name::Prefix).iter().all(name_alone);
                for prefix in one.of(Name::Prefix).filter(|_| named) {
                    targets.push(self.stands_for(prefix.start, prefix.end));
                }
                let (at, prefixes) = (one.start, rule.shape.of(one.texts(Name::Prefix)));
                let replaces = rule.replaces;
                self.declared.mounts.push(Mount { on, at, prefixes, targets, replaces });
            }
        }
    }

    /// What the values in a stretch of code stand for.
    fn targets(&self, start: usize, end: usize, found: &mut Vec<Ref>) {
        let tokens = &self.outline.tokens;
        let mut at = start;
        while at < end {
            if tokens.is_mark(at, '[') {
                self.targets(at + 1, tokens.list[at].pair, found);
            }
            let next = pattern::value_end(tokens, at).unwrap_or(at + 1).min(end);
            found.push(self.stands_for(at, next));
            at = next + 1;
        }
    }

    /// What stands before a dot.
    fn receiver(&self, end: usize) -> Ref {
        self.stands_for(self.outline.chain_start(end), end)
    }

    /// What an expression stands for.
    pub fn stands_for(&self, start: usize, end: usize) -> Ref {
        stands_for(self.outline, &self.declared, start, end)
    }

    fn tables(&mut self) {
        for (rule, one) in self.extractor.tables.iter().enumerate() {
            for found in self.find(&one.pattern) {
                let mut around = self.outline.around(found.start).into_iter();
                let undone =
                    |at: usize| self.extractor.outside.contains(&self.outline.functions[at].name);
                if around.any(undone) {
                    continue;
                }
                let to = found.words(Name::To).into_iter().next();
                let mut names = found.words(Name::Table);
                if names.is_empty() {
                    let class = self.outline.class(found.start);
                    names.extend(class.map(|class| class.name.clone()));
                }
                self.declared.tables.push(Table { rule, names, to, at: found.start });
            }
        }
        self.declared.tables.sort_by_key(|one| one.at);
    }
}
