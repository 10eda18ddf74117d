//! The handle of a running server, by which a test starts it, looks at it and breaks it.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::faults::{ConnectionFault, Fault, GatewayFault};
use crate::gateway::{ConnectionInfo, GUILDS, GatewayCounts, SessionInfo};
use crate::guilds;
use crate::interactions::CallbackRecord;
use crate::judge::Refusal;
use crate::listener;
use crate::messages::Message;
use crate::options::Options;
use crate::page::Page;
use crate::person::{Pending, Person};
use crate::secret::bot_token;
use crate::state::{RequestRecord, Shared, State, WaitError, default_channel};

/// A running server. It stops when it is dropped; [`LocalDiscord::stop`] waits until it has.
pub struct LocalDiscord {
    shared: Arc<Shared>,
    server: Option<JoinHandle<()>>,
    page: Option<Arc<Page>>,
}

impl fmt::Debug for LocalDiscord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalDiscord").field("address", &self.shared.address).finish_non_exhaustive()
    }
}

impl LocalDiscord {
    /// Starts a server on 127.0.0.1.
    ///
    /// # Errors
    ///
    /// If the port cannot be opened, or the system gives no random bytes.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime.
    pub async fn start(options: Options) -> std::io::Result<LocalDiscord> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let token = match &options.token {
            Some(token) => token.clone(),
            None => bot_token(options.application_id)?,
        };
        let shared = Arc::new(Shared::new(options, token, listener.local_addr()?));
        let page = match &shared.options.page {
            Some(options) => Some(Arc::new(Page::new(shared.clone(), options)?)),
            None => None,
        };
        let server = tokio::spawn(listener::serve(listener, shared.clone(), page.clone()));
        Ok(LocalDiscord { shared, server: Some(server), page })
    }

    /// What all parts of the server share.
    #[cfg(feature = "front")]
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Ends all connections and waits until they have ended.
    pub async fn stop(mut self) {
        self.shared.stop();
        if let Some(server) = self.server.take() {
            // A panic in the server's task has been reported by then; nothing is left to end.
            let _ = server.await;
        }
        let _ = self
            .shared
            .wait("end of the connections", |state| state.gateway.connections().is_empty().then_some(()))
            .await;
    }

    /// The base address, such as `http://127.0.0.1:40123`: what stands in for `https://discord.com`. The REST API is at
    /// `/api/v10` below it.
    pub fn url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The gateway's address, as GET /gateway returns it.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.shared.address)
    }

    /// The address of the page in the browser, with the key that opens it; `None` without a page.
    pub fn page_url(&self) -> Option<String> {
        self.page.as_ref().map(|page| page.url())
    }

    /// The token that the bot must present, without the prefix `Bot `.
    pub fn token(&self) -> &str {
        &self.shared.token
    }

    /// The application's id.
    pub fn application_id(&self) -> u64 {
        self.shared.options.application_id
    }

    // --- People and places -------------------------------------------------------------------------------------------

    /// A new person, who acts in the text channel of the first guild until told otherwise.
    pub fn person(&self, name: &str) -> Person {
        Person::new(self.shared.clone(), name)
    }

    /// Installs the application in a guild, of which sessions with the intent GUILDS are told; returns the id of the guild's text channel.
    pub fn add_guild(&self, guild: u64) -> u64 {
        let channel = default_channel(guild);
        let mut state = self.shared.lock();
        if !state.guilds.contains(&guild) {
            state.guilds.push(guild);
        }
        state.messages.add_channel(channel, Some(guild), 0, "general");
        let created = guilds::created(&self.shared, &state, guild).to_string();
        state.gateway.dispatch_to(GUILDS, "GUILD_CREATE", &created, Some(guild));
        channel
    }

    /// Removes the application from a guild: its commands there are gone, and requests for it answer 50001.
    pub fn remove_guild(&self, guild: u64) {
        let mut state = self.shared.lock();
        state.guilds.retain(|one| *one != guild);
        state.commands.forget(guild);
        let deleted = json!({"id": guild.to_string()}).to_string();
        state.gateway.dispatch_to(GUILDS, "GUILD_DELETE", &deleted, Some(guild));
        drop(state);
        self.shared.touch();
    }

    /// Adds a text channel to a guild. Known channels stay as they are.
    pub fn add_channel(&self, guild: u64, channel: u64, name: &str) {
        self.shared.lock().messages.add_channel(channel, Some(guild), 0, name);
    }

    /// Lets the bot read and write in a channel, or (with `false`) answers it 50001 there.
    pub fn open_channel(&self, channel: u64, open: bool) {
        if let Some(channel) = self.shared.lock().messages.channel_mut(channel) {
            channel.open_to_bot = open;
        }
    }

    /// Everything that stands or stood in a channel, oldest first: deleted and ephemeral messages too.
    pub fn messages(&self, channel: u64) -> Vec<Message> {
        self.shared.lock().messages.in_channel(channel).cloned().collect()
    }

    /// One message, deleted or not.
    pub fn message(&self, id: u64) -> Option<Message> {
        self.shared.lock().messages.get(id).cloned()
    }

    // --- Interactions ------------------------------------------------------------------------------------------------

    /// Sends an interaction exactly as given, forged or not. One with the id of an earlier interaction is sent as that
    /// interaction again, as when Discord replays it.
    pub fn send_interaction(&self, interaction: Value) -> Pending {
        Pending::send(self.shared.clone(), interaction)
    }

    /// All callbacks received for an interaction, taken and refused, in order.
    pub fn callbacks(&self, interaction_id: u64) -> Vec<CallbackRecord> {
        let state = self.shared.lock();
        state.interactions.get(interaction_id).map_or_else(Vec::new, |interaction| interaction.callbacks.clone())
    }

    /// The ids of all interactions sent, oldest first.
    pub fn interactions(&self) -> Vec<u64> {
        self.shared.lock().interactions.all().map(|interaction| interaction.id).collect()
    }

    /// The commands registered in a guild, or globally, with their localisations.
    pub fn commands(&self, guild: Option<u64>) -> Vec<Value> {
        self.shared.lock().commands.of(guild).to_vec()
    }

    // --- Observation -------------------------------------------------------------------------------------------------

    /// The REST requests answered, oldest first: those that a fault left without an answer are not among them.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.lock().requests.iter().cloned().collect()
    }

    /// How many REST requests came since the start, those included that a fault left without an answer.
    pub fn received(&self) -> u64 {
        self.shared.received()
    }

    /// The payloads that a judge refused, oldest first.
    pub fn refusals(&self) -> Vec<Refusal> {
        self.shared.lock().refusals.iter().cloned().collect()
    }

    /// Forgets the requests and refusals so far.
    pub fn clear_log(&self) {
        let mut state = self.shared.lock();
        state.requests.clear();
        state.refusals.clear();
    }

    /// What happened at the gateway so far.
    pub fn gateway_counts(&self) -> GatewayCounts {
        self.shared.lock().gateway.counts
    }

    /// The gateway's sessions, oldest first.
    pub fn sessions(&self) -> Vec<SessionInfo> {
        self.shared.lock().gateway.sessions()
    }

    /// The gateway's open connections, oldest first.
    pub fn connections(&self) -> Vec<ConnectionInfo> {
        self.shared.lock().gateway.connections()
    }

    /// Waits until a session has its READY and is connected.
    ///
    /// # Errors
    ///
    /// After [`Options::patience`].
    pub async fn wait_for_ready(&self) -> Result<(), WaitError> {
        self.shared.wait("session", |state| state.gateway.is_ready().then_some(())).await
    }

    /// Waits until the gateway's counts are as wanted, such as `|counts| counts.resumes == 1`.
    ///
    /// # Errors
    ///
    /// After [`Options::patience`].
    pub async fn wait_for_gateway(
        &self,
        mut wanted: impl FnMut(&GatewayCounts) -> bool,
    ) -> Result<GatewayCounts, WaitError> {
        let look = |state: &State| wanted(&state.gateway.counts).then_some(state.gateway.counts);
        self.shared.wait("such counts of the gateway", look).await
    }

    /// Waits for a REST request like this, past or to come.
    ///
    /// # Errors
    ///
    /// After [`Options::patience`].
    pub async fn wait_for_request(
        &self,
        mut wanted: impl FnMut(&RequestRecord) -> bool,
    ) -> Result<RequestRecord, WaitError> {
        let look = |state: &State| state.requests.iter().find(|request| wanted(request)).cloned();
        self.shared.wait("such request", look).await
    }

    /// Changes whenever anything observable does: a page can wait on it and show what is new.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.changes()
    }

    // --- What goes wrong ---------------------------------------------------------------------------------------------

    /// Puts the server's clock forward: deadlines and tokens within that time are over, and `Date` of its answers says so.
    pub fn advance(&self, by: Duration) {
        self.shared.advance(by);
    }

    /// Lets REST requests to come go wrong.
    pub fn fail(&self, fault: Fault) {
        self.shared.lock().faults.add(fault);
    }

    /// Takes back all faults that have not struck yet.
    pub fn clear_faults(&self) {
        let mut state = self.shared.lock();
        state.faults.clear();
        state.gateway.clear_faults();
    }

    /// Breaks every session's connection to the gateway in this way.
    pub fn break_gateway(&self, fault: &GatewayFault) {
        self.shared.lock().gateway.break_with(None, fault);
        self.shared.touch();
    }

    /// Breaks the connections of one shard.
    pub fn break_shard(&self, shard: u64, fault: &GatewayFault) {
        self.shared.lock().gateway.break_with(Some(shard), fault);
        self.shared.touch();
    }

    /// Lets the next `times` connections to the gateway go wrong; `usize::MAX` for all to come.
    pub fn fail_connections(&self, fault: ConnectionFault, times: usize) {
        self.shared.lock().gateway.fail_connections(fault, times);
    }

    /// Answers every RESUME with an invalid session (or again grants those that can be granted).
    pub fn refuse_resumes(&self, refuse: bool) {
        self.shared.lock().gateway.refuse_resumes = refuse;
    }

    /// Stops (or again starts) acknowledging heartbeats. Who closes a connection meanwhile waits two seconds for its end: what
    /// is silent says no goodbye either.
    pub fn withhold_heartbeat_acks(&self, withhold: bool) {
        self.shared.lock().gateway.withhold_acks = withhold;
    }

    /// Sends an event of any name to the sessions that serve this guild's shard (without a guild: shard 0).
    pub fn dispatch(&self, name: &str, data: &Value, guild: Option<u64>) -> usize {
        self.shared.lock().gateway.dispatch(name, &data.to_string(), guild)
    }
}

impl Drop for LocalDiscord {
    fn drop(&mut self) {
        self.shared.stop();
    }
}
