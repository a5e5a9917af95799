//! Whom git trusts, and that nothing of a repository is ever run.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown, symlink};

use gatecheck::source::Selection;

use crate::hooks::check;
use crate::scratch::{Scratch, describe, each, git_knows, git_reads, head};

/// A repository that belongs to somebody else; nothing where nobody may give files away.
fn foreign() -> Option<Scratch> {
    let scratch = Scratch::new();
    scratch.write("sub/a.md", "a").commit("One");
    fs::create_dir(scratch.beside("home")).expect("a home");
    let given = |path: &str| chown(scratch.root.join(path), Some(12_345), None);
    given(".").and(given(".git")).is_ok().then_some(scratch)
}

const SEEN: [&str; 1] = ["sub/a.md File(1) \"a\""];

#[test]
fn a_repository_of_somebody_else_is_refused() {
    let Some(scratch) = foreign() else { return };
    let home = scratch.beside("home");
    let home = [("HOME", home.to_str().expect("a path"))];
    let top = scratch.root.display().to_string();
    let refused = check(&scratch, ".", "sub", &home);
    assert!(refused[0].ends_with("it belongs to another user"), "{refused:?}");
    let remedy = format!("git config --global --add safe.directory {top}");
    assert!(refused[1].contains(&format!("`{remedy}`")), "{refused:?}");
    for trusted in [&top, "*"] {
        let trusted = format!("[safe]\n\tdirectory = {trusted}\n");
        fs::write(scratch.beside("home/.gitconfig"), trusted).expect("a configuration");
        assert_eq!(check(&scratch, ".", "sub", &home)[1..], SEEN);
    }
}

#[test]
fn what_git_trusts_in_its_own_words_is_trusted() {
    if !git_knows("safe.directory = DIR/*", (2, 46)) {
        return;
    }
    let Some(scratch) = foreign() else { return };
    let home = scratch.beside("home").display().to_string();
    let (top, above) = (scratch.root.display().to_string(), scratch.beside(""));
    let write = |name: &str, trusted: &str| {
        let trusted = format!("[safe]\n\tdirectory = {trusted}\n");
        fs::write(scratch.beside(name), trusted).expect("a configuration");
    };
    for trusted in [format!("{}*", above.display()), format!("{top}/")] {
        write("home/.gitconfig", &trusted);
        assert_eq!(check(&scratch, ".", "sub", &[("HOME", &home)])[1..], SEEN, "{trusted}");
    }
    write("home/.gitconfig", "/nowhere");
    let counted = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", &top),
        ("HOME", &home),
    ];
    assert_eq!(check(&scratch, ".", "sub", &counted)[1..], SEEN);
    write("other", &top);
    let other = scratch.beside("other").display().to_string();
    let global = [("GIT_CONFIG_GLOBAL", other.as_str()), ("HOME", &home)];
    assert_eq!(check(&scratch, ".", "sub", &global)[1..], SEEN);
    let git_dir = scratch.root.join(".git").display().to_string();
    let named = [("GIT_DIR", git_dir.as_str()), ("HOME", &home)];
    assert_eq!(check(&scratch, ".", "sub", &named)[1..], SEEN);
    write("home/.gitconfig", &top);
    let nothing = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("HOME", &home)];
    let refused = check(&scratch, ".", "sub", &nothing);
    assert!(refused[0].ends_with("it belongs to another user"), "{refused:?}");
}

#[test]
fn what_git_distrusts_in_its_own_words_is_distrusted() {
    if !git_reads() {
        return;
    }
    let Some(scratch) = foreign() else { return };
    let (home, top) = (scratch.beside("home"), scratch.root.display().to_string());
    let trusted = format!("[safe]\n\tdirectory = {top}\n");
    fs::write(home.join(".gitconfig"), trusted).expect("a configuration");
    let home = ("HOME", home.to_str().expect("a path"));
    assert_eq!(check(&scratch, ".", "sub", &[home])[1..], SEEN);
    let reset = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", ""),
        home,
    ];
    let refused = check(&scratch, ".", "sub", &reset);
    assert!(refused[0].ends_with("it belongs to another user"), "{refused:?}");
}

#[test]
fn git_is_not_started_where_libgit2_can_read() {
    let scratch = Scratch::new();
    let id = scratch.write("a.md", "a").commit("One");
    let (folder, trace) = (scratch.beside("programs"), scratch.beside("trace"));
    fs::create_dir(&folder).expect("a folder");
    executable(&folder.join("git"), &format!("#!/bin/sh\n: > '{}'\n", trace.display()));
    let path = ("PATH", folder.to_str().expect("a path"));
    for view in ["index", "working tree", "HEAD", &id[..9]] {
        let seen = check(&scratch, ".", ".", &[path, ("GATECHECK_TEST_VIEW", view)]);
        assert_eq!(seen[1..], ["a.md File(1) \"a\""]);
    }
    assert!(!trace.exists());
    scratch.git(&["update-index", "--split-index"]);
    check(&scratch, ".", ".", &[path]);
    assert!(trace.exists(), "a split index is for git");
}

#[test]
fn variables_of_the_caller_change_no_answer() {
    if !git_reads() {
        return;
    }
    let scratch = Scratch::new();
    scratch.write("a.md", "a").write("sub/b.md", "b").write(".gitignore", "*.log\n").commit("One");
    scratch.write("x.log", "x").write("new.md", "n").git(&["update-index", "--split-index"]);
    let view = ("GATECHECK_TEST_VIEW", "working tree");
    let plain = check(&scratch, ".", ".", &[view]);
    assert!(plain.iter().any(|line| line == "x.log File(1) Ignored \"x\""), "{plain:?}");
    for variable in [
        ("GIT_FLUSH", "0"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_PREFIX", "sub/"),
        ("GIT_TRACE", "1"),
        ("GIT_OPTIONAL_LOCKS", "1"),
        ("GIT_PAGER", "false"),
    ] {
        assert_eq!(check(&scratch, ".", ".", &[view, variable]), plain, "{variable:?}");
    }
}

#[test]
fn a_bare_repository_that_git_must_not_find_is_refused() {
    let scratch = Scratch::new();
    let id = scratch.write("a.md", "a").commit("One");
    let (bare, home) = (scratch.root.join("bare.git"), scratch.beside("home"));
    scratch.git(&["clone", "--quiet", "--bare", ".", "bare.git"]);
    fs::create_dir(&home).expect("a home");
    let home = ("HOME", home.to_str().expect("a path"));
    let view = ("GATECHECK_TEST_VIEW", id.as_str());
    let shown = ["a.md File(1) \"a\""];
    assert_eq!(check(&scratch, "bare.git", ".", &[home, view])[1..], shown);
    let explicit = "[safe]\n\tbareRepository = explicit\n";
    fs::write(scratch.beside("home/.gitconfig"), explicit).expect("a configuration");
    let refused = check(&scratch, "bare.git", ".", &[home, view]);
    assert!(refused[0].contains("safe.bareRepository"), "{refused:?}");
    let without_git = check(&scratch, "bare.git", ".", &[home, view, ("PATH", "")]);
    assert_eq!(without_git, refused);
    let named = ("GIT_DIR", bare.to_str().expect("a path"));
    assert_eq!(check(&scratch, ".", ".", &[home, view, named])[1..], shown);
    assert_eq!(check(&scratch, ".git", ".", &[home, view])[1..], shown);
    let counted = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.bareRepository"),
        ("GIT_CONFIG_VALUE_0", "all"),
        home,
        view,
    ];
    if git_reads() {
        assert_eq!(check(&scratch, "bare.git", ".", &counted)[1..], shown);
    }
}

#[test]
fn without_git_its_forms_are_refused_with_a_remedy() {
    let scratch = Scratch::new();
    scratch.write("a/a.md", "").write("b/b.md", "").write("c/c.md", "").commit("One");
    let old = scratch.beside("old");
    fs::create_dir(&old).expect("a folder");
    let script = "#!/bin/sh\necho \"unknown option: $1\" >&2\nexit 129\n";
    executable(&old.join("git"), script);
    let gits = [(String::new(), "install git"), (old.display().to_string(), "update git")];
    let says = |scratch: &Scratch, view: &str, words: [&str; 2]| {
        for (path, remedy) in &gits {
            let variables = [("PATH", path.as_str()), ("GATECHECK_TEST_VIEW", view)];
            let refused = check(scratch, ".", ".", &variables).concat();
            let words = [remedy, words[0], words[1]];
            assert!(words.iter().all(|word| refused.contains(word)), "{refused}");
        }
    };
    scratch.git(&["update-index", "--split-index"]);
    let split = ["split index", "git update-index --no-split-index"];
    says(&scratch, "index", split);
    says(&scratch, "working tree", split);
    scratch.git(&["update-index", "--no-split-index"]);
    scratch.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "a"]);
    says(&scratch, "index", ["sparse index", "git sparse-checkout reapply --no-sparse-index"]);
    scratch.git(&["config", "core.repositoryFormatVersion", "1"]);
    scratch.git(&["config", "extensions.partialClone", "origin"]);
    says(&scratch, "HEAD", ["partial clone", "a clone made without `--filter`"]);
    if git_reads() {
        let tables = Scratch::with(&["--ref-format=reftable"]);
        says(&tables, "HEAD", ["reftable", "git refs migrate --ref-format=files"]);
    }
}

fn executable(path: &std::path::Path, script: &str) {
    fs::write(path, script).expect("a script");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("an executable script");
}

/// Everything that a repository can make git run, each a script that leaves a trace, in a form
/// that git must read.
#[test]
fn nothing_of_a_repository_is_run() {
    if !git_reads() {
        return;
    }
    let scratch = Scratch::new();
    scratch.write("a.md", "a").write("b.md", "b").write(".gitignore", "x").commit("One");
    let trace = scratch.beside("trace");
    let script = format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\nexit 1\n", trace.display());
    let trap = scratch.root.join(".git/trap");
    scratch.git(&["update-index", "--split-index"]);
    executable(&trap, &script);
    executable(&scratch.root.join("git"), &script);
    let hooks = scratch.root.join(".git/hooks");
    fs::create_dir_all(&hooks).expect("a folder for hooks");
    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman"] {
        executable(&hooks.join(hook), &script);
    }
    let trap = trap.display().to_string();
    let shell = format!("!{trap}");
    scratch.write(".git/info/attributes", "*.md filter=trap diff=trap\n");
    for (name, value) in [
        ("core.fsmonitor", &trap),
        ("core.pager", &trap),
        ("core.sshCommand", &trap),
        ("core.gitProxy", &trap),
        ("core.alternateRefsCommand", &trap),
        ("diff.external", &trap),
        ("diff.trap.textconv", &trap),
        ("diff.trap.command", &trap),
        ("filter.trap.clean", &trap),
        ("filter.trap.smudge", &trap),
        ("alias.rev-parse", &shell),
        ("alias.ls-files", &shell),
        ("credential.helper", &trap),
        ("remote.origin.url", &format!("ext::{trap}")),
        ("remote.origin.uploadpack", &trap),
        ("remote.origin.promisor", &"true".to_owned()),
        ("remote.origin.partialCloneFilter", &"blob:none".to_owned()),
        ("protocol.ext.allow", &"always".to_owned()),
    ] {
        // Nothing here may set off the traps before the check does.
        let mut config = fs::read_to_string(scratch.root.join(".git/config")).expect("settings");
        let (section, key) = name.rsplit_once('.').expect("a section and a key");
        let (section, sub) = section.split_once('.').unwrap_or((section, ""));
        let sub = if sub.is_empty() { String::new() } else { format!(" \"{sub}\"") };
        config.push_str(&format!("[{section}{sub}]\n\t{key} = \"{value}\"\n"));
        scratch.write(".git/config", config);
    }
    let before = fs::read(scratch.root.join(".git/index")).expect("an index");
    let path = std::env::var("PATH").expect("a path of commands");
    // Within the repository, leading into it, out of it, and relative to whatever folder.
    let [leading, relative] = ["leading", "relative"].map(|name| scratch.beside(name));
    let out = scratch.root.join(".git/out");
    for folder in [&leading, &relative, &out] {
        fs::create_dir(folder).expect("a folder");
    }
    symlink(scratch.root.join("git"), leading.join("git")).expect("a link");
    executable(&relative.join("git"), &script);
    symlink(relative.join("git"), out.join("git")).expect("a link");
    let folders = [&scratch.root, &leading, &out].map(|folder| folder.display().to_string());
    let path = format!("{}:../relative:{path}", folders.join(":"));
    for view in ["index", "working tree", "HEAD"] {
        let seen = check(&scratch, ".", ".", &[("PATH", &path), ("GATECHECK_TEST_VIEW", view)]);
        assert!(seen.contains(&"b.md File(1) \"b\"".to_owned()), "{seen:?}");
    }
    fs::remove_file(scratch.root.join(".git/objects/2e/65efe2a145dda7ee51d1741299f848e5bf752e"))
        .expect("the content of a.md, which a partial clone would fetch");
    for what in [Selection::Index, Selection::WorkingTree, head()] {
        for opened in each(&scratch.root, &what) {
            assert_eq!(describe(&*opened.source, "b.md"), ["b.md File(1) Tracked \"b\""]);
            assert_eq!(opened.source.history().commit(&"1".repeat(40)), Ok(None));
            let entries = opened.source.list(&gatecheck::base::RepoPath::new("a.md"));
            let entry = &entries.expect("a listing")[0];
            let content = opened.source.reader().expect("a reader").read(entry);
            assert_eq!(content.is_ok(), what == Selection::WorkingTree);
        }
    }
    assert!(!trace.exists(), "{}", fs::read_to_string(&trace).unwrap_or_default());
    assert_eq!(fs::read(scratch.root.join(".git/index")).expect("an index"), before);
}
