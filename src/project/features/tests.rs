use super::*;
use crate::base::Span;

fn features(names: &[&str]) -> Vec<Feature> {
    let feature = |written: &&str| {
        let (label, name) = match written.split_once(": ") {
            Some((label, name)) => (label.rsplit(' ').next().map(str::to_lowercase), name),
            None => (None, *written),
        };
        let declared = (0, Span::default());
        Feature { name: name.into(), slug: slug(name), label, id: None, iteration: 0, declared }
    };
    names.iter().map(feature).collect()
}

/// Each row: the declared features, a name met in a path or a heading, what it means.
#[test]
fn names_find_their_features() {
    const APP: &[&str] = &["Feature A: User Authentication", "Feature B: Todo Management"];
    const SLACK: &[&str] =
        &["Data Layer", "Feedback System", "Neural Network", "Slack Integration"];
    let rows: &[(&[&str], &str, Match)] = &[
        (APP, "auth", Match::One(0)),
        (APP, "user-authentication", Match::One(0)),
        (APP, "todos", Match::One(1)),
        (APP, "todo-management", Match::One(1)),
        (APP, "feature-b", Match::One(1)),
        (APP, "FeatureA", Match::One(0)),
        (&["Übersicht", "Suche"], "uebersicht", Match::One(0)),
        (&["Uebersicht", "Suche"], "U\u{308}bersicht", Match::One(0)),
        (APP, "billing", Match::None),
        (APP, "management", Match::None),
        (SLACK, "data-layer", Match::One(0)),
        (SLACK, "NeuralNetwork", Match::One(2)),
        (SLACK, "slack", Match::One(3)),
        (SLACK, "infrastructure", Match::None),
        (&["User Profile", "User Settings"], "user", Match::Several(vec![0, 1])),
        (&["Search", "Search Index"], "search", Match::One(0)),
    ];
    for (declared, name, expected) in rows {
        let found = Index::new(&features(declared)).find(&Name::new(name, None));
        assert_eq!(found, *expected, "{name} among {declared:?}");
    }
}

#[test]
fn words_are_found_by_what_they_begin_with() {
    let names = ["Übersetzungen", "Auth", "Authent", "Authority", "Aut", "Überse"];
    let index = Index::new(&features(&names));
    let sharing = |word: &str| index.by_word.sharing([word].into_iter());
    assert_eq!(sharing("authentication"), [1, 2]);
    assert_eq!(sharing("authent"), [1, 2]);
    assert_eq!(sharing("aut"), [4]);
    assert_eq!(sharing("uebersetzung"), [0, 5]);
    assert_eq!(sharing("ueber"), [0, 5]);
    assert_eq!(sharing("zebra"), [] as [usize; 0]);
}

#[test]
fn a_heading_names_features_in_full_or_by_label() {
    let declared =
        Index::new(&features(&["Feature A: Slack Integration", "Feature B: Data Layer"]));
    assert_eq!(declared.named_in("Epic 1: Slack Integration and data models"), [0]);
    assert_eq!(declared.named_in("Results for Feature B"), [1]);
    assert_eq!(declared.named_in("Integration report"), [] as [usize; 0]);

    let plain = Index::new(&features(&["API", "Search"]));
    assert_eq!(plain.named_in("API unit tests"), [0]);
    assert_eq!(plain.named_in("Search unit tests"), [1]);
}

#[test]
fn a_part_of_a_name_shares_its_words_or_all_of_its_weight() {
    let part = |part: &str, whole: &str| Name::new(part, None).is_part_of(&Name::new(whole, None));
    assert!(part("Components", "Component Library") || part("Library", "Component Library"));
    assert!(part("Auth Service", "Authentication"));
    assert!(part("Dashboard", "User Dashboard"));
    assert!(!part("API design", "Data model design"));
}
