//! Draws a timeline: lanes with points and bars over an axis of years.
//!
//! A date is drawn as precisely as it is known: a day is a point, a month or a year is a bar as long as it, and what has no
//! year is not drawn.

use drawing::canvas::{Anchor, Canvas, Ink, NotDrawn};

use crate::catalogue::{Point, When};

/// The highest that a picture may be, in pixels.
const HIGHEST: u32 = 900;

/// The space at the edges, between parts, and between a label and its lane, in pixels.
const MARGIN: u32 = 22;

/// The sizes of fonts, in pixels, of a picture that is so wide; one that is narrower, and so is shown larger, has smaller ones.
const TITLE: f32 = 32.0;
const LEGEND: f32 = 24.0;
const SMALL: f32 = 20.0;
const FULL: f32 = 760.0;

/// The lines of the title, of the axis with its years, of the legend, of small print, in pixels, at those sizes.
const TITLE_LINE: u32 = 44;
const AXIS: u32 = 40;
const LEGEND_LINE: u32 = 36;
const SMALL_LINE: u32 = 28;

/// Days of a month and of a year, as an axis needs them.
const MONTH: f32 = 1.0 / 12.0;
const DAY: f32 = MONTH / 31.0;

/// What a mark tells by its ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tint {
    /// The first kind, the usual one.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// What is past, or not known well.
    Past,
}

impl Tint {
    /// What it is drawn with.
    pub fn ink(self) -> Ink {
        match self {
            Tint::First => Ink::Blue,
            Tint::Second => Ink::Orange,
            Tint::Third => Ink::Dark,
            Tint::Past => Ink::Grey,
        }
    }
}

/// What stands in a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When, as precisely as known.
    pub when: When,
    /// In which ink.
    pub tint: Tint,
    /// Written beside it; empty for nothing.
    pub label: String,
}

/// A line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it is about, to the left of it.
    pub label: String,
    /// More about it, in small print below the label; empty for nothing.
    pub more: String,
    /// What stands in it.
    pub marks: Vec<Mark>,
}

/// A timeline, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Written above it.
    pub title: String,
    /// Its lines, from above.
    pub lanes: Vec<Lane>,
    /// What the tints mean, of those that are there.
    pub legend: Vec<(Tint, String)>,
    /// Small print below it.
    pub small: Vec<String>,
    /// How wide it is, in pixels; at most 1,200.
    pub width: u32,
    /// How much of that the labels take, in pixels.
    pub labels: u32,
    /// How high a lane is, in pixels, where there is room for that.
    pub lane: u32,
    /// A day that is marked, and what is written at it: today, as a rule.
    pub day: Option<(When, String)>,
}

/// Where a mark begins and ends, in years.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Extent {
    from: f32,
    to: f32,
}

/// The first moment of a point, in years.
fn begin(point: Point) -> Option<f32> {
    let day = point.day.filter(|_| !point.approximate).map_or(0.0, |day| f32::from(day - 1) * DAY);
    Some(f32::from(point.year?) + point.month.map_or(0.0, |month| f32::from(month - 1) * MONTH) + day)
}

/// The end of a point, in years: of the day, the month or the year that is known.
fn end(point: Point) -> Option<f32> {
    let known = match (point.month, point.day.filter(|_| !point.approximate)) {
        (None, _) => 1.0,
        (Some(_), None) => MONTH,
        (Some(_), Some(_)) => DAY,
    };
    begin(point).map(|begin| begin + known)
}

impl Extent {
    /// Where a date lies; none without a year. An open end is where the other is.
    fn of(when: When) -> Option<Extent> {
        let (from, to) = match when {
            When::On(point) => (Some(point), Some(point)),
            When::Span { from, to } => (from.or(to), to.or(from)),
        };
        let (from, to) = (begin(from?)?, end(to?)?);
        Some(Extent { from, to: to.max(from) })
    }

    /// Whether it is drawn as a point: a day, or some that follow one another.
    fn is_point(self) -> bool {
        self.to - self.from < 0.8 * MONTH
    }
}

/// Whether a date can be drawn: its year is known.
pub fn is_drawn(when: When) -> bool {
    Extent::of(when).is_some()
}

/// Whether a date is drawn as a point: its day is known.
pub fn is_point(when: When) -> bool {
    Extent::of(when).is_some_and(Extent::is_point)
}

/// Where the years stand.
#[derive(Clone, Copy)]
struct Axis {
    from: f32,
    to: f32,
    left: f32,
    right: f32,
}

impl Axis {
    fn x(self, year: f32) -> f32 {
        let part = (year - self.from) / (self.to - self.from).max(0.1);
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }
}

impl Timeline {
    /// How wide and high it is, in pixels.
    pub fn size(&self) -> (u32, u32) {
        let lanes = count(self.lanes.len()) * self.lane_height();
        (self.width.clamp(200, 1_200), (self.above() + lanes + self.below()).min(HIGHEST))
    }

    /// What stands above the lanes, in pixels.
    fn above(&self) -> u32 {
        let day = if self.day.is_some() { self.scaled(SMALL_LINE) } else { 0 };
        MARGIN / 2 + self.scaled(TITLE_LINE) + day
    }

    /// What stands below them.
    fn below(&self) -> u32 {
        let legend = count(self.legend_rows()) * self.scaled(LEGEND_LINE);
        self.scaled(AXIS) + legend + count(self.small.len()) * self.scaled(SMALL_LINE) + MARGIN / 2
    }

    /// How much smaller than those of a picture of the full width its fonts are.
    fn scale(&self) -> f32 {
        (pixels(self.width) / FULL).clamp(0.7, 1.0)
    }

    /// A line of the full width's fonts, as high as it is here.
    fn scaled(&self, line: u32) -> u32 {
        let hundredths = if self.scale() < 1.0 { 75 } else { 100 };
        line * hundredths / 100
    }

    /// How high a lane is: as high as is wanted, or as there is room.
    fn lane_height(&self) -> u32 {
        let room = HIGHEST.saturating_sub(self.above() + self.below());
        self.lane.min(room / count(self.lanes.len()).max(1)).max(1)
    }

    /// Two entries of the legend stand in a row, or one that is long.
    fn legend_rows(&self) -> usize {
        self.legend.len().div_ceil(2)
    }

    /// The years that the axis shows: those of all marks, whole.
    fn years(&self) -> (f32, f32) {
        let marks = self.lanes.iter().flat_map(|lane| &lane.marks).map(|mark| mark.when);
        let all = marks.chain(self.day.iter().map(|(day, _)| *day)).filter_map(Extent::of);
        let (from, to) = all.fold((f32::MAX, f32::MIN), |(from, to), one| (one.from.min(from), one.to.max(to)));
        if from > to { (0.0, 1.0) } else { (from.floor(), to.ceil().max(from.floor() + 1.0)) }
    }

    /// Draws it as a PNG.
    pub fn draw(&self) -> Result<Vec<u8>, NotDrawn> {
        let (width, height) = self.size();
        let mut canvas = Canvas::new(width, height)?;
        let edge = pixels(MARGIN);
        let (from, to) = self.years();
        let axis = Axis { from, to, left: pixels(self.labels) + edge, right: canvas.width() - 1.6 * edge };
        let (top, lane) = (pixels(self.above()), pixels(self.lane_height()));
        let bottom = top + lane * pixels(count(self.lanes.len()));
        let (large, small) = (TITLE * self.scale(), SMALL * self.scale());
        let (size, title) = shrunk(&canvas, large, canvas.width() - 2.0 * edge, &self.title);
        canvas.text((edge, edge / 2.0 + large), Anchor::Start, size, Ink::Words, &title);
        years(&mut canvas, axis, top, bottom, LEGEND * self.scale());
        if let Some((day, label)) = &self.day
            && let Some(extent) = Extent::of(*day)
        {
            let x = axis.x(extent.from);
            canvas.line((x, top - 2.0), (x, bottom), 2.0, Ink::Dark);
            let half = canvas.text_width(small, label) / 2.0;
            let x = x.clamp(edge + half, (canvas.width() - edge - half).max(edge + half));
            canvas.text((x, top - 8.0), Anchor::Middle, small, Ink::Words, label);
        }
        for (place, one) in (0_u16..).zip(&self.lanes) {
            self.lane(&mut canvas, axis, top + lane * f32::from(place), lane, one);
        }
        let mut y = bottom + pixels(self.scaled(AXIS));
        y = self.legend(&mut canvas, y);
        for line in &self.small {
            let line = canvas.fitted(small, canvas.width() - 2.0 * edge, line);
            canvas.text((edge, y + small), Anchor::Start, small, Ink::Small, &line);
            y += pixels(self.scaled(SMALL_LINE));
        }
        canvas.png()
    }

    /// A lane whose upper edge is at `top`.
    fn lane(&self, canvas: &mut Canvas, axis: Axis, top: f32, height: f32, lane: &Lane) {
        let edge = pixels(MARGIN);
        let middle = top + height / 2.0;
        canvas.line((edge, top + height), (axis.right, top + height), 1.0, Ink::Line);
        let size = (height * 0.72).min(26.0);
        let room = pixels(self.labels) - edge / 2.0;
        let (size, label) = shrunk(canvas, size, room, &lane.label);
        if lane.more.is_empty() {
            canvas.text((edge, middle + size * 0.35), Anchor::Start, size, Ink::Words, &label);
        } else {
            canvas.text((edge, middle - 4.0), Anchor::Start, size, Ink::Words, &label);
            let more = canvas.fitted(SMALL, room, &lane.more);
            canvas.text((edge, middle + SMALL + 4.0), Anchor::Start, SMALL, Ink::Small, &more);
        }
        let thick = (height * 0.42).clamp(4.0, 20.0);
        // Bars first, so that no point is hidden by one.
        let mut marks: Vec<(&Mark, Extent)> =
            lane.marks.iter().filter_map(|mark| Some((mark, Extent::of(mark.when)?))).collect();
        marks.sort_by_key(|(_, extent)| extent.is_point());
        for (mark, extent) in marks {
            let (from, to) = (axis.x(extent.from), axis.x(extent.to));
            let right = if extent.is_point() {
                let x = f32::midpoint(from, to);
                canvas.dot(x, middle, thick * 0.55 + 2.0, Ink::White);
                canvas.dot(x, middle, thick * 0.55, mark.tint.ink());
                x + thick * 0.55
            } else {
                let width = (to - from).max(3.0);
                // With a gap on both sides, so that two years in a row are two.
                canvas.rectangle(from - 1.5, middle - thick / 2.0, width + 3.0, thick, Ink::White);
                canvas.rectangle(from, middle - thick / 2.0, (width - 1.5).max(3.0), thick, mark.tint.ink());
                from + width
            };
            if !mark.label.is_empty() {
                let wide = canvas.text_width(SMALL, &mark.label);
                let (x, anchor) = if right + 8.0 + wide <= canvas.width() - edge / 2.0 {
                    (right + 8.0, Anchor::Start)
                } else {
                    (from.min(right - 2.0 * thick) - 8.0, Anchor::End)
                };
                canvas.text((x, middle + SMALL * 0.35), anchor, SMALL, Ink::Words, &mark.label);
            }
        }
    }

    /// What the tints mean. Returns where what follows begins.
    fn legend(&self, canvas: &mut Canvas, top: f32) -> f32 {
        let (edge, size, line) = (pixels(MARGIN), LEGEND * self.scale(), self.scaled(LEGEND_LINE));
        let column = (canvas.width() - 2.0 * edge) / 2.0;
        for (place, (tint, meaning)) in (0_u16..).zip(&self.legend) {
            let x = edge + if place % 2 == 1 { column } else { 0.0 };
            let y = top + f32::from(place / 2) * pixels(line) + size * 0.7;
            canvas.dot(x + 9.0, y, 9.0, tint.ink());
            let meaning = canvas.fitted(size, column - 34.0, meaning);
            canvas.text((x + 28.0, y + size * 0.35), Anchor::Start, size, Ink::Words, &meaning);
        }
        top + pixels(count(self.legend_rows()) * line)
    }
}

/// A line of text that is smaller where it is long, and cut where four fifths of its size are not enough; and its size.
fn shrunk(canvas: &Canvas, size: f32, room: f32, text: &str) -> (f32, String) {
    let size = (size * room / canvas.text_width(size, text).max(1.0)).clamp(0.8 * size, size);
    (size, canvas.fitted(size, room, text))
}

/// Lines at as many years as there is room for, with their numbers below.
fn years(canvas: &mut Canvas, axis: Axis, top: f32, bottom: f32, size: f32) {
    let wide = canvas.text_width(size, "0000") * 1.35;
    let room = ((axis.right - axis.left) / wide).max(1.0);
    let span = axis.to - axis.from;
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1_000.0].into_iter().find(|step| span / step <= room);
    let step = step.unwrap_or(10_000.0);
    let mut year = (axis.from / step).ceil() * step;
    while year <= axis.to {
        let x = axis.x(year);
        canvas.line((x, top), (x, bottom + 6.0), 1.5, Ink::Line);
        canvas.text((x, bottom + 8.0 + size), Anchor::Middle, size, Ink::Words, &format!("{year:.0}"));
        year += step;
    }
}

/// A count as one of pixels; more than a picture holds are not counted.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX).min(10_000)
}

/// Pixels as the canvas takes them: those of a picture are few.
fn pixels(number: u32) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(date: &str) -> Option<(f32, f32)> {
        Extent::of(date.parse().expect("a date")).map(|extent| (extent.from, extent.to))
    }

    fn is_point(date: &str) -> bool {
        Extent::of(date.parse().expect("a date")).is_some_and(Extent::is_point)
    }

    #[test]
    fn a_day_is_a_point_a_month_and_a_year_are_bars_and_no_year_is_nothing() {
        for date in ["2019-06-30", "2018-05-08/2018-05-09", "2018-05-30/2018-06-02"] {
            assert!(is_point(date), "{date}");
        }
        for date in ["2019", "2019~", "2019-06", "2019-06-30~", "2018/2020", "2019-01-01/2019-03-01"] {
            assert!(!is_point(date), "{date}");
        }
        assert_eq!(extent("2019"), Some((2019.0, 2020.0)));
        assert_eq!(extent("2018/2020"), Some((2018.0, 2021.0)));
        assert_eq!(extent("2006/.."), Some((2006.0, 2007.0)), "what is not known to last is not drawn to last");
        assert_eq!(extent("XXXX-10-04"), None);
        let month = extent("2019-12").expect("it has a year");
        assert!(month.0 > 2019.9 && month.1 <= 2020.001, "{month:?}");
    }

    fn lanes(number: usize) -> Timeline {
        let mark = |year: usize| Mark {
            when: format!("{}", 1_985 + year % 40).parse().expect("a date"),
            tint: Tint::First,
            label: "label".to_owned(),
        };
        let lane = |place: usize| Lane {
            label: format!("Lane {place} with a long name that has no room"),
            more: "more".to_owned(),
            marks: vec![mark(place), mark(place + 7)],
        };
        Timeline {
            title: "A title that is much too long for the width of the picture and so is cut".to_owned(),
            lanes: (0..number).map(lane).collect(),
            legend: vec![(Tint::First, "first".to_owned()), (Tint::Past, "past".to_owned())],
            small: vec!["small print".to_owned(); 2],
            width: 800,
            labels: 250,
            lane: 56,
            day: None,
        }
    }

    #[test]
    fn a_long_text_is_smaller_before_it_is_cut() {
        let canvas = Canvas::new(400, 100).expect("paper");
        let text = "Processus de Colombo : réunions dans le temps";
        let width = canvas.text_width(32.0, text);
        for (room, size, is_cut) in [(2.0, 32.0, false), (0.9, 28.8, false), (0.5, 25.6, true)] {
            let (drawn, shown) = shrunk(&canvas, 32.0, room * width, text);
            assert!((drawn - size).abs() < 0.01 && shown.ends_with('…') == is_cut, "{room}: {drawn}, {shown}");
        }
    }

    #[test]
    fn any_number_of_lanes_is_drawn_within_the_bounds_and_always_alike() {
        for number in [0, 1, 3, 12, 40, 500] {
            let timeline = lanes(number);
            let (width, height) = timeline.size();
            assert!(width <= 1_200 && height <= 900, "{number}: {width} × {height}");
            let png = timeline.draw().expect("it is drawn");
            assert!(png.len() <= 120_000, "{number}: {} bytes", png.len());
            let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
            assert_eq!((size(16), size(20)), (width, height));
            assert_eq!(timeline.draw().expect("it is drawn"), png);
        }
    }
}
