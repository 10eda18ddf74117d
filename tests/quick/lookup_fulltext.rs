//! Full-text search over the shipped catalogue and over texts of hostile shape.

use crate::lookup_support::shipped;
use proptest::prelude::*;
use rcp_bot::catalogue::{Catalogue, Language, StatusValue};
use rcp_bot::lookup::{Filters, FullText, Hit, Hits, MAX_EXCERPT, Subject};

fn search<'a>(catalogue: &'a Catalogue, query: &str, language: Language) -> Hits<'a> {
    FullText::default().search(catalogue, query, language, Filters::default(), 0..25)
}

fn ids<'a>(hits: &'a Hits<'_>) -> Vec<&'a str> {
    hits.page.iter().map(|hit| hit.id).collect()
}

fn ocam<'a, 'b>(hits: &'b Hits<'a>) -> &'b Hit<'a> {
    hits.page.iter().find(|hit| hit.id == "ocam").unwrap_or_else(|| panic!("{:?}", ids(hits)))
}

#[test]
fn stems_and_accents_meet_in_each_language() {
    let catalogue = shipped();
    for (query, language, word) in [
        ("rapatriement", Language::Fr, "rapatriement"),
        ("rapatriements", Language::Fr, "rapatriement"),
        ("législation migratoire", Language::Fr, "législation"),
        ("legislations MIGRATOIRES", Language::Fr, "législation"),
        ("securite frontieres", Language::Fr, "sécurité"),
        ("repatriation", Language::En, "repatriation"),
        ("travel document", Language::En, "documents"),
        ("repatriaciones", Language::Es, "repatriación"),
        ("repatriacion", Language::Es, "repatriación"),
        ("tráfico ilicito", Language::Es, "ilícito"),
    ] {
        let hits = search(&catalogue, query, language);
        let hit = ocam(&hits);
        assert!(hit.words.iter().any(|one| one == word), "{query}: {:?}", hit.words);
        assert_eq!(hit.language, language);
        assert_eq!(hit.subject, Subject::Process);
    }
}

#[test]
fn a_hit_shows_where_it_matches() {
    let catalogue = shipped();
    let hits = search(&catalogue, "Bávaro Punta Cana", Language::En);
    let hit = ocam(&hits);
    assert_eq!(hits.page.first().map(|hit| hit.id), Some("ocam"));
    assert_eq!(hit.words, ["Bávaro", "Punta", "Cana"]);
    assert!(hit.excerpt.contains("Bávaro-Punta Cana"), "{}", hit.excerpt);
    assert!(search(&catalogue, "bavaro", Language::Fr).page.iter().any(|hit| hit.id == "ocam"));
}

#[test]
fn what_happened_is_followed_by_where_and_when_as_within_a_sentence() {
    let catalogue = shipped();
    // "The first ministerial conference between Europe and Africa." and where, and when.
    let hits = search(&catalogue, "ministerial conference between Europe and Africa", Language::En);
    let hit = hits.page.iter().find(|hit| hit.id == "rabat-process").expect("it is found");
    assert!(hit.excerpt.contains("and Africa, Rabat, Morocco, 2006"), "{}", hit.excerpt);
}

#[test]
fn what_the_readers_language_lacks_is_found_in_another() {
    let catalogue = shipped();
    // "semester" is in the English text alone.
    let hits = search(&catalogue, "semester", Language::Fr);
    assert_eq!(ocam(&hits).language, Language::En);
    assert!(search(&catalogue, "pizza margherita", Language::Fr).page.is_empty());
}

#[test]
fn filters_leave_processes_only() {
    let catalogue = shipped();
    let index = FullText::default();
    let all = index.search(&catalogue, "migration", Language::Fr, Filters::default(), 0..1_000);
    let filters = Filters { region: Some("americas"), status: Some(StatusValue::Active) };
    let some = index.search(&catalogue, "migration", Language::Fr, filters, 0..1_000);
    assert!(some.total > 0 && some.total < all.total);
    for hit in &some.page {
        let process = catalogue.process(hit.id).expect("a process");
        assert!(process.status.value == StatusValue::Active);
        assert!(process.region == "americas" || process.touches.iter().any(|one| one == "americas"));
    }
    let nowhere = Filters { region: Some("atlantis"), status: None };
    assert_eq!(index.search(&catalogue, "migration", Language::Fr, nowhere, 0..10).total, 0);
}

#[test]
fn pages_follow_one_another() {
    let catalogue = shipped();
    let index = FullText::default();
    let whole = index.search(&catalogue, "migration", Language::Es, Filters::default(), 0..usize::MAX);
    assert_eq!(whole.page.len(), whole.total);
    assert!(whole.page.is_sorted_by(|one, other| one.score >= other.score));
    let mut paged = Vec::new();
    for start in (0..whole.total).step_by(7) {
        let page = index.search(&catalogue, "migration", Language::Es, Filters::default(), start..start + 7);
        assert_eq!(page.total, whole.total);
        paged.extend(page.page);
    }
    assert_eq!(paged, whole.page);
    assert!(whole.page.iter().all(|hit| hit.excerpt.chars().count() <= MAX_EXCERPT && !hit.words.is_empty()));
}

#[test]
fn rare_words_outweigh_common_ones() {
    let catalogue = shipped();
    let hits = search(&catalogue, "migration centraméricaine", Language::Fr);
    assert_eq!(hits.page.first().map(|hit| hit.id), Some("ocam"), "{:?}", ids(&hits));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_query_is_answered(query in any::<String>(), words in "[a-zé' ]{0,200}", start in 0usize..50) {
        thread_local! {
            static SHIPPED: (Catalogue, FullText) = {
                let catalogue = shipped();
                let index = FullText::default();
                index.prepare(&catalogue);
                (catalogue, index)
            };
        }
        SHIPPED.with(|(catalogue, index)| {
            for query in [&query, &words, &words.repeat(30)] {
                let hits = index.search(catalogue, query, Language::Es, Filters::default(), start..start + 10);
                assert!(hits.page.len() <= 10 && hits.page.len() <= hits.total);
                assert!(hits.page.iter().all(|hit| hit.excerpt.chars().count() <= MAX_EXCERPT));
            }
        });
    }
}
