//! Where settings come from: the file, the environment, the command line, each over the one before; and how what is
//! wrong in one of them is told, at its place and in its spelling.

use std::env;
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use serde::Deserialize;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use crate::catalogue::{Place, Problem, Rule, nearest, text_of};

use crate::settings::{BadSettings, Overrides, Settings};

/// The file that is read when it is there and no other is named.
const DEFAULT_FILE: &str = "config/rcp-bot.toml";

/// The longest configuration file that is read, in bytes; the shipped one, full of words, has 7,000.
const LONGEST_FILE: u64 = 1024 * 1024;

/// The file that describes every key. It is shipped, and an example in it shows how a value is written.
const DESCRIPTION: &str = include_str!("../../config/rcp-bot.toml");

/// What every variable for a key begins with: `RCP_<TABLE>__<KEY>`.
const PREFIX: &str = "RCP_";

/// What stands between a table and its key in a variable's name.
const BETWEEN: &str = "__";

/// Variables with names of their own, and the keys that they set.
const OWN_NAMES: [(&str, &[&str]); 3] = [
    ("RCP_DATA", &["catalogue", "data"]),
    ("RCP_STATE", &["state"]),
    // Above all others, so that a test that sets it is sure of it.
    ("DISCORD_API_URL", &["discord", "api_url"]),
];

/// What was set, from the lowest to the highest precedence.
pub(super) struct Layers {
    file: Option<SettingsFile>,
    single: Vec<Single>,
}

struct SettingsFile {
    path: PathBuf,
    text: String,
    table: Table,
}

/// One key that was set outside the file.
struct Single {
    /// Who set it: the variable or the option.
    name: String,
    /// The key, from the top.
    path: Vec<String>,
    value: Value,
}

/// A value that its type allows and that is wrong all the same.
pub(super) struct Fault {
    table: &'static str,
    key: &'static str,
    message: String,
    help: &'static str,
}

impl Fault {
    /// A fault of a table's key.
    pub(super) fn new(table: &'static str, key: &'static str, message: String, help: &'static str) -> Fault {
        Fault { table, key, message, help }
    }
}

impl Layers {
    /// Reads everything that sets something, and checks each for itself, so that an error has a place.
    pub(super) fn read(overrides: &Overrides) -> Result<Layers, BadSettings> {
        let named = match &overrides.config {
            Some(path) => Some(path.clone()),
            None => set("RCP_CONFIG")?.map(PathBuf::from),
        };
        let file = match named {
            Some(path) => Some(SettingsFile::read(path)?),
            // A folder or a link that leads nowhere is there, too: who made it believes to have settings.
            None if fs::symlink_metadata(DEFAULT_FILE).is_ok() => {
                Some(SettingsFile::read(PathBuf::from(DEFAULT_FILE))?)
            }
            None => None,
        };
        let mut single = variables()?;
        for (name, path) in OWN_NAMES {
            single.extend(set(name)?.map(|value| Single::new(name, path, Value::String(value))));
        }
        let options =
            [("--data", &["catalogue", "data"][..], &overrides.data), ("--state", &["state"], &overrides.state)];
        for (name, path, value) in options {
            let Some(value) = value else { continue };
            let value = value.to_str().ok_or_else(|| {
                let message = format!("{} is not text that a setting can hold", value.display());
                problem(Rule::Type, name, None, message, "name a folder whose path is UTF-8".to_owned())
            })?;
            single.push(Single::new(name, path, Value::String(value.to_owned())));
        }
        Ok(Layers { file, single })
    }

    /// All layers together.
    pub(super) fn merged(&self) -> Result<Settings, BadSettings> {
        let mut all = self.file.as_ref().map(|file| file.table.clone()).unwrap_or_default();
        for single in &self.single {
            put(&mut all, &single.path, single.value.clone());
        }
        // Each layer was right for itself, and no key depends on another's.
        Settings::deserialize(all)
            .map_err(|error| problem(Rule::Type, "the settings", None, error.message().to_owned(), described(None)))
    }

    /// A fault at the place where its key was set last.
    pub(super) fn problem(&self, fault: Fault) -> BadSettings {
        let Fault { table, key, message, help } = fault;
        let path: Vec<&str> = [table, key].into_iter().filter(|part| !part.is_empty()).collect();
        let setter = self.single.iter().rev().find(|single| single.path == path);
        if let Some(single) = setter {
            return problem(Rule::Inconsistent, &single.name, None, message, help.to_owned());
        }
        let (name, place) = match &self.file {
            Some(file) => (file.path.display().to_string(), file.place(table, key)),
            None => (path.join("."), None),
        };
        problem(Rule::Inconsistent, &name, place, message, help.to_owned())
    }
}

impl SettingsFile {
    fn read(path: PathBuf) -> Result<SettingsFile, BadSettings> {
        let unreadable = |reason: String| BadSettings::NoFile { path: path.clone(), reason };
        let mut bytes = Vec::new();
        let read = fs::File::open(&path).and_then(|file| file.take(LONGEST_FILE + 1).read_to_end(&mut bytes));
        read.map_err(|error| match path.is_dir() {
            true => unreadable("it is a folder".to_owned()),
            false => unreadable(error.to_string()),
        })?;
        if bytes.len() as u64 > LONGEST_FILE {
            return Err(unreadable(format!("it has more than {LONGEST_FILE} bytes")));
        }
        let name = path.display().to_string();
        let text = text_of(&name, &bytes).map_err(BadSettings::Wrong)?;
        // Some editors begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let wrong = |rule, error: &toml::de::Error| {
            let place = error.span().map(|span| Place::of(&text, span));
            let key = place.as_ref().and_then(|place| place.text.split_once('=')).map(|(key, _)| key.trim().to_owned());
            let (rule, message, help) = explain(rule, error.message(), None, key.as_deref());
            problem(rule, &name, place.map(hushed), message, help)
        };
        let table: Table = toml::from_str(&text).map_err(|error| wrong(Rule::Syntax, &error))?;
        toml::from_str::<Settings>(&text).map_err(|error| wrong(Rule::Type, &error))?;
        Ok(SettingsFile { path, text, table })
    }

    /// Where a key's value stands; none if it is not in the file.
    fn place(&self, table: &str, key: &str) -> Option<Place> {
        let (document, _) = DeTable::parse_recoverable(&self.text);
        if table.is_empty() {
            return Some(Place::of(&self.text, document.get_ref().get(key)?.span()));
        }
        match document.get_ref().get(table)?.get_ref() {
            DeValue::Table(table) => Some(Place::of(&self.text, table.get(key)?.span())),
            _ => None,
        }
    }
}

impl Single {
    fn new(name: &str, path: &[&str], value: Value) -> Single {
        Single { name: name.to_owned(), path: path.iter().map(|&key| key.to_owned()).collect(), value }
    }
}

/// A variable that says something: an empty one counts as unset, as those are that a compose file passes on.
fn set(name: &str) -> Result<Option<String>, BadSettings> {
    let Some(value) = env::var_os(name).filter(|value| !value.is_empty()) else { return Ok(None) };
    let value = value.into_string().map_err(|value| {
        let message = format!("{} is not text that a setting can hold", value.display());
        problem(Rule::Type, name, None, message, "write it in UTF-8".to_owned())
    })?;
    Ok(Some(value).filter(|value| !value.trim().is_empty()))
}

/// The keys that variables of the form `RCP_<TABLE>__<KEY>` set.
fn variables() -> Result<Vec<Single>, BadSettings> {
    let mut names: Vec<String> = env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    names.sort();
    let mut found = Vec::new();
    for name in names {
        let Some(rest) = name.strip_prefix(PREFIX) else {
            small_letters(&name)?;
            continue;
        };
        if name == "RCP_CONFIG" || OWN_NAMES.iter().any(|(own, _)| *own == name) {
            continue;
        }
        let Some(value) = set(&name)? else { continue };
        if !rest.contains(BETWEEN) {
            misspelt(&name, rest)?;
            continue;
        }
        let path: Vec<String> = rest.split(BETWEEN).map(str::to_ascii_lowercase).collect();
        let read = |value: Value| {
            let mut alone = Table::new();
            put(&mut alone, &path, value);
            Settings::deserialize(alone)
        };
        // A value is written as in the file; what is no TOML, or not what is wanted, is a text.
        let typed =
            toml::from_str::<Table>(&format!("value = {value}")).ok().and_then(|mut table| table.remove("value"));
        let text = Value::String(value.clone());
        let value = match typed {
            Some(typed) if read(typed.clone()).is_ok() || read(text.clone()).is_err() => typed,
            _ => text,
        };
        read(value.clone()).map_err(|error| {
            let (rule, message, help) =
                explain(Rule::Type, error.message(), Some(&path), path.last().map(String::as_str));
            problem(rule, &name, None, message, help)
        })?;
        found.push(Single { name, path, value });
    }
    Ok(found)
}

/// Every key that stands in a table, with its table, as the description has them.
fn keys() -> Vec<(&'static str, &'static str)> {
    let keys = DESCRIPTION.lines().scan(None, |table, line| {
        if let Some(heading) = line.trim_start_matches('#').strip_prefix('[').and_then(|line| line.split_once(']')) {
            *table = Some(heading.0);
        }
        let key = line.strip_prefix('#').and_then(|line| line.split_once(" = ")).map(|(key, _)| key);
        let is_key = |key: &&str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        Some(table.zip(key.filter(is_key)))
    });
    keys.flatten().collect()
}

/// Names that others give to what the environment alone may say here, and ours.
const SECRETS: [(&str, &str); 6] = [
    ("token", "DISCORD_TOKEN"),
    ("bot_token", "DISCORD_TOKEN"),
    ("discord_token", "DISCORD_TOKEN"),
    ("token_file", "DISCORD_TOKEN_FILE"),
    ("public_key", "DISCORD_PUBLIC_KEY"),
    ("application_id", "DISCORD_APPLICATION_ID"),
];

/// What stands behind the name of a folder or file where others name one.
const KINDS: [&str; 6] = ["_dir", "_folder", "_path", "_file", "dir", "path"];

/// Refuses a variable that was meant for a key: with one underscore where two are wanted, without the table, with a slip, or
/// under a name that others give to the same. All others are not ours.
fn misspelt(name: &str, rest: &str) -> Result<(), BadSettings> {
    let rest = rest.to_ascii_lowercase();
    let keys = keys();
    let spelt = |(table, key): &(&str, &str)| spelling(&[(*table).to_owned()], key);
    let whole: Vec<String> = keys.iter().map(|(table, key)| format!("{table}_{key}")).collect();
    let names: Vec<&str> = whole.iter().map(String::as_str).collect();
    let near = nearest(&rest, &names).and_then(|near| keys.get(names.iter().position(|name| *name == near)?));
    let exact = names.contains(&rest.as_str());
    let alone: Vec<String> = keys.iter().filter(|(_, key)| *key == rest).map(spelt).collect();
    let secret = SECRETS.iter().find(|(other, _)| *other == rest).map(|(_, own)| (*own).to_owned());
    let own = ["config", "data", "state"];
    let place = own
        .into_iter()
        .find(|own| rest.strip_prefix(own).is_some_and(|kind| KINDS.contains(&kind)))
        .or_else(|| nearest(&rest, &own))
        .map(|own| format!("{PREFIX}{}", own.to_ascii_uppercase()));
    let help = match (near, secret.or(place)) {
        (Some(near), _) if exact => format!("two underscores stand between: {}", spelt(near)),
        (_, Some(own)) => format!("did you mean {own}?"),
        (_, None) if !alone.is_empty() => format!("did you mean {}?", alone.join(" or ")),
        (Some(near), None) => format!("did you mean {}?", spelt(near)),
        (None, None) => return Ok(()),
    };
    Err(problem(Rule::UnknownKey, name, None, "the variable sets nothing".to_owned(), help))
}

/// Refuses a variable that is one of ours but for its letters: systems that tell them apart pass it over.
fn small_letters(name: &str) -> Result<(), BadSettings> {
    let capital = name.to_ascii_uppercase();
    let is_ours = capital.strip_prefix(PREFIX).is_some_and(|rest| rest.contains(BETWEEN))
        || OWN_NAMES.iter().any(|(own, _)| *own == capital);
    if !is_ours || capital == name || set(name)?.is_none() {
        return Ok(());
    }
    let help = format!("write it in capitals: {capital}");
    Err(problem(Rule::UnknownKey, name, None, "the variable sets nothing".to_owned(), help))
}

/// A key as the environment spells it; of a table, the beginning.
fn spelling(tables: &[String], key: &str) -> String {
    let mut parts: Vec<&str> = tables.iter().map(String::as_str).collect();
    parts.push(key);
    let end = if tables.is_empty() && key != "state" { BETWEEN } else { "" };
    format!("{PREFIX}{}{end}", parts.join(BETWEEN).to_ascii_uppercase())
}

/// Sets a key of a table, and makes the tables on the way.
fn put(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [key] => {
            table.insert(key.clone(), value);
        }
        [key, rest @ ..] => {
            let inner = table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new()));
            if !inner.is_table() {
                *inner = Value::Table(Table::new());
            }
            if let Value::Table(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// What is wrong and how to mend it, from serde's words: unknown field `a`, expected one of `b`, `c`; likewise unknown
/// variant. `variable` is the path of the key where it was set in the environment, `key` the key whose value it may be.
fn explain(rule: Rule, message: &str, variable: Option<&[String]>, key: Option<&str>) -> (Rule, String, String) {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let [wrong, allowed @ ..] = quoted.as_slice() {
        let near = nearest(&wrong.to_lowercase(), allowed);
        if message.starts_with("unknown field") {
            let spelt = |key: &str| match variable {
                None => key.to_owned(),
                Some(path) => spelling(path.split(|part| part == wrong).next().unwrap_or_default(), key),
            };
            if is_secret(wrong) {
                let help = "no secret stands here: take it out, and set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds the token";
                return (Rule::UnknownKey, format!("there is no key {wrong:?} here"), help.to_owned());
            }
            let near = near.map(|key| format!("did you mean {}? ", spelt(key)));
            let near = near.or_else(|| elsewhere(wrong, variable.is_some())).unwrap_or_default();
            let allowed: Vec<String> = allowed.iter().map(|key| spelt(key)).collect();
            let help = format!("{near}There are: {}", allowed.join(", "));
            return (Rule::UnknownKey, format!("there is no key {wrong:?} here"), help);
        }
        if message.starts_with("unknown variant") {
            let near = near.map(|value| format!("did you mean {value:?}? ")).unwrap_or_default();
            let help = format!("{near}There are: {}", allowed.join(", "));
            return (Rule::Type, format!("the value {wrong:?} is none of those that are known"), help);
        }
    }
    let message =
        message.replace("invalid socket address syntax", "this is no address to listen on: an IP address and a port");
    let message = ["u64", "u32", "usize"].iter().fold(message, |message, number| {
        message.replace(&format!("expected {number}"), "expected a whole number, 0 or more")
    });
    let message = message.replace("expected path string", "expected a path as a text");
    let message = message.replace("expected struct ShardRange", "expected a table with range and total");
    let message = message.replace("expected socket address", "expected an IP address and a port, as a text");
    if message.contains("untagged enum") {
        return (rule, "these are no Discord ids, which are whole numbers".to_owned(), described(key));
    }
    if message == "duplicate key" {
        let help = "a table and a key stand once: put what stands below both into one, and take the other away";
        return (rule, message, help.to_owned());
    }
    (rule, message, described(key))
}

/// Where a key belongs that stands in the wrong table, or in none.
fn elsewhere(wrong: &str, in_environment: bool) -> Option<String> {
    let keys = keys();
    let mut tables = keys.iter().filter(|(_, key)| *key == wrong).map(|(table, key)| match in_environment {
        true => spelling(&[(*table).to_owned()], key),
        false => format!("[{table}]"),
    });
    let first = tables.next()?;
    let all = tables.fold(first, |all, table| format!("{all} or {table}"));
    Some(if in_environment { format!("did you mean {all}? ") } else { format!("it belongs below {all}. ") })
}

/// How a key is written, from the file that describes it.
fn described(key: Option<&str>) -> String {
    let example = key.and_then(|key| {
        let start = format!("#{key} = ");
        DESCRIPTION.lines().find(|line| line.starts_with(&start))
    });
    match example {
        Some(line) => format!("write it like {}; config/rcp-bot.toml describes it", line.trim_start_matches('#')),
        None => "config/rcp-bot.toml describes every key and its form".to_owned(),
    }
}

/// A place without what its line holds, where that may be a secret that was put into the wrong file: what is told ends in logs.
fn hushed(place: Place) -> Place {
    let Some((key, _)) = place.text.split_once('=').filter(|(key, _)| is_secret(key)) else { return place };
    let text = format!("{key}= …");
    let part = place.part.start.min(key.len())..place.part.end.min(key.len());
    Place { text, part, ..place }
}

/// Whether a key is named as secrets are.
fn is_secret(key: &str) -> bool {
    let key = key.to_lowercase();
    ["token", "secret", "password", "credential"].iter().any(|word| key.contains(word))
}

fn problem(rule: Rule, name: &str, place: Option<Place>, message: String, help: String) -> BadSettings {
    BadSettings::Wrong(Box::new(Problem::new(rule, name, place, message, help)))
}
