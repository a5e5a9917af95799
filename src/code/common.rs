//! What holds for every framework: which files are no product code, which routes are no promise.

use serde::Deserialize;

/// `rules/extractors/common.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Common {
    #[allow(dead_code)]
    schema: i64,
    skip: Skip,
    service: Service,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Skip {
    /// Folders of tests, samples, other people's code and what tools wrote.
    folders: Vec<String>,
    /// Folders below which the names of others are those of packages.
    packages: Vec<String>,
    /// How the names of such files end, and begin, and what stands between.
    endings: Vec<String>,
    middles: Vec<String>,
    beginnings: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Service {
    /// Parts of paths that serve whoever runs the product: `health`, `metrics`.
    parts: Vec<String>,
}

impl Common {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.message().to_owned())
    }

    /// Whether a file is a test, a sample, or somebody else's.
    pub fn skips(&self, path: &str) -> bool {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let packages = self.skip.packages.iter();
        let above = packages.filter_map(|one| Some(folders.split_once(&**one)?.0)).next();
        let folders = above.unwrap_or(folders);
        let aside = |part: &str| self.skip.folders.iter().any(|one| one.eq_ignore_ascii_case(part));
        self.skip.endings.iter().any(|ending| name.ends_with(&**ending))
            || self.skip.middles.iter().any(|middle| name.contains(&**middle))
            || self.skip.beginnings.iter().any(|beginning| name.starts_with(&**beginning))
            || folders.split('/').any(aside)
    }

    /// Whether a route serves those who run the product and not those who use it.
    pub fn is_service(&self, path: &str) -> bool {
        let own = |part: &str| self.service.parts.iter().any(|one| one.eq_ignore_ascii_case(part));
        path == "/" || path.contains("...}") || path.split('/').any(own)
    }
}
