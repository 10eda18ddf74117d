//! What is said over a WebSocket, in the shapes of `tungstenite` 0.21: its texts are `String` where the newest one has a type
//! of its own. Errors are the newest one's.

use current::tungstenite as newest;
pub use newest::Error;

/// A message, or a sign of life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
    /// Asks for a pong with the same bytes, at most 125; it is answered without help.
    Ping(Vec<u8>),
    /// Answers a ping.
    Pong(Vec<u8>),
    /// The other side closes, and may say why.
    Close(Option<protocol::CloseFrame<'static>>),
}

impl Message {
    /// What was received, where it is a message and no part of one.
    pub(crate) fn received(message: newest::Message) -> Option<Self> {
        Some(match message {
            newest::Message::Text(text) => Self::Text(text.as_str().to_owned()),
            newest::Message::Binary(bytes) => Self::Binary(bytes.into()),
            newest::Message::Ping(bytes) => Self::Ping(bytes.into()),
            newest::Message::Pong(bytes) => Self::Pong(bytes.into()),
            newest::Message::Close(frame) => Self::Close(frame.map(Into::into)),
            newest::Message::Frame(_) => return None,
        })
    }
}

impl From<Message> for newest::Message {
    fn from(message: Message) -> Self {
        match message {
            Message::Text(text) => Self::Text(text.into()),
            Message::Binary(bytes) => Self::Binary(bytes.into()),
            Message::Ping(bytes) => Self::Ping(bytes.into()),
            Message::Pong(bytes) => Self::Pong(bytes.into()),
            Message::Close(frame) => Self::Close(frame.map(Into::into)),
        }
    }
}

/// What can go wrong.
pub mod error {
    pub use super::Error;
}

/// How it is said.
pub mod protocol {
    pub use self::frame::CloseFrame;
    use super::newest;

    /// What a WebSocket may hold. `None` is no limit.
    #[derive(Clone, Copy, Debug)]
    pub struct WebSocketConfig {
        /// The largest message that is read, in bytes.
        pub max_message_size: Option<usize>,
        /// The largest frame of a message that is read, in bytes.
        pub max_frame_size: Option<usize>,
    }

    impl Default for WebSocketConfig {
        fn default() -> Self {
            let newest = newest::protocol::WebSocketConfig::default();
            Self { max_message_size: newest.max_message_size, max_frame_size: newest.max_frame_size }
        }
    }

    impl WebSocketConfig {
        pub(crate) fn into_current(self, read_at_once: usize) -> newest::protocol::WebSocketConfig {
            newest::protocol::WebSocketConfig::default()
                .read_buffer_size(read_at_once)
                .max_message_size(self.max_message_size)
                .max_frame_size(self.max_frame_size)
        }
    }

    /// What messages are sent in.
    pub mod frame {
        use std::borrow::Cow;

        use super::newest;
        pub use newest::protocol::frame::coding;

        /// Why a WebSocket is closed.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct CloseFrame<'t> {
            /// The reason as a number.
            pub code: coding::CloseCode,
            /// The reason in words, at most 123 bytes.
            pub reason: Cow<'t, str>,
        }

        impl From<CloseFrame<'_>> for newest::protocol::CloseFrame {
            fn from(frame: CloseFrame<'_>) -> Self {
                Self { code: frame.code, reason: frame.reason.into_owned().into() }
            }
        }

        impl From<newest::protocol::CloseFrame> for CloseFrame<'static> {
            fn from(frame: newest::protocol::CloseFrame) -> Self {
                Self { code: frame.code, reason: frame.reason.as_str().to_owned().into() }
            }
        }
    }
}
