//! What goes wrong when a test asks for it.

use std::time::{Duration, Instant};

use futures::StreamExt;
use local_discord::{Complaint, ConnectionFault, Fault, LocalDiscord, Options, RestFault};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::client::{Api, Gateway, identify, waiting};

#[tokio::test]
async fn rest_faults_strike_as_told() {
    let (discord, api, pending, callback, _) = waiting().await;
    let hello = json!({"type": 4, "data": {"content": "hello"}});
    let on_callback = |kind: RestFault| Fault::new(kind).on("POST", "/interactions/*/*/callback");
    discord.fail(on_callback(RestFault::Status(502)));
    assert_eq!(api.post(&callback, hello.clone()).await.0, 502);

    discord.fail(on_callback(RestFault::RateLimited { retry_after: Duration::from_millis(1_500), global: false }));
    let url = format!("{}{callback}", api.base);
    let limited = api.http.post(&url).json(&hello).send().await.unwrap();
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["retry-after"], "2");
    assert_eq!(limited.headers()["x-ratelimit-remaining"], "0");
    let body: Value = limited.json().await.unwrap();
    assert_eq!(body, json!({"message": "You are being rate limited.", "retry_after": 1.5, "global": false}));

    discord.fail(on_callback(RestFault::Drop));
    assert!(api.http.post(&url).json(&hello).send().await.is_err());
    assert!(discord.callbacks(pending.interaction_id).is_empty(), "none of these reached the interaction");

    discord.fail(on_callback(RestFault::DropAfter));
    assert!(api.http.post(&url).json(&hello).send().await.is_err());
    assert_eq!(pending.outcome().await.message().unwrap().content(), "hello");
    assert_eq!(api.post(&callback, hello).await.1["code"], 40060);

    discord.fail(Fault::new(RestFault::Delay(Duration::from_millis(1))).times(2));
    assert_eq!(api.get("/gateway").await.0, 200);
    discord.clear_faults();
    discord.fail(Fault::new(RestFault::Stall));
    let (counted, answered) = (discord.received(), discord.requests().len());
    let stalled = tokio::spawn(async move { api.http.get(format!("{}/gateway", api.base)).send().await.is_err() });
    let came = async {
        while discord.received() == counted {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), came).await.expect("what is never answered is counted");
    assert_eq!((discord.received(), discord.requests().len()), (counted + 1, answered));
    discord.stop().await;
    assert!(stalled.await.unwrap());
}

#[tokio::test]
async fn one_callback_in_three_is_carried_out_and_never_answered() {
    let (discord, api, pending, callback, webhook) = waiting().await;
    let get = || api.get("/gateway");
    discord.fail(Fault::new(RestFault::Status(500)).on("GET", "/gateway").times(usize::MAX).every(3));
    assert_eq!([get().await.0, get().await.0, get().await.0, get().await.0], [200, 200, 500, 200]);
    discord.clear_faults();

    discord.fail(Fault::new(RestFault::StallAfter).on("POST", "/interactions/*/*/callback"));
    let url = format!("{}{callback}", api.base);
    let stalled = api.http.post(&url).json(&json!({"type": 4, "data": {"content": "hello"}})).send();
    let stalled = tokio::spawn(stalled);
    assert_eq!(pending.outcome().await.message().unwrap().content(), "hello", "it was carried out");
    assert!(!stalled.is_finished());

    let before = Instant::now();
    let delay = Duration::from_millis(30);
    discord.fail(Fault::new(RestFault::DelayAfter(delay)));
    assert_eq!(api.get(&format!("{webhook}/messages/@original")).await.1["content"], "hello");
    assert!(before.elapsed() >= delay);
    discord.stop().await;
    assert!(stalled.await.unwrap().is_err());
}

#[tokio::test]
async fn an_accepted_callback_may_have_no_original_and_a_registration_may_be_refused_by_field() {
    let (discord, api, _pending, callback, webhook) = waiting().await;
    assert_eq!(api.post(&callback, json!({"type": 5})).await.0, 204);
    let unknown = RestFault::error(404, 10008, "Unknown Message");
    discord.fail(Fault::new(unknown).on("PATCH", "/webhooks/*/*/messages/@original").times(2));
    let answer = (404, json!({"message": "Unknown Message", "code": 10008}));
    for path in ["@original", "%40original"] {
        assert_eq!(api.patch(&format!("{webhook}/messages/{path}"), json!({"content": "late"})).await, answer);
    }

    let complaint = Complaint::new(["0", "name"], "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    discord.fail(Fault::new(RestFault::invalid_form(&[complaint])).on("PUT", "/applications/*/commands"));
    let path = format!("/applications/{}/commands", discord.application_id());
    let (status, answer) = api.put(&path, json!([{"name": "d", "description": "x"}])).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
    assert_eq!(answer["errors"]["0"]["name"]["_errors"][0]["code"], "APPLICATION_COMMAND_INVALID_NAME");
    assert_eq!(discord.commands(None)[0]["name"], "c", "nothing was registered");
}

#[tokio::test]
async fn an_interaction_may_lack_a_field_or_have_it_in_another_form() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    Api::new(&discord).register(&discord).await;
    let mut client = Gateway::identified(&discord, "").await;
    let asker = discord.person("Amina");
    let asker = asker.altering(|json| json["app_permissions"] = json!("18446744073709551616"));
    let asker = asker.altering(|json| {
        json["member"].as_object_mut().unwrap().remove("deaf");
    });
    let sent = asker.command("c").send().unwrap();
    let received = client.read().await;
    assert_eq!(received["d"]["id"], sent.interaction_id.to_string());
    assert_eq!(received["d"]["app_permissions"], "18446744073709551616");
    assert_eq!((&received["d"]["member"]["deaf"], &received["d"]["member"]["mute"]), (&json!(null), &json!(false)));
}

#[tokio::test]
async fn connections_fail_before_hello_and_when_ready() {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    discord.fail_connections(ConnectionFault::CloseBeforeHello(4002), 2);
    for _ in 0..2 {
        let mut client = Gateway::open(&discord.gateway_url(), "v=10").await;
        let Frame::Close(frame) = client.frame().await else { panic!("nothing comes before the close frame") };
        assert_eq!(u16::from(frame.unwrap().code), 4002);
    }
    discord.fail_connections(ConnectionFault::DropWhenReady, 2);
    let mut sequence = 0;
    for cut in 0..3 {
        let mut client = Gateway::greeted(&discord, "").await;
        match discord.sessions().first() {
            None => client.send(identify(&discord, json!({}))).await,
            Some(session) => {
                let data = json!({"token": discord.token(), "session_id": session.id, "seq": sequence});
                client.send(json!({"op": 6, "d": data})).await;
            }
        }
        let first = client.read().await;
        sequence = first["s"].as_u64().unwrap();
        if cut < 2 {
            assert!(client.socket.next().await.unwrap().is_err(), "the connection is cut");
            assert!(!discord.sessions()[0].connected);
        } else {
            assert!(discord.sessions()[0].connected);
        }
    }
    let counts = discord.gateway_counts();
    assert_eq!((counts.identifies, counts.resumes), (1, 2));

    discord.refuse_resumes(true);
    let mut client = Gateway::greeted(&discord, "").await;
    let session = discord.sessions()[0].id.clone();
    let data = json!({"token": discord.token(), "session_id": session, "seq": sequence});
    client.send(json!({"op": 6, "d": data})).await;
    assert_eq!(client.read().await, json!({"op": 9, "d": false, "s": null, "t": null}));
    assert!(discord.sessions()[0].ended);
}
