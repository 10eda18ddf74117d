//! Draws a map: countries in the inks of what they are, small ones as dots, with a title, a legend and small print.

use std::collections::{BTreeMap, BTreeSet};

use tiny_skia::{PathBuilder, Rect};

use crate::canvas::{Anchor, Canvas, Ink, NotDrawn};
use crate::projection::{FARTHEST, Projection, apart, back, middle, wrapped};
use crate::shapes::{Around, Degrees, Shape, Shapes, Side};

/// What a country is on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// The first of four steps from few to many.
    Few,
    /// The second.
    Some,
    /// The third.
    Many,
    /// The fourth.
    Most,
    /// The first of two kinds: members.
    First,
    /// The second of two kinds: observers. Striped, or a ring.
    Second,
    /// Of both kinds.
    Both,
    /// The chair, with a star.
    Chair,
    /// The country around which everything is, with a ring.
    Centre,
}

impl Tone {
    /// What it is filled with.
    pub fn ink(self) -> Ink {
        match self {
            Tone::Few => Ink::Few,
            Tone::Some => Ink::Some,
            Tone::Many => Ink::Many,
            Tone::Most => Ink::Most,
            Tone::First => Ink::Blue,
            Tone::Second | Tone::Centre => Ink::Orange,
            Tone::Both | Tone::Chair => Ink::Dark,
        }
    }
}

/// A map, ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// Written above it.
    pub title: String,
    /// Written behind the title, if there is room for the whole of it.
    pub full: String,
    /// What each country is, by its code, and its name.
    pub tones: BTreeMap<String, (Tone, String)>,
    /// The countries by which the frame is chosen; empty for all that have a tone.
    pub framing: BTreeSet<String>,
    /// What the tones mean, in few words, in the order in which it is told.
    pub legend: Vec<(Tone, String)>,
    /// Said in the legend's place, if there is no tone to explain.
    pub remark: String,
    /// The small print, in paragraphs.
    pub small: Vec<String>,
    /// Whether it shows the whole world, whatever lies where.
    pub whole: bool,
}

/// A country that has a tone, as it was drawn.
struct Placed<'a> {
    at: (f32, f32),
    tone: Tone,
    name: &'a str,
    /// How large its largest piece is, in pixels.
    size: f32,
    /// How much of it lies within the frame: the longer side of the largest part of a piece, in pixels.
    within: f32,
}

/// A map that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The PNG.
    pub png: Vec<u8>,
    /// Where each country within the frame stands, in pixels.
    pub places: BTreeMap<String, (f32, f32)>,
}

/// The size of every map in pixels. Discord shows it about 330 pixels wide on a phone, so that what is written with 25
/// pixels stands there with ten.
const WIDTH: u16 = 800;
const HEIGHT: u16 = 640;

/// The bands above and below, in which words stand.
const ABOVE: f32 = 54.0;
const BELOW: f32 = 116.0;

/// The sizes of fonts.
const TITLE: f32 = 32.0;
const LEGEND: f32 = 25.0;
const SMALL: f32 = 20.0;

/// The room at the left and right of words, and around what the map must show.
const MARGIN: f32 = 16.0;

/// The least part of the world that is shown, as a part of the sphere's radius: some 1,100 kilometres from side to side.
const LEAST: f32 = 0.18;

/// How far from its point a country counts for what is shown, in degrees: of the largest not all must be seen.
const REACH: f32 = 13.0;

/// A country whose largest piece is smaller than this, in pixels, is shown as a dot.
const SEEN: f32 = 7.0;

/// The radius of a dot, on a map of the world, and of one that has others close by.
const DOT: f32 = 6.5;
const WORLD_DOT: f32 = 4.5;
const LEAST_DOT: f32 = 3.0;

/// How far apart two arrows at the edge are at least, in pixels.
const ARROWS: f32 = 30.0;

/// How far from the centre the globe is shown, in radians.
const HORIZON: f32 = 1.66;

/// Antarctica's code.
const ICE: &str = "AQ";

/// Names beside dots.
const NAME: f32 = 22.0;

/// The country in the middle has a ring around it if its largest piece is smaller than this, in pixels; a larger one is
/// seen by its colour, and a ring would hide it.
const FOUND: f32 = 26.0;

/// A country whose point lies beyond the frame needs no arrow if so much of it is seen, in pixels.
const PRESENT: f32 = 24.0;

/// So much farther from the centre than the farthest member an observer may be and still be within the frame.
const BESIDE: f32 = 1.4;

/// A line on the sphere is straight on the map for so many degrees.
const STRAIGHT: f32 = 2.0;

/// For choosing the frame, points of a coast are as far apart at least, in degrees: a third of the margin on the closest map.
const SPARSE: f32 = 0.1;

/// Points of a line that are closer than this to the last one drawn are passed over, in pixels.
const CLOSE: f32 = 0.9;

/// From the plane to pixels.
struct Frame {
    projection: Projection,
    scale: f32,
    middle: (f32, f32),
    /// The centre on the sphere and how far from it the farthest corner lies, if not everything is shown.
    reach: Option<(Degrees, f32)>,
}

impl Map {
    /// The width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (WIDTH.into(), HEIGHT.into())
    }

    /// Draws it, with the countries' shapes as `data/map/shapes.bin` of the repository holds them.
    pub fn draw(&self, shapes: &[u8]) -> Result<Drawn, NotDrawn> {
        let shapes = Shapes::read(shapes)?;
        let frame = self.frame(&shapes);
        let mut canvas = Canvas::new(WIDTH.into(), HEIGHT.into())?;
        let mut inked: BTreeMap<Option<Tone>, PathBuilder> = BTreeMap::new();
        let mut borders = PathBuilder::new();
        let mut drawn = BTreeSet::new();
        let mut placed: Vec<Placed<'_>> = Vec::new();
        let mut places = BTreeMap::new();
        for shape in &shapes.shapes {
            let toned = self.tones.get(&shape.code);
            // On a map of the world the ice would take the room of those who live elsewhere.
            if toned.is_none() && shape.code == ICE && frame.reach.is_none() {
                continue;
            }
            let (mut size, mut within) = (0.0, 0.0);
            for ring in &shape.rings {
                let around = shapes.around(ring);
                if !frame.may_show(around, 0.0) {
                    continue;
                }
                let turn = frame.projection.turn(f32::midpoint(around.0.0, around.1.0));
                let mut seen = Seen::default();
                let lines: Vec<Vec<(f32, f32)>> =
                    ring.iter().map(|side| frame.line(&shapes, *side, turn, &mut seen)).collect();
                size = f32::max(size, seen.all.size());
                within = f32::max(within, seen.within.size());
                if !seen.all.is_seen() {
                    continue;
                }
                let path = inked.entry(toned.map(|(tone, _)| *tone)).or_default();
                add(path, lines.iter().flatten().copied(), true);
                for (side, line) in ring.iter().zip(&lines) {
                    if shapes.is_border(side.line) && drawn.insert(side.line) {
                        add(&mut borders, line.iter().copied(), false);
                    }
                }
            }
            let at = frame.place(shape);
            if is_within(at) {
                places.insert(shape.code.clone(), at);
            }
            if let Some((tone, name)) = toned {
                placed.push(Placed { at, tone: *tone, name, size, within });
            }
        }
        let centre = inked.remove(&Some(Tone::Centre));
        for (tone, path) in inked {
            if let Some(path) = path.finish() {
                canvas.fill(&path, tone.map_or(Ink::Land, Tone::ink));
            }
        }
        if placed.iter().any(|one| one.tone == Tone::Second) {
            canvas.stripe(0..usize::from(HEIGHT), Tone::Second.ink(), Ink::Stripe);
        }
        if let Some(path) = centre.and_then(PathBuilder::finish) {
            canvas.fill(&path, Tone::Centre.ink());
        }
        if let Some(borders) = borders.finish() {
            canvas.fine_lines(&borders, if frame.reach.is_none() { 0.7 } else { 1.0 }, Ink::White);
        }
        frame.horizon(&mut canvas);
        // The signs of chairs and of the centre over all others.
        placed.sort_by_key(|one| one.tone);
        self.signs(&mut canvas, &frame, &placed);
        self.words(&mut canvas);
        Ok(Drawn { png: canvas.png()?, places })
    }

    /// Small countries as dots with their names, the signs of chairs and of the centre, and at the edge where those lie that
    /// are not within the frame.
    fn signs(&self, canvas: &mut Canvas, frame: &Frame, placed: &[Placed<'_>]) {
        let is_sign = |one: &Placed<'_>| {
            let least = match one.tone {
                Tone::Chair => f32::INFINITY,
                Tone::Centre => FOUND,
                _ => SEEN,
            };
            is_within(one.at) && one.size < least
        };
        let dots: Vec<&Placed<'_>> = placed.iter().filter(|one| is_sign(one)).collect();
        let largest = if frame.reach.is_none() { WORLD_DOT } else { DOT };
        let mut taken: Vec<[f32; 4]> = Vec::new();
        for (place, one) in dots.iter().enumerate() {
            let others = dots.iter().enumerate().filter(|(other, _)| *other != place);
            let apart = |(_, other): (usize, &&Placed<'_>)| (other.at.0 - one.at.0).hypot(other.at.1 - one.at.1);
            let nearest = others.map(apart).fold(f32::INFINITY, f32::min);
            let radius = (nearest / 2.0).clamp(LEAST_DOT, largest);
            dot(canvas, one.at, one.tone, radius);
            let around = if matches!(one.tone, Tone::Chair | Tone::Centre) { 16.0 } else { radius + 2.0 };
            taken.push([one.at.0 - around, one.at.1 - around, one.at.0 + around, one.at.1 + around]);
        }
        let mut arrows: Vec<(Tone, (f32, f32))> = Vec::new();
        for one in placed.iter().filter(|one| !is_within(one.at) && one.within < PRESENT) {
            let tip = leaving(one.at);
            // One for all that lie in one direction.
            let is_close = |(tone, other): &(Tone, (f32, f32))| {
                *tone == one.tone && (other.0 - tip.0).hypot(other.1 - tip.1) < ARROWS
            };
            if !arrows.iter().any(is_close) {
                arrow(canvas, one.at, tip, one.tone);
                arrows.push((one.tone, tip));
            }
        }
        if frame.reach.is_none() {
            return;
        }
        // No name covers the point of another country that takes part.
        let points = placed.iter().filter(|one| is_within(one.at)).map(|one| one.at);
        taken.extend(points.map(|(x, y)| [x - 5.0, y - 5.0, x + 5.0, y + 5.0]));
        for (place, one) in dots.iter().enumerate() {
            let Some([left, top, right, bottom]) = taken.get(place).copied() else { continue };
            let width = canvas.text_width(NAME, one.name);
            let line = one.at.1 + NAME * 0.36;
            // Above and below it may stand aside, where the edge is close.
            let beside = (one.at.0 - width / 2.0).min(f32::from(WIDTH) - 5.0 - width).max(5.0);
            let (above, below) = (top - 5.0, bottom + NAME * 0.75 + 3.0);
            let starts = [
                (right + 3.0, line),
                (left - 3.0 - width, line),
                (beside, above),
                (beside, below),
                (one.at.0 + 4.0, above),
                (one.at.0 + 4.0, below),
                (one.at.0 - 4.0 - width, above),
                (one.at.0 - 4.0 - width, below),
            ];
            // Letters with accents are higher.
            let tall =
                if one.name.chars().any(|letter| letter.is_uppercase() && !letter.is_ascii()) { 0.95 } else { 0.75 };
            let rect = |(x, y): (f32, f32)| [x, y - NAME * tall, x + width, y + NAME * 0.2];
            let is_free = |start: &(f32, f32)| {
                let [left, top, right, bottom] = rect(*start);
                let meets =
                    |other: &[f32; 4]| left < other[2] && other[0] < right && top < other[3] && other[1] < bottom;
                let inside = left >= 4.0
                    && right <= f32::from(WIDTH) - 4.0
                    && is_within((left, top))
                    && is_within((right, bottom));
                inside && !taken.iter().any(meets)
            };
            // Where there is no room, the name is left out: all stand in the text beside the map.
            if let Some(start) = starts.into_iter().find(is_free) {
                canvas.rimmed(start, NAME, Ink::Words, one.name);
                taken.push(rect(start));
            }
        }
    }

    /// What part of the world is shown: everything that has a tone, and the sea around it.
    fn frame(&self, shapes: &Shapes) -> Frame {
        let frames = |code: &String| {
            if self.framing.is_empty() { self.tones.contains_key(code) } else { self.framing.contains(code) }
        };
        let (framing, beside): (Vec<&Shape>, Vec<&Shape>) = shapes
            .shapes
            .iter()
            .filter(|shape| self.tones.contains_key(&shape.code))
            .partition(|shape| frames(&shape.code));
        let points: Vec<Degrees> = framing.iter().map(|shape| shape.point).collect();
        let mut shown: Vec<Degrees> = points.clone();
        for shape in &framing {
            let wide = REACH / shape.point.1.to_radians().cos().max(0.3);
            let is_alone = framing.len() == 1;
            let near = |&(x, y): &Degrees| {
                is_alone || wrapped(x - shape.point.0).abs() <= wide && (y - shape.point.1).abs() <= REACH
            };
            let own = shape.rings.first().into_iter().flatten().flat_map(|side| shapes.points(*side));
            // Some points of a coast tell as well where it lies as all.
            let mut last = None;
            let is_next = |point: &Degrees| {
                let is_far = |last: &Degrees| (last.0 - point.0).abs().max((last.1 - point.1).abs()) >= SPARSE;
                let next = last.as_ref().is_none_or(is_far);
                last = if next { Some(*point) } else { last };
                next
            };
            shown.extend(own.filter(near).filter(is_next));
        }
        let part = if self.whole { None } else { middle(&points) };
        let part = part.map(|centre| settled(centre, &shown));
        let reach =
            |centre: &Degrees, shown: &[Degrees]| shown.iter().map(|point| apart(*centre, *point)).fold(0.0, f32::max);
        match part.filter(|centre| reach(centre, &shown) <= FARTHEST) {
            Some(centre) => {
                let farthest = reach(&centre, &shown).max(LEAST) * BESIDE;
                shown.extend(beside.iter().map(|shape| shape.point).filter(|point| apart(centre, *point) <= farthest));
                let centre = settled(centre, &shown);
                let frame = Frame::fitting(Projection::around(centre), shown.iter().copied());
                let (width, height) = (f32::from(WIDTH), f32::from(HEIGHT) - ABOVE - BELOW);
                let corner = (frame.middle.0.abs() + width / 2.0 / frame.scale)
                    .hypot(frame.middle.1.abs() + height / 2.0 / frame.scale);
                // A chord's angle. (Snyder, as above.)
                let reach = 2.0 * (corner / 2.0).min(1.0).asin();
                Frame { reach: Some((centre, reach.min(HORIZON))), ..frame }
            }
            None => {
                let middle = meridian(&points);
                // From edge to edge, and as far to the north and south as people live.
                let corners = [(-176.0, 0.0), (179.0, 0.0), (0.0, -56.0), (0.0, 78.0)];
                Frame::fitting(Projection::World(middle), corners.into_iter().map(|(x, y)| (x + middle, y)))
            }
        }
    }

    /// The grounds of the words, the title, the legend and the small print.
    fn words(&self, canvas: &mut Canvas) {
        canvas.rectangle(0.0, 0.0, f32::from(WIDTH), ABOVE, Ink::White);
        canvas.rectangle(0.0, f32::from(HEIGHT) - BELOW, f32::from(WIDTH), BELOW, Ink::White);
        let room = f32::from(WIDTH) - 2.0 * MARGIN;
        let long = if self.full.is_empty() { self.title.clone() } else { format!("{} – {}", self.title, self.full) };
        let title = if canvas.text_width(LEGEND, &long) <= room { &long } else { &self.title };
        let size = (TITLE * room / canvas.text_width(TITLE, title).max(1.0)).clamp(LEGEND, TITLE);
        let title = canvas.fitted(size, room, title);
        canvas.text((MARGIN, ABOVE - 17.0), Anchor::Start, size, Ink::Words, &title);
        self.explain(canvas, room);
        let lines: Vec<String> = self.small.iter().flat_map(|text| canvas.wrap(SMALL, room, text)).collect();
        let mut y = legend_line() + 34.0;
        for line in lines.iter().take(2) {
            let line = canvas.fitted(SMALL, room, line);
            canvas.text((MARGIN, y), Anchor::Start, SMALL, Ink::Small, &line);
            y += SMALL * 1.3;
        }
    }

    /// The legend in one line, smaller where it is long, and cut where that is not enough.
    fn explain(&self, canvas: &mut Canvas, room: f32) {
        if self.legend.is_empty() {
            let remark = canvas.fitted(LEGEND, room, &self.remark);
            canvas.text((MARGIN, legend_line()), Anchor::Start, LEGEND, Ink::Words, &remark);
            return;
        }
        let wide = |size: f32, cut: f32| -> f32 {
            let each = self.legend.iter().map(|(_, text)| size * SWATCH + canvas.text_width(size, text).min(cut));
            each.sum::<f32>() + GAP * f32::from(u8::try_from(self.legend.len() - 1).unwrap_or(u8::MAX))
        };
        let size = (LEGEND * room / wide(LEGEND, room)).clamp(LEAST_LEGEND, LEGEND);
        let mut cut = room;
        while wide(size, cut) > room && cut > size {
            cut -= 4.0;
        }
        let labels: Vec<(Tone, String)> =
            self.legend.iter().map(|(tone, text)| (*tone, canvas.fitted(size, cut, text))).collect();
        let mut x = MARGIN;
        let (top, height) = (legend_line() - size * 0.74, size * 0.84);
        for (tone, text) in &labels {
            let width = size * (SWATCH - 0.35);
            canvas.rectangle(x, top, width, height, tone.ink());
            let middle = (x + width / 2.0, top + height / 2.0);
            match tone {
                // Rows are small and positive.
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row of the picture")]
                Tone::Second => canvas.stripe(top as usize..(top + height) as usize + 1, tone.ink(), Ink::Stripe),
                Tone::Chair => canvas.star(middle.0, middle.1, size * 0.42, Ink::Gold),
                _ => {}
            }
            x += size * SWATCH;
            x += canvas.text((x, legend_line()), Anchor::Start, size, Ink::Words, text) + GAP;
        }
    }
}

/// The width of a legend's field with the gap behind it, by the size of its words; and the gap between two entries.
const SWATCH: f32 = 1.55;
const GAP: f32 = 16.0;

/// The size below which a legend's words are cut instead.
const LEAST_LEGEND: f32 = 20.0;

/// Whether a point lies between the bands.
fn is_within((x, y): (f32, f32)) -> bool {
    (0.0..=f32::from(WIDTH)).contains(&x) && (ABOVE..=f32::from(HEIGHT) - BELOW).contains(&y)
}

/// The line on which the words of the legend stand.
fn legend_line() -> f32 {
    f32::from(HEIGHT) - BELOW + 36.0
}

/// The middle of what is shown, when it is drawn around it.
fn settled(mut centre: Degrees, shown: &[Degrees]) -> Degrees {
    for _ in 0..3 {
        let projection = Projection::around(centre);
        let outline = Outline::of(shown.iter().map(|point| projection.of(*point, 0.0)));
        centre = back(centre, outline.middle());
        centre.1 = centre.1.clamp(-80.0, 80.0);
    }
    centre
}

/// The longitude in the middle of a map of the world: the usual one, which parts the world in the Bering Strait, unless
/// something that is shown lies too close to the edge; then the widest gap between such is at the edge.
fn meridian(points: &[Degrees]) -> f32 {
    const USUAL: f32 = 11.5;
    let is_free = |middle: f32| points.iter().all(|(x, _)| wrapped(x - middle - 180.0).abs() > 1.0);
    if is_free(USUAL) {
        return USUAL;
    }
    let mut sorted: Vec<f32> = points.iter().map(|(x, _)| wrapped(*x)).collect();
    sorted.sort_by(f32::total_cmp);
    let next = sorted.iter().skip(1).copied().chain(sorted.first().map(|first| first + 360.0));
    let widest = sorted.iter().copied().zip(next).max_by(|(a, b), (c, d)| (b - a).total_cmp(&(d - c)));
    widest.map_or(USUAL, |(from, to)| wrapped(f32::midpoint(from, to) + 180.0))
}

impl Frame {
    /// The frame in which these points fill the map, with a margin.
    fn fitting(projection: Projection, shown: impl Iterator<Item = Degrees>) -> Frame {
        // Not turned: the edges of the world would fall together.
        let outline = Outline::of(shown.map(|point| projection.of(point, 0.0)));
        let (width, height) = (f32::from(WIDTH), f32::from(HEIGHT) - ABOVE - BELOW);
        let margin = 3.0 * MARGIN;
        let across = (width - margin) / (outline.greatest.0 - outline.least.0).max(LEAST);
        let down = (height - margin) / (outline.greatest.1 - outline.least.1).max(LEAST / 2.0);
        Frame { projection, scale: across.min(down), middle: outline.middle(), reach: None }
    }

    /// Whether something in this box of degrees may be seen, or lies so many radians beside what is.
    fn may_show(&self, (least, greatest): Around, beside: f32) -> bool {
        let Some((centre, reach)) = self.reach else { return true };
        let middle = (f32::midpoint(least.0, greatest.0), f32::midpoint(least.1, greatest.1));
        // On the sphere nothing is farther than its degrees are on the plane.
        let half = ((greatest.0 - least.0) / 2.0).hypot((greatest.1 - least.1) / 2.0).to_radians();
        apart(centre, middle) - half <= reach + beside
    }

    /// Leaves white what lies behind the horizon: lands there are drawn out to streaks along the edge of the globe.
    fn horizon(&self, canvas: &mut Canvas) {
        if self.reach.is_none_or(|(_, reach)| reach < HORIZON) {
            return;
        }
        let (x, y) = self.pixel((0.0, 0.0));
        let around = Rect::from_xywh(0.0, 0.0, WIDTH.into(), HEIGHT.into());
        let globe = PathBuilder::from_circle(x, y, 2.0 * (HORIZON / 2.0).sin() * self.scale);
        let (Some(around), Some(globe)) = (around, globe) else { return };
        let mut outside = PathBuilder::new();
        outside.push_rect(around);
        outside.push_path(&globe);
        if let Some(outside) = outside.finish() {
            canvas.fill(&outside, Ink::White);
        }
    }

    fn pixel(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let middle = (f32::from(WIDTH) / 2.0, (ABOVE + f32::from(HEIGHT) - BELOW) / 2.0);
        (middle.0 + (x - self.middle.0) * self.scale, middle.1 - (y - self.middle.1) * self.scale)
    }

    /// Where a country's dot stands.
    fn place(&self, shape: &Shape) -> (f32, f32) {
        self.pixel(self.projection.of(shape.point, self.projection.turn(shape.point.0)))
    }

    /// A side of a ring in pixels, without the points that nobody would see. What is seen of it is added to the rest.
    fn line(&self, shapes: &Shapes, side: Side, turn: f32, seen: &mut Seen) -> Vec<(f32, f32)> {
        let mut line: Vec<(f32, f32)> = Vec::new();
        // Far from the frame it matters only that a ring passes it on the same side.
        let is_near = self.may_show(shapes.around_line(side), COARSE.to_radians() * 1.5);
        // Nor are points worked out that would be passed over: no projection stretches more than the half.
        let least = if is_near { (CLOSE / 1.5 / self.scale).to_degrees() } else { COARSE };
        let mut points = shapes.points(side).peekable();
        let mut last: Option<Degrees> = None;
        // What was passed over since the last point of the line, and on which sides of the frame all of that lies.
        let (mut passed, mut beyond) = (None, 0);
        while let Some(point) = points.next() {
            let from = last.unwrap_or(point);
            let (dx, dy) = (point.0 - from.0, point.1 - from.1);
            let far = dx.abs().max(dy.abs());
            if far < least && last.is_some() && points.peek().is_some() {
                continue;
            }
            last = Some(point);
            // What is straight on the globe's grid is bent here, as the border along a parallel.
            let steps = if far <= STRAIGHT { 1.0 } else { (far / STRAIGHT).ceil().min(180.0) };
            let mut step = 0.0;
            while step < steps {
                step += 1.0;
                let part = if step < steps { step / steps } else { 1.0 };
                let between = (from.0 + dx * part, from.1 + dy * part);
                let here = self.pixel(self.projection.of(between, turn));
                let sides = seen.add(here);
                match line.last() {
                    Some(last) if (last.0 - here.0).abs() < CLOSE && (last.1 - here.1).abs() < CLOSE => {
                        passed = Some(here);
                    }
                    // A way that lies beyond one edge may be any way there.
                    Some(_) if beyond & sides != 0 => {
                        beyond &= sides;
                        passed = Some(here);
                    }
                    _ => {
                        line.extend(passed.take().filter(|_| beyond != 0));
                        line.push(here);
                        (passed, beyond) = (None, sides);
                    }
                }
            }
        }
        // Both ends stay, so that neighbours meet.
        line.extend(passed);
        line
    }
}

/// How much closer together the points of a line that is far from the frame need not be, in degrees.
const COARSE: f32 = 2.0;

/// What was seen of a ring.
#[derive(Default)]
struct Seen {
    /// What is around the whole of it.
    all: Outline,
    /// What is around those of its points that lie within the frame.
    within: Outline,
}

impl Seen {
    /// Adds a point. Returns beyond which edges of the frame it lies, a bit for each.
    fn add(&mut self, at: (f32, f32)) -> u8 {
        self.all.add(at);
        if is_within(at) {
            self.within.add(at);
            return 0;
        }
        let (x, y) = at;
        let edges = [
            x < -BESIDE_EDGE,
            x > f32::from(WIDTH) + BESIDE_EDGE,
            y < ABOVE - BESIDE_EDGE,
            y > f32::from(HEIGHT) - BELOW + BESIDE_EDGE,
        ];
        edges.into_iter().fold(0, |sides, is_beyond| sides << 1 | u8::from(is_beyond))
    }
}

/// So far beside the frame a line is not seen, whatever its width, in pixels.
const BESIDE_EDGE: f32 = 3.0;

/// What is around some points.
struct Outline {
    least: (f32, f32),
    greatest: (f32, f32),
}

impl Default for Outline {
    fn default() -> Outline {
        Outline { least: (f32::INFINITY, f32::INFINITY), greatest: (f32::NEG_INFINITY, f32::NEG_INFINITY) }
    }
}

impl Outline {
    fn of(points: impl Iterator<Item = (f32, f32)>) -> Outline {
        points.fold(Outline::default(), |mut outline, at| {
            outline.add(at);
            outline
        })
    }

    fn add(&mut self, (x, y): (f32, f32)) {
        self.least = (self.least.0.min(x), self.least.1.min(y));
        self.greatest = (self.greatest.0.max(x), self.greatest.1.max(y));
    }

    fn middle(&self) -> (f32, f32) {
        (f32::midpoint(self.least.0, self.greatest.0), f32::midpoint(self.least.1, self.greatest.1))
    }

    /// The longer side.
    fn size(&self) -> f32 {
        f32::max(self.greatest.0 - self.least.0, self.greatest.1 - self.least.1)
    }

    /// Whether any of it may lie between the bands.
    fn is_seen(&self) -> bool {
        self.greatest.0 >= 0.0
            && self.least.0 <= f32::from(WIDTH)
            && self.greatest.1 >= ABOVE
            && self.least.1 <= f32::from(HEIGHT) - BELOW
    }
}

fn add(path: &mut PathBuilder, points: impl Iterator<Item = (f32, f32)>, close: bool) {
    for (place, (x, y)) in points.enumerate() {
        if place == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if close {
        path.close();
    }
}

/// A small country, or the sign of a chair or a centre.
fn dot(canvas: &mut Canvas, (x, y): (f32, f32), tone: Tone, radius: f32) {
    match tone {
        Tone::Chair => {
            canvas.dot(x, y, 14.0, Ink::White);
            canvas.dot(x, y, 12.5, Ink::Dark);
            canvas.star(x, y, 10.5, Ink::Gold);
        }
        Tone::Centre => {
            canvas.ring(x, y, 15.0, 6.0, Ink::White);
            canvas.ring(x, y, 15.0, 3.0, Ink::Orange);
            canvas.dot(x, y, 4.0, Ink::Orange);
        }
        Tone::Second => {
            canvas.dot(x, y, radius + 1.5, Ink::White);
            canvas.ring(x, y, radius - 1.25, 2.5, Ink::Orange);
            canvas.dot(x, y, 1.5, Ink::Orange);
        }
        _ => {
            canvas.dot(x, y, radius + 1.5, Ink::White);
            canvas.dot(x, y, radius, tone.ink());
        }
    }
}

/// Where at the edge the way from the middle to a point that is not within the frame leaves it.
fn leaving((x, y): (f32, f32)) -> (f32, f32) {
    let (left, right) = (16.0, f32::from(WIDTH) - 16.0);
    let (top, bottom) = (ABOVE + 16.0, f32::from(HEIGHT) - BELOW - 16.0);
    let middle = (f32::midpoint(left, right), f32::midpoint(top, bottom));
    let (dx, dy) = (x - middle.0, y - middle.1);
    let along = ((right - left) / 2.0 / dx.abs().max(1e-3)).min((bottom - top) / 2.0 / dy.abs().max(1e-3));
    (middle.0 + dx * along, middle.1 + dy * along)
}

/// An arrow at the edge towards a country that is not within the frame, on white, so that it is seen on any ground. It is
/// long and notched, so that nobody takes another of its corners for its point.
fn arrow(canvas: &mut Canvas, at: (f32, f32), tip: (f32, f32), tone: Tone) {
    let (dx, dy) = (at.0 - tip.0, at.1 - tip.1);
    let length = dx.hypot(dy).max(1e-3);
    let (ahead, across) = ((dx / length, dy / length), (-dy / length, dx / length));
    let corner = |forth: f32, aside: f32| {
        (tip.0 + ahead.0 * forth + across.0 * aside, tip.1 + ahead.1 * forth + across.1 * aside)
    };
    canvas.dot(tip.0, tip.1, 15.0, Ink::White);
    let mut path = PathBuilder::new();
    add(&mut path, [corner(12.0, 0.0), corner(-9.0, 8.0), corner(-4.5, 0.0), corner(-9.0, -8.0)].into_iter(), true);
    if let Some(path) = path.finish() {
        canvas.fill(&path, tone.ink());
    }
}
