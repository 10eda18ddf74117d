//! What is said instead of an answer: refusals, questions back, the apology. All are private, and written in the person's
//! own language.

use std::time::Duration;

use crate::language::Voice;
use crate::lookup::{Entity, Finding, NamedText};
use crate::reply::{Budget, Button, Embed, MenuOption, Reply, ReplyKind, colour, cut, escape};

use crate::commands::entry;
use crate::commands::reader::Reader;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// How much of what a person typed is shown back, in characters.
const SHOWN_TYPED: usize = 80;

/// Why there is no answer. It holds no words, so that it can be said in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An option without which there is no question was left empty.
    NothingTyped(Entity),
    /// Several entries may be meant.
    Several {
        /// What was typed.
        typed: String,
        /// Their kinds and ids, the likeliest first.
        candidates: Vec<(Entity, String)>,
    },
    /// No entry is called so.
    NotFound {
        /// The kind that was sought.
        entity: Entity,
        /// What was typed.
        typed: String,
        /// The kinds and ids of those whose names are nearest.
        nearest: Vec<(Entity, String)>,
    },
    /// Neither a country nor a process is called so.
    NeitherFound {
        /// What was typed.
        typed: String,
        /// The kinds and ids of those whose names are nearest.
        nearest: Vec<(Entity, String)>,
    },
    /// One side of a comparison was left empty, or both are the same.
    NothingToCompare,
    /// The search found nothing.
    SearchedInVain {
        /// What was searched for.
        query: String,
    },
    /// The message on which a command was used has no text.
    NothingToRead,
    /// It names nothing that the catalogue holds.
    NothingNamed,
    /// The entry that was to be shown is no longer in the catalogue.
    EntryGone,
    /// The subcommand is none of ours.
    UnknownCommand {
        /// Its name as it came.
        typed: String,
        /// The root command.
        root: &'static str,
        /// The names of the subcommands that there are.
        known: Vec<Wording>,
    },
    /// An option that the command does not have, or not with such a value: Discord sends none such, others may.
    Mistyped {
        /// The option's name as it came.
        option: String,
    },
    /// The component is none of ours, or of another version.
    UnknownComponent,
    /// Only the asker and moderators may delete an answer.
    MayNotDelete,
    /// An error was reported where nobody moderates.
    NobodyReads,
    /// Somebody asks for what costs much too often.
    TooOften {
        /// How long to wait.
        wait: Duration,
    },
}

impl Refusal {
    /// The refusal as a private reply.
    pub fn reply(&self, reader: &Reader<'_>) -> Reply {
        let voice = reader.voice;
        let plain = |title: &str, help: &str| said(ReplyKind::Refusal, &voice.say(title), &voice.say(help));
        let shown = |typed: &str| escape(&cut(typed, SHOWN_TYPED));
        match self {
            Refusal::NothingTyped(entity) => {
                let title = voice.say(&format!("nothing-typed-{}", entry::key(*entity)));
                said(ReplyKind::Question, &title, &voice.say("none-found-help"))
            }
            Refusal::Several { typed, candidates } => {
                let title = voice.say_with("several-found", [("typed", shown(typed).into())]);
                let offered = offer(reader, ReplyKind::Question, &title, &voice.say("several-found-help"), candidates);
                offered.buttons(asked(reader, typed))
            }
            Refusal::NotFound { entity, typed, nearest } => {
                let key = format!("none-found-{}", entry::key(*entity));
                let title = voice.say_with(&key, [("typed", shown(typed).into())]);
                if let Some((help, all)) =
                    few(reader, *entity).filter(|_| nearest.is_empty() || *entity == Entity::Region)
                {
                    return offer(reader, ReplyKind::Refusal, &title, &voice.say(help), &all);
                }
                let help = if nearest.is_empty() { "none-found-help" } else { "none-found-nearest" };
                offer(reader, ReplyKind::Refusal, &title, &voice.say(help), nearest).buttons(asked(reader, typed))
            }
            Refusal::NeitherFound { typed, nearest } => {
                let title = voice.say_with("none-found-either", [("typed", shown(typed).into())]);
                let help = if nearest.is_empty() { "none-found-help" } else { "none-found-nearest" };
                offer(reader, ReplyKind::Refusal, &title, &voice.say(help), nearest)
            }
            Refusal::NothingToCompare => plain("nothing-to-compare", "nothing-to-compare-help"),
            Refusal::SearchedInVain { query } => {
                // The search forgives accents and inflection; finding names forgives typing errors besides.
                let nearest = match reader.snapshot.names.find_any(query, voice.language) {
                    Finding::One(candidate) => vec![candidate],
                    Finding::Several(candidates) | Finding::None { nearest: candidates } => candidates,
                };
                let nearest: Vec<_> = nearest.into_iter().map(|one| (one.entity, one.id.to_owned())).collect();
                let title = voice.say_with("search-none", [("typed", shown(query).into())]);
                offer(reader, ReplyKind::Refusal, &title, &voice.say("search-none-help"), &nearest)
            }
            Refusal::NothingToRead => plain("nothing-to-read", "nothing-to-read-help"),
            Refusal::NothingNamed => plain("nothing-named", "nothing-named-help"),
            Refusal::EntryGone => plain("entry-gone", "entry-gone-help"),
            Refusal::UnknownCommand { typed, root, known } => {
                let known: Vec<String> =
                    known.iter().map(|name| format!("/{root} {}", name.get(voice.language))).collect();
                let title = voice.say_with("unknown-command", [("typed", escape(&cut(typed, 60)).into())]);
                let help = voice.say_with("unknown-command-help", [("commands", known.join(", ").into())]);
                said(ReplyKind::Refusal, &title, &help)
            }
            Refusal::Mistyped { option } => {
                let title = voice.say_with("option-mistyped", [("option", escape(&cut(option, 40)).into())]);
                said(ReplyKind::Refusal, &title, &voice.say("option-mistyped-help"))
            }
            Refusal::UnknownComponent => plain("press-foreign", "press-foreign-help"),
            Refusal::MayNotDelete => plain("delete-refused", "delete-refused-help"),
            Refusal::NobodyReads => plain("report-refused", "report-nobody"),
            Refusal::TooOften { wait } => {
                let seconds = wait.as_secs().saturating_add(1);
                let help = voice.say_with("slow-down-help", [("seconds", seconds.into())]);
                said(ReplyKind::Refusal, &voice.say("slow-down"), &help)
            }
        }
    }
}

/// The apology when answering failed for a reason of ours. It names the interaction, so that an operator finds it.
pub fn apology(voice: Voice<'_>, interaction: &str) -> Reply {
    let text = voice.say_with("apology-text", [("id", interaction.into())]);
    said(ReplyKind::Apology, &voice.say("apology"), &text)
}

fn said(kind: ReplyKind, title: &str, text: &str) -> Reply {
    // Red is for what went wrong; a question back is none.
    let colour = if kind == ReplyKind::Question { colour::GENERAL } else { colour::REFUSAL };
    let embed = Embed::within(Budget::FACE, &[], colour, title, "").description(text);
    Reply { kind, ..Reply::of(embed).private() }
}

/// A button that answers what was typed where it is a plain question, which the search understands and no other command.
fn asked(reader: &Reader<'_>, typed: &str) -> Vec<Button> {
    let snapshot = reader.snapshot;
    let (questions, names) = (&snapshot.questions, &snapshot.names);
    let asks = |text: &NamedText<'_>| questions.understand(names, text, reader.voice.language).is_some();
    let is_question = questions.read(names, typed).as_ref().is_some_and(asks);
    let query = questions.condensed(typed);
    let view = View::Search { page: 0, region: None, status: None, query };
    let button = is_question.then(|| reader.open(0, reader.voice.say("button-answer"), view).emoji("💬"));
    button.into_iter().collect()
}

/// All entries of a kind of which there are few, with what is said over them; global meetings newest first.
fn few(reader: &Reader<'_>, entity: Entity) -> Option<(&'static str, Vec<(Entity, String)>)> {
    let catalogue = &reader.snapshot.catalogue;
    let (help, ids): (_, Vec<&String>) = match entity {
        Entity::Region => ("none-found-regions", catalogue.regions.iter().map(|one| &one.id).collect()),
        Entity::Topic => ("none-found-topics", catalogue.topics.iter().map(|one| &one.id).collect()),
        Entity::Meeting => {
            let newest = catalogue.meetings.meetings.iter().rev();
            let (series, related): (Vec<_>, Vec<_>) = newest.partition(|one| one.ordinal.is_some());
            ("none-found-meetings", series.into_iter().chain(related).map(|one| &one.id).collect())
        }
        _ => return None,
    };
    Some((help, ids.into_iter().map(|id| (entity, id.clone())).collect()))
}

/// A private reply with a menu of entries.
fn offer(reader: &Reader<'_>, kind: ReplyKind, title: &str, text: &str, candidates: &[(Entity, String)]) -> Reply {
    let options: Vec<MenuOption> = candidates
        .iter()
        .filter_map(|(entity, id)| entry::option(reader.snapshot, reader.voice, *entity, id))
        .collect();
    let menu = reader.menu(0, &reader.voice.say("menu-open"), options);
    said(kind, title, text).menu(menu)
}
