//! What the components of `/rcp-admin revue` ask for. As for every button, anybody can send any, and rights are checked
//! again for each.

use std::str::FromStr;

use crate::admin::button::MARK;
use crate::publishing::{is_item_name, is_report_name};

/// The version of the form.
const VERSION: &str = "1";

/// A component of the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewButton {
    /// Shows a page of the list.
    List {
        /// The page, from 0.
        page: usize,
    },
    /// Shows the item whose name is the menu's value.
    Pick {
        /// The page of the list from which it was chosen.
        page: usize,
    },
    /// Puts an item off.
    Later {
        /// Its name.
        item: String,
        /// The page of the list.
        page: usize,
    },
    /// Settles a report.
    Settle {
        /// Its name.
        report: String,
        /// The page of the list.
        page: usize,
    },
    /// Opens the form about a process whose kind is the menu's value.
    Forms {
        /// The process.
        process: String,
    },
}

/// A `custom_id` that is not one of these, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a component of the review of this version")]
pub struct NotReviewButton;

impl ReviewButton {
    /// As a `custom_id` of at most 100 characters. A number keeps two components of one message apart.
    pub fn encode(&self, number: usize) -> String {
        let body = match self {
            ReviewButton::List { page } => format!("review:{page}"),
            ReviewButton::Pick { page } => format!("pick:{page}"),
            ReviewButton::Later { item, page } => format!("later:{item}:{page}"),
            ReviewButton::Settle { report, page } => format!("settle:{report}:{page}"),
            ReviewButton::Forms { process } => format!("forms:{process}"),
        };
        format!("{MARK}{VERSION}:{number}:{body}")
    }
}

impl FromStr for ReviewButton {
    type Err = NotReviewButton;

    fn from_str(custom_id: &str) -> Result<ReviewButton, NotReviewButton> {
        let mut parts = custom_id.strip_prefix(MARK).ok_or(NotReviewButton)?.split(':');
        let (version, number) = (parts.next(), parts.next().and_then(|number| number.parse::<usize>().ok()));
        let number = number.filter(|_| version == Some(VERSION)).ok_or(NotReviewButton)?;
        let rest: Vec<&str> = parts.collect();
        let page = |text: &str| text.parse().map_err(|_| NotReviewButton);
        let button = match rest.as_slice() {
            ["review", of] => ReviewButton::List { page: page(of)? },
            ["pick", of] => ReviewButton::Pick { page: page(of)? },
            ["later", item, of] if is_item_name(item) => {
                ReviewButton::Later { item: (*item).to_owned(), page: page(of)? }
            }
            ["settle", report, of] if is_report_name(report) => {
                ReviewButton::Settle { report: (*report).to_owned(), page: page(of)? }
            }
            ["forms", process] if process.len() <= 60 => ReviewButton::Forms { process: (*process).to_owned() },
            _ => return Err(NotReviewButton),
        };
        // Only what we would have written ourselves is ours.
        if button.encode(number) == custom_id { Ok(button) } else { Err(NotReviewButton) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_reads_back_from_its_custom_id(
            item in "[0-9a-f]{16}", report in "[0-9]{14}-[1-9][0-9]{0,19}-[0-9a-f]{8}", process in "[a-z0-9-]{1,60}",
            page in 0..999_usize, number in 0..25_usize,
        ) {
            for button in [
                ReviewButton::List { page },
                ReviewButton::Pick { page },
                ReviewButton::Later { item, page },
                ReviewButton::Settle { report, page },
                ReviewButton::Forms { process },
            ] {
                let custom_id = button.encode(number);
                prop_assert!(custom_id.len() <= 100, "{}", custom_id);
                prop_assert_eq!(custom_id.parse(), Ok(button));
            }
        }

        #[test]
        fn whatever_else_arrives_is_refused_or_ours(custom_id in "(rcp-admin:1:0:(review|pick|later|settle|forms):)?.{0,100}") {
            if let Ok(button) = custom_id.parse::<ReviewButton>() {
                prop_assert_eq!(button.encode(0), custom_id);
            }
        }
    }
}
