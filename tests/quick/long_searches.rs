//! A search of any length keeps its pages and its Share, in whatever region and status, on any replica.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use rcp_bot::catalogue::{Language, StatusValue};
use rcp_bot::commands::{CustomId, View, show};
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::answers::{reader, text, ways};
use crate::support::bot::{Stage, emoji, labelled, private, snapshot, title, voice};
use crate::support::small;

/// Searches that people paste: longer than the fifty characters of a plain button.
const LONG: [&str; 4] = [
    "réunions des directeurs de la migration à Söderköping en Ukraine",
    "migration droits humains protection des migrants vulnérables et réintégration",
    "quels sont les pays membres du processus de Prague, qui le préside actuellement et depuis quand, et qui en assure le \
     secrétariat depuis qu'il existe ?",
    "consulta regional sobre migraciones, trata de personas, tráfico ilícito de migrantes y gestión integrada de fronteras",
];

/// The hits that a page tells, and how many there are.
fn told(page: &str) -> (BTreeSet<String>, String) {
    let lines = page.lines().filter(|line| line.starts_with("**")).map(str::to_owned);
    (lines.collect(), page.lines().last().unwrap_or_default().to_owned())
}

#[test]
fn every_page_of_a_long_search_is_a_page_of_that_search_and_share_shares_it() {
    for language in Language::ALL {
        let reader = reader(snapshot(), language, true);
        for typed in LONG {
            let all =
                snapshot().full_text.search(&snapshot().catalogue, typed, language, Default::default(), 0..10_000);
            let first = View::Search { page: 0, region: None, status: None, query: typed.to_owned() };
            let reply = show(&reader, &first).expect("it finds something");
            let (_, count) = told(&text(&reply));
            let said = voice(language).say_with("search-count", [("count", all.total.into())]);
            // Unless the text is longer than any button holds, nothing that counts is left out.
            assert!(typed.len() > 140 || count == said, "{language} {typed}: {count}, not {said}");
            let turned = ways(&reply).into_iter().find(|view| matches!(view, View::Search { page: 1, .. }));
            let second = show(&reader, &turned.expect("there is a second page")).expect("it finds something");
            assert_eq!(told(&text(&second)).1, count, "{language} {typed}");
            assert!(told(&text(&second)).0.is_disjoint(&told(&text(&reply)).0), "{language} {typed}");
            assert_eq!(second.embeds[0].title(), reply.embeds[0].title());
        }
    }
}

#[tokio::test]
async fn a_long_private_search_is_shared_as_it_is() {
    let stage = Stage::shipped().await;
    let asker = stage.person(Language::Fr);
    for typed in LONG {
        let options = [("texte", typed), ("discret", "true")];
        let hidden = private(&asker.run("rcp recherche", &options).await.expect("the command is registered"));
        let shown = |message: &local_discord::Message| crate::support::bot::text(message);
        let second = private(&asker.press(&hidden, &emoji(&hidden, "▶️").expect("a second page")).await.unwrap());
        let first = private(&asker.press(&second, &emoji(&second, "◀️").expect("a first page")).await.unwrap());
        assert_eq!((shown(&first), title(&first)), (shown(&hidden), title(&hidden)), "{typed}");
        let share = labelled(&first, &voice(Language::Fr).say("button-share"));
        let outcome = asker.press(&first, &share).await.unwrap();
        let shared = outcome.wait_for_followups(1).await.expect("it is shared").remove(0);
        assert_eq!(shown(&shared), shown(&hidden), "{typed}");
    }
    stage.finish().await;
}

/// A catalogue whose region has the longest id that there may be.
static LONG_REGION: LazyLock<(Snapshot, String)> = LazyLock::new(|| {
    let id = format!("americas-{}", "x".repeat(51));
    let mut files = small::catalogue("zz", 30);
    for content in files.0.values_mut() {
        let text = String::from_utf8(content.clone()).expect("the catalogue is text");
        *content = text.replace("\"americas\"", &format!("\"{id}\"")).into_bytes();
    }
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, jiff::civil::date(2026, 12, 1));
    (snapshot.unwrap_or_else(|| panic!("{:?}", report.errors().next())), id)
});

#[test]
fn a_search_narrowed_to_a_region_of_the_longest_id_keeps_its_pages() {
    let (snapshot, id) = &*LONG_REGION;
    let reader = reader(snapshot, Language::Fr, true);
    let query = format!("processus {}", "dialogue consultatif ".repeat(20));
    let first = View::Search { page: 0, region: Some(id.clone()), status: Some(StatusValue::Active), query };
    let reply = show(&reader, &first).expect("it finds something");
    let second = ways(&reply).into_iter().find(|view| matches!(view, View::Search { page: 1, .. }));
    let second = show(&reader, &second.expect("there is a second page")).expect("it finds something");
    assert_eq!(told(&text(&second)).1, told(&text(&reply)).1);
    assert!(text(&second).contains("Amériques zz"), "it stays narrowed: {}", text(&second));
}

proptest! {
    #[test]
    fn what_a_searchs_buttons_carry_reads_back_as_what_was_searched(
        query in "(\\PC|processus |réunion |漢字){0,200}", page in 0..10_000_usize,
        status in prop::option::of(prop::sample::select(StatusValue::ALL)), region in prop::option::of("[a-z][a-z0-9-]{0,59}"),
    ) {
        let view = View::Search { page, region, status, query };
        for fixed in [None, Some(Language::Fr)] {
            for number in [0, 9] {
                let custom_id = CustomId::Share { view: view.clone(), fixed }.encode(number);
                prop_assert!((1..=100).contains(&custom_id.chars().count()), "{}", custom_id);
                match custom_id.parse() {
                    Ok(CustomId::Share { view: read, .. }) => prop_assert_eq!(read.encode(), view.encode()),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
        }
    }
}
