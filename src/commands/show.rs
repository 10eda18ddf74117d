//! The one place where a view becomes a reply.

use crate::reply::Reply;

use crate::commands::parameter::*;
use crate::commands::reader::Reader;
use crate::commands::refusal::Refusal;
use crate::commands::view::View;
use crate::commands::views::with_views;
use crate::commands::{about, country, glossary, info, iom, meetings, region, search, secretariats};

macro_rules! show {
    ($($(#[$doc:meta])+ $letter:literal $name:ident { $($field:ident: $kind:ident),* } $place:ident $module:ident::$function:ident,)+) => {
        /// Shows a view, or says why it cannot be shown: its entry is gone, or the search found nothing.
        pub fn show(reader: &Reader<'_>, view: &View) -> Result<Reply, Refusal> {
            match view {
                $(View::$name { $($field),* } => $module::$function(reader, $(<$kind as Parameter>::give($field)),*),)+
            }
        }
    };
}

with_views!(show);
