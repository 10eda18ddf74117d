//! What moderators are told about forms. All of it is private.

use crate::admin::form::FormSubject;
use crate::admin::form_button::{EditKind, FormButton};
use crate::admin::typed::Wrong;
use crate::catalogue::Language;
use crate::commands::{InteractionData, Submitted};
use crate::language::Voice;
use crate::reply::{Budget, Button, Embed, File, Reply, ReplyKind, Style, colour, cut, escape};
use crate::snapshot::Snapshot;

/// What a reply may take, one row of buttons left aside.
const ROOM: Budget = Budget { characters: Budget::FACE.characters, height: Budget::FACE.height - 80 };

/// How much of what was typed is shown, in characters.
const SHOWN: usize = 80;

/// How much of the first difference is seen at least, in characters.
const LEAST_SEEN: usize = 30;

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

/// What the form is about was there when the form was opened.
pub(crate) fn subject_gone(voice: Voice<'_>, typed: &[(String, String)]) -> Reply {
    with_typed(voice, refusal(&voice.say("form-gone"), &voice.say("form-gone-text")), typed, None)
}

/// A form that is none of the global meetings.
pub(crate) fn none_of_global_meetings(voice: Voice<'_>) -> Reply {
    refusal(&voice.say("file-meetings"), &voice.say("form-only-meetings"))
}

/// The report from which the form was opened is not kept any more.
pub(crate) fn report_gone(voice: Voice<'_>, typed: &[(String, String)]) -> Reply {
    with_typed(voice, refusal(&voice.say("form-report-gone"), &voice.say("form-report-gone-text")), typed, None)
}

/// What is kept beside the revisions cannot be read now: the reply that says so, with what was typed.
pub(crate) fn unreadable(voice: Voice<'_>, reply: Reply, form: &Submitted) -> Reply {
    with_typed(voice, reply, &form.typed, None)
}

/// A refusal before anything was read: if a form was sent, with what was typed into it.
pub(crate) fn keeping(voice: Voice<'_>, reply: Reply, data: &InteractionData) -> Reply {
    match data {
        InteractionData::Modal(form) => with_typed(voice, reply, &form.typed, None),
        _ => reply,
    }
}

/// What was typed is not kept any more.
pub(crate) fn draft_gone(voice: Voice<'_>) -> Reply {
    refusal(&voice.say("form-draft-gone"), &voice.say("form-draft-gone-text"))
}

/// What the form changes was changed by somebody else meanwhile.
pub(crate) fn overtaken(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    kind: EditKind,
    subject: FormSubject<'_>,
    typed: &[(String, String)],
    again: Option<String>,
) -> Reply {
    let what = voice.say(&format!("form-kind-{}", kind.key()));
    let values = [("what", what.into()), ("name", subject.name(snapshot, voice).into())];
    let reply = refusal(&voice.say("admin-overtaken"), &voice.say_with("form-overtaken-text", values));
    with_typed(voice, reply, typed, again)
}

/// Fields that are mistyped: each by its label, with why.
pub(crate) fn mistyped(
    snapshot: &Snapshot,
    voice: Voice<'_>,
    subject: FormSubject<'_>,
    wrong: &[Wrong],
    typed: &[(String, String)],
    again: Option<String>,
) -> Reply {
    let title = voice.say_with("form-wrong", [("name", subject.name(snapshot, voice).into())]);
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

/// What a moderator should know besides the difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Remarks {
    /// The languages that lack a wording.
    pub lacking: Vec<Language>,
    /// The former chair was an organisation, which the history does not hold.
    pub former_not_kept: bool,
    /// A global meeting got no number; the number that its title would have to say.
    pub unnumbered: Option<u8>,
    /// Notes on the series of the global meetings speak of its meetings, and may be wrong by now.
    pub series_notes: bool,
}

/// A proposal with what a moderator should know besides.
pub(crate) fn with_remarks(voice: Voice<'_>, mut reply: Reply, known: &Remarks, again: Option<String>) -> Reply {
    let Remarks { lacking, former_not_kept, unnumbered, series_notes } = known;
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
    if *former_not_kept {
        remarks.push(voice.say("form-former-not-kept"));
    }
    if let Some(number) = unnumbered {
        remarks.push(voice.say_with("form-unnumbered", [("number", (*number).into())]));
    }
    if *series_notes {
        remarks.push(voice.say("form-series-notes"));
    }
    if !remarks.is_empty()
        && let Some(embed) = reply.embeds.pop()
    {
        let remarks: Vec<String> = remarks.iter().map(|remark| format!("-# ℹ️ {remark}")).collect();
        // What is said last is left out first where the difference would not be seen.
        let fitting = (1..=remarks.len()).rev().find_map(|many| {
            let some = remarks.get(..many)?.join("\n");
            remarked(embed.clone(), &some)
        });
        reply.embeds.push(fitting.unwrap_or(embed));
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
/// as they need; `None` if nothing of the difference would be seen any more.
fn remarked(embed: Embed, remarks: &str) -> Option<Embed> {
    let text = embed.text().to_owned();
    let embed = embed.description("");
    let (above, block) = text.split_once("```").map_or((text.as_str(), None), |(above, block)| (above, Some(block)));
    let above = format!("{}\n{remarks}", above.trim_end());
    let Some(block) = block else { return Some(embed.description(&above)) };
    let mut lines: Vec<&str> = block.trim_end_matches(['`', '\n']).lines().collect();
    let mut left_out = 0_usize;
    if let Some(number) = lines.last().and_then(|last| last.strip_prefix("… + ")?.parse::<usize>().ok()) {
        left_out = number;
        lines.pop();
    }
    // The first line names the language of the block. Some of the difference is always seen: the last line is cut at last.
    let mut room = lines.get(1).map_or(0, |line| line.chars().count()).max(LEAST_SEEN + 1);
    while lines.len() > 1 && room > LEAST_SEEN {
        let more = if left_out > 0 { format!("\n… + {left_out}") } else { String::new() };
        let last = (lines.len() == 2).then(|| lines.get(1).map(|line| cut(line, room))).flatten();
        let shown = match &last {
            Some(last) => lines.iter().take(1).copied().chain([last.as_str()]).collect::<Vec<_>>().join("\n"),
            None => lines.join("\n"),
        };
        let text = format!("{above}\n```{shown}{more}\n```");
        if embed.fits(&text) {
            return Some(embed.description(&text));
        }
        if lines.len() > 2 {
            lines.pop();
            left_out += 1;
        } else {
            room = room.saturating_sub(20);
        }
    }
    None
}
