//! Suites and cases, and how they are written.

use quick_xml::se::Serializer;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename = "testsuites")]
struct Suites {
    #[serde(rename = "@name")]
    name: &'static str,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    #[serde(rename = "@errors")]
    errors: usize,
    #[serde(rename = "@skipped")]
    skipped: usize,
    #[serde(rename = "@time")]
    time: Seconds,
    #[serde(rename = "testsuite")]
    suites: Vec<Suite>,
}

#[derive(Serialize)]
pub struct Suite {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    #[serde(rename = "@errors")]
    errors: usize,
    #[serde(rename = "@skipped")]
    skipped: usize,
    #[serde(rename = "@time")]
    time: Seconds,
    #[serde(rename = "testcase")]
    cases: Vec<Case>,
}

/// How long something took. Nothing is measured, but readers expect a number.
#[derive(Clone, Copy, Default, Serialize)]
pub struct Seconds(u8);

/// One test that passes unless it is said to do something else.
#[derive(Default, Serialize)]
pub struct Case {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@classname")]
    class: String,
    #[serde(rename = "@time")]
    time: Seconds,
    /// The document that it is about.
    #[serde(rename = "@file", skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failed>,
    /// What changes nothing about the outcome, in lines.
    #[serde(rename = "system-out", skip_serializing_if = "String::is_empty")]
    remarks: String,
}

#[derive(Serialize)]
struct Told {
    #[serde(rename = "@message")]
    message: String,
}

#[derive(Serialize)]
struct Failed {
    #[serde(rename = "@message")]
    message: String,
    /// The rule that speaks first.
    #[serde(rename = "@type")]
    rule: &'static str,
    /// Each on a line.
    #[serde(rename = "$text")]
    lines: String,
    #[serde(skip)]
    further: usize,
}

impl Suite {
    /// A suite of cases, each of which is named only once.
    pub fn new(name: String, cases: Vec<Case>) -> Self {
        let count = |fits: fn(&Case) -> bool| cases.iter().filter(|case| fits(case)).count();
        let (tests, failures) = (cases.len(), count(Case::fails));
        let errors = count(|case| case.error.is_some());
        let skipped = count(|case| case.skipped.is_some());
        let cases = cases.into_iter().map(|case| case.of(&name)).collect();
        Self { name, tests, failures, errors, skipped, time: Seconds(0), cases }
    }
}

impl Case {
    pub fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Adds a failure. What is shown at a glance is the first, and how many more there are.
    pub fn fail(&mut self, rule: &'static str, message: String, line: &str) {
        match &mut self.failure {
            None => {
                let lines = line.to_owned();
                self.failure = Some(Failed { message, rule, lines, further: 0 });
            }
            Some(failed) => {
                failed.lines.push_str(&format!("\n{line}"));
                failed.further += 1;
            }
        }
    }

    /// Adds what changes nothing about the outcome.
    pub fn remark(&mut self, line: &str) {
        if !self.remarks.is_empty() {
            self.remarks.push('\n');
        }
        self.remarks.push_str(line);
    }

    /// Says that there was nothing to judge.
    pub fn skip(&mut self, message: String) {
        self.skipped = Some(Told { message });
    }

    /// Says that it could not be judged.
    pub fn break_off(&mut self, message: String) {
        self.error = Some(Told { message });
    }

    fn of(mut self, suite: &str) -> Self {
        self.class = suite.to_owned();
        if let Some(failed) = self.failure.as_mut().filter(|failed| failed.further > 0) {
            failed.message.push_str(&format!(" (and {} more)", failed.further));
        }
        self
    }

    pub fn fails(&self) -> bool {
        self.failure.is_some()
    }
}

/// The document. What stands in it went through `sanitize`, so no character in it is one that XML
/// does not have.
pub fn write(suites: Vec<Suite>) -> String {
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum();
    let all = Suites {
        name: "gatecheck",
        tests: sum(|suite| suite.tests),
        failures: sum(|suite| suite.failures),
        errors: sum(|suite| suite.errors),
        skipped: sum(|suite| suite.skipped),
        time: Seconds(0),
        suites,
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut serializer = Serializer::new(&mut out);
    serializer.indent(' ', 2);
    let written = all.serialize(serializer);
    debug_assert!(written.is_ok(), "{written:?}");
    out.push('\n');
    out
}
