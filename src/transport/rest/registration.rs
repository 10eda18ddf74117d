//! Registering the commands: only when Discord has others, since each change makes people's clients forget them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use futures::future::join_all;
use serde::Deserialize;
use serde_json::Value;
use serenity::all::ApplicationId;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use tracing::{error, info, warn};

use crate::admin;
use crate::atomic::replace;
use crate::commands;
use crate::language::Messages;
use crate::settings::Settings;
use crate::snapshot::Live;

use crate::transport::rest::client::{Failed, Rest};

/// What `GET /applications/@me` tells that we need.
#[derive(Debug, Deserialize)]
pub struct Application {
    id: ApplicationId,
    /// By which it is verified that an interaction comes from Discord, in hexadecimal.
    #[serde(default)]
    pub verify_key: String,
}

impl Application {
    /// Its id.
    pub fn id(&self) -> u64 {
        self.id.get()
    }
}

/// The application, as Discord tells of it.
pub async fn application(rest: &Rest) -> Result<Application, Failed> {
    rest.get("/applications/@me").await
}

/// The application's id, as Discord tells it.
pub async fn application_id(rest: &Rest) -> Result<u64, Failed> {
    Ok(application(rest).await?.id())
}

/// How long the commands that everybody has are waited for before there is a catalogue: nothing waits for them longer than it
/// would without.
const ASKED_WITHIN: Duration = Duration::from_secs(3);

/// How long to wait before registering is tried again, where Discord does not say; doubled up to an hour.
const FIRST_PAUSE: Duration = Duration::from_secs(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

/// Registers the commands as [`register_as_set`] does, again and again until Discord takes them. Meanwhile people use
/// those that are registered. `registered` are those that everybody has, if Discord was asked a moment ago; `tried` is
/// sent when the first try is over.
pub async fn register_until_taken(
    settings: &Settings,
    rest: &Rest,
    application: u64,
    live: &Live,
    mut registered: Option<Vec<Value>>,
    tried: oneshot::Sender<()>,
) {
    let (mut pause, mut tried) = (FIRST_PAUSE, Some(tried));
    loop {
        let done = register_as_set(settings, rest, application, &live.snapshot().messages, registered.take()).await;
        // Nobody may be waiting any more.
        let _ = tried.take().map(|tried| tried.send(()));
        let Err(error) = done else { return };
        let asked = error.downcast_ref::<Failed>().and_then(Failed::wait);
        let wait = asked.unwrap_or(pause);
        warn!(
            error = format!("{error:#}"),
            wait_s = wait.as_secs(),
            "the commands could not be registered; those that Discord knows are answered, and it is tried again"
        );
        sleep(wait).await;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// Registers the commands where the settings want them: those for everyone, and those of the moderation servers. An
/// error if there is no `/rcp` afterwards; a server of moderators that refuses is told in the log. What is `registered` for
/// everyone is not asked for where it is known.
pub async fn register_as_set(
    settings: &Settings,
    rest: &Rest,
    application: u64,
    messages: &Messages,
    registered: Option<Vec<Value>>,
) -> anyhow::Result<()> {
    let mut guilds: BTreeMap<u64, Vec<Value>> = BTreeMap::new();
    match settings.discord.development_guild {
        None => {
            let commands = commands::tree(messages);
            let registered = match registered {
                Some(registered) => make_ours(rest, application, Scope::Global, &commands, &registered).await,
                None => register(rest, application, Scope::Global, &commands).await,
            };
            registered.context("registering the commands")?;
        }
        Some(guild) => guilds.entry(guild).or_default().extend(commands::tree(messages)),
    }
    for guild in &settings.moderation.guilds {
        guilds.entry(*guild).or_default().extend(admin::tree(messages));
    }
    if let Some((guild, commands)) = settings.discord.development_guild.and_then(|guild| guilds.get_key_value(&guild)) {
        // Without /rcp there is no bot; without /rcp-admin in some server there still is.
        let registered = register(rest, application, Scope::Guild(*guild), commands).await;
        registered.context("registering the commands")?;
    }
    register_guilds(rest, application, &guilds, &Remembered::within(&settings.state.0)).await;
    if settings.discord.development_guild.is_some() {
        warn_of_doubles(rest, application).await;
    }
    Ok(())
}

/// Where commands are registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// In one server, where a change shows at once.
    Guild(u64),
}

impl Scope {
    /// The route of its list of commands.
    pub fn route(self, application: u64) -> String {
        match self {
            Scope::Global => format!("/applications/{application}/commands"),
            Scope::Guild(guild) => format!("/applications/{application}/guilds/{guild}/commands"),
        }
    }
}

/// The commands that everybody has, to be compared with ours as soon as those are known; `None` where none of ours belong
/// there, and where they cannot be had, so that they are asked for again.
pub async fn registered_for_everyone(settings: &Settings, rest: &Rest, application: u64) -> Option<Vec<Value>> {
    let is_first = settings.discord.shards.is_none_or(|shards| shards.range[0] == 0);
    if settings.discord.development_guild.is_some() || !is_first {
        return None;
    }
    timeout(ASKED_WITHIN, registered(rest, application, Scope::Global)).await.ok()?.ok()
}

async fn registered(rest: &Rest, application: u64, scope: Scope) -> Result<Vec<Value>, Failed> {
    rest.get(&format!("{}?with_localizations=true", scope.route(application))).await
}

/// Makes Discord's list of commands ours. `true` when it had to be changed.
pub async fn register(rest: &Rest, application: u64, scope: Scope, commands: &[Value]) -> Result<bool, Failed> {
    let registered = registered(rest, application, scope).await?;
    make_ours(rest, application, scope, commands, &registered).await
}

/// Puts our commands in the place of those that are `registered`, where they differ.
async fn make_ours(
    rest: &Rest,
    application: u64,
    scope: Scope,
    commands: &[Value],
    registered: &[Value],
) -> Result<bool, Failed> {
    if same(registered, commands) {
        info!(?scope, "the commands are registered already");
        return Ok(false);
    }
    let names = |commands: &[Value]| -> Vec<String> {
        commands.iter().filter_map(|command| Some(command.get("name")?.as_str()?.to_owned())).collect()
    };
    info!(?scope, before = ?names(registered), after = ?names(commands), "registering the commands");
    rest.put(&scope.route(application), &Value::Array(commands.to_vec())).await?;
    Ok(true)
}

/// The servers in which we registered commands of their own, remembered so that they can be withdrawn.
pub struct Remembered {
    path: PathBuf,
}

impl Remembered {
    /// What is remembered in a state folder.
    pub fn within(state: &Path) -> Remembered {
        Remembered { path: state.join("registered.json") }
    }

    fn read(&self) -> BTreeSet<u64> {
        match fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                warn!(%error, "the list of servers in which commands were registered cannot be read");
                BTreeSet::new()
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => {
                warn!(%error, "the list of servers in which commands were registered cannot be read");
                BTreeSet::new()
            }
        }
    }

    fn write(&self, guilds: &BTreeSet<u64>) {
        if *guilds == self.read() {
            return;
        }
        let folder = self.path.parent().map_or(Ok(()), fs::create_dir_all);
        // Numbers always become JSON.
        let written = folder.and_then(|()| replace(&self.path, &serde_json::to_vec(guilds).unwrap_or_default()));
        if let Err(error) = written {
            warn!(%error, "the list of servers in which commands are registered cannot be kept");
        }
    }
}

/// Makes the commands of single servers ours, and withdraws them from servers that are no longer among them. A server
/// that refuses (because the bot was removed from it, as a rule) does not keep the others from theirs.
pub async fn register_guilds(
    rest: &Rest,
    application: u64,
    guilds: &BTreeMap<u64, Vec<Value>>,
    remembered: &Remembered,
) {
    let before = remembered.read();
    let mut there: BTreeSet<u64> = before.union(&guilds.keys().copied().collect()).copied().collect();
    // Before anything is registered, so that nothing that a killed program registered is forgotten.
    remembered.write(&there);
    let none = Vec::new();
    let each = there.iter().map(|guild| async {
        let commands = guilds.get(guild).unwrap_or(&none);
        (*guild, commands, register(rest, application, Scope::Guild(*guild), commands).await)
    });
    // All at once: one that does not answer does not hold up the others.
    let all = join_all(each).await;
    for (guild, commands, registered) in all {
        match registered {
            Ok(_) if commands.is_empty() => drop(there.remove(&guild)),
            Ok(_) => {}
            // Where we are not, nothing of ours can be.
            Err(Failed::Refused { status, .. }) if commands.is_empty() && status.is_client_error() => {
                there.remove(&guild);
            }
            Err(failed) => error!(guild, error = %failed, "the commands of a server cannot be registered"),
        }
    }
    remembered.write(&there);
}

/// Warns when commands are registered both everywhere and in the development server, where people then see them twice.
pub async fn warn_of_doubles(rest: &Rest, application: u64) {
    let global: Result<Vec<Value>, Failed> = rest.get(&Scope::Global.route(application)).await;
    if global.is_ok_and(|commands| !commands.is_empty()) {
        warn!("commands are also registered everywhere, so the development server shows them twice");
    }
}

/// Whether Discord's commands are ours: in any order, and whatever else Discord adds to them.
fn same(registered: &[Value], ours: &[Value]) -> bool {
    let kind = |command: &Value| command.get("type").and_then(Value::as_u64).unwrap_or(1);
    let name = |command: &Value| (command.get("name").cloned(), kind(command));
    registered.len() == ours.len()
        && ours.iter().all(|our| registered.iter().any(|their| name(their) == name(our) && agrees(our, their)))
}

/// What we can set of a command or an option: whatever of these Discord has beyond its default, and we have not (or no
/// longer), is a difference. Other keys are Discord's own, such as ids and versions.
/// (Discord: interactions/application-commands, "Application Command Structure".)
const OURS: [&str; 16] = [
    "autocomplete",
    "channel_types",
    "choices",
    "contexts",
    "default_member_permissions",
    "description",
    "description_localizations",
    "max_length",
    "max_value",
    "min_length",
    "min_value",
    "name_localizations",
    "nsfw",
    "options",
    "required",
    "value",
];

/// Whether two descriptions of commands say the same. Discord leaves out what has its default value.
fn agrees(our: &Value, their: &Value) -> bool {
    agrees_within(our, their, false)
}

/// The same; `words` for the translations of a name or a description, all of whose keys are ours.
fn agrees_within(our: &Value, their: &Value, words: bool) -> bool {
    match (our, their) {
        (Value::Object(our), Value::Object(their)) => {
            let kept = our.iter().all(|(key, value)| match their.get(key) {
                Some(other) => {
                    agrees_within(value, other, key.ends_with("_localizations"))
                        || (is_default(value) && is_default(other))
                }
                None => is_default(value),
            });
            let nothing_more = their.iter().all(|(key, value)| {
                our.contains_key(key) || is_default(value) || !(words || OURS.contains(&key.as_str()))
            });
            kept && nothing_more
        }
        (Value::Array(our), Value::Array(their)) => {
            our.len() == their.len() && our.iter().zip(their).all(|(our, their)| agrees_within(our, their, words))
        }
        (our, their) => our == their,
    }
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        // Discord says that a command on a message has an empty description.
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_discord_adds_or_leaves_out_is_no_difference() {
        let ours = [json!({ "name": "rcp", "nsfw": false, "options": [{ "name": "a", "required": false }] })];
        let theirs = [json!({ "id": "1", "name": "rcp", "version": "2", "options": [{ "name": "a", "type": 3 }] })];
        assert!(same(&theirs, &ours));
    }

    #[test]
    fn b5_what_is_taken_away_from_a_command_is_a_difference() {
        let ours = [json!({
            "name": "rcp", "description": "x", "name_localizations": { "fr": "rcp" },
            "options": [{ "name": "a", "description": "y", "type": 3 }],
        })];
        let registered = || {
            json!({
                "id": "1", "application_id": "2", "version": "3", "type": 1, "dm_permission": true, "nsfw": false,
                "default_member_permissions": null, "contexts": null, "integration_types": [0], "name": "rcp",
                "description": "x", "description_localizations": null, "name_localizations": { "fr": "rcp" },
                "options": [{ "name": "a", "description": "y", "type": 3, "required": false }],
            })
        };
        assert!(same(&[registered()], &ours), "what Discord adds of its own is no difference");
        for (pointer, key, value) in [
            ("/options/0", "autocomplete", json!(true)),
            ("/options/0", "required", json!(true)),
            ("/options/0", "choices", json!([{ "name": "n", "value": "v" }])),
            ("/options/0", "max_length", json!(10)),
            ("", "contexts", json!([0])),
            ("", "default_member_permissions", json!("32")),
            ("", "description_localizations", json!({ "fr": "x" })),
            ("/name_localizations", "es-ES", json!("rcp")),
        ] {
            let mut theirs = registered();
            let part = theirs.pointer_mut(pointer).and_then(Value::as_object_mut).expect("it is there");
            part.insert(key.to_owned(), value);
            assert!(!same(&[theirs], &ours), "{key} was taken away");
        }
    }

    #[test]
    fn a_changed_added_or_removed_part_is_a_difference() {
        let ours = [json!({ "name": "rcp", "options": [{ "name": "a", "description": "x" }] })];
        for theirs in [
            json!({ "name": "rcp", "options": [{ "name": "a", "description": "y" }] }),
            json!({ "name": "rcp", "options": [{ "name": "a", "description": "x" }, { "name": "b" }] }),
            json!({ "name": "rcp", "options": [] }),
            json!({ "name": "other", "options": [{ "name": "a", "description": "x" }] }),
        ] {
            assert!(!same(&[theirs], &ours));
        }
        assert!(!same(&[], &ours));
    }
}
