//! The one table of views: what can be shown, under which letter a button carries it, with what parameters, and which
//! function shows it. Encoding, decoding, dispatch and the lists that tests walk are all made from it.
//!
//! A row reads: documentation, letter, name, parameters in the order in which they are written (one that may hold anything
//! comes last), and the function that shows it. A letter is never given to another view: buttons of old messages carry it.

/// Hands the table to another macro.
macro_rules! with_views {
    ($use:ident) => {
        $use! {
            /// A region's processes.
            "r" Region { id: RegionId, page: Page } by region::show,
            /// The card of a process.
            "p" Process { id: ProcessId } by info::show,
            /// Everyone who takes part in a process.
            "m" Members { id: ProcessId, page: Page } by info::members,
            /// Where what is said of a process comes from.
            "s" Sources { id: ProcessId, page: Page } by info::sources,
            /// A country's processes.
            "c" Country { code: CountryCode } by country::show,
            /// Who serves whom.
            "o" Secretariats { page: Page } by secretariats::overview,
            /// An organisation.
            "g" Organisation { id: OrganisationId } by secretariats::show,
            /// IOM's role.
            "i" Iom {} by iom::show,
            /// The global meetings.
            "n" Meetings {} by meetings::timeline,
            /// One global meeting.
            "e" Meeting { id: MeetingId } by meetings::show,
            /// What the processes are: a section of `/rcp apropos`.
            "a" About { section: Section } by about::show,
            /// The terms.
            "l" Glossary { page: Page } by glossary::list,
            /// A term.
            "t" Term { id: TermId } by glossary::show,
            /// Hits of a search.
            "q" Search { page: Page, region: RegionFilter, status: StatusFilter, query: Query } by search::show,
        }
    };
}

pub(super) use with_views;
