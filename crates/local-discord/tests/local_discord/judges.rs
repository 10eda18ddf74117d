//! The judges that the tests bring along, `tests/support/judges.rs`.

use local_discord::Payload;
use serde_json::{Value, json};

use crate::support::judges::all;

#[test]
fn the_outside_judges_bite() {
    let judged = |name: &str, method: &str, route: &str, body: &Value| {
        let judges = all();
        let judge = judges.iter().find(|judge| judge.name() == name)?;
        Some(judge.judge(&Payload { method, route, body, files: &[], interaction_type: None }))
    };
    let commands = "/applications/{application_id}/commands";
    let callback = "/interactions/{interaction_id}/{interaction_token}/callback";
    let original = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
    let command = |description: &str| {
        json!([{"name": "c", "description": description, "default_member_permissions": "32", "options": [
            {"type": 3, "name": "o", "description": "x", "choices": [{"name": "n", "value": "v"}]}]}])
    };
    let message = |title: &str| json!({"embeds": [{"title": title, "fields": [{"name": "a", "value": "b"}]}]});
    let answer = |title: &str| json!({"type": 4, "data": message(title)});
    let long = "x".repeat(257);
    for name in ["openapi", "twilight"] {
        for (method, route, good, bad) in [
            ("PUT", commands, command("x"), command(&long)),
            ("POST", callback, answer("x"), answer(&long)),
            ("PATCH", original, message("x"), message(&long)),
        ] {
            let Some(found) = judged(name, method, route, &good) else { continue };
            assert!(found.is_empty(), "{name} {route}: {found:?}");
            let found = judged(name, method, route, &bad).unwrap();
            assert!(!found.is_empty(), "{name} {route} lets a text of 257 characters pass");
        }
    }
}
