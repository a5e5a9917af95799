//! Paths as people write them for what a feature owns: `src/auth/**`, `db/{auth,users}/`.

use std::collections::HashMap;

use crate::base::RepoPath;
use crate::workflow::{Captures, Pattern};

/// What stands for files and folders in a text. Nothing for words that name none.
pub fn read(written: &str) -> Option<Vec<Pattern>> {
    let written = written.trim().trim_matches(['`', '"', '\'']);
    let written = written.strip_prefix("./").unwrap_or(written).trim_start_matches('/');
    let written = written.trim_end_matches(['…', '.']);
    let is_path = !written.is_empty()
        && written.contains(['/', '.', '*'])
        && !written.contains(|c: char| c.is_whitespace() || matches!(c, ':' | '~' | '@' | '\\'));
    if !is_path {
        return None;
    }
    let mut patterns = Vec::new();
    for one in braces(written) {
        let folder = one.strip_suffix("/**").or(one.strip_suffix("/*")).unwrap_or(&one);
        let folder = folder.trim_end_matches('/');
        // A name without a wildcard may be that of a file or of a folder.
        if folder == one {
            patterns.push(Pattern::parse(folder).ok()?);
        }
        patterns.push(Pattern::parse(&format!("{folder}/**")).ok()?);
    }
    Some(patterns)
}

/// Each text that alternatives in braces stand for: `{a,b}/c` is `a/c` and `b/c`.
fn braces(written: &str) -> Vec<String> {
    const MOST: usize = 64;
    let mut open = vec![written.to_owned()];
    let mut found = Vec::new();
    while let Some(one) = open.pop() {
        let inner = one.find('}').and_then(|end| Some((one[..end].rfind('{')?, end)));
        match inner {
            Some((start, end)) if open.len() + found.len() < MOST => {
                let (before, after) = (&one[..start], &one[end + 1..]);
                let parts = one[start + 1..end].split(',').rev();
                open.extend(parts.map(|part| format!("{before}{}{after}", part.trim())));
            }
            _ => found.push(one),
        }
    }
    found
}

/// Whether a path counted from here is of any of the patterns.
pub fn covers(patterns: &[Pattern], home: &RepoPath, path: &RepoPath) -> bool {
    forms(home, path).any(|form| patterns.iter().any(|one| one.matches(form).is_some()))
}

/// The forms in which people write a path: from the repository root, and from the folder of the
/// project.
fn forms<'p>(home: &RepoPath, path: &'p RepoPath) -> impl Iterator<Item = &'p str> {
    let below = path.below(home).filter(|_| !home.is_root());
    [Some(path.as_str()), below].into_iter().flatten()
}

/// Patterns by the folders that they begin with, so that asking costs the same among ten or ten
/// thousand.
#[derive(Debug)]
pub struct Globs<T> {
    by_folder: HashMap<String, Vec<(Pattern, T)>>,
}

impl<T> Default for Globs<T> {
    fn default() -> Self {
        Self { by_folder: HashMap::new() }
    }
}

impl<T: Copy> Globs<T> {
    pub fn add(&mut self, pattern: Pattern, value: T) {
        let begins = pattern.expected(&Captures::new());
        let plain = pattern.written.split('/');
        let plain = plain.take_while(|part| !part.contains(['*', '{'])).count();
        let key = key(begins.split('/').take(plain));
        self.by_folder.entry(key).or_default().push((pattern, value));
    }

    pub fn is_empty(&self) -> bool {
        self.by_folder.is_empty()
    }

    /// What stands for a path.
    pub fn of(&self, home: &RepoPath, path: &RepoPath) -> Vec<T> {
        let mut found = Vec::new();
        for form in forms(home, path) {
            let parts: Vec<&str> = form.split('/').collect();
            for length in 0..=parts.len() {
                let known = self.by_folder.get(&key(parts[..length].iter().copied()));
                let fitting = known.into_iter().flatten();
                let fitting = fitting.filter(|(one, _)| one.matches_parts(&parts).is_some());
                found.extend(fitting.map(|(_, value)| *value));
            }
        }
        found
    }
}

/// Folders in a form in which what patterns take for the same is the same.
fn key<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    let mut key = String::new();
    for part in parts {
        key.extend(part.chars().flat_map(char::to_lowercase).map(|c| match c {
            '_' | ' ' => '-',
            c => c,
        }));
        key.push('/');
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_paths_stand_for_files_and_folders() {
        let home = RepoPath::new("shop");
        for (written, path, expected) in [
            ("src/auth/**", "src/auth/a/b.ts", true),
            ("src/auth/*", "shop/src/auth/a/b.ts", true),
            ("`/src/auth`", "shop/src/auth/login.ts", true),
            ("src/auth", "src/auth-old/login.ts", false),
            ("src/{auth,login}/**", "src/login/a.ts", true),
            ("src/auth/...", "src/auth/a.ts", true),
            ("src/auth*", "src/auth_session/a.ts", true),
            ("app/[id]/page.tsx", "app/[id]/page.tsx", true),
            ("package.json", "shop/package.json", true),
            ("package.json", "shop/web/package.json", false),
        ] {
            let patterns = read(written).unwrap_or_else(|| panic!("{written} is no path"));
            assert_eq!(
                covers(&patterns, &home, &RepoPath::new(path)),
                expected,
                "{written} {path}"
            );
            let mut globs = Globs::default();
            patterns.into_iter().for_each(|one| globs.add(one, ()));
            assert_eq!(!globs.of(&home, &RepoPath::new(path)).is_empty(), expected, "{written}");
        }
        for words in ["the login code", "auth", "@shop/auth", "https://a.b/c", ""] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
