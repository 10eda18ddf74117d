//! What the components of `/rcp-admin revue` ask for. As for every button, anybody can send any, and rights are checked
//! again for each.

use std::str::FromStr;

use crate::admin::button::MARK;
use crate::admin::form_button::LONGEST_ID;
use crate::publishing::{FormOccasion, is_item_name, is_report_name};

/// The version of the form.
const VERSION: &str = "1";

/// A component of the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewButton {
    /// Shows a page of the list.
    List {
        /// The page, from 0.
        page: usize,
        /// What it is about: a process, or the file of the global meetings; all, if none.
        of: Option<String>,
    },
    /// Shows the item whose name is the menu's value.
    Pick {
        /// The page of the list from which it was chosen.
        page: usize,
        /// What the list is about: a process, or the file of the global meetings; all, if none.
        of: Option<String>,
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
    /// Notes that what a merge could not decide is decided.
    Decide {
        /// The item's name.
        item: String,
        /// The page of the list.
        page: usize,
    },
    /// Opens the form whose kind is the menu's value.
    Forms {
        /// What it is about.
        about: FormOccasion,
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
            ReviewButton::List { page, of: None } => format!("review:{page}"),
            ReviewButton::List { page, of: Some(id) } => format!("review:{page}:{id}"),
            ReviewButton::Pick { page, of: None } => format!("pick:{page}"),
            ReviewButton::Pick { page, of: Some(id) } => format!("pick:{page}:{id}"),
            ReviewButton::Later { item, page } => format!("later:{item}:{page}"),
            ReviewButton::Settle { report, page } => format!("settle:{report}:{page}"),
            ReviewButton::Decide { item, page } => format!("decide:{item}:{page}"),
            ReviewButton::Forms { about: FormOccasion::Process(id) } => format!("forms:{id}"),
            ReviewButton::Forms { about: FormOccasion::Report(name) } => format!("mends:{name}"),
            ReviewButton::Forms { about: FormOccasion::GlobalMeetings } => "series".to_owned(),
            ReviewButton::Forms { about: FormOccasion::GlobalMeeting(id) } => format!("globals:{id}"),
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
        let is_id = |id: &str| (1..=LONGEST_ID).contains(&id.len());
        let page = |text: &str| text.parse().map_err(|_| NotReviewButton);
        let button = match rest.as_slice() {
            ["review", at] => ReviewButton::List { page: page(at)?, of: None },
            ["review", at, id] if is_id(id) => ReviewButton::List { page: page(at)?, of: Some((*id).to_owned()) },
            ["pick", at] => ReviewButton::Pick { page: page(at)?, of: None },
            ["pick", at, id] if is_id(id) => ReviewButton::Pick { page: page(at)?, of: Some((*id).to_owned()) },
            ["later", item, at] if is_item_name(item) => {
                ReviewButton::Later { item: (*item).to_owned(), page: page(at)? }
            }
            ["settle", report, at] if is_report_name(report) => {
                ReviewButton::Settle { report: (*report).to_owned(), page: page(at)? }
            }
            ["decide", item, at] if is_item_name(item) => {
                ReviewButton::Decide { item: (*item).to_owned(), page: page(at)? }
            }
            ["forms", process] if is_id(process) => {
                ReviewButton::Forms { about: FormOccasion::Process((*process).to_owned()) }
            }
            ["mends", report] if is_report_name(report) => {
                ReviewButton::Forms { about: FormOccasion::Report((*report).to_owned()) }
            }
            ["series"] => ReviewButton::Forms { about: FormOccasion::GlobalMeetings },
            ["globals", meeting] if is_id(meeting) => {
                ReviewButton::Forms { about: FormOccasion::GlobalMeeting((*meeting).to_owned()) }
            }
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
                ReviewButton::List { page, of: None },
                ReviewButton::List { page, of: Some(process.clone()) },
                ReviewButton::Pick { page, of: None },
                ReviewButton::Pick { page, of: Some(process.clone()) },
                ReviewButton::Later { item: item.clone(), page },
                ReviewButton::Decide { item, page },
                ReviewButton::Settle { report: report.clone(), page },
                ReviewButton::Forms { about: FormOccasion::Report(report) },
                ReviewButton::Forms { about: FormOccasion::GlobalMeetings },
                ReviewButton::Forms { about: FormOccasion::GlobalMeeting(process.clone()) },
                ReviewButton::Forms { about: FormOccasion::Process(process) },
            ] {
                let custom_id = button.encode(number);
                prop_assert!(custom_id.len() <= 100, "{}", custom_id);
                prop_assert_eq!(custom_id.parse(), Ok(button));
            }
        }

        #[test]
        fn whatever_else_arrives_is_refused_or_ours(custom_id in "(rcp-admin:1:0:(review|pick|later|settle|decide|forms|mends|series|globals):)?.{0,100}") {
            if let Ok(button) = custom_id.parse::<ReviewButton>() {
                prop_assert_eq!(button.encode(0), custom_id);
            }
        }
    }
}
