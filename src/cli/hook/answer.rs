//! What each agent understands.
//!
//! Only keys that are documented are written: Codex drops an answer to a stop that has any other
//! key, and the agent would stop unheard.

use serde_json::{Value, json};

use crate::cli::args::Agent;

/// Sends an agent back to work, and tells it why.
pub fn send_back(agent: Agent, reason: &str) -> Value {
    match agent {
        Agent::ClaudeCode | Agent::Codex | Agent::Copilot => {
            json!({ "decision": "block", "reason": reason })
        }
        Agent::Gemini => json!({ "decision": "deny", "reason": reason }),
        Agent::Cursor => json!({ "followup_message": reason }),
    }
}

/// Tells an agent something about its edit, which stays. Nothing where it would not hear it.
pub fn remark(agent: Agent, reason: &str) -> Option<Value> {
    match agent {
        Agent::ClaudeCode | Agent::Codex => Some(json!({ "decision": "block", "reason": reason })),
        // A decision would hide the result of the tool.
        Agent::Gemini => Some(json!({ "hookSpecificOutput": { "additionalContext": reason } })),
        Agent::Cursor | Agent::Copilot => None,
    }
}
