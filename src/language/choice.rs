//! Which language a reply is in. The rule stands here alone, with its table of tests.

use crate::catalogue::Language;

/// What is known of the wishes of those who will read a reply.
#[derive(Clone, Copy, Debug, Default)]
pub struct Preference<'a> {
    /// The `langue` option.
    pub option: Option<Language>,
    /// The language configured for the server, when the reply is public there.
    pub server_setting: Option<Language>,
    /// The person's Discord locale.
    pub person: Option<&'a str>,
    /// The server's Discord locale. It comes late: Discord gives every server that never chose one `en-US`.
    pub server: Option<&'a str>,
}

/// The language of a reply: the option; else the server's configured language; else the person's; else the server's;
/// else the configured default.
pub fn choose(preference: Preference<'_>, default: Language) -> Language {
    preference
        .option
        .or(preference.server_setting)
        .or_else(|| preference.person.and_then(from_locale))
        .or_else(|| preference.server.and_then(from_locale))
        .unwrap_or(default)
}

/// The language of a Discord locale (`fr`, `en-US`, `en-GB`, `es-ES`, `es-419`), if we speak it.
/// (Discord: reference, "Locales".)
pub fn from_locale(locale: &str) -> Option<Language> {
    let language = locale.split('-').next().unwrap_or_default();
    Language::ALL.into_iter().find(|known| language.eq_ignore_ascii_case(known.code()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Es, Fr};

    #[test]
    fn the_order_of_choice() {
        type Row = (Option<Language>, Option<Language>, Option<&'static str>, Option<&'static str>, Language);
        let table: [Row; 10] = [
            (Some(Es), Some(En), Some("fr"), Some("en-US"), Es),
            (None, Some(En), Some("fr"), Some("es-ES"), En),
            (None, None, Some("es-419"), Some("en-US"), Es),
            (None, None, Some("en-GB"), Some("fr"), En),
            (None, None, Some("de"), Some("en-US"), En),
            (None, None, Some("de"), Some("pt-BR"), Fr),
            (None, None, None, Some("es-ES"), Es),
            (None, None, Some("de"), None, Fr),
            (None, None, Some(""), Some("-"), Fr),
            (None, None, None, None, Fr),
        ];
        for (option, server_setting, person, server, expected) in table {
            let preference = Preference { option, server_setting, person, server };
            assert_eq!(choose(preference, Fr), expected, "{preference:?}");
        }
    }
}
