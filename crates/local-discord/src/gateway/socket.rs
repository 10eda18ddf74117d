//! One WebSocket connection of the gateway: opcodes, heartbeats, close codes (Discord: events/gateway,
//! topics/opcodes-and-status-codes).
//!
//! Lives here: reading what a client sends and writing what it is sent. What a session is lives in the module above.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::Instant;

use crate::faults::ConnectionFault;
use crate::gateway::compression::{self, ZlibStream, ZstdStream};
use crate::gateway::sessions::{GUILDS, Instruction, RefusedResume, TransportCompression, invalid_session, shard_of};
use crate::guilds;
use crate::snowflake;
use crate::state::Shared;

/// A payload from a client may not be larger (Discord: events/gateway, "Sending Events").
const PAYLOAD_LIMIT: usize = 4_096;
/// Events that a client may send in [`RATE_WINDOW`].
const RATE_LIMIT: usize = 120;
const RATE_WINDOW: Duration = Duration::from_secs(60);
/// Payloads below this size are not worth compressing; Discord does not document where it draws the line.
const COMPRESS_FROM: usize = 1_024;
/// How long a client has to answer a close frame before the connection ends anyway.
const CLOSE_GRACE: Duration = Duration::from_secs(2);

/// The bits that an IDENTIFY may set. Discord documents 0 to 16, 20, 21, 24 and 25 (events/gateway, "Gateway Intents"), and
/// lets others of its own pass: clients in wide use set bit 17.
const POSSIBLE_INTENTS: u64 = 0xFFFF_FFFF;
/// GUILD_MEMBERS, GUILD_PRESENCES and MESSAGE_CONTENT need Discord's leave.
const PRIVILEGED_INTENTS: u64 = 1 << 1 | 1 << 8 | 1 << 15;

/// How a client asked for its connection, in the query of the gateway's address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handshake {
    pub(crate) compression: Option<TransportCompression>,
    pub(crate) by_resume_url: bool,
    pub(crate) version_ok: bool,
}

/// A close frame from this side.
struct CloseReason {
    code: u16,
    reason: &'static str,
}

const fn close_with(code: u16, reason: &'static str) -> CloseReason {
    CloseReason { code, reason }
}

/// The compressor of a connection.
enum Stream {
    Zlib(ZlibStream),
    Zstd(ZstdStream),
}

struct Connection {
    shared: Arc<Shared>,
    socket: WebSocket,
    number: u64,
    instructions: UnboundedReceiver<Instruction>,
    stream: Option<Stream>,
    compress_payloads: bool,
    received: VecDeque<Instant>,
    last_heartbeat: Instant,
}

/// Serves a connection until one side ends it.
pub(crate) async fn serve(shared: Arc<Shared>, socket: WebSocket, handshake: Handshake) {
    let (sender, instructions) = unbounded_channel();
    let number = shared.lock().gateway.open(sender, handshake.compression, handshake.by_resume_url);
    shared.touch();
    let connection = Connection {
        stream: handshake.compression.map(|compression| match compression {
            TransportCompression::Zlib => Stream::Zlib(ZlibStream::new()),
            TransportCompression::Zstd => Stream::Zstd(ZstdStream::default()),
        }),
        compress_payloads: false,
        received: VecDeque::new(),
        last_heartbeat: Instant::now(),
        socket,
        number,
        instructions,
        shared: shared.clone(),
    };
    let ends_session = connection.run(handshake.version_ok).await;
    shared.lock().gateway.closed(number, ends_session);
    shared.touch();
}

impl Connection {
    /// Returns whether the end of the connection is the end of its session.
    async fn run(mut self, version_ok: bool) -> bool {
        let fault = self.shared.lock().gateway.fault_of(self.number);
        if let Some(ConnectionFault::CloseBeforeHello(code)) = fault {
            self.close(close_with(code, "Closed on a test's demand")).await;
            return false;
        }
        if !version_ok {
            self.close(close_with(4012, "Invalid API version")).await;
            return false;
        }
        let interval = self.shared.options.heartbeat_interval;
        let hello = json!({
            "op": 10, "s": null, "t": null,
            "d": {"heartbeat_interval": u64::try_from(interval.as_millis()).unwrap_or(u64::MAX), "_trace": ["local-discord"]},
        });
        if self.send(&hello.to_string()).await.is_err() {
            return false;
        }
        // Discord tolerates some lateness without naming how much: two beats, and time for a machine under load.
        let patience = interval * 2 + Duration::from_secs(10);
        let shared = self.shared.clone();
        let stopped = shared.stopped();
        tokio::pin!(stopped);
        loop {
            tokio::select! {
                biased;
                instruction = self.instructions.recv() => match instruction {
                    Some(Instruction::Send(text)) => {
                        if self.send(&text).await.is_err() {
                            return false;
                        }
                    }
                    Some(Instruction::Close(code, reason)) => {
                        self.close(close_with(code, reason)).await;
                        return false;
                    }
                    Some(Instruction::Drop) | None => return false,
                },
                message = self.socket.recv() => {
                    let text = match message {
                        Some(Ok(Message::Text(text))) => text.as_str().to_owned(),
                        Some(Ok(Message::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                        Some(Ok(Message::Close(frame))) => {
                            let silent = {
                                let gateway = &mut self.shared.lock().gateway;
                                gateway.counts.client_closes += 1;
                                gateway.withhold_acks
                            };
                            if silent {
                                let _ = tokio::time::timeout(CLOSE_GRACE, &mut stopped).await;
                            }
                            return frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                        }
                        Some(Err(_)) | None => return false,
                    };
                    if let Err(end) = self.handle(&text) {
                        let over = matches!(end.code, 4004 | 4007 | 4009..=4014);
                        self.close(end).await;
                        return over;
                    }
                }
                () = tokio::time::sleep_until(self.last_heartbeat + patience) => {
                    self.close(close_with(4009, "Session timed out")).await;
                    return true;
                }
                () = &mut stopped => {
                    self.close(close_with(1001, "Server stops")).await;
                    return true;
                }
            }
        }
    }

    /// Handles one payload of the client.
    fn handle(&mut self, text: &str) -> Result<(), CloseReason> {
        let now = Instant::now();
        self.received.push_back(now);
        while self.received.front().is_some_and(|oldest| now - *oldest > RATE_WINDOW) {
            self.received.pop_front();
        }
        if self.received.len() > RATE_LIMIT {
            return Err(close_with(4008, "You are being rate limited."));
        }
        const NO_PAYLOAD: CloseReason = close_with(4002, "Error while decoding payload.");
        if text.len() > PAYLOAD_LIMIT {
            return Err(NO_PAYLOAD);
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else { return Err(NO_PAYLOAD) };
        let Some(op) = payload["op"].as_u64() else { return Err(NO_PAYLOAD) };
        let data = &payload["d"];
        let identified = self.shared.lock().gateway.is_identified(self.number);
        match op {
            1 => self.heartbeat(),
            2 if identified => Err(close_with(4005, "Already authenticated.")),
            2 => self.identify(data),
            6 if identified => Err(close_with(4005, "Already authenticated.")),
            6 => self.resume(data),
            // Presence, voice state, members, soundboard: an interactions bot may send them; nothing comes of it here.
            3 | 4 | 8 | 31 if identified => Ok(()),
            3 | 4 | 8 | 31 => Err(close_with(4003, "Not authenticated.")),
            _ => Err(close_with(4001, "Unknown opcode.")),
        }
    }

    fn heartbeat(&mut self) -> Result<(), CloseReason> {
        self.last_heartbeat = Instant::now();
        let mut state = self.shared.lock();
        state.gateway.counts.heartbeats += 1;
        if state.gateway.withhold_acks {
            state.gateway.counts.withheld_acks += 1;
        } else {
            state.gateway.instruct(self.number, Instruction::Send(r#"{"op":11,"d":null,"s":null,"t":null}"#.into()));
        }
        drop(state);
        self.shared.touch();
        Ok(())
    }

    fn identify(&mut self, data: &Value) -> Result<(), CloseReason> {
        if data["token"].as_str().map(without_prefix) != Some(self.shared.token.as_str()) {
            return Err(close_with(4004, "Authentication failed."));
        }
        if !data["properties"].is_object() {
            return Err(close_with(4002, "Error while decoding payload."));
        }
        let Some(intents) = data["intents"].as_u64().filter(|intents| intents & !POSSIBLE_INTENTS == 0) else {
            return Err(close_with(4013, "Invalid intent(s)."));
        };
        if intents & PRIVILEGED_INTENTS & !self.shared.options.privileged_intents != 0 {
            return Err(close_with(4014, "Disallowed intent(s)."));
        }
        let Some((shard, of)) = shard_of(data) else { return Err(close_with(4010, "Invalid shard.")) };
        self.compress_payloads = data["compress"] == true && self.stream.is_none();
        let mut kept = data.clone();
        if let Some(fields) = kept.as_object_mut() {
            fields.remove("token");
        }
        let session = format!("{:032x}", self.shared.ids.next());
        let mut state = self.shared.lock();
        let served: Vec<u64> = state.guilds.iter().filter(|guild| (*guild >> 22) % of == shard).copied().collect();
        let guilds: Vec<Value> =
            served.iter().map(|guild| json!({"id": guild.to_string(), "unavailable": true})).collect();
        let application = self.shared.options.application_id;
        state.gateway.identify(self.number, session, kept, |session| {
            json!({
                "v": 10,
                "user": self.shared.current_user(),
                "user_settings": {},
                "session_type": "normal",
                "session_id": session,
                "resume_gateway_url": format!("ws://{}/resume", self.shared.address),
                "relationships": [],
                "private_channels": [],
                "presences": [],
                "guilds": guilds,
                "guild_join_requests": [],
                "geo_ordered_rtc_regions": [],
                "shard": [shard, of],
                "application": {"id": application.to_string(), "flags": 0},
                "_trace": ["local-discord"],
            })
        });
        if intents & GUILDS != 0 {
            for guild in served {
                let created = guilds::created(&self.shared, &state, guild).to_string();
                state.gateway.send_event(self.number, "GUILD_CREATE", &created);
            }
        }
        drop(state);
        self.shared.touch();
        Ok(())
    }

    fn resume(&mut self, data: &Value) -> Result<(), CloseReason> {
        if data["token"].as_str().map(without_prefix) != Some(self.shared.token.as_str()) {
            return Err(close_with(4004, "Authentication failed."));
        }
        let (Some(session), Some(sequence)) = (data["session_id"].as_str(), snowflake::from_json(&data["seq"])) else {
            return Err(close_with(4002, "Error while decoding payload."));
        };
        let mut state = self.shared.lock();
        let outcome = state.gateway.resume(self.number, session, sequence);
        if outcome == Err(RefusedResume::InvalidSession) {
            state.gateway.instruct(self.number, Instruction::Send(invalid_session(false)));
        }
        drop(state);
        self.shared.touch();
        match outcome {
            Err(RefusedResume::InvalidSequence) => Err(close_with(4007, "Invalid seq.")),
            _ => Ok(()),
        }
    }

    async fn send(&mut self, text: &str) -> Result<(), axum::Error> {
        let message = if let Some(stream) = &mut self.stream {
            let bytes = match stream {
                Stream::Zlib(stream) => stream.message(text),
                Stream::Zstd(stream) => Some(stream.message(text)),
            };
            bytes.map(|bytes| Message::Binary(bytes.into()))
        } else if self.compress_payloads && text.len() >= COMPRESS_FROM {
            compression::payload(text).map(|bytes| Message::Binary(bytes.into()))
        } else {
            Some(Message::Text(text.into()))
        };
        match message {
            Some(message) => self.socket.send(message).await,
            None => Err(axum::Error::new(std::io::Error::other("zlib failed"))),
        }
    }

    /// Sends a close frame and waits a little for the client's, so that the frame is read before the connection ends.
    async fn close(&mut self, end: CloseReason) {
        // From now on a session must not think that this connection serves it.
        self.shared.lock().gateway.closed(self.number, matches!(end.code, 1000 | 1001 | 4004 | 4007 | 4009..=4014));
        self.shared.touch();
        let frame = CloseFrame { code: end.code, reason: end.reason.into() };
        if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
            let drain = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            // If the client does not answer in time, the connection simply ends.
            let _ = tokio::time::timeout(CLOSE_GRACE, drain).await;
        }
    }
}

/// Discord takes the token of IDENTIFY with and without the prefix of the HTTP header.
fn without_prefix(token: &str) -> &str {
    token.strip_prefix("Bot ").unwrap_or(token)
}
