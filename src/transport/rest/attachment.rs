//! Fetching the files that people attach to commands: from Discord's own address only, bounded in size and time.

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use reqwest::{Client, redirect};
use tokio::time::timeout;
use url::Url;

use crate::admin::{Attachment, Fetch, NotFetched};

use crate::transport::rest::chain;

/// Where Discord's API is when no other base is set.
const DISCORD: &str = "https://discord.com";

/// Where Discord keeps attachments. (Discord: reference, "Image Formatting", "CDN".)
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// The folders of attachments there: those of messages, and those of commands.
const FOLDERS: [&str; 2] = ["attachments", "ephemeral-attachments"];

/// How long a file may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// Fetches attachments.
pub struct Attachments {
    client: Client,
    /// The base of another Discord than the real one: its host and port are the only ones that are asked.
    other: Option<Url>,
}

impl Attachments {
    /// For the Discord whose API is under `base`.
    pub fn new(base: &str) -> anyhow::Result<Attachments> {
        let client = Client::builder().redirect(redirect::Policy::none()).connect_timeout(PATIENCE).build()?;
        let other = if base == DISCORD { None } else { Some(Url::parse(base)?) };
        Ok(Attachments { client, other })
    }

    /// The address of an attachment, if it is one of this Discord's and of this attachment.
    fn address(&self, file: &Attachment) -> Result<Url, NotFetched> {
        let url = Url::parse(&file.url).map_err(|_| NotFetched::Foreign)?;
        let at_home = match &self.other {
            Some(base) => {
                let place = |url: &Url| {
                    (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port_or_known_default())
                };
                place(&url) == place(base)
            }
            None => {
                let host = url.host_str().unwrap_or_default();
                url.scheme() == "https" && HOSTS.contains(&host) && url.port_or_known_default() == Some(443)
            }
        };
        let steps: Vec<&str> = url.path_segments().map(Iterator::collect).unwrap_or_default();
        let own = match steps.as_slice() {
            [folder, _channel, id, _name] => FOLDERS.contains(folder) && *id == file.id.to_string(),
            _ => false,
        };
        let bare = url.username().is_empty() && url.password().is_none();
        if at_home && own && bare { Ok(url) } else { Err(NotFetched::Foreign) }
    }

    async fn content(&self, url: Url, most: u64) -> Result<Vec<u8>, NotFetched> {
        let lost = |error: reqwest::Error| NotFetched::Failed(chain(&error.without_url()));
        let mut response = self.client.get(url).send().await.map_err(lost)?;
        if !response.status().is_success() {
            return Err(NotFetched::Failed(format!("status {}", response.status())));
        }
        if response.content_length().is_some_and(|length| length > most) {
            return Err(NotFetched::TooLarge);
        }
        let mut content = Vec::new();
        while let Some(part) = response.chunk().await.map_err(lost)? {
            if content.len() as u64 + part.len() as u64 > most {
                return Err(NotFetched::TooLarge);
            }
            content.extend_from_slice(&part);
        }
        Ok(content)
    }
}

impl Fetch for Attachments {
    fn fetch<'a>(&'a self, file: &'a Attachment, most: u64) -> BoxFuture<'a, Result<Vec<u8>, NotFetched>> {
        async move {
            let url = self.address(file)?;
            if file.size > most {
                return Err(NotFetched::TooLarge);
            }
            let content = timeout(PATIENCE, self.content(url, most)).await;
            content.map_err(|_| NotFetched::Failed("timed out".to_owned()))?
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_fetched(base: &str, url: &str) -> bool {
        let file = Attachment { id: 7, name: "a.toml".to_owned(), size: 1, url: url.to_owned() };
        Attachments::new(base).expect("a client").address(&file).is_ok()
    }

    #[test]
    fn only_discords_own_addresses_are_asked() {
        for url in [
            "https://cdn.discordapp.com/ephemeral-attachments/1/7/a.toml?ex=1&is=2&hm=3",
            "https://media.discordapp.net/attachments/1/7/a.toml",
        ] {
            assert!(is_fetched(DISCORD, url), "{url}");
        }
        for url in [
            "http://cdn.discordapp.com/attachments/1/7/a.toml",
            "https://cdn.discordapp.com:8443/attachments/1/7/a.toml",
            "https://cdn.discordapp.com.evil.example/attachments/1/7/a.toml",
            "https://cdn.discordapp.com@evil.example/attachments/1/7/a.toml",
            "https://user@cdn.discordapp.com/attachments/1/7/a.toml",
            "https://evil.example/attachments/1/7/a.toml",
            "https://cdn.discordapp.com/attachments/1/8/a.toml",
            "https://cdn.discordapp.com/icons/1/7/a.toml",
            "https://cdn.discordapp.com/attachments/1/7/../../../a.toml",
            "https://127.0.0.1/attachments/1/7/a.toml",
            "file:///attachments/1/7/a.toml",
            "nonsense",
        ] {
            assert!(!is_fetched(DISCORD, url), "{url}");
        }
    }

    #[test]
    fn with_another_discord_nothing_else_is_asked() {
        let base = "http://127.0.0.1:4000";
        assert!(is_fetched(base, "http://127.0.0.1:4000/ephemeral-attachments/1/7/a.toml"));
        for url in [
            "https://cdn.discordapp.com/attachments/1/7/a.toml",
            "http://127.0.0.1:4001/attachments/1/7/a.toml",
            "https://127.0.0.1:4000/attachments/1/7/a.toml",
            "http://localhost:4000/attachments/1/7/a.toml",
        ] {
            assert!(!is_fetched(base, url), "{url}");
        }
    }
}
