//! Numbers as people write them elsewhere.

/// The digits that a number is meant as: of `0175`, `175.0`, `"175"`, `1,750`, `1 750` and `1_750`.
pub(super) fn number_in(written: &str) -> Option<String> {
    let written = written.trim().trim_matches('"').trim();
    let whole = written.strip_suffix(".0").or_else(|| written.strip_suffix(".00")).unwrap_or(written);
    let mut groups = whole.split([' ', '\u{a0}', '\u{202f}', ',', '.', '\'', '’', '_']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = rest.is_empty() || first.len() <= 3;
    if !digits(first) || !is_grouped || !rest.iter().all(|group| group.len() == 3 && digits(group)) {
        return None;
    }
    let all = first.to_owned() + &rest.concat();
    let trimmed = all.trim_start_matches('0');
    Some(if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_understood_as_people_write_it() {
        for written in ["175", "0175", "175.0", "175.00", "\"175\"", " 175 "] {
            assert_eq!(number_in(written).as_deref(), Some("175"), "{written}");
        }
        for written in ["1,750", "1 750", "1.750", "1_750", "1\u{202f}750", "1\u{a0}750", "1’750"] {
            assert_eq!(number_in(written).as_deref(), Some("1750"), "{written}");
        }
        for written in ["", "12.5", "about 5", "-5", "1,75", "1750,000", "é"] {
            assert_eq!(number_in(written), None, "{written}");
        }
    }
}
