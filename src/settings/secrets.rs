//! What the environment alone may say: the token and the key by which Discord and the bot know each other.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE;
use secrecy::SecretString;

use crate::settings::{BadSettings, Settings};

/// The longest file of a token that is read, in bytes; a token has about 72.
const LONGEST_FILE: u64 = 4_096;

/// The longest token, in bytes.
const LONGEST: usize = 1_000;

impl Settings {
    /// The application's public key, from `DISCORD_PUBLIC_KEY`.
    pub fn public_key() -> Result<[u8; 32], BadSettings> {
        let written = variable("DISCORD_PUBLIC_KEY").ok_or(BadSettings::NoPublicKey)?;
        let bytes = HEXLOWER_PERMISSIVE.decode(unwrapped(&written).as_bytes()).map_err(|_| BadSettings::PublicKey)?;
        bytes.try_into().map_err(|_| BadSettings::PublicKey)
    }

    /// The application's id, from `DISCORD_APPLICATION_ID`; without it Discord is asked.
    pub fn application_id() -> Result<Option<u64>, BadSettings> {
        match variable("DISCORD_APPLICATION_ID") {
            None => Ok(None),
            Some(written) => {
                unwrapped(&written).parse().map(Some).map_err(|_| BadSettings::ApplicationId(written.clone()))
            }
        }
    }

    /// The bot's token, from `DISCORD_TOKEN` or the file that `DISCORD_TOKEN_FILE` names. It is held in a type that cannot
    /// be printed, and no error shows any of it.
    pub fn token() -> Result<SecretString, BadSettings> {
        let written =
            match (variable("DISCORD_TOKEN"), env::var_os("DISCORD_TOKEN_FILE").filter(|path| !path.is_empty())) {
                (Some(token), _) => token,
                (None, Some(path)) => file(&PathBuf::from(path))?,
                (None, None) => return Err(BadSettings::NoToken),
            };
        let token = unwrapped(&written);
        // What a line of an environment file looks like, saved as the token's file.
        let token = token.strip_prefix("DISCORD_TOKEN=").map_or(token, unwrapped);
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        form(token).map_err(BadSettings::TokenForm)?;
        Ok(SecretString::from(token))
    }
}

/// What is wrong with the form of a token. Discord documents none; all that it ever gave out are three parts.
fn form(token: &str) -> Result<(), &'static str> {
    if token.len() > LONGEST {
        return Err("is far too long");
    }
    if token.chars().any(char::is_whitespace) {
        return Err("has spaces or line breaks in it");
    }
    let parts: Vec<&str> = token.split('.').collect();
    let plain = |part: &&str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if parts.len() != 3 || !parts.iter().all(plain) {
        return Err("has not the form of a token");
    }
    Ok(())
}

/// The text of a token's file: UTF-8, or UTF-16 as some editors save it.
fn file(path: &Path) -> Result<String, BadSettings> {
    let unreadable = |reason: String| BadSettings::TokenFile { path: path.to_owned(), reason };
    let length = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > LONGEST_FILE {
        return Err(unreadable(format!("it has {length} bytes, and a token about 72")));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let wide = |order: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| order(*pair)).collect();
        String::from_utf16(&units).map_err(|_| unreadable("it is not text".to_owned()))
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(u16::from_le_bytes, rest)?,
        [0xfe, 0xff, rest @ ..] => wide(u16::from_be_bytes, rest)?,
        _ => String::from_utf8(bytes).map_err(|_| unreadable("it is not text".to_owned()))?,
    };
    if unwrapped(&text).is_empty() { Err(BadSettings::EmptyTokenFile(path.to_owned())) } else { Ok(text) }
}

/// A variable that says something.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !unwrapped(value).is_empty())
}

/// A text without what editors and shells leave around it: spaces, a byte order mark, a pair of quotes.
fn unwrapped(text: &str) -> &str {
    let text = text.trim_matches(|one: char| one.is_whitespace() || one == '\u{feff}');
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"').or_else(|| quoted('\'')).map_or(text, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_secret_is_no_part_of_it() {
        for written in ["a.b.c", " a.b.c\n", "\u{feff}a.b.c", "\"a.b.c\"", "'a.b.c'\r\n", "\u{feff}\" a.b.c \""] {
            assert_eq!(unwrapped(written), "a.b.c", "{written:?}");
        }
        assert_eq!(unwrapped("\"a.b.c"), "\"a.b.c");
    }

    #[test]
    fn a_token_is_three_parts() {
        assert_eq!(form("MTA.Gl-O_c.x9"), Ok(()));
        for wrong in ["", "abc", "a.b", "a..c", "a.b.c.d", "a b.c.d", "a.b.é", "a.b.c,"] {
            assert!(form(wrong).is_err(), "{wrong:?}");
        }
    }
}
