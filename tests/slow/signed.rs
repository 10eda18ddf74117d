//! Discord's half of the HTTP endpoint: interactions signed and posted, and what is answered handed to the local Discord, which
//! then takes what follows and keeps what people are told.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer, SigningKey};
use local_discord::{LocalDiscord, Outcome, Person};
use serde_json::{Value, json};

use crate::support::bot::DEADLINE;

/// The person who may moderate.
pub const MODERATOR: u64 = 1_234_567_890_123_456_789;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The public key, as the settings want it.
pub fn public_key() -> String {
    hex(key().verifying_key().as_bytes())
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The moderator, who reads English.
pub fn mona(discord: &LocalDiscord) -> Person {
    discord.person("Mona").with_id(MODERATOR).locale("en-GB").permissions(8)
}

/// Sends a signed interaction, by a clock that is so many seconds before ours; the response, if the program lives to give one.
pub async fn post(address: SocketAddr, interaction: &Value, ahead: i64) -> Option<Value> {
    let body = interaction.to_string();
    let time = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let time = time.checked_add_signed(ahead).expect("after 1970").to_string();
    let signature = hex(&key().sign(format!("{time}{body}").as_bytes()).to_bytes());
    let request = reqwest::Client::new()
        .post(format!("http://{address}/interactions"))
        .timeout(DEADLINE)
        .header("X-Signature-Ed25519", signature)
        .header("X-Signature-Timestamp", time)
        .body(body);
    request.send().await.ok()?.json().await.ok()
}

/// Hands a response to the local Discord as what it is: the answer to an interaction.
async fn hand_over(discord: &LocalDiscord, interaction: &Value, response: &Value) {
    let text = |name: &str| interaction[name].as_str().expect("it has one").to_owned();
    let url = format!("{}/api/v10/interactions/{}/{}/callback", discord.url(), text("id"), text("token"));
    let taken = reqwest::Client::new().post(url).json(response).send().await.expect("the local Discord lives");
    assert!(taken.status().is_success(), "{response} is refused: {:?}", taken.text().await);
}

/// Runs a command as Discord does where an endpoint is set, by a clock that is so many seconds before ours; `None` if the
/// program did not live to answer.
pub async fn run(discord: &LocalDiscord, address: SocketAddr, interaction: &Value, ahead: i64) -> Option<Outcome> {
    let pending = discord.send_interaction(interaction.clone());
    let response = post(address, interaction, ahead).await?;
    hand_over(discord, interaction, &response).await;
    Some(pending.outcome().await)
}

/// A moderator's press of a button, by a clock that is so many seconds before ours. The message with the button is made up: for
/// the local Discord it is a command that is answered later, so that it takes and keeps what the moderator is told. `None` if
/// the program did not live to take it.
pub async fn press(discord: &LocalDiscord, address: SocketAddr, custom_id: &str, ahead: i64) -> Option<Outcome> {
    let command = mona(discord).command("rcp-admin etat").json().expect("the command is there");
    let pending = discord.send_interaction(command.clone());
    hand_over(discord, &command, &json!({ "type": 5, "data": { "flags": 64 } })).await;
    let mut pressed = command;
    pressed["type"] = json!(3);
    pressed["data"] = json!({ "custom_id": custom_id, "component_type": 2 });
    pressed["message"] = json!({
        "id": "5", "channel_id": pressed["channel_id"], "type": 0, "content": "", "flags": 64,
        "author": { "id": "6", "username": "bot", "discriminator": "0", "avatar": null, "bot": true },
        "timestamp": "2026-11-27T00:00:00Z", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "components": [], "pinned": false,
    });
    let response = post(address, &pressed, ahead).await?;
    assert_eq!(response["type"], 6, "{response}");
    Some(pending.outcome().await)
}

/// A moderator's press of a button over the gateway: the message with the button is a command's answer, which what the moderator
/// is told takes the place of. `None` if the program did not live to take it.
pub async fn press_on_gateway(discord: &LocalDiscord, custom_id: &str) -> Option<Outcome> {
    let person = mona(discord);
    let asked = person.run("rcp-admin etat", &[]).await.ok()?;
    let message = asked.settled().await.ok()?;
    let mut pressed = person.command("rcp-admin etat").json().expect("the command is there");
    pressed["type"] = json!(3);
    pressed["data"] = json!({ "custom_id": custom_id, "component_type": 2 });
    pressed["message"] = message.json;
    let outcome = discord.send_interaction(pressed).outcome().await;
    outcome.is_answered().then_some(outcome)
}

/// The title and the text of what a person is told in the end, without the marks that keep it from being markup.
pub async fn told(outcome: &Outcome) -> (String, String) {
    let settled = tokio::time::timeout(DEADLINE, outcome.settled()).await.expect("an answer follows");
    let message = settled.expect("an answer follows");
    let text = |field: &str| {
        message.embeds().first().and_then(|embed| embed[field].as_str()).unwrap_or_default().replace('\\', "")
    };
    (text("title"), text("description"))
}

/// How long something that must come about is waited for between two looks.
pub const LOOK: Duration = Duration::from_millis(10);
