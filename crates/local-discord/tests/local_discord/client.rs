//! Clients that do what a test says and nothing else.

use std::io::Read;

use futures::{SinkExt, StreamExt};
use local_discord::{LocalDiscord, Options, Pending};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;

pub(crate) type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// A gateway client that does what a test says and nothing else.
pub(crate) struct Gateway {
    pub(crate) socket: Socket,
    inflate: Option<flate2::Decompress>,
}

impl Gateway {
    pub(crate) async fn open(url: &str, query: &str) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(format!("{url}/?{query}")).await.unwrap();
        let inflate = query.contains("zlib-stream").then(|| flate2::Decompress::new(true));
        Self { socket, inflate }
    }

    /// A client that has read HELLO.
    pub(crate) async fn greeted(discord: &LocalDiscord, query: &str) -> Self {
        let mut client = Self::open(&discord.gateway_url(), &format!("v=10&encoding=json{query}")).await;
        assert_eq!(client.read().await["op"], 10);
        client
    }

    /// A client that has read READY.
    pub(crate) async fn identified(discord: &LocalDiscord, query: &str) -> Self {
        let mut client = Self::greeted(discord, query).await;
        client.send(identify(discord, json!({}))).await;
        assert_eq!(client.read().await["t"], "READY");
        client
    }

    pub(crate) async fn send(&mut self, payload: Value) {
        self.send_text(&payload.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.socket.send(Frame::text(text)).await.unwrap();
    }

    pub(crate) async fn read(&mut self) -> Value {
        match self.frame().await {
            Frame::Text(text) => serde_json::from_str(&text).unwrap(),
            Frame::Binary(bytes) => {
                let mut text = Vec::with_capacity(1 << 16);
                match &mut self.inflate {
                    Some(inflate) => {
                        assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]));
                        inflate.decompress_vec(&bytes, &mut text, flate2::FlushDecompress::Sync).unwrap();
                    }
                    None => {
                        flate2::read::ZlibDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap();
                    }
                }
                serde_json::from_slice(&text).unwrap()
            }
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn frame(&mut self) -> Frame {
        self.socket.next().await.unwrap().unwrap()
    }

    /// The code of the close frame that comes, after whatever else comes before it.
    pub(crate) async fn close_code(mut self) -> u16 {
        loop {
            if let Frame::Close(frame) = self.frame().await {
                return frame.unwrap().code.into();
            }
        }
    }
}

pub(crate) fn identify(discord: &LocalDiscord, more: Value) -> Value {
    let mut data =
        json!({"token": discord.token(), "intents": 0, "properties": {"os": "", "browser": "", "device": ""}});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"op": 2, "d": data})
}

/// A REST client with the bot's token.
pub(crate) struct Api {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) token: String,
}

impl Api {
    pub(crate) fn new(discord: &LocalDiscord) -> Self {
        let token = format!("Bot {}", discord.token());
        Self { http: reqwest::Client::new(), base: format!("{}/api/v10", discord.url()), token }
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request =
            self.http.request(method, format!("{}{path}", self.base)).header("Authorization", &self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.send("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("POST", path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("PUT", path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("PATCH", path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> (u16, Value) {
        self.send("DELETE", path, None).await
    }

    /// Registers one command without options, globally, and returns the path of its scope.
    pub(crate) async fn register(&self, discord: &LocalDiscord) -> String {
        let path = format!("/applications/{}/commands", discord.application_id());
        let answer = self.put(&path, json!([{"name": "c", "description": "x"}])).await;
        assert_eq!(answer.0, 200, "{}", answer.1);
        path
    }
}

/// A server with one command, a client, and an interaction that waits for its callback.
pub(crate) async fn waiting() -> (LocalDiscord, Api, Pending, String, String) {
    let discord = LocalDiscord::start(Options::default()).await.unwrap();
    let api = Api::new(&discord);
    api.register(&discord).await;
    let draft = discord.person("Amina").command("c");
    let interaction = draft.json().unwrap();
    let token = interaction["token"].as_str().unwrap().to_owned();
    let pending = discord.send_interaction(interaction);
    let callback = format!("/interactions/{}/{token}/callback", pending.interaction_id);
    let webhook = format!("/webhooks/{}/{token}", discord.application_id());
    (discord, api, pending, callback, webhook)
}

/// A multipart body and its content type.
pub(crate) fn multipart(payload: &Value, files: &[(&str, &str, &str)]) -> (String, String) {
    let mut body = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n{payload}\r\n"
    );
    for (index, (name, kind, content)) in files.iter().enumerate() {
        body += &format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"files[{index}]\"; filename=\"{name}\"\r\n\
             Content-Type: {kind}\r\n\r\n{content}\r\n"
        );
    }
    ("multipart/form-data; boundary=xyz".to_owned(), body + "--xyz--\r\n")
}
