use super::{Date, Decision, Validation, read};
use crate::facts::{DocumentFacts, extract};
use crate::workflow::{PolicyFile, Workflow, parse};

fn workflow() -> Workflow {
    let file = PolicyFile::builtin("standard-orchestration").unwrap_or_default();
    parse(file, &[], &mut |_| unreachable!()).expect("the built-in workflow")
}

fn of(text: &str) -> (DocumentFacts, Validation) {
    let facts = extract(text.as_bytes());
    let validation = read(&facts, &workflow());
    (facts, validation)
}

/// Each verdict as `role decision`.
fn verdicts(text: &str) -> Vec<String> {
    let (_, validation) = of(text);
    let named = |role: &Option<String>| role.clone().unwrap_or_default();
    let shown =
        validation.verdicts.iter().map(|one| format!("{} {:?}", named(&one.role), one.decision));
    shown.collect()
}

#[test]
fn a_verdict_is_a_field_a_cell_or_a_heading() {
    for text in [
        "# Security Report\n\n- **Verdict**: PASS\n",
        "# Report\n\n**Role**: Security engineer\n**Status**: ✅ PASSED\n",
        "# Report\n\n## Security Audit - ✅ PASS\n",
        "# Report\n\n## Sign-offs\n\n| Role | Verdict |\n|---|---|\n| Security Engineer | Approved |\n",
        "# Report\n\nSecurity sign-off: approved\n",
        "# Security report\n\n**Verdict**: ✅ Safe to run\n",
        "# Security report\n\n**Verdict**: No vulnerabilities found\n",
        "# Security review\n\n## Final Verdict\n\n**APPROVED**\n",
        "# Security review\n\n## Final Verdict\n\n### Status: ✅ PASS\n",
        "# Security review\n\n## Decision\n\n- [x] Approved\n- [ ] Approved with conditions\n- [ ] Rejected\n",
        "# Report\n\n## Recommendation\n\nAPPROVE - all of it works\n\nSigned: @security-engineer\n",
        "# Report\n\n| Area | Result |\n|---|---|\n| Penetration testing | PASS |\n",
    ] {
        assert_eq!(verdicts(text), ["security-engineer Approve"], "{text}");
    }
}

#[test]
fn prose_is_no_verdict() {
    for text in [
        "# Security Report\n\nThe system is approved by the team.\n",
        "# Security Report\n\n**Status**: Ready for review\n",
        "# Security Report\n\n## Recommendation\n\nPass the token in a header from now on.\n",
        "# Report\n\n## Login\n\n**Status**: PASS\n",
        "# Report\n\n| Journey | Result |\n|---|---|\n| Reset the security question | PASS |\n",
        "# Security Report\n\n```\nVerdict: PASS\n```\n",
        "# Security Report\n\n**Verdict**: ~~APPROVED~~\n",
        "# Security Report\n\n## Verdict: ~~APPROVED~~\n",
        "# Security Report\n\n**Verdict**: APPROVED (draft, not yet reviewed)\n",
    ] {
        assert_eq!(verdicts(text), [""; 0], "{text}");
    }
}

#[test]
fn decisions_come_with_remarks() {
    let decided = |value: &str| verdicts(&format!("# Security report\n\n**Verdict**: {value}\n"));
    assert_eq!(decided("⚠️ **CONDITIONAL PASS WITH A BUG**"), ["security-engineer Conditional"]);
    assert_eq!(decided("Approved (with conditions)"), ["security-engineer Approve"]);
    assert_eq!(decided("APPROVED WITH CONDITIONS"), ["security-engineer Conditional"]);
    assert_eq!(decided("REJECT - only half of it works"), ["security-engineer Reject"]);
    assert_eq!(decided("NO-GO"), ["security-engineer Reject"]);
    assert_eq!(decided("Not approved"), ["security-engineer Reject"]);
    assert_eq!(decided("❌"), ["security-engineer Reject"]);
    assert_eq!(decided("pending"), [""; 0]);
}

#[test]
fn a_signature_belongs_to_its_verdict() {
    let (facts, one) =
        of("# Product Manager Sign-off\n\n**Verdict**: APPROVED\n\n## Results\n\nx\n\n---\n\
                           **Signed by**: M. Olsen\n**Date**: May 22, 2026\n**Commit**: 1a2b3c4\n");
    let verdict = &one.verdicts[0];
    assert_eq!(verdict.signer.map(|span| facts.text_of(span)), Some("M. Olsen"));
    assert_eq!(verdict.date, Some(Date(2026, 5, 22)));
    assert!(verdict.commit.is_some());
    let (_, blank) =
        of("# Product Manager Sign-off\n\n**Verdict**: APPROVED\n**Signed by**: ________\n");
    assert_eq!(blank.verdicts[0].signer, None);
    for nobody in ["nobody yet", "N/A", "TBD", "the product manager"] {
        let (_, one) = of(&format!(
            "# Product Manager Sign-off\n\n**Verdict**: APPROVED\n**Signed by**: {nobody}\n"
        ));
        assert_eq!(one.verdicts[0].signer, None, "{nobody}");
    }
    let (facts, letter) =
        of("# Product Manager Sign-off\n\n**Verdict**: APPROVED\n\nI approve it.\n\n\
                              — Marguerite Olsen, Product Manager\n");
    let signer = letter.verdicts[0].signer.map(|span| facts.text_of(span));
    assert_eq!(signer, Some("— Marguerite Olsen, Product Manager"));
    let (facts, table) =
        of("# Sign-offs\n\n| Role | Name | Decision | Date |\n|---|---|---|---|\n\
                             | Product manager | M. Olsen | Approved | 22.05.2026 |\n\
                             | Security | I. Aas | Rejected | |\n");
    let signed: Vec<_> =
        table.verdicts.iter().map(|one| one.signer.map(|s| facts.text_of(s))).collect();
    assert_eq!(signed, [Some("M. Olsen"), Some("I. Aas")]);
    assert_eq!(table.verdicts[0].date, Some(Date(2026, 5, 22)));
    let (_, unreal) =
        of("# Product Manager Sign-off\n\n**Verdict**: APPROVED\n**Date**: 2026-02-31\n");
    assert_eq!(unreal.verdicts[0].date, None);
    assert_eq!((table.verdicts[1].date, table.verdicts[1].decision), (None, Decision::Reject));
}

#[test]
fn conditions_are_open_until_they_are_met() {
    let open = |text: &str| {
        let (_, one) = of(text);
        one.conditions.iter().map(|it| one.verdicts[0].waits_for(it, true)).collect::<Vec<_>>()
    };
    let head =
        "# Product manager sign-off\n\n**Verdict**: Approved with conditions\n\n## Conditions\n\n";
    assert_eq!(open(&format!("{head}- [x] Fix a\n- [ ] Fix b\n")), [false, true]);
    assert_eq!(open(&format!("{head}1. Fix a - resolved in 1a2b3c4\n2. Fix b\n")), [false, true]);
    assert_eq!(
        open(&format!("{head}| Condition | Status |\n|---|---|\n| a | Closed |\n| b | Open |\n")),
        [false, true]
    );
    let approved = "# Product manager sign-off\n\n**Verdict**: Approved\n**Conditions**: None\n";
    assert_eq!(open(approved), [false; 0]);
    let watched =
        "# Product manager sign-off\n\n**Verdict**: Approved\n\n## Conditions\n\n- Watch errors\n";
    assert_eq!(open(watched), [false]);
    let labeled = |value: &str| {
        open(&format!(
            "# Product manager sign-off\n\n- **Verdict**: Approved\n- **Conditions**: {value}\n"
        ))
    };
    assert_eq!(labeled("fix the notice before release"), [true]);
    assert_eq!(labeled("All met on 20 May"), [false]);
    assert_eq!(labeled("See below"), [false]);
}

#[test]
fn stories_and_journeys_have_results() {
    let results = |text: &str| {
        let (_, one) = of(text);
        let shown = one.results.iter().flat_map(|one| {
            one.about.iter().map(move |about| format!("{} {:?}", about.id, one.outcome))
        });
        shown.collect::<Vec<_>>()
    };
    let table = "# V\n\n| Story | Criteria | Result |\n|---|---|---|\n| US-001 | AC-001.1 | PASS |\n\
                 | US-002 | AC-002.1 | ❌ |\n| US-003 | AC-003.1 | |\n";
    assert_eq!(results(table), ["US-001 Pass", "US-002 Fail"]);
    let items =
        "# V\n\n- [x] US-001: Join\n- [ ] US-002: Log in\n- ✅ GP-1 works\n- ❌ US-003: Leave\n";
    assert_eq!(results(items), ["US-001 Pass", "GP-1 Pass", "US-003 Fail"]);
    let plain = "# V\n\nUS-001 to US-008: PASS\n\n- US-009: verified\n- US-010: failed logins are counted\n";
    assert_eq!(results(plain), ["US-001 Pass", "US-009 Pass"]);
    let headings = "# V\n\n### US-001: Join — ✅ PASS\n\n### US-002: Log in\n\n1. step\n\nResult: ❌ FAILED - no\n";
    assert_eq!(results(headings), ["US-001 Pass", "US-002 Fail"]);
}
