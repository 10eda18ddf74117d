//! A real bot at a gateway that breaks.

use std::sync::atomic::Ordering;
use std::time::Duration;

use local_discord::{GatewayCounts, GatewayFault, LocalDiscord, Options, Response};
use serenity::all::{ClientBuilder, GatewayIntents, HttpBuilder};

use crate::bot::Stage;
use crate::client::Gateway;

/// Breaks the gateway, waits until the bot is back, and lets it answer.
async fn survives(stage: &Stage, fault: GatewayFault, resumes: bool) {
    let before = stage.discord.gateway_counts();
    stage.discord.break_gateway(&fault);
    let back = |counts: &GatewayCounts| {
        if resumes { counts.resumes > before.resumes } else { counts.identifies > before.identifies }
    };
    stage.discord.wait_for_gateway(back).await.unwrap();
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    assert_eq!(outcome.response, Response::Message, "{fault:?}");
}

#[tokio::test]
async fn a_lost_connection_is_resumed() {
    let stage = Stage::default().await;
    for fault in [
        GatewayFault::Drop,
        GatewayFault::Close(4000),
        GatewayFault::Reconnect,
        GatewayFault::InvalidSession(true),
        GatewayFault::DropAndReplay(0),
    ] {
        survives(&stage, fault, true).await;
    }
    assert_eq!(stage.discord.gateway_counts().identifies, 1);
    assert_eq!(stage.discord.sessions()[0].resumes, 5);
}

#[tokio::test]
async fn a_lost_session_is_begun_anew() {
    // Serenity waits five seconds before each new IDENTIFY, so that the ways of losing a session are shown side by side.
    let lose = async |fault: GatewayFault| {
        let stage = Stage::default().await;
        survives(&stage, fault, false).await;
        let sessions = stage.discord.sessions();
        assert_eq!(sessions.iter().filter(|session| !session.ended).count(), 1);
        stage.discord.gateway_counts().refused_resumes
    };
    let (invalid, sequence, timeout) = tokio::join!(
        lose(GatewayFault::InvalidSession(false)),
        lose(GatewayFault::Close(4007)),
        lose(GatewayFault::Close(4009)),
    );
    assert_eq!((invalid, sequence, timeout), (0, 1, 0), "after 4007 serenity tries to resume");
}

#[tokio::test]
async fn a_connection_without_heartbeat_acknowledgements_is_left() {
    let stage = Stage::new(Options { heartbeat_interval: Duration::from_millis(200), ..Options::default() }).await;
    stage.discord.wait_for_gateway(|counts| counts.heartbeats > 1).await.unwrap();
    stage.discord.withhold_heartbeat_acks(true);
    stage.discord.wait_for_gateway(|counts| counts.withheld_acks > 0).await.unwrap();
    stage.discord.wait_for_gateway(|counts| counts.connections > 1).await.unwrap();
    stage.discord.withhold_heartbeat_acks(false);
    stage.discord.wait_for_gateway(|counts| counts.identifies > 1).await.unwrap();
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    assert_eq!(outcome.response, Response::Message);
}

#[tokio::test]
async fn an_interaction_sent_while_the_connection_is_lost_is_replayed() {
    let stage = Stage::default().await;
    stage.discord.break_gateway(&GatewayFault::DropAtNextEvent);
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    assert_eq!(outcome.response, Response::Message);
    assert_eq!(stage.discord.gateway_counts().resumes, 1);
    assert_eq!(stage.seen.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn an_interaction_replayed_is_seen_twice_and_answered_once() {
    let stage = Stage::default().await;
    let outcome = stage.discord.person("Amina").run("demo echo", &[("texte", "x")]).await.unwrap();
    stage.discord.break_gateway(&GatewayFault::DropAndReplay(1));
    let callbacks = outcome.wait_for_callbacks(2).await.unwrap();
    // This simple bot does not notice; a better one sends nothing the second time.
    assert_eq!(callbacks.iter().map(|one| one.status).collect::<Vec<_>>(), [204, 400]);
    assert_eq!(stage.seen.load(Ordering::Relaxed), 2);
    let again = stage.discord.send_interaction(outcome.interaction());
    assert_eq!(again.interaction_id, outcome.interaction_id);
    assert_eq!(outcome.wait_for_callbacks(3).await.unwrap()[2].status, 400);
}

#[tokio::test]
async fn a_wrong_token_ends_serenity() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let http = HttpBuilder::new("wrong").proxy(discord.url()).ratelimiter_disabled(true).build();
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::empty()).await.unwrap();
    assert!(client.start().await.is_err());
    discord.stop().await;
}

#[tokio::test]
async fn a_stopped_server_lets_go_of_its_port() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let url = discord.url();
    let _client = Gateway::identified(&discord, "").await;
    discord.stop().await;
    assert!(reqwest::get(url).await.unwrap_err().is_connect());
}
