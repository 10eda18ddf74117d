//! What the environment alone may say: the token and the key by which Discord and the bot know each other.

use std::env;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE;
use secrecy::SecretString;

use crate::settings::{BadSettings, Settings};

/// The longest file of a token that is read, in bytes; a token has about 72.
const LONGEST_FILE: u64 = 4_096;

/// The longest token, in bytes.
const LONGEST: usize = 1_000;

/// What other bots call the variable.
const OTHER_NAMES: [&str; 4] = ["DISCORD_BOT_TOKEN", "BOT_TOKEN", "DISCORD_API_TOKEN", "TOKEN"];

/// What may stand around a secret: quotes of shells, and those into which word processors turn them.
const QUOTES: [(char, char); 6] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('«', '»')];

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
        let path = env::var_os("DISCORD_TOKEN_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
        let (place, written) = match (variable("DISCORD_TOKEN"), path) {
            (Some(token), None) => ("DISCORD_TOKEN".to_owned(), token),
            (Some(token), Some(_)) => ("DISCORD_TOKEN (which counts before DISCORD_TOKEN_FILE)".to_owned(), token),
            (None, Some(path)) => (format!("DISCORD_TOKEN_FILE, {}", path.display()), file(&path)?),
            (None, None) => {
                let instead = OTHER_NAMES.into_iter().find(|name| variable(name).is_some());
                return Err(BadSettings::NoToken { instead });
            }
        };
        let token = token_in(&written);
        form(token).map_err(|fault| BadSettings::TokenForm { place, fault })?;
        Ok(SecretString::from(token))
    }
}

/// The token in what was written: alone, below comments, or as the line of an environment file.
fn token_in(written: &str) -> &str {
    let lines = || written.lines().map(unwrapped).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let token = match lines().find_map(assigned) {
        Some(token) => token,
        None if lines().count() == 1 => lines().next().unwrap_or_default(),
        None => unwrapped(written),
    };
    token.strip_prefix("Bot ").map_or(token, unwrapped)
}

/// What a line assigns to the variable for the token.
fn assigned(line: &str) -> Option<&str> {
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    line.strip_prefix("DISCORD_TOKEN")?.trim_start().strip_prefix(['=', ':']).map(unwrapped)
}

/// What is wrong with the form of a token. Discord documents none; all that it ever gave out are three parts.
fn form(token: &str) -> Result<(), &'static str> {
    if token.len() > LONGEST {
        return Err("is far too long");
    }
    if token.starts_with(['$', '%', '<', '{']) {
        return Err("is a placeholder in whose stead nothing was put");
    }
    let only = |is: fn(&u8) -> bool| !token.is_empty() && token.bytes().all(|byte| is(&byte));
    if token.len() == 64 && only(u8::is_ascii_hexdigit) {
        return Err("is a public key, which belongs into DISCORD_PUBLIC_KEY");
    }
    if only(u8::is_ascii_digit) {
        return Err("is a number, as ids are");
    }
    if token.len() == 32 && only(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return Err("looks like a client secret, which is something else");
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
    // What its length is before it is read, a pipe or a device does not say.
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LONGEST_FILE + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > LONGEST_FILE {
        return Err(unreadable(format!("it has more than {LONGEST_FILE} bytes, and a token about 72")));
    }
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

/// A variable that says something. What is no text in it is told as what is wrong with its form.
fn variable(name: &str) -> Option<String> {
    let value = env::var_os(name)?.to_string_lossy().into_owned();
    Some(value).filter(|value| !unwrapped(value).is_empty())
}

/// A text without what editors, shells and web pages leave around it: spaces, marks that nobody sees, a pair of quotes.
fn unwrapped(text: &str) -> &str {
    let unseen = |one: char| one.is_whitespace() || matches!(one, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    let text = text.trim_matches(unseen);
    let quoted = |(open, close): &(char, char)| text.strip_prefix(*open)?.strip_suffix(*close);
    QUOTES.iter().find_map(quoted).map_or(text, |text| text.trim_matches(unseen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_secret_is_no_part_of_it() {
        for written in ["a.b.c", " a.b.c\n", "\u{feff}a.b.c", "\"a.b.c\"", "'a.b.c'\r\n", "\u{feff}\" a.b.c \""] {
            assert_eq!(unwrapped(written), "a.b.c", "{written:?}");
        }
        for written in ["\u{200b}a.b.c", "a.b.c\u{a0}", "“a.b.c”", "« a.b.c »", "`a.b.c`"] {
            assert_eq!(unwrapped(written), "a.b.c", "{written:?}");
        }
        assert_eq!(unwrapped("\"a.b.c"), "\"a.b.c");
    }

    #[test]
    fn a_token_is_found_in_the_line_of_an_environment_file() {
        for written in [
            "a.b.c",
            "# mine\na.b.c\n",
            "\n\na.b.c\n",
            "export DISCORD_TOKEN=a.b.c",
            "DISCORD_TOKEN = 'a.b.c'",
            "DISCORD_TOKEN: a.b.c",
            "RUST_LOG=info\r\nDISCORD_TOKEN=\"Bot a.b.c\"\r\nRCP_STATE=/x\r\n",
            "Bot a.b.c",
        ] {
            assert_eq!(token_in(written), "a.b.c", "{written:?}");
        }
        for written in ["a.b.c\nd.e.f", "DISCORD_TOKEN_FILE=/x", "DISCORD_TOKEN a.b.c"] {
            assert!(form(token_in(written)).is_err(), "{written:?}");
        }
    }

    #[test]
    fn a_token_is_three_parts() {
        assert_eq!(form("MTA.Gl-O_c.x9"), Ok(()));
        for wrong in ["", "abc", "a.b", "a..c", "a.b.c.d", "a b.c.d", "a.b.é", "a.b.c,"] {
            assert!(form(wrong).is_err(), "{wrong:?}");
        }
        for (wrong, told) in [
            ("${DISCORD_TOKEN}", "placeholder"),
            ("<token>", "placeholder"),
            ("123456789012345678", "number"),
            (&"d7".repeat(32), "DISCORD_PUBLIC_KEY"),
            (&"aB3-".repeat(8), "client secret"),
        ] {
            assert!(form(wrong).expect_err(wrong).contains(told), "{wrong}");
        }
    }
}
