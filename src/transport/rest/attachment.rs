//! Fetching the files that people attach to commands: from Discord's own address only, bounded in size and time.

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use reqwest::{Client, redirect};
use tokio::time::timeout;
use tracing::warn;
use url::Url;

use crate::admin::{Fetch, NotFetched};
use crate::commands::Attachment;
use crate::settings::DiscordSettings;
use crate::transport::rest::client::http_client;
use crate::transport::rest::connector::chain;

/// Where Discord keeps attachments. (Discord: reference, "Image Formatting", "CDN".)
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// The folders of attachments there: those of messages, and those of commands.
const FOLDERS: [&str; 2] = ["attachments", "ephemeral-attachments"];

/// How long a file may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// Fetches attachments.
pub struct Attachments {
    client: Client,
    /// The base of another Discord than the real one.
    other: Option<Url>,
    /// The hosts of attachments, for HTTPS.
    hosts: Vec<String>,
}

impl Attachments {
    /// For the Discord that the settings name. Where that is another than the real one, only its own address and the hosts
    /// that the settings name are asked.
    pub fn new(discord: &DiscordSettings) -> anyhow::Result<Attachments> {
        let client = http_client(discord).redirect(redirect::Policy::none()).build()?;
        let (other, hosts) = match discord.is_discord() {
            true => (None, HOSTS.map(str::to_owned).to_vec()),
            false => (Some(Url::parse(&discord.api_url)?), discord.attachment_hosts.clone()),
        };
        Ok(Attachments { client, other, hosts })
    }

    /// The address of an attachment, if it is one of this Discord's and of this attachment.
    fn address(&self, file: &Attachment) -> Result<Url, NotFetched> {
        let url = Url::parse(&file.url).map_err(|_| NotFetched::Foreign)?;
        let place =
            |url: &Url| (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port_or_known_default());
        let of_other = self.other.as_ref().is_some_and(|base| place(&url) == place(base));
        let host = url.host_str().unwrap_or_default();
        let of_a_host = url.scheme() == "https"
            && url.port_or_known_default() == Some(443)
            && self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        let steps: Vec<&str> = url.path_segments().map(Iterator::collect).unwrap_or_default();
        let own = match steps.as_slice() {
            [folder, _channel, id, _name] => FOLDERS.contains(folder) && *id == file.id.to_string(),
            _ => false,
        };
        let bare = url.username().is_empty() && url.password().is_none();
        if (of_other || of_a_host) && own && bare {
            return Ok(url);
        }
        // Nobody but Discord writes these addresses; with a proxy as api_url they stand elsewhere than the API.
        warn!(
            file.host = host,
            "an attachment was not fetched: its host is not this Discord's; if it is, name it in [discord] attachment_hosts"
        );
        Err(NotFetched::Foreign)
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

    const DISCORD: &str = "https://discord.com";

    fn is_fetched_with(base: &str, hosts: &[&str], url: &str) -> bool {
        let file = Attachment { id: 7, name: "a.toml".to_owned(), size: 1, url: url.to_owned() };
        let attachment_hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let discord = DiscordSettings { api_url: base.to_owned(), attachment_hosts, ..DiscordSettings::default() };
        Attachments::new(&discord).expect("a client").address(&file).is_ok()
    }

    fn is_fetched(base: &str, url: &str) -> bool {
        is_fetched_with(base, &[], url)
    }

    #[test]
    fn f14_with_a_proxy_for_the_api_attachments_come_from_the_hosts_that_are_named() {
        let (base, cdn) = ("http://10.0.0.1:8080", "https://cdn.discordapp.com/ephemeral-attachments/1/7/a.toml?ex=1");
        assert!(!is_fetched(base, cdn), "nothing reaches another host unless it is named");
        assert!(is_fetched_with(base, &["cdn.discordapp.com"], cdn));
        assert!(!is_fetched_with(base, &["cdn.discordapp.com"], "http://cdn.discordapp.com/attachments/1/7/a.toml"));
        assert!(!is_fetched_with(base, &["cdn.discordapp.com"], "https://evil.example/attachments/1/7/a.toml"));
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
