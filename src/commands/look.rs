//! How things look alike wherever they are shown: colours and marks of a status, names of sites, pages of lists.

use crate::catalogue::{StatusValue, When};
use crate::language::Voice;
use crate::reply::{Embed, colour, cut};

/// The most entries of a menu or a page of a list.
pub(super) const PAGE: usize = 20;

/// The colour of a status.
pub(super) fn status_colour(status: StatusValue) -> u32 {
    match status {
        StatusValue::Active => colour::ACTIVE,
        StatusValue::Emerging => colour::EMERGING,
        StatusValue::Inactive => colour::INACTIVE,
        StatusValue::Unknown => colour::UNKNOWN,
    }
}

/// The mark of a status in lists, in the colours of [`status_colour`].
pub(super) fn status_mark(status: StatusValue) -> &'static str {
    match status {
        StatusValue::Active => "🟢",
        StatusValue::Emerging => "🔵",
        StatusValue::Inactive => "⚪",
        StatusValue::Unknown => "🟡",
    }
}

/// The name of the site behind an address, without www.
pub(super) fn host(url: &str) -> String {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

/// The number of pages of `PAGE` entries, at least one, and the page asked for, moved into range.
pub(super) fn paged(entries: usize, page: usize) -> (usize, usize) {
    let pages = entries.div_ceil(PAGE).max(1);
    (pages, page.min(pages - 1))
}

/// Adds a date in brackets to a text.
pub(super) fn dated(voice: Voice<'_>, text: String, key: &str, date: Option<When>) -> String {
    match date {
        Some(date) => format!("{text} ({})", voice.say_with(key, [("date", voice.date(date).into())])),
        None => text,
    }
}

/// An embed for an answer about no single process.
pub(super) fn general(title: &str) -> Embed {
    Embed::new(colour::GENERAL, &cut(title, 256))
}
