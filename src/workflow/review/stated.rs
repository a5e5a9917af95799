//! Where the files of a workflow state what it is made of.

use toml::Spanned;

use crate::base::Span;
use crate::base::words::normalize;
use crate::workflow::policy::read_toml;
use crate::workflow::raw::{RawDeliverable, RawPart, RawVocabulary, RawWorkflow, Word};
use crate::workflow::{Deliverable, Part, Place, Workflow};

/// The files as they were written. What the asked file states goes before what it extends.
pub struct Stated(Vec<Option<RawWorkflow>>);

impl Stated {
    pub fn of(workflow: &Workflow) -> Self {
        Self(workflow.files.iter().map(|file| read_toml(file).ok()).collect())
    }

    fn layers(&self) -> impl Iterator<Item = (usize, &RawWorkflow)> {
        self.0.iter().enumerate().filter_map(|(file, raw)| Some((file, raw.as_ref()?)))
    }

    fn deliverables(&self, id: &str) -> impl Iterator<Item = (usize, &RawDeliverable)> {
        self.layers().flat_map(move |(file, raw)| {
            let all = raw.phase.iter().flat_map(|phase| &phase.deliverable);
            all.filter(move |one| one.id.get_ref() == id).map(move |one| (file, one))
        })
    }

    fn parts<'s>(
        &'s self,
        deliverable: &'s str,
        id: &'s str,
    ) -> impl Iterator<Item = (usize, &'s RawPart)> {
        self.deliverables(deliverable).flat_map(move |(file, one)| {
            one.part.iter().filter(move |part| part.id.get_ref() == id).map(move |one| (file, one))
        })
    }

    /// One of the paths of a deliverable, by its number.
    pub fn path(&self, one: &Deliverable, number: usize) -> Place {
        let mut stated = self.deliverables(&one.id);
        let found = stated.find_map(|(file, raw)| Some((file, raw.paths.as_ref()?.get(number)?)));
        found.map_or(one.place, at)
    }

    /// Whom a deliverable is due for.
    pub fn per(&self, one: &Deliverable) -> Place {
        let mut stated = self.deliverables(&one.id);
        let found = stated.find_map(|(file, raw)| Some((file, raw.per.as_ref()?)));
        found.map_or(one.place, at)
    }

    /// A heading of a checklist, normalized.
    pub fn checklist(&self, one: &Deliverable, heading: &str) -> Place {
        let mut stated = self.deliverables(&one.id);
        let found = stated.find_map(|(file, raw)| in_list(file, raw.checklists.as_ref()?, heading));
        found.unwrap_or(one.place)
    }

    /// The other deliverables that a deliverable names in `within`.
    pub fn within(&self, one: &Deliverable, other: &str) -> Place {
        let found = self.deliverables(&one.id).find_map(|(file, raw)| {
            let mut all = raw.within.iter().flatten().map(|within| &within.deliverable);
            Some((file, all.find(|word| word.get_ref() == other)?))
        });
        found.map_or(one.place, at)
    }

    /// The lists of names of a part, as written.
    pub fn names(&self, one: &Deliverable, part: &Part) -> Option<(usize, &[Word])> {
        self.0.iter().enumerate().find_map(|(file, raw)| {
            let all = raw.as_ref()?.phase.iter().flat_map(|phase| &phase.deliverable);
            let mut own = all.filter(|raw| *raw.id.get_ref() == one.id).flat_map(|raw| &raw.part);
            let stated = own.find(|raw| *raw.id.get_ref() == part.id)?.names.as_ref()?;
            Some((file, &stated[..]))
        })
    }

    /// A name of a part, normalized.
    pub fn name(&self, one: &Deliverable, part: &Part, name: &str) -> Place {
        let found = self.names(one, part).and_then(|(file, names)| in_list(file, names, name));
        found.unwrap_or(part.place)
    }

    /// Another deliverable that may hold a part.
    pub fn also_in(&self, one: &Deliverable, part: &Part, other: &str) -> Place {
        let found = self.parts(&one.id, &part.id).find_map(|(file, raw)| {
            Some((file, raw.also_in.as_ref()?.iter().find(|word| word.get_ref() == other)?))
        });
        found.map_or(part.place, at)
    }

    /// A role.
    pub fn role(&self, id: &str) -> Place {
        let found = self.layers().find_map(|(file, raw)| {
            Some((file, &raw.role.iter().find(|role| role.id.get_ref() == id)?.id))
        });
        found.map_or_else(Place::default, at)
    }

    /// A name of a role, normalized.
    pub fn role_name(&self, id: &str, name: &str) -> Place {
        let found = self.layers().find_map(|(file, raw)| {
            let role = raw.role.iter().find(|role| role.id.get_ref() == id)?;
            in_list(file, &role.names, name)
        });
        found.unwrap_or_else(|| self.role(id))
    }

    /// A word of the vocabulary, normalized.
    pub fn word(&self, list: fn(&RawVocabulary) -> &Vec<Word>, word: &str) -> Place {
        let mut stated = self.layers();
        let found = stated.find_map(|(file, raw)| in_list(file, list(&raw.vocabulary), word));
        found.unwrap_or_default()
    }
}

/// Every list of words that files state, each with the name of its file: of roles, vocabulary,
/// checklists and parts.
impl Stated {
    pub fn lists(&self) -> Vec<(usize, &[Word])> {
        let mut lists: Vec<(usize, &[Word])> = Vec::new();
        for (file, raw) in self.layers() {
            let words = &raw.vocabulary;
            let all = [
                &words.none,
                &words.except,
                &words.approve,
                &words.conditional,
                &words.reject,
                &words.pass,
                &words.fail,
            ];
            lists.extend(all.map(|list| (file, &list[..])));
            lists.extend(raw.role.iter().map(|role| (file, &role.names[..])));
            for one in raw.phase.iter().flat_map(|phase| &phase.deliverable) {
                lists.extend(one.checklists.iter().map(|list| (file, &list[..])));
                lists.extend(one.part.iter().flat_map(|part| &part.names).map(|l| (file, &l[..])));
            }
        }
        lists
    }
}

/// The place of a word.
pub fn at<T>((file, word): (usize, &Spanned<T>)) -> Place {
    let span = word.span();
    Place { file, span: Span::new(span.start, span.end) }
}

fn in_list(file: usize, list: &[Word], normalized: &str) -> Option<Place> {
    let word = list.iter().find(|word| normalize(word.get_ref()) == normalized)?;
    Some(at((file, word)))
}
