### What the bot says in English. Every language holds the same keys; "rcp-bot check" sees to that.

## Languages and common words
labelled = { $label }: { $text }
quoted = “{ $text }”
own-name = English
language-fr = French
language-en = English
language-es = Spanish
not-known = not stated
not-listed = The list was not found.
undated = undated
online = online
with-others = with others
former = formerly
name-is-ours = The name is our own translation.
wording-is-ours = our own translation

## Dates: { $date } stands for a date already written out
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-day-alone = { $day }
date-day-short = { $day } { $month }
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-year = { $year }
date-day-no-year = { $day } { $month } (year not given)
date-month-no-year = { $month } (year not given)
date-about = about { $date }
date-since =
    { $precision ->
        [day] since { $date }
        *[other] since { $date }
    }
date-until =
    { $precision ->
        [day] until { $date }
        *[other] until { $date }
    }
date-span = { $from } – { $to }
date-span-days = { $from }–{ $to }
as-of = { $date }
since = { $date }

## Statuses
status-active = active
status-emerging = emerging
status-inactive = inactive
status-unknown = status unknown
status-plural-active = Active
status-plural-emerging = Emerging
status-plural-inactive = Inactive
status-plural-unknown = Status unknown
count-active = { $count } active
count-emerging = { $count } emerging
count-inactive = { $count } inactive
count-unknown = { $count } of unknown status
basis-iom-list = according to IOM's list
basis-iom-page = according to IOM's page
basis-activity = according to its recent meetings
basis-silence = no source states its status

## Fields of cards
field-region = Region
field-status = Status
field-ended = End
field-chair = Chair
field-former-chairs = Former chairs
field-secretariat = Secretariat
field-iom-role = IOM's role
field-themes = Themes
field-structure = How it works
field-meetings = Latest meetings
field-website = Website
field-notes = Good to know
field-sources = Sources
field-seat = Seat
field-founded = Founded
field-member-states = Member States
field-part-of = Part of
field-role = Role
field-hosts = Hosts
field-theme = Theme
field-attendance = Attendance
field-present = Processes present
field-topics = Topics
field-outcomes = Outcomes
field-background = Background
field-variants = Other forms
footer =
    { $count ->
        [one] { $count } source, read
        *[other] { $count } sources, read
    } on { $date }

## Chairs and secretariats
chair-none = No chair
secretariat-provided = provided by an organisation or a State
secretariat-shared = shared
secretariat-own = a secretariat of its own
secretariat-support-unit = support unit
secretariat-none = No secretariat
secretariat-interim = for the time being
secretariats-title = Who provides the secretariats
secretariats-intro = At the member States' request, an organisation may provide a process's secretariat. 🤝: with others.
secretariats-unknown = No secretariat known
secretariats-unknown-count =
    { $count ->
        [one] { $count } process
        *[other] { $count } processes
    }: no source says.
serves-none = No process of the catalogue.
serves-chair = Chairs
serves-secretariat = Provides the secretariat
serves-association = Attached processes
serves-member = Member
serves-observer = Observer
serves-partner = Partner
serves-adviser = Advises
serves-supporter = Supports
serves-funder = Funds
serves-invited = Invited
serves-candidate = Candidate
serves-founder = Founder
serves-former-member = Former member

## Taking part
role-member = Members
role-observer = Observers
role-partner = Partners
role-adviser = Advisers
role-supporter = Supporters
role-funder = Funders
role-invited = Invited
role-candidate = Candidates
role-founder = Founders
role-former-member = Former members
members-title = { $name }: participants
sources-title = { $name }: sources
tie-chair = chairs
tie-secretariat = provides the secretariat
tie-association = attached
tie-member = member
tie-observer = observer
tie-partner = partner
tie-adviser = adviser
tie-supporter = supporter
tie-funder = funder
tie-invited = invited
tie-candidate = candidate
tie-founder = founder
tie-former-member = former member
country-member =
    { $count ->
        [one] member of one process
        *[other] member of { $count } processes
    }
country-observer =
    { $count ->
        [one] observer of one process
        *[other] observer of { $count } processes
    }
country-none = No process of the catalogue names this country.
country-chairs = Chairs
country-caution = Several processes have no known list of members: this country may take part in others.
countries-caution = Several processes have no known list of members: these countries may take part in others.

## What a source supports
statement-name = name
statement-kind = kind
statement-region = region
statement-status = status
statement-founding = founding
statement-ended = end
statement-chair = chair
statement-secretariat = secretariat
statement-iom-role = IOM's role
statement-members = members
statement-observers = observers
statement-participants = other participants
statement-associations = attachment
statement-themes = themes
statement-purpose = purpose
statement-structure = how it works
statement-meetings = meetings
statement-website = website

## IOM's role
iom-title = IOM's role in RCPs
iom-figures = According to its page
iom-role-secretariat = Secretariat
iom-role-joint-secretariat = Joint secretariat
iom-role-secretariat-support = Support to the secretariat
iom-role-host = Host of the secretariat
iom-role-member = Member
iom-role-observer = Observer
iom-role-partner = Partner

## Regions
region-empty = No process belongs to it.
region-touching = 🌐 Interregional forums

## Topics
topics-title = The topics of the processes
topics-intro = How many processes deal with each:
topic-none = No process of the catalogue deals with it.
topic-caution = A source does not always name every topic of a process.

## Chairs, news, comparisons, help
chairs-title = Who chairs
chairs-known =
    { $count ->
        [one] { $count } chair known
        *[other] { $count } chairs known
    }
chairs-without =
    { $count ->
        [one] { $count } process has none
        *[other] { $count } processes have none
    }
chairs-unknown = { $count } not known
chairs-everywhere = All regions
news-title = News of the processes
news-catalogue =
    { $count ->
        [one] { $count } record checked on { $date }
        *[other] { $count } records checked on { $date }
    }
news-coming = Upcoming or under way
news-none-coming = No upcoming meeting is known.
news-latest = Latest meetings
news-chairs = Newest chairs
latest-meetings-title = Meetings of the processes, newest first
latest-changes-title = Changes of the catalogue, newest first
changes-unknown = No recent change is known.
novelty-title = News of the processes
novelty-process = New in the catalogue: { $process }.
novelty-chair = { $process }: now chaired by { $what }.
novelty-chair-none = { $process }: no longer has a chair.
novelty-status = { $process }: status is now { $what }.
novelty-joined = { $process } – new members: { $what }.
novelty-left = { $process } – no longer members: { $what }.
novelty-meeting = { $process }: meeting – { $what }.
novelty-global-meeting = Global meeting: { $meeting }, { $date }.
compare-together = Together ({ $count })
compare-members = Members in common ({ $count })
compare-only = { $name } only ({ $count })
compare-none = none
compare-takes-part = { $country } – { $process }: **{ $roles }**.
compare-unlisted = { $country } – { $process }: the list of members was not found; nothing tells whether this country takes part.
compare-unlisted-organisation = { $country } – { $process }: the list of members was not found; nothing tells whether this organisation takes part.
compare-takes-no-part = { $country } – { $process }: **not among** the known participants.
members-unlisted = members not known
nothing-to-compare = Nothing to compare
nothing-to-compare-help = Choose two different countries or processes, or a country and a process.
none-found-either = Neither a country nor a process found for “{ $typed }”
help-title = What you can ask
help-text = Type `/rcp`, choose a command and begin to write: answers are offered. Names, acronyms, former names and country codes will do, in any of the three languages and without accents.
help-examples =
    `/rcp info Rabat Process`
    `/rcp country Kenya`
    `/rcp compare a:France b:Morocco`
    `/rcp chairs region:Americas`
    `/rcp topics trafficking`
    `/rcp secretariats ICMPD`
    `/rcp meetings 2019`
    `/rcp search technical support`
    `/rcp glossary RCP`
help-commands-title = All commands
help-on-messages = On a message: *Apps › { $name }* lists what it names.
help-common-options = Every command also takes `language`, `private` (only you see the answer) and `for` (a person to address it to).

## Facts that questions get
fact-chair = { $process } – chair: { $what }.
fact-chair-none = { $process }: it has no chair.
fact-chair-unknown = { $process }: who chairs is not known.
fact-chair-in = { $process } – chair in { $year }: { $what }.
fact-chair-in-unknown = { $process }: who chaired in { $year } is not known.
fact-chair-now = Last known: { $what }.
fact-chair-before = Before: { $what }.
fact-former-chairs = { $process } – former chairs: { $what }.
fact-former-chairs-unknown = { $process }: no former chair is known.
fact-secretariat = { $process } – secretariat: { $what }
fact-secretariat-none = { $process }: it has no secretariat.
fact-secretariat-unknown = { $process }: its secretariat is not known.
fact-members = { $process } – { $what }.
fact-members-unknown = { $process }: the number of members is not known.
fact-observers-unknown = { $process }: no observer is known.
fact-founding = { $process } – founded: { $what }.
fact-founding-unknown = { $process }: when it was founded is not known.
fact-status = { $process }: { $what }.
fact-last-meeting = { $process } – last known meeting: { $what }.
fact-last-meeting-unknown = { $process }: no meeting is known.
fact-next-meeting = { $process } – next meeting: { $what }.
fact-next-meeting-unknown = { $process }: no upcoming meeting is known; the last one known: { $what }.
fact-no-next-meeting = { $process }: no upcoming meeting is known.
fact-themes = { $process } – topics: { $what }.
fact-themes-unknown = { $process }: its topics are not known.
fact-iom-role = { $process } – IOM's role: { $what }.
fact-iom-role-unknown = { $process }: IOM's role is not known.
fact-website = { $process } – website: { $what }
fact-website-unknown = { $process }: its website is not known.
fact-purpose = { $process }: { $what }
fact-chairs = { $country } chairs: { $what }.
fact-chairs-none = { $country } chairs no known process.
fact-processes =
    { $count ->
        [one] { $country } takes part in one process: { $what }.
        *[other] { $country } takes part in { $count } processes: { $what }.
    }
fact-processes-none = { $country }: no process of the catalogue names this country.
fact-observes =
    { $count ->
        [one] { $country } is an observer of one process: { $what }.
        *[other] { $country } is an observer of { $count } processes: { $what }.
    }
fact-observes-none = { $country } is an observer of no known process.
fact-serves =
    { $count ->
        [one] { $organisation } provides the secretariat of one process: { $what }.
        *[other] { $organisation } provides the secretariat of { $count } processes: { $what }.
    }
fact-serves-none = { $organisation } provides the secretariat of no known process.
fact-chair-last = { $process } – last known chair: { $what }.
fact-chair-was-last = (last known: { $date })
fact-chair-in-future-unknown = { $process }: who will chair in { $year } is not known.
fact-chairs-of-period =
    { $process } – known chairs { $period ->
        [before] before
        [until] until
        [since] since
        *[after] after
    } { $year }: { $what }.
fact-chairs-of-period-unknown =
    { $process }: no chair is known { $period ->
        [before] before
        [until] until
        [since] since
        *[after] after
    } { $year }.
fact-states-and-organisations = { $states }; organisations: { $organisations }
fact-known-organisations = Known organisations: { $what }.
fact-in-common =
    { $names } – in common, { $kind ->
        [members] { $count ->
            [one] { $count } member
            *[other] { $count } members
        }
        *[processes] { $count ->
            [one] { $count } process
            *[other] { $count } processes
        }
    }: { $what }.
fact-in-common-none =
    { $names }: { $kind ->
        [members] no known member in common.
        *[processes] no known process in common.
    }
fact-members-unlisted = { $process }: the list of members was not found; what they have in common is not known.
fact-seat = { $organisation } – seat: { $what }.

## Global meetings
meetings-intro =
    { $count ->
        [one] One global meeting, newest first.
        *[other] { $count } global meetings, newest first.
    }
meetings-related = Related meetings
meetings-aims = Aims
meetings-invited = Who is invited
meeting-no-theme = *no official theme found: subject summed up by us*
meeting-label =
    { NUMBER($ordinal, type: "ordinal") ->
        [one] { $ordinal }st
        [two] { $ordinal }nd
        [few] { $ordinal }rd
        *[other] { $ordinal }th
    } global meeting – { $place }, { $year }

## About
about-overview = Regional consultative processes
about-features = How they work
about-topics = What they deal with
about-achievements = What they have achieved
about-references = International texts and frameworks
about-levels = The levels of consultation
about-history = History, numbers, studies
about-catalogue = This catalogue
about-counts = { $regional } regional processes, { $interregional } interregional forums, { $organisations } organisations, { $meetings } global meetings, { $terms } terms, { $sources } sources
about-date = Facts collected on { $date }
about-revision = Revision: { $origin } ({ $hash })
origin-built-in = shipped with the program
origin-folder = read from the data folder
origin-revision = no. { $number }
glossary-title = Glossary

## Finding
several-found = Several possible answers for “{ $typed }”
several-found-help = Choose from the menu:
none-found-process = No process found for “{ $typed }”
none-found-region = No region found for “{ $typed }”
none-found-country = No country found for “{ $typed }”
none-found-organisation = No organisation found for “{ $typed }”
none-found-meeting = No meeting found for “{ $typed }”
none-found-term = No term found for “{ $typed }”
none-found-topic = No topic found for “{ $typed }”
nothing-typed-process = Which process?
nothing-typed-region = Which region?
nothing-typed-country = Which country?
nothing-typed-organisation = Which organisation?
nothing-typed-meeting = Which meeting?
nothing-typed-term = Which term?
nothing-typed-topic = Which topic?
none-found-nearest = Did you mean:
guessed = “{ $typed }” is not an exact name; the nearest:
none-found-help = Try a name, an acronym or a few words; the suggestions while typing help.
search-title = “{ $typed }”
search-none = Nothing found for “{ $typed }”
search-none-help = Try other words, or fewer filters.

## What a message names
cited-title =
    { $count ->
        [one] { $count } entry named in this message
        *[other] { $count } entries named in this message
    }
cited-process = Processes
cited-organisation = Organisations
cited-meeting = Global meetings
cited-term = Glossary
cited-more =
    { $count ->
        [one] and { $count } more, for which there is no room
        *[other] and { $count } more, for which there is no room
    }
nothing-named = No process named
nothing-named-help = I recognise no process, organisation, global meeting or term of the glossary in this message. Acronyms with other meanings count only in capitals and near a word of the field.
nothing-to-read = Nothing to read
nothing-to-read-help = This message has no text: I read neither pictures nor attached files.

## Maps
button-map = Map
button-map-world = The world
menu-map-region = Map of a region…
map-world = Active processes by country
map-region = { $region }: active processes by country
map-country = { $country }: processes in common
map-only = { $name } only: { $count }
map-both = Both: { $count }
map-step =
    { $count ->
        [one] { $range } process
        *[other] { $range } processes
    }
map-countries =
    { $count ->
        [one] { $count } country
        *[other] { $count } countries
    }
map-told = Map: { $title }.
map-no-list = No source gives the list of members.
map-sources =
    { $count ->
        [one] List: { $date }, { $count } source · base map: Natural Earth
        *[other] List: { $date }, { $count } sources · base map: Natural Earth
    }
map-boundaries = Boundaries and names shown imply no official endorsement or acceptance.

## Buttons and menus
button-members = Members
button-sources = Sources
button-share = Share
shared = Answer shared
button-iom = IOM's role
button-meetings = Global meetings
button-organisation = The organisation
button-all-secretariats = All secretariats
button-all-meetings = All
button-all-terms = Glossary
button-all-topics = All topics
button-answer = Answer the question
button-timeline = Timeline
button-latest-meetings = All meetings
button-latest-changes = What changed
button-chairs = Chairs
button-news = News
button-commands = All commands
button-help-page = Help
button-all-lists = Full lists
button-back-to-comparison = The comparison
button-topic = The topic
button-wordings = In their words
button-back-to-card = Back to the card
page-of = { $page } / { $pages }
menu-open = Open…
menu-open-process = Open a process…
menu-open-country = Open a member country…
menu-open-organisation = Open an organisation…
menu-open-meeting = Open a meeting…
menu-open-term = Open a term…
menu-open-topic = Open a topic…
menu-chairs-region = One region only…
menu-open-section = Read another part…

## Refusals and errors
unknown-command = Unknown command: { $typed }
unknown-command-help = These are the commands: { $commands }
option-mistyped = The option “{ $option }” does not fit
option-mistyped-help = Choose the options and their values from those that Discord offers while you type the command.
entry-gone = This entry is gone
entry-gone-help = The catalogue has changed since this message. Use the command again to see what it holds.
press-foreign = This button no longer answers
press-foreign-help = It comes from an older version or from elsewhere. Use the command again.
delete-refused = You may not delete this answer
delete-refused-help = Only the person who asked for it and moderators may.
slow-down = One moment, please
slow-down-help = You have searched a lot in a short time. Try again in { $seconds } s.
apology = Sorry, something went wrong
apology-text = The fault is ours; it is recorded as no. { $id }. Try again in a moment.

## Commands and options: at most 100 characters each
command-rcp = Regional consultative processes on migration
command-region = The processes of a region, by status
command-info = The card of a process: chair, secretariat, members, meetings
command-pays = The processes in which a country takes part
command-comparer = What two countries or two processes have in common; a country and a process
command-presidences = Who chairs which process, and since when
command-themes = The processes that deal with a topic
command-secretariats = Who provides the secretariat of which process
command-oim = IOM's role in the processes
command-reunions = The global meetings of the processes
command-actualites = The latest meetings and chairs, and what is coming
command-carte = A map: who takes part in a process, in those of a region, of the world
command-recherche = Search the whole catalogue
command-glossaire = The terms of the field in three languages
command-apropos = What these processes are, and where the answers come from
command-aide = What you can ask, with examples
option-region = A region of the world
option-processus = A name, an acronym or a few words
option-pays = A country or territory
option-a = A country or a process
option-b = Another country or process
option-organisation = An organisation
option-reunion = A meeting: number, year or city
option-texte = What you are looking for
option-statut = Only processes of this status
option-terme = A term, in any of the three languages
option-theme = A topic: trafficking, asylum, labour, health…
option-langue = The language of the answer
option-discret = An answer that only you see
option-pour = A person to address the answer to

## At a glance, and behind buttons
country-role-member = Member
country-role-observer = Observer
country-role-partner = Partner
country-role-adviser = Adviser
country-role-supporter = Supporter
country-role-funder = Funder
country-role-invited = Invited
country-role-candidate = Candidate
country-role-founder = Founder
country-role-former-member = Former member
menu-page = Page { $page }…
footer-date = Facts collected on { $date }
button-process-meetings = Meetings
button-reserves =
    { $count ->
        [one] { $count } caveat
        *[other] { $count } caveats
    }
button-more = More
chair-unknown = not known
chair-seen-since =
    { $precision ->
        [day] seen on { $date }
        [loose] seen: { $date }
        *[other] seen in { $date }
    }; not known since
checked =
    { $precision ->
        [day] checked on { $date }
        [loose] checked: { $date }
        *[other] checked in { $date }
    }
chair-term-only = going by its term
secretariat-at = { $who }, { $place }
members-count =
    { $count ->
        [one] { $count } member
        *[other] { $count } members
    }
observers-count =
    { $count ->
        [one] { $count } observer
        *[other] { $count } observers
    }
field-last-meeting = Last known meeting
meetings-unknown = No meeting is known.
process-meetings-title = { $name }: meetings and chairs
timeline-beyond =
    { $count ->
        [one] … and one more line
        *[other] … and { $count } more lines
    }
timeline-precision = A point: a day. A bar: a month or a year, where no more is known.
timeline-global = Global meetings
timeline-global-count =
    { $count ->
        [one] One global meeting
        *[other] { $count } global meetings
    }
timeline-process = { $name }: meetings over time
timeline-ministers = Ministerial: { $count }
timeline-officials = Senior officials: { $count }
timeline-others = Other meetings: { $count }
timeline-without-year =
    { $count ->
        [one] One more meeting, whose year is not known, is not shown.
        *[other] { $count } more meetings, whose years are not known, are not shown.
    }
timeline-latest = latest: { $latest }
timeline-news = Meetings of the processes since { $year }
timeline-news-count =
    { $meetings ->
        [one] One dated meeting
        *[other] { $meetings } dated meetings
    } · { $processes ->
        [one] one process
        *[other] { $processes } processes
    }
timeline-held = Held
timeline-coming = To come
timeline-today = today
timeline-lives = The processes since { $year }
timeline-open-end = Where no end is known: to the last dated meeting.
timeline-undated =
    { $count ->
        [one] One process without a known year of founding is not there.
        *[other] { $count } processes without a known year of founding are not there.
    }
reserves-title = { $name }: caveats
reserves-none = Nothing in particular.
more-title = { $name }: in detail
field-name = Name
field-purpose = Purpose
field-associations = Attached to
field-other-names = Other names
field-former-names = Former names
field-links = Links
field-other-roles = Other roles
iom-part-processes = By process
iom-part-figures = Figures
iom-part-support = Support
iom-part-basics = IOM
iom-title-processes = IOM in the processes
iom-title-figures = IOM's role in figures
iom-title-support = What IOM contributes
iom-title-basics = IOM in brief
iom-secretariat-today = Secretariat today
iom-secretariat-shared = Secretariat with others, or hosted
button-series = Aims
button-back-to-meeting = The meeting
button-back-to-term = The term
button-back-to-country = The country
button-overview = The essentials
button-languages = Other languages
button-by-region = By region
button-served = By process
term-undefined = No source of the catalogue defines it.
about-examples = Things to try
about-examples-list =
    `/rcp info Prague Process`
    `/rcp country Kenya`
    `/rcp region Americas`
about-total =
    { $count ->
        [one] { $count } process
        *[other] { $count } processes
    }
count-processes =
    { $count ->
        [one] { $count } process
        *[other] { $count } processes
    }
menu-open-region = See another region…
none-found-regions = These are the catalogue's regions:
none-found-meetings = These are the global meetings, newest first:
none-found-topics = These are the catalogue's topics:
search-count =
    { $count ->
        [one] { $count } result
        *[other] { $count } results
    }
search-narrowed = Only: { $filters }

## Moderation
admin-refused = You may not moderate here
admin-refused-place = Moderation is done in another server. This attempt is recorded.
admin-refused-person = It takes a moderator's role or account. This attempt is recorded.
admin-unknown = Unknown command
admin-unknown-help = It comes from another version. Restart Discord to get the present commands.
admin-reloaded = Catalogue reloaded
admin-published = Change published
admin-restored = Revision restored
admin-now-served = Revision no. { $number } is being served.
admin-same = Nothing changed
admin-same-text = This is exactly what is being served.
admin-only-layout = No field differs: only comments or layout changed.
admin-difference = { $added } added, { $removed } removed, { $changed } changed
admin-warnings =
    { $count ->
        [one] { $count } warning
        *[other] { $count } warnings
    }
admin-set-aside = The data folder held files that were not being served; they are kept in { $place } in the state folder.
admin-brought-back = Somebody had deleted { $file } in the data folder without reloading; it stands there again.
admin-unwritten = The data folder could not be written to the end ({ $reason }). The next reload or start goes on with it.
admin-unreloaded = The data folder holds changes that are not being served, in { $files }. They are left as they are; reload to serve them.
admin-behind = A newer revision has errors here
admin-behind-text = Revision no. { $number }, made elsewhere, cannot be served by this instance; a change here would take it back. Update this instance, or restore a revision to decide which one is to be served. The first error:
admin-unwritable-text = Nothing was published: the data folder cannot be written ({ $reason }), and what cannot stand in it would be lost.
admin-place = { $file } · line { $line }, column { $column }
admin-mend = → { $mend }
admin-more-errors =
    { $count ->
        [one] One more error is
        *[other] { $count } more errors are
    } in the attached file.
admin-reason = Reason: “{ $reason }”
admin-file = { $file }: the present file
admin-file-text = as it is served. Change it, then give it back with `/rcp-admin check`.
admin-file-entry = **{ $entry }** begins on line { $line }.
admin-file-built-in = The catalogue does not have this file: here is the program's own, which stands in for it.
admin-no-file = Nothing of the kind in the catalogue
admin-no-file-text = “{ $typed }” is neither an entry nor a file of the catalogue. Choose from what is offered while typing.
admin-upload-unknown = This is not a file of the catalogue
admin-upload-errors-text =
    { $count ->
        [one] **{ $file }**: one error
        *[other] **{ $file }**: { $count } errors
    }; nothing is published.
admin-some-process = A process without an id
admin-upload-moved = Somebody has changed this same file since: publishing yours would take their change back, as the difference shows. Better ask for the present file again.
admin-no-face = There is no card to show
admin-key-sources = sources
admin-key-notes = notes
admin-key-collected = day of collection
admin-file-added = { $file }: added
admin-file-removed = { $file }: removed
admin-compared = From revision no. { $old } to no. { $new }
admin-first-revision = It is the first: none comes before it.
menu-revision = See what a revision changed…
menu-compare = Compare with another revision…
admin-field-notes = To be looked at
admin-note-behind = Revision no. { $number }, made elsewhere, has errors here and is not being served: { $first }
admin-note-unwritten = The data folder does not hold revision no. { $number }, because it cannot be written: { $reason }
admin-note-overwrites = The store of the revisions lets one revision overwrite another: nothing can be changed over it. Use a store that honours If-None-Match.
admin-note-no-folder = There is no data folder: nothing can be changed.
admin-errors = Catalogue refused
admin-errors-text =
    { $count ->
        [one] One error
        *[other] { $count } errors
    }; the former catalogue goes on serving.
admin-notice-more =
    { $count ->
        [one] One more error
        *[other] { $count } more errors
    }: `rcp-bot check` shows all.
admin-mended = Catalogue without errors
admin-mended-text = The folder is without errors again, and does not differ from what is served.
admin-started = Started with another catalogue
admin-no-folder = No data folder
admin-no-folder-text = There is no data folder, and so nothing can be changed. Start the bot with --data.
admin-overtaken = Somebody was faster
admin-overtaken-text = Another catalogue has been served since this message was written; nothing was done and nothing is lost. This is what is being served now:
admin-apart = The data folder has changes of its own
admin-apart-text = A revision was made elsewhere while this folder holds changes that are not being served. Reload first to see the differences.
admin-gone = This change is no longer kept
admin-gone-text = It was published or discarded already, or waited for more than seven days. Make it again.
admin-no-revision = Revision not found
admin-no-revision-text = There is no revision “{ $number }”. Choose one of those offered while typing.
admin-not-recorded = Nothing was done: the record cannot be written
admin-store = The log of revisions cannot be used
admin-folder = The folder cannot be read or written
admin-upload-foreign = This file does not come from Discord
admin-upload-too-large = This file is too large
admin-upload-lost = The file could not be received
admin-upload-not-kept = The file could not be kept
admin-upload-help = Attach a file of the catalogue as /rcp-admin file gives it, of { $size } KiB at most. It is recognised by what it holds, whatever its name.
admin-upload-errors = File refused
admin-upload-same = This file is being served already
admin-upload-same-text = **{ $process }**: this file is exactly the catalogue's.
admin-upload = Publish this change?
admin-upload-good = **{ $process }** ({ $file }): no errors. Nothing is published yet.
admin-discarded = Change discarded
admin-cancelled = Nothing was changed
admin-restore = Restore revision no. { $number }?
admin-restore-text = It will become a new revision, and the data folder will hold its files again. What would change:
admin-history = History
admin-history-empty = There is no revision yet.
admin-served = · in service
admin-damaged = **{ $number }** · damaged
admin-status = Status
admin-loaded = loaded { $when }
admin-counts = { $processes } processes, { $organisations } organisations, { $countries } countries, { $meetings } global meetings, { $terms } terms
admin-interactions = { $answered } answered, { $failed } failed
admin-broken =
    { $count ->
        [one] One error
        *[other] { $count } errors
    }: the folder is not being served as it is. The first:
admin-no-warnings = none
admin-field-catalogue = Catalogue
admin-field-broken = Data folder
admin-field-counts = Contents
admin-field-uptime = Started
admin-field-interactions = Interactions
admin-field-memory = Memory
admin-field-shards = Connections to Discord
admin-field-warnings = Warnings ({ $count })
admin-by-start = the program
admin-by-signal = an operator
admin-by-watch = folder changed
admin-by-other = another instance
admin-why-start = start
admin-why-reload = reload
admin-why-publish = publication of { $process }
admin-why-restore = restoration of revision { $number }
admin-why-merge = merge with the data of the new version
admin-result-begun = begun
admin-result-done = done
admin-result-unchanged = nothing to do
admin-result-refused = refused
admin-result-overtaken = overtaken by another
admin-result-failed = failed
admin-button-publish = Publish
admin-button-card = See the card
admin-button-discard = Discard
admin-button-restore = Restore
admin-button-cancel = Cancel
admin-button-again = See the difference again
admin-button-difference = See the difference
admin-button-restore-one = Restore no. { $number }…
admin-button-history = History
command-rcp-admin = Keep the catalogue up to date
command-recharger = Read the data folder again and serve it if it has no errors
command-verifier = Check a file of the catalogue, see what changes, publish it
command-historique = The catalogue's revisions: what changed, by whom, when, why
command-retablir = Go back to an earlier revision
command-etat = What is being served, and how the bot is doing
option-fichier = A file of the catalogue, recognised by what it holds
option-revision = The number of a revision
command-fichier = Get the present file of an entry or a table
option-contenu = A process, an organisation, a country, a meeting… or a whole file
option-raison = Why this change: kept with the revision
option-avec = Another revision, to be compared with the first

## The files of the catalogue
file-organisations = Organisations
file-countries = Countries
file-meetings = Global meetings
file-topics = Topics
file-glossary = Glossary
file-regions = Regions
file-iom = IOM's role
file-general = General facts about RCPs
file-questions = How questions are asked
file-messages = Texts of the bot ({ $language })

## The rules of the catalogue: what is wrong where one is broken
rule-unreadable = a file or folder is missing or cannot be read
rule-too-large = the file is too large
rule-not-text = the file is not UTF-8 text
rule-syntax = the file is not TOML
rule-type = the value does not have the expected form
rule-unknown-key = there is no such key here
rule-newer-key = this version of the program does not read this key
rule-missing-key = a required key is missing
rule-date = the date does not exist or has the wrong form
rule-date-order = dates are out of order
rule-year-range = the year is out of range
rule-empty-text = a text is empty
rule-control-character = the text holds an invisible character or a space at an end
rule-markup = the text holds markup or an address
rule-mention = the text could mention somebody
rule-too-long = the text is too long
rule-bad-emoji = this is not a single emoji
rule-conflict-copy = the file is a copy of another one
rule-bad-url = the web address is not whole
rule-bad-id = the id has the wrong form or is not that of the file
rule-duplicate-id = an id stands twice
rule-duplicate-name = a name already stands for another entry
rule-duplicate-item = an item stands twice in the list
rule-unknown-process = this process is not in the catalogue
rule-unknown-region = this region is not in the catalogue
rule-unknown-organisation = this organisation is not in the catalogue
rule-unknown-country = this country is not in the list
rule-unknown-topic = this topic is not in the list
rule-missing-file = a file is missing; the program's own is used
rule-theme-without-topic = this theme belongs to no topic of the list
rule-bad-country-code = this is not a country code (ISO 3166-1)
rule-member-and-observer = the same participant is member and observer
rule-count-differs = the number does not agree with the list
rule-inconsistent = two parts of the record disagree
rule-unsupported = no source supports what is said
rule-bad-message = the message cannot be said as it stands
rule-message-syntax = the message file is not Fluent
rule-missing-message = messages are missing; the program's own stand in
rule-unknown-message = the bot does not say this message
rule-incomplete-message = the message lacks a value or a form
rule-unknown-file = the file is not of the catalogue and is not read
rule-editor-syntax = many editors refuse this way of writing
rule-future-facts = the facts are dated after today; is the clock right?
rule-stale-facts = the facts were collected more than a year ago
rule-old-chair = the chair was last seen to hold years ago
rule-doubtful-text = the text is garbled, only holds a place, or ends with a sign too many
rule-later-than-collected = a date lies after the day of collection
rule-missing-translation = a language is missing
rule-uncited-source = the source supports no statement
rule-http-link = the address is not encrypted (http)

## The rules of the catalogue: how each is mended
mend-unreadable =
    { $case ->
        [newer] Update the program here: a newer version wrote this revision. Or restore another one.
       *[other] Put the file back in its place, readable by the bot.
    }
mend-too-large = Keep each file under 1 MiB.
mend-not-text = Save the file as UTF-8 (“Save as”, encoding UTF-8).
mend-syntax =
    { $case ->
        [near] Did you mean “{ $value }”?
        [straight] Write straight quotes: "text".
        [space] Write a plain space instead of the no-break space.
        [line-ends] Save the file with the line ends of Unix or Windows.
        [quotes] Put the date in quotes: "{ $value }".
        [twice] A key stands once in its table: remove or rename one of the two.
        [comment] Write # before a comment.
        [invisible] Remove the invisible character; copying from a web page brings it in.
        [equals] Write an equals sign behind the key, and no colon.
        [nothing] Leave the key out where nothing is known.
        [bracket] The bracket opened on line { $value } may not be closed.
        [marks] Keep one of the two versions between <<<<<<< and >>>>>>>, and remove the lines of these marks.
        [inner] Within a text write “ ” or \"; the whole text stands between " and ".
        [open] Close the text with { $value } at its end.
        [boolean] Write true or false, in small letters and without quotes.
        [once] There is one [{ $value }]: remove one of the two, or join what stands below them.
        [pasted] The whole file stands here twice: remove one of the two, and keep what is right in it.
        [write] Write: { $value }
        [several] Write [[{ $value }]] over each if there are several, or join them under [{ $value }].
        *[other] Write: key = "text", lists in [ ], tables in braces or under a [heading].
    }
mend-type =
    { $case ->
        [near] Did you mean “{ $value }”?
        [allowed] Write one of these values: { $value }.
        [boolean] Write true or false, without quotes.
        [number] Write the number in digits, without quotes.
        [digits] Check the digits: it can be { $value } at most.
        [write] Write: { $value }
        [table] Write the heading { $value }, and the keys below it.
        [languages] Write it in each language: { "{" } fr = "…", en = "…", es = "…" { "}" }
        *[other] Texts and dates in "quotes", lists in [ ], numbers without quotes.
    }
mend-unknown-key =
    { $case ->
        [above] It is a key of the whole file: move it above the first heading.
        [below] It belongs below { $value }: move it there.
        [heading] It is a table of the whole file: write it under its own heading { $value }.
        *[other] Did you mean “{ $value }”?
    }
mend-newer-key = Remove it, unless a newer version of the program reads it.
mend-missing-key =
    { $case ->
        [several] Add a table { $value }.
        [top] Add { $value } above the first heading.
        [above] It is a key of the whole file: move it above the first heading.
        [below] It belongs below { $value }: move it there.
        [heading] It is a table of the whole file: write it under its own heading { $value }.
        *[other] Add { $value } here.
    }
mend-date =
    { $case ->
        [quotes] Put the date in quotes: "{ $value }".
        [either] Write one of these: { $value }; the second is a span with an open end.
        [near] Write "{ $value }".
        *[other] Write what is known: "2026", "2026-11" or "2026-11-23", or a span with / between the two.
    }
mend-date-order = Check the dates; meetings go from the oldest to the newest.
mend-year-range = Check the digits of the year.
mend-empty-text = Write the text, or remove the key.
mend-control-character = Write it on one line, without tabs or invisible characters; copying from a web page brings them in.
mend-markup = Write plain text, without * _ ~ ` | > # and addresses; an address belongs to a source or to website.
mend-mention = Write it without @ and without <…>.
mend-too-long = Shorten it to { $value } characters at most, or split it where the key is a list.
mend-bad-emoji = Write one emoji, such as 🌍.
mend-conflict-copy = Compare the two, keep what is right in the original and take the copy away.
mend-bad-url = Write it as the browser shows it, from https:// on.
mend-bad-id = Write it like processus-de-quito (a to z, 0 to 9, hyphens); it is the file's name and never changes.
mend-duplicate-id = Give each entry an id of its own.
mend-duplicate-name =
    { $case ->
        [named] It is also a name of “{ $value }”: change one of the two, or list it in shared_names of both.
        *[other] Keep it in one of the two entries.
    }
mend-duplicate-item = Remove one of the two.
mend-unknown-process =
    { $case ->
        [near] Did you mean “{ $value }”?
        *[other] Write the id of a process of the catalogue, or add it there first.
    }
mend-unknown-region =
    { $case ->
        [near] Did you mean “{ $value }”?
        *[other] Write an id of regions.toml, or add it there first.
    }
mend-unknown-organisation =
    { $case ->
        [near] Did you mean “{ $value }”?
        *[other] Write an id of organisations.toml, or add it there first.
    }
mend-unknown-country =
    { $case ->
        [near] Did you mean “{ $value }”?
        *[other] Write a code of countries.toml, or add it there first.
    }
mend-unknown-topic =
    { $case ->
        [near] Did you mean “{ $value }”?
        *[other] Write an id of topics.toml, or add it there first.
    }
mend-bad-country-code = Write the two capital letters of the ISO 3166-1 code.
mend-member-and-observer = Remove it from one of the two lists.
mend-count-differs = Correct the number or the list, or say why in note.
mend-inconsistent =
    { $case ->
        [region] An interregional forum has the region "interregional" and names the others in touches; a regional process has its region.
        [status] Write value = "unknown" with basis = "silence", or the status and what it rests on.
        [chair] Remove none, or those who hold the chair.
        [secretariat] provided has at least one provider, shared two or more, none has none.
        *[other] Make the two parts agree.
    }
mend-unsupported =
    { $case ->
        [statement] Add "{ $value }" to the supports of the source that says it, or remove the statement.
        *[other] Add a source with its address.
    }
mend-bad-message = Use only values and messages that there are, within the length of their place; the program's own text is the model.
mend-message-syntax = Write: key = text, further lines indented with spaces; { "{" } $name { "}" } for a value; each key once.
mend-missing-file = Nothing to do, unless you want to change it: then copy the program's.
mend-theme-without-topic = Add topics = ["…"] with ids of topics.toml.
mend-missing-message = Nothing to do, unless you want to change them: then take them over from the program.
mend-unknown-message = It may come from another version; it does no harm.
mend-incomplete-message = Take over the values and the wordings of the program's text.
mend-unknown-file = Rename it if it is to be read, or move it away.
mend-editor-syntax = Write tables in braces on one line, without a last comma, and save without a byte order mark (BOM).
mend-future-facts = Set the clock, or write the day on which the sources were read.
mend-stale-facts = Read the sources again and set the new day.
mend-old-chair = Look for the present chair and set as_of.
mend-doubtful-text =
    { $case ->
        [end] Take away the punctuation at its end, which is of a sentence.
        [garbled] Write the letters as the source has them; save and open files as UTF-8.
        *[other] Write the text, or remove the key.
    }
mend-later-than-collected = Check the date, or set collected anew.
mend-missing-translation = Add the text in the language that lacks it.
mend-uncited-source = Say in supports what the source is the source of.
mend-http-link = Write https:// if the site offers it.

## Forms of /rcp-admin edit
command-modifier = Change a card by a form: chair, meeting, status, members…
option-quoi = What changes
admin-button-form-again = Back to the form
form-kind-chair = chair
form-kind-meeting = new meeting
form-kind-status = status
form-kind-members = members
form-kind-observers = observers
form-kind-staff = secretariat
form-kind-site = website
form-kind-note = new note
form-kind-topic = new theme
form-kind-held = chair, still in office
form-kind-joined = members, still the same
form-kind-stands = status, still right
form-kind-seen = card, still right
form-kind-global = new global meeting
form-kind-past = date, place, results
form-kind-series = global meetings, still right
form-title-chair = Chair: { $name }
form-title-meeting = Meeting: { $name }
form-title-status = Status: { $name }
form-title-members = Members: { $name }
form-title-observers = Observers: { $name }
form-title-staff = Secretariat: { $name }
form-title-site = Website: { $name }
form-title-note = Note: { $name }
form-title-topic = Theme: { $name }
form-title-held = Still in office: { $name }
form-title-joined = Members unchanged: { $name }
form-title-stands = Status unchanged: { $name }
form-title-seen = Still right: { $name }
form-title-global = New global meeting
form-title-past = Took place: { $name }
form-title-series = Still right: { $name }
form-now = At present: { $who }
form-field-url = Source: the page's address
form-field-url-example = https://… where it is said
form-field-date = Date of the source
form-field-date-example = 31 January 2026, if it bears one
form-field-date-required-example = 31 January 2026
form-field-who = Who: countries or organisations
form-field-who-example = Switzerland; or “none”
form-field-since = Since when, or for which term
form-field-since-example = end of January 2026; 2026-2027
form-field-rule = Rule of rotation
form-field-rule-example = for example: every year, by turns
form-field-title = Title (fr:, en:, es: on three lines)
form-field-title-example = en: senior officials' meeting
form-field-when = Date of the meeting
form-field-when-example = 24–25 September 2024; empty if not known
form-field-when-required-example = 24–25 September 2024
form-field-venue = City and country (fr:, en:, es:)
form-field-venue-example = Geneva, Switzerland; or “online”
form-field-outcome = A result (fr:, en:, es:)
form-field-outcome-example = en: agreement on joint positions
form-field-place = Place (fr:, en:, es: on three lines)
form-field-place-example = Geneva; or “online”
form-field-status = Status
form-field-status-example = active, emerging, inactive, unknown
form-field-basis = On what grounds
form-field-basis-example = its meetings; IOM's list; IOM's page
form-field-note = Explanation (fr:, en:, es:)
form-field-note-example = How it is known, or why it is doubtful
form-field-join = Who joins
form-field-join-example = Brazil, Chile
form-field-leave = Who leaves
form-field-leave-example = Rwanda
form-field-website = Address of the website
form-field-website-example = https://…
form-field-kind = Kind of note
form-field-kind-example = conflict, doubt or context
form-field-about = About what
form-field-about-example = chair, members, meetings…
form-field-text = Text (fr:, en:, es: on three lines)
form-field-text-example = en: Two sources disagree: …
form-field-theme = Theme (fr:, en:, es: on three lines)
form-field-theme-example = en: decent work
form-field-topics = Topics of the closed list
form-field-topics-example = labour migration, asylum
form-note-conflict = conflict
form-note-doubt = doubt
form-note-context = context
form-global-name =
    { NUMBER($number, type: "ordinal") ->
        [one] { $number }st
        [two] { $number }nd
        [few] { $number }rd
        *[other] { $number }th
    } Global ISCM Meeting
form-no-process-text = Choose one of the processes that are offered while you type.
form-only-meetings = A form takes a new meeting (“new meeting”), or the date, place and results of one that you choose by its name. Everything else: /rcp-admin file content:`meetings.toml`.
form-gone = This card is gone
form-gone-text = It was served when the form was opened. Nothing was changed; what you wrote is attached.
form-report-gone = This report is gone
form-report-gone-text = Nothing was changed. Open the form with /rcp-admin edit; what you had written, if anything, is attached.
form-draft-gone = What was written is not kept any more
form-draft-gone-text = A form that was refused is kept for a day only. Open a new one with /rcp-admin edit.
form-overtaken-text = Since this form was opened, “{ $what }” has changed for { $name }. Nothing was done and nothing is lost: go back to the form to see what is said now, with what you had written.
form-wrong = { $name }: please correct
form-wrong-empty = must be filled in.
form-wrong-long = { $typed } characters at most.
form-wrong-date = “{ $typed }” is not a date. Write “April 2026”, “24–25 September 2024” or “2026”.
form-wrong-day = “{ $typed }”: there is no such day.
form-wrong-year = “{ $typed }”: of which year?
form-wrong-order = “{ $typed }” ends before it begins.
form-wrong-ahead = this date lies ahead.
form-wrong-before-present-chair = the present chair has held office { $typed }: whoever follows it cannot have begun before. Correct this date; if the present chair began earlier, first send this form for the present chair, with its date.
form-wrong-before-founding = the process was founded later ({ $typed }). Correct this date.
form-wrong-undated = must be filled in: that date is over, and the source's date tells whether the meeting was held or only announced.
form-wrong-two-countries = “{ $typed }” is in another country than the line above.
form-wrong-out-of-order = the meetings with a number would not stand in the order of time. Check the date, or the number in the title.
form-wrong-no-outcome-yet = a meeting that is still to come has no result.
form-wrong-url = “{ $typed }” is not an address. It begins with https:// and holds no space.
form-wrong-unknown = “{ $typed }” is not in the catalogue.
form-wrong-several = “{ $typed }” may mean several things.
form-wrong-choice = “{ $typed }” does not fit. Choose: { $known }.
form-wrong-takes-part = { $typed } takes part already.
form-wrong-takes-no-part = { $typed } does not take part.
form-wrong-both = { $typed } cannot join and leave at once.
form-wrong-same = the card says so already. To confirm it by a source: /rcp-admin review, “Seen, still true”.
form-wrong-nothing = the card says nothing of it.
form-wrong-file = the file cannot be changed that way ({ $typed }). Use /rcp-admin check.
form-near = Perhaps: { $known }.
form-lacking = Missing: { $languages }. Readers of these languages will see another language.
form-former-not-kept = The former chair was an organisation: the history holds countries only.
form-unnumbered = Listed as a related meeting, without a number. If it is the next of the series, write { $number } in its title.
form-series-notes = Read the notes on the series again: they speak of its meetings.

## Reporting an error
button-report = Report an error
report-title = Report an error
report-wrong = What is wrong?
report-wrong-example = Switzerland has been chairing since January 2026
report-url = Where does it say so? (address, optional)
report-url-example = https://…
report-thanks = Thank you
report-thanks-text = What you report about { $name } has gone to the moderators. You will be told in private, if Discord allows it.
report-refused = Nothing was passed on
report-gone = This card is gone.
report-empty = Say in a few words what is wrong.
report-too-many = You have reported three errors today. Come back tomorrow.
report-full = Too many reports are waiting already. Come back in a few days.
report-not-kept = The report could not be kept. Try again later.
report-nobody = This bot has no moderators to pass it on to.
report-settled = Your report is settled
report-settled-text = The moderators have dealt with what you reported about { $name }: “{ $text }”. Thank you.

## /rcp-admin review
command-revue = What to look at: old, reported, searched in vain
menu-review = Open…
menu-forms = Another change…
admin-button-seen = Seen, still true
admin-button-settled = Settled
admin-button-decided = Decided
admin-report-settled = 🚩 The report is settled; whoever made it is told.
admin-button-later = Not now
admin-button-site = Website
review-title =
    { $count ->
        [0] Review
        [one] Review: { $count } thing to look at
        *[other] Review: { $count } things to look at
    }
review-title-process =
    { $count ->
        [0] { $name }
        [one] { $name }: { $count } thing to look at
        *[other] { $name }: { $count } things to look at
    }
review-item-title = To look at
review-nothing = Nothing to look at for now.
review-incomplete = The reports could not be read: the list is not complete.
review-report = 🚩 { $name }: “{ $text }”
review-chair-over = 🪑 { $name }: term over ({ $who }, { $date })
review-chair-unseen = 🪑 { $name }: chair not confirmed for a long time ({ $who }, { $date })
review-meeting = 📅 { $name }: “{ $title }” ({ $date }) was announced, and its date has passed
review-status = 📊 { $name }: status “{ $status }”, nothing recent confirms it ({ $date })
review-status-undated = 📊 { $name }: status “{ $status }”, no dated source
review-quiet = 📅 { $name }: no known meeting for a long time ({ $date })
review-members = 👥 { $name }: members not confirmed for a long time ({ $date })
review-members-undated = 👥 { $name }: members, no dated source
review-conflict = 🔀 { $name }: “{ $what }” changed here and in the new version
review-conflict-file = the whole file
review-conflict-mine = Here, at the merge: { $value }
review-conflict-theirs = New version: { $value }
review-conflict-text = What was served has stayed. If you publish the new version's value, this goes away by itself; otherwise mark it “Decided”.
review-by-file = To change it: /rcp-admin file content:{ $file }, then /rcp-admin check.
review-old = 🕰️ { $name }: facts collected on { $date }
review-vain =
    { $count ->
        [one] 🔎 “{ $text }”: searched { $count } time in vain
        *[other] 🔎 “{ $text }”: searched { $count } times in vain
    }
review-vain-text = Another name (aliases) in a card, or a term of the glossary, would make it be found: /rcp-admin file.
review-silent =
    { $count ->
        [one] 🔗 { $name }: { $count } source is gone
        *[other] 🔗 { $name }: { $count } sources are gone
    }
review-bare =
    { $count ->
        [one] 🔓 { $name }: { $count } source without https
        *[other] 🔓 { $name }: { $count } sources without https
    }
