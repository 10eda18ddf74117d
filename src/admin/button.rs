//! What a button of `/rcp-admin` asks for. Its `custom_id` carries everything: what was proposed (by its hash), which
//! revision, and which catalogue the moderator had before their eyes. Anybody can send any; whatever does not read back
//! exactly is refused, and rights are checked again for each.

use std::str::FromStr;

use crate::publishing;

/// What every `custom_id` of `/rcp-admin` begins with: the mark, before the version of the form.
pub const MARK: &str = "rcp-admin:";

/// The version of the form.
const VERSION: &str = "1";

/// How many characters of a catalogue's hash a button carries.
pub(crate) const BASE: usize = 12;

/// What a button asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminButton {
    /// Publishes a proposal over the catalogue that was served when it was shown.
    Publish {
        /// The proposal's name.
        proposal: String,
        /// The beginning of that catalogue's hash.
        base: String,
    },
    /// Shows the face of what a proposal changes, as it would be.
    Card {
        /// The proposal's name.
        proposal: String,
        /// The beginning of the hash of the catalogue that was served when the proposal was checked.
        base: String,
    },
    /// Shows what a proposal changes: from its face back, or again over what is served by now.
    Proposal {
        /// The proposal's name.
        proposal: String,
        /// The beginning of the hash of the catalogue over which it was last shown.
        base: String,
    },
    /// Forgets a proposal.
    Discard {
        /// The proposal's name.
        proposal: String,
    },
    /// Takes back a revision.
    Restore {
        /// The revision's number.
        number: u64,
        /// The beginning of the hash of the catalogue that was served when it was shown.
        base: String,
    },
    /// Shows what taking back a revision would change.
    Preview {
        /// The revision's number.
        number: u64,
    },
    /// Does not take it back.
    Cancel,
    /// Shows a page of the history.
    History {
        /// The page, from 0.
        page: usize,
    },
    /// Shows what a revision changed.
    Revision {
        /// The revision's number.
        number: u64,
    },
    /// Shows what differs between two revisions.
    Compare {
        /// The older one's number.
        old: u64,
        /// The newer one's number.
        new: u64,
    },
    /// A menu, whose chosen value is the `custom_id` of what it leads to.
    Menu,
}

/// A `custom_id` that is not one of ours, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a component of this version")]
pub struct NotAdminButton;

impl AdminButton {
    /// The target as a `custom_id`. A number keeps two buttons of one message apart that lead to the same place.
    pub fn encode(&self, number: usize) -> String {
        let body = match self {
            AdminButton::Publish { proposal, base } => format!("publish:{proposal}:{base}"),
            AdminButton::Card { proposal, base } => format!("card:{proposal}:{base}"),
            AdminButton::Proposal { proposal, base } => format!("proposal:{proposal}:{base}"),
            AdminButton::Discard { proposal } => format!("discard:{proposal}"),
            AdminButton::Restore { number, base } => format!("restore:{number}:{base}"),
            AdminButton::Preview { number } => format!("preview:{number}"),
            AdminButton::Cancel => "cancel".to_owned(),
            AdminButton::History { page } => format!("history:{page}"),
            AdminButton::Revision { number } => format!("revision:{number}"),
            AdminButton::Compare { old, new } => format!("compare:{old}:{new}"),
            AdminButton::Menu => "menu".to_owned(),
        };
        format!("{MARK}{VERSION}:{number}:{body}")
    }

    /// The name of what it asks for, for the record.
    pub fn action(&self) -> &'static str {
        match self {
            AdminButton::Publish { .. } => "publish",
            AdminButton::Card { .. } => "card",
            AdminButton::Proposal { .. } => "check",
            AdminButton::Discard { .. } => "discard",
            AdminButton::Restore { .. } | AdminButton::Preview { .. } => "restore",
            AdminButton::Cancel => "cancel",
            AdminButton::History { .. }
            | AdminButton::Revision { .. }
            | AdminButton::Compare { .. }
            | AdminButton::Menu => "history",
        }
    }

    /// Whether it only shows something, so that a menu may lead to it.
    pub fn only_shows(&self) -> bool {
        matches!(
            self,
            AdminButton::Preview { .. }
                | AdminButton::History { .. }
                | AdminButton::Revision { .. }
                | AdminButton::Compare { .. }
        )
    }
}

impl FromStr for AdminButton {
    type Err = NotAdminButton;

    fn from_str(custom_id: &str) -> Result<AdminButton, NotAdminButton> {
        let mut parts = custom_id.strip_prefix(MARK).ok_or(NotAdminButton)?.split(':');
        let (version, number) = (parts.next(), parts.next().and_then(|number| number.parse::<usize>().ok()));
        let number = number.filter(|_| version == Some(VERSION)).ok_or(NotAdminButton)?;
        let proposal = |name: &str| publishing::is_name(name).then(|| name.to_owned()).ok_or(NotAdminButton);
        let base = |base: &str| {
            let plain = base.len() == BASE && base.bytes().all(|byte| byte.is_ascii_hexdigit());
            plain.then(|| base.to_owned()).ok_or(NotAdminButton)
        };
        let revision = |number: &str| number.parse::<u64>().map_err(|_| NotAdminButton);
        let rest: Vec<&str> = parts.collect();
        let target = match rest.as_slice() {
            ["publish", name, of] => AdminButton::Publish { proposal: proposal(name)?, base: base(of)? },
            ["card", name, of] => AdminButton::Card { proposal: proposal(name)?, base: base(of)? },
            ["proposal", name, of] => AdminButton::Proposal { proposal: proposal(name)?, base: base(of)? },
            ["discard", name] => AdminButton::Discard { proposal: proposal(name)? },
            ["restore", number, of] => AdminButton::Restore { number: revision(number)?, base: base(of)? },
            ["preview", number] => AdminButton::Preview { number: revision(number)? },
            ["cancel"] => AdminButton::Cancel,
            ["history", page] => AdminButton::History { page: page.parse().map_err(|_| NotAdminButton)? },
            ["revision", number] => AdminButton::Revision { number: revision(number)? },
            ["compare", old, new] => AdminButton::Compare { old: revision(old)?, new: revision(new)? },
            ["menu"] => AdminButton::Menu,
            _ => return Err(NotAdminButton),
        };
        // Only what we would have written ourselves is ours.
        if target.encode(number) == custom_id { Ok(target) } else { Err(NotAdminButton) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn targets() -> impl Strategy<Value = AdminButton> {
        prop_oneof![
            ("[0-9a-f]{32}", "[0-9a-f]{12}").prop_map(|(proposal, base)| AdminButton::Publish { proposal, base }),
            ("[0-9a-f]{32}", "[0-9a-f]{12}").prop_map(|(proposal, base)| AdminButton::Card { proposal, base }),
            ("[0-9a-f]{32}", "[0-9a-f]{12}").prop_map(|(proposal, base)| AdminButton::Proposal { proposal, base }),
            "[0-9a-f]{32}".prop_map(|proposal| AdminButton::Discard { proposal }),
            (any::<u64>(), "[0-9a-f]{12}").prop_map(|(number, base)| AdminButton::Restore { number, base }),
            any::<u64>().prop_map(|number| AdminButton::Preview { number }),
            Just(AdminButton::Cancel),
            any::<usize>().prop_map(|page| AdminButton::History { page }),
            any::<u64>().prop_map(|number| AdminButton::Revision { number }),
            (any::<u64>(), any::<u64>()).prop_map(|(old, new)| AdminButton::Compare { old, new }),
            Just(AdminButton::Menu),
        ]
    }

    proptest! {
        #[test]
        fn a_target_reads_back_from_its_custom_id(target in targets(), number in 0..25usize) {
            let custom_id = target.encode(number);
            prop_assert!(custom_id.len() <= 100, "{}", custom_id);
            prop_assert_eq!(custom_id.parse(), Ok(target));
        }

        #[test]
        fn whatever_else_arrives_is_refused_or_ours(custom_id in "(rcp-admin:1:0:(publish|restore|discard)?)?.{0,100}") {
            if let Ok(target) = custom_id.parse::<AdminButton>() {
                prop_assert!((0..25).any(|number| target.encode(number) == custom_id));
            }
        }
    }

    #[test]
    fn forged_ones_are_foreign() {
        let upload = "0".repeat(32);
        for forged in [
            "",
            "rcp-admin:",
            "rcp-admin:1:0:",
            "rcp-admin:2:0:cancel",
            "rcp-admin:1:0:publish:../../data/regions.toml:000000000000",
            "rcp-admin:1:0:restore:-1:000000000000",
            "rcp-admin:1:0:restore:01:000000000000",
            "rcp-admin:1:00:cancel",
            "rcp:1:x0:5",
            &format!("rcp-admin:1:0:publish:{upload}"),
            &format!("rcp-admin:1:0:discard:{upload}:more"),
        ] {
            assert_eq!(forged.parse::<AdminButton>(), Err(NotAdminButton), "{forged}");
        }
    }
}
