//! Dates as each language writes them: 1er janvier 2026, 1 January 2026, 1 de enero de 2026.

use crate::catalogue::{Point, When};

use crate::language::messages::{Argument, Voice};

impl Voice<'_> {
    /// A date or span as precise as it is known.
    pub fn date(&self, when: When) -> String {
        match when {
            When::On(point) => self.point(point),
            When::Span { from: Some(from), to: Some(to) } => self.span(from, to),
            When::Span { from: Some(from), to: None } => self.open("date-since", from),
            When::Span { from: None, to: Some(to) } => self.open("date-until", to),
            When::Span { from: None, to: None } => self.say("not-known"),
        }
    }

    /// A message about a date, which languages say otherwise of a day, of a month or a year, and of a time that is loose.
    pub fn say_dated(&self, key: &str, when: When) -> String {
        let precision = match when {
            When::On(point) if point.approximate || point.year.is_none() => "loose",
            When::On(point) if point.day.is_some() => "day",
            When::On(_) => "other",
            When::Span { .. } => "loose",
        };
        self.say_with(key, [("date", self.date(when).into()), ("precision", precision.into())])
    }

    /// A span with one open end. Languages say it otherwise of a day than of a month or a year.
    fn open(&self, key: &str, point: Point) -> String {
        let precision = match point.day {
            _ if point.approximate => "loose",
            Some(_) => "day",
            None => "other",
        };
        self.say_with(key, [("date", self.point(point).into()), ("precision", precision.into())])
    }

    fn point(&self, point: Point) -> String {
        let said = self.bare(point);
        if point.approximate { self.say_with("date-about", [("date", said.into())]) } else { said }
    }

    fn bare(&self, point: Point) -> String {
        // The year as text: as a number Fluent would group its digits.
        let year = point.year.map(|year| Argument::from(year.to_string()));
        let month = point.month.map(|month| Argument::from(self.say(&format!("month-{month}"))));
        let day = point.day.map(|day| Argument::from(i64::from(day)));
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => {
                self.say_with("date-day", [("day", day), ("month", month), ("year", year)])
            }
            (Some(year), Some(month), None) => self.say_with("date-month", [("month", month), ("year", year)]),
            (Some(year), None, _) => self.say_with("date-year", [("year", year)]),
            (None, Some(month), Some(day)) => self.say_with("date-day-no-year", [("day", day), ("month", month)]),
            (None, Some(month), None) => self.say_with("date-month-no-year", [("month", month)]),
            (None, None, _) => self.say("not-known"),
        }
    }

    /// A span, with what both ends share said once: 13–14 juin 2022.
    fn span(&self, from: Point, to: Point) -> String {
        let same_month = from.year == to.year && from.month == to.month && from.month.is_some();
        let same_year = from.year == to.year && from.month.is_some() && to.month.is_some();
        let start = match (from.day, from.approximate || to.approximate) {
            (Some(day), false) if same_month => {
                let start = self.say_with("date-day-alone", [("day", i64::from(day).into())]);
                return self.say_with("date-span-days", [("from", start.into()), ("to", self.point(to).into())]);
            }
            (_, false) if same_year => self.without_year(from),
            _ => self.point(from),
        };
        self.say_with("date-span", [("from", start.into()), ("to", self.point(to).into())])
    }

    fn without_year(&self, point: Point) -> String {
        let month = self.say(&format!("month-{}", point.month.unwrap_or(1)));
        match point.day {
            Some(day) => self.say_with("date-day-short", [("day", i64::from(day).into()), ("month", month.into())]),
            None => month,
        }
    }
}
