//! From the files of a tree to what they declare.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use memchr::memmem;
use rayon::prelude::*;

use super::common::Common;
use super::extractor::{Does, Extractor};
use super::lexer::{self, Language};
use super::link::{File, Linker, Modules};
use super::outline::{self, Outline};
use super::{Code, Framework, Route, Table, Unread, declared, path};
use crate::base::{LineIndex, RepoPath};

/// How often files may name others that have to be read as well.
const ROUNDS: usize = 8;

/// How long a line of a large file may be, in bytes. People write no longer ones.
const LINE: usize = 10_000;

/// Whatever can give the texts of files, in the order in which they are asked for.
pub trait Texts<E> {
    /// The text of each file, or why there is none, as a clause.
    ///
    /// # Errors
    /// The source cannot be read.
    fn texts(&self, paths: &[RepoPath]) -> Result<Vec<Result<String, String>>, E>;
}

/// Reads what the files of a tree declare. `names` are all of its paths.
///
/// # Errors
/// Whatever `texts` answers.
pub fn read<E>(
    extractors: &[&Extractor],
    common: &Common,
    names: &[RepoPath],
    texts: &dyn Texts<E>,
) -> Result<Code, E> {
    let mut code = Code::default();
    let mut languages: Vec<Language> = extractors.iter().map(|one| one.language).collect();
    languages.sort_unstable();
    languages.dedup();
    for language in languages {
        let own: Vec<&Extractor> =
            extractors.iter().copied().filter(|one| one.language == language).collect();
        let mut paths = names.to_vec();
        paths.retain(|path| {
            own.iter().any(|one| one.reads(path.as_str())) && !common.skips(path.as_str())
        });
        if paths.is_empty() {
            continue;
        }
        let read = paths.iter().zip(texts.texts(&paths)?).map(|(path, text)| {
            let text = text.and_then(written_by_people);
            let unread = |why| code.unread.push(Unread { file: path.clone(), why });
            text.map_err(unread).ok()
        });
        let read = read.collect();
        let tree = Tree {
            modules: Modules::new(paths.clone()),
            places: paths.iter().enumerate().map(|(at, path)| (path.clone(), at)).collect(),
            texts: read,
            language,
        };
        let mut outlines = HashMap::new();
        for extractor in own {
            tree.extract(extractor, &mut outlines, &mut code);
        }
        tree.keep_texts(&mut code);
    }
    code.unread.sort_by(|one, other| one.file.cmp(&other.file));
    code.routes.iter_mut().for_each(|route| route.service = common.is_service(&route.path));
    code.routes.sort_by(|one, other| (&one.file, one.span).cmp(&(&other.file, other.span)));
    code.tables.sort_by(|one, other| (&one.file, one.span).cmp(&(&other.file, other.span)));
    Ok(code)
}

/// A text, unless a tool wrote it in one line.
fn written_by_people(text: String) -> Result<String, String> {
    match text.len() > LINE && text.lines().any(|line| line.len() > LINE) {
        true => Err("a tool wrote it in one long line".to_owned()),
        false => Ok(text),
    }
}

/// The files of one language.
struct Tree {
    modules: Modules,
    places: HashMap<RepoPath, usize>,
    texts: Vec<Option<String>>,
    language: Language,
}

impl Tree {
    fn extract(
        &self,
        extractor: &Extractor,
        outlines: &mut HashMap<usize, Arc<Outline>>,
        code: &mut Code,
    ) {
        let hints: Vec<memmem::Finder<'_>> =
            extractor.hints.iter().map(|hint| memmem::Finder::new(hint.as_bytes())).collect();
        let declares = |at: &usize| {
            let text = self.texts[*at].as_deref().unwrap_or_default();
            let path = self.modules.path(*at).as_str();
            let placed = || extractor.place(path).is_some();
            let hinted = || hints.iter().any(|hint| hint.find(text.as_bytes()).is_some());
            let anywhere = hints.is_empty() && extractor.files.is_empty();
            !text.is_empty() && extractor.reads(path) && (anywhere || placed() || hinted())
        };
        let mut next: Vec<usize> = (0..self.texts.len()).into_par_iter().filter(declares).collect();
        let mut files: Vec<File> = Vec::new();
        for _ in 0..ROUNDS {
            if next.is_empty() {
                break;
            }
            self.add(extractor, &next, outlines, &mut files);
            let linker = Linker::new(extractor, &files, &self.modules, &self.places);
            next = linker.wanted();
            next.retain(|at| self.texts[*at].is_some());
        }
        if files.is_empty() {
            return;
        }
        let (routes, tables) = (self.routes(extractor, &files), self.tables(extractor, &files));
        let framework = code.frameworks.len();
        code.frameworks.push(Framework {
            id: extractor.id.clone(),
            title: extractor.title.clone(),
            files: files.len(),
            routes: routes.len(),
            tables: tables.len(),
            declares_routes: !extractor.routes.is_empty() || !extractor.files.is_empty(),
        });
        code.routes.extend(routes.into_iter().map(|route| Route { framework, ..route }));
        code.tables.extend(tables.into_iter().map(|table| Table { framework, ..table }));
    }

    /// Keeps the texts of the files that declare something.
    fn keep_texts(mut self, code: &mut Code) {
        let routes = code.routes.iter().map(|one| &one.file);
        let files: Vec<RepoPath> =
            routes.chain(code.tables.iter().map(|one| &one.file)).cloned().collect();
        for file in files {
            let text = self.places.get(&file).and_then(|&at| self.texts[at].take());
            if let Some(text) = text {
                code.texts.insert(file, text);
            }
        }
    }

    fn add(
        &self,
        extractor: &Extractor,
        places: &[usize],
        outlines: &mut HashMap<usize, Arc<Outline>>,
        files: &mut Vec<File>,
    ) {
        let known = &*outlines;
        let read: Vec<(usize, File)> = places
            .par_iter()
            .map(|&at| {
                let outline = known.get(&at).cloned().unwrap_or_else(|| {
                    let mut text = self.texts[at].as_deref().unwrap_or_default();
                    for sign in &extractor.until {
                        text = text.split(&**sign).next().unwrap_or(text);
                    }
                    let tokens = lexer::read(text, self.language);
                    Arc::new(outline::read(tokens, self.language))
                });
                let place = extractor.place(self.modules.path(at).as_str());
                let place = place.as_ref().map(|(rule, _)| &*rule.id);
                let declared = declared::read(&outline, extractor, place);
                (at, File { path: self.modules.path(at).clone(), outline, declared })
            })
            .collect();
        for (at, file) in read {
            outlines.insert(at, file.outline.clone());
            files.push(file);
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
    }

    fn routes(&self, extractor: &Extractor, files: &[File]) -> Vec<Route> {
        let linker = Linker::new(extractor, files, &self.modules, &self.places);
        let mut found: Vec<Route> = linker
            .routes()
            .into_iter()
            .flat_map(|one| {
                let file = &files[one.file];
                let tokens = &file.outline.tokens;
                // The dot before the method is no part of what people look for.
                let at = if tokens.is_mark(one.at, '.') { one.at + 1 } else { one.at };
                let span = tokens.span(at).to(tokens.span(one.last));
                let mut route =
                    self.route(file, one.method, path::tidied(&one.path), one.whole, span);
                let mut all = vec![route.clone()];
                route.shortened = true;
                let shorter = path::shortened(&one.path).into_iter();
                all.extend(shorter.map(|path| Route { path, ..route.clone() }));
                all
            })
            .collect();
        for file in files {
            let Some((rule, prefix)) = extractor.place(file.path.as_str()) else { continue };
            if !rule.methods.is_empty() && found.iter().all(|route| route.file != file.path) {
                for method in &rule.methods {
                    let span = file.outline.tokens.span(0);
                    found.push(self.route(file, method.clone(), path::tidied(&prefix), true, span));
                }
            }
        }
        found.sort_by(|one, other| {
            let key = |one: &Route| (one.file.clone(), one.span, one.method.clone());
            (key(one), &one.path).cmp(&(key(other), &other.path))
        });
        found.dedup_by(|one, other| {
            one.file == other.file
                && one.span == other.span
                && one.method == other.method
                && one.path == other.path
        });
        found
    }

    fn route(
        &self,
        file: &File,
        method: String,
        path: String,
        whole: bool,
        span: crate::base::Span,
    ) -> Route {
        let line = self.line(file, span);
        let file = file.path.clone();
        let (shortened, service) = (false, false);
        Route { method, path, whole, shortened, service, file, span, line, framework: 0 }
    }

    /// The tables that stand once every migration ran. Each folder of migrations is a database of
    /// its own.
    fn tables(&self, extractor: &Extractor, files: &[File]) -> Vec<Table> {
        let mut ordered: Vec<&File> = files.iter().collect();
        ordered.sort_by_cached_key(|file| natural(file.path.as_str()));
        let mut standing: BTreeMap<(&str, String), Table> = BTreeMap::new();
        for file in ordered {
            let folder = database(file.path.as_str());
            for one in &file.declared.tables {
                let rule = &extractor.tables[one.rule];
                for name in &one.names {
                    let key = (folder, name.to_lowercase());
                    let span = file.outline.tokens.span(one.at);
                    let line = self.line(file, span);
                    let table = |name: &str| {
                        let (name, file) = (name.to_owned(), file.path.clone());
                        Table { name, file, span, line, framework: 0 }
                    };
                    match (rule.does, &one.to) {
                        (Does::Create, _) => {
                            standing.entry(key).or_insert_with(|| table(name));
                        }
                        (Does::Drop, _) => {
                            standing.remove(&key);
                        }
                        (Does::Rename, Some(to)) => {
                            if standing.remove(&key).is_some() {
                                standing.insert((folder, to.to_lowercase()), table(to));
                            }
                        }
                        (Does::Rename, None) => {}
                    }
                }
            }
        }
        let mut found: Vec<Table> = standing.into_values().collect();
        found.sort_by_key(|one| one.name.to_lowercase());
        found.dedup_by(|other, one| other.name.eq_ignore_ascii_case(&one.name));
        found
    }

    fn line(&self, file: &File, span: crate::base::Span) -> u32 {
        let text = self.places.get(&file.path).and_then(|&at| self.texts[at].as_deref());
        text.map_or(0, |text| LineIndex::new(text).position(span.start).line)
    }
}

/// The folder of the migrations that a file is one of: without what begins with a number.
fn database(path: &str) -> &str {
    let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    while let Some((above, last)) = folder.rsplit_once('/') {
        if !last.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        folder = above;
    }
    folder
}

/// A path by whose order migrations ran: `V2__x` before `V10__y`, numbers before words.
fn natural(path: &str) -> Vec<(String, u128)> {
    let mut parts = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(word);
        let digits = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
        let (number, behind) = behind.split_at(digits);
        parts.push((text.to_owned(), number.parse().unwrap_or(u128::MAX)));
        rest = behind;
    }
    parts
}
