//! What looks over all processes: who chairs, what two have in common, what is new, what can be asked.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use rcp_bot::catalogue::{Language, ParticipantRole, StatusValue};
use rcp_bot::commands::{COMMANDS, Caller, Languages, Reader, View, answer, parse, show};
use rcp_bot::reply::{Reply, ReplyKind};

use crate::support::answers;
use crate::support::bot::snapshot;

/// The answer to a typed line.
fn ask(line: &str) -> Reply {
    let invocation = parse(line).unwrap_or_else(|mistyped| panic!("{line}: {mistyped}"));
    answer(snapshot(), &Languages::default(), &Caller::default(), date(2026, 12, 1), &invocation)
}

/// A reader of a language on a day.
fn on(day: Date, language: Language) -> Reader<'static> {
    Reader { today: day, ..answers::reader(snapshot(), language, true) }
}

/// The text of a view and of all its further pages.
fn whole(reader: &Reader<'_>, view: impl Fn(usize) -> View) -> String {
    let mut text = String::new();
    for page in 0.. {
        let reply = show(reader, &view(page)).expect("the view is shown");
        text.push_str(&answers::text(&reply));
        text.push('\n');
        if !answers::ways(&reply).contains(&view(page + 1)) {
            return text;
        }
    }
    text
}

#[test]
fn every_known_chair_is_listed_with_its_age_and_each_region_lists_its_own() {
    let snapshot = snapshot();
    for language in Language::ALL {
        let (reader, voice) = (on(date(2026, 12, 1), language), snapshot.messages.voice(language));
        let all = whole(&reader, |page| View::Chairs { region: None, page });
        for process in &snapshot.catalogue.processes {
            let Some(chair) = process.chair.as_ref().filter(|chair| !chair.countries.is_empty()) else { continue };
            let holders = voice.parties(&snapshot.catalogue, &chair.countries, &chair.organisations);
            let line = format!("**{}** – {holders}", voice.process_short(process));
            assert!(all.contains(&line), "{language}: {line} is missing in\n{all}");
            let region = Some(process.region.clone());
            let own = whole(&reader, |page| View::Chairs { region: region.clone(), page });
            assert!(own.contains(&line), "{language} {region:?}: {line} is missing in\n{own}");
            if let Some(as_of) = chair.as_of {
                let as_of = voice.date(as_of);
                let after = all.split_once(&line).map_or("", |(_, after)| after);
                let second = after.lines().nth(1).unwrap_or_default();
                // "depuis …" is told as "constaté en …": the date itself stands there in either case.
                let bare = as_of.rsplit_once(' ').map_or(as_of.as_str(), |(_, year)| year);
                assert!(
                    second.starts_with("-# ") && second.contains(bare),
                    "{language}: {line}: {second} has no {bare}"
                );
            }
        }
    }
    let europe = answers::text(&ask("/rcp presidences region:Europe"));
    assert!(europe.contains("Prague") && !europe.contains("Bali"), "{europe}");
}

#[test]
fn two_countries_are_told_where_they_sit_together_and_apart() {
    let snapshot = snapshot();
    let takes_part = |code: &str| -> BTreeSet<&str> {
        let absent = [ParticipantRole::FormerMember, ParticipantRole::Candidate, ParticipantRole::Invited];
        let sits = snapshot.catalogue.processes.iter().filter(|process| {
            let groups = process.participants.iter().filter(|group| !absent.contains(&group.role));
            let chairs = process.chair.iter().flat_map(|chair| &chair.countries);
            let serves = process.secretariat.iter().flat_map(|secretariat| &secretariat.countries);
            groups.flat_map(|group| &group.states).chain(chairs).chain(serves).any(|state| state == code)
        });
        sits.map(|process| process.id.as_str()).collect()
    };
    let voice = snapshot.messages.voice(Language::En);
    let reader = on(date(2026, 12, 1), Language::En);
    for (a, b) in [("FR", "MA"), ("BR", "ES"), ("KE", "UG"), ("AU", "ID"), ("FR", "TO")] {
        let (one, other) = (takes_part(a), takes_part(b));
        let text = whole(&reader, |page| View::CompareMore { a: a.to_owned(), b: b.to_owned(), page });
        let face = show(&reader, &View::Compare { a: a.to_owned(), b: b.to_owned() }).expect("a comparison");
        let together = face.embeds[0].fields()[0].name.clone();
        assert_eq!(together, format!("Together ({})", one.intersection(&other).count()), "{a} {b}");
        for id in one.union(&other) {
            let name = voice.process_short(snapshot.catalogue.process(id).expect("a process"));
            assert!(text.contains(&format!("**{name}**")), "{a} {b}: {name} is missing in\n{text}");
        }
    }
}

#[test]
fn two_processes_share_the_members_that_both_list() {
    let snapshot = snapshot();
    let members = |id: &str| -> BTreeSet<String> {
        let process = snapshot.catalogue.process(id).expect(id);
        process.participants(ParticipantRole::Member).expect("members").states.iter().cloned().collect()
    };
    let (prague, budapest) = (members("processus-de-prague"), members("budapest-process"));
    let reply = ask("/rcp compare a:Prague Process b:Budapest Process langue:en");
    let headings: Vec<&str> = reply.embeds[0].fields().iter().map(|field| field.name.as_str()).collect();
    let expected = [
        format!("Members in common ({})", prague.intersection(&budapest).count()),
        format!("Prague Process only ({})", prague.difference(&budapest).count()),
        format!("Budapest Process only ({})", budapest.difference(&prague).count()),
    ];
    assert_eq!(headings, expected);
}

#[test]
fn a_country_and_a_process_are_told_whether_it_takes_part_in_any_order() {
    for (line, said) in [
        ("/rcp comparer a:Pologne b:Processus de Prague", "Processus de Prague\u{a0}: **membre**."),
        ("/rcp comparer a:Processus de Prague b:Tchéquie", "Processus de Prague\u{a0}: **préside, membre**."),
        ("/rcp comparer a:Brésil b:Processus de Prague", "**ne figure pas** parmi les participants connus."),
        ("/rcp compare a:Prague Process b:BRA langue:en", "**not among** the known participants."),
    ] {
        let reply = ask(line);
        assert_eq!(reply.kind, ReplyKind::Answer, "{line}");
        assert!(answers::text(&reply).contains(said), "{line}: {}", answers::text(&reply));
    }
    // Where no list of members is known nothing is claimed.
    let unlisted =
        snapshot().catalogue.processes.iter().find(|process| {
            process.participants.iter().all(|group| group.states.is_empty()) && process.chair.is_none()
        });
    let reply = ask(&format!("/rcp comparer a:Tonga b:{}", unlisted.expect("one without a list").id));
    assert!(answers::text(&reply).contains("rien ne dit si"), "{}", answers::text(&reply));
    for nothing in ["/rcp comparer a:France b:FR", "/rcp comparer a:Prague b:Processus de Prague"] {
        assert_eq!(ask(nothing).embeds[0].title(), "Rien à comparer", "{nothing}");
    }
    let unknown = ask("/rcp comparer a:pizza b:France");
    assert_eq!((unknown.kind, unknown.private), (ReplyKind::Refusal, true));
}

#[test]
fn what_an_unknown_list_has_in_common_is_not_none() {
    for line in
        ["/rcp comparer a:Chine b:Bali", "/rcp comparer a:MIDSA b:APC", "/rcp compare a:Bali b:Prague langue:en"]
    {
        let reply = ask(line);
        let text = answers::text(&reply);
        assert_eq!(reply.kind, ReplyKind::Answer, "{line}: {text}");
        let is_told = text.contains("La liste n'a pas été trouvée.") || text.contains("The list was not found.");
        let denies = text.contains("(0)") || text.contains("aucun") || text.contains("in common");
        assert!(is_told && !denies, "{line}: {text}");
    }
    // The list that is known is there, and of two that are known what they have in common, if it is nothing.
    let text = answers::text(&ask("/rcp comparer a:MIDSA b:APC"));
    assert!(text.contains("MIDSA (16)") && text.contains("Angola"), "{text}");
    let text = answers::text(&ask("/rcp comparer a:MIDSA b:CSM"));
    assert!(text.contains("Membres en commun (0)"), "{text}");
}

#[test]
fn the_news_of_a_day_are_those_of_that_day() {
    let snapshot = snapshot();
    for day in [date(2026, 12, 1), date(2025, 4, 1), date(2024, 9, 25), date(2010, 1, 1)] {
        let now = (day.year(), day.month().unsigned_abs(), day.day().unsigned_abs());
        let reader = on(day, Language::En);
        let reply = show(&reader, &View::News {}).expect("news");
        let field = |name: &str| {
            let found = reply.embeds[0].fields().iter().find(|field| field.name == name);
            found.map(|field| field.value.clone()).unwrap_or_default()
        };
        let dated = || {
            let all = snapshot.catalogue.processes.iter().flat_map(|process| &process.meetings);
            all.filter_map(|meeting| meeting.date).filter(|date| date.year().is_some())
        };
        let ahead = dated().filter(|date| date.earliest() > now).count();
        let under_way = |text: &str| text.contains("No upcoming meeting is known.");
        assert_eq!(under_way(&field("Upcoming or under way")), ahead == 0 && day != date(2024, 9, 25), "{day}");
        let newest = dated().filter(|date| date.latest() < now).max_by_key(|date| date.earliest()).expect("a meeting");
        let newest = snapshot.messages.voice(Language::En).date(newest);
        assert!(field("Latest meetings").contains(&newest), "{day}: {newest}: {}", field("Latest meetings"));
    }
    // The meeting that began the day before is under way.
    let reply = show(&on(date(2024, 9, 25), Language::En), &View::News {}).expect("news");
    assert!(answers::text(&reply).contains("**Prague Process** – senior officials' meeting"));
    let inactive: Vec<&str> = snapshot
        .catalogue
        .at(&snapshot.relations.newest_chairs)
        .filter(|process| process.status.value == StatusValue::Inactive)
        .map(|process| process.id.as_str())
        .collect();
    assert!(inactive.is_empty(), "{inactive:?}");
}

#[test]
fn every_example_of_the_help_is_answered_when_it_is_typed() {
    for language in Language::ALL {
        let examples = snapshot().messages.voice(language).say("help-examples");
        let mut commands = BTreeSet::new();
        for example in examples.lines() {
            let line = example.trim().trim_matches('`');
            let invocation = parse(line).unwrap_or_else(|mistyped| panic!("{language} {line}: {mistyped}"));
            let named = COMMANDS.iter().find(|command| command.name.fr == invocation.command).expect("a command");
            assert!(line.starts_with(&format!("/rcp {}", named.name.get(language))), "{line} is not in {language}");
            let reply = answer(
                snapshot(),
                &Languages { default: language, ..Languages::default() },
                &Caller::default(),
                date(2026, 12, 1),
                &invocation,
            );
            assert_eq!(reply.kind, ReplyKind::Answer, "{language} {line}: {}", answers::text(&reply));
            commands.insert(invocation.command);
        }
        assert!(commands.len() >= 8, "{language}: examples of {commands:?}");
        let reply = show(&on(date(2026, 12, 1), language), &View::Help {}).expect("help");
        assert!(answers::text(&reply).contains(examples.lines().last().expect("examples").trim()), "all are shown");
    }
}

#[test]
fn the_help_lists_every_command_in_the_readers_language() {
    for language in Language::ALL {
        let text = whole(&on(date(2026, 12, 1), language), |page| View::Commands { page });
        for command in COMMANDS {
            assert!(text.contains(&format!("**/rcp {}**", command.name.get(language))), "{language}\n{text}");
            for option in command.options {
                assert!(text.contains(&format!("`{}`", option.name.get(language))), "{language}\n{text}");
            }
        }
    }
}
