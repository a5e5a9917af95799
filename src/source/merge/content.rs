//! Joining what two sides did to one file.

use git2::{MergeFileInput, MergeFileOptions, ObjectType};

use super::{Merging, Why};
use crate::base::Failure;
use crate::source::blobs::LARGEST;
use crate::source::failures;
use crate::source::tree::{Found, Kind};

/// What a file holds after both sides of a merge.
pub struct Joined {
    pub found: Found,
    /// Why it is not the merge.
    pub why: Option<Why>,
}

impl Merging<'_> {
    /// Joins the lines of a file. Where both changed the same ones, what comes out has both, marked
    /// by as many signs more as the merge is `deep` within another.
    ///
    /// # Errors
    /// A file cannot be read. One that is not there is no error but a clash.
    pub fn join(
        &mut self,
        base: Option<Found>,
        ours: Found,
        theirs: Found,
        deep: usize,
    ) -> Result<Joined, Failure> {
        let clash = |why| Ok(Joined { found: ours, why: Some(why) });
        let mut texts = [const { Vec::new() }; 3];
        for (text, found) in texts.iter_mut().zip([base, Some(ours), Some(theirs)]) {
            match found.map(|found| self.content(found)).transpose()?.flatten() {
                Some(content) => *text = content,
                None if found.is_some() => return clash(Why::Unread),
                None => {}
            }
        }
        if texts.iter().any(|text| text.contains(&0) || text.len() as u64 > LARGEST) {
            return clash(Why::Whole);
        }
        let [mut before, mut one, mut other] = std::array::from_fn(|_| MergeFileInput::new());
        before.content(&texts[0]);
        one.content(&texts[1]);
        other.content(&texts[2]);
        let mut options = MergeFileOptions::new();
        options.marker_size(7 + u16::try_from(2 * deep).unwrap_or_default());
        let cannot = |error| failures::object("cannot merge a file", &error);
        let joined = git2::merge_file(&before, &one, &other, Some(&mut options)).map_err(cannot)?;
        let why = match base {
            _ if joined.is_automergeable() => None,
            Some(_) => Some(Why::Lines),
            None => Some(Why::Added),
        };
        let format = self.trees.format();
        let id = self.made.add(format, ObjectType::Blob, joined.content().to_owned())?;
        Ok(Joined { found: Found { id, kind: Kind::File }, why })
    }

    /// What a file holds; nothing where the repository lacks it.
    pub fn content(&self, found: Found) -> Result<Option<Vec<u8>>, Failure> {
        if let Some(made) = self.made.get(found.id) {
            return Ok(Some(made.into_data()));
        }
        self.trees.content(found.id)
    }
}
