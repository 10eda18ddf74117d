//! Moderation without Discord: the publisher's changes and the answers to moderators, in process.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::bot::DEADLINE;
use crate::support::small;
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::civil::{Date, date};
use rcp_bot::admin::{self, AdminCommands, Fetch, First, NotFetched, Rights};
use rcp_bot::catalogue::{Files, Report};
use rcp_bot::commands::{
    self, Attachment, Autocomplete, Caller, Component, Interaction, InteractionData, Invocation, Languages,
    Value as Option_,
};
use rcp_bot::publishing::{Actor, Appended, Cause, NoCatalogue, NotChanged, Publisher, Revisions, reload, start};
use rcp_bot::reply::{Action, Reply, Row};
use rcp_bot::settings::{ModerationSettings, Settings, StateFolder};
use rcp_bot::snapshot::{Origin, Snapshot};
use rcp_bot::telemetry::Counters;
use tempfile::TempDir;

pub(crate) const GUILD: u64 = 1;
pub(crate) const MODERATOR: u64 = 100;

fn today() -> Date {
    date(2026, 11, 24)
}

/// A data folder and a state folder.
pub(crate) struct Place {
    root: TempDir,
}

impl Place {
    fn new(files: &Files) -> Place {
        let place = Place { root: tempfile::tempdir().expect("a folder") };
        small::write(&place.data(), files);
        place
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.root.path().join("data")
    }

    pub(crate) fn state(&self) -> std::path::PathBuf {
        self.root.path().join("state")
    }

    fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.catalogue.data = Some(self.data());
        settings.state = StateFolder(self.state());
        settings
    }

    async fn start(&self) -> Arc<Publisher> {
        Arc::new(start(&self.settings(), today, None).await.expect("the catalogue is good"))
    }

    pub(crate) fn revisions(&self) -> Revisions {
        Revisions::local(&self.state().join("revisions")).expect("the log opens")
    }

    pub(crate) fn audit(&self) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.state().join("audit.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    pub(crate) fn folder(&self) -> Files {
        Files::read(&self.data()).0
    }
}

/// Gives what it was filled with.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl Fetch for Shelf {
    fn fetch<'a>(&'a self, file: &'a Attachment, most: u64) -> BoxFuture<'a, Result<Vec<u8>, NotFetched>> {
        let content = self.0.lock().expect("not poisoned").get(&file.url).cloned();
        async move {
            assert!(!file.name.starts_with("panic"), "a fault of ours");
            match content {
                None => Err(NotFetched::Foreign),
                Some(content) if content.len() as u64 > most => Err(NotFetched::TooLarge),
                Some(content) => Ok(content),
            }
        }
        .boxed()
    }
}

/// Moderators' commands with their publisher.
pub(crate) struct Office {
    pub(crate) place: Place,
    pub(crate) publisher: Arc<Publisher>,
    admin: Arc<AdminCommands>,
    shelf: Arc<Shelf>,
}

impl Office {
    pub(crate) async fn open(files: &Files) -> Office {
        let place = Place::new(files);
        let publisher = place.start().await;
        Office::with(place, publisher)
    }

    fn with(place: Place, publisher: Arc<Publisher>) -> Office {
        let settings = ModerationSettings {
            guilds: vec![GUILD],
            roles: vec![10],
            users: vec![MODERATOR],
            audit_channel: None,
            news_channel: None,
        };
        let shelf = Arc::new(Shelf::default());
        let admin = AdminCommands::new(
            Arc::clone(&publisher),
            Rights::new(&settings),
            Languages::default(),
            Arc::clone(&shelf) as Arc<dyn Fetch>,
            Arc::new(Counters::default()),
        );
        Office { place, publisher, admin: Arc::new(admin), shelf }
    }

    pub(crate) async fn ask(&self, caller: Caller, data: InteractionData) -> (First, Option<Reply>) {
        let step = self
            .admin
            .begin(Interaction { id: 5, caller, root: admin::ROOT.to_owned(), data, ..Interaction::default() })
            .await;
        let then = match step.then {
            Some(then) => then.await,
            None => None,
        };
        (step.first, then)
    }

    /// What a moderator is told in the end.
    pub(crate) async fn told(&self, asked: InteractionData) -> Reply {
        let (first, then) = self.ask(moderator(), asked).await;
        assert!(matches!(first, First::Defer | First::DeferUpdate), "{first:?}");
        let reply = then.expect("an answer follows");
        assert!(reply.private);
        reply
    }

    pub(crate) async fn upload(&self, name: &str, content: &[u8]) -> Reply {
        self.told(self.uploading(name, content, None)).await
    }

    /// `/rcp-admin verifier` with a file, and perhaps a reason.
    pub(crate) fn uploading(&self, name: &str, content: &[u8], reason: Option<&str>) -> InteractionData {
        let url = format!("shelf/{name}");
        self.shelf.0.lock().expect("not poisoned").insert(url.clone(), content.to_vec());
        let file = Attachment { id: 1, name: name.to_owned(), size: content.len() as u64, url };
        let mut options = vec![("fichier".to_owned(), Option_::File(file))];
        options.extend(reason.map(|reason| ("raison".to_owned(), Option_::Text(reason.to_owned()))));
        InteractionData::Command(Invocation { command: "verifier".to_owned(), options })
    }

    pub(crate) async fn press(&self, reply: &Reply, button: usize) -> Reply {
        self.told(press(button_of(reply, button))).await
    }
}

pub(crate) fn moderator() -> Caller {
    Caller {
        user: MODERATOR,
        name: "Mona".to_owned(),
        guild: Some(GUILD),
        locale: Some("en-GB".to_owned()),
        ..Caller::default()
    }
}

pub(crate) fn command(name: &str) -> InteractionData {
    InteractionData::Command(Invocation { command: name.to_owned(), options: Vec::new() })
}

pub(crate) fn check(file: Attachment) -> InteractionData {
    let options = vec![("fichier".to_owned(), Option_::File(file))];
    InteractionData::Command(Invocation { command: "verifier".to_owned(), options })
}

pub(crate) fn restore(revision: &str) -> InteractionData {
    let options = vec![("revision".to_owned(), Option_::Text(revision.to_owned()))];
    InteractionData::Command(Invocation { command: "retablir".to_owned(), options })
}

pub(crate) fn press(custom_id: String) -> InteractionData {
    InteractionData::Component(Component { custom_id, ..Component::default() })
}

pub(crate) fn typing(option: String, typed: String) -> InteractionData {
    InteractionData::Autocomplete(Some(Autocomplete { command: "retablir".to_owned(), option, typed }))
}

pub(crate) fn button_of(reply: &Reply, number: usize) -> String {
    let buttons = reply.rows.iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.clone(),
        Row::Menu(_) => Vec::new(),
    });
    match buttons.map(|button| button.action).nth(number) {
        Some(Action::Press(custom_id)) => custom_id,
        other => panic!("no such button: {other:?} in {reply:#?}"),
    }
}

pub(crate) fn title(reply: &Reply) -> &str {
    reply.embeds[0].title()
}

pub(crate) fn text(reply: &Reply) -> &str {
    reply.embeds[0].text()
}

fn errors(found: &Report) -> Vec<String> {
    found.errors().map(ToString::to_string).collect()
}

#[test]
fn the_small_catalogue_is_good() {
    let (snapshot, report) = Snapshot::build(&small::catalogue("r1", 3), Vec::new(), Origin::Folder, today());
    assert_eq!(errors(&report), Vec::<String>::new());
    assert_eq!(snapshot.expect("good").catalogue.processes.len(), 3);
}

// --- Start -----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_good_folder_becomes_a_revision_once() {
    let place = Place::new(&small::catalogue("r1", 2));
    for _ in 0..2 {
        let publisher = place.start().await;
        assert_eq!(publisher.live().snapshot().origin, Origin::Revision(1));
        assert_eq!(publisher.health().broken, None);
    }
    assert_eq!(place.revisions().numbers().await.expect("listed"), [1]);
    small::write(&place.data(), &small::catalogue("r2", 2));
    assert_eq!(place.start().await.live().snapshot().origin, Origin::Revision(2));
    let newest = place.revisions().newest().await.expect("read").expect("there is one");
    assert_eq!(newest.files, place.folder());
    assert_eq!(newest.meta.cause, Cause::Start);
}

#[tokio::test]
async fn a_broken_or_missing_folder_is_replaced_by_the_newest_good_revision() {
    let place = Place::new(&small::catalogue("r1", 2));
    place.start().await;
    small::write(&place.data(), &small::catalogue("r2", 2));
    place.start().await;
    // A damaged revision on top is passed over.
    fs::write(place.state().join("revisions/0000000003.revision"), "garbage").expect("written");
    fs::write(place.data().join("regions.toml"), "[[").expect("written");
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(2));
    assert!(errors(publisher.health().broken.as_ref().expect("it says so"))[0].starts_with("regions.toml:1:"));
    let office = Office::with(place, publisher);
    let status = office.told(command("etat")).await;
    assert!(
        status.embeds[0]
            .fields()
            .iter()
            .any(|field| field.value.contains("regions\\.toml") || field.value.contains("regions.toml")),
        "{status:#?}"
    );

    fs::remove_dir_all(office.place.data()).expect("removed");
    let publisher = office.place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Revision(2));
    // The folder can be mended from Discord: a restore writes it.
    let office = Office::with(office.place, publisher);
    let preview = office.told(restore("1")).await;
    let done = office.press(&preview, 0).await;
    assert_eq!(title(&done), "Revision restored", "{done:#?}");
    assert_eq!(office.place.folder(), small::catalogue("r1", 2));
    assert_eq!(office.publisher.live().snapshot().origin, Origin::Revision(4));
}

#[tokio::test]
async fn without_any_good_catalogue_there_is_nothing_to_start_with() {
    let place = Place::new(&small::catalogue("r1", 1));
    fs::write(place.data().join("iom.toml"), [0xff, 0x00]).expect("written");
    let Err(NoCatalogue(report)) = start(&place.settings(), today, None).await else { panic!("it started") };
    assert_eq!(errors(&report).len(), 1);
}

#[tokio::test]
async fn a_state_folder_that_cannot_be_written_does_not_stop_the_bot() {
    let place = Place::new(&small::catalogue("r1", 1));
    fs::write(place.state(), "a file").expect("written");
    let publisher = place.start().await;
    assert_eq!(publisher.live().snapshot().origin, Origin::Folder);
    small::write(&place.data(), &small::catalogue("r2", 1));
    assert!(matches!(reload(&publisher, &Actor::Signal).await, Err(NotChanged::Store(_))));
    assert_eq!(publisher.live().snapshot().hash, small::catalogue("r1", 1).hash());
}

// --- Reload ----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_reload_tells_what_changed_field_by_field() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let same = office.told(command("recharger")).await;
    assert_eq!(title(&same), "Nothing changed");

    let changed = small::process("p1", "r1").replace("\"CL\"]", "]").replace("But r1\", en", "But neuf\", en");
    fs::write(office.place.data().join("processes/p1.toml"), changed).expect("written");
    fs::write(office.place.data().join("processes/p3.toml"), small::process("p3", "r1")).expect("written");
    let reply = office.told(command("recharger")).await;
    assert_eq!(title(&reply), "Catalogue reloaded");
    for line in [
        "- processes/p1.toml participants[member].states: \"CL\"",
        "~ processes/p1.toml purpose.fr: \"But r1\" → \"But neuf\"",
        "+ processes/p3.toml: \"Processus p3 r1\"",
    ] {
        assert!(text(&reply).contains(line), "{line} in {}", text(&reply));
    }
    assert!(reply.files.is_empty());
    assert_eq!(office.publisher.live().snapshot().origin, Origin::Revision(2));

    fs::write(office.place.data().join("processes/p3.toml"), small::process("p3", "r1") + "# a comment\n")
        .expect("written");
    assert!(text(&office.told(command("recharger")).await).contains("only comments or layout"));

    small::write(&office.place.data(), &small::catalogue("r2", 3));
    let long = office.told(command("recharger")).await;
    let file = &long.files[0];
    let lines = String::from_utf8(file.content.clone()).expect("text");
    assert!(file.name == "changes.txt" && lines.lines().count() > 60 && text(&long).contains("… + "));

    let french = fs::read_to_string(office.place.data().join("messages/fr.ftl")).expect("read");
    fs::write(
        office.place.data().join("messages/fr.ftl"),
        french.replace("status-active = actif", "status-active = en cours"),
    )
    .expect("written");
    let words = office.told(command("recharger")).await;
    // The one file that it is about is named once.
    let (about, change) = ("`messages/fr.ftl`\n", "~ status-active: \"actif\" → \"en cours\"");
    assert!(text(&words).contains(about) && text(&words).contains(change), "{}", text(&words));
    let actions: Vec<_> = office
        .place
        .audit()
        .iter()
        .filter(|line| line["action"] == "reload")
        .map(|line| line["result"].clone())
        .collect();
    assert_eq!(actions, ["unchanged", "begun", "done", "begun", "done", "begun", "done", "begun", "done"]);
}

#[tokio::test]
async fn every_kind_of_broken_folder_is_refused_with_its_file_and_the_former_catalogue_serves_on() {
    type Break = fn(&Path);
    let put = |path: &'static str, content: &'static [u8]| (path, content);
    // What it is, the file and its content, and how the error's place begins.
    type Broken = (&'static str, (&'static str, &'static [u8]), &'static str);
    let broken: [Broken; 9] = [
        ("syntax", put("processes/p1.toml", b"id = \"p1\nkind"), "processes/p1.toml:1:"),
        ("a wrong type", put("iom.toml", b"collected = 5\n[summary]\nfr = \"x\"\n[pages]\n"), "iom.toml:1:"),
        ("an unknown key", put("regions.toml", b"[[region]]\nid = \"americas\"\nnmae = 1\n"), "regions.toml:3:"),
        ("an empty file", put("general.toml", b""), "general.toml"),
        ("a binary file", put("countries.toml", b"\x7fELF\x00\xff"), "countries.toml:1:6"),
        ("a truncated file", put("processes/p2.toml", b"id = \"p2\"\nkind = \"regional\"\nregion = \"amer"), "processes/p2.toml:3:"),
        ("a duplicate id", put("regions.toml", b"[[region]]\nid = \"americas\"\nname = { fr = \"A\", en = \"A\", es = \"A\" }\nemoji = \"x\"\n[[region]]\nid = \"americas\"\nname = { fr = \"B\", en = \"B\", es = \"B\" }\nemoji = \"x\"\n"), "regions.toml:6:"),
        ("an id that is not the file's", put("processes/p9.toml", b"id = \"p1\"\n"), "processes/p9.toml"),
        ("a message file that is none", put("messages/es.ftl", b"own-name = { $\n"), "messages/es.ftl"),
    ];
    let good = small::catalogue("r1", 2);
    let office = Office::open(&good).await;
    let refused = async |what: &str, expected: &str| {
        let reply = office.told(command("recharger")).await;
        assert_eq!(title(&reply), "Catalogue refused", "{what}");
        // The first error is in the message: where it stands and how to mend it; if there are more, all are in a file.
        let named = expected.split(':').next().unwrap_or_default();
        let shown = text(&reply);
        assert!(shown.contains("\n→ ") && shown.contains(named), "{what}: {named} in {shown}");
        assert!(!shown.contains("error["), "{what}: {shown}");
        let count = office.publisher.health().broken.as_ref().map_or(0, |broken| broken.errors().count());
        assert_eq!(reply.files.len(), usize::from(count > 1), "{what}");
        let report = office.publisher.health().broken.clone().expect("it is kept for the status");
        assert!(errors(&report).iter().any(|error| error.starts_with(expected)), "{what}: {:#?}", errors(&report));
        assert_eq!(office.publisher.live().snapshot().hash, good.hash(), "{what}");
        reply
    };
    for (what, (path, content), expected) in broken {
        fs::write(office.place.data().join(path), content).expect("written");
        refused(what, expected).await;
        fs::remove_file(office.place.data().join(path)).expect("removed");
        small::write(&office.place.data(), &good);
    }
    let others: [(&str, Break, &str); 4] = [
        ("a missing file", |data| fs::remove_file(data.join("glossary.toml")).expect("removed"), "glossary.toml"),
        ("a missing folder", |data| fs::remove_dir_all(data.join("processes")).expect("removed"), "processes"),
        ("no folder at all", |data| fs::remove_dir_all(data).expect("removed"), ""),
        (
            "an unreadable file",
            |data| {
                fs::remove_file(data.join("regions.toml")).expect("removed");
                // A link that leads nowhere cannot be read by anybody, root included.
                std::os::unix::fs::symlink("nowhere", data.join("regions.toml")).expect("linked");
            },
            "regions.toml",
        ),
    ];
    for (what, break_it, expected) in others {
        break_it(&office.place.data());
        refused(what, expected).await;
        let _ = fs::remove_file(office.place.data().join("regions.toml"));
        small::write(&office.place.data(), &good);
    }
    for number in 1..=100 {
        let process = small::process(&format!("x{number}"), "r1").replace("americas", "atlantis");
        fs::write(office.place.data().join(format!("processes/x{number}.toml")), process).expect("written");
    }
    let reply = refused("a hundred errors", "processes/x1.toml:3:").await;
    assert!(text(&reply).starts_with("100 errors;"), "{}", text(&reply));
    let all = String::from_utf8(reply.files[0].content.clone()).expect("text");
    assert_eq!(all.matches("[unknown-region]").count(), 100);
    // One slip in a hundred files is one cause.
    assert!(text(&reply).contains("this region is not in the catalogue") && text(&reply).contains("(× 100)"));
    assert!(text(&reply).contains("-# processes/x1.toml · line 3, column 10"), "{}", text(&reply));
    assert_eq!(office.place.revisions().numbers().await.expect("listed"), [1]);
}

#[tokio::test]
async fn a_change_that_cannot_be_recorded_is_not_made() {
    let office = Office::open(&small::catalogue("r1", 1)).await;
    let audit = office.place.state().join("audit.jsonl");
    fs::rename(&audit, office.place.state().join("moved")).expect("moved");
    fs::create_dir(&audit).expect("made");
    small::write(&office.place.data(), &small::catalogue("r2", 1));
    let reply = office.told(command("recharger")).await;
    assert_eq!(title(&reply), "Nothing was done: the record cannot be written");
    assert_eq!(office.publisher.live().snapshot().hash, small::catalogue("r1", 1).hash());
    assert_eq!(office.place.revisions().numbers().await.expect("listed"), [1]);
}

// --- Check and publish -----------------------------------------------------------------------------------------------

#[tokio::test]
async fn an_upload_is_checked_shown_and_published() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let content = small::process("p1", "r1").replace("But r1", "But neuf");
    let preview = office.upload("whatever name.TOML", content.as_bytes()).await;
    // Its lines do not say again of which file they are.
    let difference = "\n~ purpose.fr: \"But r1\" → \"But neuf\"";
    assert!(text(&preview).contains(difference), "{}", text(&preview));
    assert!(text(&preview).contains("(`processes/p1.toml`): no errors"), "{}", text(&preview));
    // Its card, as it would look, stands behind a button, and so does the question.
    let card = office.press(&preview, 2).await;
    assert!(title(&card).contains("Processus p1") && text(&card).contains("But neuf"), "{:?}", card.embeds);
    assert_eq!(office.place.folder(), small::catalogue("r1", 2), "nothing is written yet");

    let done = office.press(&preview, 0).await;
    assert_eq!(title(&done), "Change published");
    assert_eq!(fs::read_to_string(office.place.data().join("processes/p1.toml")).expect("read"), content);
    assert_eq!(office.publisher.live().snapshot().origin, Origin::Revision(2));
    let newest = office.place.revisions().newest().await.expect("read").expect("there is one");
    assert_eq!((newest.files, newest.meta.cause), (office.place.folder(), Cause::publish("processes/p1.toml")));
    // No temporary file is left.
    let names: Vec<_> = fs::read_dir(office.place.data().join("processes")).expect("listed").collect();
    assert_eq!(names.len(), 2);

    let again = office.press(&preview, 0).await;
    assert_eq!(title(&again), "This change is no longer kept");
    assert_eq!(title(&office.upload("p1.toml", content.as_bytes()).await), "This file is being served already");
    let new = office.upload("p9.toml", small::process("p7", "r1").as_bytes()).await;
    assert_eq!(title(&office.press(&new, 0).await), "Change published");
    assert!(
        office.place.data().join("processes/p7.toml").is_file()
            && !office.place.data().join("processes/p9.toml").exists()
    );

    let third = office.upload("p8.toml", small::process("p8", "r1").as_bytes()).await;
    assert_eq!(title(&office.press(&third, 1).await), "Change discarded");
    assert_eq!(title(&office.press(&third, 0).await), "This change is no longer kept");
    assert_eq!(office.place.revisions().numbers().await.expect("listed"), [1, 2, 3]);
}

#[tokio::test]
async fn bad_uploads_are_refused_and_nothing_is_kept() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let escaping = small::process("../../evil", "r1");
    let unknown = small::process("p5", "r1").replace("americas", "atlantis");
    let twice = small::process("p5", "r1").replace("Processus p5", "Processus p1");
    let large = vec![b'#'; 1024 * 1024 + 1];
    let table: [(&str, &[u8], &str); 9] = [
        ("p1.toml", b"\x89PNG\r\n", "This is not a file of the catalogue"),
        ("p1.toml", b"hello", "This is not a file of the catalogue"),
        ("photo.png", b"id = \"p1\"", "File refused"),
        ("p1.toml", &large, "This file is too large"),
        ("p1.toml", b"id = \"p1", "File refused"),
        ("p1.toml", &[0xff, 0xfe, 0], "This is not a file of the catalogue"),
        ("p1.toml", b"", "This is not a file of the catalogue"),
        ("p1.toml", escaping.as_bytes(), "File refused"),
        ("p5.toml", unknown.as_bytes(), "File refused"),
    ];
    for (name, content, expected) in table {
        let reply = office.upload(name, content).await;
        assert_eq!(title(&reply), expected, "{name}: {reply:#?}");
        assert!(reply.rows.is_empty());
    }
    // Names may be shared only where the files say so.
    assert_eq!(title(&office.upload("p5.toml", twice.as_bytes()).await), "File refused");
    let file = Attachment { id: 1, name: "a.toml".to_owned(), size: 1, url: "elsewhere".to_owned() };
    let foreign = office.told(check(file)).await;
    assert_eq!(title(&foreign), "This file does not come from Discord");
    assert_eq!(office.place.folder(), small::catalogue("r1", 2));
    assert!(!office.place.state().join("revisions/-uploads").exists());
    let checks: Vec<_> = office.place.audit().into_iter().filter(|line| line["action"] == "check").collect();
    assert!(checks.len() >= table.len(), "each is on record: {checks:#?}");
    assert!(checks.iter().all(|line| line["result"] == "refused"), "{checks:#?}");
}

#[tokio::test]
async fn of_two_who_publish_one_wins_and_the_other_is_told_and_loses_nothing() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let first = office.upload("p1.toml", small::process("p1", "mona").as_bytes()).await;
    let second = office.upload("p2.toml", small::process("p2", "nora").as_bytes()).await;
    let (one, other) = tokio::join!(office.press(&first, 0), office.press(&second, 0));
    let (won, lost) = if title(&one) == "Change published" { (one, other) } else { (other, one) };
    assert_eq!((title(&won), title(&lost)), ("Change published", "Somebody was faster"));
    assert!(text(&lost).contains("**2** · Processus p"), "{}", text(&lost));
    // What would change over what is served now is looked at before anything is published over it.
    let again = office.press(&lost, 0).await;
    assert_eq!((title(&again), again.rows.len()), ("Publish this change?", 1));
    assert!(!text(&again).contains("⚠️"), "another file was changed: {}", text(&again));
    assert_eq!(title(&office.press(&again, 0).await), "Change published");
    let folder = office.place.folder();
    for (path, mark) in [("processes/p1.toml", "mona"), ("processes/p2.toml", "nora")] {
        assert!(String::from_utf8_lossy(&folder.0[path]).contains(mark));
    }
    let results: Vec<_> = office
        .place
        .audit()
        .iter()
        .filter(|line| line["action"] == "publish")
        .map(|line| line["result"].clone())
        .collect();
    assert!(results.contains(&"overtaken".into()), "{results:?}");
}

#[tokio::test]
async fn two_processes_that_share_folders_do_not_overwrite_each_other() {
    let first = Office::open(&small::catalogue("r1", 2)).await;
    let second_keeper = first.place.start().await;
    let second_place = Place { root: tempfile::tempdir().expect("a folder") };
    let second = Office::with(second_place, second_keeper);
    let mut next = 1;
    for round in 0..6 {
        let one = first.upload("p1.toml", small::process("p1", &format!("one{round}")).as_bytes()).await;
        let two = second.upload("p2.toml", small::process("p2", &format!("two{round}")).as_bytes()).await;
        let (one, two) = tokio::join!(first.press(&one, 0), second.press(&two, 0));
        let won = [&one, &two].into_iter().filter(|reply| title(reply) == "Change published").count();
        assert_eq!(won, 1, "{} / {}", title(&one), title(&two));
        let (office, lost) = if title(&one) == "Change published" { (&second, two) } else { (&first, one) };
        assert_eq!(title(&lost), "Somebody was faster");
        let again = office.press(&lost, 0).await;
        assert_eq!(title(&office.press(&again, 0).await), "Change published");
        next += 2;
        let other = if std::ptr::eq(office, &first) { &second } else { &first };
        // The other takes it over with its next act.
        other.told(command("recharger")).await;
        let hashes = [&first, &second].map(|office| office.publisher.live().snapshot().hash.clone());
        assert_eq!(hashes[0], hashes[1]);
        assert_eq!(hashes[0], first.place.folder().hash());
        assert_eq!(first.place.revisions().numbers().await.expect("listed").last(), Some(&next));
    }
}

#[tokio::test]
async fn a_revision_made_elsewhere_is_taken_over_and_own_edits_are_not_lost() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let elsewhere = small::catalogue("r2", 2);
    let made = office.place.revisions().append(2, &Actor::Signal, &Cause::Reload, &elsewhere).await.expect("appended");
    assert!(matches!(made, Appended::Created(_)));
    let same = office.told(command("recharger")).await;
    assert_eq!(title(&same), "Nothing changed");
    assert_eq!(
        (office.place.folder(), office.publisher.live().snapshot().origin.clone()),
        (elsewhere, Origin::Revision(2))
    );

    let upload = office.upload("p1.toml", small::process("p1", "mine").as_bytes()).await;
    fs::write(office.place.data().join("processes/p2.toml"), small::process("p2", "edited")).expect("written");
    office
        .place
        .revisions()
        .append(3, &Actor::Signal, &Cause::Reload, &small::catalogue("r3", 2))
        .await
        .expect("appended");
    let overtaken = office.press(&upload, 0).await;
    assert_eq!(title(&overtaken), "Somebody was faster");
    let again = office.press(&overtaken, 0).await;
    let apart = office.press(&again, 0).await;
    assert_eq!(title(&apart), "The data folder has changes of its own");
    assert!(String::from_utf8_lossy(&office.place.folder().0["processes/p2.toml"]).contains("edited"));
    // Reloading shows what that means, and makes it a revision of its own.
    let reloaded = office.told(command("recharger")).await;
    let files = reloaded.files.iter().map(|file| String::from_utf8_lossy(&file.content).into_owned());
    let told: Vec<String> = [text(&reloaded).to_owned()].into_iter().chain(files).collect();
    assert!(told.concat().contains("Processus p2 r3"), "{reloaded:#?}");
    assert_eq!(office.publisher.live().snapshot().origin, Origin::Revision(4));
}

#[tokio::test]
async fn a_replica_that_was_away_takes_what_was_accepted_meanwhile_and_keeps_edits_of_its_own() {
    let root = tempfile::tempdir().expect("a folder");
    let log = root.path().join("log");
    let replica = |files: &Files| Place::new(files);
    let shared = |place: &Place| {
        let mut settings = place.settings();
        settings.revisions.url = Some(format!("file://{}", log.display()));
        settings
    };
    let (first, second) = (replica(&small::catalogue("r1", 2)), replica(&small::catalogue("r1", 2)));
    for place in [&first, &second] {
        let publisher = start(&shared(place), today, None).await.expect("the catalogue is good");
        assert_eq!(publisher.live().snapshot().origin, Origin::Revision(1));
    }
    // While the second is away, the first changes twice.
    let publisher = start(&shared(&first), today, None).await.expect("the catalogue is good");
    for (number, version) in [(2, "r2"), (3, "r3")] {
        small::write(&first.data(), &small::catalogue(version, 2));
        assert_eq!(reload(&publisher, &Actor::Signal).await.expect("reloaded").meta.number, number);
    }
    // Its folder is what it was: an older revision, which takes nothing back.
    let back = start(&shared(&second), today, None).await.expect("the catalogue is good");
    assert_eq!(back.live().snapshot().origin, Origin::Revision(3));
    assert_eq!(back.health().revision.as_ref().map(|meta| meta.number), Some(3));
    assert_eq!(second.folder(), small::catalogue("r3", 2));
    let log = Revisions::local(&log).expect("the log opens");
    assert_eq!(log.numbers().await.expect("listed"), [1, 2, 3]);

    // What an operator wrote into the folder before a start is a revision of its own, as ever.
    drop(back);
    fs::write(second.data().join("processes/p2.toml"), small::process("p2", "edited")).expect("written");
    let edited = start(&shared(&second), today, None).await.expect("the catalogue is good");
    assert_eq!(edited.live().snapshot().origin, Origin::Revision(4));
    assert!(String::from_utf8_lossy(&second.folder().0["processes/p2.toml"]).contains("edited"));
}

// --- History and restore ---------------------------------------------------------------------------------------------

#[tokio::test]
async fn any_revision_comes_back_byte_for_byte() {
    let office = Office::open(&small::catalogue("r1", 1)).await;
    let mut all = vec![office.place.folder()];
    for number in 2..=5 {
        small::write(&office.place.data(), &small::catalogue(&format!("r{number}"), number));
        assert_eq!(title(&office.told(command("recharger")).await), "Catalogue reloaded");
        all.push(office.place.folder());
    }
    for (number, files) in (1..).zip(&all).take(4) {
        // What an editor left in the folder is kept aside.
        let edited = number == 3;
        if edited {
            fs::write(office.place.data().join("regions.toml"), "half an ed").expect("written");
        }
        let preview = office.told(restore(&number.to_string())).await;
        assert_eq!(title(&preview), format!("Restore revision no. {number}?"));
        let done = office.press(&preview, 0).await;
        assert_eq!(title(&done), "Revision restored", "{done:#?}");
        assert_eq!(&office.place.folder(), files);
        assert_eq!(office.publisher.live().snapshot().hash, files.hash());
        assert_eq!(text(&done).contains("are kept in set"), edited, "{}", text(&done));
        assert_eq!(office.place.start().await.live().snapshot().hash, files.hash(), "after a restart");
    }
    let aside =
        fs::read_dir(office.place.state().join("set-aside")).expect("listed").next().expect("one").expect("one");
    assert_eq!(fs::read_to_string(aside.path().join("regions.toml")).expect("read"), "half an ed");

    let (first, _) = office.ask(moderator(), typing("revision".to_owned(), "mona".to_owned())).await;
    let First::Choices(choices) = first else { panic!("{first:?}") };
    assert_eq!(choices.len(), 8);
    assert_eq!(choices[0].value, "9");
    assert!(choices[0].name.starts_with("9 · restoration of revision 4…"), "{}", choices[0].name);
    let history = office.told(command("historique")).await;
    let lines: Vec<&str> = text(&history).lines().collect();
    assert_eq!(lines.len(), 8, "as many as fit a phone, and the others on the next page");
    assert!(
        lines[0].starts_with("**9** · restoration of revision 4") && lines[0].ends_with("· in service"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("-# <@100> · <t:"), "{lines:?}");
    for (typed, expected) in
        [("99", "Revision not found"), ("nonsense", "Revision not found"), ("9", "Nothing changed")]
    {
        assert_eq!(title(&office.told(restore(typed)).await), expected);
    }
}

#[tokio::test]
async fn a_restore_over_another_catalogue_than_was_shown_is_not_made() {
    let office = Office::open(&small::catalogue("r1", 1)).await;
    small::write(&office.place.data(), &small::catalogue("r2", 1));
    office.told(command("recharger")).await;
    let preview = office.told(restore("1")).await;
    small::write(&office.place.data(), &small::catalogue("r3", 1));
    office.told(command("recharger")).await;
    assert_eq!(title(&office.press(&preview, 0).await), "Somebody was faster");
    assert_eq!(title(&office.press(&preview, 1).await), "Nothing was changed");
    assert_eq!(office.publisher.live().snapshot().origin, Origin::Revision(3));
}

// --- Who may ---------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn others_are_refused_whatever_they_send_and_it_is_recorded() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let preview = office.upload("p1.toml", small::process("p1", "evil").as_bytes()).await;
    let strangers = [
        Caller { user: 7, guild: Some(GUILD), ..Caller::default() },
        Caller { user: 7, guild: Some(GUILD), roles: vec![3], ..Caller::default() },
        Caller { user: MODERATOR, guild: Some(2), roles: vec![10], ..Caller::default() },
        Caller { user: MODERATOR, guild: None, ..Caller::default() },
    ];
    small::write(&office.place.data(), &small::catalogue("r2", 2));
    let before = office.place.audit().len();
    let mut requests: Vec<InteractionData> =
        ["recharger", "historique", "etat", "verifier", "fichier", "nonsense"].map(command).into();
    requests.push(restore("1"));
    for custom_id in [0, 1, 2].map(|number| button_of(&preview, number)).into_iter().chain(
        ["history:0", "revision:1", "compare:1:1", "preview:1", "menu", "x"]
            .map(|what| format!("rcp-admin:1:0:{what}")),
    ) {
        requests.push(press(custom_id));
    }
    let mut refusals = 0;
    for person in strangers {
        for request in &requests {
            let (first, then) = office.ask(person.clone(), request.clone()).await;
            let First::Reply(reply) = first else { panic!("{first:?}") };
            assert!(reply.private && then.is_none());
            assert_eq!(title(&reply), "Vous ne pouvez pas modérer ici");
            refusals += 1;
        }
        for option in ["revision", "avec", "contenu"] {
            let complete = typing(option.to_owned(), String::new());
            assert_eq!(office.ask(person.clone(), complete).await.0, First::Choices(Vec::new()));
        }
    }
    // A moderator's forged or outdated button is refused too.
    for custom_id in [
        "rcp-admin:",
        "rcp-admin:2:0:cancel",
        "rcp-admin:1:0:publish:..:..",
        "rcp-admin:1:0:compare:1",
        // A menu without a choice.
        "rcp-admin:1:0:menu",
        &format!("rcp-admin:1:0:discard:{}", "0".repeat(31)),
    ] {
        let (first, _) = office.ask(moderator(), press(custom_id.to_owned())).await;
        let First::Reply(reply) = first else { panic!("{first:?}") };
        assert_eq!(title(&reply), "This button no longer answers");
        refusals += 1;
    }
    let records = office.place.audit();
    assert_eq!(records.len(), before + refusals);
    assert!(records.iter().skip(before).all(|line| line["result"] == "refused" && line["by"] == "person"));
    assert_eq!(office.publisher.live().snapshot().hash, small::catalogue("r1", 2).hash());
    assert_eq!(office.place.revisions().numbers().await.expect("listed"), [1]);
    let by_role = Caller { user: 8, guild: Some(GUILD), roles: vec![3, 10], ..Caller::default() };
    assert_eq!(office.ask(by_role, command("recharger")).await.0, First::Defer);
}

#[tokio::test]
async fn a_panic_becomes_an_apology_and_the_desk_goes_on() {
    let office = Office::open(&small::catalogue("r1", 1)).await;
    let sorry = office.upload("panic.toml", b"").await;
    assert_eq!(title(&sorry), "Sorry, something went wrong");
    assert!(text(&sorry).contains("no. 5"));
    assert_eq!(title(&office.told(command("recharger")).await), "Nothing changed");
}

// --- Watching --------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_watched_folder_is_read_again_even_after_it_was_swapped() {
    let place = Place::new(&small::catalogue("r1", 1));
    let publisher = place.start().await;
    tokio::spawn(rcp_bot::publishing::watch(Arc::clone(&publisher), Duration::from_millis(30), None));
    let served = async |files: &Files| {
        let begun = Instant::now();
        while publisher.live().snapshot().hash != files.hash() {
            assert!(begun.elapsed() < DEADLINE, "not served");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    };
    tokio::time::sleep(Duration::from_millis(200)).await;
    small::write(&place.data(), &small::catalogue("r2", 1));
    served(&small::catalogue("r2", 1)).await;
    small::write(&place.root.path().join("next"), &small::catalogue("r3", 1));
    fs::rename(place.data(), place.root.path().join("old")).expect("moved");
    fs::rename(place.root.path().join("next"), place.data()).expect("moved");
    served(&small::catalogue("r3", 1)).await;
    small::write(&place.data(), &small::catalogue("r4", 1));
    served(&small::catalogue("r4", 1)).await;
}

// --- Snapshots -------------------------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thousands_of_questions_while_reloading_none_mixes_two_catalogues() {
    let place = Place::new(&small::catalogue("r1", 2));
    let publisher = place.start().await;
    let done = Arc::new(AtomicBool::new(false));
    let asking = (0..3).map(|_| {
        let (live, done) = (Arc::clone(publisher.live()), Arc::clone(&done));
        tokio::task::spawn_blocking(move || {
            let mut marks_seen = std::collections::BTreeSet::new();
            let mut asked = 0_usize;
            while !done.load(Ordering::Relaxed) || asked < 1_000 {
                let snapshot = live.snapshot();
                for (name, option, value) in [
                    ("info", "processus", "p1"),
                    ("region", "region", "americas"),
                    ("pays", "pays", "PE"),
                    ("recherche", "texte", "but"),
                    ("oim", "langue", "fr"),
                ] {
                    let options = vec![(option.to_owned(), Option_::Text(value.to_owned()))];
                    let invocation = Invocation { command: name.to_owned(), options };
                    let reply =
                        commands::answer(&snapshot, &Languages::default(), &Caller::default(), today(), &invocation);
                    let said = format!("{reply:?}");
                    let marks: std::collections::BTreeSet<&str> = said
                        .split(|character: char| !character.is_alphanumeric())
                        .filter(|word| word.starts_with("zz"))
                        .collect();
                    assert!(marks.len() <= 1, "{marks:?} in {said}");
                    marks_seen.extend(marks.into_iter().map(str::to_owned));
                    asked += 1;
                }
            }
            (asked, marks_seen.len())
        })
    });
    let asking: Vec<_> = asking.collect();
    for number in 2..=30 {
        small::write(&place.data(), &small::catalogue(&format!("zz{number}"), 2));
        reload(&publisher, &Actor::Signal).await.expect("reloaded");
    }
    done.store(true, Ordering::Relaxed);
    for task in asking {
        let (asked, marks) = task.await.expect("no mixture");
        assert!(asked >= 1_000 && marks > 3, "{asked} questions saw {marks} catalogues");
    }
}
