//! The lines of a file after a change as they were before it, where they say the same: `toml_edit` writes every line end as
//! that of Unix, and a comment above a key goes with the key.

/// How far a line is looked for among those of the other version.
const FAR: usize = 4_000;

/// The text `after`, with the line ends of `before`, and with those of its lines that hold nothing but a comment.
pub(super) fn with_former_lines(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let ending = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = String::with_capacity(before.len() + after.len() / 8);
    let (mut was, mut is) = (0, 0);
    while let Some(line) = new.get(is) {
        match old.get(was) {
            Some(former) if said(former) == said(line) => {
                text.push_str(former);
                (was, is) = (was + 1, is + 1);
            }
            former => {
                // The nearest place from which both go on alike.
                let gone = old.iter().skip(was).take(FAR).position(|former| said(former) == said(line));
                let come =
                    former.and_then(|former| new.iter().skip(is).take(FAR).position(|line| said(former) == said(line)));
                match (gone, come) {
                    (Some(gone), come) if come.is_none_or(|come| gone <= come) => {
                        keep_comments(&mut text, old.iter().skip(was).take(gone), new.get(is..).unwrap_or_default());
                        was += gone;
                    }
                    (_, come) => {
                        for line in new.iter().skip(is).take(come.unwrap_or(1)) {
                            text.push_str(said(line));
                            text.push_str(if line.ends_with('\n') { ending } else { "" });
                        }
                        is += come.unwrap_or(1);
                        // A line that stands for another takes its place.
                        was += usize::from(come.is_none() && former.is_some_and(|former| !is_comment(former)));
                    }
                }
            }
        }
    }
    keep_comments(&mut text, old.iter().skip(was), &[]);
    text
}

/// Puts back the comments among lines that are gone, but for those that still come.
fn keep_comments<'l>(text: &mut String, lines: impl Iterator<Item = &'l &'l str>, coming: &[&str]) {
    for line in lines.filter(|line| is_comment(line) && !coming.iter().any(|other| said(other) == said(line))) {
        // The last line of a file may have no end.
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(line);
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// A line without its end.
fn said(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}
