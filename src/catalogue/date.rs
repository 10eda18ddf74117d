//! Dates as precisely as a source gives them: a year, a month, a day, a span, or a day whose year is not known.
//!
//! Data files write them in a subset of the Extended Date/Time Format (EDTF, ISO 8601-2:2019): `2019`, `2019-06`,
//! `2019-06-30`, `2019~` (about), `2018-05-08/2018-05-09`, `2006-01/..` (since), `../2024-11` (until), `XXXX-10-04`
//! (year not known). How a date reads in a language is the business of `language/`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One point in time, as precise as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The year; `None` where a source names a day or month without its year.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31, only with a month.
    pub day: Option<u8>,
    /// Whether the source gives it only roughly.
    pub approximate: bool,
}

/// A date or a span, as precise as known. Built by [`str::parse`] only, so that it always exists and is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// One point.
    On(Point),
    /// A span; an end that is `None` is open.
    Span {
        /// The first point.
        from: Option<Point>,
        /// The last point.
        to: Option<Point>,
    },
}

/// Why a text is not a date.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDate {
    /// The text has another form than those of the module's documentation.
    #[error(
        "{0:?} is not a date: write 2019, 2019-06, 2019-06-30, 2019~, 2018-05-08/2018-05-09, 2006/.. or XXXX-10-04"
    )]
    Form(String),
    /// The form is right, but the calendar has no such day.
    #[error("the day {0:?} does not exist")]
    NoSuchDay(String),
    /// The span ends before it begins.
    #[error("the span {0:?} ends before it begins")]
    Order(String),
}

impl Point {
    /// The first day that this point can mean, for ordering; a missing year counts as the earliest.
    pub fn earliest(self) -> (i16, u8, u8) {
        (self.year.unwrap_or(i16::MIN), self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that this point can mean, for ordering; day 31 stands for the end of any month.
    pub fn latest(self) -> (i16, u8, u8) {
        (self.year.unwrap_or(i16::MIN), self.month.unwrap_or(12), self.day.unwrap_or(31))
    }
}

impl FromStr for Point {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || BadDate::Form(text.to_owned());
        let (digits, approximate) = match text.strip_suffix('~') {
            Some(digits) => (digits, true),
            None => (text, false),
        };
        let number = |part: &str, length: usize| -> Result<i16, BadDate> {
            if part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()) {
                part.parse().map_err(|_| form())
            } else {
                Err(form())
            }
        };
        let mut parts = digits.split('-');
        let year = match parts.next() {
            Some("XXXX") => None,
            Some(year) => Some(number(year, 4)?),
            None => return Err(form()),
        };
        // Two digits always fit a byte.
        let mut two_digits = || parts.next().map(|part| number(part, 2).map(|value| value as u8)).transpose();
        let (month, day) = (two_digits()?, two_digits()?);
        if parts.next().is_some() || (year.is_none() && month.is_none()) {
            return Err(form());
        }
        // A leap year stands in for an unknown one, so that 29 February may be written.
        if let Some(month) = month {
            let exists = i8::try_from(month)
                .and_then(|month| i8::try_from(day.unwrap_or(1)).map(|day| (month, day)))
                .is_ok_and(|(month, day)| Date::new(year.unwrap_or(2000), month, day).is_ok());
            if !exists {
                return Err(BadDate::NoSuchDay(text.to_owned()));
            }
        }
        Ok(Point { year, month, day, approximate })
    }
}

impl FromStr for When {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((from, to)) = text.split_once('/') else {
            return text.parse().map(When::On);
        };
        // A part of a span says nothing to whoever wrote the whole.
        let whole = |error| match error {
            BadDate::Form(_) => BadDate::Form(text.to_owned()),
            other => other,
        };
        let side = |side: &str| match side {
            ".." => Ok(None),
            point => point.parse().map(Some).map_err(whole),
        };
        let (from, to): (Option<Point>, Option<Point>) = (side(from)?, side(to)?);
        match (from, to) {
            (None, None) => Err(BadDate::Form(text.to_owned())),
            (Some(from), Some(to)) if from.earliest() > to.latest() => Err(BadDate::Order(text.to_owned())),
            _ => Ok(When::Span { from, to }),
        }
    }
}

impl When {
    /// The first day that this date can mean; an open beginning counts as the earliest of all.
    pub fn earliest(self) -> (i16, u8, u8) {
        match self {
            When::On(point) | When::Span { from: Some(point), .. } => point.earliest(),
            When::Span { from: None, .. } => (i16::MIN, 1, 1),
        }
    }

    /// The last day that this date can mean; an open end counts as its beginning, the last day that is known.
    pub fn latest(self) -> (i16, u8, u8) {
        match self {
            When::On(point) | When::Span { to: Some(point), .. } => point.latest(),
            When::Span { from: Some(point), to: None } => point.latest(),
            When::Span { from: None, to: None } => (i16::MIN, 1, 1),
        }
    }

    /// The year in which it begins, or ends where the beginning is open.
    pub fn year(self) -> Option<i16> {
        match self {
            When::On(point) | When::Span { from: Some(point), .. } | When::Span { to: Some(point), .. } => point.year,
            When::Span { from: None, to: None } => None,
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        if self.approximate { f.write_str("~") } else { Ok(()) }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |f: &mut fmt::Formatter<'_>, point: &Option<Point>| match point {
            Some(point) => point.fmt(f),
            None => f.write_str(".."),
        };
        match self {
            When::On(point) => point.fmt(f),
            When::Span { from, to } => {
                side(f, from)?;
                f.write_str("/")?;
                side(f, to)
            }
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for When {
    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        const POINT: &str = r"([0-9]{4}|XXXX-[0-9]{2}|[0-9]{4}-[0-9]{2}|(XXXX|[0-9]{4})-[0-9]{2}-[0-9]{2})~?";
        schemars::json_schema!({
            "type": "string",
            "description": "A date as precisely as known (EDTF): 2019, 2019-06, 2019-06-30, 2019~ (about), \
                            2018-05-08/2018-05-09, 2006/.. (since), ../2024-11 (until), XXXX-10-04 (year not known).",
            "pattern": format!(r"^({POINT}|{POINT}/{POINT}|{POINT}/\.\.|\.\./{POINT})$")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        text.parse().expect(text)
    }

    #[test]
    fn every_documented_form_is_read_and_written_back() {
        for text in [
            "2019",
            "2019-06",
            "2019-06-30",
            "2019~",
            "2018-05-08/2018-05-09",
            "2006-01/..",
            "../2024-11",
            "XXXX-10",
            "XXXX-02-29",
            "2020-02-29",
        ] {
            assert_eq!(when(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_its_reason() {
        for text in [
            "",
            "19",
            "2019-6",
            "2019-06-",
            "june 2019",
            "XXXX",
            "../..",
            "2019/2020/2021",
            "+201-01",
            "2019-06-30T10:00",
        ] {
            assert!(matches!(text.parse::<When>(), Err(BadDate::Form(_))), "{text:?}");
        }
        for text in ["2019-13", "2019-00", "2019-02-29", "2019-06-31", "2018-01-01/2018-02-30"] {
            assert!(matches!(text.parse::<When>(), Err(BadDate::NoSuchDay(_))), "{text:?}");
        }
        assert_eq!("2017-11-15/16".parse::<When>(), Err(BadDate::Form("2017-11-15/16".into())));
        assert_eq!("2019-06/2019-05".parse::<When>(), Err(BadDate::Order("2019-06/2019-05".into())));
    }

    #[test]
    fn vaguer_dates_order_by_what_they_can_mean() {
        assert!(when("2019").earliest() < when("2019-06").earliest());
        assert!(when("2019").latest() > when("2019-06-30").latest());
        assert_eq!(when("../2024-11").year(), Some(2024));
        assert_eq!(when("XXXX-10").year(), None);
    }
}
