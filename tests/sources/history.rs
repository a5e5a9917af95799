//! What earlier commits tell: paths that are gone, commits that evidence names.

use std::fs;

use gatecheck::base::RepoPath;
use gatecheck::source::{CommitId, CommitInfo, Gone, Memory, Selection, Source};

use crate::scratch::{Scratch, each, head, path, views};

/// What is gone, and whether there may be more behind a shallow boundary.
fn past(source: &dyn Source, paths: &[&str]) -> (Vec<Gone>, bool) {
    let paths: Vec<RepoPath> = paths.iter().map(|written| path(written)).collect();
    let listed: Vec<_> =
        paths.iter().flat_map(|path| source.list(path).expect("a listing")).collect();
    let history = source.history();
    let journal = history.journal(&paths).expect("a history");
    let standing = history.standing(&paths).expect("a tree");
    (journal.gone(history.tip().as_ref(), standing, &listed), journal.shallow)
}

/// The gone paths and the first seven characters of the commits that had them last.
fn gone(source: &dyn Source, paths: &[&str]) -> Vec<(String, String)> {
    let (gone, shallow) = past(source, paths);
    assert!(!shallow);
    let short = |gone: &Gone| source.history().short(&gone.commit);
    gone.iter().map(|gone| (gone.path.to_string(), short(gone))).collect()
}

fn pair(path: &str, commit: &str) -> (String, String) {
    (path.to_owned(), commit[..7].to_owned())
}

#[test]
fn withdrawn_files_are_remembered() {
    let scratch = Scratch::new();
    scratch.write("src/x.rs", "").commit("Before");
    scratch.write(".work/a.md", "a").write(".work/d/b.md", "b").write(".work/d/c.md", "c");
    let first = scratch.commit("Documents");
    scratch.git(&["rm", "--quiet", ".work/d/b.md", "src/x.rs"]);
    scratch.write(".work/a.md", "changed");
    let second = scratch.commit("Withdraw one");
    scratch.git(&["rm", "--quiet", "-r", ".work/d"]);
    scratch.write(".work/d", "now a file");
    let third = scratch.commit("Withdraw the folder");

    let before = [pair(".work/d/b.md", &first), pair(".work/d/c.md", &second)];
    assert_eq!(gone(scratch.head().as_ref(), &[".work"]), before);
    assert_eq!(gone(scratch.index().as_ref(), &[".work"]), before);
    assert_eq!(gone(scratch.head().as_ref(), &[".work/d"]), before);
    assert_eq!(gone(scratch.head().as_ref(), &["src", ".work/a.md"]), [pair("src/x.rs", &first)]);
    assert_eq!(
        gone(scratch.open(Selection::Revision(second)).source.as_ref(), &[".work"]),
        before[..1]
    );

    scratch.remove(".work/a.md").write(".work/new.md", "");
    let after = [&[pair(".work/a.md", &third)], &before[..]].concat();
    assert_eq!(gone(scratch.worktree().as_ref(), &[".work"]), after);
    assert_eq!(gone(scratch.index().as_ref(), &[".work"]), before);
    scratch.git(&["rm", "--quiet", "--cached", ".work/a.md"]);
    assert_eq!(gone(scratch.index().as_ref(), &[".work"]), after);
}

#[test]
fn a_file_that_came_back_is_not_gone() {
    let scratch = Scratch::new();
    scratch.write(".work/a.md", "1").commit("One");
    scratch.git(&["rm", "--quiet", "-r", ".work"]);
    scratch.commit("None");
    assert_eq!(gone(scratch.head().as_ref(), &[".work"]).len(), 1);
    scratch.write(".work/a.md", "2").commit("Back");
    assert_eq!(gone(scratch.head().as_ref(), &[".work"]), []);
}

#[test]
fn only_the_first_parent_counts() {
    let scratch = Scratch::new();
    scratch.write(".work/a.md", "").commit("Main");
    scratch.git(&["checkout", "--quiet", "-b", "side"]);
    scratch.write(".work/draft.md", "").commit("Draft");
    scratch.git(&["rm", "--quiet", ".work/draft.md"]);
    scratch.write(".work/b.md", "").commit("No draft");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", "side"]);
    assert_eq!(gone(scratch.head().as_ref(), &[".work"]), []);
}

#[test]
fn a_shallow_history_says_so() {
    let scratch = Scratch::new();
    scratch.write(".work/a.md", "").write(".work/b.md", "").commit("One");
    scratch.git(&["rm", "--quiet", ".work/a.md"]);
    let second = scratch.commit("Two");
    scratch.git(&["rm", "--quiet", ".work/b.md"]);
    scratch.commit("Three");
    let (shallow, linked) = (scratch.beside("shallow"), scratch.beside("shallow-linked"));
    let address = format!("file://{}", scratch.root.display());
    let target = shallow.display().to_string();
    scratch.git(&["clone", "--quiet", "--depth=2", &address, &target]);
    scratch.git_in(
        &shallow,
        &["worktree", "add", "--quiet", "-b", "w", &linked.display().to_string()],
    );
    for folder in [&shallow, &linked] {
        for source in views(folder) {
            let past = past(source.as_ref(), &[".work"]);
            let expected = Gone { path: path(".work/b.md"), commit: CommitId(second.clone()) };
            assert_eq!(past, (vec![expected], true));
            assert!(source.history().shallow());
            assert_eq!(source.history().commit("0123456789"), Ok(None));
            let known = source.history().commit(&second).expect("a lookup");
            assert_eq!(known, Some(CommitInfo { id: second.clone(), ancestor: Some(true) }));
        }
    }
    assert!(!scratch.head().history().shallow());
}

#[test]
fn removing_everything_for_a_while_is_no_way_out() {
    let scratch = Scratch::new();
    scratch.write(".work/evidence.md", "").commit("One");
    scratch.git(&["rm", "--quiet", "-r", ".work"]);
    scratch.write("other", "").commit("Two");
    scratch.commit("Three");
    scratch.write(".work/plan.md", "").commit("Four");
    assert_eq!(gone(scratch.head().as_ref(), &[".work"]).len(), 1);
}

#[test]
fn commits_are_known_by_their_abbreviations() {
    for options in [&[][..], &["--object-format=sha256"]] {
        let scratch = Scratch::with(options);
        let first = scratch.write("a", "1").commit("One");
        let second = scratch.write("a", "2").commit("Two");
        scratch.git(&["checkout", "--quiet", "-b", "side", &first]);
        let aside = scratch.write("a", "3").commit("Aside");
        scratch.git(&["checkout", "--quiet", "main"]);
        let known = |id: &str, ancestor| {
            Ok(Some(CommitInfo { id: id.to_owned(), ancestor: Some(ancestor) }))
        };
        for source in views(&scratch.root) {
            assert_eq!(source.history().commit(&first), known(&first, true));
            assert_eq!(source.history().commit(&first[..8]), known(&first, true));
            assert_eq!(source.history().commit(&second[..7].to_uppercase()), known(&second, true));
            assert_eq!(source.history().commit(&aside[..9]), known(&aside, false));
            let blob = scratch.git(&["rev-parse", "HEAD:a"]);
            for unknown in ["", "abc", "master", &blob, &"0".repeat(40), &"1".repeat(65)] {
                assert_eq!(source.history().commit(unknown), Ok(None), "{unknown}");
            }
        }
        let earlier = scratch.open(Selection::Revision(first.clone())).source;
        assert_eq!(earlier.history().commit(&second), known(&second, false));
        let unborn = Memory::default().with_commit(&first, None);
        assert_eq!(
            unborn.history().commit(&first[..7]).expect("a lookup").expect("a commit").id,
            first
        );
    }
}

#[test]
fn an_ambiguous_abbreviation_counts_as_known() {
    let scratch = Scratch::new();
    let id = scratch.commit("One");
    // Blobs enough that one of them begins like the commit does.
    let batch = (0..200_000).find_map(|number| {
        let content = format!("{number}\n");
        let blob = blob_id(&content);
        (blob[..4] == id[..4]).then_some(content)
    });
    scratch.write("twin", batch.expect("one in 65536")).git(&["hash-object", "-w", "twin"]);
    // A branch may have such a name, and is no abbreviation.
    scratch.git(&["branch", &id[..5]]);
    scratch.git(&["branch", "abcdef0"]);
    for opened in each(&scratch.root, &head()) {
        let history = opened.source.history();
        let known = history.commit(&id[..4]).expect("a lookup");
        assert_eq!(known, Some(CommitInfo { id: id[..4].to_owned(), ancestor: None }));
        for length in [5, 12] {
            let known = history.commit(&id[..length]).expect("a lookup").expect("a commit");
            assert_eq!(known.id, id);
        }
        assert_eq!(history.commit("abcdef0"), Ok(None));
        let failure = history.resolve(&id[..4]).expect_err("an ambiguous name");
        assert!(failure.why.contains("several objects begin so"), "{failure}");
    }
}

fn blob_id(content: &str) -> String {
    let id = git2::Oid::hash_object(git2::ObjectType::Blob, content.as_bytes());
    id.expect("a hash").to_string()
}

#[test]
fn a_commit_graph_tells_the_same() {
    for format in ["sha1", "sha256"] {
        let scratch = Scratch::with(&["--object-format", format]);
        scratch.write(".work/a.md", "a").commit("First");
        scratch.git(&["checkout", "--quiet", "-b", "one"]);
        scratch.write(".work/b.md", "b").commit("One");
        scratch.git(&["checkout", "--quiet", "-b", "two", "main"]);
        scratch.write(".work/c.md", "c").commit("Two");
        scratch.git(&["checkout", "--quiet", "main"]);
        scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Both", "one", "two"]);
        let merge = scratch.git(&["rev-parse", "HEAD"]);
        let (graph, none) = (".git/objects/info/commit-graph", ["core.commitGraph", "false"]);
        let journal = || scratch.head().history().journal(&[path(".work")]).expect("a journal");
        let compare = || {
            let with = journal();
            scratch.git(&["config", none[0], none[1]]);
            let without = journal();
            scratch.git(&["config", "--unset", none[0]]);
            assert_eq!(with, without);
            with
        };
        assert_eq!(compare().steps.len(), 2);
        scratch.git(&["commit-graph", "write", "--reachable"]);
        assert!(compare().steps[0].merge);
        scratch.write(".work/d.md", "d").commit("A commit that is not in the graph");
        assert_eq!(compare().steps.len(), 3);

        let mut bytes = fs::read(scratch.root.join(graph)).expect("a graph");
        let stored = scratch.root.join(format!(".git/objects/{}/{}", &merge[..2], &merge[2..]));
        fs::rename(&stored, scratch.beside("kept")).expect("a commit outside of packs");
        assert_eq!(journal().steps.len(), 3, "the graph has all that is needed of a commit");
        fs::rename(scratch.beside("kept"), &stored).expect("the commit");

        bytes.truncate(bytes.len() / 2);
        fs::remove_file(scratch.root.join(graph)).expect("a graph");
        fs::write(scratch.root.join(graph), bytes).expect("half a graph");
        assert_eq!(compare().steps.len(), 3);
    }
}
