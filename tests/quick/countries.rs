//! The list of countries, held against the names of the Unicode CLDR, which owe nothing to our sources.

use std::collections::BTreeSet;
use std::path::Path;

use icu_locale::names::RegionDisplayName;
use icu_locale::subtags::Region;
use icu_locale::{Locale, locale};
use rcp_bot::catalogue::{CountriesFile, Country, Language};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What CLDR names with two letters and is no country or territory of ISO 3166-1.
const NO_COUNTRIES: &[(&str, &str)] = &[
    ("AC", "Ascension Island: ISO reserves the code; part of SH"),
    ("CP", "Clipperton: ISO reserves the code; nobody lives there"),
    ("CQ", "Sark: ISO reserves the code; part of GG"),
    ("DG", "Diego Garcia: ISO reserves the code; part of IO"),
    ("EA", "Ceuta and Melilla: ISO reserves the code; part of ES"),
    ("EU", "the European Union: an organisation"),
    ("EZ", "the euro area"),
    ("IC", "the Canary Islands: ISO reserves the code; part of ES"),
    ("QO", "outlying Oceania: a code of CLDR's own"),
    ("TA", "Tristan da Cunha: ISO reserves the code; part of SH"),
    ("UN", "the United Nations: an organisation"),
    ("XA", "a language test of CLDR"),
    ("XB", "a language test of CLDR"),
    ("ZZ", "an unknown region"),
];

fn countries() -> Vec<Country> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/countries.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: CountriesFile = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    file.countries
}

/// CLDR's name of a code, if it knows one.
fn name(code: &str, language: Language) -> Option<String> {
    let locale: Locale = match language {
        Language::Fr => locale!("fr"),
        Language::En => locale!("en"),
        Language::Es => locale!("es"),
    };
    let region: Region = code.parse().ok()?;
    RegionDisplayName::try_new_light((&locale).into(), region).ok().map(|name| name.to_string())
}

/// What finding looks at: letters and digits without case and accents.
fn fold(name: &str) -> String {
    let letters = name.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase);
    letters.filter(|character| character.is_alphanumeric()).collect()
}

#[test]
fn every_country_and_territory_is_in_the_list_and_nothing_else() {
    let ours: BTreeSet<String> = countries().into_iter().map(|country| country.code).collect();
    let letters = || 'A'..='Z';
    let pairs = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let named: BTreeSet<String> = pairs.filter(|code| name(code, Language::En).is_some()).collect();
    let excepted: BTreeSet<String> = NO_COUNTRIES.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(named.difference(&ours).cloned().collect::<BTreeSet<_>>(), excepted);
    assert_eq!(ours.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new());
    // 249 codes of ISO 3166-1 and XK.
    assert_eq!(ours.len(), 250);
}

#[test]
fn every_country_is_found_under_the_name_that_cldr_gives_it_in_each_language() {
    let mut others = Vec::new();
    for country in countries() {
        for language in Language::ALL {
            let independent = name(&country.code, language).unwrap_or_else(|| panic!("CLDR knows {}", country.code));
            let ours = country.name.exact(language).into_iter().chain(country.aliases.iter().map(String::as_str));
            let agrees = ours.map(fold).any(|name| name == fold(&independent));
            if !agrees {
                others.push(format!("{} {language}: {independent:?}; ours: {:?}", country.code, country.name));
            }
        }
    }
    assert!(others.is_empty(), "{} names:\n{}", others.len(), others.join("\n"));
}

#[test]
fn names_that_people_type_are_there() {
    let countries = countries();
    for (typed, code) in [
        ("USA", "US"),
        ("États-Unis", "US"),
        ("EE. UU.", "US"),
        ("Corée du Sud", "KR"),
        ("South Korea", "KR"),
        ("Corea del Sur", "KR"),
        ("Turquie", "TR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Cap-Vert", "CV"),
        ("Cabo Verde", "CV"),
        ("Swaziland", "SZ"),
        ("Birmanie", "MM"),
        ("Burma", "MM"),
        ("RDC", "CD"),
        ("Congo-Kinshasa", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Ivory Coast", "CI"),
        ("Costa de Marfil", "CI"),
        ("Royaume-Uni", "GB"),
        ("UK", "GB"),
        ("Kosovo", "XK"),
        ("Palestine", "PS"),
        ("Holanda", "NL"),
        ("Russie", "RU"),
        ("Laos", "LA"),
        ("Syrie", "SY"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Taïwan", "TW"),
        ("Moldavie", "MD"),
        ("Tchéquie", "CZ"),
        ("République tchèque", "CZ"),
        ("Macédoine", "MK"),
        ("East Timor", "TL"),
        ("Émirats", "AE"),
    ] {
        let found: Vec<_> = countries
            .iter()
            .filter(|country| {
                let names = country.name.wordings().map(|(_, name)| name);
                names.chain(country.aliases.iter().map(String::as_str)).any(|name| fold(name) == fold(typed))
            })
            .map(|country| country.code.as_str())
            .collect();
        assert_eq!(found, [code], "{typed}");
    }
}

#[test]
fn every_name_is_in_all_three_languages() {
    for country in countries() {
        assert_eq!(country.name.wordings().count(), 3, "{}", country.code);
    }
}

#[test]
fn the_list_is_in_the_order_of_its_codes() {
    let codes: Vec<String> = countries().into_iter().map(|country| country.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
}
