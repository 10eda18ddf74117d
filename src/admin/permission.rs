//! Who may moderate: a member with a configured role or id, in a configured server. Reloading concerns every server, so
//! that the administrators of one of them have no right to it as such.

use std::collections::HashSet;

use crate::commands::Caller;
use crate::publishing::Actor;
use crate::settings::ModerationSettings;

/// A person as the record names them.
pub(crate) fn actor(caller: &Caller) -> Actor {
    let guild = caller.guild.map(|guild| guild.to_string());
    Actor::Person { user: caller.user.to_string(), name: caller.name.clone(), guild }
}

/// Who may moderate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    guilds: HashSet<u64>,
    roles: HashSet<u64>,
    users: HashSet<u64>,
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPermitted {
    /// Moderation is done elsewhere.
    #[error("not a moderation server")]
    Place,
    /// Somebody else moderates.
    #[error("neither a moderator's role nor a moderator's id")]
    Person,
}

impl Rights {
    /// The rights that the settings give.
    pub fn new(settings: &ModerationSettings) -> Rights {
        let set = |ids: &[u64]| ids.iter().copied().collect();
        Rights { guilds: set(&settings.guilds), roles: set(&settings.roles), users: set(&settings.users) }
    }

    /// Whether a person may moderate where they are.
    pub fn of(&self, person: &Caller) -> Result<(), NotPermitted> {
        if !person.guild.is_some_and(|guild| self.guilds.contains(&guild)) {
            return Err(NotPermitted::Place);
        }
        let by_role = person.roles.iter().any(|role| self.roles.contains(role));
        if by_role || self.users.contains(&person.user) { Ok(()) } else { Err(NotPermitted::Person) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configured_server_and_a_configured_role_or_id() {
        let settings = ModerationSettings {
            guilds: vec![1, 2],
            roles: vec![10, 11],
            users: vec![100],
            audit_channel: None,
            news_channel: None,
        };
        let rights = Rights::new(&settings);
        type Row = (Option<u64>, u64, &'static [u64], Result<(), NotPermitted>);
        let table: [Row; 11] = [
            (Some(1), 100, &[], Ok(())),
            (Some(2), 100, &[], Ok(())),
            (Some(1), 7, &[10], Ok(())),
            (Some(2), 7, &[3, 11], Ok(())),
            (Some(1), 7, &[], Err(NotPermitted::Person)),
            (Some(1), 7, &[3], Err(NotPermitted::Person)),
            // The ids of a person, a role and a server are not taken for one another.
            (Some(1), 10, &[100, 1], Err(NotPermitted::Person)),
            (Some(3), 100, &[10], Err(NotPermitted::Place)),
            (Some(100), 100, &[10], Err(NotPermitted::Place)),
            (None, 100, &[], Err(NotPermitted::Place)),
            (None, 100, &[10], Err(NotPermitted::Place)),
        ];
        for (guild, user, roles, expected) in table {
            let person = Caller { user, guild, roles: roles.to_vec(), ..Caller::default() };
            assert_eq!(rights.of(&person), expected, "{person:?}");
        }
        let nobody = Caller { guild: Some(0), ..Caller::default() };
        assert_eq!(Rights::default().of(&nobody), Err(NotPermitted::Place));
    }
}
