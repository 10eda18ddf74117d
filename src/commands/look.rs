//! How things look alike wherever they are shown: colours and marks of a status, names of sites, pages of lists.

use crate::catalogue::{StatusValue, When};
use crate::language::Voice;
use crate::reply::colour;

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
        StatusValue::Emerging => "🟡",
        StatusValue::Inactive => "⚪",
        StatusValue::Unknown => "❔",
    }
}

/// The name of the site behind an address, without www.
pub(super) fn host(url: &str) -> String {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

/// The number of pages of so many entries each, at least one, and the page asked for, moved into range.
pub(super) fn paged(entries: usize, per_page: usize, page: usize) -> (usize, usize) {
    let pages = entries.div_ceil(per_page).max(1);
    (pages, page.min(pages - 1))
}

/// Adds a date in brackets to a text.
pub(super) fn dated(voice: Voice<'_>, text: String, key: &str, date: Option<When>) -> String {
    match date {
        Some(date) => format!("{text} ({})", voice.say_with(key, [("date", voice.date(date).into())])),
        None => text,
    }
}

/// What the marks of those statuses mean that are there to be seen without words, in small print.
pub(super) fn legend_of(voice: Voice<'_>, is_there: impl Fn(StatusValue) -> bool) -> String {
    format!("-# {}", marks(voice, is_there))
}

/// The footer of a list on pages, whose every page tells what the marks of statuses mean.
pub(super) fn footer_with_legend(voice: Voice<'_>, footer: &str) -> String {
    format!("{} · {footer}", marks(voice, |_| true))
}

fn marks(voice: Voice<'_>, is_there: impl Fn(StatusValue) -> bool) -> String {
    let marks = StatusValue::ALL
        .iter()
        .filter(|status| is_there(**status))
        .map(|status| format!("{}\u{a0}{}", status_mark(*status), voice.say(&format!("status-{}", status.key()))));
    marks.collect::<Vec<_>>().join(" · ")
}
