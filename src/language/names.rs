//! Lists, and the names of entries as a reader of one language knows them.

use crate::catalogue::{Catalogue, Country, Language, Organisation, Process};

use crate::language::messages::Voice;

/// A full name of no more characters is what people say: Processus de Budapest, Dialogue d'Abou Dhabi.
const SHORT_NAME: usize = 26;

impl Voice<'_> {
    /// A label and what it labels, with a colon as the language sets it.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        self.say_with("labelled", [("label", label.into()), ("text", text.into())])
    }

    /// What people call a process, in titles, lists, menus and everywhere: its short name; else its full name, if that is
    /// short itself; else its acronym; else its full name.
    pub fn process_short<'p>(&self, process: &'p Process) -> &'p str {
        if let Some(short) = &process.short_name {
            return short.get(self.language);
        }
        // Judged by the French name, so that a process is called alike in every language.
        let is_short = process.name.get(Language::Fr).chars().count() <= SHORT_NAME;
        let acronym = process.acronym.as_ref().filter(|_| !is_short).map(|acronym| acronym.get(self.language));
        acronym.unwrap_or_else(|| process.name.get(self.language))
    }

    /// The full name of a process with its acronym, where what people call it is another; for small print.
    pub fn process_official(&self, process: &Process) -> Option<String> {
        let (name, short) = (process.name.get(self.language), self.process_short(process));
        let acronym = process.acronym.as_ref().map(|acronym| acronym.get(self.language));
        match acronym.filter(|acronym| *acronym != short) {
            Some(acronym) if name == short => Some(acronym.to_owned()),
            Some(acronym) => Some(format!("{name} ({acronym})")),
            None => (name != short).then(|| name.to_owned()),
        }
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
        format!("{}\u{a0}{}", flag(&country.code), country.name.get(self.language))
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
