//! Comments and layout around a value: whose are kept.

/// What stands before something: line ends, spaces, whole lines of comments.
pub(crate) fn before(base: Option<&str>, mine: &str, theirs: Option<&str>) -> String {
    let Some(theirs) = theirs else { return mine.to_owned() };
    if let Some(one) = one_sided(base, mine, theirs) {
        return one.to_owned();
    }
    let known: Vec<&str> = lines(base.unwrap_or_default()).chain(lines(mine)).collect();
    let new: Vec<&str> = lines(theirs).filter(|line| !known.contains(line)).collect();
    if new.is_empty() {
        return mine.to_owned();
    }
    // What follows the last line end is the indentation of what they stand before.
    let (above, indent) = mine.rsplit_once('\n').map_or(("", mine), |(above, indent)| (above, indent));
    let mut text = above.to_owned();
    if mine.contains('\n') {
        text.push('\n');
    }
    for line in new {
        text.push_str(&format!("{}{line}\n", indent.trim_end_matches(|one: char| !one.is_whitespace())));
    }
    text.push_str(indent);
    text
}

/// What stands behind something on its line.
pub(crate) fn behind(base: Option<&str>, mine: &str, theirs: Option<&str>) -> String {
    let Some(theirs) = theirs else { return mine.to_owned() };
    if let Some(one) = one_sided(base, mine, theirs) {
        return one.to_owned();
    }
    match (mine.trim(), theirs.trim()) {
        (_, "") => mine.to_owned(),
        ("", _) => theirs.to_owned(),
        (own, other) if own.contains(other) || base.is_some_and(|base| base.trim() == other) => mine.to_owned(),
        (own, other) if !own.contains('\n') && !other.contains('\n') => format!("{} {other}", mine.trim_end()),
        _ => mine.to_owned(),
    }
}

/// What is kept if at most one side changed it.
fn one_sided<'t>(base: Option<&str>, mine: &'t str, theirs: &'t str) -> Option<&'t str> {
    if base == Some(mine) {
        return Some(theirs);
    }
    (base == Some(theirs) || mine == theirs).then_some(mine)
}

/// The comments in a piece of layout, one for each line.
pub(crate) fn lines(layout: &str) -> impl Iterator<Item = &str> {
    layout.lines().map(str::trim).filter(|line| line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_both_stand_before_a_value() {
        assert_eq!(before(Some("\n"), "\n# m\n", Some("\n# t\n")), "\n# m\n# t\n");
        assert_eq!(before(Some("\n# b\n"), "\n# b\n# m\n", Some("\n# t\n")), "\n# b\n# m\n# t\n");
        assert_eq!(before(Some("\n  "), "\n  # m\n  ", Some("\n  # t\n  ")), "\n  # m\n  # t\n  ");
        assert_eq!(before(Some(""), "# m\n", Some("# t\n")), "# m\n# t\n");
        assert_eq!(before(Some(" "), "  ", Some("\n")), "  ", "layout alone is mine");
        assert_eq!(before(None, "# m\n", None), "# m\n");
    }

    #[test]
    fn comments_of_both_stand_behind_a_value() {
        assert_eq!(behind(Some(""), "", Some(" # t")), " # t");
        assert_eq!(behind(Some(" # b"), " # m", Some(" # t")), " # m # t");
        assert_eq!(behind(Some(""), " # m # t", Some(" # t")), " # m # t");
        assert_eq!(behind(Some(" # b"), "", Some(" # t")), " # t");
    }
}
