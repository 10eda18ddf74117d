//! The news of November 2026: what its section D states of each record is in that record, and the addresses of the
//! sections before it are in the catalogue.
//!
//! Section D is written for people: prose with dates, places, codes of countries, numbers, acronyms and addresses under
//! the name of each record. Whatever of this a program can read must stand in the record.

use super::*;

/// Fewer things to be checked than this mean that the section is no longer written in the way that is read here.
const AT_LEAST: usize = 150;

/// The longest address that the catalogue takes, in characters. Of a longer one it holds the beginning.
const LONGEST_URL: usize = 500;

/// Acronyms of the news that the catalogue writes out.
const WRITTEN_OUT: &[&str] = &["SOM", "IOE"];

fn news() -> Option<String> {
    let path = root().join("../shared/facts/updates-2026-11-27.md");
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            left_out(Lacks::Paper, &format!("the news is not here ({}: {error}): nothing is compared", path.display()));
            None
        }
    }
}

/// What stands between two headings of the news.
fn between<'n>(news: &'n str, from: &str, to: &str) -> &'n str {
    let start = news.find(from).unwrap_or_else(|| panic!("the news has no heading {from:?}"));
    let length = news[start..].find(to).unwrap_or_else(|| panic!("the news has no heading {to:?} after {from:?}"));
    &news[start..start + length]
}

/// Section D as the names that it sets in bold, each with what follows it.
fn pieces(section: &str) -> Vec<(&str, String)> {
    let mut parts = section.split("**").skip(1);
    let mut pieces: Vec<(&str, String)> = Vec::new();
    while let (Some(name), Some(text)) = (parts.next(), parts.next()) {
        match pieces.last_mut() {
            // Bold that is no name: a date or a number within what is said.
            Some((_, said)) if name.contains(|character: char| character.is_ascii_digit()) => {
                said.extend([name, text]);
            }
            _ => pieces.push((name, text.to_owned())),
        }
    }
    pieces
}

/// The records that a name of section D means.
fn records(name: &str) -> Vec<(String, Table)> {
    let file = |name: &str| -> Table { parse(&root().join("data").join(name)) };
    let entry = |file: Table, id: &str| {
        let lists = file.values().filter_map(Value::as_array).flatten().filter_map(Value::as_table);
        lists.into_iter().find(|entry| text(entry, "id") == Some(id)).cloned()
    };
    let found = |name: &str| match name.split_once([' ', '.']) {
        Some(("organisation", id)) => entry(file("organisations.toml"), id),
        Some(("general", id)) => entry(file("general.toml"), id),
        Some(("iom", rest)) => entry(file("iom.toml"), rest.trim_start_matches("toml ")),
        _ => {
            let path = root().join("data/processes").join(format!("{name}.toml"));
            path.is_file().then(|| parse(&path))
        }
    };
    name.split(", ")
        .map(|name| (name.to_owned(), found(name).unwrap_or_else(|| panic!("no record {name:?}"))))
        .collect()
}

/// Every string and number of a value, as text.
fn leaves(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Integer(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Table(table) => table.values().flat_map(leaves).collect(),
        _ => Vec::new(),
    }
}

/// Every table in a value, the outermost first.
fn all_tables(value: &Value) -> Vec<&Table> {
    match value {
        Value::Array(items) => items.iter().flat_map(all_tables).collect(),
        Value::Table(table) => std::iter::once(table).chain(table.values().flat_map(all_tables)).collect(),
        _ => Vec::new(),
    }
}

/// Whether all that is told is in what is known: tables may know more, lists and values are the same.
fn contains(known: &Value, told: &Value) -> bool {
    match (known, told) {
        (Value::Table(known), Value::Table(told)) => {
            told.iter().all(|(key, told)| known.get(key).is_some_and(|known| contains(known, told)))
        }
        (Value::Array(known), Value::Array(told)) => {
            known.len() == told.len() && known.iter().zip(told).all(|(known, told)| contains(known, told))
        }
        _ => known == told,
    }
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|letter| b"IVXLCDM".contains(&letter))
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// A word without the punctuation around it; dots before a date belong to it.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|character| "\"'`(),;:[]{}|".contains(character));
    let word = word.strip_suffix("'s").unwrap_or(word);
    if word.ends_with("/..") { word } else { word.trim_end_matches(['.', ';', ',', ')', '"']) }
}

/// What is said of a record and is not in it, and how many things were looked for.
fn missing(said: &str, record: &Table, countries: &CountriesFile) -> (usize, Vec<String>) {
    let whole = Value::Table(record.clone());
    let texts = leaves(&whole);
    let dates: Vec<&String> = texts.iter().filter(|text| text.parse::<When>().is_ok()).collect();
    let urls = urls_in(&whole);
    let tables = all_tables(&whole);
    let told_somewhere = |what: &str| texts.iter().any(|text| text.contains(what));
    let mut looked_for = 0;
    let mut missing = Vec::new();
    let mut want = |there: bool, what: String| {
        looked_for += 1;
        if !there {
            missing.push(what);
        }
    };

    if let Some((_, block)) = said.split_once("```toml") {
        let block = block.split("```").next().unwrap_or_default();
        let told: Table = toml::from_str(block).unwrap_or_else(|error| panic!("{error}\n{block}"));
        for (key, told) in told {
            want(record.get(&key).is_some_and(|known| contains(known, &told)), format!("{key} as it is written out"));
        }
    }

    let words: Vec<&str> = said.split_whitespace().collect();
    for (at, raw) in words.iter().enumerate() {
        let word = bare(raw);
        let next = |after: usize| words.get(at + after).map(|word| bare(word)).unwrap_or_default();
        if word.starts_with("http") {
            want(urls.contains(&spelling(word)), word.to_owned());
        } else if let Some(end) = raw.trim_matches(['(', ',', ';']).strip_prefix("…/") {
            want(urls.iter().any(|url| url.ends_with(end)), format!("an address that ends with {end}"));
        } else if let Ok(date) = word.parse::<When>() {
            let year = word.len() == 4;
            let known = dates.iter().any(|known| match date.year() {
                None => known.ends_with(&word["XXXX".len()..]),
                Some(_) => *known == word || (year && known.contains(word)),
            });
            want(known || (year && told_somewhere(word)), word.to_owned());
            // The place of a meeting follows its date.
            let at_that_date = |holds: &dyn Fn(&Table) -> bool| {
                tables.iter().any(|table| text(table, "date") == Some(word) && holds(table))
            };
            let open = !raw.ends_with([';', '.', ':']) && (!year || !raw.ends_with(','));
            let first = at + 1 + usize::from(next(1) == "place");
            let place = words.get(first..).unwrap_or_default();
            let length = place.iter().take_while(|word| !word.starts_with('(') && is_capitalised(bare(word))).count();
            let ends = place.iter().position(|word| bare(word) != *word).map_or(length, |end| length.min(end + 1));
            if open && ends > 0 {
                let name = place[..ends].iter().map(|word| bare(word)).collect::<Vec<_>>().join(" ");
                for name in name.split('/') {
                    let there = at_that_date(&|table| {
                        leaves(&Value::Table(table.clone())).iter().any(|text| text.contains(name))
                    });
                    want(there, format!("{word} in {name}"));
                }
            } else if open && next(1) == "online" {
                let online = at_that_date(&|table| table.get("online").and_then(Value::as_bool) == Some(true));
                want(online, format!("{word} online"));
            }
        } else if word.len() == 2 && !is_roman(word) && countries.countries.iter().any(|one| one.code == word) {
            let country = countries.countries.iter().find(|one| one.code == word);
            let name = country.map(|one| one.name.get(rcp_bot::catalogue::Language::En)).unwrap_or_default();
            want(texts.iter().any(|text| text == word) || told_somewhere(name), format!("the country {word}"));
        } else if let Ok(number) = word.parse::<i64>() {
            want(number < 10 || texts.iter().any(|text| holds_number(text, number)), format!("the number {number}"));
        } else if word.len() > 2 && word.bytes().all(|letter| letter.is_ascii_uppercase()) && !is_roman(word) {
            want(WRITTEN_OUT.contains(&word) || told_somewhere(word), format!("the acronym {word}"));
        } else if word == "status" {
            let status = record.get("status").and_then(Value::as_table);
            let told = |key| status.and_then(|status| text(status, key)).unwrap_or_default();
            if next(1) == "stays" {
                want(told("value") == next(2), format!("status {}", next(2)));
            } else if next(2) == "basis" {
                want(told("value") == next(1), format!("status {}", next(1)));
                want(told("basis") == next(3), format!("basis {}", next(3)));
            }
        }
    }
    (looked_for, missing)
}

#[test]
fn what_the_news_states_of_a_record_is_in_it() {
    let Some(news) = news() else { return };
    let countries: CountriesFile = parse(&root().join("data/countries.toml"));
    let section = between(&news, "\n## D.", "\n---");
    let collected = section.split("collected = \"").nth(1).and_then(|rest| rest.split('"').next());
    let collected = collected.expect("the section says when the facts were collected");
    let mut findings = Findings::default();
    let mut looked_for = 0;
    for (name, said) in pieces(section) {
        for (name, record) in records(name) {
            if let Some(known) = text(&record, "collected") {
                findings.want(known == collected, format!("{name}: collected {collected}, not {known}"));
            }
            let (number, missing) = missing(&said, &record, &countries);
            looked_for += number;
            missing.into_iter().for_each(|what| findings.want(false, format!("{name}: {what}")));
        }
    }
    assert!(looked_for >= AT_LEAST, "only {looked_for} things to look for were read");
    findings.settle("news");
}

#[test]
fn the_addresses_of_the_news_are_in_the_catalogue() {
    let Some(news) = news() else { return };
    let catalogue = Catalogue::read(&root().join("data"));
    let section = between(&news, "\n## (a)", "\n## (g)");
    let told: BTreeSet<String> =
        section.split_whitespace().map(bare).filter(|word| word.starts_with("http")).map(spelling).collect();
    assert!(told.len() > 50, "the news holds {} addresses", told.len());
    let mut findings = Findings::default();
    for url in told {
        let beginning = |known: &String| known.len() > "https://".len() && url.starts_with(&format!("{known}/"));
        let held = catalogue.urls.contains(&url);
        findings.want(held || (url.len() > LONGEST_URL && catalogue.urls.iter().any(beginning)), url);
    }
    findings.settle("addresses of the news");
}

/// The comparison itself, on a record and news of its own: what is there is found, and each thing that is not is told.
#[test]
fn news_that_a_record_lacks_is_told() {
    let countries: CountriesFile = parse(&root().join("data/countries.toml"));
    let record: Table = toml::from_str(
        r#"
        status = { value = "active", basis = "activity" }
        chair = { countries = ["PH"], as_of = "2026-02-01", history = [{ countries = ["OM"], when = "../2026-02-01" }] }
        meeting = [
            { title = { en = "8th consultation (16 countries)" }, date = "2026-02-01", place = { en = "Dubai" } },
            { title = { en = "EUAA meeting" }, date = "2020-11-16", online = true },
        ]
        source = [{ url = "https://example.org/a", date = "2026-02" }]
        "#,
    )
    .expect("TOML");
    let none = |said: &str| missing(said, &record, &countries).1;
    let there = "status active, basis activity; chair PH, as_of \"2026-02-01\", OM \"../2026-02-01\"; meeting \
                 2026-02-01 Dubai, 16 countries; 2020-11-16 online; EUAA; https://example.org/a (2026-02).";
    assert_eq!(none(there), [""; 0]);
    for (said, told) in [
        ("status unknown, basis silence", &["status unknown", "basis silence"][..]),
        ("chair NG", &["the country NG"]),
        ("XXXX-02-02", &["XXXX-02-02"]),
        ("LK 2016/2019", &["the country LK", "2016/2019"]),
        ("2026-02-01 Abu Dhabi;", &["2026-02-01 in Abu Dhabi"]),
        ("2026-02-01 online", &["2026-02-01 online"]),
        ("17 countries", &["the number 17"]),
        ("in 2014", &["2014"]),
        ("OECD", &["the acronym OECD"]),
        ("https://example.org/b,", &["https://example.org/b"]),
        ("…/c,", &["an address that ends with c"]),
        ("```toml\n[chair]\ncountries = [\"CH\"]\n```", &["chair as it is written out", "the country CH"]),
    ] {
        assert_eq!(none(said), told, "{said}");
    }
}
