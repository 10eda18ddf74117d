//! Everything that can be shown, walked: the examples of every view, and whatever their buttons and menus lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Duration;

use rcp_bot::catalogue::Language;
use rcp_bot::commands::{COMMANDS, CustomId, ROOT, Reader, Refusal, View, apology, show};
use rcp_bot::lookup::Entity;
use rcp_bot::reply::discord::follow_up;
use rcp_bot::reply::{Action, Budget, Reply, Row};
use rcp_bot::snapshot::Snapshot;

use super::bot::snapshot;

/// A reader of a language, on a day on which every test agrees.
pub fn reader(snapshot: &Snapshot, language: Language, private: bool) -> Reader<'_> {
    let today = jiff::civil::date(2026, 12, 1);
    Reader {
        snapshot,
        voice: snapshot.messages.voice(language),
        fixed: None,
        asker: 1,
        private,
        today,
        face: Budget::FACE,
    }
}

/// The files that go with a message, as its body names them; what is in the pictures is not of interest to who judges it.
pub fn files(message: &serde_json::Value) -> Vec<local_discord::File> {
    let name = |one: &serde_json::Value| one["filename"].as_str().expect("a file has a name").to_owned();
    let named = message["attachments"].as_array().into_iter().flatten();
    named.map(|one| local_discord::File::new(name(one), "image/png", Vec::new())).collect()
}

/// The views to which the buttons and menus of a reply lead.
pub fn ways(reply: &Reply) -> Vec<View> {
    let mut ways = Vec::new();
    for row in &reply.rows {
        match row {
            Row::Buttons(buttons) => ways.extend(buttons.iter().filter_map(|button| match &button.action {
                Action::Press(custom_id) if !button.disabled => match custom_id.parse() {
                    Ok(CustomId::Open { view, .. }) => Some(view),
                    _ => None,
                },
                _ => None,
            })),
            Row::Menu(menu) => ways.extend(menu.options.iter().filter_map(|option| option.value.parse::<View>().ok())),
        }
    }
    ways
}

/// Looks at the reply to every view that can be reached.
pub fn each(reader: &Reader<'_>, mut look: impl FnMut(&View, &Reply)) {
    let mut queue = View::examples(&reader.snapshot.catalogue);
    let mut seen: BTreeSet<String> = queue.iter().map(View::encode).collect();
    while let Some(view) = queue.pop() {
        let reply = show(reader, &view).unwrap_or_else(|refusal| refusal.reply(reader));
        look(&view, &reply);
        queue.extend(ways(&reply).into_iter().filter(|view| seen.insert(view.encode())));
    }
}

/// Every view of the repository's catalogue that can be reached, and the reply to it.
pub struct Shipped {
    /// In the order in which [`each`] looks at them.
    pub all: Vec<(View, Reply)>,
    places: BTreeMap<String, usize>,
}

impl Shipped {
    /// The reply to a view, if it can be reached.
    pub fn reply(&self, view: &View) -> Option<&Reply> {
        self.places.get(&view.encode()).and_then(|place| self.all.get(*place)).map(|(_, reply)| reply)
    }
}

/// What [`each`] shows of the repository's catalogue: walked once, however many tests look at it.
pub fn shipped(language: Language, private: bool) -> &'static Shipped {
    static WALKS: [OnceLock<Shipped>; 6] = [const { OnceLock::new() }; 6];
    let walk = &WALKS[2 * language.index() + usize::from(private)];
    walk.get_or_init(|| {
        let mut all = Vec::new();
        each(&reader(snapshot(), language, private), |view, reply| all.push((view.clone(), reply.clone())));
        let places = all.iter().zip(0..).map(|((view, _), place)| (view.encode(), place)).collect();
        Shipped { all, places }
    })
}

/// Every text of a reply's embeds, one below the other.
pub fn text(reply: &Reply) -> String {
    let mut texts = vec![reply.content.as_str()];
    for embed in &reply.embeds {
        texts.extend([embed.title(), embed.text()]);
        texts.extend(embed.fields().iter().flat_map(|field| [field.name.as_str(), field.value.as_str()]));
        texts.push(embed.foot());
    }
    texts.join("\n")
}

/// What is said instead of an answer, of each kind, about something as long as can be typed.
fn refusals(reader: &Reader<'_>) -> Vec<(String, Reply)> {
    let typed = "WWWW ".repeat(1_200);
    let processes = reader.snapshot.catalogue.processes.iter().take(25);
    let candidates: Vec<_> = processes.map(|process| (Entity::Process, process.id.clone())).collect();
    let entities =
        [Entity::Process, Entity::Region, Entity::Country, Entity::Organisation, Entity::Meeting, Entity::Term];
    let known = COMMANDS.iter().map(|command| command.name).collect();
    let mut refusals = vec![
        Refusal::Several { typed: typed.clone(), candidates: candidates.clone() },
        Refusal::SearchedInVain { query: typed.clone() },
        Refusal::EntryGone,
        Refusal::UnknownCommand { typed: typed.clone(), root: ROOT, known },
        Refusal::Mistyped { option: typed.clone() },
        Refusal::UnknownComponent,
        Refusal::MayNotDelete,
        Refusal::TooOften { wait: Duration::from_secs(60) },
    ];
    for entity in entities {
        refusals.push(Refusal::NothingTyped(entity));
        refusals.push(Refusal::NotFound { entity, typed: typed.clone(), nearest: candidates.clone() });
    }
    let name = |refusal: &Refusal| format!("{refusal:?}").chars().take(40).collect();
    let mut replies: Vec<_> = refusals.iter().map(|refusal| (name(refusal), refusal.reply(reader))).collect();
    replies.push(("Apology".to_owned(), apology(reader.voice, "1234567890123456789")));
    replies
}

/// A reply as the page's renderer takes it, in one line, with its name and how high it may stand. Files that come with it
/// are drawn too.
fn line(name: &str, kind: &str, budget: Budget, reply: &Reply) -> String {
    let person = serde_json::json!({"id": "2", "username": "amina", "global_name": "Amina"});
    let mut message = follow_up(reply).expect("a reply is JSON");
    // As Discord returns it: with the picture's address and size.
    let embeds = message["embeds"].as_array_mut().into_iter().flatten();
    for (embed, picture) in embeds.zip(&reply.embeds).filter_map(|(json, embed)| Some((json, embed.picture()?))) {
        let (width, height) = picture.size();
        embed["image"]["url"] = format!("/attachments/{width}/{height}/{}", picture.name()).into();
        embed["image"]["width"] = width.into();
        embed["image"]["height"] = height.into();
    }
    let fields = message.as_object_mut().expect("a message is an object");
    let author = serde_json::json!({"id": "1", "username": "rcp-bot", "bot": true});
    fields.insert("id".to_owned(), "3".into());
    fields.insert("type".to_owned(), 20.into());
    fields.insert("author".to_owned(), author);
    fields.insert("timestamp".to_owned(), "2026-12-01T10:00:00.000000+00:00".into());
    fields.insert("ephemeral".to_owned(), reply.private.into());
    let asked = serde_json::json!({"user": person, "name": "rcp info"});
    fields.insert("interaction_metadata".to_owned(), asked);
    let files = reply.files.iter().zip(1..).map(|(file, id): (_, u64)| {
        serde_json::json!({"id": id.to_string(), "filename": file.name, "size": file.content.len(), "url": "about:blank"})
    });
    if !reply.files.is_empty() {
        fields.insert("attachments".to_owned(), files.collect());
    }
    let line = serde_json::json!({"name": name, "command": kind, "budget": budget.height, "message": message});
    format!("{line}\n")
}

/// Replies to moderators, each with its name, a line each.
pub fn moderators_lines(replies: &[(String, Reply)]) -> String {
    replies.iter().map(|(name, reply)| line(name, "Moderation", Budget::FACE, reply)).collect()
}

/// Every answer in a language, a line each.
pub fn lines(snapshot: &Snapshot, language: Language) -> String {
    let mut lines = String::new();
    for private in [false, true] {
        each(&reader(snapshot, language, private), |view, reply| {
            let budget = if view.is_face() { Budget::FACE } else { Budget::SHEET };
            let kind = format!("{view:?}");
            let kind = kind.split([' ', '{']).next().unwrap_or_default();
            let name = format!("{language} {} {}", if private { "private" } else { "public" }, view.encode());
            lines.push_str(&line(&name, kind, budget, reply));
        });
    }
    for (name, reply) in refusals(&reader(snapshot, language, true)) {
        lines.push_str(&line(&format!("{language} {name}"), "Refusal", Budget::FACE, &reply));
    }
    lines
}
