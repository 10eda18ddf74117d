//! A revision: one accepted catalogue, whole, and what it says of itself: who made it, when and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::catalogue::{Difference, Files, PROCESSES, What, belongs};

/// Who brings a change about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Actor {
    /// A person on Discord. The ids are texts, because many readers of JSON round large numbers.
    Person {
        /// The person's id.
        user: String,
        /// The person's name at that time.
        name: String,
        /// The server's id; none in a direct message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guild: Option<String>,
    },
    /// The program as it started.
    Start,
    /// An operator, with SIGHUP or at a terminal.
    Signal,
    /// A change of the watched data folder.
    Watch,
    /// Another process that shares the revisions.
    Other,
    /// Somebody of whom this version does not know how to read: a newer version wrote it.
    #[serde(other)]
    Unknown,
}

/// What a change is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Cause {
    /// The data folder differed from the newest revision when the program started.
    Start,
    /// The data folder was read again.
    Reload,
    /// A file was published.
    Publish {
        /// Which: the id of a process whose file it is, as older versions write and read it, or the path of another file.
        #[serde(rename = "process")]
        of: String,
    },
    /// An earlier revision was taken back.
    Restore {
        /// The revision that is appended anew.
        of: u64,
    },
    /// What a new version of the program brings was merged into what was served.
    Merge {
        /// The hash of the catalogue that it was shipped with.
        of: String,
    },
    /// Something that this version does not know: a newer version wrote it.
    #[serde(other)]
    Unknown,
}

impl Cause {
    /// That a file was published, by its path.
    pub fn publish(file: &str) -> Cause {
        let id = file.strip_prefix(PROCESSES).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".toml"));
        Cause::Publish { of: id.unwrap_or(file).to_owned() }
    }

    /// The path of the file that was published, if one was.
    pub fn file(&self) -> Option<String> {
        match self {
            Cause::Publish { of } if belongs(of) => Some(of.clone()),
            Cause::Publish { of } => Some(format!("{PROCESSES}/{of}.toml")),
            Cause::Start | Cause::Reload | Cause::Restore { .. } | Cause::Merge { .. } | Cause::Unknown => None,
        }
    }
}

/// The longest reason that is kept, in characters.
pub const LONGEST_REASON: usize = 200;

/// A reason as it is kept: one line of at most [`LONGEST_REASON`] characters, all of which can be seen.
pub fn reason(given: &str) -> String {
    let seen = given.chars().map(|one| if one.is_control() { ' ' } else { one }).collect::<String>();
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST_REASON).collect()
}

/// What a revision did to one file: enough to say it in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// The file's path.
    pub file: String,
    /// What happened to it.
    #[serde(default, skip_serializing_if = "Touch::is_change")]
    pub touch: Touch,
    /// The keys at its top below which something differs, as the difference writes them (`chair`, `organisation[iom]`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Touch {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It holds something else.
    #[default]
    Changed,
}

impl Touch {
    fn is_change(&self) -> bool {
        *self == Touch::Changed
    }
}

/// What is kept beside a revision of what it changed and why. It stands in the part of the revision that is read to list
/// it, and is therefore short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Why, as the person who made it said; empty if they did not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The first files that it changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touched: Vec<Touched>,
    /// How many more files it changed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub beyond: usize,
}

fn is_none(number: &usize) -> bool {
    *number == 0
}

/// How many files a revision names, and how many keys of each; and the most characters of all of them together.
const FILES: usize = 8;
const KEYS: usize = 6;
const NAMED: usize = 1_200;

impl Told {
    /// What is kept of a difference, and of the reason for it.
    pub fn of(difference: &Difference, reason: &str) -> Told {
        let mut all: Vec<Touched> = Vec::new();
        for change in &difference.changes {
            let touch = match &change.what {
                What::Added(_) if change.path.is_empty() => Touch::Added,
                What::Removed(_) if change.path.is_empty() => Touch::Removed,
                _ => Touch::Changed,
            };
            let key = top(&change.path).to_owned();
            match all.last_mut().filter(|last| last.file == change.file) {
                Some(last) if last.keys.contains(&key) => {}
                Some(last) => last.keys.push(key),
                None => {
                    let keys = if key.is_empty() { Vec::new() } else { vec![key] };
                    all.push(Touched { file: change.file.clone(), touch, keys });
                }
            }
        }
        let total = all.len();
        let mut left = NAMED;
        let mut touched = Vec::new();
        for mut one in all.into_iter().take(FILES) {
            one.keys.truncate(KEYS);
            let size = one.file.len() + one.keys.iter().map(String::len).sum::<usize>();
            if size > left {
                break;
            }
            left -= size;
            touched.push(one);
        }
        Told { reason: self::reason(reason), beyond: total - touched.len(), touched }
    }
}

/// The key at the top of the way to a value, with what tells its entry from others unless that is an address.
fn top(path: &str) -> &str {
    let mut within = 0_usize;
    let end = path.find(|character| {
        match character {
            '[' => within += 1,
            ']' => within = within.saturating_sub(1),
            _ => {}
        }
        character == '.' && within == 0
    });
    let key = path.get(..end.unwrap_or(path.len())).unwrap_or(path);
    match key.split_once('[') {
        Some((key, entry)) if entry.contains('/') || entry.len() > 61 => key,
        _ => key,
    }
}

/// Who made a revision, when and why.
///
/// Of what a newer version wrote, what this one does not know how to read counts as not said, and never as damage: the files
/// and their hash are what a revision is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ReadMeta")]
pub struct Meta {
    /// Its number, from 1.
    pub number: u64,
    /// When it was made.
    pub time: String,
    /// Who made it.
    #[serde(flatten)]
    pub actor: Actor,
    /// Why.
    #[serde(flatten)]
    pub cause: Cause,
    /// The hash of its files.
    pub hash: String,
    /// What it changed, and why, in short; revisions of older versions do not say.
    #[serde(flatten)]
    pub told: Box<Told>,
    /// The hash of the newest catalogue shipped with a program that is in it: the folder began from that, or it was merged
    /// into it. Revisions of older versions do not say, nor those whose folder began from something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipped: Option<String>,
}

/// What every version wrote of a revision, and all else, which is read as far as it is known.
#[derive(Deserialize)]
struct ReadMeta {
    number: u64,
    time: String,
    hash: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl From<ReadMeta> for Meta {
    fn from(ReadMeta { number, time, hash, rest }: ReadMeta) -> Meta {
        let text = |key: &str| rest.get(key).and_then(Value::as_str).map(str::to_owned);
        let (reason, shipped) = (text("reason").unwrap_or_default(), text("shipped"));
        let rest = Value::Object(rest);
        Meta {
            number,
            time,
            actor: Actor::deserialize(&rest).unwrap_or(Actor::Unknown),
            cause: Cause::deserialize(&rest).unwrap_or(Cause::Unknown),
            hash,
            told: Box::new(Told::deserialize(&rest).unwrap_or(Told { reason, ..Told::default() })),
            shipped,
        }
    }
}

impl Meta {
    /// When it was made, in seconds since 1970.
    pub fn seconds(&self) -> i64 {
        self.time.parse::<Timestamp>().map(Timestamp::as_second).unwrap_or_default()
    }
}

/// A revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Who made it, when and why.
    pub meta: Meta,
    /// Its files, byte for byte.
    pub files: Files,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Change;

    fn difference(changes: &[(&str, &str)]) -> Difference {
        let change = |(file, path): &(&str, &str)| Change {
            file: (*file).to_owned(),
            path: (*path).to_owned(),
            what: What::Added("x".to_owned()),
        };
        Difference { changes: changes.iter().map(change).collect() }
    }

    #[test]
    fn what_was_changed_is_told_by_file_and_key_and_stays_short() {
        let told = Told::of(
            &difference(&[
                ("processes/a.toml", "chair.countries"),
                ("processes/a.toml", "chair.as_of"),
                ("processes/a.toml", "source[https://www.iom.int/a.b].date"),
                ("processes/b.toml", ""),
                ("organisations.toml", "organisation[iom].name.fr"),
            ]),
            " new \u{7}chair\n",
        );
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        assert_eq!(told.reason, "new chair");
        assert_eq!(told.touched[0].keys, keys(&["chair", "source"]));
        assert_eq!((told.touched[1].touch, &told.touched[1].keys), (Touch::Added, &Vec::new()));
        assert_eq!(told.touched[2].keys, keys(&["organisation[iom]"]));

        let long = "x".repeat(400);
        let many: Vec<(&str, &str)> = (0..100).map(|_| ("countries.toml", long.as_str())).collect();
        let one = Told::of(&difference(&many), &"é".repeat(1_000));
        assert!(serde_json::to_string(&one).expect("JSON").len() < 2_500);
        let paths: Vec<String> = (0..100).map(|number| format!("processes/{number}.toml")).collect();
        let many: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "chair")).collect();
        let many = Told::of(&difference(&many), "");
        assert_eq!((many.touched.len(), many.beyond), (FILES, 100 - FILES));
    }

    #[test]
    fn a_revision_of_an_older_version_reads_back_and_an_older_version_reads_ours() {
        let older = r#"{"number":3,"time":"t","by":"signal","what":"publish","process":"crm","hash":"h"}"#;
        let meta: Meta = serde_json::from_str(older).expect("it reads");
        assert_eq!((meta.cause.file().as_deref(), *meta.told.clone()), (Some("processes/crm.toml"), Told::default()));
        assert_eq!(serde_json::to_string(&meta).expect("JSON"), older);
        assert_eq!(Cause::publish("processes/crm.toml"), meta.cause);
        assert_eq!(Cause::publish("meetings.toml").file().as_deref(), Some("meetings.toml"));
    }

    #[test]
    fn what_a_newer_version_says_of_a_revision_is_not_known_and_is_no_damage() {
        let known = r#""number":3,"time":"t","hash":"h","reason":"because""#;
        for (said, actor, cause) in [
            // Words that this version does not know, and other forms of those that it does.
            (r#""by":"schedule","every":"week","what":"split","into":[1,2]"#, Actor::Unknown, Cause::Unknown),
            (r#""by":"person","user":{"id":7},"what":"restore","of":[7]"#, Actor::Unknown, Cause::Unknown),
            (r#""by":["watch","signal"],"what":{"all":"reload"}"#, Actor::Unknown, Cause::Unknown),
            (r#""what":"reload""#, Actor::Unknown, Cause::Reload),
            (r#""by":"watch""#, Actor::Watch, Cause::Unknown),
            // More fields than it knows.
            (
                r#""by":"watch","where":"x","what":"merge","of":"h","with":{}"#,
                Actor::Watch,
                Cause::Merge { of: "h".to_owned() },
            ),
            (
                r#""by":"watch","what":"reload","touched":[{"file":"a","touch":"moved"}],"beyond":-1,"shipped":[1]"#,
                Actor::Watch,
                Cause::Reload,
            ),
        ] {
            let meta: Meta = serde_json::from_str(&format!("{{{known},{said}}}")).expect(said);
            assert_eq!((meta.number, meta.hash.as_str(), meta.told.reason.as_str()), (3, "h", "because"), "{said}");
            assert_eq!((meta.actor, meta.cause), (actor, cause), "{said}");
        }
        // Without what a revision is, it is none.
        for said in [r#"{"number":3,"time":"t"}"#, r#"{"number":"3","time":"t","hash":"h"}"#, "[]"] {
            assert!(serde_json::from_str::<Meta>(said).is_err(), "{said}");
        }
    }
}
