//! A wheel is built, packed as a release does, installed and run.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::client::{ROOT, client, ran};

#[test]
fn a_wheel_is_built_packed_and_run() {
    let Some(maturin) = client("maturin") else { return };
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    // In a folder of its own, so that no other test finds its program replaced.
    let target = format!("{ROOT}/target/packed");
    let arguments = ["build", "--profile", "dev", "--locked", "--target-dir", &target];
    maturin.succeed(Path::new(ROOT), &[&arguments[..], &["--out", &path("wheels")]].concat());

    let packed =
        ran(Command::new(format!("{ROOT}/.ci/package")).args([path("wheels"), path("archives")]));
    assert_eq!(packed.status, Some(0), "{}", packed.said);
    let archive = format!("gatecheck-{}-unknown-linux-gnu.tar.gz", std::env::consts::ARCH);
    let sums = fs::read_to_string(folder.path().join("archives/SHA256SUMS")).expect("the sums");
    assert!(sums.contains(&format!("  {archive}\n")) && sums.contains(".whl\n"), "{sums}");
    let listed = ran(Command::new("tar")
        .args(["-tzf", &archive])
        .current_dir(folder.path().join("archives")));
    for held in
        ["/gatecheck\n", "/man/gatecheck-new.1\n", "/completions/_gatecheck\n", "/LICENSE-MIT\n"]
    {
        assert!(listed.said.contains(held), "{held:?}: {}", listed.said);
    }

    let python = client("python3").expect("Python, which maturin needs too");
    python.succeed(folder.path(), &["-m", "venv", "python"]);
    let wheel =
        sums.lines().find(|line| line.ends_with(".whl")).and_then(|line| line.split("  ").nth(1));
    let wheel = path(&format!("wheels/{}", wheel.expect("a wheel")));
    let pip =
        ["-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", &wheel];
    let installed = ran(Command::new(path("python/bin/python")).args(pip));
    assert_eq!(installed.status, Some(0), "{}", installed.said);
    let run = ran(Command::new(path("python/bin/gatecheck")).arg("--version"));
    let version = concat!("gatecheck ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!((run.status, run.said.as_str()), (Some(0), version));
}
