//! Repositories that try to speak to the terminal or to the runner through a report.

use crate::project::{FORMATS, check, complete, json, plain, ran};

const EVIL: &str = "\u{1b}]0;title\u{7} \u{1b}[2J \u{9b}31m \u{202e}evil\u{2066} \u{200b} ::error ::x \
                    ##[error]y ##vso[task.complete]z";

pub fn assert_harmless(text: &str, what: &str) {
    let bad = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(text.chars().find(bad), None, "{what}: {text}");
    assert!(!text.contains("##[") && !text.contains("##vso["), "{what}: {text}");
    for line in text.lines().filter(|_| !what.contains("github")) {
        assert!(!line.trim_start().starts_with("::"), "{what}: {line}");
    }
}

#[test]
fn no_format_and_no_command_passes_it_on() {
    let scratch = complete();
    let name = ".work/foundation/architecture/INTERFACE-\u{1b}[2Jevil\n::error ##[group].md";
    scratch.write(name, format!("# Interface {EVIL}\n\n## {EVIL}\n\n{EVIL} TBD\n"));
    scratch.write(".work/::error title=x::y.md", format!("{EVIL}\n"));
    let before = scratch.root.join(".work/foundation/product/user-stories.md");
    let stories = std::fs::read_to_string(&before).unwrap();
    scratch.write(
        ".work/foundation/product/user-stories.md",
        format!("{stories}\n## US-999: {EVIL}\n\n- {EVIL} TBD\n"),
    );
    for format in FORMATS {
        let (status, out, error) = check(&scratch, &["-v", "--format", format]);
        assert_ne!(status, 2, "{error}");
        assert_harmless(&out, format);
        assert_harmless(&error, format);
    }
    for format in ["human", "json"] {
        assert_harmless(&check(&scratch, &["status", "--format", format]).1, "status");
        let (status, out, _) = ran(plain(&scratch.root, &["inspect", "--format", format, ".work"]));
        assert_eq!(status, 0);
        assert_harmless(&out, "inspect");
    }
    for format in FORMATS {
        let (_, out, _) = ran(plain(&scratch.root, &["lint", "--format", format, ".work"]));
        assert_harmless(&out, format);
    }
}

/// A name of bytes that are no text is shown with a sign in their place, in every format.
#[cfg(unix)]
#[test]
fn names_that_are_no_text_break_no_format() {
    use std::os::unix::ffi::OsStringExt;

    let scratch = complete();
    let name = std::ffi::OsString::from_vec(b"a\xff\xfe, b:%c \"'\x0a::d.md".to_vec());
    let folder = scratch.root.join(".work/foundation/architecture");
    std::fs::write(folder.join(&name), "# A\n\nTBD\n").unwrap();
    for format in FORMATS {
        let (status, out, error) = check(&scratch, &["--format", format]);
        assert_ne!(status, 2, "{error}");
        assert_harmless(&out, format);
        let (status, out, error) = ran(plain(&folder, &["lint", ".", "--format", format]));
        assert_eq!(status, 1, "{error}");
        assert_harmless(&out, format);
        match format {
            "sarif" => {
                let place = &json(&out)["runs"][0]["results"][0]["locations"][0];
                let uri = &place["physicalLocation"]["artifactLocation"]["uri"];
                assert_eq!(uri, "a%EF%BF%BD%EF%BF%BD%2C%20b%3A%25c%20%22%27%0A%3A%3Ad.md");
            }
            "gitlab" => {
                let path = &json(&out)[0]["location"]["path"];
                assert_eq!(path, "a\u{fffd}\u{fffd}, b:%c \"'\\n::d.md");
            }
            "junit" => assert!(out.contains("b:%c &quot;'\\n::d.md"), "{out}"),
            _ => {}
        }
    }
}

#[test]
fn errors_do_not_pass_it_on() {
    let scratch = complete();
    scratch.write("gatecheck.toml", format!("\"{}\" = 1\n", EVIL.replace(['\u{1b}', '\u{7}'], "")));
    for format in FORMATS {
        let (status, out, error) = check(&scratch, &["--format", format]);
        assert_eq!(status, 2);
        assert_harmless(&out, format);
        assert_harmless(&error, "error");
    }
    for arguments in [&["--format", "sarif"][..], &["--through", EVIL], &["--rev", EVIL], &[EVIL]] {
        let (status, out, error) = check(&scratch, arguments);
        assert_eq!(status, 2);
        assert_harmless(&out, "json");
        assert_harmless(&error, "error");
    }
}

#[test]
fn nothing_is_written_to_the_repository() {
    let scratch = complete();
    let before = scratch.git(&["status", "--porcelain=v2", "--ignored", "--branch"]);
    let index = std::fs::read(scratch.root.join(".git/index")).unwrap();
    let sarif = format!("--output=sarif={}", scratch.beside("report.sarif").display());
    for arguments in [&[][..], &["--staged"], &["--rev", "HEAD"], &["status"], &[&sarif]] {
        check(&scratch, arguments);
    }
    assert_eq!(std::fs::read(scratch.root.join(".git/index")).unwrap(), index);
    assert_eq!(scratch.git(&["status", "--porcelain=v2", "--ignored", "--branch"]), before);
}
