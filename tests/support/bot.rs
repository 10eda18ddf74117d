//! The real binary against a local Discord, and what its answers are compared with: the catalogue read through the
//! library, and the facts beside the repository.
//!
//! The bot runs in a folder of its own and sees nothing of the surrounding environment, so that neither a proxy nor a
//! token of the machine can reach it. What it writes goes to files there; a failing test shows them.

use std::fs::{self, File};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use local_discord::{LocalDiscord, Message, Options, Outcome, Person};
use rcp_bot::catalogue::{Files, Language};
use rcp_bot::commands::{CustomId, View};
use rcp_bot::language::Voice;
use rcp_bot::snapshot::{Origin, Snapshot};
use serde_json::Value;
use tempfile::TempDir;

use super::kept;
use super::left_out::{Lacks, left_out};

/// How long anything that must come is waited for. Generous: it only bounds a failing test.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// How often a process is looked at while it is waited for.
const LOOK: Duration = Duration::from_millis(5);

/// The token that the local Discord expects, in the form of Discord's own.
pub const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GlOcAl.opens-nothing-but-the-local-discord";

// --- The binary ------------------------------------------------------------------------------------------------------

/// How the binary is to be started.
#[derive(Clone, Debug)]
pub struct Setup {
    program: PathBuf,
    /// What a shell does before it becomes the program.
    shell: Option<String>,
    /// The user whose process it is; ours without one.
    user: Option<u32>,
    /// Whether another process reads what it writes to standard error.
    read: bool,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    files: Vec<(String, String)>,
}

impl Setup {
    /// The binary with these arguments, in an empty folder and an empty environment.
    pub fn new(arguments: &[&str]) -> Setup {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let program = PathBuf::from(env!("CARGO_BIN_EXE_rcp-bot"));
        let (environment, files) = (Vec::new(), Vec::new());
        Setup { program, shell: None, user: None, read: false, arguments, environment, files }
    }

    /// Another program, such as one of another version.
    pub fn program(mut self, program: &Path) -> Setup {
        program.clone_into(&mut self.program);
        self
    }

    /// Lets a shell do this (`ulimit`, `trap`) before it becomes the program.
    pub fn shell(mut self, before: &str) -> Setup {
        self.shell = Some(before.to_owned());
        self
    }

    /// Runs it as this user; only root may.
    pub fn user(mut self, user: Option<u32>) -> Setup {
        self.user = user;
        self
    }

    /// Standard error is a pipe, which another process reads ([`Bot::lose_reader`]).
    pub fn read_by_another(mut self) -> Setup {
        self.read = true;
        self
    }

    /// `rcp-bot run` with the tests' own catalogue, against this Discord. Hundreds of programs are started by the tests, and
    /// most of the time of a start goes into the size of a catalogue.
    pub fn run(discord: &LocalDiscord) -> Setup {
        let setup = Setup::new(&["run"]).data(kept::served()).env("DISCORD_API_URL", &discord.url());
        // Tests ask faster than people.
        setup.env("DISCORD_TOKEN", discord.token()).env("RCP_LIMITS__SEARCHES", "0")
    }

    /// The same with another subcommand.
    pub fn with_action(mut self, action: &str) -> Setup {
        if let Some(first) = self.arguments.first_mut() {
            action.clone_into(first);
        }
        self
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: &str) -> Setup {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Names the folder of the catalogue; a later one takes the place of an earlier one.
    pub fn data(mut self, folder: &Path) -> Setup {
        const OPTION: &str = "--data";
        if let Some(place) = self.arguments.iter().position(|argument| argument == OPTION) {
            self.arguments.drain(place..place + 2);
        }
        self.arg(OPTION).arg(folder.to_str().expect("the folder's path is text"))
    }

    /// Sets an environment variable; a later value replaces an earlier one.
    pub fn env(mut self, name: &str, value: &str) -> Setup {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes an environment variable away.
    pub fn without(mut self, name: &str) -> Setup {
        self.environment.retain(|(known, _)| known != name);
        self
    }

    /// Puts a file into the working folder.
    pub fn file(mut self, path: &str, content: &str) -> Setup {
        self.files.push((path.to_owned(), content.to_owned()));
        self
    }

    /// Starts the binary.
    pub fn start(&self) -> Bot {
        let folder = TempDir::new().expect("a temporary folder can be made");
        for (path, content) in &self.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder can be made");
            fs::write(path, content).expect("a file can be written");
        }
        let output = |name: &str| File::create(folder.path().join(name)).expect("a file can be written");
        let mut reader = self.read.then(|| {
            let mut reader = Command::new("cat");
            reader.stdin(Stdio::piped()).stdout(output(STDERR)).spawn().expect("a reader starts")
        });
        let pipe = reader.as_mut().and_then(|reader| reader.stdin.take());
        let mut command = match &self.shell {
            Some(before) => {
                let mut shell = Command::new("/bin/sh");
                shell.arg("-c").arg(format!("{before}; exec \"$0\" \"$@\"")).arg(&self.program);
                shell
            }
            None => Command::new(&self.program),
        };
        if let Some(user) = self.user {
            chown(folder.path(), Some(user), Some(user)).expect("root may give it away");
            command.uid(user).gid(user);
        }
        let child = command
            .args(&self.arguments)
            .current_dir(folder.path())
            .env_clear()
            .env("RUST_LOG", "warn")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(output(STDOUT))
            .stderr(pipe.map_or_else(|| output(STDERR).into(), Stdio::from))
            .spawn()
            .expect("the binary starts");
        Bot { child, reader, folder }
    }

    /// Runs the binary to its end.
    pub async fn finish(&self) -> Finished {
        let mut bot = self.start();
        let code = bot.ended().await;
        Finished { code, stdout: bot.read(STDOUT), stderr: bot.read(STDERR) }
    }
}

const STDOUT: &str = "stdout.txt";
const STDERR: &str = "stderr.txt";

/// What the binary left behind.
#[derive(Debug)]
pub struct Finished {
    /// Its exit code; `None` after a signal that it did not handle.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

/// The running binary. It is killed when this is dropped.
pub struct Bot {
    child: Child,
    reader: Option<Child>,
    folder: TempDir,
}

impl Bot {
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written to standard error so far.
    pub fn log(&self) -> String {
        self.read(STDERR)
    }

    /// What it has written to standard output so far.
    pub fn out(&self) -> String {
        self.read(STDOUT)
    }

    fn read(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join(name)).unwrap_or_default()).into_owned()
    }

    /// Ends who reads its standard error, if somebody does: nobody takes what it writes there any more.
    pub fn lose_reader(&mut self) {
        if let Some(mut reader) = self.reader.take() {
            // It fails only if it has ended already.
            let _ = reader.kill();
            let _ = reader.wait();
        }
    }

    /// Whether it is still running.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child can be waited for").is_none()
    }

    /// Sends it a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        // The shell's own kill is everywhere, the program is not.
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.id())).status();
        assert!(sent.is_ok_and(|status| status.success()), "SIG{name} could not be sent");
    }

    /// Kills it at once, without a shell in between.
    pub fn kill(&mut self) {
        // It fails only where it has ended already.
        let _ = self.child.kill();
    }

    /// Waits until it has ended and returns its exit code; `None` after a signal that it did not handle.
    pub async fn ended(&mut self) -> Option<i32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                if let Some(reader) = &mut self.reader {
                    // It ends with what it reads; then the log is whole.
                    reader.wait().expect("a child can be waited for");
                }
                return status.code();
            }
            assert!(start.elapsed() < DEADLINE, "the bot did not end");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until the bot has its READY from this Discord.
    pub async fn ready(&mut self, discord: &LocalDiscord) {
        let ready = discord.wait_for_ready();
        tokio::pin!(ready);
        loop {
            tokio::select! {
                ready = &mut ready => return ready.expect("the bot connects to the gateway"),
                () = tokio::time::sleep(LOOK) => assert!(self.is_running(), "the bot ended before its READY"),
            }
        }
    }

    /// Stops it with SIGTERM, which must end it with exit code 0, and returns what it wrote to standard error.
    pub async fn stop(mut self) -> String {
        assert!(self.is_running(), "the bot ended before it was told to");
        self.signal("TERM");
        assert_eq!(self.ended().await, Some(0), "the exit code after SIGTERM");
        self.log()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(reader) = &mut self.reader {
            let _ = reader.wait();
        }
        if std::thread::panicking() {
            eprintln!("--- what the bot wrote to standard error:\n{}---", self.log());
        }
    }
}

// --- A local Discord with the bot in it ------------------------------------------------------------------------------

/// A local Discord, all its judges, and the bot in it.
pub struct Stage {
    /// The bot; dropped before the server, so that it does not miss it.
    pub bot: Bot,
    /// The server.
    pub discord: LocalDiscord,
}

/// The options of a local Discord that judges strictly and leaves a loaded machine time for its answers.
pub fn options() -> Options {
    Options {
        token: Some(TOKEN.to_owned()),
        judges: super::judges::all(),
        response_limit: DEADLINE,
        patience: DEADLINE,
        ..Options::default()
    }
}

impl Stage {
    /// The bot with its default settings and the tests' own catalogue, in which there is OCAM: for what hangs on no catalogue.
    pub async fn new() -> Stage {
        Stage::with(options(), |setup| setup).await
    }

    /// The bot with its default settings and the repository's catalogue: for what people read.
    pub async fn shipped() -> Stage {
        Stage::with(options(), |setup| setup.data(&data())).await
    }

    /// The bot with other settings.
    pub async fn with(options: Options, change: impl FnOnce(Setup) -> Setup) -> Stage {
        let discord = LocalDiscord::start(options).await.expect("a port can be opened");
        let mut bot = change(Setup::run(&discord)).start();
        bot.ready(&discord).await;
        Stage { bot, discord }
    }

    /// A person whose Discord speaks this language.
    pub fn person(&self, language: Language) -> Person {
        self.discord.person("Amina").locale(locale(language))
    }

    /// Asserts that no payload was refused so far, that the bot lives and still answers, and stops it.
    pub async fn finish(mut self) -> String {
        assert!(self.bot.is_running(), "the bot ended");
        let still = self.person(Language::Fr).run("rcp oim", &[]).await.expect("the command is registered");
        assert_eq!(title(&message(&still)), voice(Language::Fr).say("iom-title"));
        assert!(self.discord.refusals().is_empty(), "payloads were refused: {:#?}", self.discord.refusals());
        self.bot.stop().await
    }
}

/// Waits until `look` is true of the server, looking again whenever anything in it changes.
pub async fn until(discord: &LocalDiscord, what: &str, look: impl Fn(&LocalDiscord) -> bool) {
    let mut changes = discord.changes();
    let waited = async {
        while !look(discord) {
            changes.changed().await.expect("the server lives");
        }
    };
    tokio::time::timeout(DEADLINE, waited).await.unwrap_or_else(|_| panic!("this never came about: {what}"));
}

// --- What an answer shows --------------------------------------------------------------------------------------------

/// The message that answers.
pub fn message(outcome: &Outcome) -> Message {
    assert!(outcome.is_answered(), "there was no answer to {:#}", outcome.interaction());
    outcome.message().unwrap_or_else(|| panic!("no message answers: {outcome:#?}"))
}

/// The message that answers, which everyone sees.
pub fn public(outcome: &Outcome) -> Message {
    let message = message(outcome);
    assert!(!message.is_ephemeral(), "this should be public: {:#}", message.json);
    message
}

/// The message that answers, which only the person sees.
pub fn private(outcome: &Outcome) -> Message {
    let message = message(outcome);
    assert!(message.is_ephemeral(), "this should be private: {:#}", message.json);
    message
}

/// The title of the message's embed.
pub fn title(message: &Message) -> &str {
    message.embeds().first().and_then(|embed| embed["title"].as_str()).unwrap_or_default()
}

/// Every text of the message's embeds, one below the other.
pub fn text(message: &Message) -> String {
    let mut texts: Vec<&str> = vec![message.content()];
    for embed in message.embeds() {
        texts.extend([&embed["title"], &embed["description"]].into_iter().filter_map(Value::as_str));
        for field in embed["fields"].as_array().into_iter().flatten() {
            texts.extend([&field["name"], &field["value"]].into_iter().filter_map(Value::as_str));
        }
        texts.extend(embed["footer"]["text"].as_str());
    }
    texts.join("\n")
}

/// The value of the first field whose name ends with this text.
pub fn field<'m>(message: &'m Message, name: &str) -> Option<&'m str> {
    let fields = message.embeds().iter().flat_map(|embed| embed["fields"].as_array().into_iter().flatten());
    let ends_so = |field: &&Value| field["name"].as_str().is_some_and(|text| text.ends_with(name));
    fields.into_iter().find(ends_so).and_then(|field| field["value"].as_str())
}

/// The `custom_id` of the first button with this emoji that can be pressed.
pub fn emoji(message: &Message, emoji: &str) -> Option<String> {
    let mut buttons = message.components().into_iter();
    let button = buttons.find(|one| one["emoji"]["name"] == emoji && one["disabled"] != true && one["type"] == 2)?;
    button["custom_id"].as_str().map(str::to_owned)
}

/// The `custom_id` of the component with this label or placeholder.
pub fn labelled(message: &Message, label: &str) -> String {
    let custom_id = message.custom_id_of(label);
    custom_id.unwrap_or_else(|| panic!("nothing is called {label:?} in {:#}", message.json)).to_owned()
}

/// The values of the menu with this placeholder.
pub fn menu(message: &Message, placeholder: &str) -> Vec<String> {
    let components = message.components();
    let menu = components.iter().find(|one| one["placeholder"] == placeholder);
    let options = menu.map(|menu| menu["options"].as_array().into_iter().flatten()).into_iter().flatten();
    options.filter_map(|option| option["value"].as_str()).map(str::to_owned).collect()
}

/// The views in all menus.
pub fn offered(message: &Message) -> Vec<View> {
    let components = message.components();
    let options = components.iter().flat_map(|one| one["options"].as_array().into_iter().flatten());
    options.filter_map(|option| option["value"].as_str()?.parse().ok()).collect()
}

fn targets(message: &Message) -> Vec<CustomId> {
    let components = message.components();
    components.iter().filter_map(|one| one["custom_id"].as_str()?.parse().ok()).collect()
}

/// The view that a private answer shows: the one that its Share button would share.
pub fn shared_view(message: &Message) -> Option<View> {
    targets(message).into_iter().find_map(|target| match target {
        CustomId::Share { view, .. } => Some(view),
        _ => None,
    })
}

/// The process whose card this is: the one whose members its button shows.
pub fn card(message: &Message) -> Option<String> {
    targets(message).into_iter().find_map(|target| match target {
        CustomId::Open { view: View::Members { id, .. }, .. } => Some(id),
        _ => None,
    })
}

// --- What answers are compared with ----------------------------------------------------------------------------------

/// The repository's catalogue.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(load);

/// The repository's catalogue as the library reads it.
pub fn snapshot() -> &'static Snapshot {
    &SNAPSHOT
}

/// Reads the repository's catalogue anew.
pub fn load() -> Snapshot {
    let (files, problems) = Files::read(&data());
    let (snapshot, report) = Snapshot::build(&files, problems, Origin::Folder, rcp_bot::clock::today());
    let errors: Vec<String> = report.errors().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "the catalogue has errors:\n{}", errors.join("\n"));
    snapshot.expect("a catalogue without errors can be served")
}

/// Speaks a language as the bot does.
pub fn voice(language: Language) -> Voice<'static> {
    snapshot().messages.voice(language)
}

/// A Discord locale of a language.
pub fn locale(language: Language) -> &'static str {
    match language {
        Language::Fr => "fr",
        Language::En => "en-US",
        Language::Es => "es-ES",
    }
}

/// A file of the facts beside the repository; stderr says so where it is absent.
pub fn facts(file: &str) -> Option<toml::Table> {
    // A worktree stands one level deeper than the repository.
    let folders = ["../shared/facts", "../../shared/facts"];
    let paths = folders.map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(file));
    let text = paths.iter().find_map(|path| fs::read_to_string(path).ok());
    if text.is_none() {
        left_out(
            Lacks::Paper,
            &format!("shared/facts/{file} is absent: answers are compared with the catalogue alone"),
        );
    }
    text.map(|text| text.parse().expect("the facts are TOML"))
}

/// The tables of one list of the facts.
pub fn rows<'f>(facts: &'f toml::Table, list: &str) -> Vec<&'f toml::Table> {
    let list = facts.get(list).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(toml::Value::as_table).collect()
}

/// A text of a row of the facts.
pub fn fact<'f>(row: &'f toml::Table, key: &str) -> Option<&'f str> {
    row.get(key).and_then(toml::Value::as_str)
}

/// The text without accents.
pub fn unaccented(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    text.nfd().filter(|character| !is_combining_mark(*character)).collect()
}

/// What is left of a name when case, accents and all but letters and digits are gone: two names that agree in this
/// cannot be told apart by what people type.
pub fn bare(name: &str) -> String {
    unaccented(name).to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect()
}
