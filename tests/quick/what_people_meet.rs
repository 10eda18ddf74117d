//! What people meet when they press and type: names that two share, names that only begin others, marks that need words,
//! members that need a second page.

use std::collections::BTreeSet;

use rcp_bot::catalogue::{Language, ParticipantRole, StatusValue, When};
use rcp_bot::commands::{self, Caller, Invocation, Languages, Value, View, show};
use rcp_bot::lookup::{Entity, Finding};
use rcp_bot::reply::{Budget, Reply, ReplyKind, Row, colour};
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::answers::{self, reader, text, ways};
use crate::support::bot::{locale, snapshot, voice};
use crate::support::small;

/// The answer to a subcommand with one option, in a language.
fn ask(language: Language, command: &str, option: &str, typed: &str) -> Reply {
    let caller = Caller { user: 1, locale: Some(locale(language).to_owned()), ..Caller::default() };
    let options = vec![(option.to_owned(), Value::Text(typed.to_owned()))];
    let invocation = Invocation { command: command.to_owned(), options };
    commands::answer(snapshot(), &Languages::default(), &caller, jiff::civil::date(2026, 12, 1), &invocation)
}

/// The views that a reply's menus offer.
fn offered(reply: &Reply) -> BTreeSet<String> {
    let menus = reply.rows.iter().filter_map(|row| match row {
        Row::Menu(menu) => Some(menu),
        Row::Buttons(_) => None,
    });
    menus.flat_map(|menu| &menu.options).map(|option| option.value.clone()).collect()
}

#[test]
fn one_word_of_a_regions_name_is_not_the_region() {
    let all: BTreeSet<String> =
        snapshot().catalogue.regions.iter().map(|region| View::of(Entity::Region, &region.id).encode()).collect();
    for language in Language::ALL {
        for typed in ["monde", "le monde", "world", "mundo", "arabe", "ouest", "southern", "cross", "forums"] {
            let reply = ask(language, "region", "region", typed);
            assert_eq!((reply.kind, reply.private), (ReplyKind::Refusal, true), "{typed}: {reply:?}");
            assert_eq!(offered(&reply), all, "every region is offered for {typed}");
        }
        // A name that lacks letters only, and one that is another's way to say it.
        for (typed, id) in [
            ("Afriq", "africa"),
            ("moyen ori", "middle-east"),
            ("monde arabe", "middle-east"),
            ("Asie", "asia-pacific"),
        ] {
            let region = ask(language, "region", "region", typed);
            let expected =
                show(&reader(snapshot(), language, false), &View::of(Entity::Region, id)).expect("it is there");
            assert_eq!(region.embeds[0].title(), expected.embeds[0].title(), "{typed}");
        }
    }
}

#[test]
fn a_part_of_a_region_leads_to_the_region() {
    for (language, typed, id) in [
        (Language::Fr, "Afrique de l'Ouest", "africa"),
        (Language::Fr, "le Sahel", "africa"),
        (Language::Fr, "Corne de l'Afrique", "africa"),
        (Language::Fr, "Amérique du Sud", "americas"),
        (Language::En, "Southeast Asia", "asia-pacific"),
        (Language::En, "Balkans", "europe"),
        (Language::En, "the Gulf", "middle-east"),
        (Language::Es, "Sudamérica", "americas"),
        (Language::Es, "Centroamérica", "americas"),
        (Language::Es, "Asia Central", "europe"),
    ] {
        let region = ask(language, "region", "region", typed);
        let expected = show(&reader(snapshot(), language, false), &View::of(Entity::Region, id)).expect("it is there");
        assert_eq!(region.embeds[0].title(), expected.embeds[0].title(), "{typed}");
    }
}

#[test]
fn what_is_not_found_among_few_is_answered_with_all_of_them() {
    let catalogue = &snapshot().catalogue;
    let meetings = catalogue.meetings.meetings.iter().map(|one| View::of(Entity::Meeting, &one.id).encode());
    let topics = catalogue.topics.iter().map(|one| View::of(Entity::Topic, &one.id).encode());
    let (meetings, topics): (BTreeSet<String>, BTreeSet<String>) = (meetings.collect(), topics.collect());
    for (command, option, typed, all) in [
        ("reunions", "reunion", "dernière", &meetings),
        ("reunions", "reunion", "1999", &meetings),
        ("reunions", "reunion", "11", &meetings),
        ("themes", "theme", "qsdfgh", &topics),
    ] {
        let reply = ask(Language::Fr, command, option, typed);
        assert_eq!(reply.kind, ReplyKind::Refusal, "{typed}");
        assert_eq!(&offered(&reply), all, "{typed}");
    }
    let reply = ask(Language::Es, "reunions", "reunion", "ultima");
    let Some(Row::Menu(menu)) = reply.rows.first() else { panic!("{reply:#?}") };
    assert!(menu.options[0].label.contains("10.ª"), "the newest first: {}", menu.options[0].label);
}

#[test]
fn letters_that_are_somebody_elses_name_are_no_country() {
    // "É.-U." without its dots is the European Union.
    let reply = ask(Language::En, "pays", "pays", "EU");
    assert_eq!(reply.kind, ReplyKind::Refusal, "{}", text(&reply));
}

#[test]
fn a_chair_in_a_country_says_what_its_date_is() {
    let reply = ask(Language::Fr, "pays", "pays", "Suisse");
    assert!(text(&reply).contains("Processus de Rabat (vérifié le 31 janvier 2026)"), "{}", text(&reply));
}

#[test]
fn a_guess_is_called_a_guess_where_the_name_does_not_show_it() {
    for (command, option, typed, is_told) in [
        ("pays", "pays", "Bosnie", false),
        ("pays", "pays", "Allemagne", false),
        ("pays", "pays", "RDC", false),
        ("pays", "pays", "Madagasacr", true),
        ("info", "processus", "Processus de Prague", false),
        ("info", "processus", "processus-de-prague", false),
    ] {
        let reply = ask(Language::Fr, command, option, typed);
        assert_eq!(reply.kind, ReplyKind::Answer, "{typed}: {reply:?}");
        assert_eq!(reply.content.contains(typed), is_told, "{typed}: {:?}", reply.content);
    }
    let asked = ask(Language::Fr, "info", "processus", "Processus **de** Pargue @everyone");
    assert!(!asked.content.contains("**de**") && asked.ping.is_none(), "{:?}", asked.content);
}

#[test]
fn a_guess_is_called_a_guess_however_much_there_is_to_show() {
    let (mut guesses, mut untold) = (0, Vec::new());
    for language in Language::ALL {
        let catalogue = &snapshot().catalogue;
        let processes = catalogue.processes.iter().map(|one| ("info", "processus", one.name.get(language)));
        let countries = catalogue.countries.iter().map(|one| ("pays", "pays", one.name.get(language)));
        for (command, option, name) in processes.chain(countries) {
            // The last word with an error in its middle: two letters change places.
            let mut letters: Vec<char> = name.chars().collect();
            let end = letters.iter().rposition(|letter| letter.is_alphabetic()).expect("a letter");
            let begin = letters[..end].iter().rposition(|letter| !letter.is_alphabetic()).map_or(0, |place| place + 1);
            let middle = (begin + end) / 2;
            if middle == begin || letters[middle].to_lowercase().eq(letters[middle + 1].to_lowercase()) {
                continue;
            }
            letters.swap(middle, middle + 1);
            let typed: String = letters.into_iter().collect();
            let reply = ask(language, command, option, &typed);
            if reply.kind == ReplyKind::Answer {
                guesses += 1;
                if !reply.content.contains("-# ") {
                    untold.push(typed.clone());
                }
                assert!(reply.height() <= Budget::FACE.height, "{typed}: {} px", reply.height());
            }
        }
    }
    assert!(guesses > 500, "{guesses}");
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn what_has_a_name_of_its_own_is_not_what_begins_so() {
    for (command, option, typed) in
        [("pays", "pays", "Afrique"), ("info", "processus", "OEA"), ("secretariats", "organisation", "OEA")]
    {
        for language in Language::ALL {
            let reply = ask(language, command, option, typed);
            assert_ne!(reply.kind, ReplyKind::Answer, "{typed} is {}", reply.embeds[0].title());
        }
    }
    // What is no acronym of another's may begin one.
    let reply = ask(Language::Fr, "info", "processus", "mids");
    assert_eq!(reply.kind, ReplyKind::Answer);
}

#[test]
fn a_name_that_two_share_is_asked_back() {
    for language in Language::ALL {
        for (typed, codes) in [
            ("Congo", ["CD", "CG"]),
            ("le Congo", ["CD", "CG"]),
            ("congo", ["CD", "CG"]),
            ("Saint-Martin", ["MF", "SX"]),
            ("Corée", ["KP", "KR"]),
        ] {
            let reply = ask(language, "pays", "pays", typed);
            // A question is no error, and does not look like one.
            assert_eq!(reply.kind, ReplyKind::Question, "{typed}: {reply:?}");
            assert_eq!(reply.embeds[0].colour(), colour::GENERAL);
            let codes: BTreeSet<String> = codes.iter().map(|code| View::of(Entity::Country, code).encode()).collect();
            assert!(offered(&reply).is_superset(&codes), "{typed}: {reply:?}");
        }
        // Each of the two is found under a name of its own, and the names that only begin others are countries' own.
        for (typed, code) in [
            ("Congo-Brazzaville", "CG"),
            ("Congo-Kinshasa", "CD"),
            ("RDC", "CD"),
            ("Guinée", "GN"),
            ("Niger", "NE"),
            ("Soudan", "SD"),
            ("Samoa", "WS"),
        ] {
            let reply = ask(language, "pays", "pays", typed);
            let country = snapshot().catalogue.country(code).expect("it is there");
            assert!(reply.embeds[0].title().contains(country.name.get(language)), "{typed}: {reply:?}");
        }
        // What is offered while typing leads where its label leads.
        let country = snapshot().catalogue.country("CG").map(|country| country.name.get(language));
        assert_eq!(country, Some("Congo-Brazzaville"));
    }
}

#[test]
fn the_three_letters_of_iso_3166_are_understood() {
    for country in &snapshot().catalogue.countries {
        let is_code = |alias: &&String| alias.len() == 3 && alias.bytes().all(|byte| byte.is_ascii_uppercase());
        let codes: Vec<&String> = country.aliases.iter().filter(is_code).collect();
        assert!(!codes.is_empty(), "{} has no code of three letters", country.code);
        for code in codes {
            let found = snapshot().names.find(Entity::Country, code, Language::Fr);
            // Two codes of other lists are borne by two countries, and ask back: BUR is Burma's and Burkina Faso's.
            let others = snapshot().catalogue.countries.iter().filter(|other| other.aliases.contains(code)).count() - 1;
            match &found {
                Finding::One(one) => assert_eq!((one.id, others), (country.code.as_str(), 0), "{code}"),
                Finding::Several(offered) if others > 0 => {
                    assert!(offered.iter().any(|one| one.id == country.code), "{code}: {found:?}");
                    assert_eq!(offered.len(), others + 1, "{code}: {found:?}");
                }
                _ => panic!("{code}: {found:?}"),
            }
        }
    }
}

#[test]
fn every_question_back_is_told_apart_from_a_refusal() {
    for command in commands::COMMANDS {
        let Some(option) = command.options.first().filter(|option| option.required) else { continue };
        let reply = ask(Language::Fr, command.name.fr, option.name.fr, " ");
        assert_ne!(reply.kind, ReplyKind::Apology, "{}", command.name.fr);
        if reply.kind == ReplyKind::Question {
            assert_eq!(reply.embeds[0].colour(), colour::GENERAL, "{}", command.name.fr);
        }
    }
    assert_eq!(ask(Language::Fr, "info", "processus", " ").kind, ReplyKind::Question);
}

#[test]
fn who_serves_with_others_is_marked_wherever_it_is_named_as_serving() {
    let catalogue = &snapshot().catalogue;
    let providers = |process: &rcp_bot::catalogue::Process| -> Vec<String> {
        process.secretariat.iter().flat_map(|one| one.organisations.clone()).collect()
    };
    for language in Language::ALL {
        let reader = reader(snapshot(), language, true);
        for process in catalogue.processes.iter().filter(|process| providers(process).len() > 1) {
            let marked = format!("{}\u{a0}🤝", voice(language).process_short(process));
            for id in providers(process) {
                let face = text(&show(&reader, &View::Organisation { id: id.clone() }).expect("it is there"));
                // A list that is too long for the face ends with how many are left out.
                assert!(face.contains(&marked) || face.contains("… + "), "{language} {id}: {face}");
                let more = show(&reader, &View::OrganisationMore { id: id.clone(), page: 0 }).expect("it is there");
                let pages = ways(&more).into_iter().filter(|view| matches!(view, View::OrganisationMore { .. }));
                let pages = pages.filter_map(|view| show(&reader, &view).ok()).map(|page| text(&page));
                let all = format!("{}{}", text(&more), pages.collect::<String>());
                assert!(all.contains(&marked), "{language} {id}: {all}");
            }
        }
        let almaty = catalogue.process("processus-almaty").expect("it is there");
        let served = show(&reader, &View::Served { page: 0 }).expect("it is there");
        let pages: String =
            ways(&served).iter().filter_map(|view| show(&reader, view).ok()).map(|page| text(&page)).collect();
        let marked = format!("{}\u{a0}🤝", voice(language).process_short(almaty));
        assert!(format!("{}{pages}", text(&served)).matches(&marked).count() >= 2, "{language}");
    }
}

#[test]
fn a_chair_that_was_only_seen_to_begin_is_not_told_as_todays() {
    let mut files = small::catalogue("zz", 1);
    for content in files.0.values_mut() {
        let text = String::from_utf8(content.clone()).expect("the catalogue is text");
        *content = text.replace("as_of = \"2026-01\"", "as_of = \"2022/..\"").into_bytes();
    }
    let (served, report) = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, jiff::civil::date(2026, 12, 1));
    let served = served.unwrap_or_else(|| panic!("{:?}", report.errors().next()));
    for (language, expected) in
        [(Language::Fr, "constatée en 2022, suite inconnue"), (Language::En, "seen in 2022; not known since")]
    {
        let card = show(&reader(&served, language, true), &View::Process { id: "p1".to_owned() }).expect("it is there");
        let said = text(&card);
        assert!(said.contains(expected) && !said.contains("depuis 2022"), "{language}: {said}");
    }
    // Each date in its own way.
    let day = |text: &str| text.parse::<When>().expect("a date");
    for (when, expected) in [
        ("2023-04", "vérifié en avril 2023"),
        ("2023-04-01", "vérifié le 1er avril 2023"),
        ("2023", "vérifié en 2023"),
        ("2024~", "vérifié\u{a0}: vers 2024"),
        ("2022-06-13/2022-06-14", "vérifié\u{a0}: 13–14 juin 2022"),
    ] {
        assert_eq!(voice(Language::Fr).say_dated("checked", day(when)), expected);
    }
}

/// What stands for a status in lists, and its words in a language.
fn marks(language: Language) -> Vec<(&'static str, Vec<String>)> {
    let words = |status: &StatusValue| {
        let said = [format!("status-{}", status.key()), format!("status-plural-{}", status.key())];
        said.map(|key| voice(language).say(&key).to_lowercase()).to_vec()
    };
    let marked = [(StatusValue::Active, "🟢"), (StatusValue::Emerging, "🟡"), (StatusValue::Inactive, "⚪")];
    marked.iter().map(|(status, mark)| (*mark, words(status))).collect()
}

#[test]
fn no_mark_of_a_status_stands_without_its_word() {
    for language in Language::ALL {
        let marks = marks(language);
        let mut bare = Vec::new();
        for (view, reply) in &answers::shipped(language, true).all {
            let said = text(reply).to_lowercase();
            for (mark, words) in &marks {
                if said.contains(mark) && !words.iter().any(|word| said.contains(word.as_str())) {
                    bare.push(format!("{view:?}: {mark}"));
                }
                for row in &reply.rows {
                    let Row::Menu(menu) = row else { continue };
                    let with_mark = menu.options.iter().filter(|option| option.emoji.as_deref() == Some(*mark));
                    bare.extend(
                        with_mark
                            .filter(|option| !words.iter().any(|word| option.description.to_lowercase().contains(word)))
                            .map(|option| format!("{view:?}: {mark} {}", option.label)),
                    );
                }
            }
        }
        assert!(bare.is_empty(), "{language}: {} marks without words: {:#?}", bare.len(), &bare[..bare.len().min(10)]);
    }
}

#[test]
fn every_member_of_every_process_opens_from_its_members() {
    let mut most = 0;
    for process in &snapshot().catalogue.processes {
        let reader = reader(snapshot(), Language::Fr, true);
        let mut queue = vec![View::Members { id: process.id.clone(), page: 0 }];
        let mut seen: BTreeSet<String> = queue.iter().map(View::encode).collect();
        let mut opened: BTreeSet<String> = BTreeSet::new();
        while let Some(view) = queue.pop() {
            for way in ways(&show(&reader, &view).expect("it is there")) {
                match &way {
                    View::Country { code } => drop(opened.insert(code.clone())),
                    View::Members { .. } if seen.insert(way.encode()) => queue.push(way),
                    _ => {}
                }
            }
        }
        let members: BTreeSet<String> =
            process.participants(ParticipantRole::Member).iter().flat_map(|group| group.states.clone()).collect();
        assert!(opened.is_superset(&members), "{}: {:?}", process.id, members.difference(&opened));
        most = most.max(members.len());
    }
    assert!(most > 45, "the longest list of members has {most}");
}
