//! What an operator can set, and what is said of what cannot be: the real binary, its exit code and its words.

use std::fs;

use local_discord::LocalDiscord;

use crate::support::bot::{Setup, TOKEN, options};
use crate::support::{http, kept};

/// `ask`, which reads all settings and needs no Discord.
fn ask() -> Setup {
    Setup::new(&["ask", "/rcp oim", "--json"]).data(kept::served())
}

/// Asserts that the settings are refused with exit code 2, and that the words are there in this order.
async fn refused(what: &str, setup: &Setup, words: &[&str]) {
    let finished = setup.finish().await;
    assert_eq!(finished.code, Some(2), "{what}: {}", finished.stderr);
    let mut rest = finished.stderr.as_str();
    for word in words {
        let Some(at) = rest.find(word) else { panic!("{what}: {word:?} is not said in its turn: {}", finished.stderr) };
        rest = &rest[at + word.len()..];
    }
}

#[tokio::test]
async fn s5_an_error_in_the_file_has_its_line_its_value_and_its_mend() {
    let file = |text: &str| ask().file("config/rcp-bot.toml", text);
    for (text, words) in [
        ("[language]\ndefaut = \"fr\"\n", &["defaut", "config/rcp-bot.toml:2:1", "did you mean default?"][..]),
        ("[langage]\n", &["langage", "config/rcp-bot.toml:1:2", "did you mean language?"]),
        ("[log]\n\nformat = \"jsn\"\n", &["jsn", "config/rcp-bot.toml:3:10", "did you mean \"json\"?"]),
        ("[http]\nlisten = \"8080\"\n", &["config/rcp-bot.toml:2:10", "listen = \"127.0.0.1:8080\""]),
        ("[catalogue]\nwatch = \"oui\"\n", &["config/rcp-bot.toml:2:9", "watch = false"]),
        ("[moderation]\nguilds = [1]\n", &["config/rcp-bot.toml:2:10", "roles and users"]),
        ("[discord]\nshards = { range = [2, 4], total = 4 }\n", &["2 to 4", "config/rcp-bot.toml:2:10", "from 0"]),
        ("[discord]\napi_url = \"https://discord.com/api/v10\"\n", &["config/rcp-bot.toml:2:11", "without /api/v10"]),
        ("[revisions]\nurl = \"s3:///x\"\n", &["no bucket", "config/rcp-bot.toml:2:7", "s3://bucket/folder"]),
        ("[discord\n", &["config/rcp-bot.toml:1:"]),
        ("watch = true\n", &["no key \"watch\"", "config/rcp-bot.toml:1:1", "belongs below [catalogue]"]),
        ("[catalogue]\nlisten = \"[::1]:80\"\n", &["no key \"listen\"", "belongs below [http]"]),
        ("[http]\nlisten = \"localhost:80\"\n", &["an IP address and a port", "listen = \"127.0.0.1:8080\""]),
        ("[catalogue]\ndebounce = -1\n", &["a whole number", "debounce = 500"]),
        ("[moderation]\nusers = [1]\nguilds = [12.5]\n", &["no Discord ids", "config/rcp-bot.toml:3:10"]),
        ("[moderation]\nusers = [1]\naudit_channel = -5\n", &["no Discord ids", "config/rcp-bot.toml:3:17"]),
        ("[discord]\nshards = \"all\"\n", &["a table with range and total", "config/rcp-bot.toml:2:10"]),
        ("[http]\nlisten = 8080\n", &["an IP address and a port", "config/rcp-bot.toml:2:10"]),
        ("[log]\n[http]\n[log]\n", &["duplicate key", "config/rcp-bot.toml:3:", "take the other away"]),
        ("[revisions]\nurl = \"file:revisions\"\n", &["no whole path", "config/rcp-bot.toml:2:7", "file:///"]),
    ] {
        refused(text, &file(text), words).await;
    }
}

#[tokio::test]
async fn a_token_in_the_wrong_file_is_not_told_again_and_the_right_place_is() {
    let secret = "verysecret.and.long";
    for text in [
        format!("[discord]\ntoken = \"{secret}\"\n"),
        format!("discord_token = \"{secret}\"\n"),
        format!("[discord]\ntoken = {secret}\n"),
        format!("[discord]\nToken = \"{secret}\n"),
    ] {
        let finished = ask().file("config/rcp-bot.toml", &text).finish().await;
        assert_eq!(finished.code, Some(2), "{text}: {}", finished.stderr);
        assert!(!finished.stderr.contains("verysecret"), "{}", finished.stderr);
        assert!(finished.stderr.contains("config/rcp-bot.toml:"), "{}", finished.stderr);
    }
    let file = format!("[discord]\ntoken = \"{secret}\"\n");
    refused("a token", &ask().file("config/rcp-bot.toml", &file), &["no key \"token\"", ":2:1", "DISCORD_TOKEN_FILE"])
        .await;
}

#[tokio::test]
async fn s5_an_error_in_the_environment_is_told_in_its_spelling() {
    for (name, value, words) in [
        ("RCP_LANGUAGE__DEFAUT", "fr", &["defaut", "RCP_LANGUAGE__DEFAUT", "did you mean RCP_LANGUAGE__DEFAULT?"][..]),
        ("RCP_LANGAGE__DEFAULT", "fr", &["RCP_LANGAGE__DEFAULT", "did you mean RCP_LANGUAGE__?"]),
        ("RCP_STAT", "/srv", &["the variable sets nothing", "did you mean RCP_STATE?"]),
        ("RCP_DATE", "/srv", &["did you mean RCP_DATA?"]),
        ("RCP_CONFG", "/etc/rcp-bot.toml", &["did you mean RCP_CONFIG?"]),
        ("RCP_HTTP__LISTEN", "8080", &["RCP_HTTP__LISTEN", "listen = \"127.0.0.1:8080\""]),
        ("RCP_LOG__FORMAT", "jsn", &["jsn", "RCP_LOG__FORMAT", "did you mean \"json\"?"]),
        ("DISCORD_API_URL", "https://discord.com/api", &["DISCORD_API_URL", "without /api/v10"]),
        ("RCP_DISCORD__API_URL", "ftp://discord.com", &["RCP_DISCORD__API_URL"]),
        ("RCP_DISCORD__SHARDS", "{range=[1,4],total=4}", &["RCP_DISCORD__SHARDS", "from 0"]),
    ] {
        refused(name, &ask().env(name, value), words).await;
    }
}

/// What is of the right type, and with which nothing would work all the same.
#[tokio::test]
async fn s5_values_with_which_nothing_would_work_are_errors() {
    let file = |text: &str| ask().file("config/rcp-bot.toml", text);
    for (text, words) in [
        ("[http]\nmax_age = 0\n", &["no signed interaction", "config/rcp-bot.toml:2:11", "300"][..]),
        ("[http]\nconnections = 0\n", &["nobody could connect", "config/rcp-bot.toml:2:15"]),
        ("[discord]\ndeaf_after = 30\n", &["deaf", "config/rcp-bot.toml:2:14", "52"]),
        (
            "[discord]\nattachment_hosts = [\"https://cdn.example\"]\n",
            &["https://cdn.example", "config/rcp-bot.toml:2:20", "the host alone"],
        ),
        (
            "[discord]\nattachment_hosts = [\"cdn.example\", \"münchen.example\"]\n",
            &["xn--mnchen-3ya.example", "config/rcp-bot.toml:2:20"],
        ),
        ("[discord]\ncontact = \"me\"\n", &["is no address", "config/rcp-bot.toml:2:11", "https://example.org"]),
        ("[discord]\ncontact = \"\"\n", &["is no address", "config/rcp-bot.toml:2:11"]),
        ("[discord]\ncontact = \"https://example.org/\\na\"\n", &["in a header", "config/rcp-bot.toml:2:11"]),
        ("state = \"$HOME/state\"\n", &["$HOME/state", "config/rcp-bot.toml:1:9", "whole path"]),
        ("state = \"\"\n", &["an empty path", "config/rcp-bot.toml:1:9", "leave the setting out"]),
    ] {
        refused(text, &file(text), words).await;
    }
    refused("a folder in the environment", &ask().env("RCP_STATE", "~/state"), &["RCP_STATE", "whole path"]).await;
    let data = Setup::new(&["ask", "/rcp oim"]).file("config/rcp-bot.toml", "[catalogue]\ndata = \"~/data\"\n");
    refused("a folder in the file", &data, &["~/data", "config/rcp-bot.toml:2:8", "whole path"]).await;
    let data = Setup::new(&["ask", "/rcp oim"]).file("config/rcp-bot.toml", "[catalogue]\ndata = \" \"\n");
    refused("no folder at all", &data, &["an empty path", "config/rcp-bot.toml:2:8"]).await;
    // At another Discord heartbeats may come otherwise.
    let sooner = ask().env("RCP_DISCORD__DEAF_AFTER", "8").env("DISCORD_API_URL", "http://127.0.0.1:9");
    assert_eq!(sooner.finish().await.code, Some(0));
}

/// Who wants no bound writes a large number.
#[tokio::test(flavor = "multi_thread")]
async fn s5_numbers_as_large_as_can_be_written_are_no_harm() {
    let discord = LocalDiscord::start(options()).await.expect("it starts");
    let folder = tempfile::tempdir().expect("a folder");
    let largest = i64::MAX.to_string();
    for action in ["run", "serve"] {
        let mut setup = http::setup(&discord, action)
            .env("DISCORD_PUBLIC_KEY", &"0a".repeat(32))
            .env("RCP_CATALOGUE__WATCH", "true")
            .env("RCP_LIMITS__SEARCHES", &u32::MAX.to_string())
            .env("RCP_REVISIONS__URL", &format!("file://{}", folder.path().display()));
        for key in [
            "RCP_CATALOGUE__DEBOUNCE",
            "RCP_CATALOGUE__POLL",
            "RCP_REVISIONS__POLL",
            "RCP_HTTP__MAX_AGE",
            "RCP_HTTP__CONNECTIONS",
            "RCP_DISCORD__DEAF_AFTER",
            "RCP_LINKS__PAUSE",
        ] {
            setup = setup.env(key, &largest);
        }
        let mut bot = setup.start();
        if action == "run" {
            bot.ready(&discord).await;
        }
        // Discord has said READY a moment before the bot has heard it.
        let ready = http::ready(http::address(&bot).await, 200).await;
        for task in ready["tasks"].as_array().expect("tasks") {
            assert!(task["running"] == true && task["restarts"] == 0, "{task}");
        }
        bot.signal("TERM");
        assert_eq!(bot.ended().await, Some(0), "{}", bot.log());
        assert!(!bot.log().contains("panicked"), "{}", bot.log());
    }
}

#[tokio::test]
async fn s5_the_address_of_the_revisions_is_never_shown() {
    let finished = ask().env("RCP_REVISIONS__URL", "s3://key:hush@bucket/a").finish().await;
    assert_eq!(finished.code, Some(2));
    assert!(finished.stderr.contains("RCP_REVISIONS__URL") && !finished.stderr.contains("hush"), "{}", finished.stderr);
}

#[tokio::test]
async fn f16_no_setting_is_passed_over_in_silence() {
    refused(
        "one underscore",
        &ask().env("RCP_LANGUAGE_DEFAULT", "en"),
        &["RCP_LANGUAGE_DEFAULT", "RCP_LANGUAGE__DEFAULT"],
    )
    .await;
    for (name, meant) in [
        ("RCP_LISTEN", "RCP_HTTP__LISTEN"),
        ("RCP_POLL", "RCP_CATALOGUE__POLL or RCP_REVISIONS__POLL"),
        ("RCP_CATALOG_WATCH", "RCP_CATALOGUE__WATCH"),
        ("RCP_CATALOGUE__LISTEN", "RCP_HTTP__LISTEN"),
        ("RCP_DATA_DIR", "RCP_DATA"),
        ("RCP_CONFIG_FILE", "RCP_CONFIG"),
        ("RCP_TOKEN", "DISCORD_TOKEN"),
        ("RCP_PUBLIC_KEY", "DISCORD_PUBLIC_KEY"),
        ("rcp_http__listen", "RCP_HTTP__LISTEN"),
        ("Rcp_Data", "RCP_DATA"),
    ] {
        refused(name, &ask().env(name, "127.0.0.1:1"), &[name, meant]).await;
    }
    // Somebody else's variable is none of ours.
    for name in ["RCP_TESTS_SOMETHING", "RCP_DATABASE_URL", "RCP_LEVEL", "RCP", "RCP_"] {
        assert_eq!(ask().env(name, "1").finish().await.code, Some(0), "{name}");
    }
    refused("a folder", &ask().file("config/rcp-bot.toml/x", ""), &["config/rcp-bot.toml", "a folder"]).await;
    let folder = tempfile::tempdir().expect("a folder");
    let link = folder.path().join("link.toml");
    std::os::unix::fs::symlink(folder.path().join("nowhere.toml"), &link).expect("a link");
    refused("a dangling link", &ask().env("RCP_CONFIG", &link.display().to_string()), &["link.toml"]).await;
}

#[tokio::test]
async fn f16_an_empty_variable_counts_as_unset() {
    let plain = ask().finish().await;
    let mut empty = ask();
    for name in
        ["RCP_CONFIG", "RCP_STATE", "DISCORD_API_URL", "RCP_HTTP__LISTEN", "RCP_MODERATION__GUILDS", "RCP_FOO__BAR"]
    {
        empty = empty.env(name, "");
    }
    let empty = empty.finish().await;
    assert_eq!((empty.code, &empty.stderr), (Some(0), &plain.stderr));
    assert_eq!(empty.stdout, plain.stdout);
    // Nothing but --data: with it, an empty RCP_DATA must not win.
    assert_eq!(ask().env("RCP_DATA", "").finish().await.stdout, plain.stdout);
}

#[tokio::test]
async fn the_environment_writes_values_as_the_file_does_or_as_plain_text() {
    let said = |setup: Setup| async move { setup.finish().await.stdout };
    let english = said(
        Setup::new(&["ask", "/rcp oim", "--json", "--locale", "de"])
            .data(kept::served())
            .env("RCP_LANGUAGE__DEFAULT", "en"),
    )
    .await;
    let quoted = said(
        Setup::new(&["ask", "/rcp oim", "--json", "--locale", "de"])
            .data(kept::served())
            .env("RCP_LANGUAGE__DEFAULT", "\"en\""),
    )
    .await;
    let over_file = said(
        Setup::new(&["ask", "/rcp oim", "--json", "--locale", "de"])
            .data(kept::served())
            .file("config/rcp-bot.toml", "\u{feff}[language]\r\ndefault = \"es\"\r\n")
            .env("RCP_LANGUAGE__DEFAULT", "en"),
    )
    .await;
    let file = said(
        Setup::new(&["ask", "/rcp oim", "--json", "--locale", "de"])
            .data(kept::served())
            .file("config/rcp-bot.toml", "\u{feff}[language]\r\ndefault = \"es\"\r\n"),
    )
    .await;
    assert!(english.contains("IOM"), "{english}");
    assert_eq!((&english, &english), (&quoted, &over_file));
    assert_ne!(english, file);
}

#[tokio::test]
async fn f15_a_token_is_read_whatever_stands_around_it() {
    let discord = LocalDiscord::start(options()).await.expect("it starts");
    let tokenless = || Setup::run(&discord).without("DISCORD_TOKEN");
    let folder = tempfile::tempdir().expect("a folder");
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(TOKEN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("mark", format!("\u{feff}{TOKEN}\r\n").into_bytes()),
        ("wide", wide),
        ("quotes", format!("\"{TOKEN}\"\n").into_bytes()),
        ("line", format!("DISCORD_TOKEN='{TOKEN}'\n").into_bytes()),
        ("lines", format!("# mine\nRUST_LOG=info\nexport DISCORD_TOKEN=“{TOKEN}”\n").into_bytes()),
        ("unseen", format!("\u{200b}{TOKEN}\u{a0}\n").into_bytes()),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        let mut bot = tokenless().env("DISCORD_TOKEN_FILE", &path.display().to_string()).start();
        bot.ready(&discord).await;
        bot.stop().await;
    }
    let mut bot = tokenless().env("DISCORD_TOKEN", &format!("\"{TOKEN}\"")).start();
    bot.ready(&discord).await;
    bot.stop().await;

    let empty = folder.path().join("empty");
    fs::write(&empty, "\u{feff}\n").expect("written");
    refused("an empty file", &tokenless().env("DISCORD_TOKEN_FILE", &empty.display().to_string()), &["empty is empty"])
        .await;
    let before = discord.requests().len();
    refused("no token's form", &tokenless().env("DISCORD_TOKEN", "abc"), &["DISCORD_TOKEN", "form of a token"]).await;
    for setup in [tokenless().env("DISCORD_TOKEN_FILE", "/dev/zero"), tokenless().env("RCP_CONFIG", "/dev/zero")] {
        refused("without end", &setup, &["/dev/zero", "more than"]).await;
    }
    let two = folder.path().join("two");
    fs::write(&two, format!("{TOKEN}\n{TOKEN}\n")).expect("written");
    let two = two.display().to_string();
    refused("two tokens", &tokenless().env("DISCORD_TOKEN_FILE", &two), &["DISCORD_TOKEN_FILE", "line breaks"]).await;
    let both = tokenless().env("DISCORD_TOKEN_FILE", &two).env("DISCORD_TOKEN", "${DISCORD_TOKEN}");
    refused("both", &both, &["DISCORD_TOKEN (which counts before DISCORD_TOKEN_FILE)", "placeholder"]).await;
    refused("another name", &tokenless().env("DISCORD_BOT_TOKEN", TOKEN), &["DISCORD_BOT_TOKEN is not read"]).await;
    assert_eq!(discord.requests().len(), before, "Discord was asked");
}

/// Every key that `config/rcp-bot.toml` describes is one, and every key is described there.
#[test]
fn the_shipped_file_describes_every_key_and_no_other() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rcp-bot.toml")).expect("it is there");
    // A key is commented out without a space after the hash; an explanation has one.
    let live: Vec<&str> = text
        .lines()
        .map(|line| line.strip_prefix('#').filter(|rest| rest.starts_with(|one: char| one != ' ')).unwrap_or(line))
        .collect();
    let settings: Result<rcp_bot::settings::Settings, _> = toml::from_str(&live.join("\n"));
    settings.expect("every key that is described is one");
    for (table, key) in [
        ("catalogue", "nothing"),
        ("discord", "nothing"),
        ("http", "nothing"),
        ("language", "nothing"),
        ("limits", "nothing"),
        ("log", "nothing"),
        ("moderation", "nothing"),
        ("revisions", "nothing"),
    ] {
        let error =
            toml::from_str::<rcp_bot::settings::Settings>(&format!("[{table}]\n{key} = 1\n")).expect_err("unknown");
        let keys = error.message().split('`').skip(3).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        assert!(!keys.is_empty(), "{error}");
        for key in keys {
            let described = text.contains(&format!("\n#{key} = ")) || text.contains(&format!("\n#[{table}.{key}]"));
            assert!(described, "[{table}] {key} is not described");
        }
    }
}
