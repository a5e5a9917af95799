//! The forms a git repository can have: each is read, or refused with a reason.

use gatecheck::source::{Content, Entry, Identity, Memory, Node, Selection, Source};

use crate::scratch::{Scratch, describe, each, git_reads, head, path, readers, views};

const FILES: [(&str, &str); 4] =
    [(".work/a.md", "A"), (".work/deep/b.md", "B"), ("e", ""), ("src/c.rs", "C")];

fn filled(options: &[&str]) -> Scratch {
    let scratch = Scratch::with(options);
    for (path, content) in FILES {
        scratch.write(path, content);
    }
    scratch.commit("All");
    scratch
}

fn clone(scratch: &Scratch, options: &[&str]) -> std::path::PathBuf {
    let (from, to) = (format!("file://{}", scratch.root.display()), scratch.beside("clone"));
    let to_name = to.display().to_string();
    scratch.git(&["config", "uploadpack.allowFilter", "true"]);
    scratch.git(&[&["clone", "--quiet"], options, &[&from, &to_name]].concat());
    to
}

fn memory() -> Memory {
    FILES.iter().fold(Memory::default(), |memory, (path, text)| memory.with(path, *text))
}

/// Every view, through each reader, shows all files and nothing else.
fn reads(form: &str, root: &std::path::Path) {
    let memory = memory();
    for source in views(root) {
        let view = source.label();
        assert_eq!(describe(&*source, ""), describe(&memory, ""), "{form}: {view}");
        assert_eq!(source.names(), memory.names(), "{form}: {view}");
        assert_eq!(source.look(&path(".work/deep")), Ok(Some(Node::Folder)), "{form}: {view}");
        assert_eq!(source.look(&path(".work/none")), Ok(None), "{form}: {view}");
        let bytes = source.blob_id(b"A");
        let listed = &source.list(&path(".work/a.md")).expect("a listing")[0];
        assert!(listed.blob.as_ref().is_none_or(|blob| *blob == bytes), "{form}: {view}");
        let history = source.history();
        let tip = history.tip().expect("a commit");
        let journal = history.journal(&[path(".work")]).expect("a journal");
        let author = Identity { name: "A".to_owned(), email: "a@example.org".to_owned() };
        assert_eq!(history.author(&journal.steps[0].commit), Ok(author), "{form}: {view}");
        assert_eq!(history.commit(&tip.0[..9]).expect("a lookup").expect("it").id, tip.0);
    }
}

#[test]
fn references_may_be_tables() {
    if !git_reads() {
        return;
    }
    for options in
        [&["--ref-format=reftable"][..], &["--ref-format=reftable", "--object-format=sha256"]]
    {
        let scratch = filled(options);
        reads("reftable", &scratch.root);
        let (linked, detached) = (scratch.beside("linked"), scratch.beside("detached"));
        let [linked_name, detached_name] =
            [&linked, &detached].map(|one| one.display().to_string());
        scratch.git(&["worktree", "add", "--quiet", "-b", "w", &linked_name]);
        scratch.git(&["worktree", "add", "--quiet", "--detach", &detached_name]);
        reads("worktree of a reftable", &linked);
        reads("detached worktree of a reftable", &detached);
        scratch.git(&["tag", "-m", "One", "v1"]);
        let id = scratch.git(&["rev-parse", "HEAD"]);
        let head = scratch.head();
        for name in ["v1", "main", "w", "@", "HEAD^{commit}", &id, &id[..10]] {
            let found = head.history().resolve(name).expect("a lookup");
            assert_eq!(found.map(|commit| commit.0).as_ref(), Some(&id), "{name}");
        }
    }
}

#[test]
fn an_unborn_reftable_is_unborn() {
    if !git_reads() {
        return;
    }
    let scratch = Scratch::with(&["--ref-format=reftable"]);
    scratch.write("a.md", "a").git(&["add", "a.md"]);
    assert_eq!(scratch.index().names(), Ok(&[path("a.md")][..]));
    assert_eq!(scratch.index().history().tip(), None);
    let failure = scratch.refusal(head());
    assert!(failure.why.contains("no commit yet"), "{failure}");
}

#[test]
fn an_index_may_be_split() {
    if !git_reads() {
        return;
    }
    for version in ["2", "4"] {
        let scratch = filled(&[]);
        scratch.git(&["update-index", "--index-version", version, "--split-index"]);
        reads("split index", &scratch.root);
        scratch.write("e", "staged").write("late", "").git(&["add", "e"]);
        scratch.git(&["add", "--intent-to-add", "late"]);
        scratch.git(&["rm", "--quiet", "--cached", "src/c.rs"]);
        for opened in each(&scratch.root, &Selection::Index) {
            assert_eq!(describe(&*opened.source, "e"), ["e File(6) Tracked \"staged\""]);
            let names = [".work/a.md", ".work/deep/b.md", "e"].map(path);
            assert_eq!(opened.source.names(), Ok(&names[..]));
            assert_eq!(opened.source.look(&path("late")), Ok(None));
        }
    }
}

#[test]
fn an_index_may_be_sparse() {
    if !git_reads() {
        return;
    }
    let scratch = filled(&[]);
    scratch.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "src"]);
    assert!(!scratch.root.join(".work").exists());
    reads("sparse index", &scratch.root);
}

#[test]
fn a_sparse_index_misses_what_its_trees_held() {
    if !git_reads() {
        return;
    }
    let scratch = Scratch::new();
    scratch.write(".work/a.md", "A").write("src/c.rs", "C").commit("All");
    scratch.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "src"]);
    let id = scratch.git(&["rev-parse", "HEAD:.work"]);
    let object = scratch.root.join(".git/objects").join(&id[..2]).join(&id[2..]);
    std::fs::remove_file(object).expect("a loose object");
    for what in [Selection::Index, Selection::WorkingTree] {
        let failure = scratch.refusal(what);
        assert!(failure.why.contains(&id), "{failure}");
        assert!(failure.help.contains("git fetch --refetch --no-filter"), "{}", failure.help);
    }
}

#[test]
fn indexes_hold_more_than_entries() {
    let scratch = filled(&[]);
    scratch.git(&["update-index", "--untracked-cache"]);
    scratch.git(&["-c", "index.skipHash=true", "update-index", "--force-write-index"]);
    reads("untracked cache, no checksum", &scratch.root);
}

#[test]
fn extensions_that_git_knows_are_read() {
    if !git_reads() {
        return;
    }
    for (name, value, options) in [
        ("noop", "true", &[][..]),
        ("preciousObjects", "true", &[]),
        ("worktreeConfig", "true", &[]),
        ("partialClone", "origin", &[]),
        ("compatObjectFormat", "sha1", &["--object-format=sha256"]),
    ] {
        let scratch = filled(options);
        scratch.git(&["config", "core.repositoryFormatVersion", "1"]);
        scratch.git(&["config", &format!("extensions.{name}"), value]);
        reads(name, &scratch.root);
    }
}

#[test]
fn extensions_that_nobody_knows_are_refused() {
    if !git_reads() {
        return;
    }
    let scratch = filled(&[]);
    let config = "[core]\nrepositoryFormatVersion = 1\n[extensions]\nfuture = 1\n";
    scratch.write(".git/config", config);
    for read in readers() {
        let failure = read(&scratch.root, head()).err().expect("a refusal");
        assert!(failure.why.contains("unknown repository extension found: future"), "{failure}");
    }
    let failure = scratch.refusal(head());
    assert_eq!(failure.help, "judge a plain clone of it");
}

#[test]
fn objects_may_be_anywhere() {
    let scratch = filled(&[]);
    scratch.write("e", "1").commit("Two");
    scratch.write("e", "").commit("Three");
    let shared = scratch.beside("shared");
    scratch.git(&["clone", "--quiet", "--shared", ".", &shared.display().to_string()]);
    reads("alternates", &shared);
    scratch.git(&["commit-graph", "write", "--reachable"]);
    reads("commit-graph", &scratch.root);
    scratch.git(&["repack", "--quiet", "-a", "-d"]);
    scratch.git(&["multi-pack-index", "write"]);
    reads("multi-pack-index", &scratch.root);
    scratch.git(&["pack-refs", "--all"]);
    reads("packed references", &scratch.root);
}

#[test]
fn submodules_are_repositories_of_their_own() {
    let (inner, scratch) = (filled(&[]), Scratch::new());
    let address = inner.root.display().to_string();
    scratch.git(&["submodule", "--quiet", "add", &address, "sub"]);
    scratch.commit("Submodule");
    reads("within a submodule", &scratch.root.join("sub"));
    for source in views(&scratch.root) {
        assert_eq!(source.look(&path("sub")), Ok(Some(Node::Submodule)));
        assert_eq!(source.look(&path("sub/e")), Ok(None));
    }
}

#[test]
fn a_shallow_history_ends_at_its_boundary() {
    let scratch = filled(&[]);
    scratch.write("e", "1").commit("Two");
    scratch.write("e", "").commit("Three");
    let shallow = clone(&scratch, &["--depth=1"]);
    for source in views(&shallow) {
        assert_eq!(describe(&*source, ""), describe(&memory(), ""));
        let journal = source.history().journal(&[path("")]).expect("a journal");
        assert!(journal.shallow && journal.steps.is_empty() && source.history().shallow());
    }
}

#[test]
fn what_a_partial_clone_lacks_is_missed_and_never_fetched() {
    let scratch = filled(&[]);
    for marked in [false, true] {
        if marked && !git_reads() {
            return;
        }
        let partial = clone(&scratch, &["--filter=blob:none", "--no-checkout"]);
        if marked {
            scratch.git_in(&partial, &["config", "core.repositoryFormatVersion", "1"]);
            scratch.git_in(&partial, &["config", "extensions.partialClone", "origin"]);
        }
        let id = scratch.git(&["rev-parse", "HEAD:.work/a.md"]);
        for opened in each(&partial, &head()) {
            let listed = opened.source.list(&path("")).expect("names need no contents");
            let nodes: Vec<Node> = listed.iter().map(|entry| entry.node).collect();
            let lacking = Node::File(None);
            assert_eq!(nodes, [lacking, lacking, Node::File(Some(0)), lacking]);
            let failure = opened.source.reader().expect("a reader").read(&listed[0]);
            let failure = failure.expect_err("no content");
            assert!(failure.why.contains(&id), "{failure}");
            assert!(failure.help.contains("git fetch --refetch --no-filter"), "{}", failure.help);
        }
        std::fs::remove_dir_all(&partial).expect("a clone to remove");
        let sparse = clone(&scratch, &["--filter=blob:none", "--sparse"]);
        for what in [Selection::WorkingTree, Selection::Index] {
            for opened in each(&sparse, &what) {
                let listed = opened.source.list(&path(".work/a.md")).expect("a listing");
                assert_eq!(listed[0].node, Node::File(None));
                let read = opened.source.reader().expect("a reader").read(&listed[0]);
                assert!(read.expect_err("no content").why.contains(&id));
                assert_eq!(describe(&*opened.source, "e"), ["e File(0) Tracked \"\""]);
            }
        }
        std::fs::remove_dir_all(&sparse).expect("a clone to remove");
        let treeless = clone(&scratch, &["--filter=tree:0", "--no-checkout"]);
        let id = scratch.git(&["rev-parse", "HEAD^{tree}"]);
        for opened in each(&treeless, &head()) {
            let failure = opened.source.list(&path("")).expect_err("no tree");
            assert!(failure.why.contains(&id), "{failure}");
            opened.source.look(&path("e")).expect_err("no tree");
            opened.source.names().expect_err("no tree");
        }
        std::fs::remove_dir_all(&treeless).expect("a clone to remove");
    }
}

#[test]
fn a_conflict_stops_whoever_looks_there() {
    let scratch = filled(&[]);
    scratch.git(&["checkout", "--quiet", "-b", "side"]);
    scratch.write("e", "side").commit("Side");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.write("e", "main").commit("Main");
    assert!(!scratch.try_git(&scratch.root, &["merge", "side"]).status.success());
    for what in [Selection::Index, Selection::WorkingTree] {
        for opened in each(&scratch.root, &what) {
            let failure = opened.source.list(&path("")).expect_err("a conflict");
            assert_eq!(failure.what, "cannot judge `e`");
            assert!(failure.why.contains("unresolved merge conflict"), "{failure}");
        }
    }
}

#[test]
fn replaced_objects_are_read_as_their_replacements() {
    let tables: &[&str] = if git_reads() { &["--ref-format=reftable"] } else { &[] };
    for options in [&[], tables] {
        let scratch = filled(options);
        let first = scratch.git(&["rev-parse", "HEAD"]);
        let other = scratch.write("e", "other").commit("Other");
        let id = scratch.git(&["rev-parse", "HEAD~1:.work/a.md"]);
        let replaced = scratch.write("new", "replaced").git(&["hash-object", "-w", "new"]);
        scratch.git(&["replace", &id, &replaced]);
        scratch.git(&["replace", "--graft", &other]);
        for opened in each(&scratch.root, &head()) {
            let (source, shown) = (opened.source, [".work/a.md File(8) Tracked \"replaced\""]);
            assert_eq!(describe(&*source, ".work/a.md"), shown);
            let journal = source.history().journal(&[path("")]).expect("a journal");
            assert_eq!(journal.steps.len(), 1);
            let step = &journal.steps[0];
            assert_eq!((step.commit.0.as_str(), &step.parent), (other.as_str(), &None));
            let first = source.history().commit(&first).expect("a lookup").expect("a commit");
            assert_eq!(first.ancestor, Some(false));
            // A journal names what stood there, and its content is the replacement as well.
            let mut entry = source.list(&path(".work/a.md")).expect("a listing").remove(0);
            entry.blob = Some(Memory::default().blob_id(b"A"));
            let content = source.reader().expect("a reader").read(&entry);
            assert_eq!(content, Ok(Content::Bytes(b"replaced".to_vec())));
        }
        scratch.git(&["config", "core.useReplaceRefs", "false"]);
        for opened in each(&scratch.root, &head()) {
            let shown = [".work/a.md File(1) Tracked \"A\""];
            assert_eq!(describe(&*opened.source, ".work/a.md"), shown);
        }
    }
}

#[test]
fn a_damaged_object_stops_one_look_and_not_the_next() {
    let scratch = filled(&[]);
    let id = scratch.git(&["rev-parse", "HEAD:.work/a.md"]);
    let object = scratch.root.join(".git/objects").join(&id[..2]).join(&id[2..]);
    std::fs::remove_file(&object).expect("a loose object");
    std::fs::write(&object, "no object").expect("a damaged object");
    for opened in each(&scratch.root, &head()) {
        let source = opened.source;
        let entry =
            Entry { node: Node::File(None), ..source.list(&path("e")).expect("e").remove(0) };
        let blob = Some(source.blob_id(b"A"));
        let read = source.reader().expect("a reader").read(&Entry { blob, ..entry });
        read.expect_err("a damaged object");
        assert_eq!(describe(&*source, "src"), ["src/c.rs File(1) Tracked \"C\""]);
    }
}
