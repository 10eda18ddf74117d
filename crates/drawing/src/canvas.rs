//! The paper on which pictures are drawn: a few inks, lines, dots and words, and the PNG that comes of it.
//!
//! A picture has its own light ground, so that it looks the same in a light and in a dark chat. Its inks are few, so that
//! it is written with a palette, which takes a fifth of the bytes and of the time of full colours.

use std::io::Write;
use std::ops::Range;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, PremultipliedColorU8, Rect, Stroke, Transform,
};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Why a picture could not be drawn. It never costs the answer: that is sent without.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// The paper is empty or larger than there is memory for.
    #[error("no paper of {0} × {1} pixels")]
    Paper(u32, u32),
    /// The font that is compiled in cannot be read.
    #[error("the font cannot be read: {0}")]
    Font(#[from] ttf_parser::FaceParsingError),
    /// The file of shapes cannot be read.
    #[error("the shapes end too early or lead nowhere, at byte {0}")]
    Shapes(usize),
    /// Writing the PNG failed.
    #[error("the PNG cannot be written: {0}")]
    Png(#[from] std::io::Error),
}

/// What can be drawn with. Blue and orange are told apart with every kind of colour blindness, and so are light and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The paper; on a map the sea.
    Ground,
    /// Quiet areas: on a map, countries of which nothing is said.
    Land,
    /// Lines between areas, and around dots.
    White,
    /// Words.
    Words,
    /// Words in small print.
    Small,
    /// Quiet lines, as those of a grid.
    Line,
    /// The first of two kinds.
    Blue,
    /// The second of two kinds.
    Orange,
    /// The stripes in what is orange.
    Stripe,
    /// What stands out from both kinds.
    Dark,
    /// A mark on dark.
    Gold,
    /// What is past, or not known well.
    Grey,
    /// The first of four steps, from few to many.
    Few,
    /// The second step.
    Some,
    /// The third step.
    Many,
    /// The fourth step.
    Most,
}

impl Ink {
    /// All inks, as they stand in the palette of the PNG.
    pub const ALL: [Ink; 16] = [
        Ink::Ground,
        Ink::Land,
        Ink::White,
        Ink::Words,
        Ink::Small,
        Ink::Line,
        Ink::Blue,
        Ink::Orange,
        Ink::Stripe,
        Ink::Dark,
        Ink::Gold,
        Ink::Grey,
        Ink::Few,
        Ink::Some,
        Ink::Many,
        Ink::Most,
    ];

    /// Red, green and blue.
    pub const fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Ground => [0xf1, 0xf6, 0xfa],
            Ink::Land => [0xd9, 0xde, 0xe2],
            Ink::White => [0xff, 0xff, 0xff],
            Ink::Words => [0x1b, 0x24, 0x30],
            Ink::Small => [0x51, 0x5c, 0x68],
            Ink::Line => [0xc2, 0xcb, 0xd3],
            Ink::Blue => [0x1f, 0x6f, 0xb4],
            Ink::Orange => [0xb8, 0x58, 0x00],
            Ink::Stripe => [0xf0, 0xbf, 0x86],
            Ink::Dark => [0x12, 0x1f, 0x3d],
            Ink::Gold => [0xff, 0xd1, 0x4a],
            Ink::Grey => [0x72, 0x7c, 0x87],
            Ink::Few => [0x3a, 0x87, 0x94],
            Ink::Some => [0x2a, 0x66, 0x9e],
            Ink::Many => [0x38, 0x41, 0x8c],
            Ink::Most => [0x2b, 0x1a, 0x55],
        }
    }

    fn paint(self) -> Paint<'static> {
        let [red, green, blue] = self.rgb();
        let mut paint = Paint::default();
        paint.set_color_rgba8(red, green, blue, 0xff);
        paint
    }
}

/// Where words stand in relation to the point that is given for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// They begin there.
    #[default]
    Start,
    /// They stand around it.
    Middle,
    /// They end there.
    End,
}

/// The paper. Points are in pixels from its upper left corner, x to the right and y down.
pub struct Canvas {
    pixmap: Pixmap,
    face: Face<'static>,
}

impl Canvas {
    /// Paper of so many pixels, in the ground's colour.
    pub fn new(width: u32, height: u32) -> Result<Canvas, NotDrawn> {
        let mut pixmap = Pixmap::new(width, height).ok_or(NotDrawn::Paper(width, height))?;
        let [red, green, blue] = Ink::Ground.rgb();
        pixmap.fill(Color::from_rgba8(red, green, blue, 0xff));
        Ok(Canvas { pixmap, face: Face::parse(notosans::REGULAR_TTF, 0)? })
    }

    /// The width in pixels.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred pixels")]
    pub fn width(&self) -> f32 {
        self.pixmap.width() as f32
    }

    /// The height in pixels.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred pixels")]
    pub fn height(&self) -> f32 {
        self.pixmap.height() as f32
    }

    /// Fills the inside of a path, by the even-odd rule.
    pub fn fill(&mut self, path: &Path, ink: Ink) {
        self.pixmap.fill_path(path, &ink.paint(), FillRule::EvenOdd, Transform::identity(), None);
    }

    /// Draws along a path, with a line so many pixels wide.
    pub fn stroke(&mut self, path: &Path, width: f32, ink: Ink) {
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixmap.stroke_path(path, &ink.paint(), &stroke, Transform::identity(), None);
    }

    /// Draws along many lines at once, none wider than two pixels: their ends and corners are as they come, which nobody sees
    /// at that width and which takes a third of the time.
    pub fn fine_lines(&mut self, path: &Path, width: f32, ink: Ink) {
        let stroke = Stroke { width, line_cap: LineCap::Butt, line_join: LineJoin::Bevel, ..Stroke::default() };
        self.pixmap.stroke_path(path, &ink.paint(), &stroke, Transform::identity(), None);
    }

    /// A filled rectangle; nothing if it has no width or no height.
    pub fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.pixmap.fill_rect(rect, &ink.paint(), Transform::identity(), None);
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        if let Some(path) = path.finish() {
            self.stroke(&path, width, ink);
        }
    }

    /// A filled circle.
    pub fn dot(&mut self, x: f32, y: f32, radius: f32, ink: Ink) {
        if let Some(circle) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&circle, ink);
        }
    }

    /// A circle's line.
    pub fn ring(&mut self, x: f32, y: f32, radius: f32, width: f32, ink: Ink) {
        if let Some(circle) = PathBuilder::from_circle(x, y, radius) {
            self.stroke(&circle, width, ink);
        }
    }

    /// A star of five points, whose outer points lie on a circle.
    pub fn star(&mut self, x: f32, y: f32, radius: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        for point in 0..10_u8 {
            let angle = f32::from(point) * std::f32::consts::PI / 5.0;
            let radius = if point % 2 == 0 { radius } else { radius * 0.42 };
            let (x, y) = (x + radius * angle.sin(), y - radius * angle.cos());
            if point == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        path.close();
        if let Some(path) = path.finish() {
            self.fill(&path, ink);
        }
    }

    /// Turns what has one ink between two rows into stripes of it and another, so that it is known without its colour.
    pub fn stripe(&mut self, rows: Range<usize>, ink: Ink, stripes: Ink) {
        let opaque = |ink: Ink| {
            let [red, green, blue] = ink.rgb();
            PremultipliedColorU8::from_rgba(red, green, blue, 0xff)
        };
        let (Some(from), Some(to)) = (opaque(ink), opaque(stripes)) else { return };
        let width = usize::try_from(self.pixmap.width()).unwrap_or(1).max(1);
        let lines = self.pixmap.pixels_mut().chunks_mut(width).enumerate();
        for (row, pixels) in lines.skip(rows.start).take(rows.len()) {
            for (column, pixel) in pixels.iter_mut().enumerate() {
                // The ink first: few pixels have it.
                if *pixel == from && (row + column) % STRIPES < STRIPE {
                    *pixel = to;
                }
            }
        }
    }

    /// Writes one line with a white rim, so that it is read on any ground.
    pub fn rimmed(&mut self, at: (f32, f32), size: f32, ink: Ink, text: &str) {
        if let Some(path) = self.outline(at, size, text) {
            self.stroke(&path, size * RIM, Ink::White);
            self.pixmap.fill_path(&path, &ink.paint(), FillRule::Winding, Transform::identity(), None);
        }
    }

    /// Writes one line. `y` is that of the line on which letters stand; `size` is that of the font, of which capitals are
    /// seven tenths. What the font has no letter for is left out. Returns the width in pixels.
    pub fn text(&mut self, (x, y): (f32, f32), anchor: Anchor, size: f32, ink: Ink, text: &str) -> f32 {
        let width = self.text_width(size, text);
        let start = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        if let Some(path) = self.outline((start, y), size, text) {
            self.pixmap.fill_path(&path, &ink.paint(), FillRule::Winding, Transform::identity(), None);
        }
        width
    }

    /// The outlines of a line of text that begins at a point.
    fn outline(&self, (x, y): (f32, f32), size: f32, text: &str) -> Option<Path> {
        let mut pen = Pen { path: PathBuilder::new(), x, y, scale: self.scale(size) };
        for glyph in self.glyphs(text) {
            self.face.outline_glyph(glyph, &mut pen);
            pen.x += self.advance(glyph) * pen.scale;
        }
        pen.path.finish()
    }

    /// How wide a line of text is, in pixels.
    pub fn text_width(&self, size: f32, text: &str) -> f32 {
        self.glyphs(text).map(|glyph| self.advance(glyph)).sum::<f32>() * self.scale(size)
    }

    /// The text in lines of at most so many pixels, broken at spaces; a word that is longer has a line of its own.
    pub fn wrap(&self, size: f32, width: f32, text: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.text_width(size, &format!("{line} {word}")) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// The text, cut with an ellipsis if it is wider than so many pixels.
    pub fn fitted(&self, size: f32, width: f32, text: &str) -> String {
        if self.text_width(size, text) <= width {
            return text.to_owned();
        }
        let mut letters: Vec<char> = text.chars().collect();
        while letters.pop().is_some() {
            let cut = format!("{}…", letters.iter().collect::<String>().trim_end());
            if self.text_width(size, &cut) <= width {
                return cut;
            }
        }
        String::new()
    }

    fn glyphs(&self, text: &str) -> impl Iterator<Item = GlyphId> {
        text.chars().filter_map(|letter| self.face.glyph_index(letter))
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default())
    }

    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.face.units_per_em().max(1))
    }

    /// The picture as a PNG with a palette: the inks, and two steps between each two of them for the edges.
    pub fn png(self) -> Result<Vec<u8>, NotDrawn> {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        let palette = palette();
        let mut nearest = Nearest::new(&palette);
        let row = usize::try_from(width).unwrap_or(1).max(1);
        let mut rows = Vec::with_capacity(self.pixmap.pixels().len() + usize::try_from(height).unwrap_or_default());
        for pixels in self.pixmap.data().as_chunks().0.chunks(row) {
            // Each row begins with how it is filtered: not at all, which is best for a palette. (PNG, 12.7.)
            rows.push(0);
            rows.extend(pixels.iter().map(|pixel| nearest.of(*pixel)));
        }
        drop(self.pixmap);
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(rows.len() / 8), Compression::new(LEVEL));
        encoder.write_all(&rows)?;
        let mut header = Vec::with_capacity(13);
        header.extend(width.to_be_bytes());
        header.extend(height.to_be_bytes());
        // Eight bits a pixel, a palette, the one way to compress and to filter, not interlaced. (PNG, 11.2.2.)
        header.extend([8, 3, 0, 0, 0]);
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut png, b"IHDR", &header);
        chunk(&mut png, b"PLTE", palette.as_flattened());
        chunk(&mut png, b"IDAT", &encoder.finish()?);
        chunk(&mut png, b"IEND", &[]);
        Ok(png)
    }
}

/// How wide the line around rimmed letters is, as a part of their size: half of it is seen. On dark ground less is not read.
const RIM: f32 = 0.34;

/// How far apart stripes begin, and how wide they are, in pixels.
const STRIPES: usize = 9;
const STRIPE: usize = 3;

/// How hard a picture is compressed, from 1 to 9. With 4 it is a twelfth smaller and takes a twentieth longer to draw.
const LEVEL: u32 = 2;

/// Outlines glyphs at a place.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// The inks, then two steps between each two of them: 256 colours.
fn palette() -> Vec<[u8; 3]> {
    let mut palette: Vec<[u8; 3]> = Ink::ALL.map(Ink::rgb).to_vec();
    for (place, one) in Ink::ALL.into_iter().enumerate() {
        for other in Ink::ALL.into_iter().skip(place + 1) {
            for part in [1, 2] {
                let mix = |(one, other): (u8, u8)| u16::from(one) * (3 - part) + u16::from(other) * part;
                let mixed = one.rgb().into_iter().zip(other.rgb()).map(mix);
                let mut colour = [0; 3];
                // A third of at most 765 fits.
                colour.iter_mut().zip(mixed).for_each(|(to, sum)| *to = u8::try_from(sum / 3).unwrap_or(u8::MAX));
                palette.push(colour);
            }
        }
    }
    palette
}

/// Finds the colour of a palette that is nearest to one, and remembers it for all that are alike in five bits of each.
struct Nearest<'a> {
    palette: &'a [[u8; 3]],
    known: Vec<u16>,
    last: ([u8; 4], u8),
}

/// What stands where no colour was looked for yet.
const UNKNOWN: u16 = u16::MAX;

impl<'a> Nearest<'a> {
    fn new(palette: &'a [[u8; 3]]) -> Nearest<'a> {
        let mut nearest = Nearest { palette, known: vec![UNKNOWN; 1 << 15], last: ([0; 4], 0) };
        // Each ink is found exactly, whatever lies beside it.
        for (place, ink) in (0..).zip(Ink::ALL) {
            if let Some(known) = nearest.known.get_mut(Nearest::bucket(ink.rgb())) {
                *known = place;
            }
        }
        nearest
    }

    fn bucket(colour: [u8; 3]) -> usize {
        colour.into_iter().fold(0, |bucket, channel| bucket << 5 | usize::from(channel >> 3))
    }

    /// Of red, green, blue and an opacity that is full everywhere.
    fn of(&mut self, pixel: [u8; 4]) -> u8 {
        if pixel == self.last.0 {
            return self.last.1;
        }
        let [colour @ .., _] = pixel;
        let bucket = Nearest::bucket(colour);
        let known = self.known.get(bucket).copied().and_then(|known| u8::try_from(known).ok());
        let found = known.unwrap_or_else(|| {
            let [red, green, blue] = colour.map(i32::from);
            let (mut found, mut least) = (0, i32::MAX);
            for (place, &[r, g, b]) in (0..=u8::MAX).zip(self.palette) {
                let (r, g, b) = (i32::from(r) - red, i32::from(g) - green, i32::from(b) - blue);
                // The eye sees green best.
                let distance = 3 * r * r + 6 * g * g + 2 * b * b;
                if distance < least {
                    (found, least) = (place, distance);
                }
            }
            if let Some(known) = self.known.get_mut(bucket) {
                *known = u16::from(found);
            }
            found
        });
        self.last = (pixel, found);
        found
    }
}

/// A part of a PNG: its length, its kind, what it holds, and a checksum of both. (PNG, 5.3.)
fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(content);
    // A picture is smaller than four gigabytes.
    png.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    png.extend(kind);
    png.extend(content);
    png.extend(crc.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of a colour, 0 to 1. (WCAG 2.2, "relative luminance".)
    fn luminance(ink: Ink) -> f64 {
        let linear = ink.rgb().map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(one: Ink, other: Ink) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn what_says_something_stands_out_from_sea_and_land() {
        for ground in [Ink::Ground, Ink::Land, Ink::White] {
            for shape in [Ink::Blue, Ink::Orange, Ink::Dark, Ink::Few, Ink::Some, Ink::Many, Ink::Most, Ink::Grey] {
                let contrast = contrast(shape, ground);
                assert!(contrast >= 3.0, "{shape:?} on {ground:?}: {contrast:.2}");
            }
        }
        assert!(contrast(Ink::Gold, Ink::Dark) >= 3.0);
        assert!(contrast(Ink::Orange, Ink::Stripe) >= 2.5, "stripes are seen");
        for words in [Ink::Words, Ink::Small] {
            for ground in [Ink::Ground, Ink::White] {
                assert!(contrast(words, ground) >= 4.5, "{words:?} on {ground:?}: {:.2}", contrast(words, ground));
            }
        }
        // Each step is told from the next.
        for pair in [Ink::Few, Ink::Some, Ink::Many, Ink::Most].windows(2) {
            assert!(contrast(pair[0], pair[1]) >= 1.4, "{pair:?}: {:.2}", contrast(pair[0], pair[1]));
        }
    }

    #[test]
    fn the_palette_holds_every_ink_and_is_full() {
        let palette = palette();
        assert_eq!(palette.len(), 256);
        let mut nearest = Nearest::new(&palette);
        for ink in Ink::ALL {
            let [red, green, blue] = ink.rgb();
            assert_eq!(palette[usize::from(nearest.of([red, green, blue, 0xff]))], ink.rgb(), "{ink:?}");
        }
    }

    #[test]
    fn words_are_as_wide_as_they_say_and_wrap_within_it() {
        let mut canvas = Canvas::new(400, 100).expect("paper");
        let width = canvas.text_width(24.0, "Œuvre à côté – ñandú, ¿sí?");
        assert!((200.0..400.0).contains(&width), "{width}");
        assert!(
            (canvas.text((10.0, 40.0), Anchor::Start, 24.0, Ink::Words, "Œuvre à côté – ñandú, ¿sí?") - width).abs()
                < 0.01
        );
        assert_eq!(canvas.text_width(24.0, "🗺\u{0627}"), 0.0, "what the font lacks is left out");
        let lines = canvas.wrap(20.0, 120.0, "Processus consultatif régional sur la migration");
        assert!(lines.len() > 2 && lines.iter().all(|line| canvas.text_width(20.0, line) <= 120.0), "{lines:?}");
        assert!(canvas.fitted(20.0, 80.0, "Processus consultatif").ends_with('…'));
    }
}
