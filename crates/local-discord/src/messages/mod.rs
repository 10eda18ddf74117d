//! Messages: what stands in the channels, with its history, and the files that hang on it.

mod form;
mod message;
mod store;

pub(crate) use form::components;
pub(crate) use message::FILE_LIMIT;
pub use message::{File, Message, Pings};
pub(crate) use store::{Frame, Messages};
