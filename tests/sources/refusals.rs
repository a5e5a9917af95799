//! What cannot be judged says so, says why, and says what to do.

use std::fs;

use gatecheck::source::{self, Content, Node, Selection, SourceKind};

use crate::scratch::{Scratch, head, open, path, readers, views};

#[test]
fn an_unborn_branch_is_an_error_for_revisions_only() {
    let scratch = Scratch::new();
    scratch.write("a.md", "a").git(&["add", "a.md"]);
    assert_eq!(scratch.index().names(), Ok(&[path("a.md")][..]));
    assert_eq!(scratch.worktree().list(&path("")).expect("a listing").len(), 1);
    assert_eq!(scratch.worktree().history().journal(&[path("")]), Ok(source::Journal::default()));
    assert_eq!(scratch.worktree().history().standing(&[path("")]), Ok(Vec::new()));
    let failure = scratch.refusal(head());
    assert_eq!(
        failure.to_string(),
        "cannot judge the revision `HEAD`: the current branch has no commit yet"
    );
}

#[test]
fn a_bare_repository_has_commits_only() {
    let scratch = Scratch::with(&["--bare"]);
    for what in [Selection::WorkingTree, Selection::Index] {
        let failure = scratch.refusal(what);
        assert!(failure.why.contains("bare repository"), "{failure}");
        assert!(failure.help.contains("--rev HEAD"), "{}", failure.help);
    }
}

#[test]
fn a_conflict_matters_where_one_looks() {
    let scratch = Scratch::new();
    scratch.write("a/x.md", "base").write("b/y.md", "fine").commit("Base");
    scratch.git(&["checkout", "--quiet", "-b", "side"]);
    scratch.write("a/x.md", "side").commit("Side");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.write("a/x.md", "main").commit("Main");
    let merge = scratch.try_git(&scratch.root, &["merge", "side"]);
    assert!(!merge.status.success(), "the merge should conflict");
    for source in [scratch.index(), scratch.worktree()] {
        let failure = source.list(&path("a")).expect_err("a conflict");
        assert!(failure.to_string().contains("`a/x.md`"), "{failure}");
        source.look(&path("a/x.md")).expect_err("a conflict");
        assert_eq!(source.list(&path("b")).expect("no conflict here").len(), 1);
        assert_eq!(source.names(), Ok(&[path("a/x.md"), path("b/y.md")][..]));
    }
}

#[test]
fn a_folder_without_repository_says_so() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let failure = source::open(folder.path(), head()).err().expect("no repository");
    assert!(failure.to_string().starts_with("there is no git repository at"), "{failure}");
    let failure = source::open(&folder.path().join("none"), head()).err().expect("no folder");
    assert!(failure.to_string().starts_with("cannot look for a repository at"), "{failure}");
}

#[test]
fn a_revision_that_names_nothing_says_so() {
    let scratch = Scratch::new();
    scratch.commit("One");
    let names =
        ["nowhere", "HEAD~7", "0123456789", "", "HEAD:", "HEAD^{tree}", "-h", "--all", "a\nb"];
    for written in names {
        let failures = readers().into_iter().map(|read| {
            let read = read(&scratch.root, Selection::Revision(written.to_owned()));
            read.err().expect("a refusal")
        });
        let failures: Vec<_> = failures.collect();
        for failure in &failures {
            assert_eq!(*failure, failures[0]);
            assert_eq!(failure.what, format!("cannot judge the revision `{written}`"));
            assert!(!failure.why.is_empty() && !failure.help.is_empty());
        }
    }
    open(&scratch.root, head());
}

#[test]
fn a_damaged_index_is_no_empty_index() {
    let scratch = Scratch::new();
    scratch.write("a.md", "").commit("One");
    let index = scratch.root.join(".git/index");
    let bytes = fs::read(&index).expect("an index");
    for length in 0..bytes.len() {
        fs::write(&index, &bytes[..length]).expect("a cut index");
        match source::open(&scratch.root, Selection::Index) {
            Ok(opened) => assert_eq!(opened.source.names(), Ok(&[path("a.md")][..])),
            Err(failure) => assert!(failure.why.contains("damaged"), "{failure}"),
        }
    }
    fs::remove_file(&index).expect("an index to remove");
    assert!(scratch.index().names().expect("nothing staged").is_empty());
}

#[test]
fn a_missing_object_is_never_a_pass() {
    let scratch = Scratch::new();
    scratch.write("a/a.md", "a").write("b/b.md", "b").commit("One");
    let remove = |name: &str| {
        let id = scratch.git(&["rev-parse", name]);
        let object = scratch.root.join(".git/objects").join(&id[..2]).join(&id[2..]);
        fs::remove_file(object).expect("a loose object");
    };
    let entries = scratch.head().list(&path("a")).expect("a listing");
    remove("HEAD:a/a.md");
    let views = views(&scratch.root).into_iter();
    for source in views.filter(|source| source.kind() != SourceKind::WorkingTree) {
        assert_eq!(source.look(&path("a/a.md")), Ok(Some(Node::File(None))));
        assert_eq!(source.list(&path("a")).expect("a listing")[0].node, Node::File(None));
        let failure = source.reader().expect("a reader").read(&entries[0]);
        let failure = failure.expect_err("a missing blob");
        assert_eq!(failure.what, "cannot read `a/a.md`");
        assert!(failure.why.contains("lacks an object"), "{failure}");
        assert_eq!(source.list(&path("b")).expect("all is there").len(), 1);
    }
    let worktree = scratch.worktree();
    let disk = &worktree.list(&path("a")).expect("files need no objects")[0];
    let content = worktree.reader().expect("a reader").read(disk);
    assert_eq!(content, Ok(Content::Bytes(b"a".to_vec())));

    remove("HEAD:a");
    scratch.head().list(&path("a")).expect_err("a missing tree");
    scratch.head().look(&path("a/a.md")).expect_err("a missing tree");
    let failure = scratch.head().history().journal(&[path("a")]).expect_err("a missing tree");
    assert!(failure.what.contains(&scratch.git(&["rev-parse", "HEAD"])), "{failure}");
    assert!(failure.why.contains("cannot read `a`"), "{failure}");
    assert_eq!(scratch.head().list(&path("b")).expect("all is there").len(), 1);
    remove("HEAD^{tree}");
    scratch.head().list(&path("b")).expect_err("a missing top");
    remove("HEAD");
    assert!(scratch.refusal(head()).why.contains("lacks an object"));
}

#[test]
fn a_partial_clone_lacks_contents_and_says_so() {
    let scratch = Scratch::new();
    scratch.write("a.md", "a").write("b.md", "").commit("One");
    scratch.git(&["config", "uploadpack.allowFilter", "true"]);
    let (address, target) =
        (format!("file://{}", scratch.root.display()), scratch.beside("partial"));
    let target_name = target.display().to_string();
    scratch.git(&["clone", "--quiet", "--bare", "--filter=blob:none", &address, &target_name]);
    let source = open(&target, head()).source;
    let entries = source.list(&path("")).expect("names need no contents");
    let nodes: Vec<Node> = entries.iter().map(|entry| entry.node).collect();
    assert_eq!(nodes, [Node::File(None), Node::File(Some(0))]);
    let failure = source.reader().expect("a reader").read(&entries[0]).expect_err("no content");
    assert!(failure.help.contains("--no-filter"), "{}", failure.help);
}
