//! Bringing a file to a record.

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml_edit::DocumentMut;

use crate::catalogue::edit::layout::bring;
use crate::catalogue::edit::lines::with_former_lines;
use crate::catalogue::edit::plain::plain;

/// The mark with which some editors begin a file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Why a file was not changed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// It holds no such record: it is no TOML, or says what the record does not know.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The change could not be written so that the file says what it is to say.
    #[error("the file cannot be changed without changing what else it says; upload it changed by hand")]
    NotKept,
}

/// The file's bytes with the change that makes it say `record`; the same bytes where it says so already.
pub fn write<T>(content: &[u8], record: &T) -> Result<Vec<u8>, NotWritten>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let unreadable = |error: &dyn std::fmt::Display| NotWritten::Unreadable(error.to_string());
    let text = std::str::from_utf8(content).map_err(|error| unreadable(&error))?;
    let (mark, text) = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (BYTE_ORDER_MARK, text),
        None => ("", text),
    };
    let former: T = toml::from_str(text).map_err(|error| unreadable(&error))?;
    if former == *record {
        return Ok(content.to_vec());
    }
    let mut document: DocumentMut = text.parse().map_err(|error| unreadable(&error))?;
    let (was, is) = (plain(&former).ok_or(NotWritten::NotKept)?, plain(record).ok_or(NotWritten::NotKept)?);
    bring(&mut document, &was, &is);
    let written = document.to_string();
    let says = |text: &str| toml::from_str::<T>(text).is_ok_and(|said| said == *record);
    let kept = with_former_lines(text, &written);
    let written = [kept, written].into_iter().find(|text| says(text)).ok_or(NotWritten::NotKept)?;
    Ok([mark, &written].concat().into_bytes())
}
