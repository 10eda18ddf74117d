//! The files that are lists of records: regions, countries, organisations, meetings, facts, terms.

use std::collections::HashSet;

use crate::catalogue::check::checker::{Checker, List, at};
use crate::catalogue::model::*;
use crate::catalogue::problem::Rule;
use crate::catalogue::read::PathStep;

/// ISO 3166-1 alpha-2 codes officially assigned, with XK, which ISO leaves to users and IOM uses for Kosovo.
const COUNTRY_CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM \
    FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV \
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD \
    SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC \
    VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

impl<'a> Checker<'a, '_> {
    /// The files that are lists of records.
    pub(super) fn lists(&mut self) {
        let parsed = self.parsed;
        let ids = |file, table, ids: Vec<&'a str>| (file, table, ids);
        let mut tables = vec![
            ids("regions.toml", "region", self.known.regions.clone()),
            ids("organisations.toml", "organisation", self.known.organisations.clone()),
            ids("meetings.toml", "meeting", parsed.meetings.meetings.iter().map(|one| one.id.as_str()).collect()),
            ids("topics.toml", "topic", self.known.topics.clone()),
            ids("glossary.toml", "term", parsed.glossary.terms.iter().map(|term| term.id.as_str()).collect()),
        ];
        for list in FactList::ALL {
            let facts = list.of(&parsed.iom, &parsed.general);
            tables.push(ids(list.file(), list.key(), facts.iter().map(|fact| fact.id.as_str()).collect()));
        }
        for (file, table, ids) in tables {
            let mut seen = HashSet::new();
            for (item, id) in ids.into_iter().enumerate() {
                self.id_form(file, at![table, item, "id"], id);
                if !seen.insert(id) {
                    let message = format!("the id {id:?} stands twice");
                    self.breach(
                        Rule::DuplicateId,
                        file,
                        at![table, item, "id"],
                        message,
                        "give each entry an id of its own",
                    );
                }
            }
        }
        self.countries();
        self.organisations();
        self.meetings();
        let dated = [
            ("general.toml", parsed.general.collected),
            ("glossary.toml", parsed.glossary.collected),
            ("iom.toml", parsed.iom.collected),
            ("meetings.toml", parsed.meetings.collected),
        ];
        for (file, collected) in dated {
            self.collected(file, collected);
        }
        FactList::ALL.iter().for_each(|list| self.facts(*list));
        for (item, term) in parsed.glossary.terms.iter().enumerate() {
            self.has_sources("glossary.toml", at!["term", item], &term.sources);
        }
        self.has_sources("general.toml", at!["definition"], &parsed.general.definition.sources);
    }

    fn countries(&mut self) {
        let codes: HashSet<&str> = COUNTRY_CODES.split_whitespace().collect();
        let mut seen = HashSet::new();
        for (item, country) in self.parsed.countries.countries.iter().enumerate() {
            let (file, path) = ("countries.toml", at!["country", item, "code"]);
            if !codes.contains(country.code.as_str()) {
                let message = format!("{:?} is no country code of ISO 3166-1", country.code);
                self.breach(
                    Rule::BadCountryCode,
                    file,
                    path,
                    message,
                    "write the two capital letters of ISO 3166-1 alpha-2",
                );
            }
            if !seen.insert(country.code.as_str()) {
                let message = format!("the country {} stands twice", country.code);
                self.breach(Rule::DuplicateId, file, path, message, "remove one of the two");
            }
            if let Some(state) = &country.administered_by {
                self.reference(List::Countries, file, at!["country", item, "administered_by"], state);
            }
        }
    }

    fn organisations(&mut self) {
        let file = "organisations.toml";
        for (item, one) in self.parsed.organisations.organisations.iter().enumerate() {
            if let Some(parent) = &one.parent {
                self.reference(List::Organisations, file, at!["organisation", item, "parent"], parent);
            }
            if let Some(country) = &one.country {
                self.reference(List::Countries, file, at!["organisation", item, "country"], country);
            }
            if let Some(founded) = one.founded {
                self.years(file, at!["organisation", item, "founded"], founded, self.parsed.general.collected);
            }
            let tells = one.description.is_some() || one.role.is_some() || one.founded.is_some() || one.seat.is_some();
            if tells {
                self.has_sources(file, at!["organisation", item], &one.sources);
            }
        }
    }

    fn meetings(&mut self) {
        let (file, meetings) = ("meetings.toml", &self.parsed.meetings);
        self.reference(List::Organisations, file, at!["series", "organiser"], &meetings.series.organiser);
        self.has_sources(file, at!["series"], &meetings.series.sources);
        let mut ordinals = HashSet::new();
        for (item, meeting) in meetings.meetings.iter().enumerate() {
            self.references(List::Organisations, file, at!["meeting", item, "hosts"], &meeting.hosts);
            self.references(List::Countries, file, at!["meeting", item, "host_countries"], &meeting.host_countries);
            self.references(List::Processes, file, at!["meeting", item, "processes"], &meeting.processes);
            if let Some(country) = &meeting.country {
                self.reference(List::Countries, file, at!["meeting", item, "country"], country);
            }
            self.years(file, at!["meeting", item, "date"], meeting.date, meetings.collected);
            self.has_sources(file, at!["meeting", item], &meeting.sources);
            if meeting.ordinal.is_some_and(|ordinal| !ordinals.insert(ordinal)) {
                let message = "two meetings bear the same number".to_owned();
                self.breach(
                    Rule::DuplicateId,
                    file,
                    at!["meeting", item, "ordinal"],
                    message,
                    "number each meeting once",
                );
            }
        }
        let numbered = meetings.meetings.iter().enumerate().filter(|(_, meeting)| meeting.ordinal.is_some());
        let mut before: Option<&GlobalMeeting> = None;
        for (item, meeting) in numbered {
            if before.is_some_and(|before| before.date.earliest() > meeting.date.earliest()) {
                let message = format!("the meeting {} is older than the one before it", meeting.id);
                self.breach(
                    Rule::DateOrder,
                    file,
                    at!["meeting", item, "date"],
                    message,
                    "list the meetings oldest first",
                );
            }
            before = Some(meeting);
        }
    }

    fn facts(&mut self, list: FactList) {
        let (file, table, parsed) = (list.file(), list.key(), self.parsed);
        let collected = if file == "iom.toml" { parsed.iom.collected } else { parsed.general.collected };
        for (item, fact) in list.of(&parsed.iom, &parsed.general).iter().enumerate() {
            self.references(List::Organisations, file, at![table, item, "organisations"], &fact.organisations);
            self.references(List::Processes, file, at![table, item, "processes"], &fact.processes);
            self.has_sources(file, at![table, item], &fact.sources);
            if let Some(date) = fact.date {
                self.years(file, at![table, item, "date"], date, collected);
            }
        }
    }
}
