//! Discord's limits on what a bot sends, in characters (Unicode scalar values) unless said otherwise.
//!
//! From Discord's documentation: resources/message ("Embed Limits"), components/reference,
//! interactions/receiving-and-responding and interactions/application-commands.

/// All titles, descriptions, field names and values, footers and authors of a message's embeds together.
pub const EMBED_TOTAL: usize = 6_000;
/// The title of an embed.
pub const EMBED_TITLE: usize = 256;
/// The description of an embed.
pub const EMBED_DESCRIPTION: usize = 4_096;
/// The number of fields of an embed.
pub const EMBED_FIELDS: usize = 25;
/// The name of a field.
pub const FIELD_NAME: usize = 256;
/// The value of a field.
pub const FIELD_VALUE: usize = 1_024;
/// The footer of an embed.
pub const FOOTER: usize = 2_048;
/// The rows under a message.
pub const ROWS: usize = 5;
/// The buttons in a row.
pub const BUTTONS_PER_ROW: usize = 5;
/// The label of a button.
pub const BUTTON_LABEL: usize = 80;
/// The address that a button opens.
pub const BUTTON_URL: usize = 512;
/// A `custom_id`, at least 1.
pub const CUSTOM_ID: usize = 100;
/// The options of a menu.
pub const MENU_OPTIONS: usize = 25;
/// The label, value or description of a menu's option.
pub const MENU_TEXT: usize = 100;
/// The placeholder of a menu.
pub const PLACEHOLDER: usize = 150;
/// The choices of a completion.
pub const CHOICES: usize = 25;
/// The name or value of a choice.
pub const CHOICE_TEXT: usize = 100;
/// The title of a modal.
pub const MODAL_TITLE: usize = 45;
/// The fields of a modal.
pub const MODAL_INPUTS: usize = 5;
/// The label of a modal's field.
pub const INPUT_LABEL: usize = 45;
/// The example in a modal's field.
pub const INPUT_PLACEHOLDER: usize = 100;
/// The text of a modal's field.
pub const INPUT_TEXT: u16 = 4_000;
/// The description of a command or option.
pub const DESCRIPTION: usize = 100;
/// The description of an attachment: the alternative text of a picture. (Discord: resources/message, "Attachment Object".)
pub const ALTERNATIVE_TEXT: usize = 1_024;
/// The text of a message.
pub const CONTENT: usize = 2_000;
