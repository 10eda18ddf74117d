#![allow(clippy::unwrap_used, clippy::panic)]

use current::tungstenite::Message as Newest;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::*;
use crate::tungstenite::protocol::frame::coding::CloseCode;

async fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

#[tokio::test]
async fn messages_go_both_ways_and_a_farewell_has_its_reason() {
    let (listener, port) = listener().await;
    let server = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let mut socket = current::accept_async(socket).await.unwrap();
        // Text and bytes come back; the answer to a ping is the library's, sent while the next message is waited for.
        for _ in 0..2 {
            let message = socket.next().await.unwrap().unwrap();
            socket.send(message).await.unwrap();
        }
        socket.send(Newest::Ping("?".into())).await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), Newest::Pong("?".into()));
        socket.send(Newest::Text("goes on".into())).await.unwrap();
        let Newest::Close(Some(frame)) = socket.next().await.unwrap().unwrap() else { panic!("no farewell") };
        // The farewell is repeated while the next message is waited for, of which there is none.
        assert!(socket.next().await.is_none());
        (u16::from(frame.code), frame.reason.to_string())
    });
    let address = format!("ws://127.0.0.1:{port}/?v=10");
    let (mut socket, _) = connect_async_with_config(address, None, false).await.unwrap();
    for message in [Message::Text("é".repeat(3000)), Message::Binary(vec![0; 70_000])] {
        socket.send(message.clone()).await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), message);
    }
    assert_eq!(socket.next().await.unwrap().unwrap(), Message::Ping(b"?".to_vec()));
    assert_eq!(socket.next().await.unwrap().unwrap(), Message::Text("goes on".to_owned()));
    let farewell = CloseFrame { code: CloseCode::from(4000), reason: "begun anew".into() };
    socket.close(Some(farewell.clone())).await.unwrap();
    assert_eq!(server.await.unwrap(), (4000, "begun anew".to_owned()));
    // The other side repeats it.
    assert_eq!(socket.next().await.unwrap().unwrap(), Message::Close(Some(farewell)));
}

#[tokio::test]
async fn a_message_larger_than_the_limit_is_refused() {
    let (listener, port) = listener().await;
    let server = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let mut socket = current::accept_async(socket).await.unwrap();
        socket.send(Newest::Text("x".repeat(2000).into())).await.unwrap();
        socket
    });
    let config = WebSocketConfig { max_message_size: Some(1000), ..WebSocketConfig::default() };
    let address = format!("ws://localhost:{port}");
    let (mut socket, _) = connect_async_with_config(address, Some(config), true).await.unwrap();
    let refused = socket.next().await.unwrap();
    assert!(matches!(refused, Err(Error::Capacity(_))), "{refused:?}");
    drop(server.await.unwrap());
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (listener, port) = listener().await;
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let server = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        TlsAcceptor::from(Arc::new(config)).accept(socket).await
    });
    let refused = connect_async_with_config(format!("wss://localhost:{port}"), None, false).await;
    let Err(Error::Io(refused)) = refused else { panic!("{refused:?}") };
    assert!(refused.to_string().contains("UnknownIssuer"), "{refused}");
    assert!(server.await.unwrap().is_err());
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    let refused = connect_async_with_config("https://localhost/", None, false).await;
    assert!(matches!(refused, Err(Error::Url(_))), "{refused:?}");
}
