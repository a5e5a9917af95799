//! Equal content looks equal in every view; what differs between views differs as it should.

use gatecheck::source::{Memory, Node, Selection, Source, Tracking};

use crate::scratch::{Scratch, describe, each, head, names, path, views};

const FILES: [(&str, &str); 4] = [
    ("README.md", "# Top\n"),
    (".work/ARCHITECTURE.md", "# Architecture\n"),
    (".work/a b/täst.md", "x"),
    (".work/a.md", ""),
];

fn filled(options: &[&str]) -> Scratch {
    let scratch = Scratch::with(options);
    for (path, content) in FILES {
        scratch.write(path, content);
    }
    scratch.commit("All");
    scratch
}

fn agree(source: &dyn Source) {
    let memory =
        FILES.iter().fold(Memory::default(), |memory, (path, text)| memory.with(path, *text));
    for folder in ["", ".work", ".work/a b", ".work/a.md", ".wor", ".work/a.md/x"] {
        assert_eq!(describe(source, folder), describe(&memory, folder), "{folder}");
        assert_eq!(source.look(&path(folder)), memory.look(&path(folder)), "{folder}");
    }
    assert_eq!(source.look(&path(".WORK/a.md")), Ok(None));
    assert_eq!(source.look(&path(".git/HEAD")), Ok(None));
    assert_eq!(source.look(&path(".work/a.md")), Ok(Some(Node::File(Some(0)))));
    assert_eq!(source.names(), memory.names());
}

#[test]
fn equal_content_looks_equal_in_every_view() {
    for options in [&[][..], &["--object-format=sha256"]] {
        let scratch = filled(options);
        for source in views(&scratch.root) {
            agree(source.as_ref());
        }
        let (linked, bare) = (scratch.beside("linked"), scratch.beside("bare.git"));
        scratch.git(&["worktree", "add", "--quiet", "--detach", &linked.display().to_string()]);
        scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
        scratch.git_in(&bare, &["repack", "-a", "-d", "--quiet"]);
        for source in views(&linked) {
            agree(source.as_ref());
        }
        for opened in each(&bare, &head()) {
            agree(opened.source.as_ref());
        }
    }
}

#[test]
fn index_versions_read_alike() {
    for version in ["2", "3", "4"] {
        let scratch = filled(&[]);
        scratch.git(&["update-index", "--index-version", version]);
        for source in views(&scratch.root) {
            agree(source.as_ref());
        }
    }
}

#[test]
fn the_index_is_judged_by_what_is_staged() {
    let scratch = filled(&[]);
    scratch.write(".work/a.md", "staged").git(&["add", ".work/a.md"]);
    scratch.write(".work/a.md", "on disk").remove(".work/ARCHITECTURE.md");
    scratch.write(".work/new.md", "new");
    for opened in each(&scratch.root, &Selection::Index) {
        assert_eq!(
            describe(opened.source.as_ref(), ".work"),
            [
                ".work/ARCHITECTURE.md File(15) Tracked \"# Architecture\\n\"",
                ".work/a b/täst.md File(1) Tracked \"x\"",
                ".work/a.md File(6) Tracked \"staged\"",
            ]
        );
    }
    for opened in each(&scratch.root, &Selection::WorkingTree) {
        assert_eq!(
            describe(opened.source.as_ref(), ".work"),
            [
                ".work/a b/täst.md File(1) Tracked \"x\"",
                ".work/a.md File(7) Tracked \"on disk\"",
                ".work/new.md File(3) Untracked \"new\"",
            ]
        );
    }
    assert_eq!(
        describe(scratch.head().as_ref(), ".work/a.md"),
        [".work/a.md File(0) Tracked \"\""]
    );
}

#[test]
fn the_working_tree_knows_what_the_next_clone_will_lack() {
    let scratch = filled(&[]);
    scratch.write(".gitignore", "*.log\nout/\n.work/tracked.log\n!keep.log\n");
    scratch.write(".work/x.log", "").write(".work/out/deep/y.md", "").write(".work/keep.log", "");
    scratch.write(".work/tracked.log", "").git(&["add", "--force", ".work/tracked.log"]);
    let expected = [
        (".work/ARCHITECTURE.md", Tracking::Tracked),
        (".work/a.md", Tracking::Tracked),
        (".work/keep.log", Tracking::Untracked),
        (".work/out/deep/y.md", Tracking::Ignored),
        (".work/tracked.log", Tracking::Tracked),
        (".work/x.log", Tracking::Ignored),
    ];
    scratch.write(":!x.log", "").write(":!x.md", "");
    for opened in each(&scratch.root, &Selection::WorkingTree) {
        assert_eq!(opened.source.look(&path(":!x.log")), Ok(None));
        assert_eq!(opened.source.look(&path(":!x.md")), Ok(Some(Node::File(Some(0)))));
        let entries = opened.source.list(&path(".work")).expect("a listing");
        let unlike = entries.iter().filter(|entry| entry.path.name() != "täst.md");
        let tracking: Vec<_> = unlike.map(|entry| (entry.path.as_str(), entry.tracking)).collect();
        assert_eq!(tracking, expected);
    }
}

#[test]
fn labels_name_the_view() {
    let scratch = filled(&[]);
    let id = scratch.git(&["rev-parse", "HEAD"]);
    scratch.git(&["tag", "-m", "One", "v1.0"]);
    let labels = |what: &str| {
        let opened = each(&scratch.root, &Selection::Revision(what.to_owned()));
        let mut labels: Vec<_> = opened.iter().map(|opened| opened.source.label()).collect();
        labels.dedup();
        labels.concat()
    };
    assert_eq!(labels("HEAD"), format!("HEAD ({})", &id[..7]));
    assert_eq!(labels("v1.0"), format!("v1.0 ({})", &id[..7]));
    assert_eq!(labels(&id), id[..7]);
    assert_eq!(labels(&id[..12]), id[..7]);
    assert_eq!(scratch.worktree().label(), "working tree");
    assert_eq!(scratch.index().label(), "index");
}

#[test]
fn the_prefix_is_where_the_search_began() {
    let scratch = filled(&[]);
    let opened = |folder: &str, what| each(&scratch.root.join(folder), &what);
    for opened in opened(".work/a b", Selection::Index) {
        assert_eq!(opened.prefix, path(".work/a b"));
        assert_eq!(opened.root_display, scratch.root.display().to_string());
    }
    for opened in opened("", head()).into_iter().chain(opened(".git", Selection::Index)) {
        assert_eq!(opened.prefix, path(""));
        assert_eq!(opened.root_display, scratch.root.display().to_string());
    }
}

#[cfg(unix)]
#[test]
fn links_are_listed_and_never_followed() {
    let scratch = filled(&[]);
    std::os::unix::fs::symlink(".work", scratch.root.join("link")).expect("a link");
    std::os::unix::fs::symlink("a.md", scratch.root.join(".work/z.md")).expect("a link");
    scratch.commit("Links");
    for source in views(&scratch.root) {
        assert_eq!(source.look(&path("link")), Ok(Some(Node::Symlink)));
        assert_eq!(source.look(&path("link/a.md")), Ok(None));
        assert_eq!(names(source.as_ref(), "link"), ["link"]);
        assert!(names(source.as_ref(), "link/a b").is_empty());
        let last = describe(source.as_ref(), ".work").pop();
        let reason = "it is a symbolic link, and links are not followed";
        assert_eq!(last, Some(format!(".work/z.md Symlink Tracked {reason}")));
    }
}
