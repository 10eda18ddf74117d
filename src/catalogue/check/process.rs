//! The rules of one process.

use std::collections::HashSet;

use crate::catalogue::check::checker::{Checker, List, at};
use crate::catalogue::date::When;
use crate::catalogue::model::*;
use crate::catalogue::problem::{Hint, Rule};
use crate::catalogue::read::PathStep;

/// After how many years a chair's date counts as old.
const CHAIR_OLD_AFTER_YEARS: i16 = 3;

impl Checker<'_, '_> {
    pub(super) fn process(&mut self, file: &str, process: &Process) {
        self.id_form(file, at!["id"], &process.id);
        let expected = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
        if process.id != expected {
            let message = format!("the id {:?} is not the file's name {expected:?}", process.id);
            self.breach(Rule::BadId, file, at!["id"], message, "name the file after the id, and keep the id for ever");
        }
        self.collected(file, process.collected);
        self.place_in_the_world(file, process);
        self.dates(file, process);
        self.chair(file, process);
        self.secretariat(file, process);
        self.taking_part(file, process);
        self.references(List::Organisations, file, at!["associations"], &process.associations);
        self.themes(file, process);
        self.support(file, process);
    }

    fn place_in_the_world(&mut self, file: &str, process: &Process) {
        self.reference(List::Regions, file, at!["region"], &process.region);
        self.references(List::Regions, file, at!["touches"], &process.touches);
        let interregional = process.kind == Kind::Interregional;
        if interregional != (process.region == "interregional") {
            let message = "kind and region disagree".to_owned();
            let help = "an interregional forum has the region \"interregional\" and names the others in touches";
            self.breach(Rule::Inconsistent, file, at!["region"], message, help);
        }
        let silent = process.status.basis == StatusBasis::Silence;
        if silent != (process.status.value == StatusValue::Unknown) {
            let message = "a status is unknown exactly when nothing speaks for one".to_owned();
            let help = "write value = \"unknown\" with basis = \"silence\", or the status and what it rests on";
            self.breach(Rule::Inconsistent, file, at!["status"], message, help);
        }
    }

    fn dates(&mut self, file: &str, process: &Process) {
        let collected = process.collected;
        let mut dated: Vec<(Vec<PathStep<'_>>, When)> = Vec::new();
        for (key, milestone) in [("founding", &process.founding), ("ended", &process.ended)] {
            dated.extend(milestone.iter().map(|milestone| (at![key, "date"].to_vec(), milestone.date)));
        }
        for (item, meeting) in process.meetings.iter().enumerate() {
            dated.extend(meeting.date.map(|date| (at!["meeting", item, "date"].to_vec(), date)));
        }
        for (item, source) in process.sources.iter().enumerate() {
            dated.extend(source.date.map(|date| (at!["source", item, "date"].to_vec(), date)));
        }
        if let Some(chair) = &process.chair {
            dated.extend(
                [("as_of", chair.as_of), ("term", chair.term)]
                    .into_iter()
                    .filter_map(|(key, when)| when.map(|when| (at!["chair", key].to_vec(), when))),
            );
            for (item, former) in chair.history.iter().enumerate() {
                dated.extend(former.when.map(|when| (at!["chair", "history", item, "when"].to_vec(), when)));
            }
        }
        for (path, when) in dated {
            self.years(file, &path, when, collected);
        }
        if let (Some(founding), Some(ended)) = (&process.founding, &process.ended)
            && founding.date.earliest() > ended.date.latest()
        {
            let message = "it ends before it begins".to_owned();
            self.breach(Rule::DateOrder, file, at!["ended", "date"], message, "check both dates");
        }
        self.known_to_hold(file, process);
        let mut before: Option<When> = None;
        for (item, meeting) in process.meetings.iter().enumerate() {
            let Some(date) = meeting.date.filter(|date| date.year().is_some()) else { continue };
            if before.is_some_and(|before| before.earliest() > date.latest()) {
                let message = format!("the meeting of {date} comes after a later one");
                self.breach(Rule::DateOrder, file, at!["meeting", item, "date"], message, "list meetings oldest first");
            }
            before = Some(date);
        }
        for (item, source) in process.sources.iter().enumerate() {
            if source.date.is_some_and(|date| date.earliest() > collected.latest()) {
                let message = "the source is younger than the day on which the facts were collected".to_owned();
                self.breach(
                    Rule::DateOrder,
                    file,
                    at!["source", item, "date"],
                    message,
                    "check the date, or set collected anew",
                );
            }
        }
    }

    /// What was read at a time cannot have begun after it; only meetings, terms and ends are announced.
    fn known_to_hold(&mut self, file: &str, process: &Process) {
        let collected = process.collected;
        let mut dated: Vec<(Vec<PathStep<'_>>, When)> = Vec::new();
        let founding = process.founding.as_ref().map(|founding| founding.date);
        dated.extend(founding.map(|date| (at!["founding", "date"].to_vec(), date)));
        let as_of = process.chair.as_ref().and_then(|chair| chair.as_of);
        dated.extend(as_of.map(|date| (at!["chair", "as_of"].to_vec(), date)));
        let since = process.secretariat.as_ref().and_then(|secretariat| secretariat.since);
        dated.extend(since.map(|date| (at!["secretariat", "since"].to_vec(), date)));
        for (item, group) in process.participants.iter().enumerate() {
            dated.extend(group.as_of.map(|date| (at!["participants", item, "as_of"].to_vec(), date)));
        }
        for (path, date) in dated {
            if date.earliest() > collected.latest() {
                let message = format!("{date} comes after the day on which the facts were collected, {collected}");
                self.breach(Rule::LaterThanCollected, file, &path, message, "check the date, or set collected anew");
            }
        }
    }

    fn chair(&mut self, file: &str, process: &Process) {
        let Some(chair) = &process.chair else { return };
        self.references(List::Countries, file, at!["chair", "countries"], &chair.countries);
        self.references(List::Organisations, file, at!["chair", "organisations"], &chair.organisations);
        for (item, former) in chair.history.iter().enumerate() {
            self.references(List::Countries, file, at!["chair", "history", item, "countries"], &former.countries);
        }
        let held = !chair.countries.is_empty() || !chair.organisations.is_empty();
        if chair.none && held {
            let message = "the chair is said to be held and not to exist".to_owned();
            self.breach(Rule::Inconsistent, file, at!["chair", "none"], message, "remove none, or the holders");
        }
        let known_until = [chair.as_of, chair.term].into_iter().flatten().map(|when| when.latest().0).max();
        let collected = process.collected.year().unwrap_or(self.today.year());
        if held
            && process.status.value == StatusValue::Active
            && known_until.is_some_and(|year| year.saturating_add(CHAIR_OLD_AFTER_YEARS) <= collected)
        {
            let message = "the chair was last known to hold years ago".to_owned();
            self.breach(Rule::OldChair, file, at!["chair"], message, "look for the present chair and set as_of");
        }
    }

    fn secretariat(&mut self, file: &str, process: &Process) {
        let Some(secretariat) = &process.secretariat else { return };
        self.references(List::Organisations, file, at!["secretariat", "organisations"], &secretariat.organisations);
        self.references(List::Countries, file, at!["secretariat", "countries"], &secretariat.countries);
        let providers = secretariat.organisations.len() + secretariat.countries.len();
        let fits = match secretariat.kind {
            SecretariatKind::Shared => providers >= 2,
            SecretariatKind::Provided => providers >= 1 || secretariat.note.is_some(),
            SecretariatKind::None => providers == 0,
            SecretariatKind::Own | SecretariatKind::SupportUnit => true,
        };
        if !fits {
            let message =
                format!("a secretariat of the kind {:?} does not fit {providers} providers", secretariat.kind.key());
            let help = "provided has at least one, shared two or more, none has none";
            self.breach(Rule::Inconsistent, file, at!["secretariat", "kind"], message, help);
        }
    }

    fn taking_part(&mut self, file: &str, process: &Process) {
        let mut roles = HashSet::new();
        for (item, group) in process.participants.iter().enumerate() {
            self.references(List::Countries, file, at!["participants", item, "states"], &group.states);
            self.references(
                List::Organisations,
                file,
                at!["participants", item, "organisations"],
                &group.organisations,
            );
            if !roles.insert(group.role) {
                let message = format!("the role {:?} stands twice", group.role.key());
                self.breach(
                    Rule::DuplicateItem,
                    file,
                    at!["participants", item, "role"],
                    message,
                    "join the two tables",
                );
            }
            let listed = group.states.len() + group.organisations.len();
            let differs = group
                .count
                .is_some_and(|count| usize::from(count) != group.states.len() && usize::from(count) != listed);
            if differs && group.note.is_none() {
                let count = group.count.unwrap_or_default();
                let message = format!("the count {count} differs from the {} States listed", group.states.len());
                self.breach(
                    Rule::CountDiffers,
                    file,
                    at!["participants", item, "count"],
                    message,
                    "correct one of the two, or say why in note",
                );
            }
        }
        let member_and_observer = |list: fn(&Participants) -> &[String]| {
            let members = process.participants(ParticipantRole::Member).map(list).unwrap_or_default();
            let observers = process.participants.iter().position(|group| group.role == ParticipantRole::Observer);
            let item = observers?;
            let place = list(process.participants.get(item)?).iter().position(|one| members.contains(one))?;
            Some((item, place))
        };
        for (key, found) in [
            ("states", member_and_observer(|group| &group.states)),
            ("organisations", member_and_observer(|group| &group.organisations)),
        ] {
            if let Some((item, place)) = found {
                let message = "it is member and observer at once".to_owned();
                self.breach(
                    Rule::MemberAndObserver,
                    file,
                    at!["participants", item, key, place],
                    message,
                    "remove it from one of the two",
                );
            }
        }
    }

    /// Every theme belongs to topics, so that people find it under the words of all processes.
    fn themes(&mut self, file: &str, process: &Process) {
        for (item, theme) in process.themes.iter().enumerate() {
            self.references(List::Topics, file, at!["themes", item, "topics"], &theme.topics);
            if theme.topics.is_empty() {
                let message = "this theme belongs to no topic: /rcp themes does not find it".to_owned();
                let help = "add topics = [\"…\"] with ids of topics.toml";
                self.breach(Rule::ThemeWithoutTopic, file, at!["themes", item], message, help);
            }
        }
    }

    /// What the record says must be supported by a source, and each source must support something.
    fn support(&mut self, file: &str, process: &Process) {
        let supported: HashSet<Statement> =
            process.sources.iter().flat_map(|source| source.supports.iter().copied()).collect();
        for (statement, key) in process.said() {
            if !supported.contains(&statement) {
                let message = format!("no source supports what is said of {:?}", statement.key());
                let help = format!(
                    "add \"{}\" to the supports of the source that says it, or remove the statement",
                    statement.key()
                );
                let hint = Hint::new("statement", statement.key());
                self.breach_hinting(Rule::Unsupported, file, at![key], (message, help), hint);
            }
        }
        let mut seen = HashSet::new();
        for (item, source) in process.sources.iter().enumerate() {
            if source.supports.is_empty() {
                let message = "this source supports no statement".to_owned();
                self.breach(
                    Rule::UncitedSource,
                    file,
                    at!["source", item],
                    message,
                    "say in supports what it is the source of",
                );
            }
            if !seen.insert(source.url.as_str()) {
                let message = "this address stands twice among the sources".to_owned();
                self.breach(Rule::DuplicateItem, file, at!["source", item, "url"], message, "join the two");
            }
        }
    }
}
