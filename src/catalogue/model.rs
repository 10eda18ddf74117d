//! What a data file can say: the records of the catalogue, as moderators write them.
//!
//! Every key is here with its meaning, because the JSON Schemas that editors use are generated from these comments.
//! Texts are plain: no Markdown, no mentions, one line. Nothing here knows of Discord, of files or of rules between
//! records; those stand in `load` and `check`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::catalogue::date::When;
pub use crate::catalogue::text::{Acronym, Language, Name, Text, Theme};

/// A closed list whose members name themselves as data files and messages write them.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $key)] $variant),+ }

        impl $name {
            /// Every member of the list, in its order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name as data files and message keys write it.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }
        }
    };
}

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

closed_list! {
    /// What a source supports, and what a note is about: one name for each statement of a process.
    Statement {
        /// Names, acronyms, aliases.
        Name = "name",
        /// Regional or interregional.
        Kind = "kind",
        /// The region or regions.
        Region = "region",
        /// The status and its basis.
        Status = "status",
        /// When, where and by what event it began.
        Founding = "founding",
        /// When and how it ended or was replaced.
        Ended = "ended",
        /// Who chairs, the rule of rotation, former chairs.
        Chair = "chair",
        /// The secretariat.
        Secretariat = "secretariat",
        /// What IOM does.
        IomRole = "iom-role",
        /// Members.
        Members = "members",
        /// Observers.
        Observers = "observers",
        /// Any other participants.
        Participants = "participants",
        /// The institutions it is attached to.
        Associations = "associations",
        /// Themes.
        Themes = "themes",
        /// Purpose.
        Purpose = "purpose",
        /// How it is built and works.
        Structure = "structure",
        /// Its meetings.
        Meetings = "meetings",
        /// Its own website.
        Website = "website",
    }
}

closed_list! {
    /// Why a note is there.
    NoteKind {
        /// Sources disagree.
        Conflict = "conflict",
        /// A source is old, partial or unclear.
        Doubt = "doubt",
        /// Something that helps to read the record.
        Context = "context",
    }
}

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's address.
    pub url: String,
    /// What the page says, in a few words of ours (at most 200 characters).
    #[serde(default)]
    pub says: Option<Text>,
    /// Which statements of the record it supports. Required in a process; left out elsewhere.
    #[serde(default)]
    pub supports: Vec<Statement>,
    /// The age of what we read: the date that the page bears or that its content shows. Left out where it shows none.
    #[serde(default)]
    pub date: Option<When>,
}

/// A doubt, a conflict between sources or a context, told to readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Why the note is there.
    pub kind: NoteKind,
    /// The statements that it is about.
    #[serde(default)]
    pub about: Vec<Statement>,
    /// The note itself (at most 500 characters in each language).
    pub text: Text,
}

/// One address for each language, and older pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The page in French.
    #[serde(default)]
    pub fr: Option<String>,
    /// The page in English.
    #[serde(default)]
    pub en: Option<String>,
    /// The page in Spanish.
    #[serde(default)]
    pub es: Option<String>,
    /// Older pages that are still worth naming.
    #[serde(default)]
    pub older: Vec<String>,
}

impl Pages {
    /// The page for a reader of `language`, else the English, French or Spanish one, else an older one.
    pub fn get(&self, language: Language) -> Option<&str> {
        let [fr, en, es] = Language::ALL.map(|language| self.exact(language));
        self.exact(language).or(en).or(fr).or(es).or(self.older.first().map(String::as_str))
    }

    fn exact(&self, language: Language) -> Option<&str> {
        match language {
            Language::Fr => self.fr.as_deref(),
            Language::En => self.en.as_deref(),
            Language::Es => self.es.as_deref(),
        }
    }

    /// Every address.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        [&self.en, &self.fr, &self.es].into_iter().flatten().chain(&self.older).map(String::as_str)
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

/// A region of the world by which processes are listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Other names that people type, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// One emoji that stands for it.
    pub emoji: String,
}

/// `data/regions.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionsFile {
    /// The regions, in the order of lists.
    #[serde(rename = "region")]
    pub regions: Vec<Region>,
}

/// A topic of the closed list by which the processes' themes are gathered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Lower-case letters, digits and hyphens. Never changed: buttons of old messages carry it.
    pub id: String,
    /// What it is called (at most 80 characters).
    pub name: Text,
    /// Other words for it that people type, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// `data/topics.toml`. The program's own stands in for it in a folder that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicsFile {
    /// The topics, in the order of lists.
    #[serde(rename = "topic")]
    pub topics: Vec<Topic>,
}

closed_list! {
    /// What a plain question asks for.
    Asked {
        /// Who chairs.
        Chair = "chair",
        /// Who provides the secretariat, or whom an organisation serves.
        Secretariat = "secretariat",
        /// How many members there are.
        MemberCount = "member-count",
        /// Who the observers are.
        Observers = "observers",
        /// Whether a country takes part; which members there are; in what a country takes part.
        TakesPart = "takes-part",
        /// When and where it began.
        Founding = "founding",
        /// Where it stands.
        Status = "status",
        /// The last meeting.
        LastMeeting = "last-meeting",
        /// The next meeting.
        NextMeeting = "next-meeting",
        /// A global meeting.
        GlobalMeeting = "global-meeting",
        /// What it deals with; which processes deal with a topic.
        Topics = "topics",
        /// What IOM does.
        IomRole = "iom-role",
        /// The website.
        Website = "website",
        /// Which processes.
        List = "list",
        /// Where.
        Place = "place",
        /// When.
        Date = "date",
        /// What something is.
        Definition = "definition",
        /// The active ones among the processes asked for.
        ActiveOnes = "active-ones",
        /// The emerging ones.
        EmergingOnes = "emerging-ones",
        /// The inactive ones.
        InactiveOnes = "inactive-ones",
    }
}

/// How people ask for one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedSo {
    /// What is asked for.
    pub asks: Asked,
    /// Phrases in French: all words of one must stand in the question, in any order; a word that ends in … is met by its
    /// beginning.
    pub fr: Vec<String>,
    /// Phrases in English.
    pub en: Vec<String>,
    /// Phrases in Spanish.
    pub es: Vec<String>,
}

/// `data/questions.toml`. The program's own stands in for it in a folder that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionsFile {
    /// Words that say nothing about what is asked, in any language.
    pub filler: Vec<String>,
    /// Words with which a question asks for what is not answered at once, in any language: the search answers it.
    pub unanswered: Vec<String>,
    /// How people ask, by what they ask for. Of phrases with as many words the one that stands first counts.
    #[serde(rename = "question")]
    pub questions: Vec<AskedSo>,
}

/// A country or territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2; XK (user-assigned) for Kosovo.
    pub code: String,
    /// The usual short name.
    pub name: Text,
    /// Other names that people type, in any language, and the three letters of ISO 3166-1.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that it once had, in any language.
    #[serde(default)]
    pub former_names: Vec<String>,
    /// Names above that another country has too, knowingly; both must declare them.
    #[serde(default)]
    pub shared_names: Vec<String>,
    /// The State that administers it, by its code, where it is a territory: "Anguilla (United Kingdom)" names it.
    #[serde(default)]
    pub administered_by: Option<String>,
}

/// `data/countries.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountriesFile {
    /// The countries, by code.
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
}

closed_list! {
    /// What IOM's page on RCPs names an organisation as an example of.
    ReferenceRole {
        /// An organisation that may serve as secretariat.
        Secretariat = "secretariat",
        /// An organisation that gives technical advice.
        Adviser = "adviser",
    }
}

/// An organisation. Which processes it serves is never written here: it follows from the processes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The acronym in use.
    #[serde(default)]
    pub acronym: Option<Acronym>,
    /// The full name, without its acronym (at most 160 characters).
    pub name: Name,
    /// Other names and acronyms that people type, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The organisation of which this is a part (an id).
    #[serde(default)]
    pub parent: Option<String>,
    /// What it is (at most 250 characters).
    #[serde(default)]
    pub description: Option<Text>,
    /// When it was founded.
    #[serde(default)]
    pub founded: Option<When>,
    /// By whom (at most 120 characters).
    #[serde(default)]
    pub founders: Option<Text>,
    /// How many member States it has.
    #[serde(default)]
    pub member_states: Option<u16>,
    /// The city of its seat.
    #[serde(default)]
    pub seat: Option<Text>,
    /// The country of its seat (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub country: Option<String>,
    /// Its website.
    #[serde(default)]
    pub website: Option<String>,
    /// What IOM's page on RCPs names it as an example of.
    #[serde(default)]
    pub reference_roles: Vec<ReferenceRole>,
    /// What it does for consultative processes in general (at most 250 characters).
    #[serde(default)]
    pub role: Option<Text>,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from; required as soon as more than names is told.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
}

/// `data/organisations.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationsFile {
    /// The organisations.
    #[serde(rename = "organisation")]
    pub organisations: Vec<Organisation>,
}

/// A global meeting of the processes' chairs and secretariats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlobalMeeting {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// Its number in the series; left out for a related meeting.
    #[serde(default)]
    pub ordinal: Option<u8>,
    /// When it was held.
    pub date: When,
    /// The city; left out where it was held online.
    #[serde(default)]
    pub place: Option<Text>,
    /// The country of the city (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub country: Option<String>,
    /// `true` where it was held online.
    #[serde(default)]
    pub online: bool,
    /// Its name (at most 250 characters).
    pub name: Name,
    /// Its theme, as the organiser words it (at most 300 characters).
    #[serde(default)]
    pub theme: Option<Name>,
    /// What it was about, in our words, where no theme was given (at most 300 characters).
    #[serde(default)]
    pub focus: Option<Text>,
    /// The host organisations (ids).
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The host countries (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub host_countries: Vec<String>,
    /// How they hosted, or who chaired (at most 250 characters).
    #[serde(default)]
    pub hosting: Option<Text>,
    /// Who came and how many (at most 300 characters).
    #[serde(default)]
    pub attendance: Option<Text>,
    /// The processes that took part, where a source lists them (ids).
    #[serde(default)]
    pub processes: Vec<String>,
    /// What was discussed (each at most 200 characters).
    #[serde(default)]
    pub topics: Vec<Text>,
    /// What came of it (each at most 250 characters).
    #[serde(default)]
    pub outcomes: Vec<Text>,
    /// What went before or with it (at most 250 characters).
    #[serde(default)]
    pub background: Option<Text>,
    /// Pages about it.
    #[serde(default)]
    pub pages: Pages,
    /// Its report.
    #[serde(default)]
    pub report: Option<String>,
    /// Other addresses: news, a copy of the report, a related publication.
    #[serde(default)]
    pub links: Vec<String>,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// The series of the global meetings as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingSeries {
    /// The series' name.
    pub name: Name,
    /// Its acronym.
    pub acronym: Acronym,
    /// The year of the first meeting.
    pub since: When,
    /// How often it meets (at most 120 characters).
    pub rhythm: Text,
    /// Who organises it (an id of an organisation).
    pub organiser: String,
    /// Who is invited (at most 250 characters).
    pub invited: Text,
    /// What it is for (each at most 200 characters).
    pub aims: Vec<Text>,
    /// Other names, earlier and later, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Pages about it.
    #[serde(default)]
    pub pages: Pages,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// `data/meetings.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingsFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// The series.
    pub series: MeetingSeries,
    /// The meetings, oldest first; those with a number first.
    #[serde(rename = "meeting")]
    pub meetings: Vec<GlobalMeeting>,
}

/// A sourced statement: a figure, a feature, a reference text, a milestone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Lower-case letters, digits and hyphens; unique in its list.
    pub id: String,
    /// What it is about (at most 200 characters).
    pub label: Text,
    /// The number, where it is one.
    #[serde(default)]
    pub value: Option<u32>,
    /// What is said (at most 600 characters).
    #[serde(default)]
    pub text: Option<Text>,
    /// What is said, point by point (each at most 250 characters).
    #[serde(default)]
    pub points: Vec<Text>,
    /// When it happened, was adopted or holds.
    #[serde(default)]
    pub date: Option<When>,
    /// The reference by which others cite it, such as a resolution's number (at most 120 characters).
    #[serde(default)]
    pub reference: Option<String>,
    /// The organisations concerned (ids).
    #[serde(default)]
    pub organisations: Vec<String>,
    /// The processes given as examples (ids).
    #[serde(default)]
    pub processes: Vec<String>,
    /// `true` where it belongs to an older page and not to IOM's present page on RCPs.
    #[serde(default)]
    pub older: bool,
    /// Pages about it.
    #[serde(default)]
    pub pages: Pages,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

closed_list! {
    /// The lists of facts that `iom.toml` and `general.toml` hold, by the headings of their tables.
    FactList {
        /// In how many processes IOM is what.
        IomFigure = "figure",
        /// What IOM's role consists of.
        IomRole = "role",
        /// What IOM is.
        IomBasic = "basic",
        /// How the processes work.
        Feature = "feature",
        /// What they deal with.
        Topic = "topic",
        /// What they have achieved.
        Achievement = "achievement",
        /// What they have contributed besides.
        Contribution = "contribution",
        /// International texts and frameworks that name them.
        Reference = "reference",
        /// The levels of consultation among States.
        Level = "level",
        /// How many there were, at given dates.
        Count = "count",
        /// Their history.
        Milestone = "milestone",
        /// Studies about them.
        Study = "study",
    }
}

impl FactList {
    /// The file that holds it.
    pub fn file(self) -> &'static str {
        match self {
            FactList::IomFigure | FactList::IomRole | FactList::IomBasic => "iom.toml",
            _ => "general.toml",
        }
    }

    /// Its facts.
    pub fn of<'f>(self, iom: &'f IomFile, general: &'f GeneralFile) -> &'f [Fact] {
        match self {
            FactList::IomFigure => &iom.figures,
            FactList::IomRole => &iom.roles,
            FactList::IomBasic => &iom.basics,
            FactList::Feature => &general.features,
            FactList::Topic => &general.topics,
            FactList::Achievement => &general.achievements,
            FactList::Contribution => &general.contributions,
            FactList::Reference => &general.references,
            FactList::Level => &general.levels,
            FactList::Count => &general.counts,
            FactList::Milestone => &general.milestones,
            FactList::Study => &general.studies,
        }
    }
}

/// `data/iom.toml`: IOM's role in the processes, and IOM itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IomFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// IOM's page on the processes.
    pub pages: Pages,
    /// Its role in one or two sentences (at most 600 characters).
    pub summary: Text,
    /// The figures: in how many processes IOM is what.
    #[serde(rename = "figure")]
    pub figures: Vec<Fact>,
    /// What its role consists of: kinds of support, the global meetings, coordination.
    #[serde(rename = "role")]
    pub roles: Vec<Fact>,
    /// What IOM is.
    #[serde(rename = "basic")]
    pub basics: Vec<Fact>,
}

/// What consultative processes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The definition (at most 600 characters).
    pub text: Text,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// `data/general.toml`: what the processes are, how they work, what they deal with and have achieved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GeneralFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// IOM's page on the processes.
    pub pages: Pages,
    /// What they are.
    pub definition: Definition,
    /// How they work.
    #[serde(rename = "feature")]
    pub features: Vec<Fact>,
    /// What they deal with.
    #[serde(rename = "topic")]
    pub topics: Vec<Fact>,
    /// What they have achieved.
    #[serde(rename = "achievement")]
    pub achievements: Vec<Fact>,
    /// What they have contributed besides.
    #[serde(rename = "contribution")]
    pub contributions: Vec<Fact>,
    /// International texts and frameworks that name them.
    #[serde(rename = "reference")]
    pub references: Vec<Fact>,
    /// The levels of inter-State consultation.
    #[serde(rename = "level")]
    pub levels: Vec<Fact>,
    /// How many there were, at given dates.
    #[serde(rename = "count")]
    pub counts: Vec<Fact>,
    /// Their history.
    #[serde(rename = "milestone")]
    pub milestones: Vec<Fact>,
    /// Studies about them.
    #[serde(rename = "study")]
    pub studies: Vec<Fact>,
}

/// A term of the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The term (at most 160 characters).
    pub name: Name,
    /// Its acronym.
    #[serde(default)]
    pub acronym: Option<Acronym>,
    /// The languages whose acronym is our own rendering.
    #[serde(default)]
    pub own_acronyms: Vec<Language>,
    /// Other wordings and acronyms in use, in any language.
    #[serde(default)]
    pub variants: Vec<String>,
    /// What it means, where a source of the catalogue says so (at most 500 characters).
    #[serde(default)]
    pub definition: Option<Text>,
    /// Doubts, conflicts and context for readers.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Where this comes from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// `data/glossary.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlossaryFile {
    /// The day on which the facts were collected.
    pub collected: When,
    /// The terms.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}
