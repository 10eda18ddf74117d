//! Folding: how two spellings of the same name become the same letters.
//!
//! Case, accents, ligatures, width, apostrophes, hyphens and dots go; letters, digits and emoji stay. A folded text holds
//! lower-case words parted by single spaces. Nothing here knows of records or of ranking: the check for names that stand
//! twice and the look-up hold a name by the same letters.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The characters of a text that are looked at. Discord lets nobody type more into an option.
pub const MAX_CHARS: usize = 6_000;

/// Folds a text: "L’Afrique" becomes "l afrique", "P.C.R.-IGAD" becomes "pcr igad". Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    fold_within(text, MAX_CHARS)
}

/// Folds no more than the first `limit` characters of a text, and keeps no more than as many of the result.
pub fn fold_within(text: &str, limit: usize) -> String {
    let mut folder = Folder::new(text.len().min(limit.saturating_mul(4)), limit);
    for ch in text.chars().take(limit) {
        if ch.is_ascii() {
            folder.push(ch.to_ascii_lowercase());
        } else {
            // Normalising one character at a time is enough: the marks, whose order alone needs the others, are dropped.
            decompose_compatible(ch, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(|ch| folder.push(ch));
                }
            });
        }
        if folder.left == 0 {
            break;
        }
    }
    folder.finish()
}

/// Takes the spaces out of a folded text, so that "au hoai" and "auhoai" meet.
pub fn squeeze(folded: &str) -> String {
    folded.chars().filter(|&ch| ch != ' ').collect()
}

struct Folder {
    out: String,
    /// Letters since the last space or dot; a dot after exactly one belongs to an acronym.
    run: usize,
    left: usize,
}

impl Folder {
    fn new(capacity: usize, limit: usize) -> Folder {
        Folder { out: String::with_capacity(capacity), run: 0, left: limit }
    }

    fn push(&mut self, ch: char) {
        match ch {
            'a'..='z' | '0'..='9' => self.keep(ch),
            '.' if self.run == 1 => self.run = 0,
            _ if ch.is_ascii() => self.space(),
            // Soft hyphens, zero-width characters, marks of direction and selectors of emoji are not seen by readers.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            '\u{fe00}'..='\u{fe0f}' => {}
            'œ' => self.all("oe"),
            'æ' => self.all("ae"),
            'ß' => self.all("ss"),
            'þ' => self.all("th"),
            'ø' => self.keep('o'),
            'ł' => self.keep('l'),
            'đ' | 'ð' => self.keep('d'),
            'ħ' => self.keep('h'),
            'ŧ' => self.keep('t'),
            'ı' => self.keep('i'),
            'ŋ' => self.keep('n'),
            'ə' => self.keep('e'),
            'ς' => self.keep('σ'),
            // A flag is typed as two letters of its own; they are the country's code.
            '\u{1f1e6}'..='\u{1f1ff}' => {
                let offset = (u32::from(ch) - 0x1f1e6) as u8;
                self.keep(char::from(b'a' + offset));
            }
            // The letters that stand for apostrophes.
            '\u{2b9}'..='\u{2bf}' | '\u{2c8}' => self.space(),
            _ if is_emoji(ch) => {
                self.space();
                self.keep(ch);
                self.space();
            }
            _ if ch.is_alphanumeric() => self.keep(ch),
            _ => self.space(),
        }
    }

    fn keep(&mut self, ch: char) {
        if self.left > 0 {
            self.out.push(ch);
            self.left -= 1;
            self.run += 1;
        }
    }

    fn all(&mut self, letters: &str) {
        letters.chars().for_each(|letter| self.keep(letter));
    }

    fn space(&mut self) {
        self.run = 0;
        if self.left > 0 && !self.out.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
            self.left -= 1;
        }
    }

    fn finish(mut self) -> String {
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

const fn is_emoji(ch: char) -> bool {
    matches!(ch, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (typed, folded) in [
            ("Amériques", "ameriques"),
            ("AMÉRIQUES", "ameriques"),
            ("Ame\u{301}riques", "ameriques"),
            ("l'Afrique de l’Ouest", "l afrique de l ouest"),
            ("Lʼafrique", "l afrique"),
            ("PCR-IGAD", "pcr igad"),
            ("P.C.R. IGAD", "pcr igad"),
            ("pcr–igad", "pcr igad"),
            ("AU‑HoAI", "au hoai"),
            ("main-d'œuvre", "main d oeuvre"),
            ("Söderköping", "soderkoping"),
            ("ＭＩＤＳＡ", "midsa"),
            ("Straße, Łódź; Ærø", "strasse lodz aero"),
            ("İstanbul ırmak", "istanbul irmak"),
            ("8.ª reunión", "8a reunion"),
            ("5+5", "5 5"),
            ("Iom.int", "iom int"),
            ("Алматинский процесс", "алматинскии процесс"),
            ("🌍Afrique", "🌍 afrique"),
            ("🇫🇷", "fr"),
            ("移民", "移民"),
            ("soft\u{ad}hyphen zero\u{200b}width", "softhyphen zerowidth"),
            ("  ", ""),
            ("'; DROP TABLE", "drop table"),
        ] {
            assert_eq!(fold(typed), folded, "{typed:?}");
        }
        assert_eq!(squeeze(&fold("AU-HoAI")), squeeze(&fold("A.U. HOAI")));
    }

    #[test]
    fn characters_that_swell_stay_within_the_limit() {
        // U+FDFA alone decomposes into eighteen characters.
        let swollen = "\u{fdfa}".repeat(MAX_CHARS + 10);
        assert!(fold(&swollen).chars().count() <= MAX_CHARS);
        assert_eq!(fold_within("abcdef", 3), "abc");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folded_texts_have_no_space_to_spare(text in "\\PC{0,200}") {
            let folded = fold(&text);
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
            prop_assert!(folded.chars().count() <= MAX_CHARS);
        }
    }
}
