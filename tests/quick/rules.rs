//! Each rule of the catalogue, broken once or more in a copy of the tests' own files: the breach is found at its place,
//! with nothing else beside it, and its words are kept in snapshots.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use annotate_snippets::Renderer;
use jiff::ToSpan;
use jiff::civil::Date;
use rcp_bot::catalogue::{Files, Problem, Report, Rule, Severity};
use rcp_bot::snapshot::{Origin, Snapshot};
use tempfile::TempDir;

use crate::support::kept;

// --- The table ---------------------------------------------------------------------------------------------------------

/// What is done to a copy of the shipped files.
enum Break {
    /// In a file, a text that stands there once is replaced.
    Replace(&'static str, &'static str),
    /// A file gets other bytes.
    Bytes(fn(Vec<u8>) -> Vec<u8>),
    /// A file is taken away.
    Remove,
    /// A file gets another name.
    Rename(&'static str),
    /// Every file of a folder is taken away.
    Empty,
    /// On disk, which some rules are about: what is done to the folder.
    OnDisk(fn(&Path)),
}

use Break::*;

/// A rule, what the row breaks, the file, how it is broken, and where the breach is told: the text around the place in
/// the broken file, with `¦` before the column. Without such a text the breach has no place.
type Row = (Rule, &'static str, &'static str, Break, Option<&'static str>);

const OCAM: &str = "processes/ocam.toml";
const QUITO: &str = "processes/processus-de-quito.toml";
const CIS: &str = "processes/conference-cei.toml";
const REGIONS: &str = "regions.toml";
const COUNTRIES: &str = "countries.toml";
const GLOSSARY: &str = "glossary.toml";
const MEETINGS: &str = "meetings.toml";
const ORGANISATIONS: &str = "organisations.toml";
const SPANISH: &str = "messages/es.ftl";

/// The first lines of the glossary, which no change of facts touches.
const FIRST_TERM: &str = "[[term]]\nid = \"rcp\"";

#[rustfmt::skip]
fn table() -> Vec<Row> {
    vec![
        (Rule::Unreadable, "a file is missing", REGIONS, Remove, None),
        (Rule::MissingMessage, "a language is missing", SPANISH, Remove, None),
        (Rule::Unreadable, "there is no process", "processes", Empty, None),
        (Rule::Unreadable, "a folder stands for a file", "processes/folder.toml", OnDisk(|data| fs::create_dir(data.join("processes/folder.toml")).unwrap()), None),
        (Rule::TooLarge, "a file is larger than is read", "processes/large.toml", OnDisk(|data| fs::write(data.join("processes/large.toml"), vec![b'#'; 1024 * 1024 + 1]).unwrap()), None),
        (Rule::NotText, "a file is in another encoding", OCAM, Bytes(|bytes| latin_1(&bytes, "Amérique centrale et")), Some("fr = \"Am¦\u{fffd}rique centrale et")),
        (Rule::NotText, "a language is in another encoding", SPANISH, Bytes(|bytes| [b"\xff\xfe".as_slice(), &bytes].concat()), Some("¦\u{fffd}\u{fffd}###")),
        (Rule::Syntax, "a quotation mark is missing", OCAM, Replace("id = \"ocam\"", "id = \"ocam"), Some("id = \"ocam¦\n")),
        (Rule::Syntax, "a key stands twice", OCAM, Replace("id = \"ocam\"", "id = \"ocam\"\nid = \"ocam\""), Some("id = \"ocam\"\n¦id = \"ocam\"")),
        (Rule::Syntax, "an equals sign is missing", OCAM, Replace("id = \"ocam\"", "id \"ocam\""), Some("id ¦\"ocam\"")),
        (Rule::Type, "a number stands for a text", REGIONS, Replace("emoji = \"🌍\"", "emoji = 3"), Some("emoji = ¦3")),
        (Rule::Type, "a word is not on the closed list", OCAM, Replace("kind = \"regional\"", "kind = \"regionel\""), Some("kind = ¦\"regionel\"")),
        (Rule::Type, "a text stands for a list", REGIONS, Replace("aliases = [\"africain\", \"African\", \"africana\", \"continent africain\"]", "aliases = \"africain\""), Some("aliases = ¦\"africain\"")),
        (Rule::Type, "a text stands for yes or no", OCAM, Replace("online = true", "online = \"yes\""), Some("online = ¦\"yes\"")),
        (Rule::Type, "a text stands for a table", OCAM, Bytes(|bytes| with_key(&without_table(&bytes, "[founding]"), "founding = \"1990\"")), Some("founding = ¦\"1990\"")),
        (Rule::Type, "one bracket for two", OCAM, Replace("[[iom_role]]", "[iom_role]"), Some("¦[iom_role]")),
        (Rule::Type, "a table stands for a text", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = { en = \"https://www.sica.int/ocam\" }"), Some("website = ¦{ en")),
        (Rule::Type, "a text stands for a list of codes", OCAM, Replace("states = [\"MX\"]", "states = \"MX\""), Some("states = ¦\"MX\"")),
        (Rule::Type, "a fraction", ORGANISATIONS, Bytes(|bytes| number(&bytes, "175.0")), Some("member_states = ¦175.0")),
        (Rule::Type, "a number with a point for thousands", ORGANISATIONS, Bytes(|bytes| number(&bytes, "1.750")), Some("member_states = ¦1.750")),
        (Rule::Type, "a number in quotes", ORGANISATIONS, Bytes(|bytes| number(&bytes, "\"175\"")), Some("member_states = ¦\"175\"")),
        (Rule::Type, "a number that no machine holds", ORGANISATIONS, Bytes(|bytes| number(&bytes, "99999999999999999999999999")), Some("member_states = ¦9999")),
        (Rule::Syntax, "a number with a nought before it", ORGANISATIONS, Bytes(|bytes| number(&bytes, "0175")), Some("member_states = ¦0175")),
        (Rule::Syntax, "a number with a comma", ORGANISATIONS, Bytes(|bytes| number(&bytes, "1,750")), Some("member_states = 1¦,750")),
        (Rule::Syntax, "a number with a space", ORGANISATIONS, Bytes(|bytes| number(&bytes, "1 750")), Some("member_states = ¦1 750")),
        (Rule::Syntax, "a table twice of which there is one", OCAM, Replace("[founding]\n", "[status]\nvalue = \"active\"\n\n[founding]\n"), Some("[¦status]\nvalue = \"active\"\n\n[founding]")),
        (Rule::Syntax, "a file pasted below itself", OCAM, Bytes(|bytes| [bytes.as_slice(), b"\n[name]\n# The second.\n", &bytes].concat()), Some("[¦name]\n# The second.")),
        (Rule::Type, "a number is too large for its key", MEETINGS, Replace("ordinal = 1\n", "ordinal = 1000\n"), Some("ordinal = ¦1000")),
        (Rule::UnknownKey, "a key that is near another", REGIONS, Replace("emoji = \"🌍\"", "emoji = \"🌍\"\nemojo = \"🌍\""), Some("¦emojo = ")),
        (Rule::NewerKey, "a key that is near none", OCAM, Replace("collected = ", "colour = \"red\"\ncollected = "), Some("¦colour = ")),
        (Rule::NewerKey, "a language that we do not speak", REGIONS, Replace("fr = \"Afrique\",", "fr = \"Afrique\", de = \"Afrika\","), Some("\"Afrique\", ¦de = ")),
        (Rule::UnknownKey, "the chair's word for States", OCAM, Replace("states = [\"MX\"]", "countries = [\"MX\"]"), Some("¦countries = [\"MX\"]\n")),
        (Rule::UnknownKey, "a key of the file below a heading", OCAM, Replace("[status]\n", "[status]\nother_websites = [\"https://example.org\"]\n"), Some("¦other_websites = ")),
        (Rule::UnknownKey, "a key of another table", OCAM, Replace("[status]\n", "[status]\nstates = [\"MX\"]\n"), Some("[status]\n¦states = ")),
        (Rule::UnknownKey, "a table of the file below another", OCAM, Replace("[status]\n", "[status.ended]\ndate = \"2020\"\n[status]\n"), Some("[status.¦ended]")),
        (Rule::UnknownKey, "a language in capitals", REGIONS, Replace("es = \"África\" }", "ES = \"África\" }"), Some("¦ES = \"África\"")),
        (Rule::UnknownKey, "another code of a language", REGIONS, Replace("es = \"África\" }", "sp = \"África\" }"), Some("¦sp = \"África\"")),
        (Rule::UnknownKey, "another language's name", REGIONS, Replace("fr = \"Afrique\",", "fra = \"Afrique\","), Some("¦fra = \"Afrique\"")),
        (Rule::MissingKey, "a table", CIS, Bytes(|bytes| without_table(&bytes, "[status]")), Some("https://www.iom.int/cis-conference\" }¦\n")),
        (Rule::MissingKey, "a required key stands in the wrong table", OCAM, Bytes(|bytes| moved_below(&bytes, "kind = \"regional\"\n", "[status]\n")), Some("[status]\n¦kind = \"regional\"")),
        (Rule::MissingKey, "a required key is missing in a table", REGIONS, Replace("emoji = \"🌍\"\n", ""), Some("¦[[region]]\nid = \"africa\"")),
        (Rule::MissingKey, "a required key is missing in the file", OCAM, Replace("kind = \"regional\"\n", ""), Some("iom_pages = { en = \"https://www.iom.int/central-american-commission-migration-directors-ocam\" }¦\n")),
        (Rule::Date, "a month that does not exist", OCAM, Replace("date = \"1990-10\"", "date = \"1990-13\""), Some("date = ¦\"1990-13\"")),
        (Rule::Date, "a date in words", OCAM, Replace("date = \"1990-10\"", "date = \"October 1990\""), Some("date = ¦\"October 1990\"")),
        (Rule::Date, "half a span", OCAM, Replace("date = \"1990-10\"", "date = \"1990-10/\""), Some("date = ¦\"1990-10/\"")),
        (Rule::Date, "a span with a hyphen", OCAM, Replace("date = \"1990-10\"", "date = \"1990-10-15 - 1990-10-16\""), Some("date = ¦\"1990-10-15 -")),
        (Rule::Date, "a span in words", OCAM, Replace("date = \"1990-10\"", "date = \"1990-01 to 1990-06\""), Some("date = ¦\"1990-01 to")),
        (Rule::Date, "a span of days of one month", OCAM, Replace("date = \"1990-10\"", "date = \"1990-10-15/16\""), Some("date = ¦\"1990-10-15/16")),
        (Rule::Date, "a span of which one end is none", OCAM, Replace("date = \"1990-10\"", "date = \"1990-10/later\""), Some("date = ¦\"1990-10/later")),
        (Rule::Date, "a span ends before it begins", CIS, Replace("[ended]\ndate = \"2005-10-10\"", "[ended]\ndate = \"2005-10-10/2005-10-09\""), Some("date = ¦\"2005-10-10/2005-10-09\"")),
        (Rule::Date, "the day of collection is no whole date", GLOSSARY, Bytes(|bytes| set(&bytes, "collected", "2026-11")), Some("collected = ¦\"2026-11\"")),
        (Rule::DateOrder, "it ends before it begins", CIS, Replace("[ended]\ndate = \"2005-10-10\"", "[ended]\ndate = \"1905-10-10\""), Some("[ended]\ndate = ¦\"1905-10-10\"")),
        (Rule::DateOrder, "a meeting stands after a later one", OCAM, Replace("date = \"2021-06-30\"", "date = \"2015-06-30\""), Some("date = ¦\"2015-06-30\"")),
        (Rule::DateOrder, "a source is younger than the facts", OCAM, Replace("date = \"2019-01\"", "date = \"2034-01\""), Some("date = ¦\"2034-01\"")),
        (Rule::DateOrder, "a global meeting stands after a later one", MEETINGS, Replace("date = \"2009-06-04/2009-06-05\"", "date = \"2004-06-04/2004-06-05\""), Some("date = ¦\"2004-06-04/2004-06-05\"")),
        (Rule::FutureFacts, "the day of collection lies ahead", GLOSSARY, Bytes(|bytes| set(&bytes, "collected", "2199-12-31")), Some("collected = ¦\"2199-12-31\"")),
        (Rule::YearRange, "a year long before the field", OCAM, Replace("date = \"1990-10\"", "date = \"1090-10\""), Some("date = ¦\"1090-10\"")),
        (Rule::YearRange, "a year far ahead", OCAM, Replace("{ countries = [\"GT\"], when = \"2019-06\" }", "{ countries = [\"GT\"], when = \"2091-06\" }"), Some("when = ¦\"2091-06\"")),
        (Rule::YearRange, "the year of a global meeting", MEETINGS, Replace("date = \"2005-04-14/2005-04-15\"", "date = \"1005-04-14/2005-04-15\""), Some("date = ¦\"1005-04-14/2005-04-15\"")),
        (Rule::EmptyText, "a text is empty", REGIONS, Replace("emoji = \"🌍\"", "emoji = \"\""), Some("emoji = ¦\"\"")),
        (Rule::EmptyText, "a name is in no language", REGIONS, Replace("name = { fr = \"Afrique\", en = \"Africa\", es = \"África\" }", "name = { own = [\"fr\"] }"), Some("name = ¦{ own")),
        (Rule::ControlCharacter, "a tab", REGIONS, Replace("\"continent africain\"", "\"continent\\tafricain\""), Some("¦\"continent\\tafricain\"")),
        (Rule::ControlCharacter, "a space at an end", REGIONS, Replace("\"continent africain\"", "\"continent africain \""), Some("¦\"continent africain \"")),
        (Rule::ControlCharacter, "a character that turns the text around", REGIONS, Replace("\"continent africain\"", "\"continent \u{202e}africain\""), Some("¦\"continent \u{202e}africain\"")),
        (Rule::Markup, "bold letters", REGIONS, Replace("\"continent africain\"", "\"continent **africain**\""), Some("¦\"continent **africain**\"")),
        (Rule::Markup, "an address in a text", REGIONS, Replace("\"continent africain\"", "\"see https://example.org\""), Some("¦\"see https://example.org\"")),
        (Rule::Mention, "everyone", REGIONS, Replace("\"continent africain\"", "\"continent @everyone\""), Some("¦\"continent @everyone\"")),
        (Rule::Mention, "a channel", REGIONS, Replace("\"continent africain\"", "\"<#1234>\""), Some("¦\"<#1234>\"")),
        (Rule::TooLong, "an acronym", OCAM, Replace("acronym = \"OCAM\"", "acronym = \"OCAMOCAMOCAMOCAMOCAMOCAMO\""), Some("acronym = ¦\"OCAMO")),
        (Rule::BadEmoji, "nine of them", REGIONS, Replace("emoji = \"🌍\"", "emoji = \"🌍🌍🌍🌍🌍🌍🌍🌍🌍\""), Some("emoji = ¦\"🌍🌍")),
        (Rule::BadUrl, "an address without its scheme", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"www.sica.int/ocam\""), Some("website = ¦\"www")),
        (Rule::BadUrl, "one slash", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"https:/www.sica.int/ocam\""), Some("website = ¦\"https:/www")),
        (Rule::BadUrl, "no slash", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"https:www.sica.int/ocam\""), Some("website = ¦\"https:www")),
        (Rule::BadUrl, "three slashes", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"https:///www.sica.int/ocam\""), Some("website = ¦\"https:///www")),
        (Rule::DoubtfulText, "the end of a sentence", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"https://www.sica.int/ocam).\""), Some("website = ¦\"https://www.sica.int/ocam).\"")),
        (Rule::DoubtfulText, "a comma", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"https://www.sica.int/ocam,\""), Some("website = ¦\"https://www.sica.int/ocam,\"")),
        (Rule::BadUrl, "a script", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"javascript:alert(1)\""), Some("website = ¦\"java")),
        (Rule::BadUrl, "an address with a space", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"https://www.sica.int/o cam\""), Some("website = ¦\"https://www.sica.int/o cam\"")),
        (Rule::BadId, "capital letters", GLOSSARY, Replace(FIRST_TERM, "[[term]]\nid = \"RCP\""), Some("id = ¦\"RCP\"")),
        (Rule::BadId, "another id than the file's name", QUITO, Rename("processes/processus-de-quitto.toml"), Some("id = ¦\"processus-de-quito\"")),
        (Rule::DuplicateId, "a term", GLOSSARY, Replace("id = \"iscm\"", "id = \"rcp\""), Some("id = ¦\"rcp\"\nname = { fr = \"mécanisme")),
        (Rule::DuplicateId, "a country", COUNTRIES, Replace("code = \"BV\"", "code = \"AD\""), Some("code = ¦\"AD\"\nname = { fr = \"Île Bouvet\"")),
        (Rule::DuplicateId, "the number of a meeting", MEETINGS, Replace("ordinal = 2\n", "ordinal = 1\n"), Some("id = \"grcp-2\"\nordinal = ¦1")),
        (Rule::DuplicateName, "a name of another process", QUITO, Replace("\"Processo de Quito\"", "\"O.C.A.M.\""), Some("¦\"O.C.A.M.\"")),
        (Rule::DuplicateName, "an alias of another country", COUNTRIES, Replace("es = \"Isla Bouvet\" }", "es = \"Isla Bouvet\" }\naliases = [\"Bouvet\", \"ANDORRE\"]"), Some("[\"Bouvet\", ¦\"ANDORRE\"]")),
        (Rule::DuplicateName, "an alias of another organisation", ORGANISATIONS, Replace("aliases = [\"UN Action for Cooperation against Trafficking in Persons\", \"UNIAP\"]", "aliases = [\"UNIAP\", \"ONU Migration\"]"), Some("[\"UNIAP\", ¦\"ONU Migration\"]")),
        (Rule::DuplicateItem, "a State", OCAM, Replace("states = [\"MX\"]", "states = [\"MX\", \"MX\"]"), Some("states = [\"MX\", ¦\"MX\"]")),
        (Rule::DuplicateItem, "a role", OCAM, Replace("role = \"observer\"", "role = \"member\""), Some("role = ¦\"member\"\nstates = [\"MX\"]")),
        (Rule::DuplicateItem, "an address among the sources", OCAM, Replace("url = \"https://primi.iom.int/partner-organization\"", "url = \"https://triangulonorteca.iom.int/regional-integration\""), Some("supports = [\"founding\", \"secretariat\"]\n\n[[source]]\nurl = ¦\"https://triangulonorteca.iom.int/regional-integration\"")),
        (Rule::UnknownProcess, "near another", "iom.toml", Replace("processes = [\"midcom\"]", "processes = [\"midcomm\"]"), Some("processes = [¦\"midcomm\"]")),
        (Rule::UnknownRegion, "near another", OCAM, Replace("region = \"americas\"", "region = \"america\""), Some("region = ¦\"america\"")),
        (Rule::UnknownOrganisation, "near another", OCAM, Replace("associations = [\"sica\"]", "associations = [\"sicca\"]"), Some("associations = [¦\"sicca\"]")),
        (Rule::UnknownOrganisation, "near none", MEETINGS, Replace("hosts = [\"iom\", \"gcim\"]", "hosts = [\"iom\", \"red-cross-of-mars\"]"), Some("hosts = [\"iom\", ¦\"red-cross-of-mars\"]")),
        (Rule::UnknownTopic, "near another", OCAM, Replace("es = \"documentos de viaje\", topics = [\"regular-pathways\"]", "es = \"documentos de viaje\", topics = [\"regular-pathway\"]"), Some("topics = [¦\"regular-pathway\"]")),
        (Rule::ThemeWithoutTopic, "no topics", OCAM, Replace("es = \"documentos de viaje\", topics = [\"regular-pathways\"] }", "es = \"documentos de viaje\" }"), Some("¦{ fr = \"documents de voyage\"")),
        (Rule::MissingFile, "the topics", "topics.toml", Remove, None),
        (Rule::UnknownCountry, "a code that no country has", OCAM, Replace("states = [\"MX\"]", "states = [\"ZZ\"]"), Some("states = [¦\"ZZ\"]")),
        (Rule::UnknownCountry, "of a global meeting", MEETINGS, Replace("country = \"BW\"", "country = \"Botswana\""), Some("country = ¦\"Botswana\"")),
        (Rule::BadCountryCode, "a code that ISO does not have", COUNTRIES, Replace("code = \"BV\"", "code = \"XX\""), Some("code = ¦\"XX\"")),
        (Rule::BadCountryCode, "small letters", COUNTRIES, Replace("code = \"BV\"", "code = \"bv\""), Some("code = ¦\"bv\"")),
        (Rule::MemberAndObserver, "a State", OCAM, Replace("states = [\"MX\"]", "states = [\"MX\", \"PA\"]"), Some("states = [\"MX\", ¦\"PA\"]")),
        (Rule::CountDiffers, "without a note", OCAM, Replace("role = \"member\"\n", "role = \"member\"\ncount = 9\n"), Some("count = ¦9")),
        (Rule::Inconsistent, "kind and region", OCAM, Replace("kind = \"regional\"", "kind = \"interregional\""), Some("region = ¦\"americas\"")),
        (Rule::Inconsistent, "status and basis", OCAM, Replace("basis = \"iom-list\"", "basis = \"silence\""), Some("¦[status]")),
        (Rule::Inconsistent, "a chair that is held and does not exist", OCAM, Replace("countries = [\"HN\"]", "countries = [\"HN\"]\nnone = true"), Some("none = ¦true")),
        (Rule::Inconsistent, "a shared secretariat of one", OCAM, Replace("kind = \"provided\"", "kind = \"shared\""), Some("kind = ¦\"shared\"")),
        (Rule::Unsupported, "what no source supports", OCAM, Replace("\"themes\", \"purpose\", \"website\"]", "\"themes\", \"purpose\"]"), Some("website = ¦\"https")),
        (Rule::Unsupported, "a meeting without sources", MEETINGS, Bytes(|bytes| without_sources(&bytes, "[[meeting.source]]", "[[meeting]]\nid = \"grcp-2\"")), Some("¦[[meeting]]\nid = \"grcp-1\"")),
        (Rule::MissingMessage, "in one language", SPANISH, Replace("undated = sin fecha\n", ""), None),
        (Rule::UnknownMessage, "of another version", SPANISH, Replace("undated = sin fecha\n", "undated = sin fecha\nold-thing = x\n"), Some("¦old-thing")),
        (Rule::BadMessage, "a value that is not given", SPANISH, Replace("miembro de { $count } procesos", "miembro de { $cuenta } procesos"), Some("{ $¦cuenta }")),
        (Rule::BadMessage, "an empty button", SPANISH, Replace("button-share = Compartir", "button-share = {\"\"}"), Some("¦button-share")),
        (Rule::IncompleteMessage, "a word that no number has", SPANISH, Replace("[one]", "[uno]"), Some("[¦uno]")),
        (Rule::BadEmoji, "a name for an emoji", REGIONS, Replace("emoji = \"🌍\"", "emoji = \":globe:\""), Some("emoji = ¦\":globe:\"")),
        (Rule::BadEmoji, "a long name", REGIONS, Replace("emoji = \"🌍\"", "emoji = \":earth_africa:\""), Some("emoji = ¦\":earth_africa:\"")),
        (Rule::BadEmoji, "two letters", REGIONS, Replace("emoji = \"🌍\"", "emoji = \"AF\""), Some("emoji = ¦\"AF\"")),
        (Rule::ConflictCopy, "made by a synchronisation", "processes/ocam - Copie.toml", OnDisk(|data| { fs::copy(data.join(OCAM), data.join("processes/ocam - Copie.toml")).unwrap(); }), None),
        (Rule::EditorSyntax, "a byte order mark", OCAM, Bytes(|bytes| [b"\xef\xbb\xbf".as_slice(), &bytes].concat()), Some("¦\u{feff}#:schema")),
        (Rule::EditorSyntax, "a table over two lines", REGIONS, Replace("name = { fr = \"Afrique\", en", "name = { fr = \"Afrique\",\nen"), Some("name = ¦{ fr = \"Afrique\",\n")),
        (Rule::EditorSyntax, "a last comma in a table", REGIONS, Replace("es = \"África\" }", "es = \"África\", }"), Some("name = ¦{ fr = \"Afrique\"")),
        (Rule::EditorSyntax, "an escape of TOML 1.1", REGIONS, Replace("\"continent africain\"", "\"continent \\x41fricain\""), Some("¦\"continent \\x41")),
        (Rule::MessageSyntax, "an equals sign is missing", SPANISH, Replace("undated = sin fecha\n", "undated sin fecha\n"), Some("undated ¦sin fecha")),
        (Rule::MessageSyntax, "a bracket is open", SPANISH, Replace("undated = sin fecha\n", "undated = sin { fecha\n"), Some("undated = sin { fecha\n¦")),
        (Rule::MessageSyntax, "a key stands twice", SPANISH, Replace("undated = sin fecha\n", "undated = sin fecha\nundated = nunca\n"), Some("undated = sin fecha\n¦undated = nunca")),
        (Rule::UnknownFile, "beside the others", "extra.toml", OnDisk(|data| fs::write(data.join("extra.toml"), "").unwrap()), None),
        (Rule::UnknownFile, "a data file among the messages", "messages/de.toml", OnDisk(|data| fs::write(data.join("messages/de.toml"), "").unwrap()), None),
        (Rule::UnknownFile, "in a folder of its own", "processes/old", OnDisk(|data| { fs::create_dir(data.join("processes/old")).unwrap(); fs::write(data.join("processes/old/x.toml"), "").unwrap(); }), None),
        (Rule::UnknownFile, "below a stranger's folder", "process", OnDisk(|data| { fs::create_dir_all(data.join("process/new")).unwrap(); fs::write(data.join("process/new/x.toml"), "").unwrap(); }), None),
        (Rule::UnknownFile, "an ending with a slip", "processes/new.tml", OnDisk(|data| fs::write(data.join("processes/new.tml"), "").unwrap()), None),
        (Rule::DoubtfulText, "a letter that was lost", REGIONS, Replace("\"continent africain\"", "\"continent afr\u{fffd}cain\""), Some("¦\"continent afr\u{fffd}cain\"")),
        (Rule::DoubtfulText, "letters of another encoding", REGIONS, Replace("\"continent africain\"", "\"continent amÃ©ricain\""), Some("¦\"continent amÃ©ricain\"")),
        (Rule::DoubtfulText, "a stopgap", OCAM, Replace("{ fr = \"présidence pro tempore\"", "{ fr = \"…\""), Some("¦\"…\"")),
        (Rule::LaterThanCollected, "a chair", OCAM, Replace("as_of = \"2022/..\"", "as_of = \"2028/..\""), Some("as_of = ¦\"2028/..\"")),
        (Rule::LaterThanCollected, "a secretariat", OCAM, Replace("since = \"1999-01\"", "since = \"2029-01\""), Some("since = ¦\"2029-01\"")),
        (Rule::StaleFacts, "collected long ago", GLOSSARY, Bytes(|bytes| set(&bytes, "collected", "2020-01-01")), Some("collected = ¦\"2020-01-01\"")),
        (Rule::OldChair, "known long ago", "processes/csm.toml", Bytes(|bytes| set(&set(&bytes, "as_of", "2001-02"), "term", "2001")), Some("¦[chair]")),
        (Rule::MissingTranslation, "Spanish", REGIONS, Replace("name = { fr = \"Afrique\", en = \"Africa\", es = \"África\" }", "name = { fr = \"Afrique\", en = \"Africa\" }"), Some("name = ¦{ fr = \"Afrique\"")),
        (Rule::HttpLink, "a website", OCAM, Replace("website = \"https://www.sica.int/ocam\"", "website = \"http://www.sica.int/ocam\""), Some("website = ¦\"http:")),
        (Rule::UncitedSource, "nothing in supports", OCAM, Replace("supports = [\"meetings\"]\ndate = \"2022-12-14\"", "supports = []\ndate = \"2022-12-14\""), Some("¦[[source]]\nurl = \"https://migracion.gob.do")),
    ]
}

/// The bytes with one text of them written in Latin-1.
fn latin_1(bytes: &[u8], words: &str) -> Vec<u8> {
    let text = str::from_utf8(bytes).expect("a shipped file is text");
    let (before, after) = text.split_once(words).expect(words);
    let encoded: Vec<u8> =
        words.chars().map(|letter| u8::try_from(letter as u32).expect("a letter of Latin-1")).collect();
    [before.as_bytes(), &encoded, after.as_bytes()].concat()
}

/// The bytes with another value at the first line that sets a key.
fn set(bytes: &[u8], key: &str, value: &str) -> Vec<u8> {
    let text = str::from_utf8(bytes).expect("a shipped file is text");
    let start = text.find(&format!("\n{key} = \"")).unwrap_or_else(|| panic!("no line sets {key}")) + 1;
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    format!("{}{key} = \"{value}\"{}", &text[..start], &text[end..]).into_bytes()
}

/// The bytes without a table: from its heading to the next.
fn without_table(bytes: &[u8], heading: &str) -> Vec<u8> {
    let text = str::from_utf8(bytes).expect("a shipped file is text");
    let start = text.find(heading).expect(heading);
    let length = text[start..].find("\n[").map_or(text.len() - start, |length| length + 1);
    format!("{}{}", &text[..start], &text[start + length..]).into_bytes()
}

/// The bytes with a line below the one that sets `id`.
fn with_key(bytes: &[u8], line: &str) -> Vec<u8> {
    str::from_utf8(bytes)
        .expect("a shipped file is text")
        .replacen("\nkind = ", &format!("\n{line}\nkind = "), 1)
        .into_bytes()
}

/// The bytes with a line at another place: below a heading.
fn moved_below(bytes: &[u8], line: &str, heading: &str) -> Vec<u8> {
    let text = str::from_utf8(bytes).expect("a shipped file is text");
    text.replacen(line, "", 1).replacen(heading, &format!("{heading}{line}"), 1).into_bytes()
}

/// The organisations' bytes with another number of States of the first that has one.
fn number(bytes: &[u8], written: &str) -> Vec<u8> {
    let text = str::from_utf8(bytes).expect("a shipped file is text");
    let start = text.find("member_states = ").expect("a number") + "member_states = ".len();
    let end = text[start..].find('\n').expect("a line ends") + start;
    format!("{}{written}{}", &text[..start], &text[end..]).into_bytes()
}

/// The bytes with an empty list of sources instead of the tables from the first `from` on to `until`.
fn without_sources(bytes: &[u8], from: &str, until: &str) -> Vec<u8> {
    let text = str::from_utf8(bytes).expect("a shipped file is text");
    let start = text.find(from).expect(from);
    let end = text.find(until).expect(until);
    assert!(start < end, "{from} stands after {until}");
    // A list written in one piece stands with the other keys, right after the id.
    let head = text[..start].replacen("id = \"grcp-1\"", "id = \"grcp-1\"\nsource = []", 1);
    // Tables between keep their place: notes only.
    format!("{head}{}", &text[end..]).into_bytes()
}

// --- Breaking and finding ----------------------------------------------------------------------------------------------

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A day shortly after the shipped facts were collected, so that the passing of time breaks no test.
fn day(files: &Files) -> Date {
    let texts = files.0.values().map(|bytes| text_of(bytes));
    let days = texts.filter_map(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("collected = "))?.trim_matches('"').to_owned();
        line.parse::<Date>().ok()
    });
    days.max().expect("facts are dated") + 7.days()
}

fn report(files: &Files, day: Date) -> Report {
    Snapshot::build(files, Vec::new(), Origin::Folder, day).1
}

/// The same as the program does with a folder.
fn report_of_folder(folder: &Path, day: Date) -> Report {
    let (files, problems) = Files::read(folder);
    Snapshot::build(&files, problems, Origin::Folder, day).1
}

fn write(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder of our own");
    for (path, bytes) in &files.0 {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

/// A broken copy of the files. What is broken on disk alone comes back with its folder.
fn broken(files: &Files, (_, name, file, how, _): &Row) -> (Files, Option<TempDir>) {
    let mut files = files.clone();
    let known = |files: &Files| files.0.get(*file).unwrap_or_else(|| panic!("{name}: there is no {file}")).clone();
    match how {
        Replace(from, to) => {
            let text = text_of(&known(&files));
            assert_eq!(text.matches(from).count(), 1, "{name}: this must stand once in {file}: {from}");
            files.0.insert((*file).to_owned(), text.replacen(from, to, 1).into_bytes());
        }
        Bytes(change) => {
            let changed = change(known(&files));
            files.0.insert((*file).to_owned(), changed);
        }
        Remove => assert!(files.0.remove(*file).is_some(), "{name}: there is no {file}"),
        Rename(other) => {
            let bytes = known(&files);
            files.0.remove(*file);
            files.0.insert((*other).to_owned(), bytes);
        }
        Empty => files.0.retain(|path, _| !path.starts_with(&format!("{file}/"))),
        OnDisk(change) => {
            let folder = write(&files);
            change(folder.path());
            return (files, Some(folder));
        }
    }
    (files, None)
}

/// What makes two problems of different copies the same: all but the line, which moves when lines are put in.
fn identity(problem: &Problem) -> (Rule, String, String, String) {
    (problem.rule, problem.file.clone(), problem.message.clone(), problem.help.clone())
}

/// The problems of a broken copy that the unbroken one does not have.
fn added(before: &Report, after: &Report) -> Vec<Problem> {
    let mut known: HashMap<_, usize> = HashMap::new();
    for problem in &before.problems {
        *known.entry(identity(problem)).or_default() += 1;
    }
    let is_new = |problem: &&Problem| match known.get_mut(&identity(problem)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    after.problems.iter().filter(is_new).cloned().collect()
}

/// Line and column of the place that a row names, in the broken file.
fn place(text: &str, around: &str) -> (usize, usize) {
    let (before, after) = around.split_once('¦').expect("a row marks its place");
    let whole = format!("{before}{after}");
    assert_eq!(text.matches(&whole).count(), 1, "this must stand once in the broken file: {whole}");
    let at = text.find(&whole).unwrap_or_default() + before.len();
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (text[..at].matches('\n').count() + 1, text[line_start..at].chars().count() + 1)
}

#[test]
fn every_rule_has_a_row() {
    let table = table();
    let without: Vec<_> = Rule::ALL.iter().filter(|rule| !table.iter().any(|row| row.0 == **rule)).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn the_shipped_catalogue_breaks_no_rule() {
    let (files, problems) = Files::read(&data());
    let report = Snapshot::build(&files, problems, Origin::Folder, day(&files)).1;
    assert_eq!(report.errors().collect::<Vec<_>>(), Vec::<&Problem>::new());
}

/// What a row leads to.
struct Told {
    row: Row,
    files: Files,
    acceptable: bool,
    problems: Vec<Problem>,
}

/// Every row broken and looked at, once for all tests.
fn told() -> &'static [Told] {
    static TOLD: OnceLock<Vec<Told>> = OnceLock::new();
    TOLD.get_or_init(|| {
        let files = kept::files();
        let day = day(&files);
        let before = report(&files, day);
        let look = |row: Row| {
            let (files, folder) = broken(&files, &row);
            let after = match &folder {
                Some(folder) => report_of_folder(folder.path(), day),
                None => report(&files, day),
            };
            Told { row, files, acceptable: after.is_acceptable(), problems: added(&before, &after) }
        };
        table().into_iter().map(look).collect()
    })
}

#[test]
fn each_breach_is_found_at_its_place_and_nothing_else() {
    let mut wrong = Vec::new();
    for Told { row: (rule, name, file, how, around), files, acceptable, problems } in told() {
        let title = format!("{}: {name}", rule.name());
        let [problem] = problems.as_slice() else {
            let told: Vec<_> = problems.iter().map(|problem| format!("\n    {problem}")).collect();
            wrong.push(format!("{title}: {} problems are told{}", problems.len(), told.concat()));
            continue;
        };
        let file = match how {
            Rename(other) => other,
            _ => file,
        };
        let expected = around.map(|around| place(&text_of(&files.0[*file]), around));
        let told = problem.place.as_ref().map(|place| (place.line, place.column));
        if (problem.rule, problem.file.as_str(), told) != (*rule, *file, expected) {
            wrong.push(format!("{title}: expected {file} {expected:?}, told was {problem}"));
        }
        if *acceptable != (rule.severity() == Severity::Warning) {
            wrong.push(format!("{title}: errors refuse a catalogue, warnings do not"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_breach_reads_as_in_its_snapshot() {
    for rule in Rule::ALL {
        let mut text = String::new();
        for Told { row, problems, .. } in told().iter().filter(|told| told.row.0 == *rule) {
            text.push_str(&format!("# {}\n\n", row.1));
            for problem in problems {
                let mut problem = problem.clone();
                // The line moves with the facts above it; the other test looks at it.
                if let Some(place) = &mut problem.place {
                    place.line = 1;
                }
                text.push_str(&format!("{}\n\n", without_counts(&problem.render(&Renderer::plain()))));
            }
        }
        insta::assert_snapshot!(rule.name(), text);
    }
}

/// Without the numbers that grow with time.
fn without_counts(rendered: &str) -> String {
    let digit = |character: char| character.is_ascii_digit();
    if let Some((before, after)) = rendered.split_once(" days ago") {
        return format!("{}[some] days ago{after}", before.trim_end_matches(digit));
    }
    if let Some((before, after)) = rendered.split_once(" lies outside 1850 to ") {
        return format!("{before} lies outside 1850 to [ten years ahead]{}", after.trim_start_matches(digit));
    }
    // Every new message and key makes the list of them longer.
    if let Some((before, after)) = rendered.split_once(" others are missing") {
        return format!("{} [many] others are missing{}", before.trim_end_matches(digit).trim_end(), first_line(after));
    }
    for list in ["Allowed are: ", "use one of: "] {
        if let Some((before, _)) = rendered.split_once(list) {
            return format!("{before}{list}[the others]");
        }
    }
    rendered.to_owned()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[test]
fn all_errors_of_several_broken_files_are_told_in_one_run() {
    let mut files = kept::files();
    let day = day(&files);
    let mut change = |file: &str, from: &str, to: &str| {
        let text = text_of(&files.0[file]);
        assert!(text.contains(from), "{file}: {from}");
        files.0.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    };
    change(REGIONS, "emoji = \"🌍\"", "emoji = 3\nemojo = 4");
    change(REGIONS, "emoji = \"🌎\"", "emoji = \"\"");
    change(OCAM, "kind = \"regional\"", "kind = \"regionel\"");
    change(OCAM, "date = \"1990-10\"", "date = \"1990-13\"");
    change(GLOSSARY, FIRST_TERM, "[[term]\nid = \"rcp\"");
    change(SPANISH, "undated = ", "undated ");
    let told: Vec<_> = report(&files, day).errors().map(|problem| (problem.file.clone(), problem.rule)).collect();
    let expected = [
        (GLOSSARY, Rule::Syntax),
        (SPANISH, Rule::MessageSyntax),
        (OCAM, Rule::Type),
        (OCAM, Rule::Date),
        (REGIONS, Rule::Type),
        (REGIONS, Rule::UnknownKey),
        (REGIONS, Rule::EmptyText),
    ];
    for (file, rule) in expected {
        assert!(told.contains(&(file.to_owned(), rule)), "{file} {rule:?}: {told:?}");
    }
}

#[test]
fn all_that_a_file_lacks_is_told_in_one_run() {
    let mut files = kept::files();
    files.0.insert("processes/new.toml".to_owned(), b"id = \"new\"\n[status]\n[[source]]\nsupports = []\n".to_vec());
    let day = day(&files);
    let report = report(&files, day);
    let told: Vec<_> = report.errors().map(|one| (one.rule, one.message.as_str(), one.help.as_str())).collect();
    let missing = ["value", "basis", "url", "kind", "region", "collected", "freshness", "name"];
    for key in missing {
        let message = format!("the key {key:?} is missing");
        assert!(told.iter().any(|(rule, told, _)| *rule == Rule::MissingKey && *told == message), "{key}: {told:?}");
    }
    assert_eq!(told.len(), missing.len(), "{told:?}");
    // Written as the mends say it, all of it is there.
    files.0.insert("processes/new.toml".to_owned(), b"id = \"new\"\n".to_vec());
    let lacking = self::report(&files, day);
    let helps: Vec<&str> = lacking.errors().map(|one| one.help.as_str()).collect();
    assert!(helps.contains(&"add a table [status] with value and basis"), "{helps:?}");
    assert!(helps.contains(&"add a table [[source]], as often as there is one"), "{helps:?}");
    assert!(helps.contains(&"add name = { fr = \"…\", en = \"…\", es = \"…\" } above the first heading"), "{helps:?}");
    assert_eq!(helps.len(), 7, "{helps:?}");
}

#[test]
fn a_wording_lacks_a_language_beside_a_key_that_is_not_known() {
    let files = kept::files();
    let text = text_of(&files.0[REGIONS]);
    let name = "name = { fr = \"Afrique\", en = \"Africa\", es = \"África\" }";
    let told = |instead: &str| {
        assert_eq!(text.matches(name).count(), 1);
        let mut files = files.clone();
        files.0.insert(REGIONS.to_owned(), text.replace(name, instead).into_bytes());
        let problems = report(&files, day(&files)).problems.into_iter().filter(|one| one.file == REGIONS);
        problems.map(|one| (one.rule, one.message)).collect::<Vec<_>>()
    };
    let missing = (Rule::MissingTranslation, "name is missing in es".to_owned());
    let found = told("name = { fr = \"Afrique\", en = \"Africa\", de = \"Afrika\" }");
    assert!(found.contains(&missing) && found.iter().any(|one| one.0 == Rule::NewerKey), "{found:?}");
    let found = told("name = { fr = \"Afrique\", en = \"Africa\", sp = \"África\" }");
    assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [Rule::UnknownKey], "{found:?}");
}

#[test]
fn a_key_in_the_wrong_table_is_no_reason_not_to_serve_what_was_accepted() {
    let mut files = kept::files();
    let text = text_of(&files.0[OCAM]);
    files.0.insert(OCAM.to_owned(), text.replacen("[status]\n", "[status]\nstates = [\"MX\"]\n", 1).into_bytes());
    let (snapshot, report) = Snapshot::build(&files, Vec::new(), Origin::Folder, day(&files));
    assert!(snapshot.is_some() && report.is_servable() && !report.is_acceptable(), "{:?}", report.problems);
}

#[test]
fn files_as_other_systems_write_them_hold_the_same_catalogue() {
    let files = kept::files();
    let day = day(&files);
    let before = report(&files, day);
    let as_windows = |bytes: &[u8]| text_of(bytes).replace('\n', "\r\n").into_bytes();
    let with_mark = |bytes: &[u8]| [b"\xef\xbb\xbf", bytes].concat();
    for (name, way) in [("\\r\\n", as_windows as fn(&[u8]) -> Vec<u8>), ("a byte order mark", with_mark)] {
        let copy = Files(files.0.iter().map(|(path, bytes)| (path.clone(), way(bytes))).collect());
        let after = report(&copy, day);
        let errors = added(&before, &after).into_iter().filter(|one| one.severity == Severity::Error);
        assert_eq!(errors.collect::<Vec<_>>(), [], "{name}");
    }
}

// --- The program -------------------------------------------------------------------------------------------------------

/// Runs `rcp-bot check` in an empty folder, with none of the settings of whoever runs the test.
fn check(arguments: &[&str], folder: &Path) -> Output {
    let empty = tempfile::tempdir().expect("a folder of our own");
    let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_rcp-bot")));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RCP_")) {
        command.env_remove(name);
    }
    command.current_dir(empty.path()).arg("check").arg(folder).args(arguments).output().expect("the program runs")
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

#[test]
fn check_ends_with_0_for_the_shipped_catalogue_and_with_1_for_one_with_errors() {
    assert_eq!(check(&[], &data()).status.code(), Some(0));
    let mut files = kept::files();
    files.0.remove(REGIONS);
    let folder = write(&files);
    let output = check(&[], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).expect("text");
    assert!(printed.contains("error[unreadable]: the file regions.toml is missing"), "{printed}");
    assert!(printed.contains("1 error, "), "{printed}");
}

#[test]
fn check_ends_with_2_when_it_is_called_wrongly() {
    assert_eq!(check(&["--format", "xml"], &data()).status.code(), Some(2));
}

#[test]
fn check_prints_every_problem_as_json() {
    let mut files = kept::files();
    let text = text_of(&files.0[REGIONS]).replacen("emoji = \"🌍\"", "emoji = 3", 1);
    files.0.insert(REGIONS.to_owned(), text.into_bytes());
    let folder = write(&files);
    let output = check(&["--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let problems = printed["problems"].as_array().expect("a list of problems");
    let expected = report_of_folder(folder.path(), rcp_bot::clock::today());
    assert_eq!(problems.len(), expected.problems.len());
    let error = problems.iter().find(|problem| problem["severity"] == "error").expect("an error");
    let (line, column) = place(&text_of(&Files::read(folder.path()).0.0[REGIONS]), "emoji = ¦3");
    assert_eq!(
        *error,
        serde_json::json!({
            "severity": "error",
            "rule": "type",
            "file": "regions.toml",
            "line": line,
            "column": column,
            "text": "emoji = 3",
            "message": error["message"],
            "help": error["help"],
        })
    );
    assert!(
        error["message"].as_str().is_some_and(|message| message == "a number stands here, expected a text"),
        "{error}"
    );
}

#[test]
fn warnings_alone_do_not_refuse_a_catalogue() {
    let mut files = kept::files();
    let changed = set(&files.0[GLOSSARY], "collected", "2020-01-01");
    files.0.insert(GLOSSARY.to_owned(), changed);
    let folder = write(&files);
    let output = check(&["--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("stale-facts"));
}
