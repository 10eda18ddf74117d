//! Lists, and the names of entries as a reader of one language knows them.

use crate::catalogue::{Catalogue, Country, Organisation, Process};

use crate::language::messages::Voice;

impl Voice<'_> {
    /// A label and what it labels, with a colon as the language sets it.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        self.say_with("labelled", [("label", label.into()), ("text", text.into())])
    }

    /// The title of a process: its full name, with its acronym where it has one.
    pub fn process_title(&self, process: &Process) -> String {
        let name = process.name.get(self.language);
        match self.process_acronym(process) {
            Some(acronym) => format!("{name} ({acronym})"),
            None => name.to_owned(),
        }
    }

    /// The acronym of a process, else its usual short name, if it has either and its full name is another.
    pub fn process_acronym<'p>(&self, process: &'p Process) -> Option<&'p str> {
        let acronym = process.acronym.as_ref().map(|acronym| acronym.get(self.language));
        let short = acronym.or_else(|| process.short_name.as_ref().map(|name| name.get(self.language)));
        short.filter(|short| *short != process.name.get(self.language))
    }

    /// What a process is called in a list: its short name, else its acronym, else the beginning of its full name.
    pub fn process_short<'p>(&self, process: &'p Process) -> &'p str {
        let short = process.short_name.as_ref().map(|name| name.get(self.language));
        short
            .or_else(|| process.acronym.as_ref().map(|acronym| acronym.get(self.language)))
            .unwrap_or_else(|| process.name.get(self.language))
    }

    /// The title of an organisation: its full name, with its acronym where it has one.
    pub fn organisation_title(&self, organisation: &Organisation) -> String {
        let name = organisation.name.get(self.language);
        match &organisation.acronym {
            Some(acronym) => format!("{name} ({})", acronym.get(self.language)),
            None => name.to_owned(),
        }
    }

    /// What an organisation is called in a list: its acronym, else its name.
    pub fn organisation_short<'o>(&self, organisation: &'o Organisation) -> &'o str {
        organisation
            .acronym
            .as_ref()
            .map_or_else(|| organisation.name.get(self.language), |acronym| acronym.get(self.language))
    }

    /// A country with its flag: 🇧🇿 Belize.
    pub fn country(&self, country: &Country) -> String {
        format!("{} {}", flag(&country.code), country.name.get(self.language))
    }

    /// Countries and organisations by their short names, joined.
    pub fn parties(&self, catalogue: &Catalogue, countries: &[String], organisations: &[String]) -> String {
        let countries =
            countries.iter().filter_map(|code| catalogue.country(code)).map(|country| self.country(country));
        let organisations = organisations.iter().filter_map(|id| catalogue.organisation(id));
        let names: Vec<String> =
            countries.chain(organisations.map(|one| self.organisation_short(one).to_owned())).collect();
        names.join(", ")
    }
}

/// The flag of a country code: two regional indicator symbols, which clients draw as a flag.
pub fn flag(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_uppercase)
        .filter_map(|letter| char::from_u32(0x1f1e6 + (letter as u32 - 'A' as u32)))
        .collect()
}
