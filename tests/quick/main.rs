//! Everything that is tested from outside the crate and does not take long. One program: it is linked once.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test that panics has failed"
)]

mod any_input;
mod cited;
mod connections;
mod countries;
mod dates_and_languages;
mod discord;
mod doctor;
mod edits;
mod endpoint;
mod facts;
mod folders;
mod forms;
mod gateway;
mod glance;
mod house;
mod in_place;
mod links;
mod long_searches;
mod lookup_countries;
mod lookup_fulltext;
mod lookup_queries;
mod lookup_support;
mod lookup_words;
mod maps;
mod merge;
mod messages;
mod moderation;
mod moderation_files;
mod moderation_wire;
mod navigation;
mod news_channel;
mod nothing_lost;
mod operators;
mod overviews;
mod packaging;
mod payloads;
mod pictures;
mod questions;
mod robust;
mod rules;
mod schemas;
mod settings;
mod shards;
#[path = "../support/mod.rs"]
mod support;
mod terminal;
mod tired;
mod topics;
mod what_people_meet;
mod what_people_see;
