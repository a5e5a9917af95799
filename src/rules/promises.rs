//! The promises that rules protect: what people rely on when a gate holds.
//!
//! Findings name them by id; the sentence is what a reader who has never seen the id is told.

use std::collections::BTreeMap;

/// Each promise: its id and its sentence.
pub static ALL: &[(&str, &str)] = &[
    ("S2.1", "requirements leave user stories, acceptance criteria and golden paths"),
    ("S2.2", "every story is complete, has criteria and a priority"),
    ("S2.3", "the design leaves an interface per feature and the user experience documents"),
    ("S2.4", "the architecture has all its parts and refers to every story"),
    ("S2.5", "contracts are exact"),
    ("S2.6", "nothing in a document is left open"),
    ("S2.7", "the architecture is the source of truth"),
    ("S2.8", "dependencies say what can be built in parallel"),
    ("S2.9", "every feature leaves evidence of its implementation and of its tests"),
    ("S2.10", "evidence says what was built and how it deviates"),
    ("S2.11", "all deviations are reported"),
    ("S2.12", "work is built against the architecture that it cites"),
    ("S2.13", "tests are files that exist"),
    ("S2.14", "features stay inside their boundaries"),
    ("S2.15", "integration reports every result and resolves every deviation"),
    ("S2.16", "the integrated system is validated and signed off"),
    ("S2.17", "what is released is documented and ready to run"),
    ("S2.18", "each iteration goes through all phases"),
    ("S2.20", "gates are mandatory and ordered"),
    ("S0.1", "the plan says what is built, by whom and when, and is approved before work starts"),
    ("S0.2", "the dependency matrix is free of cycles and of contradictions"),
    ("S0.3", "every component has a workstream, and every workstream a lead and an order"),
    ("S0.4", "integration points are exact"),
    ("S0.5", "every conflict is resolved, with its reason on record"),
    ("S0.6", "status reports agree with themselves and with what is there"),
    ("S0.7", "nothing is integrated or released before its checklist is done"),
    ("S3.1", "each phase ends with its checklist, and each recommendation gets an answer"),
    ("S3.2", "consultants agree, and nothing overrules a veto"),
    ("S1.1", "nobody begins before the prerequisites are verified"),
    ("S1.2", "everybody who takes part in a phase reports before the next one begins"),
    ("S1.3", "work goes from hand to hand with all that the receiver needs"),
    ("S1.4", "everybody works inside their role"),
    ("S1.5", "levels of work keep their order"),
    ("S1.6", "nothing is deployed before tests and security are confirmed"),
    ("S3.3", "decisions are on record with their reasons and their trade-offs"),
    ("S3.4", "the contract is agreed before the frontend is begun"),
    ("S3.5", "each phase is handed over to the next"),
    ("S3.6", "the variation of a feature decides who and what it needs"),
    ("S3.7", "the context of a feature is written down"),
    ("S4.9", "decisions and lessons are on record"),
    ("S4.1", "phases and tasks have one order, wherever it is written"),
    ("S4.2", "every task is somebody's"),
    ("S4.3", "work is handed over with all that the receiver needs"),
    ("S4.4", "what is handed over was checked"),
    ("S4.5", "risks are known, answered and reported"),
    ("S4.6", "what was promised is measured and reached"),
    ("S4.7", "somebody else reviewed the work"),
    ("S4.8", "a phase ends before the next one begins"),
    ("X.1", "the verdict is the same for everybody"),
    ("X.2", "what is missing never passes"),
    ("X.3", "no change softens the gate that judges it"),
    ("X.5", "exceptions have a reason, an owner and an end"),
    ("X.6", "every finding leads to its fix"),
];

/// The sentences of some promises, by id. An id of somebody else's has none.
pub fn sentences<'i>(ids: impl Iterator<Item = &'i String>) -> BTreeMap<String, &'static str> {
    let known = |id: &String| ALL.iter().find(|(known, _)| known == id);
    ids.filter_map(|id| Some((id.clone(), known(id)?.1))).collect()
}
