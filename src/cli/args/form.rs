//! In which forms a report leaves the process.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ReportFormat;
use crate::base::words;

/// The forms of one report.
#[derive(Clone, Debug, Args)]
pub struct FormArgs {
    /// The form of the report on standard output
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub format: ReportFormat,
    /// Write the report to a file too, in a form of its own; its folder must exist, and a file of
    /// this name is replaced. May be given several times
    #[arg(long, value_name = "FORMAT=PATH", value_parser = Output::parse)]
    pub output: Vec<Output>,
}

/// A file to write, and the form of the report in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    pub format: ReportFormat,
    pub path: PathBuf,
}

impl Output {
    /// Reads `FORMAT=PATH`.
    ///
    /// # Errors
    /// There is no such form, or no path of a file.
    pub fn parse(written: &str) -> Result<Self, String> {
        let Some((format, path)) = written.split_once('=') else {
            return Err("write a form and a path: sarif=gatecheck.sarif".to_owned());
        };
        let format = ReportFormat::from_str(format, false).map_err(|_| unknown(format))?;
        match path {
            "" => Err(format!("write a path after {written}")),
            "-" => Err("standard output has its form from --format; name a file here".to_owned()),
            path => Ok(Self { format, path: PathBuf::from(path) }),
        }
    }
}

fn unknown(format: &str) -> String {
    let forms = ReportFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = forms.map(|form| form.get_name().to_owned()).collect();
    let meant = words::closest(format, names.iter().map(String::as_str));
    let meant = meant.map(|meant| format!("did you mean {meant}? ")).unwrap_or_default();
    format!("{meant}the forms are {}", words::list(&names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_and_a_path_are_read() {
        let path = PathBuf::from("a=b.json");
        assert_eq!(Output::parse("json=a=b.json"), Ok(Output { format: ReportFormat::Json, path }));
        for wrong in ["", "json", "json=", "=a", "json=-", "a.json"] {
            assert!(Output::parse(wrong).is_err(), "{wrong}");
        }
        let error = Output::parse("sarf=a").unwrap_err();
        assert!(error.starts_with("did you mean sarif? the forms are human, "), "{error}");
    }
}
