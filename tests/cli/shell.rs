//! What shells and manuals get.

use std::path::Path;

use crate::project::{plain, ran};

fn printed(arguments: &[&str]) -> String {
    let (status, text, error) = ran(plain(Path::new("."), arguments));
    assert_eq!(status, 0, "{arguments:?}: {error}");
    text
}

/// Bash itself completes a command, an option and the value of one.
#[cfg(unix)]
#[test]
fn bash_completes() {
    let script = printed(&["completions", "bash"]);
    let complete = |words: &[&str]| {
        let [.., before, current] = words else { panic!("two words at least") };
        let line = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let asked = format!(
            "{script}\nCOMP_WORDS=({line}); COMP_CWORD={}\n\
             _gatecheck gatecheck '{current}' '{before}'; echo \"${{COMPREPLY[*]}}\"",
            words.len() - 1
        );
        let output = std::process::Command::new("bash").args(["--norc", "-c", &asked]).output();
        let output = output.expect("this test needs bash, which cannot be run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    assert_eq!(complete(&["gatecheck", "ini"]), "init");
    assert_eq!(complete(&["gatecheck", "init", "--dry"]), "--dry-run");
    assert_eq!(complete(&["gatecheck", "schema", "conf"]), "config");
}

#[test]
fn every_shell_gets_its_own_script() {
    for (shell, mark) in [
        ("bash", "complete -F _gatecheck"),
        ("zsh", "#compdef gatecheck"),
        ("fish", "complete -c gatecheck"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[gatecheck]"),
    ] {
        let script = printed(&["completions", shell]);
        assert!(script.contains(mark) && script.contains("dry-run"), "{shell}");
    }
}

#[test]
fn the_program_and_every_command_have_a_manual() {
    let whole = printed(&["man"]);
    assert!(whole.contains("\n.TH gatecheck 1"), "{whole}");
    for command in ["check", "init", "new", "ledger"] {
        assert!(whole.contains(&format!("gatecheck\\-{command}(1)")), "{command}: {whole}");
        let page = printed(&["man", command]);
        assert!(page.contains(&format!("\n.TH gatecheck-{command} 1")), "{page}");
    }
    let (status, said, error) = ran(plain(Path::new("."), &["man", "chek"]));
    assert_eq!((status, said.as_str()), (2, ""));
    assert!(error.contains("did you mean check?"), "{error}");
}
