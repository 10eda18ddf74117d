//! What stands under a message: buttons and menus.

/// A row under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Up to [`BUTTONS_PER_ROW`](crate::reply::limits::BUTTONS_PER_ROW) buttons.
    Buttons(Vec<Button>),
    /// One menu.
    Menu(Menu),
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// One emoji before the label.
    pub emoji: Option<&'static str>,
    /// What pressing it does.
    pub action: Action,
    /// How it looks.
    pub style: Style,
    /// Whether it is greyed out.
    pub disabled: bool,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sends an interaction with this `custom_id` (1 to 100 characters).
    Press(String),
    /// Opens an address.
    Open(String),
}

/// How a button looks. (Discord: components/reference, "Button Styles".)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// For moving around.
    #[default]
    Secondary,
    /// For the one thing that most will press.
    Primary,
    /// For what takes something away.
    Danger,
}

/// A menu from which one entry is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The `custom_id` (1 to 100 characters).
    pub custom_id: String,
    /// What stands in it before a choice.
    pub placeholder: String,
    /// The entries; those beyond [`MENU_OPTIONS`](crate::reply::limits::MENU_OPTIONS) are left out.
    pub options: Vec<MenuOption>,
}

/// An entry of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuOption {
    /// What stands in it.
    pub label: String,
    /// What is sent (1 to 100 characters).
    pub value: String,
    /// A second line.
    pub description: String,
    /// One emoji before the label.
    pub emoji: Option<String>,
}
