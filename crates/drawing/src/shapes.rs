//! The shapes of countries, as `data/map/shapes.bin` holds them. `data/map/make.py` writes that file; `docs/map.md` says
//! from what, and how it is laid out.
//!
//! Lines are there once, however many countries they bound, so that neighbours fit together at every scale. The file is
//! read anew for each picture, which takes a millisecond, so that nothing of it is kept in memory.

use std::ops::Range;

use crate::canvas::NotDrawn;

/// What the file begins with: its kind and version.
const HEAD: &[u8] = b"shapes1\n";

/// So many of the file's steps make a degree.
const STEPS: f32 = 100.0;

/// A point of the globe: degrees of longitude to the east, which may go beyond 180, and of latitude to the north.
pub(crate) type Degrees = (f32, f32);

/// A box on the globe: the least longitude and latitude, then the greatest.
pub(crate) type Around = (Degrees, Degrees);

/// What is around nothing.
const NOWHERE: Around = ((f32::INFINITY, f32::INFINITY), (f32::NEG_INFINITY, f32::NEG_INFINITY));

/// Lines and the shapes that are made of them.
pub(crate) struct Shapes {
    points: Vec<(i16, i16)>,
    lines: Vec<Line>,
    /// The countries, by their codes.
    pub(crate) shapes: Vec<Shape>,
}

struct Line {
    points: Range<usize>,
    /// The smallest box around it.
    around: Around,
    /// How many rings it is part of.
    uses: u8,
}

/// What is drawn for one code.
pub(crate) struct Shape {
    /// The country's code; `--` for land that is no country's.
    pub(crate) code: String,
    /// Where it stands as a dot: within its best known or largest piece.
    pub(crate) point: Degrees,
    /// Each piece and each hole as the lines around it, the largest first.
    pub(crate) rings: Vec<Vec<Side>>,
}

/// A line as a part of a ring.
#[derive(Clone, Copy)]
pub(crate) struct Side {
    /// Which line.
    pub(crate) line: usize,
    turned: bool,
}

impl Shapes {
    /// Reads the file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Shapes, NotDrawn> {
        let mut reading = Reading { bytes, at: 0 };
        if reading.take(HEAD.len())? != HEAD {
            return Err(NotDrawn::Shapes(0));
        }
        // What is kept is bounded by the file's size, whatever the numbers in it say.
        let (mut points, mut lines, mut shapes) = (Vec::with_capacity(bytes.len() / 2), Vec::new(), Vec::new());
        let (mut x, mut y) = (0, 0);
        for _ in 0..reading.number()? {
            let start = points.len();
            let mut around = NOWHERE;
            for _ in 0..reading.number()? {
                (x, y) = (reading.step(x)?, reading.step(y)?);
                points.push((x, y));
                let (x, y) = degrees((x, y));
                around.0 = (around.0.0.min(x), around.0.1.min(y));
                around.1 = (around.1.0.max(x), around.1.1.max(y));
            }
            lines.push(Line { points: start..points.len(), around, uses: 0 });
        }
        for _ in 0..reading.number()? {
            let code = String::from_utf8_lossy(reading.take(2)?).into_owned();
            let point = degrees((reading.step(0)?, reading.step(0)?));
            let mut rings = Vec::new();
            for _ in 0..reading.number()? {
                let mut ring = Vec::new();
                for _ in 0..reading.number()? {
                    let side = reading.number()?;
                    let side = Side { line: side >> 1, turned: side & 1 == 1 };
                    let line = lines.get_mut(side.line).ok_or(NotDrawn::Shapes(reading.at))?;
                    line.uses = line.uses.saturating_add(1);
                    ring.push(side);
                }
                rings.push(ring);
            }
            shapes.push(Shape { code, point, rings });
        }
        Ok(Shapes { points, lines, shapes })
    }

    /// Whether a line has a country on both sides; the others are coasts.
    pub(crate) fn is_border(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.uses > 1)
    }

    /// The points of a side in its direction, in degrees.
    pub(crate) fn points(&self, side: Side) -> impl Iterator<Item = Degrees> {
        let line = self.lines.get(side.line).and_then(|line| self.points.get(line.points.clone())).unwrap_or_default();
        let last = line.len();
        let place = move |place: usize| if side.turned { last - 1 - place } else { place };
        (0..last).filter_map(move |at| line.get(place(at)).copied().map(degrees))
    }

    /// The smallest box around a line.
    pub(crate) fn around_line(&self, side: Side) -> Around {
        self.lines.get(side.line).map_or(NOWHERE, |line| line.around)
    }

    /// The smallest box around a ring.
    pub(crate) fn around(&self, ring: &[Side]) -> Around {
        ring.iter().map(|side| self.around_line(*side)).fold(NOWHERE, |(least, greatest), (a, b)| {
            ((least.0.min(a.0), least.1.min(a.1)), (greatest.0.max(b.0), greatest.1.max(b.1)))
        })
    }
}

fn degrees((x, y): (i16, i16)) -> Degrees {
    (f32::from(x) / STEPS, f32::from(y) / STEPS)
}

/// Reads numbers of seven bits a byte, the least first; of a number with a sign the lowest bit tells the sign.
struct Reading<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reading<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], NotDrawn> {
        let taken = self.bytes.get(self.at..self.at + count).ok_or(NotDrawn::Shapes(self.at))?;
        self.at += count;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize, NotDrawn> {
        let mut number = 0;
        // No number of the file takes more than four bytes.
        for shift in [0, 7, 14, 21] {
            let byte = *self.bytes.get(self.at).ok_or(NotDrawn::Shapes(self.at))?;
            self.at += 1;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(NotDrawn::Shapes(self.at))
    }

    /// A number so much greater or smaller than another as the file says.
    fn step(&mut self, from: i16) -> Result<i16, NotDrawn> {
        let at = self.at;
        let number = i64::try_from(self.number()?).unwrap_or(i64::MAX);
        let step = if number & 1 == 1 { -(number >> 1) - 1 } else { number >> 1 };
        i16::try_from(i64::from(from) + step).map_err(|_| NotDrawn::Shapes(at))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// The files with which the program is built.
    const FILE: &[u8] = include_bytes!("../../../data/map/shapes.bin");
    const COUNTRIES: &str = include_str!("../../../data/countries.toml");

    #[test]
    fn every_country_of_the_catalogue_has_a_shape_and_a_point_in_it() {
        let shapes = Shapes::read(FILE).expect("the shapes of the repository");
        let codes: BTreeSet<&str> =
            COUNTRIES.lines().filter_map(|line| line.strip_prefix("code = \"")?.strip_suffix('"')).collect();
        assert_eq!(codes.len(), 250);
        let drawn: BTreeSet<&str> = shapes.shapes.iter().map(|shape| shape.code.as_str()).collect();
        assert_eq!(codes.difference(&drawn).collect::<Vec<_>>(), Vec::<&&str>::new(), "codes without a shape");
        assert_eq!(drawn.difference(&codes).collect::<Vec<_>>(), [&"--"], "shapes without a code");
        for shape in &shapes.shapes {
            assert!(!shape.rings.is_empty(), "{} has no ring", shape.code);
            let ((west, south), (east, north)) = shape
                .rings
                .iter()
                .map(|ring| shapes.around(ring))
                .fold(((f32::MAX, f32::MAX), (f32::MIN, f32::MIN)), |(a, b), (c, d)| {
                    ((a.0.min(c.0), a.1.min(c.1)), (b.0.max(d.0), b.1.max(d.1)))
                });
            let (x, y) = shape.point;
            assert!(west <= x && x <= east && south <= y && y <= north, "{}: {x}, {y}", shape.code);
        }
    }

    /// In whose shapes a place lies, by the even-odd rule.
    fn owners(shapes: &Shapes, (x, y): Degrees) -> Vec<&str> {
        let is_within = |shape: &&Shape| {
            let mut odd = false;
            for ring in &shape.rings {
                let points: Vec<Degrees> = ring.iter().flat_map(|side| shapes.points(*side)).collect();
                for (from, to) in points.iter().zip(points.iter().cycle().skip(1)) {
                    let crosses = (from.1 > y) != (to.1 > y);
                    odd ^= crosses && x < (to.0 - from.0) * (y - from.1) / (to.1 - from.1) + from.0;
                }
            }
            odd
        };
        shapes.shapes.iter().filter(is_within).map(|shape| shape.code.as_str()).collect()
    }

    #[test]
    fn places_whose_country_is_disputed_lie_where_docs_map_md_says() {
        let shapes = Shapes::read(FILE).expect("the shapes of the repository");
        for (name, place, code) in [
            ("Simferopol", (34.1, 44.95), "UA"),
            ("El Aaiún", (-13.2, 27.13), "EH"),
            ("Bir Anzarane", (-14.5, 23.9), "EH"),
            ("Pristina", (21.16, 42.66), "XK"),
            ("Hargeisa", (44.06, 9.56), "SO"),
            ("Kyrenia", (33.4, 35.25), "CY"),
            ("Taipei", (121.5, 25.0), "TW"),
            ("Gaza", (34.4, 31.45), "PS"),
            ("Ramallah", (35.2, 31.91), "PS"),
            ("East Jerusalem", (35.235, 31.78), "PS"),
            ("Bethlehem", (35.2, 31.7), "PS"),
            ("West Jerusalem", (35.19, 31.775), "IL"),
            ("Tel Aviv", (34.8, 32.07), "IL"),
            ("the Golan", (35.8, 33.0), "SY"),
            ("Abyei", (28.4, 9.6), "--"),
            ("Cayenne", (-52.4, 4.8), "GF"),
            ("Baikonur", (63.3, 45.9), "KZ"),
        ] {
            assert_eq!(owners(&shapes, place), [code], "{name}");
        }
    }

    #[test]
    fn rings_close_and_lines_are_shared_by_neighbours() {
        let shapes = Shapes::read(FILE).expect("the shapes of the repository");
        for shape in &shapes.shapes {
            for ring in &shape.rings {
                for (side, next) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                    let (end, start) = (shapes.points(*side).last(), shapes.points(*next).next());
                    assert_eq!(end, start, "{}: a ring is torn", shape.code);
                }
            }
        }
        let borders = (0..shapes.lines.len()).filter(|line| shapes.is_border(*line)).count();
        assert!((300..1_200).contains(&borders), "{borders} borders");
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_it_is_read_or_refused(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Shapes::read(&tail);
            let _ = Shapes::read(&[HEAD, &tail].concat());
        }
    }
}
