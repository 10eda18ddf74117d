//! The commands: one file for each subcommand of `/rcp`, and what they have in common.
//!
//! All that `/rcp` offers stands in the table below, once: the subcommands in the order in which help lists them, each
//! with the views that its file shows. Registration, help, the terminal's parsing, encoding, decoding, dispatch and the
//! lists that tests walk are made from it.
//!
//! Imports run one way, from top to bottom: [`answer`](answer()) is what transports call; `list` names the commands and
//! `show` dispatches views to them; a command decides what is shown and shows it, with `finding` and `refusal` for what
//! is not clear; `reader`, `entry` and `look` are what they share; `view` and `custom_id` are what buttons carry. A
//! command is a plain function of a snapshot, a request and the day: no input or output, no locks, nothing async.

/// Hands the table to another macro. It stands above the modules, which see it without importing it.
///
/// A group is a subcommand's file, which holds its `COMMAND`. A row of it is a view: documentation, the letters under which
/// a button carries it, name, parameters in the order in which they are written (one that may hold anything comes last),
/// whether it is the face of an answer, which fits one view of a phone, such a face with a picture, or a sheet behind a
/// button, and the function that shows it. Letters are never given to another view: buttons of old messages carry them.
macro_rules! with_commands {
    ($use:ident) => {
        $use! {
            region {
                /// A region's processes.
                "r" Region { id: RegionId, page: Page } face region::show,
            }
            info {
                /// The card of a process.
                "p" Process { id: ProcessId } face info::show,
                /// Everyone who takes part in a process.
                "m" Members { id: ProcessId, page: Page } sheet info::members,
                /// Where what is said of a process comes from.
                "s" Sources { id: ProcessId, page: Page } sheet info::sources,
                /// Its meetings, and who chaired it.
                "d" ProcessMeetings { id: ProcessId, page: Page } sheet info::meetings,
                /// What readers must know of doubts and conflicts about a process.
                "v" Reserves { id: ProcessId, page: Page } sheet info::reserved,
                /// Everything else that is known of a process.
                "u" More { id: ProcessId, page: Page } sheet info::more,
                /// Its meetings over the years.
                "tlp" ProcessTimeline { id: ProcessId } picture timelines::of_process,
            }
            country {
                /// A country's processes.
                "c" Country { code: CountryCode } face country::show,
                /// Everything that a country takes part in.
                "w" CountryMore { code: CountryCode, page: Page } sheet country::more,
            }
            compare {
                /// Two countries, two processes, or a country and a process.
                "cm" Compare { a: SideId, b: SideId } face compare::show,
                /// The lists of a comparison in full.
                "cl" CompareMore { a: SideId, b: SideId, page: Page } sheet compare::more,
            }
            chairs {
                /// Who chairs what.
                "ch" Chairs { region: RegionFilter, page: Page } face chairs::show,
            }
            topics {
                /// The topics.
                "th" Topics {} face topics::list,
                /// The processes that deal with a topic.
                "tp" Topic { id: TopicId } face topics::show,
                /// How each of them words it.
                "tw" TopicWordings { id: TopicId, page: Page } sheet topics::wordings,
            }
            secretariats {
                /// Who serves whom.
                "o" Secretariats { page: Page } face secretariats::overview,
                /// Which processes each organisation serves.
                "z" Served { page: Page } sheet secretariats::served,
                /// An organisation.
                "g" Organisation { id: OrganisationId } face secretariats::show,
                /// Everything else that is known of an organisation.
                "j" OrganisationMore { id: OrganisationId, page: Page } sheet secretariats::more,
            }
            iom {
                /// IOM's role.
                "i" Iom {} face iom::show,
                /// One part of IOM's role.
                "f" IomPart { part: IomPart, page: Page } sheet iom::part,
            }
            meetings {
                /// The global meetings.
                "n" Meetings {} face meetings::timeline,
                /// What the global meetings are for, and what readers must know of them.
                "h" Series { page: Page } sheet meetings::series,
                /// One global meeting.
                "e" Meeting { id: MeetingId } face meetings::show,
                /// Everything else that is known of a global meeting.
                "k" MeetingMore { id: MeetingId, page: Page } sheet meetings::more,
                /// The global meetings over the years.
                "tlg" MeetingsTimeline {} picture timelines::global,
            }
            news {
                /// What is coming, and what is newest.
                "nw" News {} face news::show,
                /// The meetings of all processes.
                "nm" LatestMeetings { page: Page } sheet news::meetings,
                /// The meetings of all processes, of late and to come.
                "tln" NewsTimeline {} picture timelines::lately,
                /// What the last revisions changed.
                "nc" LatestChanges { page: Page } sheet news::changes,
            }
            map {
                /// In how many active processes each country of the world is a member.
                "mw" WorldMap {} picture map::world,
                /// Who takes part in a process.
                "mp" ProcessMap { id: ProcessId } picture map::process,
                /// In how many active processes of a region each country is a member.
                "mr" RegionMap { id: RegionId } picture map::region,
                /// With whom a country sits.
                "mn" CountryMap { code: CountryCode } picture map::country,
                /// The members of two processes.
                "mt" TwoMap { a: ProcessSide, b: ProcessSide } picture map::two,
            }
            search {
                /// Hits of a search.
                "q" Search { page: Page, region: RegionFilter, status: StatusFilter, query: Query } face search::show,
                /// What a message names, as many entries as a menu holds, and how many more.
                "mc" Cited { more: Page, entries: EntryMarks } face cited::show,
            }
            glossary {
                /// The terms.
                "l" Glossary { page: Page } face glossary::list,
                /// A term.
                "t" Term { id: TermId } face glossary::show,
                /// A term in other languages, with its sources.
                "y" TermMore { id: TermId, page: Page } sheet glossary::more,
            }
            about {
                /// What the processes are: a section of `/rcp apropos`.
                "a" About { section: Section } face about::show,
                /// A further page of a section.
                "b" AboutPage { section: Section, page: Page } sheet about::page,
                /// The lives of all processes.
                "tll" LivesTimeline {} picture timelines::lives,
            }
            help {
                /// What can be asked.
                "hp" Help {} face help::show,
                /// Every command.
                "hc" Commands { page: Page } sheet all_commands::show,
            }
        }
    };
}

mod answer;
mod registration;
mod typed;

mod list;
mod show;

mod all_commands;

mod about;
mod chairs;
mod cited;
mod compare;
mod country;
mod glossary;
mod help;
mod info;
mod iom;
mod map;
mod meetings;
mod news;
mod question;
mod region;
mod search;
mod secretariats;
mod topics;

mod timelines;

mod declaration;
mod finding;
mod refusal;
mod report;

mod novelty;

mod entry;
mod look;
mod reader;

mod custom_id;
mod parameter;
mod request;
mod view;
mod wording;

pub use answer::{
    ComponentAnswer, Shared, answer, autocomplete, component, is_costly, is_costly_component, language,
    message_command, nobody_reads, searched, slow_down,
};
pub use custom_id::{CustomId, UnknownCustomId};
pub use declaration::{Command, CommandOption, LANGUAGE, MessageCommand, OptionKind};
pub use entry::{called, label};
pub use list::{COMMANDS, MESSAGE_COMMANDS, ROOT};
pub use novelty::told_news;
pub use parameter::{EntryMark, IomPart, Section};
pub use reader::Reader;
pub use refusal::{Refusal, apology};
pub use registration::{choice_option_json, option_json, plain_option_json, root_json, subcommand_json, tree};
pub use report::{REPORT_TEXT, REPORT_URL, is_report, reported};
pub use request::{
    Attachment, Autocomplete, Caller, Choice, Component, Interaction, InteractionData, Invocation, Languages,
    Submitted, TargetMessage, Value,
};
pub use show::show;
pub use typed::{Mistyped, parse};
pub use view::{UnknownView, View};
pub use wording::Wording;
