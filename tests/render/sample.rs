//! One report with everything that a renderer has to stand: several gates and iterations,
//! findings with and without place, and text that tries to do harm.

use std::collections::BTreeMap;

use gatecheck::base::{Failure, Level, Position, RepoPath, Span};
use gatecheck::report::{
    AgreementReport, AgreementStanding, DeliverableReport, DutyReport, GateReport, GateVerdict,
    Place, RelatedPlace, Report, ReportFinding, RuleNote, Standing, Verdict, WorkflowReport,
};

/// Every trick in one line: escape, bell, C1, bidi, zero width, runner commands.
pub const HOSTILE: &str = "x \u{1b}[31mred\u{7}\u{9b}2J \u{202e}olleh\u{2066}\u{200b} \
                           ::error title=pwn::a ##[error]b ##vso[task.complete]c";

pub const INTERFACE: &str = ".work/foundation/architecture/INTERFACE-auth.md";

/// A page as rules have them.
const PAGE: &str = "# a-rule\n\n## What it does\n\nFinds what\nis missing.\n\n## Why it matters\n\n\
                    Promise S2.3.\n\n## Example\n\n```markdown fails a.md\n# A\n```\n\n\
                    ## How to fix\n\nWrite it.\n";

pub fn report() -> Report {
    Report {
        source: "HEAD (1a2b3c4)".into(),
        verdict: Verdict::Fails,
        workflows: vec![WorkflowReport {
            id: "standard-orchestration".into(),
            title: "Standard orchestration".into(),
            root: RepoPath::new(".work"),
            gates: gates(),
            agreements: agreements(),
        }],
        findings: findings(),
        rules: rules(),
        promises: BTreeMap::from([("S2.6".into(), "nothing in a document is left open")]),
        notes: vec!["not judged: order in history, since this clone is shallow".into()],
        documents: 31,
    }
}

/// Nothing to complain about.
pub fn clean() -> Report {
    let mut report = report();
    report.verdict = Verdict::Holds;
    report.findings.clear();
    report.notes.clear();
    for gate in &mut report.workflows[0].gates {
        gate.verdict = if gate.judged { GateVerdict::Holds } else { GateVerdict::NotStarted };
        gate.because = None;
    }
    report
}

/// Two files that `lint` was given.
pub fn lint() -> Report {
    let mut report = report();
    report.workflows.clear();
    report.notes.clear();
    report.source = "files".into();
    report.findings.retain(|finding| finding.rule == "marker-left" && finding.counted());
    for finding in &mut report.findings {
        (finding.phase, finding.iteration) = (None, None);
    }
    report
}

/// The report with one finding that warns before so many that deny.
pub fn many(count: usize) -> Report {
    let mut report = report();
    let one = report.findings[0].clone();
    let warning = ReportFinding { level: Level::Warn, ..one.clone() };
    report.findings = std::iter::once(warning).chain(std::iter::repeat_n(one, count)).collect();
    report
}

/// What [`failure`] says on one line.
pub const WHY: &str = "cannot read gatecheck.toml: unknown key `rots`. Fix: write `roots`.";

/// Why there is no verdict, with a place.
pub fn failure() -> Failure {
    Failure::new("cannot read gatecheck.toml", "unknown key `rots`", "write `roots`").at(
        &RepoPath::new("gatecheck.toml"),
        "[[workflow]]\nrots = [\".work\"]\n",
        Span::new(13, 17),
    )
}

fn agreements() -> Vec<AgreementReport> {
    let id = "1a2b3c4d5e6f708192a3b4c5d6e7f80912a3b4c5".to_owned();
    let agreed = |iteration: &str, standing, why: &str| AgreementReport {
        iteration: iteration.into(),
        commit: Some(id.clone()),
        why: why.into(),
        standing,
    };
    vec![
        agreed("1", AgreementStanding::Agreed, "1a2b3c4, asked for as v1\u{1b}[31m\n::error"),
        agreed("2", AgreementStanding::Nothing, "1a2b3c4, asked for as v1"),
    ]
}

fn gates() -> Vec<GateReport> {
    use GateVerdict::{Blocked, Fails, Holds, NotStarted, Skipped};
    let mut design = gate("1", "Foundation design", "1", Fails, 12, None);
    design.deliverables = vec![
        deliverable("architecture", ".work/foundation/architecture/ARCHITECTURE.md", &[None], true),
        DeliverableReport {
            id: "interface".into(),
            title: "interface".into(),
            expected: ".work/foundation/architecture/INTERFACE-{feature}.md".into(),
            optional: false,
            duties: vec![
                duty(Some("User Authentication"), true, INTERFACE),
                duty(
                    Some("Todo \u{1b}[31m管理"),
                    false,
                    ".work/foundation/architecture/INTERFACE-todos.md",
                ),
            ],
        },
        DeliverableReport {
            id: "wireframes".into(),
            title: "wireframes".into(),
            expected: ".work/foundation/ux/wireframes.md".into(),
            optional: true,
            duties: vec![duty(None, false, ".work/foundation/ux/wireframes.md")],
        },
    ];
    let mut first = gate("0", "Requirements definition", "1", Holds, 9, None);
    first.deliverables = vec![deliverable(
        "user stories",
        ".work/foundation/product/user-stories.md",
        &[None],
        true,
    )];
    let blocked = Some("gate 1 fails");
    let skipped = Some("skipped until 2030-01-01: a pilot\nwithout ::users");
    vec![
        first,
        design,
        gate("2", "Parallel implementation", "1", Blocked, 4, blocked),
        gate("2.5", "Integration 統合", "1", NotStarted, 0, None),
        gate("3", "Validation", "1", Skipped, 0, skipped),
        gate("0", "Requirements definition", "2", Holds, 1, None),
        gate("1", "Foundation design", "2", NotStarted, 0, None),
    ]
}

fn findings() -> Vec<ReportFinding> {
    let mut missing =
        finding("missing-deliverable", Level::Deny, "no interface for Todo Management");
    missing.path = RepoPath::new(".work/foundation/architecture/INTERFACE-todos.md");
    missing.place = None;
    missing.help = "Write the file, or name it for the feature if it stands elsewhere".into();
    missing.related = vec![RelatedPlace {
        path: RepoPath::new("builtin:standard-orchestration"),
        place: Some(place((41, 1), (41, 14), &["[[phase.deliverable]]"])),
        message: "demanded here".into(),
    }];

    let mut hostile = finding("marker-left", Level::Deny, HOSTILE);
    hostile.path = RepoPath::new(".work/evil\nname\u{1b}[2J/::error ##[group].md");
    hostile.place = Some(place((2, 4), (2, 30), &[&format!("\u{1b}{HOSTILE}")]));
    hostile.help = HOSTILE.into();
    hostile.subject = HOSTILE.into();
    hostile.promises = vec![HOSTILE.into()];
    hostile.fingerprint = "fp-hostile".into();

    let mut long = finding("marker-left", Level::Deny, "TBD stands in a very long line");
    let line = format!("{}\t漢字 TBD{}", "a".repeat(50_000), "b".repeat(50_000));
    long.place = Some(place((9, 50_005), (9, 50_008), &[&line]));

    let mut wrapped = finding("empty-section", Level::Warn, &"many words :: ".repeat(30));
    wrapped.place = Some(place((14, 1), (16, 1), &["## Error\tcases 漢字", "", "## Next"]));
    wrapped.related = vec![RelatedPlace {
        path: RepoPath::new(INTERFACE),
        place: Some(place((3, 3), (3, 7), &["A title"])),
        message: "the title".into(),
    }];

    let mut note = finding("unknown-artifact", Level::Note, "2 files here belong to no phase");
    note.path = RepoPath::new(".work/scratch");
    note.place = None;
    note.phase = Some("0".into());

    let mut later = finding("marker-left", Level::Deny, "TBD stands in a later gate");
    (later.standing, later.phase) = (Standing::Later, Some("2.5".into()));

    let mut waived = finding("empty-section", Level::Deny, "the section Errors holds nothing");
    waived.standing = Standing::Waived("pilot\n::error until \u{202e}May".into());

    let mut waiver = finding("expired-waiver", Level::Warn, "a waiver expired on 2026-01-01");
    waiver.path = RepoPath::new("gatecheck.toml");
    waiver.phase = None;
    waiver.iteration = None;
    waiver.workflow = String::new();

    let mut stray = finding("unknown-artifact", Level::Note, "1 document that no phase asks for");
    (stray.phase, stray.iteration) = (None, None);
    vec![missing, hostile, long, wrapped, note, waiver, stray, later, waived]
}

fn finding(rule: &'static str, level: Level, message: &str) -> ReportFinding {
    ReportFinding {
        rule,
        level,
        message: message.into(),
        help: "Write what is decided".into(),
        subject: "Errors".into(),
        members: Vec::new(),
        path: RepoPath::new(INTERFACE),
        place: Some(place((9, 13), (9, 16), &["- Response: TBD"])),
        workflow: "standard-orchestration".into(),
        phase: Some("1".into()),
        iteration: Some("1".into()),
        also: Vec::new(),
        standing: Standing::Counted,
        related: Vec::new(),
        promises: rules()[rule].promises.iter().map(|id| (*id).to_owned()).collect(),
        fingerprint: "fp".into(),
    }
}

fn place(start: (u32, u32), end: (u32, u32), excerpt: &[&str]) -> Place {
    let position = |(line, column)| Position { line, column };
    let excerpt = excerpt.iter().map(|&line| line.to_owned()).collect();
    Place { start: position(start), end: position(end), excerpt }
}

fn gate(
    phase: &str,
    title: &str,
    iteration: &str,
    verdict: GateVerdict,
    subjects: usize,
    because: Option<&str>,
) -> GateReport {
    GateReport {
        phase: phase.into(),
        title: title.into(),
        iteration: iteration.into(),
        verdict,
        judged: !matches!(verdict, GateVerdict::NotStarted | GateVerdict::Skipped),
        subjects,
        because: because.map(str::to_owned),
        deliverables: Vec::new(),
    }
}

fn deliverable(
    title: &str,
    path: &str,
    subjects: &[Option<&str>],
    done: bool,
) -> DeliverableReport {
    DeliverableReport {
        id: title.replace(' ', "-"),
        title: title.into(),
        expected: path.into(),
        optional: false,
        duties: subjects.iter().map(|subject| duty(*subject, done, path)).collect(),
    }
}

fn duty(subject: Option<&str>, done: bool, path: &str) -> DutyReport {
    let slug = subject.map(|name| name.to_lowercase().replace(' ', "-"));
    DutyReport { subject: subject.map(str::to_owned), slug, done, path: RepoPath::new(path) }
}

fn rules() -> BTreeMap<&'static str, RuleNote> {
    let note = |summary, promises, level| RuleNote { summary, promises, level, page: PAGE };
    BTreeMap::from([
        ("missing-deliverable", note("a deliverable is missing", &["S2.3"], Level::Deny)),
        ("marker-left", note("a marker stands for content", &["S2.6"], Level::Deny)),
        ("empty-section", note("a section holds nothing", &["S2.6", "S2.4"], Level::Deny)),
        ("unknown-artifact", note("a file belongs to no phase", &[], Level::Note)),
        ("expired-waiver", note("a waiver has expired", &["X.5"], Level::Warn)),
    ])
}
