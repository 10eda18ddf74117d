//! Single texts: cutting to a length at a word, making what a person typed harmless, links.

/// Cuts a text to at most `limit` characters, at a word where there is one near the end, with an ellipsis.
pub fn cut(text: &str, limit: usize) -> String {
    // No text has more characters than bytes.
    if text.len() <= limit || text.chars().count() <= limit {
        return text.to_owned();
    }
    let Some(room) = limit.checked_sub(1) else { return String::new() };
    let end = text.char_indices().nth(room).map_or(text.len(), |(end, _)| end);
    let head = &text[..end];
    // A word longer than a third of the room is cut within, rather than losing most of the text.
    let word = head.rfind(char::is_whitespace).filter(|&at| head[at..].chars().count() <= room / 3 + 1);
    let head = word.map_or(head, |at| &head[..at]);
    // A bracket whose end is lost goes with what stands in it, where enough stands before it.
    let open = head.rfind('(').filter(|&at| !head[at..].contains(')') && head[..at].chars().count() > room / 4);
    let head = open.map_or(head, |at| &head[..at]);
    format!("{}…", head.trim_end())
}

/// Makes a text that a person typed harmless: no markup, no mention, no line of its own.
/// (Discord: reference, "Message Formatting".)
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '*' | '_' | '~' | '`' | '|' | '>' | '<' | '#' | '[' | ']' | '(' | ')' | '\\' | '-' | '+' | ':' => {
                escaped.extend(['\\', character]);
            }
            // A zero-width space after it keeps @everyone and @here from being read as such.
            '@' => escaped.push_str("@\u{200b}"),
            _ if character.is_control() || character.is_whitespace() => escaped.push(' '),
            // Characters that turn or hide the text around them.
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            _ => escaped.push(character),
        }
    }
    escaped.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A link in an embed. The label must be plain text; the address must have been checked (no spaces, no brackets).
pub fn link(label: &str, url: &str) -> String {
    let url = url.replace('(', "%28").replace(')', "%29");
    let label = label.replace(['[', ']'], "");
    format!("[{label}]({url})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_is_at_a_word_and_counts_characters() {
        assert_eq!(cut("déjà vu", 7), "déjà vu");
        assert_eq!(cut("Commission centraméricaine des directeurs", 30), "Commission centraméricaine…");
        assert_eq!(cut("ééééééé", 4), "ééé…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(cut("abc", 1), "…");
        // No bracket is left open, unless most of the text stands in it.
        assert_eq!(cut("8e conférence (8-10 février, ministres le 10 ; la première)", 40), "8e conférence…");
        assert_eq!(cut("a (long story about what nobody remembers)", 21), "a (long story about…");
        assert_eq!(cut("MCIM (mécanisme) de niveau régional", 30), "MCIM (mécanisme) de niveau…");
    }

    #[test]
    fn what_people_type_is_shown_and_does_nothing() {
        assert_eq!(escape("**gras** <@123> @everyone"), "\\*\\*gras\\*\\* \\<@\u{200b}123\\> @\u{200b}everyone");
        assert_eq!(escape("a\n> b\u{202e}c\t[x](https://e.x)"), "a \\> bc \\[x\\]\\(https\\://e.x\\)");
    }
}
