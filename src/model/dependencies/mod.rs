//! Reads what needs what, in every notation that people write it in: tables, levelled lists,
//! drawings, Mermaid, YAML, labeled values, chains of arrows.
//!
//! A document may say it several times. Each time is one [`Drawing`], so that they can be compared.
//! Names stay as they are written; which of them mean the same is for the project to say.

mod cells;
mod chains;
mod context;
mod fields;
mod grid;
mod id;
mod legend;
mod levels;
mod mermaid;
mod names;
mod parts;
mod phases;
mod plans;
mod ranges;
mod remarks;
mod strokes;
mod structured;
mod tables;
mod yaml;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::workflow::Kind;

pub use context::iteration;
pub use id::{id, id_and_name, kind_of};
pub use tables::iteration_of;

/// What one document says about dependencies.
#[derive(Debug, Default, PartialEq)]
pub struct Dependencies {
    /// In document order.
    pub drawings: Vec<Drawing>,
    /// What looks like a statement of dependencies and could not be read.
    pub unread: Vec<Span>,
}

/// One statement of what needs what: a table, a list, a diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub notation: Notation,
    pub span: Span,
    /// What it lists, each thing once for each time that it is listed.
    pub nodes: Vec<Node>,
    pub needs: Vec<Need>,
    /// Statements of the other side: `from` blocks `to`.
    pub blocks: Vec<Need>,
    /// Levels and phases in their order.
    pub groups: Vec<Group>,
    /// The nodes that need everything else, with the words that say so: `All components`.
    pub wide: Vec<(usize, Span)>,
}

/// How a drawing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Notation {
    Table,
    List,
    Drawing,
    Mermaid,
    Yaml,
    FrontMatter,
    Field,
    /// `A → B → C` in a line of text.
    Arrows,
}

impl Notation {
    pub fn word(self) -> &'static str {
        match self {
            Notation::Table => "table",
            Notation::List => "list",
            Notation::Drawing => "drawing",
            Notation::Mermaid => "mermaid",
            Notation::Yaml => "yaml",
            Notation::FrontMatter => "front matter",
            Notation::Field => "field",
            Notation::Arrows => "arrows",
        }
    }
}

/// Something that a drawing lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// As written, without marks: `Feature A: Accounts`, `T-003`.
    pub name: String,
    /// Another way in which the drawing calls it: the name beside an id.
    pub alias: Option<String>,
    pub span: Span,
    /// Where its name stands, if that is not where its id does.
    pub title: Option<Span>,
    /// The level or phase it stands in.
    pub group: Option<usize>,
    /// The iteration it is planned for.
    pub iteration: Option<String>,
    pub said: Said,
    /// The same of what it blocks.
    pub said_blocks: Said,
    /// Whether it is marked as critical, and where.
    pub critical: Option<(bool, Span)>,
    /// How long it takes, in days.
    pub days: Option<f64>,
}

/// What a drawing says of the needs of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing, or some of them.
    #[default]
    Some,
    /// All of them are listed, and each was read.
    All,
    /// There are none, in so many words.
    None,
    /// Everything else: "all components".
    Everything,
}

impl Said {
    /// What two parts of one statement say together. "None" in a list of several says nothing.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Said::Everything, _) | (_, Said::Everything) => Said::Everything,
            (Said::None, other) | (other, Said::None) => other,
            (Said::All, Said::All) => Said::All,
            _ => Said::Some,
        }
    }
}

/// One thing needs another.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The one that needs.
    pub from: End,
    /// What it needs.
    pub to: End,
    pub span: Span,
    /// How sure the direction is and what the statement means.
    pub sense: Sense,
}

/// One end of a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A node of the same drawing.
    Node(usize),
    /// Something named, listed here or elsewhere.
    Named(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Said in words: "depends on".
    Said,
    /// An arrow, which by custom leads from what is needed to what needs it. Some draw it the other
    /// way.
    Arrow,
    /// An order of work, or the use of a contract: a chain of arrows in a list, a row of consumer
    /// and provider. What stands later need not wait for what stands before.
    Order,
}

/// A level, phase or batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// `Phase 2a`.
    pub name: String,
    pub span: Span,
    pub iteration: Option<String>,
    /// The document says that what stands in it can be done at the same time.
    pub parallel: bool,
    /// It is one of a sequence: what stands in it comes after what stands in those before.
    pub ordered: bool,
    /// The groups it says it comes after: `2a`.
    pub after: Vec<(String, Span)>,
}

impl Node {
    pub fn new(name: impl Into<String>, span: Span) -> Self {
        Self {
            name: name.into(),
            alias: None,
            span,
            title: None,
            group: None,
            iteration: None,
            said: Said::Some,
            said_blocks: Said::Some,
            critical: None,
            days: None,
        }
    }
}

impl Drawing {
    pub fn new(notation: Notation, span: Span) -> Self {
        let (nodes, needs, blocks) = (Vec::new(), Vec::new(), Vec::new());
        Self { notation, span, nodes, needs, blocks, groups: Vec::new(), wide: Vec::new() }
    }

    fn says_anything(&self) -> bool {
        !self.nodes.is_empty() || !self.needs.is_empty() || !self.blocks.is_empty()
    }
}

/// Reads a file of YAML or JSON that says nothing but what needs what.
pub fn read_data(facts: &DocumentFacts) -> Dependencies {
    let mut found = Dependencies::default();
    for code in &facts.codes {
        structured::data(facts, code, &mut found);
    }
    found.drawings.retain(Drawing::says_anything);
    found
}

/// Reads every statement of dependencies in a document. In one of the kind that is about them
/// diagrams need no heading that says so.
pub fn read(facts: &DocumentFacts, kind: Kind) -> Dependencies {
    let mut found = Dependencies::default();
    let about = context::About::of(facts, kind);
    tables::read(facts, &about, &mut found);
    levels::read(facts, &about, &mut found);
    chains::read(facts, &about, &mut found);
    fields::read(facts, kind, &about, &mut found);
    for code in &facts.codes {
        let language = facts.text_of(code.language).to_ascii_lowercase();
        match &*language {
            "mermaid" => mermaid::read(facts, code, &about, &mut found),
            "dot" | "graphviz" | "gv" | "d2" | "plantuml" | "puml"
                if about.draws_order(facts, code) =>
            {
                found.unread.push(code.span);
            }
            "yaml" | "yml" | "json" => {
                structured::fenced(facts, code, &about, &mut found);
                plans::read(facts, code, &mut found);
            }
            "" | "text" | "txt" | "ascii" | "plain" | "plaintext" => {
                grid::read(facts, code, &about, &mut found);
            }
            _ => {}
        }
    }
    structured::front_matter(facts, kind, &mut found);
    legend::apply(facts, &mut found.drawings);
    found.drawings.retain(Drawing::says_anything);
    found.drawings.sort_by_key(|drawing| (drawing.span.start, drawing.notation));
    found.unread.sort_unstable();
    found.unread.dedup();
    found
}
