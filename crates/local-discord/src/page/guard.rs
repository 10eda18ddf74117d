//! Who may ask: nobody from another site, and only holders of the key see the page.
//!
//! Any page in a person's browser can send requests to the loopback. So every request is checked for where it comes
//! from, by the headers that a browser sets and a page cannot forge, and `Host` must be the loopback, so that a name
//! that someone points at 127.0.0.1 does not help either. The page itself opens with a random key in its address, which
//! its first answer turns into a cookie that the browser sends from this site only.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::page::site::Page;
use crate::secret::same;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// What the page may load: itself, and nothing from elsewhere.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// Turns away what comes from another site: for everything that the server answers.
pub(crate) async fn same_site(request: Request, next: Next) -> Response {
    match refusal(request.method(), request.uri().path(), request.headers()) {
        Some(reason) => (StatusCode::FORBIDDEN, reason).into_response(),
        None => next.run(request).await,
    }
}

/// Whether a browser reaches this machine, and no other, under this name, whatever the port.
fn is_loopback(authority: &str) -> bool {
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .filter_map(|name| authority.strip_prefix(name))
        .any(|rest| rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok()))
}

fn refusal(method: &Method, path: &str, headers: &HeaderMap) -> Option<&'static str> {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let Some(host) = text(header::HOST).filter(|host| is_loopback(host)) else {
        return Some("This server answers on the loopback only: open it as localhost or 127.0.0.1.");
    };
    // A port that is forwarded to this one has a number of its own, or a whole name, which the forwarder tells. Another
    // site's page cannot set that header.
    let forwarded = text(FORWARDED_HOST);
    let own = |origin: &str| {
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        authority.is_some_and(|authority| authority == host || Some(authority) == forwarded)
    };
    if text(header::ORIGIN).is_some_and(|origin| !own(origin)) {
        return Some("This server answers no other site.");
    }
    // The page may be opened from anywhere: by a link with the key, or typed into the address bar.
    let opens = method == Method::GET && path == "/_page/" && text(FETCH_MODE) == Some("navigate");
    if !opens && text(FETCH_SITE).is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Some("This server answers no other site.");
    }
    None
}

/// Lets only holders of the key in, and makes every answer one that stays in its place.
pub(super) async fn key_holders(State(page): State<Arc<Page>>, request: Request, next: Next) -> Response {
    let cookie = format!("local-discord-{}", page.shared.address.port());
    let given = given_key(request.uri().query().unwrap_or_default()).is_some_and(|key| same(&key, &page.key));
    let known = request.headers().get_all(header::COOKIE).iter().any(|cookies| {
        let mut cookies = cookies.to_str().unwrap_or_default().split("; ").filter_map(|one| one.split_once('='));
        cookies.any(|(name, value)| name == cookie && same(value, &page.key))
    });
    let mut response = if known || given {
        next.run(request).await
    } else {
        let text = "Open the address that the program printed: it holds the key.";
        (StatusCode::FORBIDDEN, text).into_response()
    };
    let headers = response.headers_mut();
    if given && let Ok(value) = format!("{cookie}={}; Path=/_page/; HttpOnly; SameSite=Strict", page.key).parse() {
        headers.insert(header::SET_COOKIE, value);
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn given_key(query: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "key").map(|(_, key)| key.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        refusal(&Method::GET, path, &pairs.collect()).is_some()
    }

    #[test]
    fn only_the_loopback_is_a_host() {
        assert!(!refused("/", &[("host", "127.0.0.1:4000")]));
        // A port of another number may be forwarded to this one.
        for host in ["localhost:4000", "localhost:9999", "127.0.0.1", "[::1]:4001"] {
            assert!(!refused("/", &[("host", host)]), "{host}");
        }
        for host in ["evil.example:4000", "127.0.0.1.evil.example:4000", "localhost.evil.example", "localhost:x", ""] {
            assert!(refused("/", &[("host", host)]), "{host}");
        }
        assert!(refused("/", &[]));
    }

    #[test]
    fn other_sites_are_turned_away() {
        let host = ("host", "127.0.0.1:4000");
        for origin in ["https://evil.example", "null", "http://127.0.0.1:4001", "http://localhost:4000"] {
            assert!(refused("/", &[host, ("origin", origin)]), "{origin}");
        }
        assert!(!refused("/", &[host, ("origin", "http://127.0.0.1:4000")]));
        let forwarded = ("x-forwarded-host", "name-4000.forwarded.example");
        assert!(!refused("/", &[host, forwarded, ("origin", "https://name-4000.forwarded.example")]));
        assert!(refused("/", &[host, forwarded, ("origin", "https://evil.example")]));
        for site in ["cross-site", "same-site"] {
            assert!(refused("/_page/api/place", &[host, ("sec-fetch-site", site)]), "{site}");
            assert!(refused("/_page/", &[host, ("sec-fetch-site", site)]), "{site}");
            assert!(!refused("/_page/", &[host, ("sec-fetch-site", site), ("sec-fetch-mode", "navigate")]), "{site}");
        }
        assert!(!refused("/_page/api/place", &[host, ("sec-fetch-site", "same-origin")]));
    }
}
