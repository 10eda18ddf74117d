//! `rcp-bot ask`: the terminal shows the face that Discord shows, aligned whatever letters it holds, and what each control
//! would open.

use std::collections::BTreeSet;

use anstream::adapter::strip_str;
use rcp_bot::catalogue::Language;
use rcp_bot::commands::{CustomId, View, show};
use rcp_bot::reply::{Action, Button, Embed, Menu, MenuOption, Reply, ReplyKind, Row};
use rcp_bot::transport::terminal::draw;
use unicode_width::UnicodeWidthStr;

use crate::support::answers;
use crate::support::bot::{Setup, data, snapshot};

/// The title of what a component opens.
fn opened(language: Language, custom_id: &str, value: Option<&str>) -> Option<String> {
    let view: View = match (custom_id.parse::<CustomId>(), value) {
        (_, Some(value)) => value.parse().ok()?,
        (Ok(CustomId::Open { view, .. }), None) => view,
        _ => return None,
    };
    let title = |reply: &Reply| reply.embeds.first().map(|embed| embed.title().to_owned());
    match answers::shipped(language, false).reply(&view) {
        Some(reply) if reply.kind == ReplyKind::Answer => title(reply),
        _ => title(&show(&answers::reader(snapshot(), language, false), &view).ok()?),
    }
}

/// The words of a text, whatever stands between them.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// The labels of the controls that can be used, and the titles of what those open that open something.
fn controls(language: Language, reply: &Reply) -> Vec<String> {
    let mut texts = Vec::new();
    for row in &reply.rows {
        match row {
            Row::Buttons(buttons) => {
                for button in buttons.iter().filter(|button| !button.disabled) {
                    texts.extend([button.emoji.unwrap_or_default().to_owned(), button.label.clone()]);
                    match &button.action {
                        Action::Press(custom_id) => texts.extend(opened(language, custom_id, None)),
                        Action::Open(url) => texts.push(url.clone()),
                    }
                }
            }
            Row::Menu(menu) => {
                texts.push(menu.placeholder.clone());
                for option in &menu.options {
                    texts.push(option.label.clone());
                    texts.extend(opened(language, &menu.custom_id, Some(&option.value)));
                }
            }
        }
    }
    texts
}

#[test]
fn the_terminal_shows_each_face_whole_and_what_its_controls_open() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        for (view, reply) in &answers::shipped(language, false).all {
            // All countries are made alike.
            let of_country = match view {
                View::Country { code } | View::CountryMap { code } => Some(code.as_str()),
                _ => None,
            };
            if !view.is_face() || of_country.is_some_and(|code| !["KE", "FR", "CI"].contains(&code)) {
                continue;
            }
            for width in [100, 61, 40] {
                let drawn = draw(reply, width, |custom_id, value| opened(language, custom_id, value));
                let drawn = strip_str(&drawn).to_string();
                let wide = drawn.lines().filter(|line| line.width() > width && !line.contains("://"));
                faults.extend(wide.map(|line| format!("{view:?} at {width}: {line}")));
                // A word is broken only where it is wider than the terminal.
                let shown = words(&drawn);
                let texts = [answers::text(reply)].into_iter().chain(controls(language, reply));
                for text in texts.filter(|_| width == 100) {
                    let missing: Vec<_> = words(&text).difference(&shown).copied().map(str::to_owned).collect();
                    if !missing.is_empty() {
                        faults.push(format!("{view:?}: {missing:?} of {text:?}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults: {:#?}", faults.len(), faults.iter().take(20).collect::<Vec<_>>());
}

#[test]
fn what_controls_open_stands_in_one_column_beside_flags_and_chinese() {
    let embed = Embed::new(0x2e_8b_57, "漢字 and a title")
        .description("🇰🇪 **Kenya** leads\n-# small")
        .field("A field", "A value");
    let press = |label: &str, id: &str| Button::press(label, id.to_owned());
    let option = |label: &str, value: &str, description: &str| MenuOption {
        label: label.to_owned(),
        value: value.to_owned(),
        description: description.to_owned(),
        emoji: Some("🟢".to_owned()),
    };
    let menu = Menu {
        custom_id: "menu".to_owned(),
        placeholder: "Open…".to_owned(),
        options: vec![option("漢字", "first", "same name"), option("Two", "second", "unused")],
    };
    let reply = Reply::of(embed).menu(menu).buttons(vec![
        press("50 members", "members").emoji("👥"),
        press("漢字", "reserves").emoji("⚖️"),
        press("greyed", "nothing").disabled(true),
        Button::open("Site", "https://example.org/"),
        press("", "bin").emoji("🗑️"),
    ]);
    let opens = |custom_id: &str, value: Option<&str>| match (custom_id, value) {
        ("menu", Some("first")) => Some("🟢 漢字".to_owned()),
        ("bin", None) => None,
        (id, value) => Some(format!("Title of {}", value.unwrap_or(id))),
    };
    let drawn = draw(&reply, 50, opens);
    assert_eq!(
        strip_str(&drawn).to_string(),
        "\
▌ 漢字 and a title
▌
▌ 🇰🇪 Kenya leads
▌ small
▌
▌ A field
▌ A value

  [Open… ▾]
    🟢 漢字        same name
    🟢 Two         Title of second
  [👥 50 members]  Title of members
  [⚖️ 漢字]        Title of reserves
  [Site]           https://example.org/
  [🗑️]
"
    );
    assert!(drawn.contains("\u{1b}[1mKenya\u{1b}[0m"), "bold text is drawn bold: {drawn:?}");
}

#[tokio::test]
async fn ask_lists_what_would_open() {
    let asked = Setup::new(&["ask", "/rcp info Prague", "--locale", "en-GB"]).data(&data()).finish().await;
    assert_eq!(asked.code, Some(0), "{}", asked.stderr);
    let members = asked.stdout.lines().find(|line| line.contains('👥')).expect("members are behind a button");
    assert!(members.contains("]  ") && members.contains("Prague Process: "), "{}", asked.stdout);
}
