//! What a component asks for, and how its `custom_id` carries that.
//!
//! A `custom_id` holds everything that an answer needs, so that buttons go on working after a restart, after a reload
//! and on any replica. It has a version, and whatever does not read back exactly is refused.

use std::str::FromStr;

use crate::catalogue::Language;

use crate::commands::view::View;

/// What every `custom_id` of `/rcp` begins with: the bot's mark and the version of the form.
const VERSION: &str = "rcp:1";

/// What a component asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomId {
    /// Shows a view: in place of a private message, else privately.
    Open {
        /// What is shown.
        view: View,
        /// The language, if one was chosen on purpose; else it is the presser's.
        fixed: Option<Language>,
    },
    /// The same, with the view in the menu's value.
    Menu {
        /// The language, as in `Open`.
        fixed: Option<Language>,
    },
    /// Shows a view to everyone.
    Share {
        /// What is shown.
        view: View,
        /// The language, as in `Open`.
        fixed: Option<Language>,
    },
    /// Opens the form in which readers report what is wrong, and is what the form comes back with.
    Report {
        /// What the reader had before their eyes.
        view: View,
        /// The language, as in `Open`.
        fixed: Option<Language>,
    },
    /// Deletes a public answer.
    Delete {
        /// Who asked for it, and so may delete it.
        asker: u64,
    },
}

/// A `custom_id` that is not one of ours, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a custom_id of this version")]
pub struct UnknownCustomId;

impl CustomId {
    /// The `custom_id` as Discord carries it, at most 100 characters. A number keeps two components of one message apart
    /// that lead to the same place.
    pub fn encode(&self, number: usize) -> String {
        let language = |fixed: &Option<Language>| fixed.map_or("-", Language::code);
        match self {
            CustomId::Open { view, fixed } => format!("{VERSION}:o{number}:{}:{}", language(fixed), view.encode()),
            CustomId::Menu { fixed } => format!("{VERSION}:m{number}:{}", language(fixed)),
            CustomId::Share { view, fixed } => format!("{VERSION}:s{number}:{}:{}", language(fixed), view.encode()),
            CustomId::Report { view, fixed } => format!("{VERSION}:e{number}:{}:{}", language(fixed), view.encode()),
            CustomId::Delete { asker } => format!("{VERSION}:x{number}:{asker}"),
        }
    }
}

impl FromStr for CustomId {
    type Err = UnknownCustomId;

    fn from_str(custom_id: &str) -> Result<CustomId, UnknownCustomId> {
        let rest = custom_id.strip_prefix(VERSION).and_then(|rest| rest.strip_prefix(':')).ok_or(UnknownCustomId)?;
        let (verb, rest) = rest.split_once(':').ok_or(UnknownCustomId)?;
        let verb = verb.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let language = |code: &str| match code {
            "-" => Ok(None),
            code => code.parse().map(Some).map_err(|_| UnknownCustomId),
        };
        let with_view = || {
            let (code, view) = rest.split_once(':').ok_or(UnknownCustomId)?;
            Ok((view.parse().map_err(|_| UnknownCustomId)?, language(code)?))
        };
        match verb {
            "o" => with_view().map(|(view, fixed)| CustomId::Open { view, fixed }),
            "s" => with_view().map(|(view, fixed)| CustomId::Share { view, fixed }),
            "e" => with_view().map(|(view, fixed)| CustomId::Report { view, fixed }),
            "m" => language(rest).map(|fixed| CustomId::Menu { fixed }),
            "x" => rest.parse().map(|asker| CustomId::Delete { asker }).map_err(|_| UnknownCustomId),
            _ => Err(UnknownCustomId),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::{Catalogue, Files, StatusValue};
    use crate::commands::parameter::{Query, RegionFilter};

    /// Every view of the table, with everything that the built-in catalogue leads to.
    static EXAMPLES: LazyLock<Vec<View>> = LazyLock::new(|| {
        let (catalogue, _) = Catalogue::load(&Files::built_in(), date(2026, 11, 27));
        View::examples(&catalogue.expect("the built-in catalogue has no errors"))
    });

    #[test]
    fn every_view_of_the_table_reads_back_and_each_has_a_letter_of_its_own() {
        let mut letters: Vec<&str> = View::LETTERS.to_vec();
        let seen: std::collections::BTreeSet<String> =
            EXAMPLES.iter().filter_map(|view| view.encode().split(':').next().map(str::to_owned)).collect();
        assert_eq!(seen.len(), letters.len(), "each view has an example: {seen:?}");
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), View::LETTERS.len(), "no letter stands for two views");
        for view in EXAMPLES.iter() {
            for fixed in [None, Some(Language::Es)] {
                let targets = [
                    CustomId::Open { view: view.clone(), fixed },
                    CustomId::Share { view: view.clone(), fixed },
                    CustomId::Report { view: view.clone(), fixed },
                    CustomId::Menu { fixed },
                ];
                for target in targets {
                    let custom_id = target.encode(24);
                    assert!((1..=100).contains(&custom_id.chars().count()), "{custom_id}");
                    assert_eq!(custom_id.parse(), Ok(target), "{custom_id}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_view_reads_back_with_any_page_query_and_id(
            query in ".{0,400}", id in "[a-z][a-z0-9-]{0,59}", region in prop::option::of("[a-z-]{1,60}"),
            status in prop::option::of(prop::sample::select(StatusValue::ALL)), page in 0..99_usize, number in 0..25_usize,
        ) {
            // What the buttons of a search carry is what is searched, on every page.
            let kept = Query::kept(&query).into_owned();
            prop_assert_eq!(Query::kept(&kept), kept.as_str());
            let long = View::Search { query, region: region.clone(), status, page };
            prop_assert_eq!(&long.encode(), &View::Search { query: kept.clone(), region: region.clone(), status, page }.encode());
            let region = region.map(|region| RegionFilter::short(&region));
            let views = [
                View::Search { query: kept, region, status, page },
                View::Region { id: id.clone(), page },
                View::Sources { id: id.clone(), page },
                View::Process { id },
            ];
            for view in views {
                let target = CustomId::Share { view, fixed: Some(Language::Es) };
                let custom_id = target.encode(number);
                prop_assert!((1..=100).contains(&custom_id.chars().count()), "{}", custom_id);
                prop_assert_eq!(custom_id.parse(), Ok(target));
            }
        }

        #[test]
        fn whatever_else_arrives_is_refused_or_ours(custom_id in "(rcp:1:[eomsx][0-9]?:)?.{0,100}") {
            if let Ok(target) = custom_id.parse::<CustomId>() {
                prop_assert!(target.encode(0).chars().count() <= 100);
            }
        }
    }
}
