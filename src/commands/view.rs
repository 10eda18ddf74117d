//! What can be shown, written into menus' values and `custom_id`s and read back. Everything here is made from the table in
//! [`commands`](crate::commands).

use std::str::FromStr;

use crate::catalogue::Catalogue;
use crate::lookup::Entity;

use crate::commands::parameter::*;

/// A value that is not the view of any table row as this version writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a view of this version")]
pub struct UnknownView;

macro_rules! views {
    ($($command:ident {
        $($(#[$doc:meta])+ $letter:literal $name:ident { $($field:ident: $kind:ident),* } $place:ident $file:ident::$function:ident,)*
    })+) => {
        /// Something that can be shown. Ids are those of the catalogue's entries, pages are counted from 0.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "a parameter is explained at its kind")]
        pub enum View {
            $($($(#[$doc])+ $name { $($field: <$kind as Parameter>::Held),* },)*)+
        }

        impl View {
            /// The letters under which the views are written.
            pub const LETTERS: &'static [&'static str] = &[$($($letter,)*)+];

            /// Whether it is the face of an answer, which fits one view of a phone, and not a sheet behind a button.
            pub fn is_face(&self) -> bool {
                self.place() != "sheet"
            }

            /// Whether it comes with a picture, which takes longer to make than any text.
            pub fn shows_picture(&self) -> bool {
                self.place() == "picture"
            }

            /// What the table says that it is.
            const fn place(&self) -> &'static str {
                match self {
                    $($(View::$name { .. } => stringify!($place),)*)+
                }
            }

            /// The view as a menu's value or the end of a `custom_id`. Its ids are those of entries that exist and so at most
            /// 60 characters long; with its letter, its page and the mark of a `custom_id` it keeps within Discord's 100.
            pub fn encode(&self) -> String {
                match self {
                    $($(View::$name { $($field),* } => {
                        #[allow(unused_mut, reason = "a view may have no parameters")]
                        let mut text = $letter.to_owned();
                        $(
                            text.push(':');
                            text.push_str(&<$kind as Parameter>::write($field));
                        )*
                        text
                    })*)+
                }
            }

            /// Every view with every value of its parameters in this catalogue: the first page of each, and so on.
            pub fn examples(catalogue: &Catalogue) -> Vec<View> {
                let mut examples = Vec::new();
                $($(product!(catalogue, examples, $name, [], $($field: $kind),*);)*)+
                examples
            }
        }

        impl FromStr for View {
            type Err = UnknownView;

            fn from_str(text: &str) -> Result<View, UnknownView> {
                let (letter, rest) = text.split_once(':').unwrap_or((text, ""));
                let view = match letter {
                    $($($letter => {
                        // The last parameter takes what is left, colons and all.
                        let names: &[&str] = &[$(stringify!($field)),*];
                        #[allow(unused_mut, unused_variables, reason = "a view may have no parameters")]
                        let mut parts = rest.splitn(names.len().max(1), ':');
                        View::$name {
                            $($field: parts.next().and_then(<$kind as Parameter>::read).ok_or(UnknownView)?),*
                        }
                    })*)+
                    _ => return Err(UnknownView),
                };
                // Only what we would have written ourselves is ours.
                if view.encode() == text { Ok(view) } else { Err(UnknownView) }
            }
        }
    };
}

/// Adds a view with each combination of its parameters' values.
macro_rules! product {
    ($catalogue:ident, $into:ident, $name:ident, [$($done:ident),*],) => {
        $into.push(View::$name { $($done: $done.clone()),* });
    };
    ($catalogue:ident, $into:ident, $name:ident, [$($done:ident),*], $field:ident: $kind:ident $(, $rest:ident: $rest_kind:ident)*) => {
        for $field in <$kind as Parameter>::values($catalogue) {
            product!($catalogue, $into, $name, [$($done,)* $field], $($rest: $rest_kind),*);
        }
    };
}

with_commands!(views);

impl View {
    /// The first view of an entry.
    pub fn of(entity: Entity, id: &str) -> View {
        let id = id.to_owned();
        match entity {
            Entity::Process => View::Process { id },
            Entity::Region => View::Region { id, page: 0 },
            Entity::Country => View::Country { code: id },
            Entity::Organisation => View::Organisation { id },
            Entity::Meeting => View::Meeting { id },
            Entity::Term => View::Term { id },
            Entity::Topic => View::Topic { id },
        }
    }

    /// The entry whose first view this is.
    pub fn entry(&self) -> Option<(Entity, &str)> {
        Some(match self {
            View::Process { id } => (Entity::Process, id),
            View::Region { id, page: 0 } => (Entity::Region, id),
            View::Country { code } => (Entity::Country, code),
            View::Organisation { id } => (Entity::Organisation, id),
            View::Meeting { id } => (Entity::Meeting, id),
            View::Term { id } => (Entity::Term, id),
            View::Topic { id } => (Entity::Topic, id),
            _ => return None,
        })
    }
}
