//! The flags of a message (Discord: resources/message, "Message Flags").

/// Embeds are hidden.
pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Only the person who acted sees the message.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// The answer to a deferred interaction is still to come.
pub(crate) const LOADING: u64 = 1 << 7;
/// Nobody is notified.
pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
/// The body is made of components alone.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
/// The flags that a new message of an interaction may set.
pub(crate) const SETTABLE: u64 = EPHEMERAL | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2;
