//! A process, as its file of `data/processes/` says it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::date::When;
use crate::catalogue::model::said::{Note, Pages, Source, Statement};
use crate::catalogue::text::{Acronym, Name, Text, Theme};

closed_list! {
    /// Whether a process gathers one region or links several.
    Kind {
        /// A process of one region or subregion: an RCP in IOM's present use of the word.
        Regional = "regional",
        /// A forum that links two regions or more (IRF).
        Interregional = "interregional",
    }
}

closed_list! {
    /// Where a process stands, in the order in which lists show them.
    StatusValue {
        /// It meets.
        Active = "active",
        /// IOM lists it as emerging.
        Emerging = "emerging",
        /// IOM lists it, or its page describes it, as inactive or dormant.
        Inactive = "inactive",
        /// No source says.
        Unknown = "unknown",
    }
}

closed_list! {
    /// What a status rests on.
    StatusBasis {
        /// The process stands in IOM's published list under this status.
        IomList = "iom-list",
        /// IOM's page on the process says so.
        IomPage = "iom-page",
        /// Dated meetings show it.
        Activity = "activity",
        /// No source says; the status is unknown for that reason.
        Silence = "silence",
    }
}

closed_list! {
    /// How a process comes by its secretariat.
    SecretariatKind {
        /// One organisation or State provides it.
        Provided = "provided",
        /// Several organisations share it.
        Shared = "shared",
        /// A permanent body of the process itself.
        Own = "own",
        /// A unit that supports the chair without being called a secretariat.
        SupportUnit = "support-unit",
        /// The process has none, as a source says.
        None = "none",
    }
}

closed_list! {
    /// What IOM does for a process.
    IomRoleKind {
        /// It is the secretariat, or the technical secretariat.
        Secretariat = "secretariat",
        /// It shares the secretariat with others.
        JointSecretariat = "joint-secretariat",
        /// It supports another's secretariat.
        SecretariatSupport = "secretariat-support",
        /// It houses or employs the secretariat, which works on its own.
        Host = "host",
        /// It has a seat as a member, for example in a steering group.
        Member = "member",
        /// It attends as an observer.
        Observer = "observer",
        /// It works with the process as a partner or an adviser.
        Partner = "partner",
    }
}

closed_list! {
    /// In what capacity States and organisations take part.
    ParticipantRole {
        /// Members.
        Member = "member",
        /// Observers.
        Observer = "observer",
        /// Partners.
        Partner = "partner",
        /// Technical or policy advisers.
        Adviser = "adviser",
        /// Supporters, such as a group of friends.
        Supporter = "supporter",
        /// Funders.
        Funder = "funder",
        /// Invited for a meeting, without a standing seat.
        Invited = "invited",
        /// Candidates for membership.
        Candidate = "candidate",
        /// Those who founded the process.
        Founder = "founder",
        /// Those who once were members.
        FormerMember = "former-member",
    }
}

/// Where a process stands and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Active, emerging, inactive or unknown.
    pub value: StatusValue,
    /// What it rests on.
    pub basis: StatusBasis,
    /// How it is known, or why it is doubtful (at most 250 characters).
    #[serde(default)]
    pub note: Option<Text>,
}

/// A beginning or an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// When, as precisely as known.
    pub date: When,
    /// Where: a city and its country (at most 80 characters).
    #[serde(default)]
    pub place: Option<Text>,
    /// By what event (at most 250 characters).
    #[serde(default)]
    pub event: Option<Text>,
}

/// Who chairs a process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chair {
    /// The chairing or co-chairing countries (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub countries: Vec<String>,
    /// The chairing organisations (ids).
    #[serde(default)]
    pub organisations: Vec<String>,
    /// `true` where a source says that there is no chair.
    #[serde(default)]
    pub none: bool,
    /// The date at which this is known to hold; left out where the page shows none.
    #[serde(default)]
    pub as_of: Option<When>,
    /// The term of office.
    #[serde(default)]
    pub term: Option<When>,
    /// What else a reader should know of the present chair (at most 250 characters).
    #[serde(default)]
    pub note: Option<Text>,
    /// The rule of rotation (at most 250 characters).
    #[serde(default)]
    pub rule: Option<Text>,
    /// Former chairs, newest first.
    #[serde(default)]
    pub history: Vec<FormerChair>,
}

/// A former chair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormerChair {
    /// The countries that chaired (ISO 3166-1 alpha-2).
    pub countries: Vec<String>,
    /// When, as precisely as known.
    #[serde(default)]
    pub when: Option<When>,
    /// What else a source says, for example at which meeting (at most 120 characters).
    #[serde(default)]
    pub note: Option<Text>,
}

/// Who runs a process from day to day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Secretariat {
    /// How the process comes by it.
    pub kind: SecretariatKind,
    /// The organisations that provide it (ids).
    #[serde(default)]
    pub organisations: Vec<String>,
    /// The countries that provide it (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub countries: Vec<String>,
    /// Where it sits: a city, with its country where that helps (at most 80 characters).
    #[serde(default)]
    pub place: Option<Text>,
    /// Since when.
    #[serde(default)]
    pub since: Option<When>,
    /// `true` where it is provided only for the time being.
    #[serde(default)]
    pub interim: bool,
    /// What else a reader should know (at most 250 characters).
    #[serde(default)]
    pub note: Option<Text>,
}

impl Secretariat {
    /// Whether several provide it together.
    pub fn is_shared(&self) -> bool {
        self.organisations.len() + self.countries.len() > 1
    }
}

/// One of the things that IOM does for a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IomRole {
    /// Which.
    pub role: IomRoleKind,
    /// In a few words (at most 250 characters).
    pub text: Text,
    /// `true` where it belongs to the past.
    #[serde(default)]
    pub former: bool,
}

/// States and organisations that take part in one capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Participants {
    /// In what capacity. Each capacity stands once in a process.
    pub role: ParticipantRole,
    /// The States (ISO 3166-1 alpha-2; XK for Kosovo).
    #[serde(default)]
    pub states: Vec<String>,
    /// The organisations (ids).
    #[serde(default)]
    pub organisations: Vec<String>,
    /// The number that a source gives, where no list was seen or the number differs from the list.
    #[serde(default)]
    pub count: Option<u16>,
    /// The date at which the list is known to hold.
    #[serde(default)]
    pub as_of: Option<When>,
    /// What else a reader should know, such as why the number and the list differ (at most 250 characters).
    #[serde(default)]
    pub note: Option<Text>,
}

closed_list! {
    /// At which level a meeting was held.
    MeetingLevel {
        /// Ministers or their deputies met, perhaps after their officials.
        Ministers = "ministers",
        /// Senior officials met, such as directors general.
        Officials = "officials",
    }
}

/// A meeting of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// What it was (at most 120 characters).
    pub title: Text,
    /// Who met, where a source says; left out for any other meeting.
    #[serde(default)]
    pub level: Option<MeetingLevel>,
    /// When, as precisely as known; left out where no source says.
    #[serde(default)]
    pub date: Option<When>,
    /// Where: a city, with its country where that helps (at most 80 characters).
    #[serde(default)]
    pub place: Option<Text>,
    /// `true` where it was held online, wholly or in part.
    #[serde(default)]
    pub online: bool,
    /// A page about it.
    #[serde(default)]
    pub url: Option<String>,
}

/// A consultative process on migration: one file of `data/processes/`, named after its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Lower-case letters, digits and hyphens; the file's name. Never changed: buttons of old messages carry it.
    pub id: String,
    /// Regional or interregional.
    pub kind: Kind,
    /// The region whose list shows it (an id of `regions.toml`; `interregional` for an interregional forum).
    pub region: String,
    /// Other regions that it touches (ids).
    #[serde(default)]
    pub touches: Vec<String>,
    /// The subregion or the regions in words (at most 80 characters).
    #[serde(default)]
    pub subregion: Option<Text>,
    /// The day on which the facts were collected.
    pub collected: When,
    /// How fresh they are: what the newest of them is (at most 200 characters).
    pub freshness: Text,
    /// The acronym in use.
    #[serde(default)]
    pub acronym: Option<Acronym>,
    /// Other acronyms that people may type.
    #[serde(default)]
    pub other_acronyms: Vec<String>,
    /// The full name, without its acronym (at most 250 characters).
    pub name: Name,
    /// The usual short name, such as "Quito Process" (at most 80 characters).
    #[serde(default)]
    pub short_name: Option<Name>,
    /// Other names in use, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that it once had, in any language.
    #[serde(default)]
    pub former_names: Vec<String>,
    /// Names above that another process has too, knowingly; both must declare them.
    #[serde(default)]
    pub shared_names: Vec<String>,
    /// Where it stands.
    pub status: Status,
    /// How it began.
    #[serde(default)]
    pub founding: Option<Milestone>,
    /// How it ended or was replaced.
    #[serde(default)]
    pub ended: Option<Milestone>,
    /// Who chairs it; left out where no source says.
    #[serde(default)]
    pub chair: Option<Chair>,
    /// Its secretariat; left out where no source says.
    #[serde(default)]
    pub secretariat: Option<Secretariat>,
    /// What IOM does for it.
    #[serde(default, rename = "iom_role")]
    pub iom_roles: Vec<IomRole>,
    /// Who takes part, by capacity.
    #[serde(default)]
    pub participants: Vec<Participants>,
    /// The institutions to which it is attached (ids of organisations).
    #[serde(default)]
    pub associations: Vec<String>,
    /// What it deals with (each at most 120 characters), with the topics to which that belongs.
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// What it is for, in one or two lines (at most 350 characters).
    #[serde(default)]
    pub purpose: Option<Text>,
    /// How it is built and works (each at most 200 characters).
    #[serde(default)]
    pub structure: Vec<Text>,
    /// Its meetings, oldest first.
    #[serde(default, rename = "meeting")]
    pub meetings: Vec<Meeting>,
    /// Its own website.
    #[serde(default)]
    pub website: Option<String>,
    /// Other addresses of its own.
    #[serde(default)]
    pub other_websites: Vec<String>,
    /// IOM's pages about it.
    #[serde(default)]
    pub iom_pages: Pages,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where all this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

impl Process {
    /// Those who take part in a capacity, if the record names any.
    pub fn participants(&self, role: ParticipantRole) -> Option<&Participants> {
        self.participants.iter().find(|participants| participants.role == role)
    }

    /// What the record says and a source must support, with the key at which a missing source is reported.
    pub fn said(&self) -> impl Iterator<Item = (Statement, &'static str)> {
        let roles = |wanted: fn(ParticipantRole) -> bool| self.participants.iter().any(|group| wanted(group.role));
        let all = [
            (true, Statement::Name, "name"),
            (self.status.basis != StatusBasis::Silence, Statement::Status, "status"),
            (self.founding.is_some(), Statement::Founding, "founding"),
            (self.ended.is_some(), Statement::Ended, "ended"),
            (self.chair.is_some(), Statement::Chair, "chair"),
            (self.secretariat.is_some(), Statement::Secretariat, "secretariat"),
            (!self.iom_roles.is_empty(), Statement::IomRole, "iom_role"),
            (roles(|role| role == ParticipantRole::Member), Statement::Members, "participants"),
            (roles(|role| role == ParticipantRole::Observer), Statement::Observers, "participants"),
            (
                roles(|role| !matches!(role, ParticipantRole::Member | ParticipantRole::Observer)),
                Statement::Participants,
                "participants",
            ),
            (!self.associations.is_empty(), Statement::Associations, "associations"),
            (!self.themes.is_empty(), Statement::Themes, "themes"),
            (self.purpose.is_some(), Statement::Purpose, "purpose"),
            (!self.structure.is_empty(), Statement::Structure, "structure"),
            (!self.meetings.is_empty(), Statement::Meetings, "meeting"),
            (self.website.is_some(), Statement::Website, "website"),
        ];
        all.into_iter().filter(|(is_said, ..)| *is_said).map(|(_, statement, key)| (statement, key))
    }
}
