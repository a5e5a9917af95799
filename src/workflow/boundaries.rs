//! How documents say which files are whose, and how work tells whose it is (S2.14).

use super::layer::{Layer, extend};
use super::pattern::Pattern;
use super::policy::{PolicyFile, read_toml};
use super::raw::{RawBoundaries, RawRouter};
use crate::base::{Failure, RepoPath};

/// The words and paths by which changes are held against boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundaries {
    /// Labels and headings over the files and folders of a feature, normalized.
    pub labels: Vec<String>,
    /// Files that every feature may change unless one of them owns them, from any folder.
    pub shared: Vec<Pattern>,
    /// Keys of the lines at the end of a commit message that say whose work it is, in lower case.
    pub trailers: Vec<String>,
    /// The same that say in which role it was done.
    pub role_trailers: Vec<String>,
    /// Words in the name of a branch that is no single feature's, normalized.
    pub common: Vec<String>,
    pub routers: Vec<Router>,
}

/// A framework in which the place of a file says which route it serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Router {
    pub id: String,
    /// Files, one of which shows that a folder is an application of this framework.
    pub beside: Vec<String>,
    /// Folders of the application below which routes begin.
    pub folders: Vec<String>,
    /// What every route begins with.
    pub base: String,
    /// The name of a file is the last part of its route; else its folder says the whole.
    pub by_file: bool,
}

impl Router {
    /// The folder of the application that a path would belong to, with the route that it serves
    /// or stands beside. Nothing for a path that is not below one of the folders, and for the
    /// files of the whole application.
    pub fn routes<'p>(&self, path: &'p str) -> Vec<(&'p str, String)> {
        let found = self.folders.iter().filter_map(|folder| {
            let (application, below) = around(path, folder)?;
            Some((application, self.route(below)?))
        });
        found.collect()
    }

    fn route(&self, below: &str) -> Option<String> {
        let (folders, file) = below.rsplit_once('/').unwrap_or(("", below));
        let mut parts: Vec<&str> = Vec::new();
        // `(group)` and `@slot` sort files and serve nothing; below `_lib` nothing is served.
        let is_served = |part: &&str| !part.is_empty() && !part.starts_with(['(', '@']);
        let mut private = false;
        for part in folders.split('/').filter(is_served) {
            private |= part.starts_with('_');
            if !private {
                parts.push(part);
            }
        }
        if self.by_file && !private {
            let stem = match file.find(']') {
                Some(end) if file.starts_with('[') => &file[..=end],
                _ => file.split('.').next().unwrap_or(file),
            };
            parts.extend((stem != "index" && !stem.starts_with('_')).then_some(stem));
        }
        let says = !parts.is_empty();
        says.then(|| format!("{}/{}", self.base.trim_end_matches('/'), parts.join("/")))
    }
}

/// What stands before and after a folder in a path.
fn around<'p>(path: &'p str, folder: &str) -> Option<(&'p str, &'p str)> {
    let mut from = 0;
    while let Some(at) = path[from..].find(folder).map(|at| from + at) {
        let (before, after) = (&path[..at], &path[at + folder.len()..]);
        let begins = before.is_empty() || before.ends_with('/');
        if let (true, Some(below)) = (begins, after.strip_prefix('/')) {
            return Some((before.trim_end_matches('/'), below));
        }
        from = at + folder.len();
    }
    None
}

impl Boundaries {
    /// Those of every workflow, before it says anything itself.
    ///
    /// # Errors
    /// The file that gatecheck brings along is wrong.
    pub fn usual() -> Result<Self, Failure> {
        let (path, text) = ("builtin:boundaries", include_str!("../../rules/boundaries.toml"));
        let file = PolicyFile { path: RepoPath::new(path), text: text.to_owned() };
        let mut usual = Self::default();
        apply(&mut usual, &Layer { file: &file, index: 0 }, read_toml(&file)?)?;
        Ok(usual)
    }
}

/// Lays what one file says over what is there: lists grow, a known framework is replaced.
pub fn apply(known: &mut Boundaries, layer: &Layer, raw: RawBoundaries) -> Result<(), Failure> {
    extend(&mut known.labels, layer.words(&raw.labels)?);
    extend(&mut known.common, layer.words(&raw.common)?);
    let trailers = raw.trailers.iter().map(|word| word.get_ref().to_lowercase());
    extend(&mut known.trailers, trailers.collect());
    let trailers = raw.role_trailers.iter().map(|word| word.get_ref().to_lowercase());
    extend(&mut known.role_trailers, trailers.collect());
    for word in &raw.shared {
        let pattern = Pattern::parse(word.get_ref()).map_err(|why| {
            let why = format!("`{}` is no path pattern: {why}", word.get_ref());
            layer.fail(word.span(), why, "write a path such as `**/package.json`")
        })?;
        if !known.shared.contains(&pattern) {
            known.shared.push(pattern);
        }
    }
    layer.unique(raw.router.iter().map(|router| &router.id), "router")?;
    for router in raw.router {
        let router = read(layer, router)?;
        known.routers.retain(|known| known.id != router.id);
        known.routers.push(router);
    }
    Ok(())
}

fn read(layer: &Layer, raw: RawRouter) -> Result<Router, Failure> {
    let id = layer.id(&raw.id)?;
    let plain = |words: &[toml::Spanned<String>]| -> Vec<String> {
        words.iter().map(|word| word.get_ref().trim_matches('/').to_owned()).collect()
    };
    let (beside, folders) = (plain(&raw.beside), plain(&raw.folders));
    if beside.is_empty() || folders.iter().all(String::is_empty) {
        let why = format!("the router `{id}` could never apply");
        let help = "name in `beside` the files that show the framework, and in `folders` where \
                    its routes begin";
        return Err(layer.fail(raw.id.span(), why, help));
    }
    let (base, by_file) = (raw.base.unwrap_or_default(), raw.by_file);
    Ok(Router { id, beside, folders, base, by_file })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router(folders: &[&str], base: &str, by_file: bool) -> Router {
        let folders = folders.iter().map(|&one| one.to_owned()).collect();
        let (id, beside, base) = ("a".to_owned(), vec!["a.config.js".to_owned()], base.to_owned());
        Router { id, beside, folders, base, by_file }
    }

    #[test]
    fn files_serve_routes() {
        let (app, pages) = (router(&["app", "src/app"], "", false), router(&["pages"], "", true));
        let server = router(&["server/api"], "/api", true);
        for (router, path, expected) in [
            (&app, "app/api/auth/login/route.ts", Some(("", "/api/auth/login"))),
            (&app, "web/src/app/(shop)/cart/@side/page.tsx", Some(("web/src", "/cart"))),
            (&app, "app/users/[id]/_parts/Card.tsx", Some(("", "/users/[id]"))),
            (&app, "app/layout.tsx", None),
            (&app, "myapp/login/page.tsx", None),
            (&pages, "pages/api/auth/[...all].ts", Some(("", "/api/auth/[...all]"))),
            (&pages, "pages/login/index.tsx", Some(("", "/login"))),
            (&pages, "pages/login.test.tsx", Some(("", "/login"))),
            (&pages, "pages/_app.tsx", None),
            (&server, "server/api/tools/[id].get.ts", Some(("", "/api/tools/[id]"))),
        ] {
            let routes = router.routes(path);
            let found = routes.first().map(|(folder, route)| (*folder, &**route));
            assert_eq!(found, expected, "{path}");
        }
    }
}
