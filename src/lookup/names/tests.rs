//! Each rank has its query.

use proptest::prelude::*;

use crate::catalogue::{Catalogue, GeneralFile, GlossaryFile, IomFile, Language, MeetingsFile, Process};
use crate::lookup::Entity;
use crate::lookup::names::weights::{MAX_NEAREST, MAX_SEVERAL};
use crate::lookup::names::{Finding, NameIndex, Rank};

fn process(id: &str, status: &str, names: &str) -> Process {
    let head = format!("id = '{id}'\nkind = 'regional'\nregion = 'africa'\ncollected = '2026'\n{names}\n");
    let tail = format!("[status]\nvalue = '{status}'\nbasis = 'silence'\n[freshness]\n[[source]]\nurl = 'x'\n");
    toml::from_str(&(head + &tail)).expect(id)
}

fn index() -> NameIndex {
    let named = |id: &str, status: &str, fr: &str, en: &str, es: &str, rest: &str| {
        process(id, status, &format!("name = {{ fr = \"{fr}\", en = \"{en}\", es = \"{es}\" }}\n{rest}"))
    };
    let south = ("Dialogue sur la migration pour l'Afrique australe", "Migration Dialogue for Southern Africa");
    let west = ("Dialogue sur la migration pour l'Afrique de l'Ouest", "Migration Dialogue for West Africa");
    let puebla = ("Conférence régionale sur la migration", "Regional Conference on Migration");
    let panel = "Groupe du Partenariat oriental (ancien Processus de Söderköping)";
    let former = "former_names = ['Building Migration Partnerships']";
    let acronyms = "acronym = { fr = 'CRM', en = 'RCM' }\naliases = ['Processus de Puebla']";
    let processes = vec![
        named("midsa", "active", south.0, south.1, "", "acronym = 'MIDSA'"),
        named("midwa", "active", west.0, west.1, "", "acronym = 'MIDWA'"),
        named("prague", "active", "Processus de Prague", "Prague Process", "Proceso de Praga", former),
        named("manille", "inactive", "Processus de Manille", "Manila Process", "Proceso de Manila", ""),
        named("puebla", "active", puebla.0, puebla.1, "", acronyms),
        named("hoai", "active", "Initiative Union africaine-Corne de l'Afrique", "", "", "acronym = 'AU-HoAI'"),
        named("soder", "inactive", panel, "", "", ""),
        named("bp", "active", "", "Budapest Process", "", "acronym = 'BP'\naliases = ['Partnerships']"),
    ];
    let meetings: MeetingsFile = toml::from_str(
        "collected = '2026'\n[series]\nname = { fr = 'Réunions mondiales' }\nacronym = 'GRCP'\nsince = '2005'\n\
         rhythm = {}\norganiser = 'iom'\ninvited = {}\naims = []\nsource = []\n\
         [[meeting]]\nid = 'grcp-8'\nordinal = 8\ndate = '2019-05'\nname = { fr = 'Huitième réunion mondiale' }\nplace = { fr = 'Genève', en = 'Geneva' }\nsource = []\n\
         [[meeting]]\nid = 'grcp-1'\nordinal = 1\ndate = '2005'\nname = { fr = 'Atelier' }\nplace = { fr = 'Genève' }\nsource = []\n",
    )
    .expect("meetings");
    let iom: IomFile =
        toml::from_str("collected = '2026'\npages = {}\nsummary = {}\nfigure = []\nrole = []\nbasic = []")
            .expect("iom");
    let general: GeneralFile = toml::from_str(
        "collected = '2026'\npages = {}\nfeature = []\ntopic = []\nachievement = []\ncontribution = []\nreference = []\n\
         level = []\ncount = []\nmilestone = []\nstudy = []\n[definition]\ntext = {}\nsource = []",
    )
    .expect("general");
    let glossary: GlossaryFile = toml::from_str("collected = '2026'\nterm = []").expect("glossary");
    let parts = (Vec::new(), Vec::new(), Vec::new());
    NameIndex::new(&Catalogue::from_parts(processes, parts, meetings, (iom, general, glossary), Default::default()))
}

fn one(finding: &Finding<'_>) -> Option<(String, Rank)> {
    match finding {
        Finding::One(one) => Some((one.id.to_owned(), one.rank)),
        _ => None,
    }
}

#[test]
fn each_rank_has_its_query() {
    let index = index();
    for (query, id, rank) in [
        ("midsa", "midsa", Rank::Id),
        ("MIDSA", "midsa", Rank::Acronym),
        ("processus DE prague", "prague", Rank::Exact),
        ("Prague-Process", "prague", Rank::Exact),
        ("AU HoAI", "hoai", Rank::Acronym),
        ("auhoai", "hoai", Rank::Acronym),
        ("A.U. HoAI", "hoai", Rank::Acronym),
        ("processus de puebla", "puebla", Rank::Alias),
        ("Building migration partnerships", "prague", Rank::Former),
        ("Groupe du partenariat oriental", "soder", Rank::Part),
        ("conférence rég", "puebla", Rank::Prefix),
        ("Afrique australe", "midsa", Rank::WordPrefix),
        ("australe dialogue", "midsa", Rank::AllWords),
        ("Processus de Pargue", "prague", Rank::Typing),
        ("processusde prague", "prague", Rank::Exact),
        ("conf reg mig", "puebla", Rank::WordPrefix),
        ("soderkoping", "soder", Rank::WordPrefix),
        ("soederkopping", "soder", Rank::Typing),
    ] {
        let finding = index.find(Entity::Process, query, Language::Fr);
        assert_eq!(one(&finding), Some((id.to_owned(), rank)), "{query:?}: {finding:?}");
    }
    // Letters in order are enough to be named, not to be answered.
    let Finding::None { nearest } = index.find(Entity::Process, "bdpst", Language::Fr) else {
        panic!("a fuzzy match was taken for an answer")
    };
    assert_eq!(nearest.first().map(|one| (one.id, one.rank)), Some(("bp", Rank::Fuzzy)));
}

#[test]
fn doubt_offers_a_choice_and_nothing_good_is_nothing() {
    let index = index();
    let Finding::Several(several) = index.find(Entity::Process, "processus de", Language::Fr) else {
        panic!("stop words decided")
    };
    // An active process before one that has ended.
    assert_eq!(several.iter().map(|one| one.id).collect::<Vec<_>>(), ["puebla", "prague", "manille"]);
    let Finding::Several(several) = index.find(Entity::Process, "MIDZA", Language::Fr) else { panic!("MIDZA") };
    assert_eq!(several.first().map(|one| one.id), Some("midsa"));
    for query in ["", " ", "le", "the", "a", "pizza", "processus de pizza", "🍕", "processus de Kyoto"] {
        let finding = index.find(Entity::Process, query, Language::Fr);
        assert!(matches!(&finding, Finding::None { nearest } if nearest.len() <= 3), "{query:?}: {finding:?}");
    }
}

#[test]
fn a_present_name_is_not_doubted_for_a_former_one() {
    let index = index();
    assert_eq!(one(&index.find(Entity::Process, "partnerships", Language::En)), Some(("bp".to_owned(), Rank::Alias)));
}

#[test]
fn meetings_go_by_year_number_and_place() {
    let index = index();
    for query in ["2019", "8", "8e", "8e réunion", "8th meeting", "8.ª reunión", "huitième réunion", "GRCP-8", "grcp 8"]
    {
        let finding = index.find(Entity::Meeting, query, Language::Es);
        assert_eq!(one(&finding).map(|(id, _)| id).as_deref(), Some("grcp-8"), "{query:?}: {finding:?}");
    }
    assert!(matches!(index.find(Entity::Meeting, "geneve", Language::Fr), Finding::Several(two) if two.len() == 2));
}

#[test]
fn completing_starts_with_what_people_look_for() {
    let index = index();
    assert_eq!(index.complete(Entity::Meeting, "", Language::Fr, 25), ["grcp-8", "grcp-1"]);
    let all = index.complete(Entity::Process, " ", Language::Fr, 25);
    assert_eq!(all.len(), 8);
    assert!(["manille", "soder"].iter().all(|id| all[6..].contains(id)), "{all:?}");
    assert_eq!(index.complete(Entity::Process, "pr", Language::Fr, 2), ["puebla", "prague"]);
    assert_eq!(index.complete(Entity::Process, "mid", Language::Fr, 25), ["midsa", "midwa"]);
    assert_eq!(index.complete(Entity::Process, "prage", Language::Es, 25), ["prague"]);
    assert_eq!(index.complete(Entity::Process, "prague", Language::Es, 0), [""; 0]);
    assert!(index.complete(Entity::Process, "xyzzy", Language::Fr, 25).is_empty());
}

#[test]
fn the_readers_language_goes_first_among_equals() {
    let index = index();
    let first = |query, language| index.complete(Entity::Process, query, language, 1).first().copied();
    // "Proceso de Praga" is Spanish; to an English reader "Processus de Puebla", an alias, is as near as any.
    assert_eq!(first("proces", Language::Es), Some("prague"));
    assert_eq!(first("proces", Language::En), Some("puebla"));
}

#[test]
fn all_kinds_are_searched_together() {
    let index = index();
    assert!(matches!(index.find_any("2019", Language::Fr), Finding::One(one) if one.entity == Entity::Meeting));
    assert!(matches!(index.find_any("MIDSA", Language::Fr), Finding::One(one) if one.entity == Entity::Process));
}

proptest! {
    #[test]
    fn any_text_is_answered(text in any::<String>(), words in "[a-z' -]{0,120}", limit in 0usize..30) {
        let index = index();
        for query in [text, words] {
            for entity in Entity::ALL {
                let completed = index.complete(entity, &query, Language::Fr, limit);
                prop_assert!(completed.len() <= limit);
                match index.find(entity, &query, Language::Es) {
                    Finding::One(_) => {}
                    Finding::Several(several) => prop_assert!((2..=MAX_SEVERAL).contains(&several.len())),
                    Finding::None { nearest } => prop_assert!(nearest.len() <= MAX_NEAREST),
                }
            }
            index.find_any(&query, Language::En);
        }
    }

    #[test]
    fn long_texts_are_answered(piece in "\\PC{1,40}", times in 1usize..200) {
        let index = index();
        let text: String = piece.repeat(times).chars().take(6_000).collect();
        index.find_any(&text, Language::Fr);
        prop_assert!(index.complete(Entity::Process, &text, Language::Fr, 25).len() <= 25);
    }
}
