//! Answers that were given before, to the same question about the same state.
//!
//! A hook runs again and again over a state that hardly changes, and of a large project the whole
//! evaluation takes a while. An answer follows from the ids of all that is judged, the references,
//! the arguments and the date; where these are the same, it is the same. It is kept in the user's
//! cache folder, never in the repository, and can be deleted at any time.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use super::output::Outcome;
use crate::base::Failure;
use crate::source;

/// A larger text is not worth the space.
const LARGEST: usize = 4 << 20;
/// How many are kept in each folder. The one for a question replaces the one before.
const KEPT: usize = 64;

/// A question whose answer may be known.
pub struct Question(Kept);

/// A text that may be known.
pub struct Kept {
    file: PathBuf,
    /// All that it depends on.
    key: String,
}

/// A text as it is kept.
#[derive(Serialize, Deserialize)]
struct Answer {
    key: String,
    /// The digest of the outcome, so that a file that was damaged is none.
    sum: String,
    outcome: String,
}

impl Question {
    /// The question that the arguments ask about a state, from a folder. Nothing where the user
    /// has no folder for answers, or does not want any kept.
    pub fn about(state: &str, arguments: &str, start: &str) -> Option<Self> {
        let mut kept = Kept::of("answers", &[start, arguments])?;
        kept.key.push('\0');
        kept.key.push_str(state);
        Some(Self(kept))
    }

    /// The known answer, or the one that is found now, which is kept.
    ///
    /// # Errors
    /// As `find`. What is wrong with the folder of answers is no error.
    pub fn answered(
        &self,
        find: impl FnOnce() -> Result<Outcome, Failure>,
    ) -> Result<Outcome, Failure> {
        let known = self.0.text().and_then(|text| serde_json::from_str(&text).ok());
        if let Some(known) = known {
            return Ok(known);
        }
        let outcome = find()?;
        if let Ok(text) = serde_json::to_string(&outcome) {
            let _ = self.0.keep(text);
        }
        Ok(outcome)
    }
}

impl Kept {
    /// The text of which there is one for these names, in a folder of the user's cache. Nothing
    /// where the user has none, or does not want anything kept.
    pub fn of(folder: &str, names: &[&str]) -> Option<Self> {
        let unwanted = |value: &OsStr| !value.is_empty();
        if std::env::var_os("GATECHECK_NO_CACHE").as_deref().is_some_and(unwanted) {
            return None;
        }
        let cache = etcetera::choose_base_strategy().ok()?.cache_dir();
        let name = source::digest(names.join("\0").as_bytes());
        let file = cache.join("gatecheck").join(folder).join(format!("{name}.json"));
        Some(Self { file, key: [&[&*program()?], names].concat().join("\0") })
    }

    /// The text, where it is known and whole.
    pub fn text(&self) -> Option<String> {
        let text = super::files::kept(&self.file, 2 * LARGEST as u64)?;
        let answer: Answer = serde_json::from_slice(&text).ok()?;
        let sum = source::digest(format!("{}\0{}", answer.key, answer.outcome).as_bytes());
        (answer.key == self.key && answer.sum == sum).then_some(answer.outcome)
    }

    /// Keeps a text in the place of the one before.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, outcome: String) -> io::Result<()> {
        if outcome.len() > LARGEST {
            return Ok(());
        }
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        forget(folder)?;
        let key = self.key.clone();
        let sum = source::digest(format!("{key}\0{outcome}").as_bytes());
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(&Answer { key, sum, outcome })?)?;
        file.persist(&self.file)?;
        Ok(())
    }
}

/// Deletes the oldest answers where there are too many.
fn forget(folder: &Path) -> io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    files.sort_unstable();
    let surplus = files.len().saturating_sub(KEPT - 1);
    files[..surplus].iter().try_for_each(|(_, file)| fs::remove_file(file))
}

/// What tells this program from another version or build of it.
fn program() -> Option<String> {
    let built = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let written = built.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(format!("{version} {} {}", built.len(), written.as_nanos()))
}
