//! The gateway, by hand: opcodes, close codes, sessions, compression, shards.

use std::io::Read;

use futures::StreamExt;
use local_discord::{GatewayFault, LocalDiscord, Options, TransportCompression};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::client::{Api, Gateway, identify};

#[tokio::test]
async fn close_codes_name_what_a_client_did_wrong() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let token = discord.token();
    let resume = |session: &str, seq: u64| json!({"op": 6, "d": {"token": token, "session_id": session, "seq": seq}});
    for (payload, code) in [
        ("{".to_owned(), 4002),
        ("{}".to_owned(), 4002),
        (json!({"op": 1, "d": "x".repeat(5_000)}).to_string(), 4002),
        (json!({"op": 99}).to_string(), 4001),
        (json!({"op": 3, "d": {}}).to_string(), 4003),
        (identify(&discord, json!({"token": "wrong"})).to_string(), 4004),
        (json!({"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 1}}).to_string(), 4004),
        (identify(&discord, json!({"shard": [1, 1]})).to_string(), 4010),
        (identify(&discord, json!({"intents": 1_u64 << 40})).to_string(), 4013),
        (identify(&discord, json!({"intents": 1 << 15})).to_string(), 4014),
    ] {
        let mut client = Gateway::greeted(&discord, "").await;
        client.send_text(&payload).await;
        assert_eq!(client.close_code().await, code, "{payload}");
    }
    assert_eq!(Gateway::open(&discord.gateway_url(), "v=9").await.close_code().await, 4012);

    let mut twice = Gateway::identified(&discord, "").await;
    twice.send(identify(&discord, json!({}))).await;
    assert_eq!(twice.close_code().await, 4005);

    let mut ahead = Gateway::greeted(&discord, "").await;
    let session = discord.sessions().last().unwrap().id.clone();
    ahead.send(resume(&session, 99)).await;
    assert_eq!(ahead.close_code().await, 4007);

    let mut unknown = Gateway::greeted(&discord, "").await;
    unknown.send(resume("unknown", 0)).await;
    assert_eq!(unknown.read().await, json!({"op": 9, "d": false, "s": null, "t": null}));
    unknown.send(identify(&discord, json!({}))).await;
    assert_eq!(unknown.read().await["t"], "READY");

    let mut chatty = Gateway::identified(&discord, "").await;
    for _ in 0..121 {
        chatty.send(json!({"op": 1, "d": null})).await;
    }
    assert_eq!(chatty.close_code().await, 4008);
}

#[tokio::test]
async fn a_session_is_resumed_by_hand() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let mut first = Gateway::greeted(&discord, "").await;
    first.send(identify(&discord, json!({}))).await;
    let ready = first.read().await;
    assert_eq!((&ready["s"], &ready["d"]["v"]), (&json!(1), &json!(10)));
    discord.dispatch("TEST", &json!(1), None);
    assert_eq!(first.read().await, json!({"op": 0, "t": "TEST", "s": 2, "d": 1}));
    discord.break_gateway(&GatewayFault::Drop);
    discord.dispatch("TEST", &json!(2), None);
    discord.dispatch("TEST", &json!(3), None);
    assert!(first.socket.next().await.unwrap().is_err());

    let url = ready["d"]["resume_gateway_url"].as_str().unwrap();
    let mut second = Gateway::open(url, "v=10").await;
    assert_eq!(second.read().await["op"], 10);
    let data = json!({"token": discord.token(), "session_id": ready["d"]["session_id"], "seq": 2});
    second.send(json!({"op": 6, "d": data})).await;
    let replayed = [second.read().await, second.read().await, second.read().await];
    assert_eq!(replayed.each_ref().map(|event| event["s"].as_u64()), [Some(3), Some(4), Some(5)]);
    assert_eq!(replayed[2]["t"], "RESUMED");
    assert_eq!(discord.gateway_counts().by_resume_url, 1);

    second.socket.close(None).await.unwrap();
    discord.wait_for_gateway(|counts| counts.client_closes == 1).await.unwrap();
}

#[tokio::test]
async fn a_client_that_says_goodbye_ends_its_session() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let mut client = Gateway::identified(&discord, "").await;
    let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
    client.socket.close(Some(frame)).await.unwrap();
    while client.socket.next().await.is_some() {}
    discord.wait_for_gateway(|counts| counts.client_closes == 1).await.unwrap();
    let mut changes = discord.changes();
    while !discord.sessions()[0].ended {
        changes.changed().await.unwrap();
    }
    assert_eq!(discord.dispatch("TEST", &json!(1), None), 0);
}

#[tokio::test]
async fn payloads_are_compressed_as_asked() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let long = json!("x".repeat(5_000));

    let mut stream = Gateway::identified(&discord, "&compress=zlib-stream").await;
    assert_eq!(discord.connections()[0].compression, Some(TransportCompression::Zlib));
    for data in [json!(1), long.clone(), json!(2)] {
        discord.dispatch("TEST", &data, None);
        assert_eq!(stream.read().await["d"], data);
    }
    drop(stream);

    let mut payloads = Gateway::greeted(&discord, "").await;
    payloads.send(identify(&discord, json!({"compress": true}))).await;
    payloads.read().await;
    discord.dispatch("TEST", &long, None);
    let Frame::Binary(bytes) = payloads.frame().await else { panic!("a large payload is compressed") };
    let mut text = String::new();
    flate2::read::ZlibDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["d"], long);
}

#[tokio::test]
async fn shards_serve_their_guilds() {
    let discord = LocalDiscord::start(Options { shards: 2, ..Options::default() }).await.unwrap();
    let mut shards = Vec::new();
    for shard in 0..2 {
        let mut client = Gateway::greeted(&discord, "").await;
        client.send(identify(&discord, json!({"shard": [shard, 2]}))).await;
        assert_eq!(client.read().await["d"]["shard"], json!([shard, 2]));
        shards.push(client);
    }
    assert_eq!(Api::new(&discord).get("/gateway/bot").await.1["shards"], 2);
    discord.dispatch("TEST", &json!("guild"), Some(1 << 22));
    discord.dispatch("TEST", &json!("direct"), None);
    assert_eq!(shards[1].read().await["d"], "guild");
    assert_eq!(shards[0].read().await["d"], "direct");
    discord.break_shard(1, &GatewayFault::RequestHeartbeat);
    assert_eq!(shards[1].read().await["op"], 1);
    shards[1].send(json!({"op": 1, "d": 2})).await;
    assert_eq!(shards[1].read().await["op"], 11);
    discord.break_shard(1, &GatewayFault::Close(4000));
    assert_eq!(shards.remove(1).close_code().await, 4000);
    assert!(discord.sessions()[0].connected);
}
