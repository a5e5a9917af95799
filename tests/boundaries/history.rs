//! Generated histories: work of features, inside and outside, told in many ways.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gatecheck::source::Memory;

use crate::dice::Dice;
use crate::product::{Feature, Files, Product, evidence_path};

/// A feature and a path that it does not own.
pub type Crossing = (String, String);

pub struct History {
    pub source: Memory,
    pub style: &'static str,
    /// With how each was planted.
    pub crossings: BTreeMap<Crossing, String>,
    /// The commits that nobody can attribute, sorted.
    pub unattributed: Vec<String>,
    pub kinds: BTreeMap<&'static str, usize>,
    pub told: String,
}

/// Ways in which a commit tells whose work it is.
const WAYS: &[&str] = &["trailer", "branch", "evidence", "listing", "main merged back"];
/// What work does that it may not.
const CROSSINGS: &[&str] = &[
    "crossing: a file of another",
    "crossing: a new file of another",
    "crossing: a file of another goes",
    "crossing: tests of another",
    "crossing: a file of nobody",
    "crossing: a manifest of another",
    "crossing: somebody else's integration point",
];
/// What it may.
const LAWFUL: &[&str] = &[
    "lawful: own files",
    "lawful: manifests and documents",
    "lawful: shared by the configuration",
    "lawful: reported as a deviation",
    "lawful: a deviation names the folder",
    "lawful: an integration point",
    "lawful: undone",
    "lawful: two features together",
    "lawful: nobody's alone",
    "lawful: integration",
    "lawful: own files alone, without a word",
];

impl History {
    pub fn draw(dice: &mut Dice) -> Self {
        let product = Product::draw(dice);
        let mut tree = Memory::default();
        for (path, text) in product.design().iter().chain(&product.start()) {
            tree = tree.with(path, text.as_bytes());
        }
        // What came before the agreement is nobody's crossing.
        let early = format!("Move it\n\nFeature: {}", product.features[0].slug);
        let tree = tree.committed("ba5e0001").saying("Design");
        let other = format!("{}/early.ts", product.features[1].source);
        let mut tree = tree.with(&other, "1").committed("ba5e0002").saying(&early);
        for (at, feature) in product.features.iter().enumerate() {
            tree = tree.with(&evidence_path(feature), product.evidence(at, &[], &[]));
        }
        let tree = tree.committed("ba5e0003").saying("Begin");
        let many = product.features.len();
        let mut builder = Builder {
            style: product.style,
            listed: vec![Vec::new(); many],
            excused: vec![Vec::new(); many],
            product,
            tree,
            number: 0,
            crossings: BTreeMap::new(),
            unattributed: Vec::new(),
            kinds: BTreeMap::new(),
            told: String::new(),
        };
        for turn in 0..8 {
            let kinds = if turn % 2 == 0 { CROSSINGS } else { LAWFUL };
            let kind = *dice.one(kinds);
            builder.work(dice, kind);
        }
        if dice.once_in(2) {
            builder.unattributed();
        }
        builder.end(dice)
    }
}

struct Builder {
    style: &'static str,
    product: Product,
    tree: Memory,
    number: usize,
    /// For each feature, what its evidence lists in the end, and its deviations name.
    listed: Vec<Vec<String>>,
    excused: Vec<Vec<String>>,
    crossings: BTreeMap<Crossing, String>,
    unattributed: Vec<String>,
    kinds: BTreeMap<&'static str, usize>,
    told: String,
}

/// What one piece of work changes: nothing for a file that goes.
type Changes = Vec<(String, Option<String>)>;

impl Builder {
    fn work(&mut self, dice: &mut Dice, kind: &'static str) {
        self.number += 1;
        let number = self.number;
        let many = self.product.features.len();
        let mut who = dice.roll(many);
        let mut other = (who + 1 + dice.roll(many - 1)) % many;
        match kind {
            "crossing: somebody else's integration point" => who = 2,
            "lawful: an integration point" => (who, other) = (0, 1),
            _ => {}
        }
        let features = &self.product.features;
        let (own, others) = (features[who].clone(), features[other].clone());
        let text = || Some(format!("work {number}"));
        let mut changes = vec![(format!("{}/part{number}.ts", own.source), text())];
        if dice.once_in(2) {
            changes.push((format!("{}/part{number}.test.ts", own.tests), text()));
        }
        let old = format!("{}/old{}.ts", others.source, dice.roll(4));
        let new = |name: &str| format!("{}/{name}{number}.ts", others.source);
        let mut crossing = match kind {
            "crossing: a file of another" => Some(old),
            "crossing: a new file of another" => Some(new("new")),
            "crossing: a file of another goes" => {
                // One that stands at the end of whatever came before.
                let gone = format!("{}/gone{number}.ts", others.source);
                self.tree = self.tree.clone().with(&gone, "1");
                self.commit_as(other, "Write it");
                Some(gone)
            }
            "crossing: tests of another" => Some(format!("{}/new{number}.test.ts", others.tests)),
            "crossing: a file of nobody" => Some(format!("src/mount{number}.ts")),
            "crossing: a manifest of another" => {
                Some(format!("{}/package{number}/package.json", others.source))
            }
            "crossing: somebody else's integration point" => Some(self.product.registry.clone()),
            _ => None,
        };
        let goes = kind == "crossing: a file of another goes";
        if let Some(path) = &crossing {
            changes.push((path.clone(), if goes { None } else { text() }));
        }
        let way = match goes {
            // What is gone can be listed by nobody.
            true => ["trailer", "branch", "evidence"][dice.roll(3)],
            false => *dice.one(WAYS),
        };
        match kind {
            "lawful: manifests and documents" => {
                let paths =
                    ["package.json", "pnpm-lock.yaml", ".github/workflows/ci.yml", "docs/a.txt"];
                changes.push((paths[dice.roll(paths.len())].to_owned(), text()));
            }
            "lawful: shared by the configuration" => {
                changes.push(("src/routes.gen.ts".to_owned(), text()));
            }
            "lawful: reported as a deviation" => {
                let path = new("excused");
                self.excused[who].push(path.clone());
                changes.push((path, text()));
            }
            "lawful: a deviation names the folder" => {
                let folder = format!("{}/parts{number}/", others.source);
                changes.push((format!("{folder}one.ts"), text()));
                self.excused[who].push(folder);
            }
            "lawful: an integration point" => changes.push((self.product.registry.clone(), text())),
            "lawful: undone" => {
                let path = new("undone");
                self.tree = self.tree.clone().with(&path, "1");
                self.commit_as(who, "Try it");
                self.tree = self.tree.clone().without(&path);
                self.commit_as(if dice.once_in(2) { who } else { other }, "Take it back");
            }
            "lawful: two features together" => {
                changes.push((new("together"), text()));
                let names = format!("{}, {}", self.product.features[who].name, others.slug);
                self.apply(&changes);
                self.commit(&format!("Together\n\nFeature: {names}"));
                return self.tell(kind, who, "trailer", &changes);
            }
            "lawful: nobody's alone" => {
                changes.push((new("all"), text()));
                self.apply(&changes);
                self.commit("Format everything\n\nFeature: none");
                return self.tell(kind, who, "trailer", &changes);
            }
            "lawful: integration" => {
                changes.push((new("joined"), text()));
                self.apply(&changes);
                let report = format!("# Integration Report\n\nRun {number}.\n");
                self.tree =
                    self.tree.clone().with(".work/integration/INTEGRATION-REPORT.md", report);
                self.commit("Integrate");
                return self.tell(kind, who, "report", &changes);
            }
            "lawful: own files alone, without a word" => {
                changes.push(("package-lock.json".to_owned(), text()));
                self.apply(&changes);
                self.commit("Go on");
                return self.tell(kind, who, "paths", &changes);
            }
            _ => {}
        }
        // What two list is nobody's for certain.
        let way = match way {
            "listing" if !self.may_list(who, &changes) => "trailer",
            way => way,
        };
        self.make(dice, who, way, &changes);
        if let Some(path) = crossing.take() {
            let name = self.product.features[who].name.clone();
            self.crossings.insert((name, path), format!("{kind}, by {way}"));
        }
        self.tell(kind, who, way, &changes);
    }

    fn may_list(&self, who: usize, changes: &Changes) -> bool {
        let elsewhere = |path: &String| {
            self.listed.iter().enumerate().any(|(at, known)| at != who && known.contains(path))
        };
        let plain = |path: &String| path.ends_with(".ts") && path.contains('/');
        changes.iter().all(|(path, _)| plain(path) && !elsewhere(path))
    }

    /// Commits changes as work of a feature.
    fn make(&mut self, dice: &mut Dice, who: usize, way: &str, changes: &Changes) {
        let base = self.tree.clone();
        self.apply(changes);
        match way {
            "trailer" => self.commit_as(who, "Work on it"),
            "evidence" => {
                let path = evidence_path(&self.product.features[who]);
                let text = self.product.evidence(who, &[format!("src/{}.ts", self.number)], &[]);
                self.tree = self.tree.clone().with(&path, text);
                self.commit("Write down what was done");
            }
            "listing" => {
                self.listed[who].extend(changes.iter().map(|(path, _)| path.clone()));
                self.commit("Work on it");
            }
            _ => {
                self.commit("Work on it");
                let mut branch = self.tree.clone();
                let slug = &self.product.features[who].slug;
                let name = dice.one(&["feature/", "feat/", "olsen/", ""]);
                let name = format!("{name}{slug}");
                self.tree = base;
                if way == "main merged back" {
                    let other = (who + 1) % self.product.features.len();
                    let path =
                        format!("{}/aside{}.ts", self.product.features[other].source, self.number);
                    self.tree = self.tree.clone().with(&path, "1");
                    self.commit_as(other, "Meanwhile");
                    let id = self.id();
                    let both = branch.clone().with(&path, "1").committed(&id);
                    let said = format!("Merge branch 'main' into {name}");
                    branch = both.saying(&said).merging(&self.tree);
                }
                self.apply(changes);
                let message = match dice.roll(5) {
                    0 => format!("Merge branch '{name}'"),
                    1 => format!("Merge pull request #7 from org/{name}\n\nWork"),
                    2 => format!("Merged in {name} (pull request #7)"),
                    3 => format!("Merge remote-tracking branch 'origin/{name}'"),
                    _ => format!("Merge {name}"),
                };
                self.commit(&message);
                self.tree = self.tree.clone().merging(&branch);
            }
        }
    }

    fn commit_as(&mut self, who: usize, subject: &str) {
        let Feature { name, slug, label, .. } = &self.product.features[who];
        let told = match self.number % 4 {
            0 => format!("Feature: {slug}"),
            1 => format!("Feature: {name}\nSigned-off-by: A <a@example.org>"),
            2 if self.style != "table" => format!("feature: Feature {label}"),
            _ => format!("Component: {}", name.to_lowercase()),
        };
        self.commit(&format!("{subject}\n\n{told}"));
    }

    /// A commit that may be anybody's.
    fn unattributed(&mut self) {
        self.number += 1;
        let files = self.product.features.iter().take(2);
        let files: Changes = files
            .map(|one| (format!("{}/loose{}.ts", one.source, self.number), Some("1".to_owned())))
            .collect();
        self.apply(&files);
        let id = self.commit("Tidy up");
        self.unattributed.push(id);
        self.tell("unattributed", 0, "nothing", &files);
    }

    fn apply(&mut self, changes: &Changes) {
        let mut tree = std::mem::take(&mut self.tree);
        for (path, text) in changes {
            tree = match text {
                Some(text) => tree.with(path, text.as_bytes()),
                None => tree.without(path),
            };
        }
        self.tree = tree;
    }

    fn commit(&mut self, message: &str) -> String {
        let id = self.id();
        self.tree = std::mem::take(&mut self.tree).committed(&id).saying(message);
        id
    }

    fn id(&mut self) -> String {
        self.number += 100;
        format!("c0de{:06}", self.number)
    }

    fn tell(&mut self, kind: &'static str, who: usize, way: &str, changes: &Changes) {
        let name = &self.product.features[who].name;
        let paths: Vec<&str> = changes.iter().map(|(path, _)| &**path).collect();
        _ = writeln!(self.told, "    {kind}: {name} by {way}: {}", paths.join(" "));
        *self.kinds.entry(kind).or_default() += 1;
    }

    /// The documents as they end, and a branch that is not merged.
    fn end(mut self, dice: &mut Dice) -> History {
        let mut last = Files::new();
        for (at, feature) in self.product.features.iter().enumerate() {
            let text = self.product.evidence(at, &self.listed[at], &self.excused[at]);
            last.insert(evidence_path(feature), text);
        }
        for (path, text) in &last {
            self.tree = std::mem::take(&mut self.tree).with(path, text.as_bytes());
        }
        self.commit("Report");
        if dice.once_in(3) {
            let (own, other) = (&self.product.features[1], &self.product.features[2]);
            let path = format!("{}/open.ts", other.source);
            let (name, branch) = (own.name.clone(), format!("feature/{}", own.slug));
            self.crossings.insert((name, path.clone()), "on a branch that is open".to_owned());
            *self.kinds.entry("crossing: on a branch that is open").or_default() += 1;
            self.tree = std::mem::take(&mut self.tree).branched(&branch).with(&path, "1");
            self.commit("Not merged yet");
        }
        self.unattributed.sort();
        History {
            source: self.tree,
            style: self.style,
            crossings: self.crossings,
            unattributed: self.unattributed,
            kinds: self.kinds,
            told: self.told,
        }
    }
}
