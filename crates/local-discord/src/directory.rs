//! The people whom the server knows: whoever acted.

use std::collections::BTreeMap;

use serde_json::Value;

/// Users by their ids, and what they are in guilds.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    users: BTreeMap<u64, Value>,
    members: BTreeMap<(u64, u64), Value>,
}

impl Directory {
    /// Takes in a user, and what they are in a guild.
    pub(crate) fn meet(&mut self, id: u64, user: Value, member: Option<(u64, Value)>) {
        if let Some((guild, member)) = member {
            self.members.insert((guild, id), member);
        }
        self.users.insert(id, user);
    }

    pub(crate) fn user(&self, id: u64) -> Option<&Value> {
        self.users.get(&id)
    }

    /// The member object, with its user.
    pub(crate) fn member(&self, guild: u64, id: u64) -> Option<Value> {
        let mut member = self.members.get(&(guild, id))?.clone();
        member["user"] = self.users.get(&id)?.clone();
        member["deaf"] = Value::Bool(false);
        member["mute"] = Value::Bool(false);
        // Only interactions tell what a member may do.
        if let Some(fields) = member.as_object_mut() {
            fields.remove("permissions");
        }
        Some(member)
    }
}
