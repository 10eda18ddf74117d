//! The one table of views: what can be shown, under which letter a button carries it, with what parameters, and which
//! function shows it. Encoding, decoding, dispatch and the lists that tests walk are all made from it.
//!
//! A row reads: documentation, letter, name, parameters in the order in which they are written (one that may hold anything
//! comes last), whether it is the face of
//! an answer, which fits one view of a phone, or a sheet behind a button, and the function that shows it. A letter is never given to another view: buttons of old messages carry it.

/// Hands the table to another macro.
macro_rules! with_views {
    ($use:ident) => {
        $use! {
            /// A region's processes.
            "r" Region { id: RegionId, page: Page } face region::show,
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
            /// A country's processes.
            "c" Country { code: CountryCode } face country::show,
            /// Who serves whom.
            "o" Secretariats { page: Page } face secretariats::overview,
            /// Which processes each organisation serves.
            "z" Served { page: Page } sheet secretariats::served,
            /// An organisation.
            "g" Organisation { id: OrganisationId } face secretariats::show,
            /// Everything else that is known of an organisation.
            "j" OrganisationMore { id: OrganisationId, page: Page } sheet secretariats::more,
            /// IOM's role.
            "i" Iom {} face iom::show,
            /// One part of IOM's role.
            "f" IomPart { part: IomPart, page: Page } sheet iom::part,
            /// The global meetings.
            "n" Meetings {} face meetings::timeline,
            /// What the global meetings are for, and what readers must know of them.
            "h" Series { page: Page } sheet meetings::series,
            /// One global meeting.
            "e" Meeting { id: MeetingId } face meetings::show,
            /// Everything else that is known of a global meeting.
            "k" MeetingMore { id: MeetingId, page: Page } sheet meetings::more,
            /// What the processes are: a section of `/rcp apropos`.
            "a" About { section: Section } face about::show,
            /// A further page of a section.
            "b" AboutPage { section: Section, page: Page } sheet about::page,
            /// The terms.
            "l" Glossary { page: Page } face glossary::list,
            /// A term.
            "t" Term { id: TermId } face glossary::show,
            /// A term in other languages, with its sources.
            "y" TermMore { id: TermId, page: Page } sheet glossary::more,
            /// Everything that a country takes part in.
            "w" CountryMore { code: CountryCode, page: Page } sheet country::more,
            /// Hits of a search.
            "q" Search { page: Page, region: RegionFilter, status: StatusFilter, query: Query } face search::show,
        }
    };
}

pub(super) use with_views;
