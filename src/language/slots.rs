//! Where a message is shown that may not be of any length there: beside each, what Discord takes.
//!
//! A message that is not named here stands in running text, which the replies cut to what fits. A test fills every
//! message with a mark of its own, looks where the marks come out, and so finds what is missing here.

/// A place with a limit of Discord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What the place is, for a moderator.
    pub name: &'static str,
    /// The most characters that are shown there.
    pub most: usize,
}

/// The description of a command or option. (Discord: interactions/application-commands.)
const DESCRIPTION: Slot = Slot { name: "the description of a command or an option", most: 100 };

/// One of the choices of an option, or an entry of a menu. (Discord: the same; components/reference, "Select Option".)
const CHOICE: Slot = Slot { name: "a choice", most: 100 };

/// The label of a button. (Discord: components/reference, "Button".)
const LABEL: Slot = Slot { name: "the label of a button", most: 80 };

/// What a menu shows before anything is chosen. (Discord: components/reference, "String Select".)
const PLACEHOLDER: Slot = Slot { name: "the text of a menu", most: 150 };

/// The title of an answer or the name of one of its fields. (Discord: resources/message, "Embed Limits".)
const TITLE: Slot = Slot { name: "a title", most: 256 };

/// The title of a form, and the name of one of its fields. (Discord: interactions/receiving-and-responding, "Modal";
/// components/reference, "Text Input".)
const FORM_TITLE: Slot = Slot { name: "the title of a form", most: 45 };
const FORM_FIELD: Slot = Slot { name: "the name of a field of a form", most: 45 };

/// Messages whose beginning says where they stand, the more exact beginnings first.
const BEGINNINGS: [(&str, Option<Slot>); 23] = [
    ("option-mistyped", Some(TITLE)),
    ("command-", Some(DESCRIPTION)),
    ("option-", Some(DESCRIPTION)),
    ("button-", Some(LABEL)),
    ("admin-button-", Some(LABEL)),
    ("menu-", Some(PLACEHOLDER)),
    ("language-", Some(CHOICE)),
    ("form-kind-", Some(CHOICE)),
    ("status-plural-", Some(TITLE)),
    ("status-", Some(CHOICE)),
    ("about-counts", None),
    ("about-date", None),
    ("about-revision", None),
    ("about-", Some(CHOICE)),
    ("field-", Some(TITLE)),
    ("admin-field-", Some(TITLE)),
    ("file-", Some(CHOICE)),
    ("page-of", Some(LABEL)),
    ("members-count", Some(LABEL)),
    ("iom-part-", Some(LABEL)),
    ("meeting-label", Some(CHOICE)),
    ("own-name", Some(LABEL)),
    ("chairs-everywhere", Some(CHOICE)),
];

/// Where a message is shown, if the place has a limit.
pub fn slot(key: &str) -> Option<Slot> {
    if let Some(slot) = slot_of_form(key) {
        return slot;
    }
    // What explains a title stands below it.
    if key.ends_with("-help") || key.ends_with("-text") {
        return None;
    }
    if key.ends_with("-title") {
        return Some(TITLE);
    }
    BEGINNINGS.iter().find(|(beginning, _)| key.starts_with(beginning)).and_then(|(_, slot)| *slot)
}

/// The same for what stands in a form; the examples in its fields may be cut, or empty.
fn slot_of_form(key: &str) -> Option<Option<Slot>> {
    let field = key.starts_with("form-field-") || matches!(key, "report-wrong" | "report-url");
    match key {
        _ if key.starts_with("form-title-") || key == "report-title" => Some(Some(FORM_TITLE)),
        _ if field => Some((!key.ends_with("-example")).then_some(FORM_FIELD)),
        _ => None,
    }
}
