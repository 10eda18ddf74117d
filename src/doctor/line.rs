//! A line of what was found.

use std::fmt;

/// How it is with a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is as it should be.
    Well,
    /// A start would serve; somebody should look.
    Warning,
    /// A start would not serve, or something that is set up would not work.
    Error,
}

/// How wide the names of the things are written.
const NAME: usize = 13;

/// The longest text of a line, in characters: what Discord or a store says may be of any length.
const LONGEST: usize = 1_000;

/// What was found of one thing, in one line; with what is wrong comes the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which thing, in a word or two.
    pub name: &'static str,
    /// How it is with it.
    pub verdict: Verdict,
    /// The words.
    pub text: String,
}

impl Line {
    /// A line of something that is as it should be.
    pub fn well(name: &'static str, text: impl AsRef<str>) -> Line {
        Line::new(name, Verdict::Well, text.as_ref())
    }

    /// A line of something that somebody should look at.
    pub fn warning(name: &'static str, text: impl AsRef<str>) -> Line {
        Line::new(name, Verdict::Warning, text.as_ref())
    }

    /// A line of something that does not work.
    pub fn error(name: &'static str, text: impl AsRef<str>) -> Line {
        Line::new(name, Verdict::Error, text.as_ref())
    }

    fn new(name: &'static str, verdict: Verdict, text: &str) -> Line {
        let plain: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
        let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        Line { name, verdict, text: words.chars().take(LONGEST).collect() }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.verdict {
            Verdict::Well => "ok",
            Verdict::Warning => "warning",
            Verdict::Error => "error",
        };
        write!(f, "{word:<7}  {:<NAME$}  {}", self.name, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_told_is_one_line_of_text() {
        let line = Line::error("token", "no token:\n  set one\u{1b}[31m\r\n");
        assert_eq!(line.to_string(), "error    token          no token: set one [31m");
        assert_eq!(Line::well("token", "x".repeat(5_000)).text.len(), LONGEST);
    }
}
