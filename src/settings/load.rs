//! Reading the settings, and whether what was set fits together.

use url::{Host, Url};

use crate::settings::layers::{Fault, Layers};
use crate::settings::{BadSettings, DISCORD, ModerationSettings, Overrides, Settings, ShardRange};

impl Settings {
    /// Reads the settings in their order of precedence: what is wrong is told at its place, in the spelling of the file
    /// or of the environment.
    pub fn load(overrides: &Overrides) -> Result<Settings, BadSettings> {
        let layers = Layers::read(overrides)?;
        let mut settings: Settings = layers.merged()?;
        settings.check().map_err(|fault| layers.problem(fault))?;
        let base = settings.discord.api_url.trim_end_matches('/').len();
        settings.discord.api_url.truncate(base);
        settings.revisions.url = settings.revisions.url.filter(|url| !url.trim().is_empty());
        Ok(settings)
    }

    /// What no type can say: whether the values fit together.
    fn check(&self) -> Result<(), Fault> {
        base(&self.discord.api_url).map_err(|message| {
            let help = "write the base of the REST API alone, like http://127.0.0.1:8080, without /api/v10";
            Fault::new("discord", "api_url", format!("{:?} {message}", self.discord.api_url), help)
        })?;
        if let Some(ShardRange { range, total }) = self.discord.shards
            && !(range[0] <= range[1] && range[1] < total)
        {
            let message = format!("the range {} to {} is not one of {total} shards", range[0], range[1]);
            let help = "shards are counted from 0, and the last one is included: { range = [0, 1], total = 4 }";
            return Err(Fault::new("discord", "shards", message, help));
        }
        for host in &self.discord.attachment_hosts {
            host_alone(host).map_err(|message| {
                let help = "write the host alone, like cdn.discordapp.com: without https://, a port or a path";
                Fault::new("discord", "attachment_hosts", format!("{host:?} {message}"), help)
            })?;
        }
        if let Some(contact) = &self.discord.contact {
            is_contact(contact).map_err(|message| {
                let help =
                    "write the address of a page or of mail: https://example.org/rcp-bot, or somebody@example.org";
                Fault::new("discord", "contact", format!("{contact:?} {message}"), help)
            })?;
        }
        self.check_numbers()?;
        let folders =
            [("catalogue", "data", self.catalogue.data.as_deref()), ("", "state", Some(self.state.0.as_path()))];
        for (table, key, folder) in folders {
            let Some(folder) = folder.map(|folder| folder.to_string_lossy()) else { continue };
            if folder.trim().is_empty() {
                let message = "an empty path names no folder: it would be the one that the program is started in";
                let help = "write the folder's path, or leave the setting out";
                return Err(Fault::new(table, key, message.to_owned(), help));
            }
            if folder.starts_with("~/") || folder == "~" || folder.starts_with('$') || folder.starts_with('%') {
                let message =
                    format!("{folder:?} would be a folder of that very name: nothing is put in for ~, $ and %");
                return Err(Fault::new(table, key, message, "write the whole path, like /var/lib/rcp-bot/data"));
            }
        }
        let ModerationSettings { guilds, roles, users, .. } = &self.moderation;
        let people = !(roles.is_empty() && users.is_empty());
        if guilds.is_empty() == people {
            let (key, message) = match people {
                true if roles.is_empty() => ("users", "people may moderate, but in no server"),
                true => ("roles", "roles moderate, but in no server"),
                false => ("guilds", "nobody may moderate in these servers"),
            };
            let help =
                "guilds and at least one of roles and users belong together: set both to have /rcp-admin, or none";
            return Err(Fault::new("moderation", key, message.to_owned(), help));
        }
        if let Some(url) = self.revisions.url.as_deref().filter(|url| !url.trim().is_empty()) {
            // The address is not shown: somebody may have put a password into it.
            revisions_url(url).map_err(|message| {
                let help = "write it like file:///var/lib/rcp-bot/revisions, s3://bucket/folder, gs://bucket/folder or \
                            az://container/folder";
                Fault::new("revisions", "url", format!("the address of the revisions {message}"), help)
            })?;
        }
        Ok(())
    }

    /// Numbers with which nothing would work.
    fn check_numbers(&self) -> Result<(), Fault> {
        let Settings { http, discord, .. } = self;
        let fault = |table, key, message: &str, help| Err(Fault::new(table, key, message.to_owned(), help));
        if http.max_age == 0 {
            let help = "write how many seconds the clocks may differ, like 300";
            return fault("http", "max_age", "with 0 seconds no signed interaction would be taken", help);
        }
        if http.connections == 0 {
            return fault(
                "http",
                "connections",
                "with 0 nobody could connect",
                "write how many clients may, like 1024",
            );
        }
        let heartbeats = discord.api_url.trim_end_matches('/') == DISCORD && discord.deaf_after <= HEARTBEAT;
        if discord.deaf_after == 0 || heartbeats {
            let message = "every shard would count as deaf, and be connected anew, between two heartbeats";
            return fault("discord", "deaf_after", message, "write more than 42 seconds, like 52");
        }
        Ok(())
    }
}

/// How often Discord wants a heartbeat, in seconds. (Discord says it in each Hello; it has been 41.25 for years.)
const HEARTBEAT: u64 = 42;

/// What is wrong with a base address.
fn base(url: &str) -> Result<(), &'static str> {
    let parsed = Url::parse(url).map_err(|_| "is not an address")?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err("is not an address for http or https");
    }
    if parsed.host_str().is_none() || parsed.query().is_some() || parsed.fragment().is_some() {
        return Err("is not a base address");
    }
    let path = parsed.path().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let version = last.strip_prefix('v').is_some_and(|number| number.parse::<u8>().is_ok());
    if last == "api" || (version && path.contains("/api/")) { Err("goes on to the API itself") } else { Ok(()) }
}

/// What is wrong with the name of a host, which is compared with those of addresses.
fn host_alone(host: &str) -> Result<(), String> {
    match Host::parse(host) {
        Ok(parsed) if parsed.to_string().eq_ignore_ascii_case(host) => Ok(()),
        Ok(parsed) => Err(format!("stands in addresses as {parsed}")),
        Err(_) => Err("is not the name of a host".to_owned()),
    }
}

/// What is wrong with an address at which Discord can write to somebody; it goes into a header of every request.
fn is_contact(contact: &str) -> Result<(), &'static str> {
    let is_page = Url::parse(contact).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
    let is_mail = contact.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host_alone(host).is_ok());
    // In brackets there: one that closes would end it.
    let fits = contact.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'(' && byte != b')');
    match (is_page || is_mail, fits) {
        (true, true) => Ok(()),
        (true, false) => Err("holds what cannot stand in a header: blanks, brackets or letters beyond ASCII"),
        (false, _) => Err("is no address"),
    }
}

/// What is wrong with an address for the log of revisions.
fn revisions_url(url: &str) -> Result<(), &'static str> {
    let written = url;
    let url = Url::parse(url).map_err(|_| "is not an address")?;
    let host = url.host_str().is_some_and(|host| !host.is_empty());
    match url.scheme() {
        "file" if host => Err("names another machine"),
        // It would be read as one from the top.
        "file" if !written.get("file:".len()..).is_some_and(|path| path.starts_with('/')) => Err("is no whole path"),
        "s3" | "gs" | "az" if !host => Err("names no bucket or container"),
        "file" | "s3" | "gs" | "az" => Ok(()),
        _ => Err("is of no known kind"),
    }?;
    match url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none() {
        true => Ok(()),
        false => Err("has more than a place in it; credentials go into the environment"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_revisions_is_a_place_and_nothing_else() {
        for url in [
            "file:///a/b",
            "file:/a/b",
            "file://localhost/a/b",
            "s3://bucket",
            "s3://bucket/a/b",
            "gs://bucket/a",
            "az://container/a%20b",
        ] {
            assert_eq!(revisions_url(url), Ok(()), "{url}");
        }
        for url in [
            "",
            "a/b",
            "/a/b",
            "s3:",
            "s3:///a",
            "az://",
            "file://host/a",
            "file:a",
            "file:./a",
            "file:~/a",
            "https://bucket/a",
            "memory:///",
            "s3://key:secret@bucket/a",
            "az://container@account/a",
            "az://container/a?sig=secret",
            "gs://bucket/#a",
        ] {
            assert!(revisions_url(url).is_err(), "{url}");
        }
    }
}
