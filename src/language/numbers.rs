//! Numbers as each language writes them (Unicode CLDR): 1 234 in French, 1,234 in English, 1234 and 10.000 in Spanish,
//! which sets no point in numbers of four digits.

use fluent_bundle::FluentValue;
use fluent_bundle::types::FluentNumber;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::{Locale, locale};
use intl_memoizer::concurrent::IntlLangMemoizer;

use crate::catalogue::Language;

/// What writes a value into a message of a language; `None` leaves the value to Fluent.
pub(super) type Formatter = fn(&FluentValue<'_>, &IntlLangMemoizer) -> Option<String>;

/// Fluent writes the digits of a number without parting them, and takes a plain function to do better.
pub(super) fn formatter(language: Language) -> Formatter {
    match language {
        Language::Fr => |value, _| written(Language::Fr, value),
        Language::En => |value, _| written(Language::En, value),
        Language::Es => |value, _| written(Language::Es, value),
    }
}

/// A whole number as a language writes it.
fn written(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else { return None };
    // Fractions are Fluent's own business.
    let whole = value.fract() == 0.0 && value.abs() < 1e15;
    if !whole || options.minimum_fraction_digits.unwrap_or(0) > 0 {
        return None;
    }
    // Small numbers are the rule and read the same everywhere; Fluent writes them as fractions, which takes it longer.
    if value.abs() < 1_000.0 {
        return Some((*value as i64).to_string());
    }
    if !options.use_grouping {
        return None;
    }
    let locale: Locale = match language {
        Language::Fr => locale!("fr"),
        Language::En => locale!("en"),
        Language::Es => locale!("es"),
    };
    // Numbers of four digits are rare, and the language's data stand in the program: making this anew costs little.
    let formatter = DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok()?;
    Some(formatter.format(&Decimal::from(*value as i64)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_parts_digits_in_its_own_way() {
        for (number, fr, en, es) in [
            (999, Some("999"), Some("999"), Some("999")),
            (1_234, Some("1\u{202f}234"), Some("1,234"), Some("1234")),
            (10_000, Some("10\u{202f}000"), Some("10,000"), Some("10.000")),
            (1_234_567, Some("1\u{202f}234\u{202f}567"), Some("1,234,567"), Some("1.234.567")),
            (-12_345, Some("-12\u{202f}345"), Some("-12,345"), Some("-12.345")),
        ] {
            let value = FluentValue::from(number);
            let all = Language::ALL.map(|language| written(language, &value));
            assert_eq!(all.each_ref().map(Option::as_deref), [fr, en, es], "{number}");
        }
        assert_eq!(written(Language::Fr, &FluentValue::from("1234")), None);
        assert_eq!(written(Language::Fr, &FluentValue::from(1_234.5)), None);
    }
}
