//! What the page shows.

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PageOptions {
    /// The name of the first guild.
    pub guild_name: String,
    /// As whom one can act; the first is who one is at the beginning.
    pub people: Vec<PagePerson>,
    /// Further text channels of the guild, besides its first.
    pub channels: Vec<PageChannel>,
}

impl Default for PageOptions {
    fn default() -> PageOptions {
        let name = "Amina".to_owned();
        PageOptions {
            guild_name: "Local server".to_owned(),
            people: vec![PagePerson { name, roles: Vec::new(), permissions: None }],
            channels: Vec::new(),
        }
    }
}

/// A person as whom one can act.
#[derive(Clone, Debug)]
pub struct PagePerson {
    /// The name.
    pub name: String,
    /// The roles in the guild.
    pub roles: Vec<PageRole>,
    /// The permissions in the guild; `None` for what everyone may do.
    pub permissions: Option<u64>,
}

/// A text channel of the guild.
#[derive(Clone, Debug)]
pub struct PageChannel {
    /// The channel's id.
    pub id: u64,
    /// The channel's name, without the number sign.
    pub name: String,
}

/// A role of the guild.
#[derive(Clone, Debug)]
pub struct PageRole {
    /// The role's id.
    pub id: u64,
    /// The role's name.
    pub name: String,
}
