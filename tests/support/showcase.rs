//! A small bot that says everything a page must be able to show: embeds at their limits, every component, every kind of
//! Markdown, hostile text, late and missing answers, forms, files.

use local_discord::LocalDiscord;
use serde_json::{Value, json};
use serenity::all::{
    ClientBuilder, CommandInteraction, Context, CreateAttachment, EventHandler, GatewayIntents, Http, HttpBuilder,
    Interaction, Ready,
};

/// A small picture.
const PICTURE: &[u8] = include_bytes!("../browser/picture.png");

/// Text that does something wherever it is taken for HTML, a script or an address that runs.
pub const HOSTILE: &str = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\"> \
    [press](javascript:window.hacked=1) [press](<data:text/html,<script>window.hacked=1</script>>) \
    [press](JaVaScRiPt:window.hacked=1) javascript:window.hacked=1 <javascript:window.hacked=1> \
    </div></article><svg onload=window.hacked=1> &lt;b&gt; {{7*7}} ${window.hacked=1} \u{202E}txet desrever";

/// Markdown of all kinds.
const MARKDOWN: &str = "# Heading one\n## Heading two\n### Heading three\n-# subtext\n\
    **bold** *slanted* _slanted too_ ***both*** __underlined__ ~~struck~~ ||a *secret*|| `code **as is**`\n\
    > quoted **text**\n> second line\n- item one\n  - item inside\n- item two\n1. first\n2. second\n\
    ```rust\nlet x = \"**not bold**\";\n```\n\
    [masked](https://example.org/a_(b) \"title\") <https://example.org/c> https://example.org/d_e_f. snake_case_word\n\
    <@{person}> <@&5> <#6> </demo markdown:7> <:blob:8> <t:0:D> <t:0:R> @everyone \\*escaped\\* 2 * 3 * 4 **unclosed";

struct Showcase;

#[serenity::async_trait]
impl EventHandler for Showcase {
    async fn ready(&self, context: Context, _: Ready) {
        let commands = commands();
        let registered = context.http.create_global_commands(&commands).await;
        registered.expect("the commands are registered");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => answer(&context.http, &command).await,
            Interaction::Autocomplete(command) => {
                let typed = command.data.autocomplete().map_or("", |option| option.value);
                let choice = |number: usize| {
                    let name = format!("{typed} {number}");
                    json!({"name": name, "value": format!("value-{number}"), "name_localizations": {"fr": format!("fr {name}")}})
                };
                let choices: Vec<Value> = (1..=3).map(choice).collect();
                let body = json!({"type": 8, "data": {"choices": choices}});
                reply(&context.http, command.id, &command.token, &body).await;
            }
            Interaction::Component(component) if component.data.custom_id == "silent" => {}
            Interaction::Component(component) if component.data.custom_id == "form" => {
                reply(&context.http, component.id, &component.token, &form()).await;
            }
            Interaction::Component(component) => {
                let said = format!("used {} {:?}", component.data.custom_id, component.data.kind);
                let body = json!({"type": 4, "data": {"content": said, "flags": 64}});
                reply(&context.http, component.id, &component.token, &body).await;
            }
            Interaction::Modal(modal) => {
                let said = serde_json::to_string(&modal.data.components).expect("components are JSON");
                let body = json!({"type": 4, "data": {"content": format!("`{said}`")}});
                reply(&context.http, modal.id, &modal.token, &body).await;
            }
            _ => {}
        }
    }
}

async fn reply(http: &Http, id: serenity::all::InteractionId, token: &str, body: &Value) {
    http.create_interaction_response(id, token, body, Vec::new()).await.expect("the answer is taken");
}

async fn answer(http: &Http, command: &CommandInteraction) {
    let name = command.data.options.first().map_or(command.data.name.as_str(), |option| option.name.as_str());
    let (id, token) = (command.id, command.token.as_str());
    let message = |data: Value| json!({"type": 4, "data": data});
    let body = match name {
        "silent" => return,
        "later" => {
            reply(http, id, token, &json!({"type": 5})).await;
            tokio::time::sleep(std::time::Duration::from_millis(600)).await;
            let edited = http.edit_original_interaction_response(token, &json!({"content": "done"}), Vec::new()).await;
            edited.expect("the edit is taken");
            let more = json!({"content": "and more", "flags": 64});
            http.create_followup_message(token, &more, Vec::new()).await.expect("the follow-up is taken");
            return;
        }
        "file" => {
            let embed = json!({"title": "picture", "image": {"url": "attachment://picture.png"},
                               "thumbnail": {"url": "https://example.org/far.png"}});
            let text = json!({"id": 0, "filename": "picture.png", "description": "A square, blue and white"});
            let body = message(json!({"embeds": [embed], "attachments": [text, {"id": 1, "filename": "page.html"}]}));
            let files = ["picture.png", "page.html"].map(|name| CreateAttachment::bytes(content(name), name));
            http.create_interaction_response(id, token, &body, files.into()).await.expect("the answer is taken");
            return;
        }
        "form" => form(),
        "long" => message(json!({"embeds": [long()]})),
        "fields" => message(json!({"embeds": [fields()]})),
        "rows" => message(json!({"content": "rows", "components": rows()})),
        "markdown" => {
            let text = MARKDOWN.replace("{person}", &command.user.id.to_string());
            message(json!({"content": text, "embeds": [{"title": "**T** *t*", "description": text}],
                           "allowed_mentions": {"users": [command.user.id.to_string()]}}))
        }
        "hostile" => {
            let field = json!({"name": HOSTILE.chars().take(256).collect::<String>(), "value": HOSTILE});
            let embed = json!({"title": HOSTILE.chars().take(256).collect::<String>(), "description": HOSTILE,
                               "fields": [field], "footer": {"text": HOSTILE}, "author": {"name": "</p><script>"}});
            let button =
                json!({"type": 2, "style": 2, "custom_id": "<b>", "label": "<script>window.hacked=1</script>"});
            message(json!({"content": HOSTILE, "embeds": [embed], "components": [{"type": 1, "components": [button]}]}))
        }
        "private" => message(json!({"content": "between us", "flags": 64})),
        "moderate" => message(json!({"content": "moderated"})),
        // The options as they came.
        _ => {
            let data = serde_json::to_string(&command.data).expect("data are JSON");
            message(json!({"embeds": [{"description": format!("```json\n{data}\n```")}]}))
        }
    };
    reply(http, id, token, &body).await;
}

fn content(name: &str) -> Vec<u8> {
    if name.ends_with(".png") { PICTURE.to_vec() } else { b"<script>window.hacked = 1</script>".to_vec() }
}

/// Every text of an embed as long as it may be, to 6,000 characters together.
fn long() -> Value {
    let text = |length: usize| {
        "Lorem ipsum dolor sit amet. ".chars().cycle().take(length - 1).chain(['x']).collect::<String>()
    };
    json!({"color": 0x2E8B57, "title": text(256), "url": "https://example.org/long", "description": text(4_096),
           "author": {"name": text(256)}, "footer": {"text": text(1_392)}})
}

/// 25 fields, the first with a name and a value as long as they may be; inline ones in every number.
fn fields() -> Value {
    let one = |index: usize| match index {
        0 => json!({"name": "n".repeat(256), "value": "v".repeat(1_024)}),
        7 | 10 | 12 => json!({"name": format!("field {index}"), "value": "whole line"}),
        _ => json!({"name": format!("field {index}"), "value": "inline", "inline": true}),
    };
    json!({"color": 0, "title": "fields", "fields": (0..25).map(one).collect::<Vec<_>>(), "footer": {"text": "end"}})
}

fn rows() -> Value {
    let button =
        |style: usize| json!({"type": 2, "style": style, "custom_id": format!("b{style}"), "label": "L".repeat(20)});
    let mut buttons: Vec<Value> = (1..=4).map(button).collect();
    buttons
        .push(json!({"type": 2, "style": 5, "url": "https://example.org/", "label": "link", "emoji": {"name": "📚"}}));
    let option = |number: usize| {
        let label = format!("{number} {}", "o".repeat(90));
        json!({"label": label, "value": number.to_string(), "description": "d".repeat(100), "emoji": {"name": "🌍"}})
    };
    let select = |options: std::ops::Range<usize>, most: usize| {
        json!({"type": 3, "custom_id": format!("s{most}"), "placeholder": format!("up to {most}"), "max_values": most,
               "options": options.map(option).collect::<Vec<_>>()})
    };
    let last = json!([
        {"type": 2, "style": 2, "custom_id": "off", "label": "off", "disabled": true},
        {"type": 2, "style": 4, "custom_id": "silent", "label": "silent"},
        {"type": 2, "style": 1, "custom_id": "form", "emoji": {"name": "📝"}},
    ]);
    json!([
        {"type": 1, "components": buttons},
        {"type": 1, "components": [select(0..25, 1)]},
        {"type": 1, "components": [select(0..5, 3)]},
        {"type": 1, "components": [{"type": 5, "custom_id": "people"}]},
        {"type": 1, "components": last},
    ])
}

fn form() -> Value {
    let input = |id: &str, style: u8, required: bool| {
        json!({"type": 1, "components": [{"type": 4, "custom_id": id, "label": id, "style": style, "required": required,
               "min_length": 2, "max_length": 20}]})
    };
    json!({"type": 9, "data": {"custom_id": "form", "title": "A form", "components":
           [input("short", 1, true), input("tall", 2, false)]}})
}

fn commands() -> Value {
    let option =
        |kind: u8, name: &str| json!({"type": kind, "name": name, "description": format!("the option {name}")});
    let sub = |name: &str, options: Vec<Value>| json!({"type": 1, "name": name, "description": format!("shows {name}"), "options": options});
    let plain = ["long", "fields", "rows", "markdown", "hostile", "later", "silent", "form", "private", "file"];
    let mut subcommands: Vec<Value> = plain.iter().map(|name| sub(name, Vec::new())).collect();
    let with = |mut option: Value, more: Value| {
        let fields = option.as_object_mut().expect("an option is an object");
        fields.extend(more.as_object().expect("more fields").clone());
        option
    };
    let choices = json!([{"name": "one", "name_localizations": {"fr": "un", "es-ES": "uno"}, "value": 1},
                         {"name": "two", "value": 2}]);
    let localised = json!({"required": true, "min_length": 2, "max_length": 8, "name_localizations":
                           {"fr": "texte", "en-GB": "writing", "es-ES": "escrito"}});
    subcommands.push(sub(
        "options",
        vec![
            with(option(3, "text"), localised),
            with(option(4, "choice"), json!({"choices": choices})),
            with(option(10, "number"), json!({"max_value": 9.5})),
            option(5, "flag"),
            option(6, "person"),
            option(7, "channel"),
            option(8, "role"),
            option(11, "file"),
            with(option(3, "completed"), json!({"autocomplete": true})),
        ],
    ));
    let description = json!({"fr": "montre tout", "en-GB": "shows everything"});
    json!([
        {"name": "demo", "description": "shows all", "description_localizations": description, "options": subcommands},
        {"name": "moderate", "description": "for moderators", "default_member_permissions": "32"},
    ])
}

/// Starts the bot; it ends with the test.
pub async fn start(discord: &LocalDiscord) {
    let http = HttpBuilder::new(discord.token())
        .proxy(discord.url())
        .ratelimiter_disabled(true)
        .application_id(discord.application_id().into())
        .build();
    let builder = ClientBuilder::new_with_http(http, GatewayIntents::empty()).event_handler(Showcase);
    let mut client = builder.await.expect("the client is ready");
    tokio::spawn(async move { client.start().await });
    discord.wait_for_ready().await.expect("the bot connects");
    super::bot::until(discord, "the commands are registered", |discord| !discord.commands(None).is_empty()).await;
}
