//! News in words: a sentence for each change that readers care about, and what the news channel tells.

use jiff::civil::Date;

use crate::catalogue::{Language, Novelty, RecentChange};
use crate::lookup::Entity;
use crate::reply::{Budget, Embed, Lines, Reply, colour, cut};
use crate::snapshot::Snapshot;

use crate::commands::entry;
use crate::commands::look::status_mark;
use crate::commands::reader::{Reader, Rows};
use crate::commands::view::View;

/// How many States are named in a sentence.
const STATES: usize = 6;

/// The longest title of a meeting, in characters.
const TITLE: usize = 100;

/// The most that all sentences take, in characters.
const SAID: usize = 1_000;

/// How many sentences the news channel is told at once, and to how many processes it leads.
const SENTENCES: usize = 8;
const CARDS: usize = 4;

/// One piece of news as a sentence; `None` where what it is about is gone from the catalogue.
pub(super) fn sentence(reader: &Reader<'_>, novelty: &Novelty) -> Option<String> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let process = match novelty.process() {
        Some(id) => format!("**{}**", voice.process_short(catalogue.process(id)?)),
        None => String::new(),
    };
    let say = |key: &str, what: String| {
        Some(voice.say_with(key, [("process", process.as_str().into()), ("what", what.into())]))
    };
    let states = |codes: &[String]| {
        let named = voice.parties(catalogue, codes.get(..STATES).unwrap_or(codes), &[]);
        let more = codes.len().saturating_sub(STATES);
        if more > 0 { format!("{named}, … + {more}") } else { named }
    };
    match novelty {
        Novelty::Process { .. } => say("novelty-process", String::new()),
        Novelty::Chair { countries, organisations, .. } => match voice.parties(catalogue, countries, organisations) {
            holders if holders.is_empty() => say("novelty-chair-none", String::new()),
            holders => say("novelty-chair", holders),
        },
        Novelty::Status { status, .. } => {
            let status = format!("{} {}", status_mark(*status), voice.say(&format!("status-{}", status.key())));
            say("novelty-status", status)
        }
        Novelty::Joined { states: codes, .. } => say("novelty-joined", states(codes)),
        Novelty::Left { states: codes, .. } => say("novelty-left", states(codes)),
        Novelty::Meeting { meeting, .. } => {
            let parts = [
                Some(cut(reader.text(&meeting.title), TITLE)),
                meeting.place.as_ref().map(|place| reader.text(place).to_owned()),
                meeting.date.map(|date| voice.date(date)),
            ];
            say("novelty-meeting", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        Novelty::GlobalMeeting { id } => {
            let meeting = catalogue.meeting(id)?;
            let name = entry::called(catalogue, voice, Entity::Meeting, id)?;
            let values = [("meeting", format!("**{name}**").into()), ("date", voice.date(meeting.date).into())];
            Some(voice.say_with("novelty-global-meeting", values))
        }
    }
}

/// What the news channel is told of a revision; `None` where nothing is left to tell.
pub fn told_news(snapshot: &Snapshot, language: Language, recent: &RecentChange, today: Date) -> Option<Reply> {
    let voice = snapshot.messages.voice(language);
    // Whoever presses a button gets an answer of their own.
    let reader = Reader { snapshot, voice, fixed: None, asker: 0, private: false, today, face: Budget::FACE };
    let sentences: Vec<String> = recent.novelties.iter().filter_map(|one| sentence(&reader, one)).collect();
    if sentences.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = sentences.iter().take(SENTENCES).map(|one| format!("• {one}")).collect();
    let more = sentences.len().saturating_sub(SENTENCES);
    if more > 0 {
        lines.push(format!("… + {more}"));
    }
    let mut ids: Vec<&str> = Vec::new();
    for id in recent.novelties.iter().filter_map(Novelty::process) {
        if !ids.contains(&id) && snapshot.catalogue.process(id).is_some() {
            ids.push(id);
        }
    }
    let cards = ids.iter().take(CARDS).zip(0..).filter_map(|(id, number)| {
        let process = snapshot.catalogue.process(id)?;
        Some(reader.open(number, voice.process_short(process).to_owned(), View::Process { id: (*id).to_owned() }))
    });
    let rows = Rows::default().buttons(cards.collect());
    let footer = voice.say_with("origin-revision", [("number", recent.revision.to_string().into())]);
    let embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &voice.say("novelty-title"), &footer);
    let embed = embed.description(&Lines::below(lines).fit(SAID));
    Some(reader.reply(embed, rows))
}
