//! How a team writes: everything that may differ between two writings of the same agreement.

use crate::dice::Dice;
use crate::world::World;

#[derive(Clone, Debug)]
pub struct Style {
    /// How the architecture states its endpoints and events.
    pub architecture: Form,
    /// How the INTERFACE documents do.
    pub interface: Form,
    /// Whether the architecture leaves the contracts to the INTERFACE documents.
    pub interface_only: bool,
    pub tables: TableForm,
    pub types: TypeForm,
    pub parameter: Parameter,
    pub owns: Owns,
    pub plan: Plan,
    pub stories: Stories,
    pub targets: Targets,
    /// Of the words that mean the same, the place of those taken.
    pub wording: usize,
    /// The mark of list items.
    pub mark: char,
    pub numbered_headings: bool,
    pub bold_labels: bool,
    pub ticked: bool,
    /// Whether the checklist of the design gate is still open.
    pub gate_open: bool,
    /// The seed of another order of sections, fields and error cases.
    pub order: Option<u64>,
    pub prose: bool,
    pub paths: Paths,
    pub text: Text,
}

/// How endpoints are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `POST /x` with bullets below.
    Line,
    /// `### POST /x` with bullets below.
    Heading,
    /// A heading with labeled fences and a list of errors.
    Fences,
    /// A heading with tables of fields and errors.
    FieldTables,
    /// **POST /x** with bullets below.
    Label,
    /// All of them in one table.
    Rows,
    /// `POST /x - {a} → 201 {b}`
    Arrow,
    OpenApi,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableForm {
    Bullets,
    Sql,
    Columns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeForm {
    TypeScript,
    Interface,
    Python,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    Colon,
    Braces,
    /// As with braces, with a longer name.
    Named,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owns {
    Bullets,
    Rows,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    Rows,
    Levels,
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stories {
    /// A heading for each story and criteria with ids in a file of their own.
    Apart,
    /// Criteria below each story, with ids.
    Within,
    /// Criteria below each story, as boxes without ids.
    Boxes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    Rows,
    Bullets,
    Sentences,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paths {
    Usual,
    Contracts,
    Folders,
}

/// What happens to the bytes of every document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    Plain,
    Reflowed,
    TrailingSpaces,
    CarriageReturns,
}

const FORMS: &[Form] = &[
    Form::Line,
    Form::Heading,
    Form::Fences,
    Form::FieldTables,
    Form::Label,
    Form::Rows,
    Form::Arrow,
    Form::OpenApi,
];

impl Style {
    pub fn draw(dice: &mut Dice) -> Self {
        let architecture = *dice.one(FORMS);
        let interface = if dice.once_in(2) { architecture } else { *dice.one(FORMS) };
        Self {
            architecture,
            interface,
            interface_only: dice.once_in(4),
            tables: *dice.one(&[TableForm::Bullets, TableForm::Sql, TableForm::Columns]),
            types: *dice.one(&[TypeForm::TypeScript, TypeForm::Interface, TypeForm::Python]),
            parameter: *dice.one(&[Parameter::Colon, Parameter::Braces, Parameter::Named]),
            owns: *dice.one(&[Owns::Bullets, Owns::Bullets, Owns::Rows]),
            plan: *dice.one(&[Plan::Rows, Plan::Levels, Plan::Both]),
            stories: *dice.one(&[Stories::Apart, Stories::Within, Stories::Boxes]),
            targets: *dice.one(&[Targets::Rows, Targets::Bullets, Targets::Sentences]),
            wording: 0,
            mark: *dice.one(&['-', '*']),
            numbered_headings: dice.once_in(4),
            bold_labels: dice.once_in(2),
            ticked: false,
            gate_open: false,
            order: None,
            prose: false,
            paths: Paths::Usual,
            text: Text::Plain,
        }
    }

    /// Leaves the forms that cannot say everything that the product holds.
    pub fn fit(mut self, world: &World) -> Self {
        let mut endpoints = world.features.iter().flat_map(|one| &one.endpoints);
        if endpoints.any(|one| one.header.is_some()) {
            for form in [&mut self.architecture, &mut self.interface] {
                if *form == Form::Rows {
                    *form = Form::Heading;
                }
            }
        }
        self
    }
}

/// What two writings may differ in without a difference in what they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    Order,
    Reflow,
    Parameters,
    OtherForm,
    ContractsToInterface,
    TablesOtherForm,
    TypesOtherForm,
    OwnsOtherForm,
    PlanOtherForm,
    StoriesOtherForm,
    TargetsOtherForm,
    Renamed,
    Marks,
    Emphasis,
    Numbering,
    Ticked,
    Wording,
    Prose,
    TrailingSpaces,
    CarriageReturns,
}

pub const NOISES: &[Noise] = &[
    Noise::Order,
    Noise::Reflow,
    Noise::Parameters,
    Noise::OtherForm,
    Noise::ContractsToInterface,
    Noise::TablesOtherForm,
    Noise::TypesOtherForm,
    Noise::OwnsOtherForm,
    Noise::PlanOtherForm,
    Noise::StoriesOtherForm,
    Noise::TargetsOtherForm,
    Noise::Renamed,
    Noise::Marks,
    Noise::Emphasis,
    Noise::Numbering,
    Noise::Ticked,
    Noise::Wording,
    Noise::Prose,
    Noise::TrailingSpaces,
    Noise::CarriageReturns,
];

impl Noise {
    /// The same style, but for this.
    pub fn on(self, mut style: Style, dice: &mut Dice) -> Style {
        match self {
            Noise::Order => style.order = Some(dice.roll(1 << 20) as u64),
            Noise::Reflow => style.text = Text::Reflowed,
            Noise::TrailingSpaces => style.text = Text::TrailingSpaces,
            Noise::CarriageReturns => style.text = Text::CarriageReturns,
            Noise::Parameters => {
                let all = [Parameter::Colon, Parameter::Braces, Parameter::Named];
                style.parameter = other(dice, &all, style.parameter);
            }
            Noise::OtherForm => {
                style.architecture = other(dice, FORMS, style.architecture);
                style.interface = other(dice, FORMS, style.interface);
            }
            Noise::ContractsToInterface => style.interface_only = !style.interface_only,
            Noise::TablesOtherForm => {
                let all = [TableForm::Bullets, TableForm::Sql, TableForm::Columns];
                style.tables = other(dice, &all, style.tables);
            }
            Noise::TypesOtherForm => {
                let all = [TypeForm::TypeScript, TypeForm::Interface, TypeForm::Python];
                style.types = other(dice, &all, style.types);
            }
            Noise::OwnsOtherForm => {
                style.owns = other(dice, &[Owns::Bullets, Owns::Rows], style.owns);
            }
            Noise::PlanOtherForm => {
                style.plan = other(dice, &[Plan::Rows, Plan::Levels, Plan::Both], style.plan);
            }
            // Without ids a criterion is known by its words, which stay.
            Noise::StoriesOtherForm => {
                let all = [Stories::Apart, Stories::Within, Stories::Boxes];
                style.stories = other(dice, &all, style.stories);
            }
            Noise::TargetsOtherForm => {
                let all = [Targets::Rows, Targets::Bullets, Targets::Sentences];
                style.targets = other(dice, &all, style.targets);
            }
            Noise::Renamed => {
                let all = [Paths::Usual, Paths::Contracts, Paths::Folders];
                style.paths = other(dice, &all, style.paths);
            }
            Noise::Marks => style.mark = if style.mark == '-' { '+' } else { '-' },
            Noise::Emphasis => style.bold_labels = !style.bold_labels,
            Noise::Numbering => style.numbered_headings = !style.numbered_headings,
            Noise::Ticked => style.ticked = !style.ticked,
            Noise::Wording => style.wording = 1,
            Noise::Prose => style.prose = true,
        }
        style
    }
}

fn other<T: Copy + PartialEq>(dice: &mut Dice, all: &[T], own: T) -> T {
    let others: Vec<T> = all.iter().copied().filter(|one| *one != own).collect();
    *dice.one(&others)
}
