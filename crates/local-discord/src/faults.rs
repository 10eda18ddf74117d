//! Faults on demand: what a test asks the REST API or the gateway to do wrong.
//!
//! Lives here: the description of faults and the queue of those still to happen. Carrying them out is the work of
//! `rest` and `gateway`.

use std::time::Duration;

use serde_json::Value;

use crate::errors::{ApiError, Complaint};

/// What goes wrong with a REST request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RestFault {
    /// The request is not carried out; the answer is this status (500, 502, …) with Discord's short body.
    Status(u16),
    /// The request is not carried out; the answer is this status with this body. [`RestFault::error`] and
    /// [`RestFault::invalid_form`] make the bodies that Discord sends.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The JSON body.
        body: Value,
    },
    /// The request is not carried out; the answer is 429 (Discord: topics/rate-limits).
    RateLimited {
        /// `retry_after` of the body and the headers.
        retry_after: Duration,
        /// Whether the global limit is named instead of the route's.
        global: bool,
    },
    /// The request is not carried out and never answered; the connection stays open until the server stops.
    Stall,
    /// The request is carried out after this delay.
    Delay(Duration),
    /// The request is carried out at once, and answered after this delay.
    DelayAfter(Duration),
    /// The connection is cut before the request is carried out.
    Drop,
    /// The request is carried out, then the connection is cut instead of an answer.
    DropAfter,
    /// The request is carried out and never answered; the connection stays open until the server stops.
    StallAfter,
}

impl RestFault {
    /// One of Discord's errors (Discord: topics/opcodes-and-status-codes, "JSON"), such as 404, 10008, "Unknown
    /// Message".
    pub fn error(status: u16, code: u32, message: &str) -> RestFault {
        let ApiError { status, body, .. } = ApiError::new(status, code, message);
        RestFault::Answer { status, body }
    }

    /// 400, 50035: the body is refused because of these fields.
    pub fn invalid_form(complaints: &[Complaint]) -> RestFault {
        let ApiError { status, body, .. } = ApiError::invalid_form(complaints);
        RestFault::Answer { status, body }
    }
}

/// A [`RestFault`], where it strikes and how often.
///
/// ```
/// # use local_discord::{Fault, RestFault};
/// let fault = Fault::new(RestFault::Status(502)).on("POST", "/interactions/*/*/callback").times(2);
/// # let _ = fault;
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) kind: RestFault,
    method: Option<String>,
    path: Option<String>,
    left: usize,
    /// Strikes each request of this number, such as each tenth.
    every: usize,
    passed: usize,
}

impl Fault {
    /// Strikes the next request, whatever it is.
    pub fn new(kind: RestFault) -> Fault {
        Fault { kind, method: None, path: None, left: 1, every: 1, passed: 0 }
    }

    /// Strikes only requests with this method whose path (below `/api/v10`, without query) matches; in the pattern a
    /// segment `*` stands for any one segment and a last segment `**` for any rest.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Fault {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// Strikes `count` requests instead of one; `usize::MAX` for all to come.
    #[must_use]
    pub fn times(mut self, count: usize) -> Fault {
        self.left = count;
        self
    }

    /// Lets all but each `nth` matching request pass: with 10 the tenth is struck, then the twentieth, as often as
    /// [`Fault::times`] says. What it lets pass, a later fault may strike.
    #[must_use]
    pub fn every(mut self, nth: usize) -> Fault {
        self.every = nth.max(1);
        self
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path.as_deref().is_none_or(|pattern| path_matches(pattern, path))
    }
}

fn path_matches(pattern: &str, path: &str) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    for wanted in pattern.trim_matches('/').split('/') {
        match (wanted, segments.next()) {
            ("**", _) => return true,
            ("*", Some(_)) => {}
            (wanted, Some(segment)) if wanted == segment => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}

/// The faults still to happen, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        if fault.left > 0 {
            self.waiting.push(fault);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The fault that strikes this request, if any; counts it as done.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<RestFault> {
        let strikes = |fault: &mut Fault| {
            let matches = fault.matches(method, path);
            fault.passed += usize::from(matches);
            matches && fault.passed.is_multiple_of(fault.every)
        };
        let position = self.waiting.iter_mut().position(strikes)?;
        let fault = self.waiting.get_mut(position)?;
        fault.left -= 1;
        let kind = fault.kind.clone();
        if fault.left == 0 {
            self.waiting.remove(position);
        }
        Some(kind)
    }
}

/// What goes wrong with the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GatewayFault {
    /// The TCP connection ends without a close frame. The session can be resumed.
    Drop,
    /// As [`GatewayFault::Drop`], but only when the next event is due, which is then not sent: it waits in the session
    /// for a RESUME.
    DropAtNextEvent,
    /// As [`GatewayFault::Drop`]; a RESUME then replays so many events again, even though the client has seen them.
    DropAndReplay(usize),
    /// The connection is closed with this code. After 4007, 4009 and the codes of a refused login (4004, 4010 to 4014)
    /// the session is over; after any other it can be resumed (Discord: topics/opcodes-and-status-codes).
    Close(u16),
    /// Opcode 7: the client is asked to reconnect and resume.
    Reconnect,
    /// Opcode 9: the session is invalid. With `false` it is over; with `true` the client may resume it.
    InvalidSession(bool),
    /// Opcode 1 from the server: the client must send a heartbeat at once.
    RequestHeartbeat,
}

/// What goes wrong with connections to the gateway that are still to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectionFault {
    /// The connection is closed with this code before HELLO.
    CloseBeforeHello(u16),
    /// The TCP connection ends right after READY or RESUMED, without a close frame. The session can be resumed.
    DropWhenReady,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_segments() {
        assert!(path_matches("/interactions/*/*/callback", "/interactions/1/abc/callback"));
        assert!(!path_matches("/interactions/*/callback", "/interactions/1/abc/callback"));
        assert!(path_matches("/webhooks/**", "/webhooks/1/abc/messages/@original"));
        assert!(!path_matches("/gateway", "/gateway/bot"));
    }

    #[test]
    fn a_fault_strikes_as_often_as_told() {
        let mut faults = Faults::default();
        faults.add(Fault::new(RestFault::Status(500)).on("GET", "/gateway").times(2));
        assert_eq!(faults.take("POST", "/gateway"), None);
        assert_eq!(faults.take("GET", "/gateway"), Some(RestFault::Status(500)));
        assert_eq!(faults.take("get", "/gateway"), Some(RestFault::Status(500)));
        assert_eq!(faults.take("GET", "/gateway"), None);
    }

    #[test]
    fn a_fault_may_strike_each_third() {
        let mut faults = Faults::default();
        faults.add(Fault::new(RestFault::Stall).times(2).every(3));
        let struck: Vec<bool> = (0..9).map(|_| faults.take("GET", "/gateway").is_some()).collect();
        assert_eq!(struck, [false, false, true, false, false, true, false, false, false]);
    }
}
