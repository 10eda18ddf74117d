//! Moderators: what they do over a local Discord, and what they are told of the whole catalogue, in every language: each
//! command, good and bad files, the history.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures::FutureExt;
use futures::future::BoxFuture;
use local_discord::{Message, Outcome, Person, Response};
use rcp_bot::admin::{self, AdminCommands, Fetch, NotFetched, Rights};
use rcp_bot::catalogue::{Files, Language};
use rcp_bot::commands::{Attachment, Caller, Component, Interaction, InteractionData, Invocation, Languages, Value};
use rcp_bot::publishing::start;
use rcp_bot::reply::{Action, Reply, Row};
use rcp_bot::settings::{ModerationSettings, Settings, StateFolder};
use rcp_bot::telemetry::Counters;

use crate::support::bot::{DEADLINE, labelled};
use crate::support::small;

/// What a moderator is told in the end.
pub async fn told(outcome: Outcome) -> Message {
    assert_eq!(outcome.response, Response::Deferred, "{outcome:?}");
    let message = outcome.settled().await.expect("an answer follows");
    assert!(message.is_ephemeral());
    message
}

/// What a moderator is told upon a command without options.
pub async fn run(person: &Person, path: &str) -> Message {
    told(person.run(path, &[]).await.expect("the command is registered")).await
}

/// What the message of a component becomes.
pub async fn turned(outcome: Outcome, message: &Message) -> Message {
    assert_eq!(outcome.response, Response::Acknowledged, "{outcome:?}");
    let start = Instant::now();
    loop {
        let now = outcome.message().expect("it stays");
        if now.versions.len() > message.versions.len() {
            return now;
        }
        assert!(start.elapsed() < DEADLINE, "the message is not changed");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// What a button's message becomes.
pub async fn press(person: &Person, message: &Message, label: &str) -> Message {
    turned(person.press(message, &labelled(message, label)).await.expect("pressed"), message).await
}

/// Gives what was put there.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl Fetch for Shelf {
    fn fetch<'a>(&'a self, file: &'a Attachment, _most: u64) -> BoxFuture<'a, Result<Vec<u8>, NotFetched>> {
        let content = self.0.lock().expect("not poisoned").get(&file.url).cloned();
        async move { content.ok_or(NotFetched::Foreign) }.boxed()
    }
}

/// A moderator with a catalogue, who keeps what they are told.
struct Desk {
    admin: Arc<AdminCommands>,
    shelf: Arc<Shelf>,
    language: Language,
    told: Vec<(String, Reply)>,
}

impl Desk {
    async fn ask(&mut self, what: &str, data: InteractionData) -> Reply {
        let locale = Some(self.language.code().to_owned());
        let caller = Caller { user: 1, name: "Mona".to_owned(), guild: Some(1), locale, ..Caller::default() };
        let asked = Interaction { id: 1, caller, root: admin::ROOT.to_owned(), data, ..Interaction::default() };
        let then = self.admin.begin(asked).await.then.expect("something follows");
        let reply = then.await.expect("an answer follows");
        self.told.push((format!("{} {what}", self.language), reply.clone()));
        reply
    }

    async fn command(&mut self, name: &str, options: &[(&str, &str)]) -> Reply {
        let given = options.iter().map(|(name, value)| ((*name).to_owned(), Value::Text((*value).to_owned())));
        let data = InteractionData::Command(Invocation { command: name.to_owned(), options: given.collect() });
        self.ask(&format!("{name} {options:?}"), data).await
    }

    async fn check(&mut self, what: &str, content: &str, reason: &str) -> Reply {
        let url = "shelf/file".to_owned();
        self.shelf.0.lock().expect("not poisoned").insert(url.clone(), content.as_bytes().to_vec());
        let file = Attachment { id: 1, name: "file.toml".to_owned(), size: content.len() as u64, url };
        let options =
            vec![("fichier".to_owned(), Value::File(file)), ("raison".to_owned(), Value::Text(reason.to_owned()))];
        let data = InteractionData::Command(Invocation { command: "verifier".to_owned(), options });
        self.ask(what, data).await
    }

    /// Presses a button by its place.
    async fn press(&mut self, what: &str, reply: &Reply, button: usize) -> Reply {
        let buttons = reply.rows.iter().flat_map(|row| match row {
            Row::Buttons(buttons) => buttons.clone(),
            Row::Menu(_) => Vec::new(),
        });
        let Some(Action::Press(custom_id)) = buttons.map(|button| button.action).nth(button) else {
            panic!("{what}: no button {button} in {reply:#?}")
        };
        self.ask(what, InteractionData::Component(Component { custom_id, ..Component::default() })).await
    }
}

/// Whether what a moderator is told of this file is not higher for another of its kind: of the processes' files, whose content
/// is not shown in it, for the one with the longest name.
fn stands_for_its_kind(path: &str, files: &Files) -> bool {
    let processes = files.0.keys().filter(|path| path.starts_with("processes/"));
    !path.starts_with("processes/") || processes.max_by_key(|path| path.len()).is_some_and(|longest| longest == path)
}

/// Everything that a moderator of the shipped catalogue is told in a language.
pub async fn replies_in(language: Language) -> Vec<(String, Reply)> {
    let root = tempfile::tempdir().expect("a folder");
    let (data, files) = (root.path().join("data"), Files::built_in());
    small::write(&data, &files);
    let mut settings = Settings::default();
    settings.catalogue.data = Some(data.clone());
    settings.state = StateFolder(root.path().join("state"));
    let publisher = Arc::new(start(&settings, rcp_bot::clock::today, None).await.expect("the catalogue is good"));
    let rights = Rights::new(&ModerationSettings { guilds: vec![1], users: vec![1], ..ModerationSettings::default() });
    let shelf = Arc::new(Shelf::default());
    let fetch = Arc::clone(&shelf) as Arc<dyn Fetch>;
    let counters = Arc::new(Counters::default());
    let admin = AdminCommands::new(publisher, rights, Languages::default(), fetch, counters);
    let mut desk = Desk { admin: Arc::new(admin), shelf, language, told: Vec::new() };
    let text = |path: &str| String::from_utf8(files.0[path].clone()).expect("text");

    for path in files.0.keys() {
        desk.command("fichier", &[("contenu", path)]).await;
    }
    desk.command("fichier", &[("contenu", "organisations.toml#iom")]).await;
    desk.command("fichier", &[("contenu", &"W".repeat(2_000))]).await;
    let reason = "d'après le site du processus, consulté le 27 novembre 2026 ".repeat(4);
    for (path, content) in &files.0 {
        let content = String::from_utf8_lossy(content);
        let changed = content.replace(" = \"", " = \"X");
        desk.check(&format!("{path}: everything changed"), &changed, &reason).await;
        if !stands_for_its_kind(path, &files) {
            continue;
        }
        // An error in the end, one change, none at all.
        desk.check(&format!("{path}: broken"), &format!("{content}\n[[\n"), "").await;
        let preview = desk.check(&format!("{path}: a comment"), &format!("{content}# mine\n"), &reason).await;
        desk.press(&format!("{path}: discarded"), &preview, 1).await;
        desk.check(&format!("{path}: the same"), &content, "").await;
    }
    let table = text("countries.toml").replace(" fr = \"", " fr = \"X ");
    let preview = desk.check("many countries", &table, &reason).await;
    let card = desk.press("the card of a country", &preview, 2).await;
    desk.press("back from the card", &card, 2).await;
    desk.press("many countries published", &preview, 0).await;
    for process in files.0.keys().filter(|path| path.starts_with("processes/")).take(4) {
        let changed =
            text(process).replacen("as_of = \"202", "as_of = \"201", 1).replacen("[[source]]", "# x\n[[source]]", 1);
        let preview = desk.check(&format!("{process} changed"), &changed, &reason).await;
        desk.press(&format!("{process}: its card"), &preview, 2).await;
        desk.press(&format!("{process}: published"), &preview, 0).await;
        desk.press(&format!("{process}: published again"), &preview, 0).await;
    }
    let stale =
        desk.check("before somebody else", &text("topics.toml").replacen(" fr = \"", " fr = \"Y ", 1), "").await;
    let other = desk.check("somebody else", &text("topics.toml").replacen(" fr = \"", " fr = \"Z ", 1), "").await;
    desk.press("somebody else published", &other, 0).await;
    let late = desk.press("too late", &stale, 0).await;
    desk.press("looked at again", &late, 0).await;
    desk.command("historique", &[]).await;
    let opened = desk.command("historique", &[("revision", "2")]).await;
    let preview = desk.press("a restore looked at", &opened, 0).await;
    desk.command("historique", &[("revision", "1"), ("avec", "6")]).await;
    desk.command("historique", &[("revision", "1")]).await;
    desk.press("restored", &preview, 0).await;
    desk.command("historique", &[]).await;
    desk.command("retablir", &[("revision", "1")]).await;
    desk.command("retablir", &[("revision", "99")]).await;
    desk.command("etat", &[]).await;
    desk.command("recharger", &[]).await;
    for (path, content) in &files.0 {
        let broken = String::from_utf8_lossy(content).replace("url = \"https", "url = \"htps");
        std::fs::write(data.join(path), broken).expect("written");
    }
    desk.command("recharger", &[]).await;
    desk.command("etat", &[]).await;
    std::fs::remove_dir_all(&data).expect("removed");
    desk.command("recharger", &[]).await;
    desk.told
}
