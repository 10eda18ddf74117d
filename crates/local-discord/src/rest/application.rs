//! Who the bot is and where its gateway is (Discord: resources/application, resources/user, events/gateway).
//!
//! Lives here: answers that only read the options.

use serde_json::json;

use crate::guilds::owner;
use crate::rest::call::Reply;
use crate::state::Shared;

fn gateway_url(shared: &Shared) -> String {
    format!("ws://{}", shared.address)
}

pub(super) fn gateway(shared: &Shared) -> Reply {
    Reply::json(json!({"url": gateway_url(shared)}))
}

pub(super) fn gateway_bot(shared: &Shared) -> Reply {
    let identifies = shared.lock().gateway.counts.identifies;
    Reply::json(json!({
        "url": gateway_url(shared),
        "shards": shared.options.shards,
        "session_start_limit": {
            "total": 1_000,
            "remaining": 1_000_usize.saturating_sub(identifies),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }))
}

pub(super) fn current_user(shared: &Shared) -> Reply {
    Reply::json(shared.current_user())
}

pub(super) fn application(shared: &Shared) -> Reply {
    Reply::json(json!({
        "id": shared.options.application_id.to_string(),
        "name": shared.options.name,
        "icon": null,
        "description": "",
        // No longer documented, and still sent.
        "summary": "",
        "type": null,
        "bot": shared.bot_user(),
        "bot_public": true,
        "bot_require_code_grant": false,
        "rpc_origins": [],
        "verify_key": "0".repeat(64),
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "owner": owner(),
        "approximate_guild_count": shared.lock().guilds.len(),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "integration_types_config": {"0": {}, "1": {}},
        "eligible_oauth2_scopes": [],
        "team": null,
    }))
}
