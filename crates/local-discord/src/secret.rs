//! Random texts that open something, and comparing them.

use std::io;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use subtle::ConstantTimeEq;

/// A random text of 32 hexadecimal digits.
///
/// # Errors
///
/// If the system gives no random bytes.
pub fn secret() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(HEXLOWER.encode(&bytes))
}

/// A token of the form of Discord's: the application's id, a time and a random signature, each in base64.
pub(crate) fn bot_token(application_id: u64) -> io::Result<String> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let (time, signature) = random.split_at(4);
    let id = application_id.to_string();
    Ok([id.as_bytes(), time, signature].map(|part| BASE64URL_NOPAD.encode(part)).join("."))
}

/// Compares without telling by its time where the first difference is.
pub(crate) fn same(given: &str, secret: &str) -> bool {
    given.as_bytes().ct_eq(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_different() {
        let (one, other) = (secret().unwrap(), secret().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
        assert!(same(&one, &one) && !same(&one, &other) && !same(&one[..31], &one) && !same("", &one));
    }
}
