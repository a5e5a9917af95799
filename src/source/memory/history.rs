//! What a history of commits in memory answers.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Committed, File, Memory, log};
use crate::base::{Failure, RepoPath};
use crate::source::history::{Back, parted};
use crate::source::{
    Asked, BlobId, Changed, CommitId, CommitInfo, History, Identity, Journal, Line, Log, Record,
    Source, Step, Stop, Title,
};

impl History for Memory {
    fn journal(&self, paths: &[RepoPath]) -> Result<Journal, Failure> {
        let is_asked = |path: &RepoPath| paths.iter().any(|folder| path.below(folder).is_some());
        let none = BTreeMap::new();
        let mut steps = Vec::new();
        for (at, commit) in self.line.iter().enumerate().rev() {
            let parent = at.checked_sub(1).map(|at| &self.line[at]);
            let before = parent.map_or(&none, |parent| &parent.files);
            let mut changed: Vec<&RepoPath> = commit.files.keys().chain(before.keys()).collect();
            changed.sort_unstable();
            changed.dedup();
            changed.retain(|path| before.get(*path) != commit.files.get(*path) && is_asked(path));
            let changes = changed.into_iter().map(|path| Changed {
                path: path.clone(),
                before: before.get(path).map(File::blob),
                after: commit.files.get(path).map(File::blob),
            });
            let changes: Vec<Changed> = changes.collect();
            if !changes.is_empty() {
                steps.push(Step {
                    commit: CommitId(commit.id.clone()),
                    parent: parent.map(|parent| CommitId(parent.id.clone())),
                    merge: false,
                    changes,
                });
            }
        }
        let removals = self.gone.iter().filter(|gone| is_asked(&gone.path)).map(|gone| Step {
            commit: CommitId(format!("after {}", gone.commit)),
            parent: Some(gone.commit.clone()),
            merge: false,
            changes: vec![Changed {
                path: gone.path.clone(),
                before: Some(self.blob_id(b"")),
                after: None,
            }],
        });
        steps.extend(removals);
        Ok(Journal { steps: steps.into(), shallow: self.shallow })
    }

    fn log(&self, after: &[CommitId]) -> Result<Log, Failure> {
        Ok(log::read(self, after))
    }

    fn holds(&self, path: &RepoPath) -> Result<Option<BlobId>, Failure> {
        Ok(self.line.last().and_then(|one| one.files.get(path)).map(File::blob))
    }

    fn standing(&self, paths: &[RepoPath]) -> Result<Vec<RepoPath>, Failure> {
        let files = self.line.last().into_iter().flat_map(|commit| commit.files.keys());
        let asked = files.filter(|path| paths.iter().any(|folder| path.below(folder).is_some()));
        Ok(asked.cloned().collect())
    }

    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure> {
        let line = self.line.iter();
        let line = line.map(|one| CommitInfo { id: one.id.clone(), ancestor: Some(true) });
        let mut all = self.commits.iter().cloned().chain(line);
        Ok(all.find(|one| one.id.starts_with(abbreviated)).filter(|_| abbreviated.len() >= 4))
    }

    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure> {
        let (name, steps) = parted(written);
        let place = match self.refs.get(name) {
            Some(id) => self.place(id),
            None if matches!(name, "HEAD" | "@") => self.line.len().checked_sub(1),
            None => self.line.iter().position(|one| name.len() >= 4 && one.id.starts_with(name)),
        };
        let back = steps.into_iter().try_fold(0, |back, step| match step {
            Back::Firsts(count) => Some(back + count),
            Back::Parent(parent @ 0..=1) => Some(back + parent),
            Back::Parent(_) => None,
        });
        let place = place.zip(back).and_then(|(place, back)| place.checked_sub(back));
        Ok(place.map(|place| CommitId(self.line[place].id.clone())))
    }

    fn fork(&self, one: &CommitId, other: &CommitId) -> Result<Option<CommitId>, Failure> {
        let places = self.place(&one.0).zip(self.place(&other.0));
        Ok(places.map(|(one, other)| CommitId(self.line[one.min(other)].id.clone())))
    }

    fn descends(&self, later: &CommitId, earlier: &CommitId) -> Result<Option<bool>, Failure> {
        let places = self.place(&later.0).zip(self.place(&earlier.0));
        Ok(Some(places.is_some_and(|(later, earlier)| later >= earlier)))
    }

    fn at(&self, commit: &CommitId) -> Result<Box<dyn Source>, Failure> {
        let Some(place) = self.place(&commit.0) else {
            let what = format!("cannot read the commit {commit}");
            return Err(Failure::new(what, "there is none", "name one that was committed"));
        };
        let files = self.line[place].files.clone();
        let line = self.line[..=place].to_vec();
        let (names, is_commit) = (OnceLock::new(), true);
        Ok(Box::new(Memory { files, line, names, is_commit, ..self.clone() }))
    }

    fn line(&self) -> Result<Line, Failure> {
        let stop = |(place, one): (usize, &Committed)| Stop {
            commit: CommitId(one.id.clone()),
            tree: self.blob_id(place.to_string().as_bytes()),
            merge: false,
            time: None,
        };
        let stops = self.line.iter().enumerate().rev().map(stop).collect();
        Ok(Line { stops, shallow: self.shallow })
    }

    fn record(&self, line: &Line, paths: &[RepoPath]) -> Result<Record, Failure> {
        Ok(Record::new(line, self.journal(paths)?))
    }

    fn is_alike(&self, one: &Stop, other: &Stop, _: &Asked) -> Result<bool, Failure> {
        Ok(one == other)
    }

    fn title(&self, commit: &CommitId) -> Result<Title, Failure> {
        Ok(Title { author: self.author(commit)?.name, ..Title::default() })
    }

    fn author(&self, commit: &CommitId) -> Result<Identity, Failure> {
        let known = self.line.iter().find(|one| one.id == commit.0);
        Ok(known.map(|one| one.author.clone()).unwrap_or_default())
    }

    fn time(&self, commit: &CommitId) -> Result<Option<i64>, Failure> {
        let known = self.line.iter().find(|one| one.id == commit.0);
        Ok(known.and_then(|one| one.time))
    }

    fn short(&self, commit: &CommitId) -> String {
        commit.0.chars().take(7).collect()
    }

    fn tip(&self) -> Option<CommitId> {
        let mut known = self.commits.iter().filter(|one| one.ancestor != Some(false));
        let known = known.next().map(|one| &one.id);
        self.line.last().map(|one| &one.id).or(known).map(|id| CommitId(id.clone()))
    }

    fn shallow(&self) -> bool {
        self.shallow
    }
}
