//! A small catalogue without errors, in which every text carries a mark: a revision's number, as a rule.

use std::path::Path;

use rcp_bot::catalogue::Files;

/// The address of every source.
const SOURCE: &str = r#"{ url = "https://www.iom.int/source", says = { fr = "S", en = "S", es = "S" } }"#;

/// A text in three languages that carries the mark.
fn text(words: &str, mark: &str) -> String {
    format!(r#"{{ fr = "{words} {mark}", en = "{words} {mark}", es = "{words} {mark}" }}"#)
}

/// A sourced statement under a heading.
fn fact(heading: &str, id: &str, mark: &str) -> String {
    format!("[[{heading}]]\nid = \"{id}\"\nlabel = {}\nsource = [{SOURCE}]\n", text(id, mark))
}

/// The file of a process.
pub fn process(id: &str, mark: &str) -> String {
    let name = text(&format!("Processus {id}"), mark);
    let supports = r#"["name", "kind", "region", "status", "purpose", "members", "chair", "themes", "secretariat"]"#;
    format!(
        r#"id = "{id}"
kind = "regional"
region = "americas"
collected = "2026-11-01"
freshness = {}
name = {name}
status = {{ value = "active", basis = "activity", note = {} }}
purpose = {}
themes = [{}]
chair = {{ countries = ["PE"], as_of = "2026-01", note = {} }}
secretariat = {{ kind = "provided", organisations = ["iom"], note = {} }}

[[participants]]
role = "member"
states = ["PE", "CL"]
note = {}

[[source]]
url = "https://www.iom.int/{id}"
says = {}
supports = {supports}
"#,
        text("Fraîcheur", mark),
        text("État", mark),
        text("But", mark),
        text("Thème", mark).replace(" }", r#", topics = ["data"] }"#),
        text("Présidence", mark),
        text("Secrétariat", mark),
        text("Membres", mark),
        text("Source", mark),
    )
}

/// A whole catalogue of so many processes (`p1`, `p2`, …).
pub fn catalogue(mark: &str, processes: usize) -> Files {
    let mut files = Files::built_in();
    files
        .0
        .retain(|path, _| path.starts_with("messages/") || ["questions.toml", "topics.toml"].contains(&path.as_str()));
    let mut put = |path: String, content: String| drop(files.0.insert(path, content.into_bytes()));
    let name = |words: &str| text(words, mark);
    put(
        "regions.toml".to_owned(),
        format!("[[region]]\nid = \"americas\"\nname = {}\nemoji = \"🌎\"\n", name("Amériques")),
    );
    put(
        "countries.toml".to_owned(),
        format!(
            "[[country]]\ncode = \"CL\"\nname = {}\n[[country]]\ncode = \"PE\"\nname = {}\n",
            name("Chili"),
            name("Pérou")
        ),
    );
    put(
        "organisations.toml".to_owned(),
        format!(
            "[[organisation]]\nid = \"iom\"\nacronym = \"OIM\"\nname = {}\nsource = [{SOURCE}]\n",
            name("Organisation internationale")
        ),
    );
    put(
        "meetings.toml".to_owned(),
        format!(
            "collected = \"2026-11-01\"\n[series]\nname = {}\nacronym = \"GRCP\"\nsince = \"2005\"\nrhythm = {}\n\
             organiser = \"iom\"\ninvited = {}\naims = [{}]\nsource = [{SOURCE}]\n\
             [[meeting]]\nid = \"m1\"\nordinal = 1\ndate = \"2005\"\nname = {}\nsource = [{SOURCE}]\n",
            name("Réunions"),
            name("rythme"),
            name("invités"),
            name("but"),
            name("Première"),
        ),
    );
    put(
        "iom.toml".to_owned(),
        format!(
            "collected = \"2026-11-01\"\nsummary = {}\n[pages]\nfr = \"https://www.iom.int/fr\"\n{}",
            name("Rôle"),
            ["figure", "role", "basic"].map(|one| fact(one, one, mark)).concat()
        ),
    );
    put(
        "general.toml".to_owned(),
        format!(
            "collected = \"2026-11-01\"\n[pages]\nfr = \"https://www.iom.int/fr\"\n[definition]\ntext = {}\nsource = [{SOURCE}]\n{}",
            name("Définition"),
            ["feature", "topic", "achievement", "contribution", "reference", "level", "count", "milestone", "study"]
                .map(|one| fact(one, one, mark))
                .concat()
        ),
    );
    put(
        "glossary.toml".to_owned(),
        format!(
            "collected = \"2026-11-01\"\n[[term]]\nid = \"pcr\"\nname = {}\ndefinition = {}\nsource = [{SOURCE}]\n",
            name("processus consultatif"),
            name("Dialogue")
        ),
    );
    for number in 1..=processes {
        put(format!("processes/p{number}.toml"), process(&format!("p{number}"), mark));
    }
    files
}

/// Writes files into a folder, without care: as an editor does.
pub fn write(folder: &Path, files: &Files) {
    for (path, content) in &files.0 {
        let place = folder.join(path);
        std::fs::create_dir_all(place.parent().expect("a file has a folder")).expect("the folder is made");
        std::fs::write(place, content).expect("the file is written");
    }
}
