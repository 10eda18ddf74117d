//! A picture that an answer shows: what it is called, what it tells, how large it is; it is drawn when it is sent.
//!
//! Drawing takes some hundred times as long as everything else about an answer, and most answers are only looked at by
//! their own buttons, the terminal or a test. So a command says what is to be drawn, and the transport has it drawn on a
//! thread that holds up nobody.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::reply::file::File;
use crate::reply::limits::ALTERNATIVE_TEXT;
use crate::reply::text::cut;

/// A picture of an answer, drawn or to be drawn. It stands in an [`Embed`](crate::reply::Embed), so that no embed can name
/// a file that does not go with it.
#[derive(Clone)]
pub struct Picture {
    name: String,
    description: String,
    size: (u32, u32),
    drawing: Drawing,
}

#[derive(Clone)]
enum Drawing {
    Due(Arc<dyn Fn() -> Result<Vec<u8>, String> + Send + Sync>),
    Done(Arc<[u8]>),
}

impl Picture {
    /// A picture that `draw` will draw: a PNG of this width and height in pixels, or why there is none.
    ///
    /// The name is that of a file: ASCII letters, digits, `-`, `_` and the ending `.png`, since Discord replaces others and an
    /// embed would then name a file that is not there. (Discord: reference, "Editing Message Attachments"; "Using Attachments
    /// within Embeds".) The description is the alternative text, plain and without markup: what the picture tells, for
    /// those who do not see it. It is cut at Discord's limit.
    pub fn new(
        name: &str,
        description: &str,
        size: (u32, u32),
        draw: impl Fn() -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) -> Picture {
        let description = cut(description.trim(), ALTERNATIVE_TEXT);
        Picture { name: name.to_owned(), description, size, drawing: Drawing::Due(Arc::new(draw)) }
    }

    /// The name of its file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The alternative text, at most 1,024 characters.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Its width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// Whether it is not drawn yet.
    pub fn is_due(&self) -> bool {
        matches!(self.drawing, Drawing::Due(_))
    }

    /// Its file, once it is drawn.
    pub fn file(&self) -> Option<File> {
        match &self.drawing {
            Drawing::Done(png) => Some(File { name: self.name.clone(), content: png.to_vec() }),
            Drawing::Due(_) => None,
        }
    }

    /// Draws it, unless it is drawn. Says why if that fails, by an error or by a panic, which ends here.
    pub fn draw(&mut self) -> Result<(), String> {
        let Drawing::Due(draw) = &self.drawing else { return Ok(()) };
        let drawn = catch_unwind(AssertUnwindSafe(|| draw())).unwrap_or_else(|panic| {
            let reason = panic.downcast_ref::<&str>().copied();
            let reason = reason.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            Err(format!("drawing panicked: {}", reason.unwrap_or("unknown")))
        });
        self.drawing = Drawing::Done(drawn?.into());
        Ok(())
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Picture { name, description, size, .. } = self;
        let mut shown = f.debug_struct("Picture");
        shown.field("name", name).field("description", description).field("size", size);
        shown.field("due", &self.is_due()).finish()
    }
}

/// By what is said of it: what is drawn follows from the view, as all else in an answer does.
impl PartialEq for Picture {
    fn eq(&self, other: &Picture) -> bool {
        (&self.name, &self.description, self.size) == (&other.name, &other.description, other.size)
    }
}

impl Eq for Picture {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_drawn_once_and_one_that_fails_says_why() {
        let times = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counted = Arc::clone(&times);
        let mut picture = Picture::new("a.png", " told ", (2, 1), move || {
            counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Ok(vec![1, 2])
        });
        assert!(picture.is_due() && picture.file().is_none());
        assert_eq!((picture.draw(), picture.draw()), (Ok(()), Ok(())));
        assert_eq!(times.load(std::sync::atomic::Ordering::Relaxed), 1);
        assert_eq!(picture.file(), Some(File { name: "a.png".to_owned(), content: vec![1, 2] }));
        assert_eq!(picture.description(), "told");

        let mut failing = Picture::new("a.png", "", (1, 1), || Err("no shape".to_owned()));
        assert_eq!(failing.draw(), Err("no shape".to_owned()));
        let mut panicking = Picture::new("a.png", "", (1, 1), || panic!("a fault of ours"));
        assert_eq!(panicking.draw(), Err("drawing panicked: a fault of ours".to_owned()));
        assert!(panicking.is_due());
    }

    #[test]
    fn alternative_text_is_cut_at_discords_limit_and_is_as_it_was_given() {
        let long = Picture::new("a.png", &"é ".repeat(2_000), (1, 1), || Ok(Vec::new()));
        assert!(long.description().chars().count() <= 1_024 && long.description().ends_with('…'));
        let plain = Picture::new("a.png", "a * b_c [d] @e", (1, 1), || Ok(Vec::new()));
        assert_eq!(plain.description(), "a * b_c [d] @e");
    }
}
