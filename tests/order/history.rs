//! One history: a tree for each commit.

use std::collections::BTreeMap;

use gatecheck::base::RepoPath;
use gatecheck::source::Memory;

use crate::case::base;
use crate::dice::Dice;
use crate::documents::{DOCUMENTS, Does, Feature, PHASES};

/// What a tree has of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub path: String,
    pub revision: usize,
    /// It speaks of the second iteration as well.
    pub second: bool,
}

/// The documents of a tree, by their position in the table.
pub type Tree = BTreeMap<usize, Held>;

#[derive(Debug)]
pub struct History {
    /// The newest last.
    pub commits: Vec<Tree>,
    pub now: Tree,
    /// Two iterations, and everything that the second one brings.
    pub second: bool,
    /// The phase that is skipped, by its position.
    pub skipped: Option<usize>,
    /// The phase that the project begins with.
    pub begins: Option<usize>,
    /// The first commit that has a configuration; one that is no commit stands for none of them.
    pub configured: Option<usize>,
}

/// Something that happens to a document.
#[derive(Clone, Copy, Debug)]
enum Event {
    Begin,
    Change,
    Move,
    /// It speaks of the second iteration from now on.
    Second,
    Remove,
}

impl History {
    pub fn draw(dice: &mut Dice, number: usize) -> Self {
        let second = number % 2 == 1;
        let mut events = planned(second);
        // Every third history keeps the order in which things begin.
        let strays = if number.is_multiple_of(3) { 0 } else { 1 + dice.roll(3) };
        for _ in 0..strays {
            let at = dice.roll(events.len());
            let to = dice.roll(100 * PHASES.len() * 2);
            stray(&mut events, at, to);
        }
        for document in planned_documents(second) {
            let began = began(&events, document);
            for _ in 0..dice.roll(2) + usize::from(strays > 0 && dice.once_in(3)) {
                let when = began + 1 + dice.roll(1200);
                let is_late = when > 100 * DOCUMENTS[document].phase;
                // What is lawful is changed while nothing can be wrong with that.
                if strays > 0 || is_late {
                    events.push((when, document, Event::Change));
                }
            }
            if dice.once_in(3) && DOCUMENTS[document].other.is_some() {
                events.push((began + 1 + dice.roll(1200), document, Event::Move));
            }
        }
        if dice.once_in(8) {
            let golden = DOCUMENTS.iter().position(|one| one.path.ends_with("golden-paths.md"));
            events.push((3000, golden.expect("golden paths"), Event::Remove));
        }
        events.sort_by_key(|(when, document, _)| (*when, *document));
        let mut commits = committed(dice, &events);
        let now = commits.last().cloned().expect("a commit");
        if dice.once_in(6) {
            commits.pop();
        } else if dice.once_in(10) {
            commits.drain(..commits.len() - 1);
        }
        let skipped = dice.once_in(5).then(|| dice.roll(PHASES.len() - 1));
        let begins = (skipped.is_none() && dice.once_in(6)).then(|| 1 + dice.roll(2));
        let on_the_way = dice.once_in(6).then(|| dice.roll(commits.len() + 1));
        let configured = match skipped.is_some() || begins.is_some() {
            true => Some(on_the_way.unwrap_or(0)),
            false => on_the_way,
        };
        Self { commits, now, second, skipped, begins, configured }
    }

    /// The judged tree on its commits.
    pub fn source(&self) -> Memory {
        let [first, complete] =
            ["phase-3", "complete"].map(|name| base(&format!("standard-orchestration/{name}")));
        let mut line = Memory::default();
        for (at, tree) in self.commits.iter().enumerate() {
            let files = self.files(tree, self.configured.is_some_and(|one| one <= at));
            line = laid(&first, &complete, files, self.second).after(&line).committed(&id(at));
        }
        let files = self.files(&self.now, self.configured.is_some());
        laid(&first, &complete, files, self.second).after(&line)
    }

    fn files(&self, tree: &Tree, configured: bool) -> (Vec<(usize, Held)>, Option<String>) {
        let documents = tree.iter().map(|(document, held)| (*document, held.clone())).collect();
        (documents, configured.then(|| self.configuration()))
    }

    fn configuration(&self) -> String {
        let mut text = "[[workflow]]\nid = \"standard-orchestration\"\n".to_owned();
        if let Some(begins) = self.begins {
            text += &format!("begins = \"{}\"\n", PHASES[begins]);
        }
        if let Some(skipped) = self.skipped {
            text += &format!("[[workflow.skip]]\nphase = \"{}\"\n", PHASES[skipped]);
            text += "reason = \"somebody else does it\"\nowner = \"lead\"\nuntil = 2026-12-31\n";
        }
        text
    }

    /// Everything that helps to see what went wrong.
    pub fn told(&self) -> String {
        let Self { second, skipped, begins, configured, .. } = self;
        let mut text = format!(
            "  second {second}, skipped {skipped:?}, begins {begins:?}, configured {configured:?}\n"
        );
        let mut before = &Tree::new();
        let trees = self.commits.iter().enumerate().map(|(at, tree)| (id(at), tree));
        for (id, tree) in trees.chain([("now".to_owned(), &self.now)]) {
            let changed = tree.iter().filter(|(document, held)| before.get(document) != Some(held));
            let changed: Vec<String> = changed
                .map(|(_, held)| {
                    format!(
                        "{} r{}{}",
                        held.path,
                        held.revision,
                        ["", "+"][usize::from(held.second)]
                    )
                })
                .collect();
            text += &format!("  {id}: {}\n", changed.join(", "));
            before = tree;
        }
        text
    }
}

/// The id of a commit.
pub fn id(at: usize) -> String {
    format!("{:07x}00d0001", 0x00a1_1ce0 + at)
}

fn laid(
    first: &Memory,
    complete: &Memory,
    (files, configuration): (Vec<(usize, Held)>, Option<String>),
    second: bool,
) -> Memory {
    let mut tree = Memory::default();
    for (document, held) in files {
        let whole =
            second && (held.second || !matches!(DOCUMENTS[document].does, Does::Iteration(_)));
        let known = if whole { complete } else { first };
        let path = RepoPath::new(DOCUMENTS[document].path);
        let text = known.bytes(&path).unwrap_or_else(|| panic!("{path}")).to_vec();
        let text = String::from_utf8(text).expect("a text");
        let text = format!("{text}\n<!-- Revision {} of {document} -->\n", held.revision);
        tree = tree.with(&held.path, text);
    }
    match configuration {
        Some(text) => tree.with("gatecheck.toml", text),
        None => tree,
    }
}

fn planned_documents(second: bool) -> impl Iterator<Item = usize> {
    let planned = move |one: &usize| {
        let of_second = matches!(DOCUMENTS[*one].does, Does::Feature(_, Feature::Reservations));
        second || !of_second && DOCUMENTS[*one].phase < 5
    };
    (0..DOCUMENTS.len()).filter(planned)
}

/// What happens when, in the order of the phases.
fn planned(second: bool) -> Vec<(usize, usize, Event)> {
    let mut events = Vec::new();
    for document in planned_documents(second) {
        let one = &DOCUMENTS[document];
        let late = matches!(one.does, Does::Feature(_, Feature::Reservations));
        let phases = one.phase + usize::from(late || one.phase == 5) * PHASES.len();
        events.push((100 * phases, document, Event::Begin));
        if second && matches!(one.does, Does::Iteration(_)) {
            events.push((100 * (one.phase + PHASES.len()), document, Event::Second));
        }
    }
    events
}

/// Lets something happen at another time; what follows from it stays behind it.
fn stray(events: &mut [(usize, usize, Event)], at: usize, to: usize) {
    let document = events[at].1;
    events[at].0 = to;
    let began = began(events, document);
    for (when, one, event) in events {
        if *one == document && matches!(event, Event::Second) {
            *when = (*when).max(began);
        }
    }
}

fn began(events: &[(usize, usize, Event)], document: usize) -> usize {
    let own =
        events.iter().filter(|(_, one, event)| *one == document && matches!(event, Event::Begin));
    own.map(|(when, ..)| *when).next().expect("a beginning")
}

/// The trees that the events lead to, some of them together in one commit.
fn committed(dice: &mut Dice, events: &[(usize, usize, Event)]) -> Vec<Tree> {
    let (mut tree, mut commits) = (Tree::new(), Vec::new());
    let most = 1 + dice.roll(6);
    let mut left = 0;
    for (at, &(_, document, event)) in events.iter().enumerate() {
        let one = &DOCUMENTS[document];
        match event {
            Event::Begin => {
                // What nobody has written in a first state is there with all it says.
                let second = one.phase == 5;
                tree.insert(document, Held { path: one.path.to_owned(), revision: 0, second });
            }
            Event::Remove => _ = tree.remove(&document),
            _ => {
                let Some(held) = tree.get_mut(&document) else { continue };
                match event {
                    Event::Change => held.revision += 1,
                    Event::Second => held.second = true,
                    _ => {
                        let other = one.other.unwrap_or(one.path);
                        held.path = if held.path == one.path { other } else { one.path }.to_owned();
                    }
                }
            }
        }
        if left == 0 || at + 1 == events.len() {
            commits.push(tree.clone());
            left = dice.roll(most);
        } else {
            left -= 1;
        }
    }
    commits
}
