//! Lists of countries that npm ships: every name that they have in French, English and Spanish, and what people make of
//! it, leads to its country. The lists are those that `npm ci` puts into `tests/lists`, which `.ci/run` does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rcp_bot::catalogue::{Catalogue, Language};
use rcp_bot::lookup::{Entity, NameIndex};
use serde_json::Value;

use crate::lookup_support::{NameRates, shipped, variants};
use crate::support::left_out::{Lacks, left_out};

/// A name in a list: the country's code, the language, the name.
type Listed = (String, Language, String);

/// Names of which lists and States think otherwise than the catalogue, each with the reason.
const OTHERWISE: &[(&str, &str)] = &[
    ("CD", "Congo"),   // Bare, it is the other Congo's own name, with which completions label it.
    ("TH", "Prathet"), // Thai for "country".
];

/// A file of a list, or `None` where the lists are not installed: then that is said, unless they must be there.
fn read(file: &str) -> Option<Value> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists/node_modules").join(file);
    if !path.is_file() {
        let told = format!("{} is missing (npm ci in tests/lists): its names are not tried", path.display());
        left_out(Lacks::Tool, &told);
        return None;
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The texts within a value.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(values) => values.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Common, official, native and other names of world-countries.
fn world_countries() -> Option<Vec<Listed>> {
    let list = read("world-countries/countries.json")?;
    let mut names = Vec::new();
    for country in list.as_array().into_iter().flatten() {
        let code = country["cca2"].as_str().unwrap_or_default().to_owned();
        let mut add = |language, value: &Value| {
            names.extend(texts(value).into_iter().map(|name| (code.clone(), language, name)));
        };
        add(Language::En, &country["name"]["common"]);
        add(Language::En, &country["name"]["official"]);
        add(Language::En, &country["name"]["native"]);
        add(Language::En, &country["altSpellings"]);
        add(Language::En, &country["cca3"]);
        add(Language::Fr, &country["translations"]["fra"]);
        add(Language::Es, &country["translations"]["spa"]);
    }
    Some(names)
}

/// The names of i18n-iso-countries in three languages.
fn i18n_iso_countries() -> Option<Vec<Listed>> {
    let mut names = Vec::new();
    for language in Language::ALL {
        let list = read(&format!("i18n-iso-countries/langs/{}.json", language.code()))?;
        for (code, value) in list["countries"].as_object().into_iter().flatten() {
            names.extend(texts(value).into_iter().map(|name| (code.clone(), language, name)));
        }
    }
    Some(names)
}

/// The English names of countries-list, from which nothing in the catalogue was taken.
fn countries_list() -> Option<Vec<Listed>> {
    let list = read("countries-list/minimal/countries.en.min.json")?;
    let names = list.as_object().into_iter().flatten();
    Some(
        names.flat_map(|(code, name)| texts(name).into_iter().map(|name| (code.clone(), Language::En, name))).collect(),
    )
}

/// Whether a name leads to more than one country knowingly: what is shared, and a short name that is another's code.
fn is_shared(catalogue: &Catalogue, code: &str, name: &str) -> bool {
    let shared = catalogue.country(code).is_some_and(|country| country.shared_names.iter().any(|one| one == name));
    let is_code = name.len() == 2 && name != code && catalogue.country(name).is_some();
    shared || is_code || OTHERWISE.contains(&(code, name))
}

#[test]
fn published_names_lead_to_their_countries() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    for (what, names) in [
        ("world-countries", world_countries()),
        ("i18n-iso-countries", i18n_iso_countries()),
        ("countries-list", countries_list()),
    ] {
        let Some(names) = names else { continue };
        let names: BTreeSet<Listed> = names.into_iter().collect();
        assert!(names.len() >= 249, "{what}: {}", names.len());
        for language in Language::ALL {
            let (mut plain, mut further) = (NameRates::default(), NameRates::default());
            for (code, of, name) in &names {
                // Parts of Saint Helena have codes that ISO only reserves.
                let is_listed = catalogue.country(code).is_some();
                if *of != language || !is_listed || is_shared(&catalogue, code, name) {
                    continue;
                }
                plain.count(&index.find(Entity::Country, name, language), code, name);
                // A code is written as it is.
                if name.len() > 3 {
                    for query in variants(code, name, language) {
                        further.count(&index.find(Entity::Country, &query, language), code, &query);
                    }
                }
            }
            if plain.asked > 0 {
                plain.judge(&format!("{what}, {language}"));
                further.judge(&format!("{what}, {language}, as people write them"));
            }
        }
    }
}
