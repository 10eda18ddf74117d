//! Sessions, their events, and the connections they are reached by (Discord: events/gateway).
//!
//! Lives here: what a session is, how events are numbered, kept and replayed, and what the faults of a test do to it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use crate::faults::{ConnectionFault, GatewayFault};

/// What happened at the gateway so far. Counts only rise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatewayCounts {
    /// WebSocket connections opened.
    pub connections: usize,
    /// IDENTIFYs that were answered with READY.
    pub identifies: usize,
    /// RESUMEs that were answered with RESUMED.
    pub resumes: usize,
    /// RESUMEs that were answered with an invalid session.
    pub refused_resumes: usize,
    /// Connections that came by the `resume_gateway_url` of a READY.
    pub by_resume_url: usize,
    /// Heartbeats received.
    pub heartbeats: usize,
    /// Heartbeats of those that were not acknowledged, as [`withhold_heartbeat_acks`] asks.
    ///
    /// [`withhold_heartbeat_acks`]: crate::LocalDiscord::withhold_heartbeat_acks
    pub withheld_acks: usize,
    /// Connections that clients closed themselves with a close frame.
    pub client_closes: usize,
}

/// A session as a test sees it.
#[derive(Clone, Debug)]
pub struct SessionInfo {
    /// The `session_id` of READY.
    pub id: String,
    /// Which shard of how many.
    pub shard: (u64, u64),
    /// The intents of IDENTIFY.
    pub intents: u64,
    /// The `d` of IDENTIFY, without the token.
    pub identify: Value,
    /// The number of the last event.
    pub sequence: u64,
    /// Whether a connection serves it now.
    pub connected: bool,
    /// Whether it is over: it can't be resumed any more.
    pub ended: bool,
    /// How often it was resumed.
    pub resumes: usize,
}

/// How a whole connection is compressed (Discord: events/gateway, "Transport Compression").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportCompression {
    /// `zlib-stream`.
    Zlib,
    /// `zstd-stream`.
    Zstd,
}

/// A connection as a test sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionInfo {
    /// Counts from 1 in the order of opening.
    pub number: u64,
    /// The session it serves, once identified.
    pub session: Option<String>,
    /// The transport compression that the client asked for.
    pub compression: Option<TransportCompression>,
    /// Whether it came by the `resume_gateway_url`.
    pub by_resume_url: bool,
}

/// With this intent a session is told about its guilds (Discord: events/gateway, "Gateway Intents").
pub(crate) const GUILDS: u64 = 1;

/// What a connection's task is told to do.
#[derive(Debug)]
pub(crate) enum Instruction {
    /// Send this payload.
    Send(Arc<str>),
    /// Send a close frame with this code and reason, then end.
    Close(u16, &'static str),
    /// End without a close frame.
    Drop,
}

#[derive(Debug)]
struct Session {
    id: String,
    shard: (u64, u64),
    intents: u64,
    identify: Value,
    sequence: u64,
    events: VecDeque<(u64, Arc<str>)>,
    connection: Option<u64>,
    ended: bool,
    resumes: usize,
    drop_at_next_event: bool,
    replay_again: usize,
}

#[derive(Debug)]
struct Connection {
    instructions: UnboundedSender<Instruction>,
    session: Option<String>,
    compression: Option<TransportCompression>,
    by_resume_url: bool,
    fault: Option<ConnectionFault>,
}

/// All sessions and connections.
#[derive(Debug)]
pub(crate) struct Gateway {
    sessions: Vec<Session>,
    connections: BTreeMap<u64, Connection>,
    pub(crate) counts: GatewayCounts,
    pub(crate) withhold_acks: bool,
    pub(crate) refuse_resumes: bool,
    connection_faults: VecDeque<(ConnectionFault, usize)>,
    replay_limit: usize,
}

/// Ended sessions that are still listed; older ones are forgotten.
const ENDED_SESSIONS: usize = 100;

impl Gateway {
    pub(crate) fn new(replay_limit: usize) -> Gateway {
        Gateway {
            sessions: Vec::new(),
            connections: BTreeMap::new(),
            counts: GatewayCounts::default(),
            withhold_acks: false,
            refuse_resumes: false,
            connection_faults: VecDeque::new(),
            replay_limit,
        }
    }

    pub(crate) fn sessions(&self) -> Vec<SessionInfo> {
        let info = |session: &Session| SessionInfo {
            id: session.id.clone(),
            shard: session.shard,
            intents: session.intents,
            identify: session.identify.clone(),
            sequence: session.sequence,
            connected: session.connection.is_some(),
            ended: session.ended,
            resumes: session.resumes,
        };
        self.sessions.iter().map(info).collect()
    }

    pub(crate) fn connections(&self) -> Vec<ConnectionInfo> {
        let info = |(number, connection): (&u64, &Connection)| ConnectionInfo {
            number: *number,
            session: connection.session.clone(),
            compression: connection.compression,
            by_resume_url: connection.by_resume_url,
        };
        self.connections.iter().map(info).collect()
    }

    /// Whether a session has its READY (or RESUMED) and a connection.
    pub(crate) fn is_ready(&self) -> bool {
        self.sessions.iter().any(|session| session.connection.is_some())
    }

    /// Takes a new connection in and gives it its number.
    pub(crate) fn open(
        &mut self,
        instructions: UnboundedSender<Instruction>,
        compression: Option<TransportCompression>,
        by_resume_url: bool,
    ) -> u64 {
        self.counts.connections += 1;
        self.counts.by_resume_url += usize::from(by_resume_url);
        let number = self.counts.connections as u64;
        let fault = self.next_fault();
        self.connections.insert(number, Connection { instructions, session: None, compression, by_resume_url, fault });
        number
    }

    /// Lets the next `times` connections go wrong.
    pub(crate) fn fail_connections(&mut self, fault: ConnectionFault, times: usize) {
        if times > 0 {
            self.connection_faults.push_back((fault, times));
        }
    }

    pub(crate) fn clear_faults(&mut self) {
        self.connection_faults.clear();
    }

    fn next_fault(&mut self) -> Option<ConnectionFault> {
        let (fault, left) = self.connection_faults.front_mut()?;
        let fault = *fault;
        *left -= 1;
        if *left == 0 {
            self.connection_faults.pop_front();
        }
        Some(fault)
    }

    /// What is to go wrong with this connection.
    pub(crate) fn fault_of(&self, number: u64) -> Option<ConnectionFault> {
        self.connections.get(&number)?.fault
    }

    /// A connection is gone. `ends_session`: the client closed with 1000 or 1001, which ends the session too (Discord:
    /// events/gateway, "Initiating a Disconnect").
    pub(crate) fn closed(&mut self, number: u64, ends_session: bool) {
        self.connections.remove(&number);
        for session in self.sessions.iter_mut().filter(|session| session.connection == Some(number)) {
            session.connection = None;
            session.ended |= ends_session;
        }
        self.forget_ended();
    }

    pub(crate) fn is_identified(&self, number: u64) -> bool {
        self.connections.get(&number).is_some_and(|connection| connection.session.is_some())
    }

    /// Starts a session on a connection and sends its READY, whose `d` is made from the session's id.
    pub(crate) fn identify(&mut self, number: u64, id: String, identify: Value, ready: impl FnOnce(&str) -> Value) {
        let Some(connection) = self.connections.get_mut(&number) else { return };
        connection.session = Some(id.clone());
        self.counts.identifies += 1;
        let shard = shard_of(&identify).unwrap_or((0, 1));
        let ready = ready(&id);
        let mut session = Session {
            id,
            shard,
            intents: identify["intents"].as_u64().unwrap_or(0),
            identify,
            sequence: 0,
            events: VecDeque::new(),
            connection: Some(number),
            ended: false,
            resumes: 0,
            drop_at_next_event: false,
            replay_again: 0,
        };
        let payload = session.record("READY", &ready.to_string(), self.replay_limit);
        send(&self.connections, number, Instruction::Send(payload));
        if self.fault_of(number) == Some(ConnectionFault::DropWhenReady) {
            session.connection = None;
            send(&self.connections, number, Instruction::Drop);
        }
        self.sessions.push(session);
    }

    /// Takes a session up again on a new connection: replays what came after `sequence`, then sends RESUMED.
    pub(crate) fn resume(&mut self, number: u64, id: &str, sequence: u64) -> Result<(), RefusedResume> {
        let limit = self.replay_limit;
        let fault = self.fault_of(number);
        let Some(session) = self.sessions.iter_mut().find(|session| session.id == id && !session.ended) else {
            self.counts.refused_resumes += 1;
            return Err(RefusedResume::InvalidSession);
        };
        if self.refuse_resumes {
            self.counts.refused_resumes += 1;
            session.ended = true;
            return Err(RefusedResume::InvalidSession);
        }
        if sequence > session.sequence {
            self.counts.refused_resumes += 1;
            session.ended = true;
            return Err(RefusedResume::InvalidSequence);
        }
        let from = sequence.saturating_sub(std::mem::take(&mut session.replay_again) as u64);
        let oldest = session.events.front().map_or(session.sequence + 1, |(number, _)| *number);
        if sequence + 1 < oldest {
            // What the client missed is no longer kept.
            self.counts.refused_resumes += 1;
            session.ended = true;
            return Err(RefusedResume::InvalidSession);
        }
        let before = session.connection.replace(number);
        session.resumes += 1;
        for (event, payload) in &session.events {
            if *event > from {
                send(&self.connections, number, Instruction::Send(payload.clone()));
            }
        }
        let resumed = session.record("RESUMED", r#"{"_trace":["local-discord"]}"#, limit);
        send(&self.connections, number, Instruction::Send(resumed));
        if fault == Some(ConnectionFault::DropWhenReady) {
            session.connection = None;
            send(&self.connections, number, Instruction::Drop);
        }
        self.counts.resumes += 1;
        if let Some(before) = before
            && before != number
        {
            self.detach(before);
            send(&self.connections, before, Instruction::Close(4000, "Session resumed elsewhere"));
        }
        if let Some(connection) = self.connections.get_mut(&number) {
            connection.session = Some(id.to_owned());
        }
        Ok(())
    }

    /// Sends an event to every session that serves this guild's shard (a direct message's: shard 0), as Discord does.
    /// A session without a connection keeps it for a RESUME. Returns how many sessions got it.
    pub(crate) fn dispatch(&mut self, name: &str, data: &str, guild_id: Option<u64>) -> usize {
        self.dispatch_to(0, name, data, guild_id)
    }

    /// As [`Gateway::dispatch`], only to sessions with all of these intents.
    pub(crate) fn dispatch_to(&mut self, intents: u64, name: &str, data: &str, guild_id: Option<u64>) -> usize {
        let limit = self.replay_limit;
        let mut reached = 0;
        let mut cut = Vec::new();
        for session in self.sessions.iter_mut().filter(|session| !session.ended) {
            let (shard, of) = session.shard;
            // Discord: events/gateway, "Sharding".
            let wanted = guild_id.map_or(0, |guild| (guild >> 22) % of.max(1));
            if shard != wanted || session.intents & intents != intents {
                continue;
            }
            reached += 1;
            let payload = session.record(name, data, limit);
            let Some(number) = session.connection else { continue };
            if std::mem::take(&mut session.drop_at_next_event) {
                session.connection = None;
                cut.push(number);
            } else {
                send(&self.connections, number, Instruction::Send(payload));
            }
        }
        for number in cut {
            send(&self.connections, number, Instruction::Drop);
        }
        reached
    }

    /// Sends an event to the session of one connection.
    pub(crate) fn send_event(&mut self, number: u64, name: &str, data: &str) {
        let limit = self.replay_limit;
        if let Some(session) = self.sessions.iter_mut().find(|session| session.connection == Some(number)) {
            let payload = session.record(name, data, limit);
            send(&self.connections, number, Instruction::Send(payload));
        }
    }

    /// Breaks the gateway for every session of `shard` (all shards if `None`).
    ///
    /// The session lets go of its connection here and now, so that an event sent right after waits for the RESUME.
    pub(crate) fn break_with(&mut self, shard: Option<u64>, fault: &GatewayFault) {
        for session in &mut self.sessions {
            let Some(number) = session.connection else { continue };
            if shard.is_some_and(|shard| shard != session.shard.0) {
                continue;
            }
            let instruction = match fault {
                GatewayFault::Drop => Instruction::Drop,
                GatewayFault::DropAtNextEvent => {
                    session.drop_at_next_event = true;
                    continue;
                }
                GatewayFault::DropAndReplay(count) => {
                    session.replay_again = *count;
                    Instruction::Drop
                }
                GatewayFault::Close(code) => {
                    session.ended |= matches!(code, 1000 | 1001 | 4004 | 4007 | 4009..=4014);
                    Instruction::Close(*code, "Closed on a test's demand")
                }
                GatewayFault::Reconnect => Instruction::Send(r#"{"op":7,"d":null,"s":null,"t":null}"#.into()),
                GatewayFault::InvalidSession(resumable) => {
                    session.ended |= !resumable;
                    Instruction::Send(invalid_session(*resumable))
                }
                GatewayFault::RequestHeartbeat => {
                    send(&self.connections, number, Instruction::Send(r#"{"op":1,"d":null,"s":null,"t":null}"#.into()));
                    continue;
                }
            };
            session.connection = None;
            if let Some(connection) = self.connections.get_mut(&number) {
                // After opcode 9 the same connection may identify anew (Discord: events/gateway, "Resuming").
                connection.session = None;
            }
            send(&self.connections, number, instruction);
        }
        self.forget_ended();
    }

    fn detach(&mut self, number: u64) {
        if let Some(connection) = self.connections.get_mut(&number) {
            connection.session = None;
        }
    }

    /// Tells one connection what to do.
    pub(crate) fn instruct(&self, number: u64, instruction: Instruction) {
        send(&self.connections, number, instruction);
    }

    fn forget_ended(&mut self) {
        let mut spare = self.sessions.iter().filter(|session| session.ended).count().saturating_sub(ENDED_SESSIONS);
        self.sessions.retain(|session| {
            let forget = session.ended && spare > 0;
            spare -= usize::from(forget);
            !forget
        });
        for session in self.sessions.iter_mut().filter(|session| session.ended) {
            session.events.clear();
        }
    }
}

impl Session {
    /// Numbers an event, keeps it for a RESUME, and returns its payload.
    fn record(&mut self, name: &str, data: &str, limit: usize) -> Arc<str> {
        self.sequence += 1;
        let payload: Arc<str> = format!(r#"{{"t":"{name}","s":{},"op":0,"d":{data}}}"#, self.sequence).into();
        self.events.push_back((self.sequence, payload.clone()));
        while self.events.len() > limit {
            self.events.pop_front();
        }
        payload
    }
}

/// Why a RESUME was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefusedResume {
    /// Opcode 9, not resumable: the session is unknown or over, or too much was missed.
    InvalidSession,
    /// Close code 4007: the client claims events that were never sent.
    InvalidSequence,
}

/// Opcode 9.
pub(crate) fn invalid_session(resumable: bool) -> Arc<str> {
    format!(r#"{{"op":9,"d":{resumable},"s":null,"t":null}}"#).into()
}

/// The `shard` of an IDENTIFY: which of how many. `None` if it is there but not sensible.
pub(crate) fn shard_of(identify: &Value) -> Option<(u64, u64)> {
    match &identify["shard"] {
        Value::Null => Some((0, 1)),
        Value::Array(pair) => match pair.as_slice() {
            [shard, of] => Some((shard.as_u64()?, of.as_u64()?)).filter(|(shard, of)| shard < of),
            _ => None,
        },
        _ => None,
    }
}

fn send(connections: &BTreeMap<u64, Connection>, number: u64, instruction: Instruction) {
    if let Some(connection) = connections.get(&number) {
        // A connection whose task has ended is about to be taken out; what it would have sent is kept in the session.
        let _ = connection.instructions.send(instruction);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::*;

    fn connected(gateway: &mut Gateway) -> (u64, UnboundedReceiver<Instruction>) {
        let (instructions, received) = unbounded_channel();
        (gateway.open(instructions, None, false), received)
    }

    fn texts(received: &mut UnboundedReceiver<Instruction>) -> Vec<String> {
        let mut found = Vec::new();
        while let Ok(instruction) = received.try_recv() {
            found.push(match instruction {
                Instruction::Send(text) => text.to_string(),
                other => format!("{other:?}"),
            });
        }
        found
    }

    #[test]
    fn a_resume_replays_what_was_missed() {
        let mut gateway = Gateway::new(10);
        let (first, mut instructions) = connected(&mut gateway);
        gateway.identify(first, "s".to_owned(), json!({}), |id| json!({"session_id": id}));
        gateway.break_with(None, &GatewayFault::Drop);
        assert_eq!(gateway.dispatch("A", "1", Some(5)), 1);
        assert_eq!(texts(&mut instructions).len(), 2);
        let (second, mut instructions) = connected(&mut gateway);
        assert_eq!(gateway.resume(second, "s", 1), Ok(()));
        let sent = texts(&mut instructions);
        assert_eq!(sent.first().map(String::as_str), Some(r#"{"t":"A","s":2,"op":0,"d":1}"#));
        assert!(sent.get(1).is_some_and(|text| text.contains("RESUMED")));
        assert_eq!(gateway.resume(second, "s", 99), Err(RefusedResume::InvalidSequence));
    }

    #[test]
    fn a_session_that_missed_too_much_is_over() {
        let mut gateway = Gateway::new(2);
        let (first, _orders) = connected(&mut gateway);
        gateway.identify(first, "s".to_owned(), json!({}), |_| json!({}));
        gateway.break_with(None, &GatewayFault::Drop);
        for _ in 0..3 {
            gateway.dispatch("A", "1", None);
        }
        let (second, _orders) = connected(&mut gateway);
        assert_eq!(gateway.resume(second, "s", 1), Err(RefusedResume::InvalidSession));
    }

    #[test]
    fn events_go_to_the_guilds_shard() {
        let mut gateway = Gateway::new(10);
        for shard in 0..2 {
            let (number, instructions) = connected(&mut gateway);
            // The channel must outlive this test's sends, not be read.
            std::mem::forget(instructions);
            gateway.identify(number, shard.to_string(), json!({"shard": [shard, 2]}), |_| json!({}));
        }
        gateway.dispatch("A", "1", Some(1 << 22));
        gateway.dispatch("A", "1", None);
        gateway.dispatch("A", "1", Some(2 << 22));
        let sequences: Vec<u64> = gateway.sessions().iter().map(|session| session.sequence).collect();
        assert_eq!(sequences, [3, 2]);
    }
}
