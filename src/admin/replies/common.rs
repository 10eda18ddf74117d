//! What replies to moderators have in common: how they look, how much they take, how a text is kept harmless.

use crate::language::Voice;
use crate::reply::{Budget, Button, Embed, File, Reply, ReplyKind, Style, colour, cut, escape};

use crate::admin::button::AdminButton;
use crate::publishing::Actor;

/// What a reply to a moderator may take: what an answer may, but for a menu and a row of buttons, which may come in two
/// lines.
pub(crate) const ROOM: Budget = Budget { characters: Budget::FACE.characters, height: Budget::FACE.height - 132 };

/// The same where files come with it, each of which takes a line of its own.
pub(crate) const ROOM_WITH_FILES: Budget = Budget { characters: ROOM.characters, height: ROOM.height - 2 * FILE };

/// How high a file stands on a phone, in pixels.
const FILE: usize = 70;

/// How many names of files a reply lists.
const FEW: usize = 5;

/// How much of a warning, or of what a library says, is shown in running text, in characters.
pub(crate) const SAID: usize = 160;

/// How much of a report is attached, in bytes: two of them stay below the 10 MiB that Discord takes of a bot.
pub(crate) const ATTACHED: usize = 4 * 1024 * 1024;

/// How much of one line is shown, in characters.
pub(crate) const LINE: usize = 200;

pub(crate) fn told(voice: Voice<'_>, kind: ReplyKind, title: &str, text: &str) -> Reply {
    told_with(kind, &voice.say(title), text)
}

pub(crate) fn told_with(kind: ReplyKind, title: &str, text: &str) -> Reply {
    let embed = Embed::within(ROOM, &[], colour_of(kind), title, "").description(text);
    Reply { kind, ..Reply::of(embed).private() }
}

/// A refusal that is nobody's mistake: things have changed meanwhile.
pub(crate) fn apart(voice: Voice<'_>, title: &str, text: &str) -> Reply {
    let embed = Embed::within(ROOM, &[], colour::UNKNOWN, &voice.say(title), "").description(text);
    Reply { kind: ReplyKind::Refusal, ..Reply::of(embed).private() }
}

/// Red is for what went wrong.
pub(crate) fn colour_of(kind: ReplyKind) -> u32 {
    match kind {
        ReplyKind::Answer | ReplyKind::Question => colour::GENERAL,
        ReplyKind::Refusal | ReplyKind::Apology => colour::REFUSAL,
    }
}

/// Who did something, as a message names them.
pub(crate) fn who(voice: Voice<'_>, actor: &Actor) -> String {
    match actor {
        Actor::Person { user, name, .. } => match user.parse::<u64>() {
            Ok(id) => format!("<@{id}>"),
            Err(_) => escape(name),
        },
        Actor::Start => voice.say("admin-by-start"),
        Actor::Signal => voice.say("admin-by-signal"),
        Actor::Watch => voice.say("admin-by-watch"),
        Actor::Other => voice.say("admin-by-other"),
        Actor::Unknown => voice.say("not-known"),
    }
}

/// A text file of these entries, each with a line's end, as far as Discord takes it; then how many more there are.
pub(crate) fn attached(name: &str, entries: impl ExactSizeIterator<Item = String>) -> File {
    let mut content = String::new();
    let mut left = entries.len();
    for entry in entries {
        if content.len() + entry.len() > ATTACHED {
            content.push_str(&format!("… + {left}\n"));
            break;
        }
        content.push_str(&entry);
        content.push('\n');
        left -= 1;
    }
    // What an entry ends with already is its own; one line's end is enough at the end of a file.
    while content.ends_with("\n\n") {
        content.pop();
    }
    File { name: name.to_owned(), content: content.into_bytes() }
}

/// The first of a list, and how many more there are.
pub(crate) fn few(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(FEW).map(|name| escape(name)).collect();
    let more = names.len().saturating_sub(FEW);
    if more > 0 { format!("{} … + {more}", shown.join(", ")) } else { shown.join(", ") }
}

/// A text that cannot end the block or the mark of code in which it stands.
pub(crate) fn harmless(text: &str) -> String {
    text.replace('`', "ˋ")
}

/// A short text as code; it cannot end it.
pub(crate) fn as_code(text: &str, most: usize) -> String {
    format!("`{}`", harmless(&cut(text, most)))
}

/// What a library or the system says, short and harmless.
pub(crate) fn words_of(error: &str) -> String {
    escape(&cut(error, SAID))
}

/// The buttons with which a proposal is decided.
pub(crate) fn to_publish(voice: Voice<'_>, proposal: &str, base: &str) -> Vec<Button> {
    let publish = AdminButton::Publish { proposal: proposal.to_owned(), base: base.to_owned() };
    let discard = AdminButton::Discard { proposal: proposal.to_owned() };
    vec![
        Button::press(voice.say("admin-button-publish"), publish.encode(0)).style(Style::Primary),
        Button::press(voice.say("admin-button-discard"), discard.encode(1)),
    ]
}
