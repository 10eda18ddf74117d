//! Moderation as moderators and others meet it: the real binary against a local Discord, every payload judged.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::support::bot::{self, Bot, DEADLINE, Setup, field, labelled, options, private, public, text, title, until};
use crate::support::moderators::{press, run, told};
use crate::support::small;
use local_discord::{DEFAULT_GUILD, File, LocalDiscord, Message, NotSent, Person};
use rcp_bot::catalogue::Files;
use rcp_bot::publishing::Revisions;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Another server in which the bot is.
const ELSEWHERE: u64 = DEFAULT_GUILD + 1_000;
/// The moderators' role, and one that is not theirs.
const ROLE: u64 = 777;
const OTHER_ROLE: u64 = 778;
/// The moderator by id.
const MONA: u64 = 4_242;
/// The permission that stands for all others. (Discord: topics/permissions.)
const ADMINISTRATOR: u64 = 1 << 3;

/// A local Discord, a bot with folders of its own, moderated in the first server.
struct Stage {
    bot: Bot,
    discord: LocalDiscord,
    root: TempDir,
}

impl Stage {
    async fn new(change: impl Fn(Setup) -> Setup) -> Stage {
        let guilds = vec![DEFAULT_GUILD, ELSEWHERE];
        let discord = LocalDiscord::start(local_discord::Options { guilds, ..options() }).await.expect("a port");
        let root = TempDir::new().expect("a folder");
        small::write(&root.path().join("data"), &small::catalogue("r1", 2));
        let bot = Stage::start(&discord, &root, change).await;
        Stage { bot, discord, root }
    }

    async fn start(discord: &LocalDiscord, root: &TempDir, change: impl Fn(Setup) -> Setup) -> Bot {
        let setup = Setup::new(&["run"])
            .data(&root.path().join("data"))
            .arg("--state")
            .arg(root.path().join("state").to_str().expect("text"))
            .env("DISCORD_API_URL", &discord.url())
            .env("DISCORD_TOKEN", discord.token())
            .env("RCP_MODERATION__GUILDS", &DEFAULT_GUILD.to_string())
            .env("RCP_MODERATION__ROLES", &format!("{ROLE}, 779"))
            .env("RCP_MODERATION__USERS", &MONA.to_string());
        let mut bot = change(setup).start();
        bot.ready(discord).await;
        bot
    }

    async fn restart(&mut self, change: impl Fn(Setup) -> Setup) {
        self.bot.signal("TERM");
        assert_eq!(self.bot.ended().await, Some(0));
        until(&self.discord, "the end of the session", |discord| discord.connections().is_empty()).await;
        self.bot = Stage::start(&self.discord, &self.root, change).await;
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn mona(&self) -> Person {
        self.discord.person("Mona").with_id(MONA).permissions(ADMINISTRATOR)
    }

    fn audit(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.root.path().join("state/audit.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    fn revisions(&self) -> usize {
        fs::read_dir(self.root.path().join("state/revisions")).map_or(0, Iterator::count)
    }

    fn names(&self, guild: Option<u64>) -> Vec<String> {
        let commands = self.discord.commands(guild);
        commands.iter().filter_map(|command| command["name"].as_str().map(str::to_owned)).collect()
    }

    async fn finish(self) {
        let refusals = self.discord.refusals();
        assert!(refusals.is_empty(), "{refusals:#?}");
        self.bot.stop().await;
    }
}

async fn upload(person: &Person, name: &str, content: &str) -> Message {
    let draft =
        person.command("rcp-admin verifier").option("fichier", File::new(name, "text/plain", content.to_owned()));
    told(draft.run().await.expect("sent")).await
}

#[tokio::test]
async fn the_command_is_registered_in_moderation_servers_only_and_withdrawn() {
    let mut stage = Stage::new(|setup| setup).await;
    assert_eq!(
        (stage.names(Some(DEFAULT_GUILD)), stage.names(Some(ELSEWHERE))),
        (vec!["rcp-admin".to_owned()], vec![])
    );
    assert_eq!(stage.names(None), ["rcp", "Processus cités"]);
    assert_eq!(stage.discord.commands(Some(DEFAULT_GUILD))[0]["default_member_permissions"], "32");
    let member = stage.discord.person("Amina");
    assert!(matches!(member.run("rcp-admin etat", &[]).await, Err(NotSent::NotOffered(..))), "hidden by default");

    stage.restart(|setup| setup.env("RCP_MODERATION__GUILDS", &format!("{ELSEWHERE},5"))).await;
    assert_eq!(
        (stage.names(Some(DEFAULT_GUILD)), stage.names(Some(ELSEWHERE))),
        (vec![], vec!["rcp-admin".to_owned()])
    );
    let unchanged = |stage: &Stage| stage.discord.requests().iter().filter(|request| request.method == "PUT").count();
    let before = unchanged(&stage);
    stage.restart(|setup| setup.env("RCP_MODERATION__GUILDS", &ELSEWHERE.to_string())).await;
    assert_eq!(unchanged(&stage), before, "nothing is registered again that is there");

    // In a development server both stand side by side; without it, only what belongs there.
    let development = |setup: Setup| setup.env("RCP_DISCORD__DEVELOPMENT_GUILD", &DEFAULT_GUILD.to_string());
    stage.restart(development).await;
    assert_eq!(
        (stage.names(Some(DEFAULT_GUILD)), stage.names(Some(ELSEWHERE))),
        (["rcp", "Processus cités", "rcp-admin"].map(str::to_owned).to_vec(), vec![])
    );
    stage.restart(|setup| setup).await;
    assert_eq!(stage.names(Some(DEFAULT_GUILD)), ["rcp-admin"]);

    let none = |setup: Setup| {
        let keys = ["GUILDS", "ROLES", "USERS"].map(|key| format!("RCP_MODERATION__{key}"));
        keys.iter().fold(setup, |setup, key| setup.without(key))
    };
    stage.restart(none).await;
    assert_eq!((stage.names(Some(DEFAULT_GUILD)), stage.names(Some(ELSEWHERE))), (vec![], vec![]));
    // An old message's button is answered like any other that is not ours.
    let mona = stage.mona();
    let card = public(&mona.run("rcp info", &[("processus", "p1")]).await.expect("sent"));
    let button = card.components()[0]["custom_id"].as_str().expect("a button").to_owned();
    let mut forged = mona.component_json(&card, &button, None).expect("composed");
    forged["data"]["custom_id"] = json!("rcp-admin:1:0:history:0");
    let answer = private(&stage.discord.send_interaction(forged).outcome().await);
    assert_eq!(title(&answer), "This button no longer answers");
    stage.finish().await;
}

#[tokio::test]
async fn moderators_by_id_and_by_role_may_and_everyone_else_is_refused() {
    let stage = Stage::new(|setup| setup).await;
    let mona = stage.mona();
    assert_eq!(title(&run(&mona, "rcp-admin recharger").await), "Nothing changed");
    let by_role = stage.discord.person("Roxa").roles(&[OTHER_ROLE, ROLE]).permissions(ADMINISTRATOR).locale("fr");
    small::write(&stage.data(), &small::catalogue("r2", 2));
    assert_eq!(title(&run(&by_role, "rcp-admin recharger").await), "Catalogue rechargé");
    let preview = upload(&mona, "p1.toml", &small::process("p1", "evil")).await;
    let publish = labelled(&preview, "Publish");

    // What others send: a command and a button, as Discord would send them if it let them.
    small::write(&stage.data(), &small::catalogue("r3", 2));
    let command = mona.command("rcp-admin recharger").json().expect("composed");
    let button = mona.component_json(&preview, &publish, None).expect("composed");
    let strangers: [(&str, Person); 4] = [
        ("everyone", stage.discord.person("Amina")),
        (
            "another server's administrator",
            stage.discord.person("Bela").in_guild(ELSEWHERE).permissions(ADMINISTRATOR).roles(&[ROLE]),
        ),
        (
            "the moderation server's administrator without the role",
            stage.discord.person("Chen").permissions(ADMINISTRATOR).roles(&[OTHER_ROLE]),
        ),
        ("the moderator in a direct message", stage.mona().in_direct_messages()),
    ];
    let (revisions, records) = (stage.revisions(), stage.audit().len());
    for (who, person) in &strangers {
        // The envelope is that of the stranger's own command, the content that of the moderator's.
        let own = person.command("rcp oim").json().expect("everyone may ask");
        for (kind, forged) in [(2, &command), (3, &button)] {
            let mut sent = own.clone();
            sent["id"] =
                json!(((sent["id"].as_str().expect("text").parse::<u64>().expect("a number")) + kind).to_string());
            sent["token"] = json!(format!("{}{kind}", sent["token"].as_str().expect("text")));
            sent["type"] = json!(kind);
            sent["data"] = forged["data"].clone();
            if kind == 3 {
                sent["message"] = forged["message"].clone();
            }
            let answer = private(&stage.discord.send_interaction(sent).outcome().await);
            assert_eq!(title(&answer), "You may not moderate here", "{who}");
        }
    }
    assert_eq!(stage.revisions(), revisions);
    // The record of a refusal follows the answer.
    let (start, expected) = (Instant::now(), records + 2 * strangers.len());
    while stage.audit().len() < expected {
        assert!(start.elapsed() < DEADLINE, "a refusal is not recorded");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let records: Vec<Value> = stage.audit().into_iter().skip(records).collect();
    assert_eq!(records.len(), 2 * strangers.len());
    assert!(records.iter().all(|record| record["result"] == "refused" && record["user"].is_string()), "{records:#?}");
    let card = public(&stage.discord.person("Amina").run("rcp info", &[("processus", "p1")]).await.expect("sent"));
    assert!(text(&card).contains("r2") && !text(&card).contains("evil") && !text(&card).contains("r3"));

    // A moderator's own button, forged or of another version.
    for custom_id in ["rcp-admin:9:0:cancel", "rcp-admin:1:0:publish:../../regions:000000000000"] {
        let mut forged = mona.component_json(&preview, &publish, None).expect("composed");
        forged["data"]["custom_id"] = json!(custom_id);
        let answer = private(&stage.discord.send_interaction(forged).outcome().await);
        assert_eq!(title(&answer), "This button no longer answers");
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_file_is_checked_published_and_taken_back_and_told_in_the_audit_channel() {
    let channel = DEFAULT_GUILD + 77;
    let stage = Stage::new(|setup| setup.env("RCP_MODERATION__AUDIT_CHANNEL", &channel.to_string())).await;
    stage.discord.add_channel(DEFAULT_GUILD, channel, "audit");
    let mona = stage.mona();
    let before = Files::read(&stage.data()).0;

    let bad = upload(&mona, "p1.toml", "id = \"p1\"\nkind = \"regoinal\"\n").await;
    assert_eq!(title(&bad), "File refused");
    assert!(text(&bad).contains("processes/p1.toml · line 2, column 8"), "{}", text(&bad));
    assert!(text(&bad).contains("`regoinal`") || text(&bad).contains("\"regoinal\""), "{}", text(&bad));
    assert_eq!(title(&upload(&mona, "p1.toml", "x").await), "This is not a file of the catalogue");

    // The present file comes as it is, and its like goes back.
    let given = told(mona.run("rcp-admin fichier", &[("contenu", "processes/p1.toml")]).await.expect("sent")).await;
    assert_eq!((given.files[0].name.as_str(), given.files.len()), ("p1.toml", 1));
    assert_eq!(given.files[0].bytes, small::process("p1", "r1").as_bytes());
    let offered = mona.complete("rcp-admin fichier", "contenu", "organisat", &[]).await.expect("asked");
    assert!(offered.choices().iter().any(|choice| choice.value == "organisations.toml"), "{:?}", offered.choices());

    let preview = upload(&mona, "p1.toml", &small::process("p1", "neuf")).await;
    assert!(text(&preview).contains("```diff\n") && text(&preview).contains("neuf"));
    let card = press(&mona, &preview, "See the card").await;
    assert_eq!((card.id, title(&card)), (preview.id, "Processus p1 neuf"));
    let preview = card;
    let published = press(&mona, &preview, "Publish").await;
    assert_eq!((published.id, title(&published)), (preview.id, "Change published"));
    assert!(published.components().is_empty() && published.content().is_empty());
    let card = public(&mona.run("rcp info", &[("processus", "p1")]).await.expect("sent"));
    assert_eq!(title(&card), "Processus p1 neuf");

    let history = run(&mona, "rcp-admin historique").await;
    assert!(text(&history).contains("**2** · Processus p1 neuf\\: chair"), "{}", text(&history));
    assert!(text(&history).contains(&format!("\n-# <@{MONA}> · <t:")), "{}", text(&history));
    let offered = mona.complete("rcp-admin retablir", "revision", "", &[]).await.expect("asked");
    let numbers: Vec<_> = offered.choices().iter().map(|choice| choice.value.clone()).collect();
    assert_eq!(numbers, ["2", "1"]);
    assert!(offered.choices()[0].name.starts_with("2 · Processus p1 neuf: "), "{:?}", offered.choices());
    assert!(offered.choices()[0].name.ends_with("UTC · Mona"), "{:?}", offered.choices());
    let restoring = mona.run("rcp-admin retablir", &[("revision", "1")]).await.expect("sent");
    let restoring = told(restoring).await;
    assert_eq!(title(&restoring), "Restore revision no. 1?");
    assert_eq!(title(&press(&mona, &restoring, "Restore").await), "Revision restored");
    assert_eq!(Files::read(&stage.data()).0, before, "byte for byte");

    let status = run(&mona, "rcp-admin etat").await;
    assert!(
        field(&status, "Catalogue").is_some_and(|value| value.starts_with("**3** · restoration of revision 1")),
        "{}",
        text(&status)
    );
    assert!(field(&status, "Memory").is_some_and(|value| value.ends_with(" MiB")));
    assert!(field(&status, "Discord").is_some_and(|value| value.starts_with("1 / 1 · ")), "{}", text(&status));
    assert!(field(&status, "Interactions").is_some_and(|value| value.ends_with("answered, 0 failed")));
    assert!(text(&status).contains("2 processes, 1 organisations, 2 countries"), "{}", text(&status));

    let told = |discord: &LocalDiscord, what: &str| {
        discord.messages(channel).iter().any(|message| title(message) == what && message.pings.users.is_empty())
    };
    until(&stage.discord, "the notices", |discord| {
        ["Changement publié", "Révision rétablie", "/rcp-admin verifier"].iter().all(|what| told(discord, what))
    })
    .await;
    // In the channel's language, and without hashes, which stand in the record.
    for message in stage.discord.messages(channel) {
        let said = text(&message);
        assert!(
            !said.split(|one: char| !one.is_ascii_hexdigit()).any(|run| run.len() >= 12 && run.len() != 18),
            "{said}"
        );
        assert!(!said.contains("errors (") && !said.contains("proposal"), "{said}");
    }
    stage.finish().await;
}

#[tokio::test]
async fn what_comes_of_a_saved_file_is_told_in_the_audit_channel() {
    let channel = DEFAULT_GUILD + 77;
    let stage = Stage::new(|setup| {
        let setup = setup.env("RCP_CATALOGUE__WATCH", "true").env("RCP_CATALOGUE__DEBOUNCE", "50");
        setup.env("RCP_MODERATION__AUDIT_CHANNEL", &channel.to_string()).env("RCP_LANGUAGE__DEFAULT", "en")
    })
    .await;
    stage.discord.add_channel(DEFAULT_GUILD, channel, "audit");
    let file = stage.data().join("processes/p1.toml");
    let good = fs::read_to_string(&file).expect("read");
    let mut heard = 0;
    let mut saved = async |content: &str| {
        fs::write(&file, content).expect("written");
        heard += 1;
        until(&stage.discord, "a notice", |discord| discord.messages(channel).len() >= heard).await;
        let messages = stage.discord.messages(channel);
        assert_eq!(messages.len(), heard, "one notice for each file saved: {messages:#?}");
        messages.last().expect("one came").clone()
    };

    // Two errors, each with its file, its line and column, the line itself, and the mend.
    let refused = saved(&good.replace("\"americas\"", "\"americs\"").replace("\"regional\"", "\"regoinal\"")).await;
    assert_eq!(title(&refused), "Catalogue refused");
    for told in ["folder changed · refused", "line 2, column 8", "kind = \"regoinal\"", "→ Did you mean “regional”?"]
    {
        assert!(text(&refused).contains(told), "{told}: {}", text(&refused));
    }
    // The same as before: nothing is read anew, but whoever saved it hears that the errors are gone.
    let mended = saved(&good).await;
    assert_eq!(title(&mended), "Catalogue without errors");
    let changed = saved(&good.replace("Processus p1", "Processus premier")).await;
    assert_eq!(title(&changed), "Catalogue reloaded");
    assert!(text(&changed).contains("folder changed · done · no. 2"), "{}", text(&changed));
    assert!(text(&changed).contains("```diff\n") && text(&changed).contains("Processus premier"), "{}", text(&changed));
    stage.finish().await;
}

#[tokio::test]
async fn a_broken_folder_is_refused_with_its_errors_and_signals_reload_too() {
    let stage = Stage::new(|setup| setup).await;
    let mona = stage.mona().locale("es-ES");
    for number in 1..=100 {
        let process = small::process(&format!("x{number}"), "r1").replace("americas", "atlantis");
        fs::write(stage.data().join(format!("processes/x{number}.toml")), process).expect("written");
    }
    let refused = run(&mona, "rcp-admin recharger").await;
    assert_eq!(title(&refused), "Catálogo rechazado");
    assert!(
        text(&refused).contains("100 errores") && text(&refused).contains("processes/x1.toml · línea 3, columna"),
        "{}",
        text(&refused)
    );
    assert_eq!(String::from_utf8_lossy(&refused.files[0].bytes).matches("[unknown-region]").count(), 100);
    let status = run(&mona, "rcp-admin etat").await;
    assert!(text(&status).contains("100 errores: la carpeta"), "{}", text(&status));

    for number in 1..=100 {
        fs::remove_file(stage.data().join(format!("processes/x{number}.toml"))).expect("removed");
    }
    small::write(&stage.data(), &small::catalogue("hup", 2));
    stage.bot.signal("HUP");
    let start = Instant::now();
    loop {
        let card = public(&mona.run("rcp info", &[("processus", "p1")]).await.expect("sent"));
        if title(&card) == "Processus p1 hup" {
            break;
        }
        assert!(start.elapsed() < DEADLINE, "SIGHUP does not reload");
    }
    // What is served is recorded after it is served.
    loop {
        let records = stage.audit();
        if records.iter().any(|record| record["by"] == "signal" && record["result"] == "done") {
            break;
        }
        assert!(start.elapsed() < DEADLINE, "{records:#?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stage.finish().await;
}

#[tokio::test]
async fn questions_while_reloading_without_pause_are_all_answered_from_one_catalogue_each() {
    let stage = Stage::new(|setup| setup).await;
    let mona = stage.mona();
    let asking = (0..8).map(|asker| {
        let person = stage.discord.person(&format!("Asker{asker}")).locale("fr");
        tokio::spawn(async move {
            for round in 0..150 {
                let (path, option) = match round % 3 {
                    0 => ("rcp info", ("processus", "p1")),
                    1 => ("rcp region", ("region", "americas")),
                    _ => ("rcp pays", ("pays", "PE")),
                };
                let outcome = person.run(path, &[option]).await.expect("sent");
                let shown = text(&bot::message(&outcome));
                let marks: std::collections::BTreeSet<&str> =
                    shown.split(|one: char| !one.is_alphanumeric()).filter(|word| word.starts_with("zz")).collect();
                assert!(marks.len() <= 1, "{marks:?} in {shown}");
            }
        })
    });
    let asking: Vec<_> = asking.collect();
    let mut reloads = 0;
    while !asking.iter().all(|task| task.is_finished()) {
        reloads += 1;
        small::write(&stage.data(), &small::catalogue(&format!("zz{reloads}"), 2));
        assert_eq!(title(&run(&mona, "rcp-admin recharger").await), "Catalogue reloaded");
    }
    for task in asking {
        task.await.expect("every question is answered from one catalogue");
    }
    assert!(reloads > 3, "{reloads} reloads");
    stage.finish().await;
}

#[tokio::test]
async fn the_binary_killed_while_publishing_starts_again_with_a_whole_catalogue() {
    let mut stage = Stage::new(|setup| setup).await;
    for round in 0..15_u64 {
        let mona = stage.mona();
        let mark = format!("k{round}");
        let preview = upload(&mona, "p1.toml", &small::process("p1", &mark)).await;
        let button = mona.component_json(&preview, &labelled(&preview, "Publish"), None).expect("composed");
        let pending = stage.discord.send_interaction(button);
        tokio::time::sleep(Duration::from_millis(round * 3 % 40)).await;
        stage.bot.signal("KILL");
        assert_eq!(stage.bot.ended().await, None);
        drop(pending);
        until(&stage.discord, "the end of the session", |discord| discord.connections().is_empty()).await;
        stage.bot = Stage::start(&stage.discord, &stage.root, |setup| setup).await;
        let card = public(&stage.mona().run("rcp info", &[("processus", "p1")]).await.expect("sent"));
        let file = fs::read_to_string(stage.data().join("processes/p1.toml")).expect("read");
        let served = title(&card).trim_start_matches("Processus p1 ").to_owned();
        assert_eq!(file, small::process("p1", &served), "the folder and what is served agree");
        let newest = Revisions::local(&stage.root.path().join("state/revisions")).expect("opened").newest().await;
        assert_eq!(newest.expect("read").expect("one").files, Files::read(&stage.data()).0);
    }
    stage.audit();
    stage.finish().await;
}
