//! A moderator without a shell: the present file of anything, a changed one taken back, what revisions changed.

use crate::moderation::{Office, button_of, command, moderator, press, restore, text, title, typing};
use crate::support::small;
use rcp_bot::admin::First;
use rcp_bot::catalogue::{Files, recognise};
use rcp_bot::commands::{Component, InteractionData, Invocation, Value};
use rcp_bot::reply::{Reply, Row};

fn asking(name: &str, options: &[(&str, &str)]) -> InteractionData {
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), Value::Text((*value).to_owned()))).collect();
    InteractionData::Command(Invocation { command: name.to_owned(), options })
}

fn file(content: &str) -> InteractionData {
    asking("fichier", &[("contenu", content)])
}

/// What is chosen from the menu of a reply.
fn choose(reply: &Reply, label: &str) -> InteractionData {
    let menus = reply.rows.iter().filter_map(|row| match row {
        Row::Menu(menu) => Some(menu),
        Row::Buttons(_) => None,
    });
    let found = menus.flat_map(|menu| menu.options.iter().map(move |option| (menu, option)));
    let mut found = found.filter(|(_, option)| option.label == label);
    let (menu, option) = found.next().unwrap_or_else(|| panic!("no {label} in {reply:#?}"));
    let (custom_id, values) = (menu.custom_id.clone(), vec![option.value.clone()]);
    InteractionData::Component(Component { custom_id, values, ..Component::default() })
}

/// A reply's text as it is read: without the signs that keep what people wrote from being markup.
fn read(reply: &Reply) -> String {
    text(reply).replace('\\', "")
}

fn process(id: &str, old: &str, new: &str) -> Vec<u8> {
    small::process(id, "r1").replace(old, new).into_bytes()
}

#[tokio::test]
async fn every_file_comes_byte_for_byte_as_it_is_served_and_not_as_the_folder_has_it_by_now() {
    let files = small::catalogue("r1", 2);
    let office = Office::open(&files).await;
    // Nobody has reloaded this yet.
    for path in ["processes/p1.toml", "organisations.toml"] {
        std::fs::write(office.place.data().join(path), "half an ed").expect("written");
    }
    for (path, content) in &files.0 {
        let reply = office.told(file(path)).await;
        let given = &reply.files[0];
        assert_eq!((&given.content, Some(given.name.as_str())), (content, path.rsplit('/').next()), "{path}");
        assert!(text(&reply).contains(&format!("`{path}` · as it is served")), "{}", text(&reply));
    }
    // An entry leads to its table, a name to its file, in any language, typed or pasted as it was offered.
    for (typed, path) in [
        ("organisations.toml#iom", "organisations.toml"),
        ("Pérou r1", "countries.toml"),
        ("Processus p2 r1", "p2.toml"),
        ("Organisations", "organisations.toml"),
        ("Texts of the bot (French) (messages/fr.ftl)", "fr.ftl"),
    ] {
        let reply = office.told(file(typed)).await;
        assert_eq!(reply.files.first().map(|file| file.name.as_str()), Some(path), "{typed}: {reply:#?}");
    }
    let entry = office.told(file("organisations.toml#iom")).await;
    assert!(text(&entry).contains("**OIM** begins on line 2."), "{}", text(&entry));
    for typed in ["zzzz", "../../etc/passwd", "processes/p9.toml", "audit.jsonl"] {
        let none = office.told(file(typed)).await;
        assert_eq!((title(&none), none.files.len()), ("Nothing of the kind in the catalogue", 0), "{typed}");
    }
    // Looking is recorded like any other attempt.
    let looked = office.place.audit().into_iter().filter(|line| line["action"] == "file");
    assert_eq!(looked.filter(|line| line["result"] == "done").count(), files.0.len() + 6);
}

#[tokio::test]
async fn records_of_all_kinds_and_tables_are_offered() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let offered = async |typed: &str| {
        let (first, _) = office.ask(moderator(), typing("contenu".to_owned(), typed.to_owned())).await;
        let First::Choices(choices) = first else { panic!("{first:?}") };
        assert!(choices.len() <= 25 && choices.iter().all(|one| (1..=100).contains(&one.name.chars().count())));
        choices.into_iter().map(|one| one.value).collect::<Vec<_>>()
    };
    let all = offered("").await;
    for path in ["organisations.toml", "glossary.toml", "messages/es.ftl", "processes/p1.toml"] {
        assert!(all.contains(&path.to_owned()), "{path} in {all:?}");
    }
    for (typed, value) in [
        ("p2", "processes/p2.toml"),
        ("organisation internationale", "organisations.toml#iom"),
        ("perou", "countries.toml#PE"),
        ("glossary", "glossary.toml"),
        ("ameriques", "regions.toml#americas"),
    ] {
        assert!(offered(typed).await.contains(&value.to_owned()), "{typed}: {:?}", offered(typed).await);
    }
}

#[tokio::test]
async fn any_file_is_taken_back_under_whatever_name_and_published_with_its_reason() {
    let files = small::catalogue("r1", 2);
    let office = Office::open(&files).await;
    let mut number = 1;
    for (path, old, new) in [
        ("processes/p1.toml", "But r1", "But neuf"),
        ("organisations.toml", "Organisation internationale r1", "Organisation mondiale r1"),
        ("countries.toml", "Chili r1", "Chile r1"),
        ("regions.toml", "Amériques r1", "Amérique r1"),
        ("meetings.toml", "Première r1", "Seconde r1"),
        ("iom.toml", "Rôle r1", "Tâche r1"),
        ("general.toml", "Définition r1", "Explication r1"),
        ("glossary.toml", "Dialogue r1", "Entretien r1"),
        ("topics.toml", "description", "description"),
        ("messages/fr.ftl", "status-active = actif", "status-active = en cours"),
    ] {
        let served = String::from_utf8(files.0[path].clone()).expect("text");
        let changed = format!("{}# mine\n", served.replace(old, new));
        assert_eq!(recognise(&files, changed.as_bytes()).as_deref(), Some(path));
        let asked = office.uploading("Ma version (3).txt", changed.as_bytes(), Some("d'après le site\n@everyone"));
        let preview = office.told(asked).await;
        assert_eq!(title(&preview), "Publish this change?", "{path}: {preview:#?}");
        assert!(text(&preview).contains(&format!("`{path}`")), "{}", text(&preview));
        assert!(text(&preview).contains("Reason: “d'après le site"), "{}", text(&preview));
        assert!(preview.files.is_empty(), "{path}: a short difference stands in the message");
        let done = office.press(&preview, 0).await;
        assert_eq!(title(&done), "Change published", "{path}: {done:#?}");
        number += 1;
        let revision = office.place.revisions().read(number).await.expect("it is kept");
        assert_eq!(revision.meta.told.reason, "d'après le site @everyone", "{path}");
        assert_eq!(revision.files.0[path], changed.as_bytes(), "{path}");
        assert_eq!(office.place.folder().0[path], changed.as_bytes(), "{path}");
        assert_eq!(revision.meta.cause.file().as_deref(), Some(path));
    }
    let records = office.place.audit();
    let published: Vec<_> =
        records.iter().filter(|line| line["action"] == "publish" && line["result"] == "done").collect();
    assert!(published.iter().all(|line| line["reason"] == "d'après le site @everyone"), "{published:#?}");
    assert_eq!(published[1]["file"], "organisations.toml");
}

#[tokio::test]
async fn the_face_of_what_changes_stands_behind_a_button_with_the_way_back() {
    let files = small::catalogue("r1", 2);
    let office = Office::open(&files).await;
    for (path, old, new, face) in [
        ("processes/p1.toml", "But r1", "But neuf", "But neuf"),
        (
            "organisations.toml",
            "Organisation internationale r1",
            "Organisation mondiale r1",
            "Organisation mondiale r1",
        ),
        ("countries.toml", "Chili r1", "Chile r1", "Chile r1"),
        ("regions.toml", "Amériques r1", "Amérique r1", "Amérique r1"),
        ("meetings.toml", "Première r1", "Seconde r1", "2005"),
        ("iom.toml", "Rôle r1", "Tâche r1", "Tâche r1"),
        ("glossary.toml", "Dialogue r1", "Entretien r1", "Entretien r1"),
    ] {
        let changed = String::from_utf8(files.0[path].clone()).expect("text").replace(old, new);
        let preview = office.upload("x", changed.as_bytes()).await;
        let card = office.press(&preview, 2).await;
        assert!(format!("{:?}", card.embeds).contains(face), "{path}: {card:#?}");
        assert_eq!(card.rows.len(), 1, "the buttons that decide, and none that lead away");
        let back = office.press(&card, 2).await;
        assert_eq!((title(&back), text(&back)), (title(&preview), text(&preview)));
    }
    // Messages have no face.
    let french = String::from_utf8(files.0["messages/fr.ftl"].clone()).expect("text");
    let words = office.upload("fr.ftl", french.replace("= actif\n", "= en cours\n").as_bytes()).await;
    let Row::Buttons(buttons) = &words.rows[0] else { panic!("{words:#?}") };
    assert_eq!(buttons.len(), 2);
    assert_eq!(office.place.folder(), files, "nothing was published");
}

#[tokio::test]
async fn of_two_in_the_same_file_one_is_told_and_sees_what_would_be_taken_back() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let mona = office.upload("p1.toml", &process("p1", "But r1", "But de Mona")).await;
    let nora = office.upload("p1.toml", &process("p1", "Fraîcheur r1", "Fraîcheur de Nora")).await;
    assert_eq!(title(&office.press(&mona, 0).await), "Change published");
    for button in [0, 2] {
        // Neither is it published, nor is its card shown as if nothing had happened.
        let lost = office.press(&nora, button).await;
        assert_eq!(title(&lost), "Somebody was faster", "{lost:#?}");
        assert!(read(&lost).contains("**2** · Processus p1 r1: purpose"), "{}", read(&lost));
        let again = office.press(&lost, 0).await;
        assert!(read(&again).contains("⚠️ Somebody has changed this same file since"), "{}", read(&again));
        assert!(read(&again).contains("~ purpose.fr: \"But de Mona\" → \"But r1\""), "{}", read(&again));
    }
    assert!(String::from_utf8_lossy(&office.place.folder().0["processes/p1.toml"]).contains("But de Mona"));
    // A preview that was decided answers no more.
    assert_eq!(title(&office.press(&mona, 0).await), "This change is no longer kept");
    assert_eq!(title(&office.press(&mona, 2).await), "This change is no longer kept");
}

#[tokio::test]
async fn an_error_is_told_in_the_moderators_language_with_its_place_its_value_and_its_mend() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    let mut french = moderator();
    french.locale = Some("fr".to_owned());
    let told = async |content: Vec<u8>| {
        let (_, then) = office.ask(french.clone(), office.uploading("a.toml", &content, None)).await;
        then.expect("an answer follows")
    };
    let near = told(process("p1", "americas", "america")).await;
    assert_eq!((title(&near), near.files.len()), ("Fichier refusé", 0));
    let said = text(&near);
    assert!(said.starts_with("**Processus p1 r1**\u{a0}: une erreur\u{202f}; rien n'est publié."), "{said}");
    assert!(said.contains("cette région n'est pas dans le catalogue**\u{a0}: `\"america\"`"), "{said}");
    assert!(
        said.contains(
            "→ Vouliez-vous dire «\u{a0}americas\u{a0}»\u{202f}?\n-# processes/p1.toml · ligne 3, colonne 10"
        ),
        "{said}"
    );
    assert!(said.contains("```\nregion = \"america\"\n```"), "{said}");
    // A broken file is named by what can be read of it; what follows the first error is not told.
    let broken = told(process("p1", "kind = \"regional\"", "kind = “regional”")).await;
    assert!(text(&broken).contains("**Processus p1 r1**\u{a0}: une erreur"), "{}", text(&broken));
    assert!(text(&broken).contains("→ Écrivez des guillemets droits"), "{}", text(&broken));
    // Two causes: the first in the message, both in a file, in French too.
    let two = String::from_utf8(process("p1", "americas", "america"))
        .expect("text")
        .replace("\"PE\", \"CL\"", "\"XX\", \"CL\"");
    let two = told(two.into_bytes()).await;
    assert!(text(&two).contains("Une autre erreur se trouve dans le fichier joint."), "{}", text(&two));
    let file = String::from_utf8(two.files[0].content.clone()).expect("text");
    assert!(
        file.contains("processes/p1.toml · ligne 3, colonne 10\n  cette région") && file.contains("\"XX\""),
        "{file}"
    );
    assert!(!file.contains("did you mean"), "{file}");
    // A table that others rely on.
    let countries = String::from_utf8(office.place.folder().0["countries.toml"].clone()).expect("text");
    let without = countries.replace("code = \"CL\"", "code = \"AR\"");
    let dangling = told(without.into_bytes()).await;
    assert!(text(&dangling).contains("**Pays**\u{a0}: 2 erreurs"), "{}", text(&dangling));
    assert!(
        text(&dangling).contains("(× 2)") && text(&dangling).contains("-# processes/p1.toml"),
        "{}",
        text(&dangling)
    );
}

#[tokio::test]
async fn every_rule_has_a_mend_in_every_language_for_each_of_its_cases() {
    use rcp_bot::catalogue::{Language, Rule};
    for language in Language::ALL {
        let voice = crate::support::bot::voice(language);
        for rule in Rule::ALL {
            let key = format!("mend-{}", rule.name());
            for case in [
                "",
                "near",
                "quotes",
                "allowed",
                "named",
                "statement",
                "bracket",
                "newer",
                "marks",
                "inner",
                "open",
                "boolean",
                "several",
                "number",
                "languages",
            ] {
                let said = voice.say_with(&key, [("case", case.into()), ("value", "MARK".into())]);
                assert!(!said.contains(&key) && !said.contains("{$"), "{language} {key} {case}: {said}");
            }
        }
    }
}

#[tokio::test]
async fn the_history_says_what_changed_opens_any_two_and_restores_after_a_look() {
    let office = Office::open(&small::catalogue("r1", 2)).await;
    for (name, content, reason) in [
        ("a", process("p1", "[\"PE\"], as_of", "[\"CL\"], as_of"), Some("new chair, see the site")),
        ("b", process("p2", "active\", basis = \"activity", "inactive\", basis = \"activity"), None),
    ] {
        let preview = office.told(office.uploading(name, &content, reason)).await;
        assert_eq!(title(&office.press(&preview, 0).await), "Change published");
    }
    let history = office.told(command("historique")).await;
    let said = read(&history);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "**3** · Processus p2 r1: status · in service");
    assert!(lines[1].starts_with("-# <@100> · <t:"), "{lines:?}");
    assert_eq!(lines[2], "**2** · Processus p1 r1: chair");
    assert!(lines[3].ends_with("· Reason: “new chair, see the site”"), "{lines:?}");

    // What one changed, from the list or by its number.
    for opened in
        [office.told(choose(&history, "no. 2")).await, office.told(asking("historique", &[("revision", "2")])).await]
    {
        assert_eq!(title(&opened), "From revision no. 1 to no. 2");
        for line in ["- processes/p1.toml chair.countries: \"PE\"", "+ processes/p1.toml chair.countries: \"CL\""] {
            assert!(read(&opened).contains(line), "{}", read(&opened));
        }
    }
    // Any two, from the menu or by their numbers, in any order.
    let opened = office.told(asking("historique", &[("revision", "3")])).await;
    for two in [
        office.told(choose(&opened, "no. 1")).await,
        office.told(asking("historique", &[("revision", "3"), ("avec", "1")])).await,
    ] {
        assert_eq!(title(&two), "From revision no. 1 to no. 3");
        assert!(read(&two).contains("processes/p1.toml") && read(&two).contains("processes/p2.toml"), "{}", read(&two));
    }
    let first = office.told(asking("historique", &[("revision", "1")])).await;
    assert!(read(&first).contains("It is the first"), "{}", read(&first));
    for number in ["9", "x"] {
        assert_eq!(title(&office.told(asking("historique", &[("revision", number)])).await), "Revision not found");
    }

    // A press shows what taking it back would change, a second does it.
    let opened = office.told(asking("historique", &[("revision", "2")])).await;
    let preview = office.press(&opened, 0).await;
    assert_eq!(title(&preview), "Restore revision no. 2?");
    assert_eq!(office.place.revisions().numbers().await.expect("listed"), [1, 2, 3]);
    assert_eq!(title(&office.press(&preview, 0).await), "Revision restored");
    assert_eq!(title(&office.press(&preview, 0).await), "Somebody was faster", "not a second time");
    let history = office.told(command("historique")).await;
    let line = read(&history).lines().next().expect("a line").to_owned();
    assert_eq!(line, "**4** · restoration of revision 2 (Processus p2 r1: status) · in service");

    // A menu leads to nothing that changes anything, whoever forges it.
    let preview = office.told(restore("1")).await;
    let forged = Component {
        custom_id: "rcp-admin:1:0:menu".to_owned(),
        values: vec![button_of(&preview, 0)],
        ..Component::default()
    };
    let (first, _) = office.ask(moderator(), InteractionData::Component(forged)).await;
    let First::Reply(reply) = first else { panic!("{first:?}") };
    assert_eq!(title(&reply), "This button no longer answers");
    assert_eq!(office.place.revisions().numbers().await.expect("listed"), [1, 2, 3, 4]);
    let gone = office.told(press("rcp-admin:1:0:preview:77".to_owned())).await;
    assert_eq!(title(&gone), "Revision not found");
}

#[tokio::test]
async fn a_folder_without_messages_gives_those_of_the_program() {
    let mut files = small::catalogue("r1", 1);
    files.0.remove("messages/es.ftl");
    files.0.remove("topics.toml");
    let office = Office::open(&files).await;
    for path in ["messages/es.ftl", "topics.toml"] {
        let given = office.told(file(path)).await;
        assert_eq!(given.files[0].content, Files::one_built_in(path).expect("it is shipped"), "{path}");
        assert!(text(&given).contains("here is the program's own"), "{}", text(&given));
    }
}
