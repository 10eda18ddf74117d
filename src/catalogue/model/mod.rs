//! What a data file can say: the records of the catalogue, as moderators write them.
//!
//! Every key is here with its meaning, because the JSON Schemas that editors use are generated from these comments.
//! Texts are plain: no Markdown, no mentions, one line. Nothing here knows of Discord, of files or of rules between
//! records; those stand in `load` and `check`.

pub use crate::catalogue::date::When;
pub use crate::catalogue::text::{Acronym, Language, Name, Text, Theme};

/// A closed list whose members name themselves as data files and messages write them.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $key)] $variant),+ }

        impl $name {
            /// Every member of the list, in its order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name as data files and message keys write it.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }
        }
    };
}

mod facts;
mod global_meeting;
mod organisation;
mod places;
mod process;
mod said;
mod wording;

pub use crate::catalogue::model::facts::*;
pub use crate::catalogue::model::global_meeting::*;
pub use crate::catalogue::model::organisation::*;
pub use crate::catalogue::model::places::*;
pub use crate::catalogue::model::process::*;
pub use crate::catalogue::model::said::*;
pub use crate::catalogue::model::wording::*;
