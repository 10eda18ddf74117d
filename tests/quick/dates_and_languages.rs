//! What the bot says: dates as each language writes them, messages that are all there and all used, and replies in
//! one language at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::civil::date;
use rcp_bot::admin;
use rcp_bot::catalogue::{
    Acronym, Catalogue, Files, IomRoleKind, Language, Name, ParticipantRole, Rule, SecretariatKind, Statement,
    StatusBasis, StatusValue, When,
};
use rcp_bot::commands::{self, IomPart, Section, View};
use rcp_bot::reply::{Reply, Row};
use rcp_bot::snapshot::{Origin, Snapshot};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(|| {
        let (files, problems) = Files::read(&root().join("data"));
        let (snapshot, report) = Snapshot::build(&files, problems, Origin::BuiltIn, date(2026, 12, 1));
        snapshot.unwrap_or_else(|| panic!("{:#?}", report.errors().collect::<Vec<_>>()))
    })
}

// --- Dates -------------------------------------------------------------------------------------------------------------

fn said(text: &str) -> [String; 3] {
    let when: When = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    Language::ALL.map(|language| snapshot().messages.voice(language).date(when))
}

fn held(table: &[(&str, [&str; 3])]) {
    let wrong: Vec<_> =
        table.iter().filter(|(text, expected)| said(text) != *expected).map(|(text, _)| (text, said(text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_day_a_month_and_a_year_read_as_each_language_writes_them() {
    held(&[
        ("2026-01-01", ["1er janvier 2026", "1 January 2026", "1 de enero de 2026"]),
        ("2026-01-02", ["2 janvier 2026", "2 January 2026", "2 de enero de 2026"]),
        ("1999-12-31", ["31 décembre 1999", "31 December 1999", "31 de diciembre de 1999"]),
        ("2024-08", ["août 2024", "August 2024", "agosto de 2024"]),
        ("2005", ["2005", "2005", "2005"]),
        ("1850", ["1850", "1850", "1850"]),
    ]);
}

#[test]
fn every_month_has_its_name() {
    let french = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";
    let english = "January February March April May June July August September October November December";
    let spanish = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre";
    let months = [french, english, spanish].map(|months| months.split(' ').collect::<Vec<_>>());
    for (month, ((french, english), spanish)) in (1..).zip(months[0].iter().zip(&months[1]).zip(&months[2])) {
        let expected = [format!("{french} 2020"), format!("{english} 2020"), format!("{spanish} de 2020")];
        assert_eq!(said(&format!("2020-{month:02}")), expected);
    }
}

#[test]
fn an_uncertain_date_says_so() {
    held(&[
        ("2019~", ["vers 2019", "about 2019", "hacia 2019"]),
        ("1999-05~", ["vers mai 1999", "about May 1999", "hacia mayo de 1999"]),
        (
            "XXXX-10-04",
            ["4 octobre (année non précisée)", "4 October (year not given)", "4 de octubre (año no indicado)"],
        ),
        (
            "XXXX-10-01",
            ["1er octobre (année non précisée)", "1 October (year not given)", "1 de octubre (año no indicado)"],
        ),
        ("XXXX-10", ["octobre (année non précisée)", "October (year not given)", "octubre (año no indicado)"]),
    ]);
}

#[test]
fn a_span_says_once_what_its_ends_share() {
    held(&[
        ("2018-05-08/2018-05-09", ["8–9 mai 2018", "8–9 May 2018", "8–9 de mayo de 2018"]),
        ("2018-08-01/2018-08-02", ["1er–2 août 2018", "1–2 August 2018", "1–2 de agosto de 2018"]),
        ("2018-05-30/2018-06-02", ["30 mai – 2 juin 2018", "30 May – 2 June 2018", "30 de mayo – 2 de junio de 2018"]),
        (
            "2018-12-30/2019-01-02",
            [
                "30 décembre 2018 – 2 janvier 2019",
                "30 December 2018 – 2 January 2019",
                "30 de diciembre de 2018 – 2 de enero de 2019",
            ],
        ),
        ("2018-05/2018-06", ["mai – juin 2018", "May – June 2018", "mayo – junio de 2018"]),
        (
            "2018-11/2019-02",
            ["novembre 2018 – février 2019", "November 2018 – February 2019", "noviembre de 2018 – febrero de 2019"],
        ),
        ("2018/2019", ["2018 – 2019", "2018 – 2019", "2018 – 2019"]),
        ("2025-04-24/2027", ["24 avril 2025 – 2027", "24 April 2025 – 2027", "24 de abril de 2025 – 2027"]),
        ("2013/2016~", ["2013 – vers 2016", "2013 – about 2016", "2013 – hacia 2016"]),
        (
            "XXXX-11-15/XXXX-11-16",
            [
                "15–16 novembre (année non précisée)",
                "15–16 November (year not given)",
                "15–16 de noviembre (año no indicado)",
            ],
        ),
    ]);
}

#[test]
fn an_open_span_says_since_when_or_until_when() {
    held(&[
        ("2006/..", ["depuis 2006", "since 2006", "desde 2006"]),
        ("2006-01/..", ["depuis janvier 2006", "since January 2006", "desde enero de 2006"]),
        ("2006-01-01/..", ["depuis le 1er janvier 2006", "since 1 January 2006", "desde el 1 de enero de 2006"]),
        ("2025-04-09/..", ["depuis le 9 avril 2025", "since 9 April 2025", "desde el 9 de abril de 2025"]),
        ("../2024", ["jusqu'en 2024", "until 2024", "hasta 2024"]),
        ("../2024-04", ["jusqu'en avril 2024", "until April 2024", "hasta abril de 2024"]),
        ("../2025-01-30", ["jusqu'au 30 janvier 2025", "until 30 January 2025", "hasta el 30 de enero de 2025"]),
        ("../2022~", ["jusque vers 2022", "until about 2022", "hasta hacia 2022"]),
    ]);
}

// --- Messages ----------------------------------------------------------------------------------------------------------

/// The keys of a language, each with the values that it takes.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let path = root().join(format!("data/messages/{language}.ftl"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_alphabetic())
            && let Some((key, _)) = line.split_once('=')
        {
            current = key.trim().to_owned();
            found.entry(current.clone()).or_default();
        }
        for value in line.split('$').skip(1) {
            let name: String =
                value.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
            found.entry(current.clone()).or_default().insert(name);
        }
    }
    found
}

/// The source files that speak, each without its tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("a folder's entry").path();
            if path.is_dir() {
                // The local Discord is not the bot and says nothing with its voice.
                if !path.ends_with("local_discord") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source is text");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                sources.push((path, lines.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    sources
}

/// The texts in quotation marks.
fn literals(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some((_, after)) = rest.split_once('"') {
        let mut end = 0;
        let bytes = after.as_bytes();
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(after.len());
        found.push(&after[..end]);
        rest = after.get(end + 1..).unwrap_or_default();
    }
    found
}

/// What follows each occurrence of `call`, up to the end of its first text in quotation marks, if that comes at once.
fn first_arguments<'a>(code: &'a str, call: &str) -> Vec<&'a str> {
    let after = code.match_indices(call).map(|(at, _)| code[at + call.len()..].trim_start());
    after.filter_map(|after| after.strip_prefix('"')?.split('"').next()).collect()
}

/// The keys that are built: what stands before the part that varies, and everything that the part can be.
fn built() -> Vec<(&'static str, Vec<String>)> {
    fn keys<T: Copy>(all: &[T], key: impl Fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|one| key(*one).to_owned()).collect()
    }
    let entities =
        || ["process", "region", "country", "organisation", "meeting", "term", "topic"].map(str::to_owned).to_vec();
    let trees = [commands::tree(&snapshot().messages), admin::tree(&snapshot().messages)].concat();
    let children = |parent: &Value| parent["options"].as_array().cloned().unwrap_or_default();
    let name = |one: &Value| one["name"].as_str().unwrap_or_default().to_owned();
    let commands: Vec<Value> = trees.iter().flat_map(children).collect();
    let listed = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let fields = listed(
        "url date who since rule title when place status basis note join leave website kind about text theme topics venue outcome",
    );
    let kinds = keys(&admin::EditKind::ALL, admin::EditKind::key);
    vec![
        ("about-", keys(&Section::ALL, Section::key)),
        ("admin-", listed("same no-folder errors overtaken apart behind gone no-revision not-recorded store folder")),
        ("admin-refused-", listed("place person")),
        ("basis-", keys(StatusBasis::ALL, StatusBasis::key)),
        ("cited-", ["process", "organisation", "meeting", "term"].map(str::to_owned).to_vec()),
        ("command-", commands.iter().map(name).collect()),
        ("country-role-", keys(ParticipantRole::ALL, ParticipantRole::key)),
        ("count-", keys(StatusValue::ALL, StatusValue::key)),
        ("file-", listed("organisations countries meetings topics glossary regions iom general questions")),
        ("form-field-", fields.iter().flat_map(|field| [field.clone(), format!("{field}-example")]).collect()),
        ("form-kind-", kinds.clone()),
        ("form-note-", listed("conflict doubt context")),
        ("form-title-", kinds),
        (
            "form-wrong-",
            listed(
                "empty long date day year order ahead url unknown several choice takes-part takes-no-part both same nothing file undated two-countries out-of-order no-outcome-yet before-present-chair before-founding",
            ),
        ),
        ("iom-part-", keys(&IomPart::ALL, IomPart::key)),
        ("iom-title-", keys(&IomPart::ALL, IomPart::key)),
        ("iom-role-", keys(IomRoleKind::ALL, IomRoleKind::key)),
        ("language-", keys(&Language::ALL, Language::code)),
        ("mend-", Rule::ALL.iter().map(|rule| rule.name().to_owned()).collect()),
        ("month-", (1..=12).map(|month| month.to_string()).collect()),
        ("none-found-", entities()),
        ("nothing-typed-", entities()),
        ("option-", commands.iter().flat_map(children).map(|option| name(&option)).collect()),
        ("report-", listed("wrong wrong-example url url-example")),
        ("role-", keys(ParticipantRole::ALL, ParticipantRole::key)),
        ("rule-", Rule::ALL.iter().map(|rule| rule.name().to_owned()).collect()),
        ("secretariat-", keys(SecretariatKind::ALL, SecretariatKind::key)),
        ("serves-", keys(ParticipantRole::ALL, ParticipantRole::key)),
        ("statement-", keys(Statement::ALL, Statement::key)),
        ("status-", keys(StatusValue::ALL, StatusValue::key)),
        ("status-plural-", keys(StatusValue::ALL, StatusValue::key)),
        ("tie-", keys(ParticipantRole::ALL, ParticipantRole::key)),
    ]
}

/// The beginnings of keys that the code completes with `format!`.
fn beginnings() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, code) in sources() {
        for text in first_arguments(&code, "format!(") {
            let Some((beginning, rest)) = text.split_once('{') else { continue };
            let is_key = beginning.ends_with('-')
                && beginning.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
                && rest.find('}').is_some_and(|end| end + 1 == rest.len());
            if is_key && beginning.len() > 1 {
                found.insert(beginning.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_beginning_of_a_built_key_is_in_the_table_of_this_test() {
    let table: BTreeSet<String> = built().into_iter().map(|(beginning, _)| beginning.to_owned()).collect();
    assert_eq!(beginnings(), table);
}

#[test]
fn every_message_is_used() {
    let sources = sources();
    let mut used: BTreeSet<String> = sources.iter().flat_map(|(_, code)| literals(code)).map(str::to_owned).collect();
    used.extend(
        built().into_iter().flat_map(|(beginning, all)| all.into_iter().map(move |one| format!("{beginning}{one}"))),
    );
    let unused: Vec<_> = messages(Language::Fr).into_keys().filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn every_message_that_the_code_asks_for_is_there() {
    let known = messages(Language::Fr);
    let mut missing = BTreeSet::new();
    for (path, code) in sources() {
        for call in [".say(", ".say_with("] {
            for key in first_arguments(&code, call).into_iter().filter(|key| !known.contains_key(*key)) {
                missing.insert(format!("{}: {key}", path.strip_prefix(root()).unwrap_or(&path).display()));
            }
        }
    }
    for (beginning, all) in built() {
        missing.extend(all.iter().map(|one| format!("{beginning}{one}")).filter(|key| !known.contains_key(key)));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_message_takes_the_same_values_in_every_language() {
    let [french, english, spanish] = Language::ALL.map(messages);
    for (key, values) in &french {
        for (language, other) in [("en", &english), ("es", &spanish)] {
            assert_eq!(other.get(key), Some(values), "{key} in {language}");
        }
    }
}

// --- One language at a time --------------------------------------------------------------------------------------------

/// Every text of a reply, with the part that it stands in.
fn texts(reply: &Reply) -> Vec<(&'static str, String)> {
    let mut texts = vec![("content", reply.content.clone())];
    for embed in &reply.embeds {
        texts.extend(
            [("title", embed.title()), ("text", embed.text()), ("foot", embed.foot())]
                .map(|(part, text)| (part, text.to_owned())),
        );
        texts.extend(
            embed.fields().iter().flat_map(|field| [("field", field.name.clone()), ("value", field.value.clone())]),
        );
    }
    for row in &reply.rows {
        match row {
            Row::Buttons(buttons) => texts.extend(buttons.iter().map(|button| ("button", button.label.clone()))),
            Row::Menu(menu) => {
                texts.push(("menu", menu.placeholder.clone()));
                texts.extend(menu.options.iter().flat_map(|option| {
                    [("option", option.label.clone()), ("description", option.description.clone())]
                }));
            }
        }
    }
    texts
}

/// What texts quote of another language on purpose, and a place.
const QUOTED: &[&str] =
    &["Afrique de l'Est et Afrique australe", "Réunion, France", "for Réunion", "🇷🇪 Réunion", "Le Grand-Saconnex"];

/// Every name of the catalogue, in every language, the longest first: what may stand in a reply of another language.
fn names(catalogue: &Catalogue) -> Vec<String> {
    fn all(name: &Name) -> impl Iterator<Item = String> + '_ {
        name.wordings().map(|(_, wording)| wording.to_owned())
    }
    fn acronyms(acronym: &Option<Acronym>) -> impl Iterator<Item = String> + '_ {
        acronym.iter().flat_map(|acronym| acronym.wordings().map(|(_, wording)| wording.to_owned()))
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    for process in &catalogue.processes {
        names.extend(
            all(&process.name).chain(process.short_name.iter().flat_map(all)).chain(acronyms(&process.acronym)),
        );
        for list in [&process.other_acronyms, &process.aliases, &process.former_names] {
            names.extend(list.iter().cloned());
        }
    }
    for one in &catalogue.organisations {
        names.extend(all(&one.name).chain(acronyms(&one.acronym)).chain(one.aliases.iter().cloned()));
    }
    for country in &catalogue.countries {
        names.extend(country.name.wordings().map(|(_, name)| name.to_owned()).chain(country.aliases.iter().cloned()));
    }
    for region in &catalogue.regions {
        names.extend(all(&region.name).chain(region.aliases.iter().cloned()));
    }
    for term in &catalogue.glossary.terms {
        names.extend(all(&term.name).chain(acronyms(&term.acronym)).chain(term.variants.iter().cloned()));
    }
    let series = &catalogue.meetings.series;
    names.extend(all(&series.name).chain(series.aliases.iter().cloned()));
    for meeting in &catalogue.meetings.meetings {
        names.extend(all(&meeting.name).chain(meeting.theme.iter().flat_map(all)));
    }
    // Titles of publications stay as they are.
    for study in &catalogue.general.studies {
        names.extend(study.label.wordings().map(|(_, title)| title.to_owned()));
    }
    names.extend(QUOTED.iter().map(|quoted| (*quoted).to_owned()));
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// A text without the addresses and names in it, and without a name that is cut at the end. One word alone is a name
/// only where the glossary shows the terms of all languages.
fn own_words(view: &View, text: &str, names: &[String]) -> String {
    let mut text = text.replace('\\', "").replace('’', "'");
    while let Some(start) = text.find("http") {
        let end = text[start..].find([' ', ')', '>', '\n']).map_or(text.len(), |length| start + length);
        text.replace_range(start..end, "");
    }
    let all = matches!(view, View::Term { .. } | View::TermMore { .. } | View::Glossary { .. });
    for name in names.iter().filter(|name| all || name.contains(' ')) {
        let name = name.replace('’', "'");
        let mut letters = name.chars();
        let within: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
        text = text.replace(&name, " ").replace(&within, " ");
    }
    // A list that is cut may end within a name.
    let lines = text.lines().map(|line| match line.rfind('…') {
        Some(cut) if line.len() > 30 => line[..cut].rsplit_once([',', '•', '·']).map_or("", |(whole, _)| whole),
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a text that another language must have lent it. Acronyms and words joined by hyphens or full stops,
/// such as Chair-in-Office or rabat-process.org, are none.
fn hits<'a>(text: &'a str, words: &[&str]) -> Vec<&'a str> {
    let tokens = text.split(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '.');
    let tokens = tokens.map(|token| token.trim_matches(['-', '.']));
    let lower_case = |token: &str| token.chars().skip(1).all(|letter| !letter.is_uppercase());
    tokens
        .filter(|token| token.len() > 1 && lower_case(token) && words.contains(&token.to_lowercase().as_str()))
        .collect()
}

/// Words of another language that mean nothing, or something else, in the language of the reply.
fn foreign(language: Language) -> Vec<&'static str> {
    let french = [
        "avec",
        "dans",
        "des",
        "du",
        "est",
        "et",
        "États",
        "le",
        "les",
        "membres",
        "ou",
        "par",
        "pour",
        "processus",
        "que",
        "qui",
        "réunion",
        "réunions",
        "secrétariat",
        "sont",
        "sur",
        "une",
        "vers",
        "depuis",
        "selon",
        "aux",
    ];
    let english = [
        "and", "are", "by", "chair", "for", "from", "in", "is", "meeting", "meetings", "not", "of", "on", "process",
        "the", "to", "which", "with", "since",
    ];
    let spanish = [
        "con",
        "del",
        "el",
        "en",
        "es",
        "según",
        "los",
        "las",
        "para",
        "por",
        "proceso",
        "que",
        "reunión",
        "secretaría",
        "una",
        "y",
        "desde",
        "hasta",
    ];
    let (foreign, shared): (Vec<&str>, &[&str]) = match language {
        // « en », « es », « on », « y », « que », « chair » are French words, and so are « las » and « par ».
        Language::Fr => {
            ([english.as_slice(), &spanish].concat(), &["en", "es", "on", "y", "que", "chair", "las", "del"])
        }
        // English has "pour", "est" and "sur" in names only.
        Language::En => ([french.as_slice(), &spanish].concat(), &["es", "en"]),
        // Spanish has «le», «les», «que», «sur», «par», «es», «process» is not Spanish.
        Language::Es => ([french.as_slice(), &english].concat(), &["le", "les", "que", "sur", "par", "une"]),
    };
    foreign.into_iter().filter(|word| !shared.contains(word)).collect()
}

#[test]
fn a_word_of_another_language_is_seen() {
    let seen = |language, text| hits(text, &foreign(language)).len();
    assert_eq!(seen(Language::En, "3 membres dans le processus; la secretaría"), 5);
    assert_eq!(seen(Language::Es, "Members of the réunion (2 meetings)"), 4);
    assert_eq!(seen(Language::Fr, "Fuente: desde 2016 – the chair of it"), 3);
    assert_eq!(seen(Language::En, "LAS and UNHCR, at Sharm el-Sheikh"), 0);
}

#[test]
fn no_message_mixes_in_a_word_of_another_language() {
    let mut found = Vec::new();
    for language in Language::ALL {
        let words = foreign(language);
        let path = root().join(format!("data/messages/{language}.ftl"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let said = match line.split_once('=') {
                Some((key, said)) if !key.starts_with(' ') => said,
                _ => line,
            };
            // The names of values and variants are for translators, keys of files are English; commands are named in the
            // language that is registered.
            let said = said.trim_start().trim_start_matches('*');
            let said = said.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(said, |(_, said)| said);
            let is_said = |token: &&str| !token.starts_with('$') && !token.starts_with("/rcp") && !token.contains('_');
            let tokens = said.split(' ').filter(is_said);
            let said = tokens.collect::<Vec<_>>().join(" ");
            found.extend(hits(&said, &words).iter().map(|word| format!("{language} « {word} »: {line}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_reply_mixes_in_a_word_of_another_language() {
    let snapshot = snapshot();
    let names = names(&snapshot.catalogue);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for language in Language::ALL {
        let words = foreign(language);
        for (view, reply) in &crate::support::answers::shipped(language, false).all {
            // A term's definition in the other languages is what this view is for.
            if matches!(view, View::TermMore { .. }) {
                continue;
            }
            for (part, text) in texts(reply) {
                if hits(&text, &words).is_empty() {
                    continue;
                }
                for line in own_words(view, &text, &names).lines() {
                    for word in hits(line, &words) {
                        let shown = format!("{language} « {word} » ({part} of {view:?})");
                        found.entry(format!("{language} {line}")).or_insert(shown);
                    }
                }
            }
        }
    }
    let list: Vec<_> = found.iter().map(|(line, word)| format!("{word}:\n    {line}")).collect();
    assert!(found.is_empty(), "{} lines:\n{}", list.len(), list.join("\n"));
}

#[test]
fn no_reply_shows_a_key_or_a_value_that_is_missing() {
    let keys = messages(Language::Fr);
    let mut found = BTreeSet::new();
    for language in Language::ALL {
        for (view, reply) in &crate::support::answers::shipped(language, true).all {
            for (part, text) in texts(reply) {
                // Fluent writes a missing value with its braces; a missing message shows its key.
                let bare = text.contains("{$") || text.contains("{ $");
                if bare || (text.contains('-') && keys.contains_key(text.trim())) {
                    found.insert(format!("{language} {part} of {view:?}: {text}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
