//! How the action gets its program: from a release, by building, from PATH.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::TempDir;

use crate::client::{ROOT, Ran, client, ran};

const NAME: &str = "gatecheck-x86_64-unknown-linux-gnu";
const RELEASE: &str = "/acme/gatecheck/releases/download/v1.2.3";

/// Serves these files on this machine and gives the address.
fn serve(files: HashMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its number"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a request");
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            let first = lines.next().expect("a line").expect("of text");
            // The rest of the request ends with an empty line.
            let _ = lines.find(|line| line.as_ref().is_ok_and(String::is_empty));
            let body = files.get(first.split(' ').nth(1).unwrap_or_default());
            let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
            let body = body.map(Vec::as_slice).unwrap_or_default();
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(&[head.as_bytes(), body].concat()).expect("an answer");
        }
    });
    address
}

/// A machine that runs the step: programs of its own before those of the host.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: TempDir::new().expect("a folder") };
        for name in ["bin", "checkout", "temporary", "action"] {
            fs::create_dir(machine.path(name)).expect("a folder");
        }
        // Stands for cargo: says where it runs, and builds a program.
        let cargo = "#!/bin/sh\npwd\nwhile [ \"$1\" != --root ]; do shift; done\nmkdir -p \"$2/bin\"\n\
                     printf '#!/bin/sh\\necho built\\n' > \"$2/bin/gatecheck\"\n\
                     chmod +x \"$2/bin/gatecheck\"\n";
        machine.program("bin/cargo", cargo);
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a program");
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).expect("a mode");
    }

    /// Packs a program as a release does, and gives the archive.
    fn archive(&self) -> Vec<u8> {
        fs::create_dir(self.path(NAME)).expect("a folder");
        self.program(&format!("{NAME}/gatecheck"), "#!/bin/sh\necho released\n");
        let archive = self.path("archive");
        let tar = client("tar").expect("tar");
        tar.succeed(self.folder.path(), &["-czf", &archive.display().to_string(), NAME]);
        fs::read(archive).expect("an archive")
    }

    fn install(&self, variables: &[(&str, &str)]) -> Ran {
        let bash = client("bash").expect("bash");
        let mut command = bash.command(&self.path("checkout"));
        let path = command.get_envs().find(|(name, _)| *name == "PATH");
        let path = path.and_then(|(_, value)| value).expect("a PATH").to_string_lossy();
        let path = format!("{}:{path}", self.path("bin").display());
        command.env("PATH", path).arg(Path::new(ROOT).join(".github/action/install"));
        command.env("ACTION", self.path("action")).env("GITHUB_OUTPUT", self.path("outputs"));
        command.env("RUNNER_TEMP", self.path("temporary"));
        command.envs([("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64"), ("INSTALL", "auto")]);
        command.envs([("REPOSITORY", "acme/gatecheck"), ("REF", "v1.2.3"), ("VERSION", "")]);
        ran(command.envs(variables.iter().copied()))
    }
}

/// What a server has of the release.
fn release(archive: &[u8], sum: &str) -> HashMap<String, Vec<u8>> {
    let sums = format!("{sum}  {NAME}.tar.gz\n{sum}  another.zip\n");
    HashMap::from([
        (format!("{RELEASE}/{NAME}.tar.gz"), archive.to_owned()),
        (format!("{RELEASE}/SHA256SUMS"), sums.into_bytes()),
    ])
}

fn sum(machine: &Machine) -> String {
    let sums = client("sha256sum").expect("sha256sum");
    let said = sums.succeed(machine.folder.path(), &["archive"]);
    said.split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn a_release_is_downloaded_and_held_to_its_sum() {
    let machine = Machine::new();
    let archive = machine.archive();
    let server = serve(release(&archive, &sum(&machine)));
    let server = ("GITHUB_SERVER_URL", server.as_str());
    let Ran { status, said } = machine.install(&[server]);
    assert_eq!((status, said.lines().last()), (Some(0), Some("released")), "{said}");
    let outputs = fs::read_to_string(machine.path("outputs")).expect("the outputs");
    assert!(outputs.ends_with(&format!("temporary/gatecheck/{NAME}/gatecheck\n")), "{outputs}");

    let pinned = ("REF", "0123456789012345678901234567890123456789");
    let Ran { status, said } = machine.install(&[server, pinned, ("VERSION", "1.2.3")]);
    assert_eq!((status, said.lines().last()), (Some(0), Some("released")), "{said}");

    let altered = serve(release(&archive, &"0".repeat(64)));
    for install in ["auto", "release"] {
        let variables = [("GITHUB_SERVER_URL", altered.as_str()), ("INSTALL", install)];
        let Ran { status, said } = machine.install(&variables);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains("of the release v1.2.3 is not what its sum says"), "{said}");
    }
}

#[test]
fn without_a_release_it_is_built_away_from_the_checkout() {
    let machine = Machine::new();
    let server = serve(HashMap::new());
    let server = ("GITHUB_SERVER_URL", server.as_str());
    let action = machine.path("action").display().to_string();
    let built = format!("{action}\nbuilt\n");
    for variables in [&[server][..], &[server, ("REF", "main")], &[server, ("REPOSITORY", "")]] {
        let Ran { status, said } = machine.install(variables);
        assert_eq!((status, said), (Some(0), built.clone()), "{variables:?}");
    }
    let Ran { status, said } = machine.install(&[("INSTALL", "build")]);
    assert_eq!((status, said), (Some(0), built));
    // Whoever names a release gets no other one.
    let Ran { status, said } = machine.install(&[server, ("VERSION", "1.2.3")]);
    assert_eq!(status, Some(2), "{said}");
    let Ran { status, said } = machine.install(&[server, ("INSTALL", "release")]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("set 'install: build'"), "{said}");
    let variables = [server, ("INSTALL", "release"), ("REF", "main")];
    let Ran { status, said } = machine.install(&variables);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("set version"), "{said}");
}
