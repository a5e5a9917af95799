//! What an agent says when it calls a hook.

use std::path::PathBuf;

use serde_json::Value;

use crate::base::Failure;
use crate::cli::args::Agent;

/// An event, whichever agent it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub agent: Agent,
    /// The session, with the agent in it that wants to stop where there are several.
    pub session: Option<String>,
    /// Whether it works on because a hook sent it back; nothing where the agent does not say.
    pub again: Option<bool>,
    /// The user or an error ended the work, so that nothing is left to say.
    pub ended: bool,
    /// The folder that relative paths count from.
    pub folder: Option<PathBuf>,
    /// The files that were edited.
    pub edited: Vec<PathBuf>,
}

impl Event {
    /// Reads an event; the agent is concluded from its form where `agent` does not name one.
    ///
    /// # Errors
    /// It is no JSON object.
    pub fn read(bytes: &[u8], agent: Option<Agent>) -> Result<Self, Failure> {
        let cannot = |why: String| {
            let help = "agents write the event there; see `gatecheck hook --help`";
            Failure::new("cannot read the event from standard input", why, help)
        };
        let value: Value =
            serde_json::from_slice(bytes).map_err(|error| cannot(error.to_string()))?;
        if !value.is_object() {
            return Err(cannot("it is no JSON object".to_owned()));
        }
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let session = text("session_id").or_else(|| text("sessionId"));
        let session = session.or_else(|| text("conversation_id"));
        let within = text("agent_id").unwrap_or_default();
        let rounds = value["loop_count"].as_u64().map(|rounds| rounds > 0);
        Ok(Self {
            agent: agent.unwrap_or_else(|| concluded(&value)),
            session: session.map(|session| format!("{session} {within}")),
            again: value["stop_hook_active"].as_bool().or(rounds),
            ended: value["status"].as_str().is_some_and(|status| status != "completed"),
            folder: text("cwd").map(PathBuf::from),
            edited: edited(&value["tool_input"]),
        })
    }
}

/// Each agent has fields of its own; Claude Code and Codex understand the same answers.
fn concluded(value: &Value) -> Agent {
    let event = value["hook_event_name"].as_str().unwrap_or_default();
    if value.get("conversation_id").is_some() {
        Agent::Cursor
    } else if value.get("sessionId").is_some() {
        Agent::Copilot
    } else if event.starts_with("After") {
        Agent::Gemini
    } else if value.get("turn_id").is_some() {
        Agent::Codex
    } else {
        Agent::ClaudeCode
    }
}

/// The files that a tool was given: one by its path, or those that a patch names.
fn edited(input: &Value) -> Vec<PathBuf> {
    if let Some(path) = input["file_path"].as_str() {
        return vec![PathBuf::from(path)];
    }
    let patch = input["command"].as_str().or_else(|| input["input"].as_str());
    let lines = patch.unwrap_or_default().lines();
    let marks = ["*** Add File: ", "*** Update File: ", "*** Move to: "];
    let named = lines.filter_map(|line| marks.iter().find_map(|mark| line.strip_prefix(mark)));
    named.map(|path| PathBuf::from(path.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(text: &str) -> Event {
        Event::read(text.as_bytes(), None).unwrap_or_else(|failure| panic!("{failure}"))
    }

    #[test]
    fn each_agent_is_known_by_its_fields() {
        for (text, agent, again) in [
            (
                r#"{"session_id":"a","hook_event_name":"Stop","stop_hook_active":true}"#,
                Agent::ClaudeCode,
                Some(true),
            ),
            (
                r#"{"session_id":"a","turn_id":"t","hook_event_name":"Stop","stop_hook_active":false}"#,
                Agent::Codex,
                Some(false),
            ),
            (
                r#"{"session_id":"a","hook_event_name":"AfterAgent","stop_hook_active":false}"#,
                Agent::Gemini,
                Some(false),
            ),
            (
                r#"{"conversation_id":"a","status":"completed","loop_count":1}"#,
                Agent::Cursor,
                Some(true),
            ),
            (r#"{"sessionId":"a","stopReason":"end_turn"}"#, Agent::Copilot, None),
        ] {
            let event = event(text);
            assert_eq!((event.agent, event.again), (agent, again), "{text}");
            assert_eq!((event.session.as_deref(), event.ended), (Some("a "), false), "{text}");
        }
        assert!(event(r#"{"conversation_id":"a","status":"aborted"}"#).ended);
        assert!(Event::read(b"", None).is_err());
        assert!(Event::read(b"[]", None).is_err());
    }

    #[test]
    fn agents_within_a_session_are_told_apart() {
        let inner = event(r#"{"session_id":"a","agent_id":"b","hook_event_name":"SubagentStop"}"#);
        assert_eq!(inner.session.as_deref(), Some("a b"));
    }

    #[test]
    fn edited_files_are_read_from_paths_and_patches() {
        let edited = |text: &str| event(text).edited;
        assert_eq!(edited(r#"{"tool_input":{"file_path":"/a/b.md"}}"#), [PathBuf::from("/a/b.md")]);
        let patch = "*** Begin Patch\n*** Update File: a.md\n*** Move to: b.md\n@@\n-x\n+y\n\
                     *** Add File: c d.md\n+*** Update File: no.md\n*** Delete File: e.md\n";
        let text = serde_json::json!({ "tool_input": { "command": patch } }).to_string();
        assert_eq!(edited(&text), ["a.md", "b.md", "c d.md"].map(PathBuf::from));
        assert!(edited(r#"{"tool_input":{"command":"ls"}}"#).is_empty());
        assert!(edited("{}").is_empty());
    }
}
