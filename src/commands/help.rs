//! `/rcp aide`: what can be asked, with examples that work when typed.

use crate::reply::{Budget, Embed, Lines, Reply, colour};

use crate::commands::cited;
use crate::commands::declaration::Command;
use crate::commands::reader::{Reader, Rows};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// `/rcp aide` takes no option.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "aide", en: "help", es: "ayuda" }, options: &[], answer, costly: false };

fn answer(_: &Reader<'_>, _: &Invocation) -> Result<View, Refusal> {
    Ok(View::Help {})
}

/// Examples, each in a line that can be copied.
pub(super) fn show(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let voice = reader.voice;
    let rows = Rows::default().buttons(vec![
        reader.open(0, voice.say("button-commands"), View::Commands { page: 0 }).emoji("📋"),
        reader.open(0, voice.say("button-all-terms"), View::Glossary { page: 0 }).emoji("📖"),
        reader.share_or_delete(View::Help {}),
    ]);
    let footer = reader.dated();
    let examples = voice.say("help-examples");
    let examples: Vec<String> = examples.lines().map(|line| line.trim().to_owned()).collect();
    let embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &voice.say("help-title"), &footer)
        .description(&format!("{}\n{}", voice.say("help-text"), cited::COMMAND.on_messages(voice)))
        .items(&voice.say("about-examples"), Lines::below(examples));
    Ok(reader.reply(embed, rows))
}
