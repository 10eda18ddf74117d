//! Discord's rules for the files of a message: which of them the body names, and which of them its embeds show (Discord:
//! reference, "Uploading Files"; resources/message, "Attachment Object").

use serde_json::Value;

use crate::errors::Form;
use crate::judge::fields::{optional_array, string};
use crate::messages::File;
use crate::snowflake;

/// Files of one message.
pub(crate) const FILES: usize = 10;

/// What goes with a message besides its body.
#[derive(Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// The files of the request, in the order of their numbers.
    pub(crate) files: &'a [File],
    /// Whether the request changes a message that is there, whose files may stay.
    pub(crate) edits: bool,
}

/// The number by which an entry names a file of the request; a large one names a file that stays.
fn number(entry: &Value) -> Option<usize> {
    snowflake::from_json(&entry["id"]).and_then(|id| usize::try_from(id).ok()).filter(|id| *id < FILES)
}

pub(crate) fn attachments(form: &mut Form, list: &Value, sent: Sent<'_>) {
    if sent.files.len() > FILES {
        form.complain_at("files", "BASE_TYPE_MAX_LENGTH", format!("Must be {FILES} or fewer in length."));
    }
    let Some(list) = optional_array(form, list, "attachments") else { return };
    form.at("attachments", |form| {
        if list.len() > FILES {
            form.complain("BASE_TYPE_MAX_LENGTH", format!("Must be {FILES} or fewer in length."));
        }
        for (index, entry) in list.iter().enumerate() {
            form.at(index, |form| {
                string(form, entry, "description", 0, 1_024, false);
                string(form, entry, "filename", 1, 1_024, false);
                let id = snowflake::from_json(&entry["id"]);
                let found = match (id, number(entry)) {
                    (Some(_), Some(number)) => number < sent.files.len(),
                    (Some(_), None) => sent.edits,
                    (None, _) => false,
                };
                if !found {
                    form.complain_at("id", "ATTACHMENT_NOT_FOUND", "Attachment data not found");
                } else if list.iter().take(index).any(|other| snowflake::from_json(&other["id"]) == id) {
                    form.complain_at("id", "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value");
                }
            });
        }
    });
}

/// Checks that each `attachment://` of an embed names one file, and no more. Discord's client shows nothing in the place of
/// one that names none, and one of them where it names several.
pub(crate) fn references(form: &mut Form, body: &Value, sent: Sent<'_>) {
    let listed = body["attachments"].as_array().map(Vec::as_slice);
    let entries = listed.unwrap_or_default();
    let named = |(index, file): (usize, &File)| {
        let entry = entries.iter().find(|entry| number(entry) == Some(index));
        entry.and_then(|entry| entry["filename"].as_str()).unwrap_or(&file.name).to_owned()
    };
    let names: Vec<String> = sent.files.iter().enumerate().map(named).collect();
    // What a file that stays is called is not told here.
    let may_stay = sent.edits && listed.is_none_or(|entries| entries.iter().any(|entry| number(entry).is_none()));
    for (index, embed) in body["embeds"].as_array().into_iter().flatten().enumerate() {
        for path in [["image", "url"], ["thumbnail", "url"], ["footer", "icon_url"], ["author", "icon_url"]] {
            let [part, key] = path;
            let Some(name) = embed[part][key].as_str().and_then(|url| url.strip_prefix("attachment://")) else {
                continue;
            };
            let complaint = match names.iter().filter(|one| *one == name).count() {
                0 if may_stay => continue,
                0 => format!("No file of this message is called \"{name}\"."),
                1 => continue,
                several => format!("{several} files of this message are called \"{name}\"."),
            };
            form.at("embeds", |form| {
                form.at(index, |form| {
                    form.at(part, |form| form.complain_at(key, "ATTACHMENT_NOT_FOUND", complaint));
                });
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NONE: [(&str, &str); 0] = [];

    fn file(name: &str) -> File {
        File::new(name, "image/png", "x")
    }

    /// What is complained of: where, and with which code.
    fn judged(body: &Value, names: &[&str], edits: bool) -> Vec<(String, String)> {
        let files: Vec<File> = names.iter().map(|name| file(name)).collect();
        let mut form = Form::default();
        attachments(&mut form, &body["attachments"], Sent { files: &files, edits });
        references(&mut form, body, Sent { files: &files, edits });
        form.finish().into_iter().map(|one| (one.path.join("."), one.code)).collect()
    }

    fn is(found: &[(String, String)], expected: &[(&str, &str)]) {
        let found: Vec<(&str, &str)> = found.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_picture_with_its_text_passes_and_so_does_a_file_that_nothing_shows() {
        let body = json!({"embeds": [{"image": {"url": "attachment://a.png"}}],
                          "attachments": [{"id": 0, "filename": "a.png", "description": "é".repeat(1_024)}, {"id": "1"}]});
        is(&judged(&body, &["a.png", "b.txt"], false), &NONE);
        // Without a list, the files speak for themselves.
        is(&judged(&json!({"embeds": [{"thumbnail": {"url": "attachment://a.png"}}]}), &["a.png"], false), &NONE);
    }

    #[test]
    fn ids_name_files_of_the_request_once_or_in_an_edit_files_that_stay() {
        let list =
            |ids: Vec<Value>| json!({"attachments": ids.into_iter().map(|id| json!({"id": id})).collect::<Vec<_>>()});
        is(&judged(&list(vec![json!(0), json!("1")]), &["a", "b"], false), &NONE);
        let missing = [("attachments.0.id", "ATTACHMENT_NOT_FOUND")];
        is(&judged(&list(vec![json!(1)]), &["a"], false), &missing);
        is(&judged(&list(vec![json!("1400000000000000000")]), &["a"], false), &missing);
        is(&judged(&list(vec![Value::Null]), &["a"], false), &missing);
        is(&judged(&list(vec![json!("1400000000000000000"), json!(0)]), &["a"], true), &NONE);
        let twice = [("attachments.1.id", "SET_TYPE_ALREADY_CONTAINS_VALUE")];
        is(&judged(&list(vec![json!(0), json!("0")]), &["a", "b"], false), &twice);
    }

    #[test]
    fn texts_have_their_limits_and_there_are_ten_files_at_most() {
        let long = json!({"attachments": [{"id": 0, "description": "é".repeat(1_025)}]});
        is(&judged(&long, &["a"], false), &[("attachments.0.description", "BASE_TYPE_MAX_LENGTH")]);
        let nameless = json!({"attachments": [{"id": 0, "filename": ""}]});
        is(&judged(&nameless, &["a"], false), &[("attachments.0.filename", "BASE_TYPE_BAD_LENGTH")]);
        let many: Vec<String> = (0..11).map(|number| number.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        is(&judged(&json!({}), &many, false), &[("files", "BASE_TYPE_MAX_LENGTH")]);
        is(&judged(&json!({}), &many[..10], false), &NONE);
    }

    #[test]
    fn an_embed_shows_one_file_that_is_there() {
        let shows = |name: &str, attachments: Value| {
            let mut body = json!({"embeds": [{"title": "t"}, {"image": {"url": format!("attachment://{name}")}}]});
            if !attachments.is_null() {
                body["attachments"] = attachments;
            }
            body
        };
        let missing = [("embeds.1.image.url", "ATTACHMENT_NOT_FOUND")];
        is(&judged(&shows("a.png", Value::Null), &[], false), &missing);
        is(&judged(&shows("b.png", Value::Null), &["a.png"], false), &missing);
        is(&judged(&shows("a.png", Value::Null), &["a.png", "a.png"], false), &missing);
        // The body may call a file otherwise than the form does.
        is(&judged(&shows("b.png", json!([{"id": 0, "filename": "b.png"}])), &["a.png"], false), &NONE);
        // In an edit it may be a file that stays, unless none does.
        is(&judged(&shows("a.png", Value::Null), &[], true), &NONE);
        is(&judged(&shows("a.png", json!([{"id": "1400000000000000000"}])), &[], true), &NONE);
        is(&judged(&shows("a.png", json!([])), &[], true), &missing);
    }
}
