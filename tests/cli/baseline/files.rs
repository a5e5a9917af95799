//! Where a baseline stands, and what is no baseline.

use std::fs;

use super::{FILE, baseline, open_ended, read};
use crate::project::{broken, check, gatecheck, ran};
use crate::scratch::Scratch;

#[test]
fn it_stands_beside_the_configuration_or_where_that_says() {
    for (config, text, path) in [
        (".config/gatecheck.toml", "", ".config/gatecheck-baseline.toml"),
        ("gatecheck.toml", "baseline = \"quality/known.toml\"\n", "quality/known.toml"),
    ] {
        let scratch = open_ended();
        scratch.write(config, text).write("quality/README.md", "");
        let (status, said, error) = baseline(&scratch, &[]);
        assert_eq!(status, 0, "{said}{error}");
        assert!(said.contains(path), "{said}");
        assert!(scratch.root.join(path).is_file(), "{path}");
        assert_eq!(check(&scratch, &[]).0, 0);
    }
    let scratch = open_ended();
    scratch.write("gatecheck.toml", "baseline = \"known.toml\"\n");
    let (status, text, _) = check(&scratch, &["--format", "concise"]);
    assert_eq!(status, 1);
    assert!(text.contains("names the baseline known.toml, which is not there"), "{text}");
    scratch.write("gatecheck.toml", "").write(FILE, "schema = 1\n");
    scratch.write(".config/gatecheck-baseline.toml", "schema = 1\n");
    assert!(check(&scratch, &[]).2.contains("cannot choose a baseline"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_links_or_over_what_git_ignores() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scratch = open_ended();
    let outside = scratch.beside("outside.toml");
    fs::write(&outside, "schema = 1\n").unwrap();
    symlink(&outside, scratch.root.join(FILE)).unwrap();
    let (status, _, error) = baseline(&scratch, &["--add"]);
    assert_eq!(status, 2);
    assert!(error.contains("symbolic link"), "{error}");
    scratch.remove(FILE);

    let folder = scratch.beside("outside");
    fs::create_dir(&folder).unwrap();
    symlink(&folder, scratch.root.join("linked")).unwrap();
    scratch.write("gatecheck.toml", "baseline = \"linked/known.toml\"\n");
    let (status, _, error) = baseline(&scratch, &[]);
    assert_eq!(status, 2);
    assert!(error.contains("linked is no plain folder"), "{error}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "schema = 1\n");

    scratch.write("gatecheck.toml", "").write(".gitignore", format!("{FILE}\n"));
    scratch.write(FILE, "mine");
    let (status, _, error) = baseline(&scratch, &[]);
    assert_eq!((status, read(&scratch, FILE)), (2, "mine".to_owned()), "{error}");

    scratch.write(".gitignore", "").write(FILE, "schema = 1\n");
    fs::set_permissions(scratch.root.join(FILE), fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(baseline(&scratch, &["--add"]).0, 0);
    let mode = fs::metadata(scratch.root.join(FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let names = scratch.git(&["status", "--porcelain", "--untracked-files=all"]);
    assert!(!names.contains(".gatecheck-"), "{names}");
}

#[test]
fn without_a_verdict_or_a_working_tree_there_is_no_baseline() {
    let empty = Scratch::new();
    empty.write("README.md", "# Nothing\n").commit("first");
    assert_eq!(baseline(&empty, &[]).0, 2);
    assert!(!empty.root.join(FILE).exists());

    let scratch = broken();
    assert_eq!(baseline(&scratch, &["--prune"]).0, 2);
    assert_eq!(baseline(&scratch, &["--rev", "HEAD"]).0, 2);
    scratch.write("gatecheck.toml", "nonsense = 1\n");
    assert_eq!(baseline(&scratch, &[]).0, 2);
    assert!(!scratch.root.join(FILE).exists());
    let bare = scratch.beside("bare.git");
    scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
    let (status, _, error) = ran(gatecheck(&bare, &["baseline"]));
    assert_eq!(status, 2);
    assert!(error.contains("the repository is bare"), "{error}");
}

#[test]
fn a_broken_baseline_gives_no_verdict_and_shows_its_place() {
    let scratch = open_ended();
    baseline(&scratch, &[]);
    let right = read(&scratch, FILE);
    let entry = &right[right.find("[[known]]").unwrap()..];
    for (wrong, told, help) in [
        ("}{".to_owned(), "", ""),
        (right.replace("message", "massage"), "unknown key `massage`", "did you mean `message`"),
        (right.replace("schema = 1", "schema = 2"), "schema 2 is not known", "schema 1"),
        (right.replace("schema = 1\n", ""), "`schema` is missing", "add `schema"),
        (
            right.replace("\"placeholder-marker\"", "\"placeholder-marke\""),
            "unknown rule",
            "did you mean `placeholder-marker`",
        ),
        (
            right.replace("\"placeholder-marker\"", "\"unused-waiver\""),
            "about the policy",
            "take the entry out",
        ),
        (format!("{right}\n{entry}"), "twice", "keep one of them"),
        (right.replace("count = 2", "count = 0"), "at least one finding", "delete it"),
        (right.replace("fingerprint = \"", "fingerprint = \"z"), "no fingerprint", "--add"),
        (right.replace("path = \".work", "path = \"../x"), "is no path", "--add"),
    ] {
        scratch.write(FILE, &wrong);
        for arguments in [&["check", "--format", "json"][..], &["baseline"], &["baseline", "--add"]]
        {
            let (status, _, error) = check(&scratch, arguments);
            assert_eq!(status, 2, "{wrong}");
            assert!(error.contains(told) && error.contains(help), "{told}: {error}");
            assert!(error.contains(FILE), "{error}");
        }
        assert_eq!(read(&scratch, FILE), wrong);
    }
}
