//! The one place where a view becomes a reply.

use crate::reply::Reply;

use crate::commands::parameter::*;
use crate::commands::reader::Reader;
use crate::commands::refusal::Refusal;
use crate::commands::view::View;

macro_rules! show {
    ($($command:ident {
        $($(#[$doc:meta])+ $letter:literal $name:ident { $($field:ident: $kind:ident),* } $place:ident $file:ident::$function:ident,)*
    })+) => {
        /// Shows a view, or says why it cannot be shown: its entry is gone, or the search found nothing.
        pub fn show(reader: &Reader<'_>, view: &View) -> Result<Reply, Refusal> {
            match view {
                $($(View::$name { $($field),* } => {
                    crate::commands::$file::$function(reader, $(<$kind as Parameter>::give($field)),*)
                })*)+
            }
        }
    };
}

with_commands!(show);
