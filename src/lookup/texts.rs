//! What the catalogue says, as plain pieces of text: of each subject, in one language, what full-text search looks in.
//!
//! A new text in the model is made searchable here. Left out are addresses, ids, and what is said about sources: they
//! speak of pages, not of the field. Nothing here ranks or cuts.

use std::borrow::Cow;

use crate::catalogue::{
    Acronym, Catalogue, Fact, FactList, GlobalMeeting, Language, Meeting, Name, Note, Organisation, Participants,
    Process, Term, Text, When,
};
use crate::lookup::Entity;

/// What a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A process.
    Process,
    /// An organisation.
    Organisation,
    /// A global meeting.
    Meeting,
    /// A term of the glossary.
    Term,
    /// A fact of one of the lists.
    Fact(FactList),
    /// What the processes are. There is one; it has no id.
    Definition,
    /// IOM's role as a whole. There is one; it has no id.
    Iom,
    /// The series of the global meetings. There is one; it has no id.
    Series,
}

impl Subject {
    /// Every subject with the number of its records in a catalogue.
    pub(super) fn all(catalogue: &Catalogue) -> impl Iterator<Item = (Subject, usize)> {
        let records = [
            (Subject::Process, catalogue.processes.len()),
            (Subject::Organisation, catalogue.organisations.len()),
            (Subject::Meeting, catalogue.meetings.meetings.len()),
            (Subject::Term, catalogue.glossary.terms.len()),
            (Subject::Definition, 1),
            (Subject::Iom, 1),
            (Subject::Series, 1),
        ];
        let facts = FactList::ALL.iter().map(|&list| (Subject::Fact(list), catalogue.facts(list).len()));
        records.into_iter().chain(facts)
    }

    /// The kind of entry that it is, if it is one.
    pub(super) fn entity(self) -> Option<Entity> {
        match self {
            Subject::Process => Some(Entity::Process),
            Subject::Organisation => Some(Entity::Organisation),
            Subject::Meeting => Some(Entity::Meeting),
            Subject::Term => Some(Entity::Term),
            Subject::Fact(_) | Subject::Definition | Subject::Iom | Subject::Series => None,
        }
    }

    /// The id of one of its records; empty for what there is only one of.
    pub(super) fn id(self, catalogue: &Catalogue, place: usize) -> Option<&str> {
        match self {
            Subject::Process => catalogue.processes.get(place).map(|one| one.id.as_str()),
            Subject::Organisation => catalogue.organisations.get(place).map(|one| one.id.as_str()),
            Subject::Meeting => catalogue.meetings.meetings.get(place).map(|one| one.id.as_str()),
            Subject::Term => catalogue.glossary.terms.get(place).map(|one| one.id.as_str()),
            Subject::Fact(list) => catalogue.facts(list).get(place).map(|one| one.id.as_str()),
            Subject::Definition | Subject::Iom | Subject::Series => Some(""),
        }
    }
}

/// One piece of text.
#[derive(PartialEq)]
pub(super) struct TextPiece<'a> {
    pub text: Cow<'a, str>,
    /// Whether it names the subject rather than tells of it.
    pub is_name: bool,
}

/// What is said of a record in exactly this language. Empty where there is no such record.
pub(super) fn pieces(catalogue: &Catalogue, subject: Subject, place: usize, language: Language) -> Vec<TextPiece<'_>> {
    let mut pieces = TextPieces { catalogue, language, pieces: Vec::new() };
    match subject {
        Subject::Process => catalogue.processes.get(place).into_iter().for_each(|one| pieces.process(one)),
        Subject::Organisation => {
            catalogue.organisations.get(place).into_iter().for_each(|one| pieces.organisation(one))
        }
        Subject::Meeting => catalogue.meetings.meetings.get(place).into_iter().for_each(|one| pieces.meeting(one)),
        Subject::Term => catalogue.glossary.terms.get(place).into_iter().for_each(|one| pieces.term(one)),
        Subject::Fact(list) => catalogue.facts(list).get(place).into_iter().for_each(|one| pieces.fact(one)),
        Subject::Definition => {
            pieces.text(&catalogue.general.definition.text);
            pieces.notes(&catalogue.general.definition.notes);
        }
        Subject::Iom => pieces.text(&catalogue.iom.summary),
        Subject::Series => pieces.series(),
    }
    pieces.pieces
}

struct TextPieces<'a> {
    catalogue: &'a Catalogue,
    language: Language,
    pieces: Vec<TextPiece<'a>>,
}

impl<'a> TextPieces<'a> {
    fn push(&mut self, text: impl Into<Cow<'a, str>>, is_name: bool) {
        let text = text.into();
        if !text.is_empty() {
            self.pieces.push(TextPiece { text, is_name });
        }
    }

    fn name(&mut self, name: &'a Name) {
        if let Some(text) = name.exact(self.language) {
            self.push(text, true);
        }
    }

    fn acronym(&mut self, acronym: Option<&'a Acronym>) {
        match acronym {
            None => {}
            Some(Acronym::Same(text)) => self.push(text, true),
            Some(Acronym::Each(text)) => {
                if let Some(text) = text.exact(self.language) {
                    self.push(text, true);
                }
            }
        }
    }

    /// Names without a language: in an index of any language they may be looked for.
    fn aliases(&mut self, aliases: &'a [String]) {
        aliases.iter().for_each(|alias| self.push(alias, true));
    }

    fn text(&mut self, text: &'a Text) {
        if let Some(text) = text.exact(self.language) {
            self.push(text, false);
        }
    }

    fn texts(&mut self, texts: impl IntoIterator<Item = &'a Text>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn notes(&mut self, notes: &'a [Note]) {
        self.texts(notes.iter().map(|note| &note.text));
    }

    /// Countries and organisations in one piece, by their names.
    fn members(&mut self, countries: &'a [String], organisations: &'a [String]) {
        let countries = countries.iter().filter_map(|code| self.catalogue.country(code)?.name.exact(self.language));
        let organisations =
            organisations.iter().filter_map(|id| self.catalogue.organisation(id)?.name.exact(self.language));
        let names: Vec<&str> = countries.chain(organisations).collect();
        self.push(names.join(", "), false);
    }

    /// An event in one piece: what, where, in which year.
    fn event(&mut self, what: Option<&'a Text>, place: Option<&'a Text>, when: Option<When>) {
        let texts = [what, place].map(|text| text.and_then(|text| text.exact(self.language)));
        if texts.iter().all(Option::is_none) {
            return;
        }
        let year = when.and_then(When::year).map(|year| year.to_string());
        let mut parts: Vec<&str> = texts.into_iter().flatten().chain(year.as_deref()).collect();
        // What happened may be a sentence of its own: it ends behind the last part.
        if let Some((_, before)) = parts.split_last_mut() {
            before.iter_mut().for_each(|part| *part = part.trim_end_matches('.'));
        }
        self.push(parts.join(", "), false);
    }

    fn process(&mut self, one: &'a Process) {
        self.name(&one.name);
        one.short_name.iter().for_each(|name| self.name(name));
        self.acronym(one.acronym.as_ref());
        self.aliases(&one.other_acronyms);
        self.aliases(&one.aliases);
        self.aliases(&one.former_names);
        self.texts(&one.purpose);
        let language = self.language;
        one.themes.iter().filter_map(|theme| theme.exact(language)).for_each(|theme| self.push(theme, false));
        self.texts(&one.structure);
        self.texts(&one.subregion);
        self.texts(&one.status.note);
        for milestone in one.founding.iter().chain(&one.ended) {
            self.event(milestone.event.as_ref(), milestone.place.as_ref(), Some(milestone.date));
        }
        if let Some(chair) = &one.chair {
            self.members(&chair.countries, &chair.organisations);
            self.texts(chair.note.iter().chain(&chair.rule));
            self.texts(chair.history.iter().filter_map(|former| former.note.as_ref()));
        }
        if let Some(secretariat) = &one.secretariat {
            self.members(&secretariat.countries, &secretariat.organisations);
            self.texts(secretariat.place.iter().chain(&secretariat.note));
        }
        self.texts(one.iom_roles.iter().map(|role| &role.text));
        for Participants { states, organisations, note, .. } in &one.participants {
            self.members(states, organisations);
            self.texts(note);
        }
        self.members(&[], &one.associations);
        for Meeting { title, place, date, .. } in &one.meetings {
            self.event(Some(title), place.as_ref(), *date);
        }
        self.notes(&one.notes);
    }

    fn organisation(&mut self, one: &'a Organisation) {
        self.name(&one.name);
        self.acronym(one.acronym.as_ref());
        self.aliases(&one.aliases);
        self.texts(one.description.iter().chain(&one.role).chain(&one.founders).chain(&one.seat));
        self.members(one.country.as_slice(), one.parent.as_slice());
        self.notes(&one.notes);
    }

    fn meeting(&mut self, one: &'a GlobalMeeting) {
        self.name(&one.name);
        if let Some(theme) = one.theme.as_ref().and_then(|theme| theme.exact(self.language)) {
            self.push(theme, false);
        }
        self.texts(&one.focus);
        self.event(None, one.place.as_ref(), Some(one.date));
        self.members(one.country.as_slice(), &[]);
        self.members(&one.host_countries, &one.hosts);
        self.texts(one.hosting.iter().chain(&one.attendance));
        self.texts(one.topics.iter().chain(&one.outcomes).chain(&one.background));
        let processes = one.processes.iter().filter_map(|id| self.catalogue.process(id)?.name.exact(self.language));
        let processes: Vec<&str> = processes.collect();
        self.push(processes.join(", "), false);
        self.notes(&one.notes);
    }

    fn term(&mut self, one: &'a Term) {
        self.name(&one.name);
        self.acronym(one.acronym.as_ref());
        self.aliases(&one.variants);
        self.texts(&one.definition);
        self.notes(&one.notes);
    }

    fn fact(&mut self, one: &'a Fact) {
        self.text(&one.label);
        self.texts(one.text.iter().chain(&one.points));
        if let Some(reference) = &one.reference {
            self.push(reference, false);
        }
        self.notes(&one.notes);
    }

    fn series(&mut self) {
        let series = &self.catalogue.meetings.series;
        self.name(&series.name);
        self.acronym(Some(&series.acronym));
        self.aliases(&series.aliases);
        self.texts([&series.rhythm, &series.invited]);
        self.texts(&series.aims);
        self.notes(&series.notes);
    }
}
