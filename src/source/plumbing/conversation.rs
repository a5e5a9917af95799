//! One process of git that answers many questions.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::Mutex;

use super::command::Runner;
use crate::source::lock;

/// A command that answers each question as it comes. It is started by the first one, and again
/// after it stopped, as git does over a damaged object.
#[derive(Debug)]
pub(super) struct Conversation {
    arguments: &'static [&'static str],
    process: Mutex<Option<Process>>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Conversation {
    pub(super) fn new(arguments: &'static [&'static str]) -> Self {
        Self { arguments, process: Mutex::default() }
    }

    /// Asks, and reads the answer.
    ///
    /// # Errors
    /// The process stopped or could not be started.
    pub(super) fn ask<T>(
        &self,
        runner: &Runner,
        question: &[u8],
        answer: impl FnOnce(&mut BufReader<ChildStdout>) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut process = lock(&self.process);
        let mut running = match process.take() {
            Some(running) => running,
            None => Process::start(runner, self.arguments)?,
        };
        running.questions.write_all(question)?;
        running.questions.flush()?;
        let answer = answer(&mut running.answers)?;
        *process = Some(running);
        Ok(answer)
    }
}

impl Process {
    fn start(runner: &Runner, arguments: &[&str]) -> io::Result<Self> {
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        let mut command = runner.command(&arguments);
        // Nobody reads what it complains of while it runs, and a full pipe would stop it.
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (questions, answers) = (child.stdin.take(), child.stdout.take());
        match (questions, answers) {
            (Some(questions), Some(answers)) => {
                Ok(Self { child, questions, answers: BufReader::new(answers) })
            }
            _ => Err(ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It only reads, so that nothing is lost by ending it; without waiting, the system would
        // keep its entry until this program ends. There is nothing to do where either fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The bytes up to the next NUL, which is skipped.
pub(super) fn field(answers: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    answers.read_until(0, &mut bytes)?;
    if bytes.pop() == Some(0) { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}
