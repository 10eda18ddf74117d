//! Answers at a glance: every answer keeps within one view of a phone, whatever the catalogue holds, and nothing that a
//! record says is lost by that.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rcp_bot::catalogue::{Catalogue, Language, Note, Process, Source, Text};
use rcp_bot::commands::{COMMANDS, Reader, Refusal, Section, View, apology, show};
use rcp_bot::lookup::Entity;
use rcp_bot::reply::{Budget, Embed, Reply, ReplyKind, Row};
use rcp_bot::snapshot::{Origin, Snapshot};

use crate::support::bot::snapshot;
use crate::support::{answers, small};

/// The characters of a reply's embeds.
fn characters(reply: &Reply) -> usize {
    let embed = |embed: &Embed| {
        let texts = [embed.title(), embed.text(), embed.foot()];
        let fields = embed.fields().iter().flat_map(|field| [field.name.as_str(), field.value.as_str()]);
        texts.into_iter().chain(fields).map(|text| text.chars().count()).sum::<usize>()
    };
    reply.embeds.iter().map(embed).sum()
}

/// What is wrong with an answer at a glance, if anything. How high it stands is measured in a browser.
fn fault(view: &View, reply: &Reply) -> Option<String> {
    let budget = if view.is_face() { Budget::FACE } else { Budget::SHEET };
    let count = characters(reply);
    if count > budget.characters {
        return Some(format!("{view:?} has {count} characters"));
    }
    let height = reply.height();
    if height > budget.height {
        return Some(format!("{view:?} is {height} px high"));
    }
    let buttons = |row: &Row| match row {
        Row::Buttons(buttons) => buttons.len(),
        Row::Menu(_) => 1,
    };
    if reply.rows.len() > 3 || reply.rows.iter().map(buttons).any(|count| count > 5) {
        return Some(format!("{view:?} has {} rows", reply.rows.len()));
    }
    let views: Vec<String> = answers::ways(reply).iter().map(View::encode).collect();
    let distinct: BTreeSet<&String> = views.iter().collect();
    let repeats = distinct.len() != views.len() && !matches!(view, View::More { .. });
    repeats.then(|| format!("{view:?} has a control that repeats another: {views:?}"))
}

#[test]
fn every_answer_keeps_its_budget() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        for private in [false, true] {
            for (view, reply) in &answers::shipped(language, private).all {
                faults.extend(fault(view, reply).map(|fault| format!("{language}: {fault}")));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults: {:#?}", faults.len(), faults.iter().take(20).collect::<Vec<_>>());
}

#[test]
fn every_card_shows_every_fact_of_its_face() {
    let mut left_out = Vec::new();
    for language in Language::ALL {
        for private in [false, true] {
            for process in &snapshot().catalogue.processes {
                let reply = answers::shipped(language, private).reply(&View::Process { id: process.id.clone() });
                let fields = reply.expect("its card is shown").embeds[0].fields();
                let facts = fields.last().map(|field| field.value.as_str()).unwrap_or_default();
                // Who serves, who takes part, IOM's role, and the last meeting where one is known.
                let lines = 3 + usize::from(!process.meetings.is_empty());
                if fields.len() != 2 || facts.lines().count() != lines || facts.contains("… + ") {
                    left_out.push(format!("{language} {}: {facts}", process.id));
                }
            }
        }
    }
    assert!(left_out.is_empty(), "{} cards: {left_out:#?}", left_out.len());
}

/// The words of a text, without what only joins them.
fn words(text: &str) -> BTreeSet<String> {
    let folded = text.to_lowercase().replace('’', "'");
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Every text of a process's record in a language, and where it stands.
fn said(catalogue: &Catalogue, process: &Process, language: Language) -> Vec<(&'static str, String)> {
    let text = |text: &Text| text.get(language).to_owned();
    let mut said = vec![("name", process.name.get(language).to_owned()), ("freshness", text(&process.freshness))];
    let mut add = |what: &'static str, texts: Vec<String>| said.extend(texts.into_iter().map(|one| (what, one)));
    add("aliases", [&process.aliases[..], &process.former_names, &process.other_acronyms].concat());
    add("short name", process.short_name.iter().map(|name| name.get(language).to_owned()).collect());
    add("acronym", process.acronym.iter().map(|acronym| acronym.get(language).to_owned()).collect());
    add("subregion", process.subregion.iter().map(text).collect());
    add("purpose", process.purpose.iter().map(text).collect());
    add("status note", process.status.note.iter().map(text).collect());
    for milestone in process.founding.iter().chain(&process.ended) {
        add("milestone", milestone.place.iter().chain(&milestone.event).map(text).collect());
    }
    if let Some(chair) = &process.chair {
        add("chair", chair.note.iter().chain(&chair.rule).map(text).collect());
        add("former chairs", chair.history.iter().flat_map(|former| &former.note).map(text).collect());
    }
    if let Some(secretariat) = &process.secretariat {
        add("secretariat", secretariat.place.iter().chain(&secretariat.note).map(text).collect());
    }
    add("IOM's role", process.iom_roles.iter().map(|role| text(&role.text)).collect());
    for group in &process.participants {
        add("participants", group.note.iter().map(text).collect());
        let countries = group.states.iter().filter_map(|code| catalogue.country(code));
        add("members", countries.map(|one| text(&one.name)).collect());
    }
    add("themes", process.themes.iter().map(|theme| theme.get(language).to_owned()).collect());
    add("structure", process.structure.iter().map(text).collect());
    for meeting in &process.meetings {
        add("meetings", [&meeting.title].into_iter().chain(&meeting.place).map(text).collect());
    }
    add("notes", process.notes.iter().map(|note| text(&note.text)).collect());
    add("sources", process.sources.iter().flat_map(|source| &source.says).map(text).collect());
    said
}

/// What is shown of some views, of what their controls lead to, and of what those lead to, as far as it belongs here.
fn within_two_presses(reader: &Reader<'_>, roots: Vec<View>, belongs: impl Fn(&View) -> bool) -> String {
    let (mut layer, mut seen, mut shown) = (roots, BTreeSet::new(), String::new());
    for _ in 0..=2 {
        let mut next = Vec::new();
        for view in layer {
            if !belongs(&view) || !seen.insert(view.encode()) {
                continue;
            }
            let Ok(reply) = show(reader, &view) else { continue };
            shown.push_str(&answers::text(&reply));
            shown.push('\n');
            next.extend(answers::ways(&reply));
        }
        layer = next;
    }
    shown
}

#[test]
fn nothing_that_a_record_says_is_lost_within_two_presses_of_its_card() {
    let lost = lost_of_records(snapshot());
    assert!(lost.is_empty(), "{} texts are lost: {:#?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
}

/// What the records of processes say that no view within two presses of their cards shows.
fn lost_of_records(snapshot: &Snapshot) -> Vec<String> {
    let mut lost = Vec::new();
    for language in Language::ALL {
        let reader = answers::reader(snapshot, language, true);
        for process in &snapshot.catalogue.processes {
            let is_about = |view: &View| view.encode().split(':').nth(1) == Some(process.id.as_str());
            let shown = within_two_presses(&reader, vec![View::Process { id: process.id.clone() }], is_about);
            let shown = words(&shown);
            for (what, text) in said(&snapshot.catalogue, process, language) {
                let missing: Vec<String> = words(&text).difference(&shown).cloned().collect();
                if !missing.is_empty() {
                    lost.push(format!("{language} {}: {what}: {missing:?} of {text:?}", process.id));
                }
            }
        }
    }
    lost
}

#[test]
fn nothing_that_is_said_of_organisations_meetings_and_terms_is_lost_within_two_presses() {
    let lost = lost_of_entries(snapshot());
    assert!(lost.is_empty(), "{} texts are lost: {:#?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
}

/// What the records of organisations, meetings and terms say that no view within two presses of them shows.
fn lost_of_entries(snapshot: &Snapshot) -> Vec<String> {
    let mut lost = Vec::new();
    let catalogue = &snapshot.catalogue;
    for language in Language::ALL {
        let reader = answers::reader(snapshot, language, true);
        let text = |text: &Text| text.get(language).to_owned();
        let told = |notes: &[Note], sources: &[Source]| -> Vec<String> {
            let notes = notes.iter().map(|note| text(&note.text));
            notes.chain(sources.iter().flat_map(|source| &source.says).map(text)).collect()
        };
        let mut records: Vec<(View, &str, Vec<String>)> = Vec::new();
        for one in &catalogue.organisations {
            let mut said = told(&one.notes, &one.sources);
            said.extend([&one.description, &one.founders, &one.seat, &one.role].into_iter().flatten().map(text));
            said.push(one.name.get(language).to_owned());
            said.extend(one.aliases.clone());
            records.push((View::Organisation { id: one.id.clone() }, &one.id, said));
        }
        for one in &catalogue.meetings.meetings {
            let mut said = told(&one.notes, &one.sources);
            let texts = [&one.place, &one.focus, &one.hosting, &one.attendance, &one.background];
            said.extend(texts.into_iter().flatten().map(text));
            said.extend(one.topics.iter().chain(&one.outcomes).map(text));
            said.extend([&one.name].into_iter().chain(&one.theme).map(|name| name.get(language).to_owned()));
            records.push((View::Meeting { id: one.id.clone() }, &one.id, said));
        }
        for one in &catalogue.glossary.terms {
            let mut said = told(&one.notes, &one.sources);
            said.extend(one.definition.iter().map(text));
            said.push(one.name.get(language).to_owned());
            said.extend(one.variants.clone());
            records.push((View::Term { id: one.id.clone() }, &one.id, said));
        }
        for (root, id, said) in records {
            let belongs = |view: &View| view.encode().split(':').nth(1) == Some(id);
            let shown = words(&within_two_presses(&reader, vec![root.clone()], belongs));
            for text in said {
                let missing: Vec<String> = words(&text).difference(&shown).cloned().collect();
                if !missing.is_empty() {
                    lost.push(format!("{language} {root:?}: {missing:?} of {text:?}"));
                }
            }
        }
    }
    lost
}

#[test]
fn every_fact_of_the_general_files_reaches_people_within_two_presses() {
    let lost = lost_of_facts(snapshot());
    assert!(lost.is_empty(), "{} texts are lost: {:#?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
}

/// What the facts of `general.toml` and `iom.toml` say that no view within two presses of `/rcp apropos` and `/rcp oim`
/// shows.
fn lost_of_facts(snapshot: &Snapshot) -> Vec<String> {
    let mut lost = Vec::new();
    for language in Language::ALL {
        let reader = answers::reader(snapshot, language, true);
        let is_about = |view: &View| {
            matches!(view, View::About { .. } | View::AboutPage { .. } | View::Iom {} | View::IomPart { .. })
        };
        let roots = vec![View::About { section: Section::Overview }, View::Iom {}];
        let shown = within_two_presses(&reader, roots, is_about);
        let shown = words(&shown);
        let (catalogue, voice) = (&snapshot.catalogue, snapshot.messages.voice(language));
        let (general, iom) = (&catalogue.general, &catalogue.iom);
        let lists = [
            &general.features,
            &general.topics,
            &general.achievements,
            &general.contributions,
            &general.references,
            &general.levels,
            &general.counts,
            &general.milestones,
            &general.studies,
            &iom.figures,
            &iom.roles,
            &iom.basics,
        ];
        for fact in lists.into_iter().flatten() {
            let texts = [&fact.label].into_iter().chain(&fact.text).chain(&fact.points);
            let texts = texts.chain(fact.notes.iter().map(|note| &note.text)).map(|text| text.get(language).to_owned());
            let organisations = fact.organisations.iter().filter_map(|id| catalogue.organisation(id));
            let organisations = organisations.map(|one| voice.organisation_short(one).to_owned());
            let processes = fact.processes.iter().filter_map(|id| catalogue.process(id));
            let processes = processes.map(|one| voice.process_short(one).to_owned());
            for text in texts.chain(organisations).chain(processes).chain(fact.reference.clone()) {
                let missing: Vec<String> = words(&text).difference(&shown).cloned().collect();
                if !missing.is_empty() {
                    lost.push(format!("{language} {}: {missing:?} of {text:?}", fact.id));
                }
            }
        }
    }
    lost
}

/// Every note of a catalogue in a language that is long enough to be told from other words.
fn all_notes(catalogue: &Catalogue, language: Language) -> BTreeSet<String> {
    let (general, iom) = (&catalogue.general, &catalogue.iom);
    let facts = [
        &general.features,
        &general.topics,
        &general.achievements,
        &general.contributions,
        &general.references,
        &general.levels,
        &general.counts,
        &general.milestones,
        &general.studies,
        &iom.figures,
        &iom.roles,
        &iom.basics,
    ];
    let notes = facts.into_iter().flatten().flat_map(|fact| &fact.notes);
    let notes = notes.chain(catalogue.processes.iter().flat_map(|process| &process.notes));
    let notes = notes.chain(catalogue.organisations.iter().flat_map(|one| &one.notes));
    let notes = notes.chain(catalogue.meetings.meetings.iter().flat_map(|one| &one.notes));
    let notes = notes.chain(&catalogue.meetings.series.notes).chain(&general.definition.notes);
    let notes = notes.chain(catalogue.glossary.terms.iter().flat_map(|term| &term.notes));
    let texts = notes.map(|note| note.text.get(language).to_owned());
    texts.filter(|text| text.chars().count() > 25).collect()
}

#[test]
fn no_note_stands_twice_in_a_view_and_every_note_is_shown() {
    for language in Language::ALL {
        let notes = all_notes(&snapshot().catalogue, language);
        let (mut unseen, mut twice) = (notes.clone(), Vec::new());
        for (view, reply) in &answers::shipped(language, true).all {
            // Only what is a note is marked as one; a face or an excerpt may quote the beginning of one.
            let text = answers::text(reply);
            let marked = text.lines().filter(|line| ["⚖️", "❔", "ℹ️"].iter().any(|mark| line.starts_with(mark)));
            for line in marked {
                let said = line.trim_start_matches(['⚖', '❔', 'ℹ', '\u{fe0f}', ' ']);
                if notes.contains(said) && text.matches(said).count() > 1 {
                    twice.push(format!("{language} {view:?}: {said}"));
                }
                unseen.remove(said);
            }
        }
        assert!(twice.is_empty(), "{} notes stand twice: {twice:#?}", twice.len());
        // One that is longer than a page's piece stands in two.
        unseen.retain(|note| note.chars().count() < 400);
        assert!(unseen.is_empty(), "{language}: {} notes reach nobody: {unseen:#?}", unseen.len());
    }
}

/// How many words the texts of a hostile catalogue are told apart by.
const DISTINCT: usize = 89;

/// More of a process than any record of the shipped catalogue has.
fn much(parts: usize) -> String {
    let text = |what: &str, part: usize| {
        let text = format!("{what}{part} zz");
        format!(r#"{{ fr = "{text}", en = "{text}", es = "{text}" }}"#)
    };
    let each = |template: &dyn Fn(usize) -> String| (0..parts).map(template).collect::<String>();
    let notes = each(&|part| {
        let kind = ["conflict", "doubt", "context"][part % 3];
        format!("\n[[note]]\nabout = [\"chair\"]\nkind = \"{kind}\"\ntext = {}\n", text("Réserve", part))
    });
    let meetings = each(&|part| {
        let (title, place) = (text("Réunion", part), text("Lieu", part));
        format!("\n[[meeting]]\ntitle = {title}\nplace = {place}\ndate = \"{}\"\n", 1990 + part % 30)
    });
    notes + &meetings
}

/// A catalogue whose texts are as long as they may be, of letters of any kind, and whose processes have much to tell.
fn hostile(letter: &str, words: bool, processes: usize, parts: usize) -> Snapshot {
    let mut files = small::catalogue("zz", processes);
    for (path, content) in &mut files.0 {
        if path.starts_with("processes/") {
            let text = String::from_utf8(content.clone()).expect("the catalogue is text");
            let supported = text.replacen("\"secretariat\"]", "\"secretariat\", \"meetings\"]", 1);
            *content = (supported + &much(parts)).into_bytes();
        }
    }
    let long = |length: usize| {
        let word = |number: usize| format!("{}{} ", letter.repeat(5), number % DISTINCT);
        let text: String = match words {
            true => (length..).map(word).flat_map(|word| word.chars().collect::<Vec<_>>()).take(length).collect(),
            false => letter.chars().cycle().take(length).collect(),
        };
        text.trim().to_owned()
    };
    let texts = [
        ("But zz", 350),
        ("Fraîcheur zz", 200),
        ("État zz", 250),
        ("Présidence zz", 250),
        ("Thème zz", 120),
        ("Secrétariat zz", 250),
        ("Membres zz", 250),
        ("Définition zz", 600),
        ("Rôle zz", 600),
        ("Dialogue zz", 500),
        ("Source zz", 200),
    ];
    for content in files.0.values_mut() {
        let text = String::from_utf8(content.clone()).expect("the catalogue is text");
        *content = texts.iter().fold(text, |text, (short, length)| text.replace(short, &long(*length))).into_bytes();
    }
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::BuiltIn, jiff::civil::date(2026, 12, 1));
    snapshot.unwrap_or_else(|| panic!("{:?}", report.errors().next()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn hostile_catalogues_keep_the_budget_and_lose_nothing(
        letter in prop::sample::select(vec!["W", "i", "漢", "ж", "é"]), words in any::<bool>(), processes in 1..12_usize,
        parts in 0..25_usize,
    ) {
        let snapshot = hostile(letter, words, processes, parts);
        for language in Language::ALL {
            let mut faults = Vec::new();
            answers::each(&answers::reader(&snapshot, language, true), |view, reply| faults.extend(fault(view, reply)));
            prop_assert!(faults.is_empty(), "{:#?}", faults);
        }
        // A word as long as a text is broken over pages.
        if words {
            let lost = [lost_of_records(&snapshot), lost_of_facts(&snapshot), lost_of_entries(&snapshot)].concat();
            prop_assert!(lost.is_empty(), "{} texts are lost: {:#?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
        }
    }

    #[test]
    fn hostile_questions_are_refused_within_the_budget(
        letter in prop::sample::select(vec!["W", "漢", "*", "@", "<", "é "]), length in 0..6_000_usize,
        candidates in 0..60_usize, processes in 1..40_usize,
    ) {
        let snapshot = hostile("W", false, processes, 0);
        let typed = letter.repeat(length);
        let ids = snapshot.catalogue.processes.iter().map(|process| (Entity::Process, process.id.clone()));
        let candidates: Vec<(Entity, String)> = ids.cycle().take(candidates).collect();
        let known = COMMANDS.iter().map(|command| command.name).collect();
        let wait = std::time::Duration::MAX;
        let mut refusals = vec![
            Refusal::Several { typed: typed.clone(), candidates: candidates.clone() },
            Refusal::SearchedInVain { query: typed.clone() },
            Refusal::UnknownCommand { typed: typed.clone(), root: "rcp", known },
            Refusal::Mistyped { option: typed.clone() },
            Refusal::EntryGone,
            Refusal::UnknownComponent,
            Refusal::MayNotDelete,
            Refusal::TooOften { wait },
        ];
        for entity in Entity::ALL {
            refusals.push(Refusal::NothingTyped(entity));
            refusals.push(Refusal::NotFound { entity, typed: typed.clone(), nearest: candidates.clone() });
        }
        for language in Language::ALL {
            let reader = answers::reader(&snapshot, language, true);
            let mut replies: Vec<Reply> = refusals.iter().map(|refusal| refusal.reply(&reader)).collect();
            replies.push(apology(reader.voice, &typed));
            for reply in replies {
                let (count, height) = (characters(&reply), reply.height());
                prop_assert!(count <= 900 && height <= 700 && reply.rows.len() <= 3, "{count}, {height}: {reply:?}");
                prop_assert!(reply.kind != ReplyKind::Answer && reply.private);
            }
        }
    }
}

/// Writes every answer for the browser, which measures it, one a line; into the file that `ANSWERS` names.
#[test]
#[ignore = "compares nothing by itself: it writes what tests/browser/heights.test.mjs measures"]
fn every_answer_is_written_for_the_browser_if_it_asks() {
    let path = std::env::var_os("ANSWERS").expect("ANSWERS names a file");
    let lines: String = Language::ALL.map(|language| answers::lines(snapshot(), language)).concat();
    std::fs::write(path, lines).expect("the file can be written");
}
