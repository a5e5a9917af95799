//! What few repositories hold and every view must survive.

use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::time::{Duration, SystemTime};

use gatecheck::source::{Content, LARGEST, Memory, Node, Selection, Source, Tracking};

use crate::scratch::{Scratch, describe, each, head, names, open, path, views};

#[test]
fn submodules_are_listed_and_never_entered() {
    let (inner, scratch) = (Scratch::new(), Scratch::new());
    inner.write("inside.md", "").commit("Inside");
    let address = inner.root.display().to_string();
    scratch.git(&["submodule", "--quiet", "add", &address, ".work/sub"]);
    scratch.commit("Submodule");
    scratch.git(&["init", "--quiet", ".work/nested"]);
    scratch.write(".work/nested/x.md", "");
    for source in views(&scratch.root) {
        assert_eq!(source.look(&path(".work/sub")), Ok(Some(Node::Submodule)));
        assert_eq!(source.look(&path(".work/sub/inside.md")), Ok(None));
        assert_eq!(names(source.as_ref(), ".work/sub"), [".work/sub"]);
        assert!(names(source.as_ref(), ".work/sub/inside.md").is_empty());
        let submodule = &source.list(&path(".work/sub")).expect("a listing")[0];
        assert_eq!(submodule.blob, None);
        let content = source.reader().expect("a reader").read(submodule);
        assert!(matches!(content, Ok(Content::Unreadable(_))), "{content:?}");
    }
    let nested = scratch.worktree().list(&path(".work/nested")).expect("a listing");
    assert_eq!((nested[0].node, nested[0].tracking), (Node::Submodule, Tracking::Untracked));

    let within = open(&scratch.root.join(".work/sub"), head());
    assert_eq!(names(within.source.as_ref(), ""), ["inside.md"]);
    scratch.git(&["submodule", "--quiet", "deinit", "--force", ".work/sub"]);
    assert_eq!(scratch.worktree().look(&path(".work/sub")), Ok(Some(Node::Submodule)));
    let around = open(&scratch.root.join(".work/sub"), Selection::WorkingTree);
    assert_eq!(around.prefix, path(".work/sub"));
}

#[test]
fn a_repository_made_over_tracked_files_hides_nothing() {
    let scratch = Scratch::new();
    scratch.write(".work/a.md", "").commit("Files");
    scratch.git(&["init", "--quiet", ".work"]);
    assert_eq!(names(scratch.worktree().as_ref(), ""), [".work/a.md"]);
    assert_eq!(scratch.worktree().look(&path(".work")), Ok(Some(Node::Folder)));
}

#[test]
fn names_are_bytes() {
    let scratch = Scratch::new();
    let raw: [&[u8]; 4] = [b"a\nb.md", b"esc\x1b[31m.md", b"q\"uo\te.md", b"\xff\xfe.md"];
    for name in raw {
        let path = scratch.root.join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, name).expect("a new file");
    }
    scratch.commit("Names");
    for source in views(&scratch.root) {
        let (entries, mut reader) = (source.list(&path("")).expect("a listing"), source.reader());
        assert_eq!(entries.len(), 4);
        for (entry, name) in entries.iter().zip(raw) {
            assert_eq!(entry.raw, name);
            let content = reader.as_mut().expect("a reader").read(entry);
            assert_eq!(content, Ok(Content::Bytes(name.to_vec())));
        }
        assert_eq!(entries[3].path.as_str(), "\u{fffd}\u{fffd}.md");
        assert_eq!(source.look(&path("a\nb.md")), Ok(Some(Node::File(Some(6)))));
    }
}

#[test]
fn paths_that_no_disk_can_hold_are_absent() {
    let scratch = Scratch::new();
    scratch.write("a/b.md", "").commit("One");
    let long = "x".repeat(5000);
    for source in views(&scratch.root) {
        for written in ["a/\0", "a/b\0.md", "a/b.md/c", &long, &format!("a/{long}")] {
            assert_eq!(source.look(&path(written)), Ok(None), "{written:?}");
            assert!(names(source.as_ref(), written).is_empty(), "{written:?}");
        }
    }
}

#[test]
fn an_announced_file_is_not_staged() {
    let scratch = Scratch::new();
    scratch.write("a.md", "").commit("One");
    scratch.write("new/b.md", "text").git(&["add", "--intent-to-add", "new/b.md"]);
    for opened in each(&scratch.root, &Selection::Index) {
        assert_eq!(names(&*opened.source, ""), ["a.md"]);
        assert_eq!(opened.source.look(&path("new/b.md")), Ok(None));
        assert_eq!(opened.source.look(&path("new")), Ok(None));
    }
    for opened in each(&scratch.root, &Selection::WorkingTree) {
        let entry = &opened.source.list(&path("new")).expect("a listing")[0];
        assert_eq!(entry.tracking, Tracking::Untracked);
    }
}

#[test]
fn a_sparse_checkout_hides_nothing() {
    let scratch = Scratch::new();
    scratch.write(".work/deep/a.md", "A").write("src/b.rs", "B").commit("Both");
    let before: Vec<_> =
        views(&scratch.root).iter().map(|source| describe(source.as_ref(), "")).collect();
    scratch.git(&["sparse-checkout", "set", "--no-sparse-index", "src"]);
    assert!(!scratch.root.join(".work").exists());
    let after: Vec<_> =
        views(&scratch.root).iter().map(|source| describe(source.as_ref(), "")).collect();
    assert_eq!(before, after);
    let worktree = scratch.worktree();
    assert_eq!(worktree.look(&path(".work/deep")), Ok(Some(Node::Folder)));
    assert_eq!(worktree.look(&path(".work/deep/a.md")), Ok(Some(Node::File(Some(1)))));
    assert_eq!(worktree.look(&path(".work/deep/b.md")), Ok(None));
}

#[test]
fn an_asked_folder_may_be_anything() {
    let scratch = Scratch::new();
    scratch.write("docs/a.md", "").write("file", "");
    symlink("docs", scratch.root.join(".work")).expect("a link");
    scratch.commit("Link");
    for source in views(&scratch.root) {
        assert_eq!(source.look(&path(".work")), Ok(Some(Node::Symlink)));
        assert_eq!(source.look(&path("file")), Ok(Some(Node::File(Some(0)))));
        assert_eq!(source.look(&path("")), Ok(Some(Node::Folder)));
        assert_eq!(names(source.as_ref(), "file"), ["file"]);
        assert!(names(source.as_ref(), "nowhere").is_empty());
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let scratch = Scratch::new();
    scratch.write("gone.md", "").write("folder.md", "").write("grown.md", "").write("kept.md", "k");
    File::create(scratch.root.join("huge.md")).and_then(|file| file.set_len(LARGEST + 1)).unwrap();
    let source = scratch.worktree();
    let entries = source.list(&path("")).expect("a listing");
    scratch.remove("gone.md").remove("folder.md");
    fs::create_dir(scratch.root.join("folder.md")).expect("a folder");
    File::create(scratch.root.join("grown.md")).and_then(|file| file.set_len(LARGEST + 1)).unwrap();
    let mut reader = source.reader().expect("a reader");
    let read: Vec<_> = entries.iter().map(|entry| reader.read(entry).expect("content")).collect();
    let unreadable = |reason: &str| Content::Unreadable(reason.to_owned());
    let removed = unreadable("it was removed during the check");
    let large = unreadable("it is larger than 64 mebibytes");
    let kept = Content::Bytes(b"k".to_vec());
    assert_eq!(read, [removed.clone(), removed, large.clone(), large, kept]);
}

#[test]
fn what_git_knows_to_be_unchanged_is_not_hashed_again() {
    let scratch = Scratch::new();
    let set = |time: SystemTime| {
        let file = File::options().write(true).open(scratch.root.join("a.md"));
        file.and_then(|file| file.set_modified(time)).expect("a file with a time");
    };
    let id_of_new = || {
        let source = scratch.worktree();
        let entry = source.list(&path("a.md")).expect("a listing").remove(0);
        source.id_of(&entry, b"new")
    };
    let (old, new) = [b"old", b"new"].map(|bytes| Memory::default().blob_id(bytes)).into();
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    scratch.write("a.md", "old");
    set(past);
    scratch.commit("File");
    assert_eq!(id_of_new(), old);
    // Neither its size nor when it was written tells that it was changed.
    scratch.write("a.md", "new");
    set(past);
    assert_eq!(id_of_new(), new);
    // It may have been changed after git looked at it, and before git wrote that down.
    scratch.write("a.md", "old");
    set(SystemTime::now() + Duration::from_secs(3600));
    scratch.commit("Younger than the index");
    assert_eq!(id_of_new(), new);
}

#[test]
fn sockets_and_pipes_are_no_files() {
    let scratch = Scratch::new();
    let _socket = std::os::unix::net::UnixListener::bind(scratch.root.join("s")).expect("a socket");
    assert_eq!(scratch.worktree().look(&path("s")), Ok(Some(Node::Other)));
    let entry = &scratch.worktree().list(&path("")).expect("a listing")[0];
    assert_eq!(entry.node, Node::Other);
}

#[test]
fn spelling_counts_on_disks_that_fold_case() {
    let scratch = Scratch::new();
    scratch.write(".work/Plan.md", "").commit("One");
    scratch.git(&["config", "core.ignoreCase", "true"]);
    for source in views(&scratch.root) {
        assert_eq!(source.look(&path(".work/Plan.md")), Ok(Some(Node::File(Some(0)))));
        assert_eq!(source.look(&path(".work/plan.md")), Ok(None));
        assert_eq!(source.look(&path(".WORK")), Ok(None));
    }
}

#[test]
fn content_is_what_git_stores_whatever_filters_say() {
    let scratch = Scratch::new();
    scratch
        .write(".gitattributes", "*.md text eol=crlf\n")
        .write("a.md", "a\r\nb\r\n")
        .commit("One");
    assert_eq!(describe(scratch.head().as_ref(), "a.md"), ["a.md File(4) Tracked \"a\\nb\\n\""]);
    assert_eq!(describe(scratch.index().as_ref(), "a.md"), ["a.md File(4) Tracked \"a\\nb\\n\""]);
    let disk = describe(scratch.worktree().as_ref(), "a.md");
    assert_eq!(disk, ["a.md File(6) Tracked \"a\\r\\nb\\r\\n\""]);
}

#[test]
fn memory_is_built_step_by_step() {
    let memory = Memory::default()
        .with("a/b.md", "text")
        .tracked("a/c.md", "", Tracking::Ignored)
        .with_node("a/d", Node::Symlink)
        .with("e/f.md", "")
        .without("e");
    let lines = describe(&memory, "a");
    assert_eq!(lines[..2], ["a/b.md File(4) Tracked \"text\"", "a/c.md File(0) Ignored \"\""]);
    assert!(lines[2].starts_with("a/d Symlink Tracked"));
    assert_eq!(memory.names(), Ok(&[path("a/b.md"), path("a/d")][..]));
    assert_eq!(memory.look(&path("e")), Ok(None));
    assert_eq!(memory.look(&path("a/b.md/x")), Ok(None));
}
