//! What opens a form of `/rcp-admin modifier`, and what such a form comes back with. As for every button, the `custom_id`
//! carries all of it, anybody can send any, and rights are checked again for each.

use std::str::FromStr;

use crate::admin::button::MARK;
use crate::publishing::{FormOccasion, is_report_name};

/// The version of the form.
const VERSION: &str = "1";

/// How many characters of the state of a field a form carries.
pub(crate) const STATE: usize = 8;

/// How many characters the name of what was typed has.
pub(crate) const DRAFT: usize = 32;

/// The longest id of a process, in bytes: the rules give ids no more.
pub(crate) const LONGEST_ID: usize = 60;

/// What a form changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Who chairs.
    Chair,
    /// A meeting, new.
    Meeting,
    /// Where the process stands.
    Status,
    /// Which members join or leave.
    Members,
    /// Which observers do.
    Observers,
    /// Who runs it.
    Secretariat,
    /// Its website.
    Website,
    /// A note to readers, new.
    Note,
    /// A theme, new.
    Topic,
    /// That the chair was seen and still holds.
    ChairSeen,
    /// That the list of members was.
    MembersSeen,
    /// That the status was.
    StatusSeen,
    /// That the whole record was.
    AllSeen,
    /// A global meeting, new.
    GlobalMeeting,
    /// When and where a global meeting takes place, and what came of it.
    MeetingHeld,
    /// That the file of the global meetings was seen and still holds.
    MeetingsSeen,
}

impl EditKind {
    /// Every kind.
    pub const ALL: [EditKind; 16] = [
        EditKind::Chair,
        EditKind::Meeting,
        EditKind::Status,
        EditKind::Members,
        EditKind::Observers,
        EditKind::Secretariat,
        EditKind::Website,
        EditKind::Note,
        EditKind::Topic,
        EditKind::ChairSeen,
        EditKind::MembersSeen,
        EditKind::StatusSeen,
        EditKind::AllSeen,
        EditKind::GlobalMeeting,
        EditKind::MeetingHeld,
        EditKind::MeetingsSeen,
    ];

    /// Those of a process that say something else than what is said: what the command offers.
    pub fn offered() -> impl Iterator<Item = EditKind> {
        EditKind::ALL.into_iter().filter(|kind| !kind.only_seen() && kind.is_of_process())
    }

    /// Those that can be chosen where something is looked at.
    pub fn offered_for(about: &FormOccasion) -> Vec<EditKind> {
        EditKind::ALL.into_iter().filter(|kind| !kind.only_seen() && kind.fits(about)).collect()
    }

    /// Whether a form of this kind can be about this. Anybody can send any two together.
    pub fn fits(self, about: &FormOccasion) -> bool {
        match about {
            FormOccasion::Process(_) | FormOccasion::Report(_) => self.is_of_process(),
            FormOccasion::GlobalMeetings => matches!(self, EditKind::GlobalMeeting | EditKind::MeetingsSeen),
            FormOccasion::GlobalMeeting(_) => self == EditKind::MeetingHeld,
        }
    }

    const fn is_of_process(self) -> bool {
        !matches!(self, EditKind::GlobalMeeting | EditKind::MeetingHeld | EditKind::MeetingsSeen)
    }

    /// Whether the form only says that what is said still holds.
    pub const fn only_seen(self) -> bool {
        matches!(
            self,
            EditKind::ChairSeen
                | EditKind::MembersSeen
                | EditKind::StatusSeen
                | EditKind::AllSeen
                | EditKind::MeetingsSeen
        )
    }

    /// The name in message keys, in the command's choices and in a `custom_id`.
    pub const fn key(self) -> &'static str {
        match self {
            EditKind::Chair => "chair",
            EditKind::Meeting => "meeting",
            EditKind::Status => "status",
            EditKind::Members => "members",
            EditKind::Observers => "observers",
            EditKind::Secretariat => "staff",
            EditKind::Website => "site",
            EditKind::Note => "note",
            EditKind::Topic => "topic",
            EditKind::ChairSeen => "held",
            EditKind::MembersSeen => "joined",
            EditKind::StatusSeen => "stands",
            EditKind::AllSeen => "seen",
            EditKind::GlobalMeeting => "global",
            EditKind::MeetingHeld => "past",
            EditKind::MeetingsSeen => "series",
        }
    }
}

impl FromStr for EditKind {
    type Err = NotFormButton;

    fn from_str(key: &str) -> Result<EditKind, NotFormButton> {
        EditKind::ALL.into_iter().find(|kind| kind.key() == key).ok_or(NotFormButton)
    }
}

/// A button that opens a form, or a form that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormButton {
    /// Opens an empty form.
    Open {
        /// What it changes.
        kind: EditKind,
        /// What it is about.
        about: FormOccasion,
    },
    /// Opens a form again with what was typed before.
    Again {
        /// The name of what was typed.
        draft: String,
    },
    /// A form that was filled in.
    Filled {
        /// What it changes.
        kind: EditKind,
        /// What it is about.
        about: FormOccasion,
        /// The beginning of the hash of what the field said when the form was opened.
        state: String,
    },
}

/// A `custom_id` that is not one of these, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a form of this version")]
pub struct NotFormButton;

impl FormButton {
    /// As a `custom_id` of at most 100 characters. A number keeps two buttons of one message apart.
    pub fn encode(&self, number: usize) -> String {
        let body = match self {
            FormButton::Open { kind, about: FormOccasion::Process(id) } => format!("open:{}:{id}", kind.key()),
            FormButton::Open { kind, about: FormOccasion::Report(name) } => format!("mend:{}:{name}", kind.key()),
            FormButton::Open { kind, about: FormOccasion::GlobalMeetings } => format!("series:{}", kind.key()),
            FormButton::Open { kind, about: FormOccasion::GlobalMeeting(id) } => format!("global:{}:{id}", kind.key()),
            FormButton::Again { draft } => format!("again:{draft}"),
            FormButton::Filled { kind, about: FormOccasion::Process(id), state } => {
                format!("f:{}:{id}:{state}", kind.key())
            }
            FormButton::Filled { kind, about: FormOccasion::Report(name), state } => {
                format!("m:{}:{name}:{state}", kind.key())
            }
            FormButton::Filled { kind, about: FormOccasion::GlobalMeetings, state } => {
                format!("s:{}:{state}", kind.key())
            }
            FormButton::Filled { kind, about: FormOccasion::GlobalMeeting(id), state } => {
                format!("g:{}:{id}:{state}", kind.key())
            }
        };
        format!("{MARK}{VERSION}:{number}:{body}")
    }
}

impl FromStr for FormButton {
    type Err = NotFormButton;

    fn from_str(custom_id: &str) -> Result<FormButton, NotFormButton> {
        let mut parts = custom_id.strip_prefix(MARK).ok_or(NotFormButton)?.split(':');
        let (version, number) = (parts.next(), parts.next().and_then(|number| number.parse::<usize>().ok()));
        let number = number.filter(|_| version == Some(VERSION)).ok_or(NotFormButton)?;
        let rest: Vec<&str> = parts.collect();
        let id = |id: &str| {
            let plain = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-');
            let right = (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(plain);
            right.then(|| id.to_owned()).ok_or(NotFormButton)
        };
        let report = |name: &str| is_report_name(name).then(|| name.to_owned()).ok_or(NotFormButton);
        let about = |what: &str, named: &[&str]| match (what, named) {
            ("open" | "f", [process]) => Ok(FormOccasion::Process(id(process)?)),
            ("mend" | "m", [name]) => Ok(FormOccasion::Report(report(name)?)),
            ("series" | "s", []) => Ok(FormOccasion::GlobalMeetings),
            ("global" | "g", [meeting]) => Ok(FormOccasion::GlobalMeeting(id(meeting)?)),
            _ => Err(NotFormButton),
        };
        let hash = |text: &str, length: usize| {
            let right = text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            right.then(|| text.to_owned()).ok_or(NotFormButton)
        };
        let button = match rest.as_slice() {
            ["again", draft] => FormButton::Again { draft: hash(draft, DRAFT)? },
            [what @ ("open" | "mend" | "series" | "global"), kind, named @ ..] => {
                FormButton::Open { kind: kind.parse()?, about: about(what, named)? }
            }
            [what, kind, named @ .., state] => {
                FormButton::Filled { kind: kind.parse()?, about: about(what, named)?, state: hash(state, STATE)? }
            }
            _ => return Err(NotFormButton),
        };
        let fits = match &button {
            FormButton::Open { kind, about } | FormButton::Filled { kind, about, .. } => kind.fits(about),
            FormButton::Again { .. } => true,
        };
        if !fits {
            return Err(NotFormButton);
        }
        // Only what we would have written ourselves is ours.
        if button.encode(number) == custom_id { Ok(button) } else { Err(NotFormButton) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    fn buttons() -> impl Strategy<Value = FormButton> {
        let of = || {
            let about = prop_oneof![
                "[a-z0-9-]{1,60}".prop_map(FormOccasion::Process),
                "[0-9]{14}-[1-9][0-9]{0,19}-[0-9a-f]{8}".prop_map(FormOccasion::Report),
                Just(FormOccasion::GlobalMeetings),
                "[a-z0-9-]{1,60}".prop_map(FormOccasion::GlobalMeeting),
            ];
            about.prop_flat_map(|about| {
                let kinds: Vec<EditKind> = EditKind::ALL.into_iter().filter(|kind| kind.fits(&about)).collect();
                (select(kinds), Just(about))
            })
        };
        prop_oneof![
            of().prop_map(|(kind, about)| FormButton::Open { kind, about }),
            "[0-9a-f]{32}".prop_map(|draft| FormButton::Again { draft }),
            (of(), "[0-9a-f]{8}").prop_map(|((kind, about), state)| FormButton::Filled { kind, about, state }),
        ]
    }

    proptest! {
        #[test]
        fn it_reads_back_from_its_custom_id(button in buttons(), number in 0..25usize) {
            let custom_id = button.encode(number);
            prop_assert!(custom_id.len() <= 100, "{}", custom_id);
            prop_assert_eq!(custom_id.parse(), Ok(button));
        }

        #[test]
        fn whatever_else_arrives_is_refused_or_ours(custom_id in "(rcp-admin:1:0:(open|mend|series|global|again|f|m|s|g):)?((chair|past|global):)?.{0,100}") {
            if let Ok(button) = custom_id.parse::<FormButton>() {
                prop_assert_eq!(button.encode(0), custom_id);
            }
        }
    }
}
