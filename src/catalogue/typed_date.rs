//! Dates as people type them, in three languages: "avril 2026", "24–25 September 2024", "fin janvier 2026", "30/01/2026",
//! "depuis 2024", "3 de mayo de 2025", beside those of data files. What is said loosely, such as "the end of January",
//! becomes as much as is sure: the month.

use crate::catalogue::date::{BadDate, Point, When};
use crate::catalogue::fold::fold;

/// The months as they are written and shortened, folded; in French, English and Spanish.
const MONTHS: [&[&str]; 12] = [
    &["janvier", "janv", "january", "jan", "enero", "ene"],
    &["fevrier", "fevr", "fev", "february", "feb", "febrero"],
    &["mars", "march", "mar", "marzo"],
    &["avril", "avr", "april", "apr", "abril", "abr"],
    &["mai", "may", "mayo"],
    &["juin", "june", "jun", "junio"],
    &["juillet", "juil", "july", "jul", "julio"],
    &["aout", "august", "aug", "agosto", "ago"],
    &["septembre", "sept", "september", "sep", "septiembre", "setiembre", "set"],
    &["octobre", "oct", "october", "octubre"],
    &["novembre", "nov", "november", "noviembre"],
    &["decembre", "dec", "december", "diciembre", "dic"],
];

/// Words that say nothing more than is there without them: articles, days of the week, "late".
const SILENT: [&str; 53] = [
    "le",
    "la",
    "les",
    "l",
    "du",
    "de",
    "des",
    "d",
    "en",
    "au",
    "el",
    "los",
    "del",
    "the",
    "of",
    "on",
    "in",
    "at",
    "fin",
    "fine",
    "late",
    "end",
    "fines",
    "final",
    "finales",
    "debut",
    "early",
    "beginning",
    "start",
    "principios",
    "inicios",
    "mi",
    "mid",
    "mediados",
    "milieu",
    "middle",
    "mois",
    "month",
    "mes",
    "annee",
    "year",
    "ano",
    "er",
    "st",
    "nd",
    "rd",
    "th",
    "o",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
];

/// Words for an open end: since.
const SINCE: [&str; 10] = ["depuis", "since", "desde", "from", "starting", "partir", "des", "as", "dès", "dal"];
/// Words for the other open end: until.
const UNTIL: [&str; 7] = ["jusqu", "jusque", "until", "till", "hasta", "avant", "up"];
/// Words between the two ends of a span.
const BETWEEN: [&str; 7] = ["to", "a", "au", "al", "et", "and", "y"];
/// Words for a date that is given roughly.
const ABOUT: [&str; 9] = ["vers", "environ", "about", "around", "circa", "ca", "hacia", "alrededor", "env"];

/// One end of a span, as far as it was said: what an end leaves out, the other may say.
#[derive(Clone, Copy, Default)]
struct End {
    day: Option<u8>,
    month: Option<u8>,
    year: Option<i16>,
}

impl End {
    fn is_empty(&self) -> bool {
        self.day.is_none() && self.month.is_none() && self.year.is_none()
    }

    fn point(self, approximate: bool) -> Option<Point> {
        let year = self.year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
        let text = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, None) => year,
            (None, Some(_)) => return None,
        };
        text.parse::<Point>().ok().map(|point| Point { approximate, ..point })
    }
}

impl When {
    /// Reads a date as a person types it, or as a data file has it.
    pub fn typed(text: &str) -> Result<When, BadDate> {
        let text = text.trim();
        match text.parse() {
            Err(BadDate::Form(_)) => {
                span(text).or_else(|| words(text)).ok_or_else(|| BadDate::Form(text.to_owned()))?
            }
            read => read,
        }
    }
}

/// A span whose beginning is written as in a data file: "2017-11-15 - 2017-11-16", "2024-01 to 2024-06", "2017-11-15/16".
fn span(text: &str) -> Option<Result<When, BadDate>> {
    let split = |between: &&str| {
        let (from, to) = text.split_once(between)?;
        // What follows the year is a month, and no span of years: 2026-01-30, 2026/01/30.
        let from: Point = from.trim().parse().ok().filter(|from: &Point| from.year.is_some())?;
        Some((from, to.trim()))
    };
    let (from, to) = [" - ", "–", "—", "/", " to ", " until ", " au ", " à ", " al ", " a ", " y ", " et ", " and "]
        .iter()
        .find_map(split)?;
    let mut whole = from;
    let is_short = to.len() == 2 && to.bytes().all(|byte| byte.is_ascii_digit());
    // The end leaves out what the beginning says: a day of the same month, or a month of the same year.
    let to = match (is_short, from.month, from.day) {
        (true, Some(_), Some(_)) => {
            whole.day = to.parse().ok();
            whole.to_string()
        }
        (true, Some(_), None) => {
            whole.month = to.parse().ok();
            whole.to_string()
        }
        _ => to.to_owned(),
    };
    let to: Point = to.parse().ok().filter(|to: &Point| to.year.is_some())?;
    Some(format!("{from}/{to}").parse())
}

/// A part of what was typed: a word, a number, or a dash.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Word(String),
    Number(String),
    Dash,
}

/// The longest date that is looked at, in characters.
const LONGEST: usize = 80;

fn parts(text: &str) -> Option<Vec<Part>> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut run = String::new();
    let mut digits = false;
    let end = |run: &mut String, digits: bool, parts: &mut Vec<Part>| {
        if run.is_empty() {
            return;
        }
        let taken = std::mem::take(run);
        parts.extend(match digits {
            true => vec![Part::Number(taken)],
            false => fold(&taken)
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(|word| Part::Word(word.to_owned()))
                .collect(),
        });
    };
    for letter in text.chars() {
        let is_digit = letter.is_ascii_digit();
        if is_digit || letter.is_alphabetic() || ('\u{300}'..'\u{370}').contains(&letter) {
            if is_digit != digits {
                end(&mut run, digits, &mut parts);
            }
            digits = is_digit;
            run.push(letter);
            continue;
        }
        end(&mut run, digits, &mut parts);
        match letter {
            '-' | '‐' | '‑' | '–' | '—' | '/' if parts.last() != Some(&Part::Dash) => parts.push(Part::Dash),
            '~' => parts.push(Part::Word("vers".to_owned())),
            _ => {}
        }
    }
    end(&mut run, digits, &mut parts);
    Some(parts)
}

/// A date whose parts are all numbers: 30/01/2026, 30-1-2026, 2026/01/30, 24-25/09/2024, 01/2026, 2024-2026. The day comes first, as in all
/// of Europe and Latin America.
fn of_numbers(numbers: &[&str]) -> Option<Result<When, BadDate>> {
    let year = |text: &str| text.len() == 4;
    let written = match numbers {
        [day, month, last] if year(last) && !year(day) => format!("{last}-{month:0>2}-{day:0>2}"),
        [first, month, day] if year(first) => format!("{first}-{month:0>2}-{day:0>2}"),
        [day, until, month, last] if year(last) && !year(day) && !year(until) => {
            format!("{last}-{month:0>2}-{day:0>2}/{last}-{month:0>2}-{until:0>2}")
        }
        [month, last] if year(last) && !year(month) => format!("{last}-{month:0>2}"),
        [first, last] if year(first) && year(last) => format!("{first}/{last}"),
        [first, month] if year(first) => format!("{first}-{month:0>2}"),
        _ => return None,
    };
    Some(written.parse())
}

fn words(text: &str) -> Option<Result<When, BadDate>> {
    let parts = parts(text)?;
    let words: Vec<&str> =
        parts.iter().filter_map(|part| if let Part::Word(word) = part { Some(word.as_str()) } else { None }).collect();
    let numbers: Vec<&str> = parts
        .iter()
        .filter_map(|part| if let Part::Number(text) = part { Some(text.as_str()) } else { None })
        .collect();
    if words.is_empty() {
        return of_numbers(&numbers);
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let (mut since, until, about) = (has(&SINCE[..6]), has(&UNTIL), has(&ABOUT));
    let mut ends = vec![End::default()];
    for (place, part) in parts.iter().enumerate() {
        let current = ends.last_mut()?;
        match part {
            Part::Dash => {
                if !current.is_empty() && place + 1 < parts.len() {
                    ends.push(End::default());
                }
            }
            Part::Number(number) => {
                let value: i16 = number.parse().ok()?;
                match number.len() {
                    4 if current.year.is_none() => current.year = Some(value),
                    1 | 2 if current.day.is_none() && current.month.is_none() => {
                        current.day = Some(u8::try_from(value).ok()?);
                    }
                    // May 3, 2025; "juin 24".
                    1 | 2 if current.day.is_none() => current.day = Some(u8::try_from(value).ok()?),
                    // 24, 25 September: another day.
                    1 | 2 if current.month.is_none() => {
                        ends.push(End { day: Some(u8::try_from(value).ok()?), ..End::default() });
                    }
                    _ => return None,
                }
            }
            Part::Word(word) => {
                let word = word.as_str();
                if let Some(month) = MONTHS.iter().position(|names| names.contains(&word)) {
                    let month = u8::try_from(month + 1).ok()?;
                    if current.month.is_some() {
                        ends.push(End { month: Some(month), ..End::default() });
                    } else {
                        current.month = Some(month);
                    }
                } else if BETWEEN.contains(&word) {
                    // "du 24 au 25", "from 24 to 25": an end; "à partir de", "al" before anything: none.
                    if !current.is_empty() {
                        ends.push(End::default());
                    }
                } else if !(SILENT.contains(&word)
                    || SINCE.contains(&word)
                    || UNTIL.contains(&word)
                    || ABOUT.contains(&word)
                    || is_weekday(word))
                {
                    return None;
                }
            }
        }
    }
    ends.retain(|end| !end.is_empty());
    // "from 24 to 25 September" is a span, not open.
    since &= ends.len() == 1;
    match ends.as_slice() {
        [one] => {
            let point = checked(*one, about)?;
            Some(point.map(|point| match (since, until) {
                (true, _) => When::Span { from: Some(point), to: None },
                (_, true) => When::Span { from: None, to: Some(point) },
                _ => When::On(point),
            }))
        }
        [first, .., last] if ends.len() <= 3 => {
            let mut first = *first;
            // 24–25 September 2024: what the first end leaves out, the last says.
            if first.day.is_some() || last.day.is_none() {
                first.month = first.month.or(last.month.filter(|_| first.day.is_some()));
            }
            first.year = first.year.or(last.year);
            let mut last = *last;
            // 24 September–25: the other way round.
            if last.month.is_none() && last.day.is_some() {
                last.month = first.month;
            }
            last.year = last.year.or(first.year);
            let (from, to) = match (checked(first, about)?, checked(last, about)?) {
                (Ok(from), Ok(to)) => (from, to),
                (Err(error), _) | (_, Err(error)) => return Some(Err(error)),
            };
            Some(format!("{from}/{to}").parse())
        }
        _ => None,
    }
}

/// The point that an end says, or that the calendar has no such day.
fn checked(end: End, about: bool) -> Option<Result<Point, BadDate>> {
    let (month, day) = (end.month, end.day);
    if day.is_some() && month.is_none() {
        return None;
    }
    let said =
        format!("{:?} {:?} {:?}", day.unwrap_or_default(), month.unwrap_or_default(), end.year.unwrap_or_default());
    if end.year.is_none() && month.is_none() {
        return None;
    }
    Some(end.point(about).ok_or(BadDate::NoSuchDay(said)))
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 21] = [
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
    ];
    DAYS.contains(&word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_is_read_as_a_file_writes_it() {
        for (typed, written) in [
            ("avril 2026", "2026-04"),
            ("24–25 September 2024", "2024-09-24/2024-09-25"),
            ("24-25 septembre 2024", "2024-09-24/2024-09-25"),
            ("24-25/09/2024", "2024-09-24/2024-09-25"),
            ("du 24 au 25 septembre 2024", "2024-09-24/2024-09-25"),
            ("del 24 al 25 de septiembre de 2024", "2024-09-24/2024-09-25"),
            ("24 et 25 septembre 2024", "2024-09-24/2024-09-25"),
            ("24, 25 September 2024", "2024-09-24/2024-09-25"),
            ("30 septembre – 2 octobre 2024", "2024-09-30/2024-10-02"),
            ("30 de septiembre a 2 de octubre de 2024", "2024-09-30/2024-10-02"),
            ("30 December 2024 to 2 January 2025", "2024-12-30/2025-01-02"),
            ("septembre-octobre 2024", "2024-09/2024-10"),
            ("fin janvier 2026", "2026-01"),
            ("end of January 2026", "2026-01"),
            ("the end of January 2026", "2026-01"),
            ("fines de enero de 2026", "2026-01"),
            ("late January 2026", "2026-01"),
            ("1er février 2026", "2026-02-01"),
            ("le 1er février 2026", "2026-02-01"),
            ("1st February 2026", "2026-02-01"),
            ("February 1, 2026", "2026-02-01"),
            ("1.º de febrero de 2026", "2026-02-01"),
            ("3 de mayo de 2025", "2025-05-03"),
            ("mardi 3 mai 2025", "2025-05-03"),
            ("Sunday 1 Feb. 2026", "2026-02-01"),
            ("30/01/2026", "2026-01-30"),
            ("30.1.2026", "2026-01-30"),
            ("2026/01/30", "2026-01-30"),
            ("01/2026", "2026-01"),
            ("2026-01-30", "2026-01-30"),
            ("2024-2026", "2024/2026"),
            ("2024/2026", "2024/2026"),
            ("2024 – 2026", "2024/2026"),
            ("2024 à 2026", "2024/2026"),
            ("depuis 2024", "2024/.."),
            ("since January 2024", "2024-01/.."),
            ("desde enero de 2024", "2024-01/.."),
            ("jusqu'en novembre 2024", "../2024-11"),
            ("until 2024", "../2024"),
            ("vers 2019", "2019~"),
            ("about 2019", "2019~"),
            ("2019~", "2019~"),
            ("4 octobre", "XXXX-10-04"),
            ("2006-01/..", "2006-01/.."),
            ("2017-11-15 - 2017-11-16", "2017-11-15/2017-11-16"),
            ("2017-11-15 – 2017-11-16", "2017-11-15/2017-11-16"),
            ("2017-11-15/16", "2017-11-15/2017-11-16"),
            ("2024-01 to 2024-06", "2024-01/2024-06"),
            ("2024-01 à 2024-06", "2024-01/2024-06"),
            ("2024-01/06", "2024-01/2024-06"),
            ("août 2025", "2025-08"),
            ("AOÛT 2025", "2025-08"),
            (" 2025 ", "2025"),
        ] {
            let read = When::typed(typed).map(|when| when.to_string());
            assert_eq!(read.as_deref(), Ok(written), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_and_never_guessed() {
        for typed in
            ["", "bientôt", "hier", "next spring", "2026 2027 2028 2029", "32", "5", "avril", "12345", "Q1 2026"]
        {
            let read = When::typed(typed);
            assert!(read.is_err() || typed == "avril", "{typed:?}: {read:?}");
        }
        for typed in ["31 avril 2026", "30/02/2026", "32 May 2026"] {
            assert!(matches!(When::typed(typed), Err(BadDate::NoSuchDay(_))), "{typed:?}: {:?}", When::typed(typed));
        }
        assert!(matches!(When::typed("2 octobre – 30 septembre 2024"), Err(BadDate::Order(_))));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(text in "\\PC{0,100}") {
            if let Ok(when) = When::typed(&text) {
                prop_assert_eq!(when.to_string().parse(), Ok(when));
            }
        }

        #[test]
        fn every_day_reads_back_in_words(year in 1980_i16..2040, month in 1_u8..=12, day in 1_u8..=28, language in 0_usize..3) {
            let name = [MONTHS[usize::from(month) - 1][0], MONTHS[usize::from(month) - 1].iter().find(|name| name.len() > 3 || **name == "may").unwrap(), MONTHS[usize::from(month) - 1].last().unwrap()][language];
            let read = When::typed(&format!("{day} {name} {year}"));
            prop_assert_eq!(read.map(|when| when.to_string()), Ok(format!("{year}-{month:02}-{day:02}")));
        }
    }
}
