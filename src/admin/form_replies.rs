//! What moderators are told about forms. All of it is private.

use crate::admin::form_button::{EditKind, FormButton};
use crate::admin::typed::Wrong;
use crate::catalogue::{Language, Process};
use crate::commands::Submitted;
use crate::language::Voice;
use crate::reply::{Budget, Button, Embed, File, Reply, ReplyKind, Style, colour, cut, escape};

/// What a reply may take, one row of buttons left aside.
const ROOM: Budget = Budget { characters: Budget::FACE.characters, height: Budget::FACE.height - 80 };

/// How much of what was typed is shown, in characters.
const SHOWN: usize = 80;

fn refusal(title: &str, text: &str) -> Reply {
    let embed = Embed::within(ROOM, &[], colour::REFUSAL, title, "").description(text);
    Reply { kind: ReplyKind::Refusal, ..Reply::of(embed).private() }
}

/// A form that is not there.
pub(crate) fn unknown(voice: Voice<'_>) -> Reply {
    refusal(&voice.say("press-foreign"), &voice.say("press-foreign-help"))
}

/// No process goes by that name.
pub(crate) fn no_process(voice: Voice<'_>, typed: &str) -> Reply {
    let title = voice.say_with("none-found-process", [("typed", escape(&cut(typed, SHOWN)).into())]);
    refusal(&title, &voice.say("form-no-process-text"))
}

/// The process was there when the form was opened.
pub(crate) fn process_gone(voice: Voice<'_>, typed: &[(String, String)]) -> Reply {
    with_typed(voice, refusal(&voice.say("form-gone"), &voice.say("form-gone-text")), typed, None)
}

/// The report from which the form was opened is not kept any more.
pub(crate) fn report_gone(voice: Voice<'_>, typed: &[(String, String)]) -> Reply {
    with_typed(voice, refusal(&voice.say("form-report-gone"), &voice.say("form-report-gone-text")), typed, None)
}

/// What is kept beside the revisions cannot be read now: the reply that says so, with what was typed.
pub(crate) fn unreadable(voice: Voice<'_>, reply: Reply, form: &Submitted) -> Reply {
    with_typed(voice, reply, &form.typed, None)
}

/// What was typed is not kept any more.
pub(crate) fn draft_gone(voice: Voice<'_>) -> Reply {
    refusal(&voice.say("form-draft-gone"), &voice.say("form-draft-gone-text"))
}

/// What the form changes was changed by somebody else meanwhile.
pub(crate) fn overtaken(
    voice: Voice<'_>,
    kind: EditKind,
    process: &Process,
    typed: &[(String, String)],
    again: Option<String>,
) -> Reply {
    let what = voice.say(&format!("form-kind-{}", kind.key()));
    let values = [("what", what.into()), ("name", voice.process_short(process).into())];
    let reply = refusal(&voice.say("admin-overtaken"), &voice.say_with("form-overtaken-text", values));
    with_typed(voice, reply, typed, again)
}

/// Fields that are mistyped: each by its label, with why.
pub(crate) fn mistyped(
    voice: Voice<'_>,
    process: &Process,
    wrong: &[Wrong],
    typed: &[(String, String)],
    again: Option<String>,
) -> Reply {
    let title = voice.say_with("form-wrong", [("name", voice.process_short(process).into())]);
    let lines = wrong.iter().map(|wrong| {
        let label = voice.say(&format!("form-field-{}", wrong.field));
        let known = wrong.known.iter().map(|known| escape(known)).collect::<Vec<_>>().join(", ");
        let values = [("typed", escape(&cut(&wrong.typed, SHOWN)).into()), ("known", cut(&known, 220).into())];
        let why = voice.say_with(&format!("form-wrong-{}", wrong.why), values);
        let near = match wrong.why {
            "unknown" | "several" if !known.is_empty() => {
                format!(" {}", voice.say_with("form-near", [("known", cut(&known, 160).into())]))
            }
            _ => String::new(),
        };
        format!("• {}", voice.labelled(&format!("**{label}**"), &format!("{why}{near}")))
    });
    let text = lines.take(6).collect::<Vec<_>>().join("\n");
    with_typed(voice, refusal(&title, &text), typed, again)
}

/// What was typed is never lost: a button opens the form again; where that cannot be kept, a file holds it.
fn with_typed(voice: Voice<'_>, mut reply: Reply, typed: &[(String, String)], again: Option<String>) -> Reply {
    match again {
        Some(draft) => {
            let button = Button::press(voice.say("admin-button-form-again"), FormButton::Again { draft }.encode(0));
            reply.buttons(vec![button.style(Style::Primary).emoji("✏️")])
        }
        None if typed.is_empty() => reply,
        None => {
            let lines = typed.iter().map(|(field, text)| format!("{field}: {}\n", cut(text, 4_000)));
            reply.files.push(File { name: "form.txt".to_owned(), content: lines.collect::<String>().into_bytes() });
            reply
        }
    }
}

/// A proposal with what a moderator should know besides: the languages that lack a wording, and a former chair that the
/// history does not hold.
pub(crate) fn with_remarks(
    voice: Voice<'_>,
    mut reply: Reply,
    lacking: &[Language],
    former_not_kept: bool,
    again: Option<String>,
) -> Reply {
    let mut remarks = Vec::new();
    if !lacking.is_empty() {
        let name = |language: &Language| voice.say(&format!("language-{language}"));
        // English writes them with a capital wherever they stand.
        let languages = lacking.iter().map(|language| match voice.language {
            Language::En => name(language),
            Language::Fr | Language::Es => name(language).to_lowercase(),
        });
        let languages = languages.collect::<Vec<_>>().join(", ");
        remarks.push(voice.say_with("form-lacking", [("languages", languages.into())]));
    }
    if former_not_kept {
        remarks.push(voice.say("form-former-not-kept"));
    }
    if !remarks.is_empty()
        && let Some(embed) = reply.embeds.pop()
    {
        let remarks = remarks.iter().map(|remark| format!("ℹ️ {remark}")).collect::<Vec<_>>().join("\n");
        reply.embeds.push(remarked(embed, &remarks));
    }
    match again {
        Some(draft) => {
            let button = Button::press(voice.say("admin-button-form-again"), FormButton::Again { draft }.encode(9));
            reply.buttons(vec![button.emoji("✏️")])
        }
        None => reply,
    }
}

/// An embed with remarks above the block of code in which it shows a difference, which gives up as many of its last lines
/// as they need.
fn remarked(embed: Embed, remarks: &str) -> Embed {
    let text = embed.text().to_owned();
    let embed = embed.description("");
    let (above, block) = text.split_once("```").map_or((text.as_str(), None), |(above, block)| (above, Some(block)));
    let above = format!("{}\n{remarks}", above.trim_end());
    let Some(block) = block else { return embed.description(&above) };
    let mut lines: Vec<&str> = block.trim_end_matches(['`', '\n']).lines().collect();
    let mut left_out = 0_usize;
    if let Some(number) = lines.last().and_then(|last| last.strip_prefix("… + ")?.parse::<usize>().ok()) {
        left_out = number;
        lines.pop();
    }
    // The first line names the language of the block.
    while lines.len() > 1 {
        let more = if left_out > 0 { format!("\n… + {left_out}") } else { String::new() };
        let text = format!("{above}\n```{}{more}\n```", lines.join("\n"));
        if embed.fits(&text) {
            return embed.description(&text);
        }
        lines.pop();
        left_out += 1;
    }
    embed.description(&above)
}
