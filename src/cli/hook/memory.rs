//! What a session was told, so that no agent is sent back for ever.
//!
//! One small file for each session stands in the user's cache folder, never in the repository. It
//! can be deleted at any time: then something may be told once more.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use crate::cli::files;
use crate::source;

/// What is larger, in bytes, no session wrote.
const LARGEST: u64 = 4 << 20;
/// How often in a row an agent is sent back. Some clients have no bound of their own.
const ROUNDS: usize = 3;
/// After this time a session is over, and its file is deleted.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What was told so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// How often in a row it was sent back.
    rounds: usize,
    /// What it was sent back for the last time.
    last: Vec<String>,
    /// What HEAD has already and it was told once.
    told: Vec<String>,
}

/// Something that sends an agent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What tells it from others.
    pub key: String,
    /// HEAD has it already, so that this session may have no part in it.
    pub old: bool,
}

/// What to do with an agent that wants to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// There is nothing to say.
    Silent,
    /// It is sent back for the charges with these keys.
    SendBack(Vec<String>),
    /// It was sent back often enough, and why that is so.
    LetGo(&'static str),
}

impl Memory {
    /// Decides, and remembers. What HEAD has already is told once in a session: whoever works on
    /// something else cannot be made to repair it. `again` is whether it works on because it was
    /// sent back, as far as the agent says so.
    pub fn decide(&mut self, charges: &[Charge], again: Option<bool>) -> Decision {
        if again == Some(false) {
            self.rounds = 0;
        }
        let fresh = charges.iter().filter(|one| !one.old || !self.told.contains(&one.key));
        let keys: Vec<String> = fresh.map(|one| one.key.clone()).collect();
        if keys.is_empty() {
            self.rounds = 0;
            return Decision::Silent;
        }
        if self.rounds >= ROUNDS {
            self.rounds = 0;
            return Decision::LetGo("the agent was sent back three times in a row");
        }
        if self.rounds > 0 && keys == self.last {
            self.rounds = 0;
            return Decision::LetGo("nothing changed since the agent was sent back");
        }
        self.rounds += 1;
        self.last.clone_from(&keys);
        let old = charges.iter().filter(|one| one.old && keys.contains(&one.key));
        self.told.extend(old.map(|one| one.key.clone()));
        Decision::SendBack(keys)
    }
}

/// The file of one session.
pub struct Place {
    file: PathBuf,
}

impl Place {
    /// Nothing where the user has no folder for such files.
    pub fn of(session: &str, top: &Path) -> Option<Self> {
        let cache = etcetera::choose_base_strategy().ok()?.cache_dir();
        let name = source::digest(format!("{session}\0{}", top.display()).as_bytes());
        Some(Self { file: cache.join("gatecheck").join("sessions").join(format!("{name}.json")) })
    }

    /// What the session was told; nothing where its file is not there or says nothing.
    pub fn recall(&self) -> Memory {
        let text = files::kept(&self.file, LARGEST).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Writes it down, whole, and clears sessions away that are over.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keep(&self, memory: &Memory) -> io::Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(memory)?)?;
        file.persist(&self.file)?;
        for entry in fs::read_dir(folder)?.flatten() {
            let changed = entry.metadata().and_then(|about| about.modified());
            let age = changed.ok().and_then(|then| SystemTime::now().duration_since(then).ok());
            if age.is_some_and(|age| age > KEPT) {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charges(new: &[&str], old: &[&str]) -> Vec<Charge> {
        let charge = |key: &&str, old| Charge { key: (*key).to_owned(), old };
        let new = new.iter().map(|key| charge(key, false));
        new.chain(old.iter().map(|key| charge(key, true))).collect()
    }

    fn back(keys: &[&str]) -> Decision {
        Decision::SendBack(keys.iter().map(|key| (*key).to_owned()).collect())
    }

    #[test]
    fn the_same_findings_are_told_once_in_a_row() {
        for again in [Some(true), None] {
            let mut memory = Memory::default();
            assert_eq!(memory.decide(&charges(&["a", "b"], &[]), again), back(&["a", "b"]));
            assert_eq!(memory.decide(&charges(&["b"], &[]), again), back(&["b"]));
            let same = memory.decide(&charges(&["b"], &[]), again);
            assert!(matches!(same, Decision::LetGo(why) if why.starts_with("nothing changed")));
        }
    }

    #[test]
    fn nobody_is_sent_back_more_than_three_times_in_a_row() {
        let mut memory = Memory::default();
        for key in ["a", "b", "c"] {
            assert_eq!(memory.decide(&charges(&[key], &[]), Some(true)), back(&[key]));
        }
        let fourth = memory.decide(&charges(&["d"], &[]), Some(true));
        assert!(matches!(fourth, Decision::LetGo(why) if why.contains("three times")));
    }

    #[test]
    fn what_the_agent_broke_is_told_again_when_somebody_asked_for_more() {
        let mut memory = Memory::default();
        let broken = charges(&["a"], &[]);
        assert_eq!(memory.decide(&broken, Some(false)), back(&["a"]));
        assert!(matches!(memory.decide(&broken, Some(true)), Decision::LetGo(_)));
        assert_eq!(memory.decide(&broken, Some(false)), back(&["a"]));
    }

    #[test]
    fn what_head_has_already_is_told_once_in_a_session() {
        let mut memory = Memory::default();
        assert_eq!(memory.decide(&charges(&[], &["old"]), Some(false)), back(&["old"]));
        assert_eq!(memory.decide(&charges(&[], &["old"]), Some(true)), Decision::Silent);
        assert_eq!(memory.decide(&charges(&[], &["old"]), Some(false)), Decision::Silent);
        assert_eq!(memory.decide(&charges(&["new"], &["old"]), Some(false)), back(&["new"]));
    }
}
