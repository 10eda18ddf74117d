//! The tired moderator at night: whatever is typed into a form is taken as it is meant, or refused with the field, the reason
//! and the mend, in the moderator's language; and nothing that was typed is lost.

use rcp_bot::admin::{AdminCommands, EditKind, FormButton, FormOccasion};
use rcp_bot::catalogue::Files;
use rcp_bot::commands::{Component, InteractionData, Submitted};
use rcp_bot::reply::{self, Modal, Reply, ReplyKind};
use std::sync::Arc;
use tempfile::TempDir;

use crate::forms::{MONA, answered, moderated, publisher_within};

/// What comes of a form: what stands in the difference, or why it is refused.
type Expected<'a> = Result<&'a str, &'a str>;

/// The moderator's language, what is typed, and what is to come of it.
type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], Expected<'a>);

/// The source that most forms are sent with.
const URL: (&str, &str) = ("url", "https://example.org/news");

async fn opened(admin: &Arc<AdminCommands>, locale: &str, custom_id: String) -> Modal {
    let open = Component { custom_id, on_private: true, asker: Some(MONA), ..Component::default() };
    answered(admin, locale, InteractionData::Component(open)).await.expect_err("a form")
}

/// What a form comes back with: fields that are not told stand as they are at first.
async fn sent(
    admin: &Arc<AdminCommands>,
    locale: &str,
    (kind, about): (EditKind, &FormOccasion),
    typed: &[(&str, &str)],
) -> (Vec<(String, String)>, Reply) {
    let form = opened(admin, locale, FormButton::Open { kind, about: about.clone() }.encode(0)).await;
    let field = |input: &reply::Input| {
        let given = typed.iter().find(|(field, _)| *field == input.id).map(|(_, text)| (*text).to_owned());
        (input.id.to_owned(), given.unwrap_or_else(|| input.value.clone()))
    };
    let typed: Vec<(String, String)> = form.inputs.iter().map(field).collect();
    let sent = InteractionData::Modal(Submitted { custom_id: form.custom_id, typed: typed.clone() });
    (typed, answered(admin, locale, sent).await.expect("an answer"))
}

/// The fields of the form that a refusal leads back to.
async fn again(admin: &Arc<AdminCommands>, locale: &str, refused: &Reply) -> Option<Vec<(String, String)>> {
    let buttons = refused.rows.iter().flat_map(|row| match row {
        reply::Row::Buttons(buttons) => buttons.clone(),
        reply::Row::Menu(_) => Vec::new(),
    });
    let mut ids = buttons.filter_map(|button| match button.action {
        reply::Action::Press(custom_id) => Some(custom_id),
        _ => None,
    });
    let custom_id = ids.find(|id| id.contains(":again:"))?;
    let form = opened(admin, locale, custom_id).await;
    Some(form.inputs.iter().map(|input| (input.id.to_owned(), input.value.clone())).collect())
}

/// Everything that a form is sent with, and what is to come of it.
async fn holds(kind: EditKind, about: FormOccasion, rows: &[Row<'_>]) {
    let root = TempDir::new().expect("a folder");
    let admin = moderated(&publisher_within(&root, &Files::built_in()).await);
    let mut surprises = Vec::new();
    for (locale, typed, expected) in rows {
        let with_source = if typed.iter().any(|(field, _)| *field == "url") { vec![] } else { vec![URL] };
        let all: Vec<(&str, &str)> = typed.iter().copied().chain(with_source).collect();
        let (typed, reply) = sent(&admin, locale, (kind, &about), &all).await;
        let files = reply.files.iter().map(|file| String::from_utf8_lossy(&file.content).into_owned());
        let text = format!("{}\n{}", reply.embeds[0].text(), files.collect::<String>());
        // Whoever publishes sees something of what changes.
        let seen = reply.kind != ReplyKind::Question || reply.embeds[0].text().contains("```diff\n");
        let as_expected = seen
            && match expected {
                Ok(part) => reply.kind == ReplyKind::Question && text.contains(part),
                Err(part) => {
                    let trimmed = |all: Vec<(String, String)>| -> Vec<(String, String)> {
                        all.into_iter().map(|(field, text)| (field, text.trim().to_owned())).collect()
                    };
                    let again = again(&admin, locale, &reply).await.map(trimmed);
                    let kept = reply.kind == ReplyKind::Refusal && again == Some(trimmed(typed.clone()));
                    kept && text.contains(part)
                }
            };
        if !as_expected {
            surprises.push(format!("{locale} {all:?}\n  expected {expected:?}\n  {:?} {text}\n", reply.kind));
        }
    }
    assert!(surprises.is_empty(), "{} of {}:\n{}", surprises.len(), rows.len(), surprises.join("\n"));
}

fn process(id: &str) -> FormOccasion {
    FormOccasion::Process(id.to_owned())
}

#[tokio::test]
async fn who_chairs() {
    let long = "x".repeat(250);
    holds(
        EditKind::Chair,
        process("ocam"),
        &[
            ("fr", &[("who", "la Suisse"), ("since", "fin janvier 2026")], Ok("→ \"2026-01/..\"")),
            ("fr", &[("who", "SUISSE"), ("since", "depuis 2024")], Ok("→ \"2024/..\"")),
            ("fr", &[("who", "Suisse"), ("since", "depuis 2022")], Err("est en fonction depuis janvier 2024")),
            ("en-GB", &[("who", "Italy"), ("since", "2022-2025")], Err("has held office since January 2024")),
            ("es-ES", &[("who", "Italia"), ("since", "31-12-2023")], Err("ejerce desde enero de 2024")),
            ("en-GB", &[("who", "none"), ("since", "December 2023")], Err("send this form for the present chair")),
            ("en-GB", &[("who", "IOM"), ("since", "2023")], Err("has held office since January 2024")),
            // Without a day the source's counts, which is named then.
            (
                "en-GB",
                &[("who", "Italy"), ("date", "May 2022")],
                Err("Date of the source**: the present chair has held"),
            ),
            ("en-GB", &[("who", "Italy"), ("date", "2024")], Ok("+ chair.countries: \"IT\"")),
            ("fr", &[("who", "Suisse"), ("since", "1989")], Err("a été fondé plus tard (octobre 1990)")),
            ("es-ES", &[("who", "Honduras"), ("since", "1985")], Err("se fundó después (octubre de 1990)")),
            // Who stays in office may have come into it before.
            ("en-GB", &[("who", "Honduras and Italy"), ("since", "2022")], Ok("→ \"2022/..\"")),
            ("en-GB", &[("who", "Honduras"), ("since", "2022")], Ok("→ \"2022/..\"")),
            ("fr", &[("who", "Suisse."), ("since", "1er janv. 2026")], Ok("→ \"2026-01-01/..\"")),
            ("fr", &[("who", "suisse et italie"), ("since", "2026-2027")], Ok("→ \"2026/2027\"")),
            ("fr", &[("who", "Suisse & Italie"), ("since", "de 2026 à 2027")], Ok("→ \"2026/2027\"")),
            ("fr", &[("who", "Suisse\nItalie"), ("since", "24–25 sept. 2024")], Ok("+ chair.countries: \"IT\"")),
            ("fr", &[("who", "Suisse ; Italie ;")], Ok("+ chair.countries: \"IT\"")),
            ("fr", &[("who", "Suisse avec l'Italie")], Err("n'est pas dans le catalogue")),
            ("fr", &[("who", "CH")], Ok("+ chair.countries: \"CH\"")),
            ("fr", &[("who", "Suise")], Ok("+ chair.countries: \"CH\"")),
            ("fr", &[("who", "Côte d’Ivoire")], Ok("+ chair.countries: \"CI\"")),
            ("fr", &[("who", "Cote d'ivoire")], Ok("+ chair.countries: \"CI\"")),
            ("fr", &[("who", "Turquie")], Ok("+ chair.countries: \"TR\"")),
            ("en-GB", &[("who", "Türkiye")], Ok("+ chair.countries: \"TR\"")),
            ("en-GB", &[("who", "UK")], Ok("+ chair.countries: \"GB\"")),
            ("en-GB", &[("who", "the United States of America")], Ok("+ chair.countries: \"US\"")),
            ("es-ES", &[("who", "EE. UU.")], Ok("+ chair.countries: \"US\"")),
            ("es-ES", &[("who", "Países Bajos y Alemania")], Ok("+ chair.countries: \"DE\"")),
            ("es-ES", &[("who", "España e Italia"), ("since", "desde mayo de 2025")], Ok("→ \"2025-05/..\"")),
            ("en-GB", &[("who", "Eswatini, Lesotho")], Ok("+ chair.countries: \"LS\"")),
            ("en-GB", &[("who", "🇨🇭🇮🇹")], Err("is not in the catalogue")),
            ("en-GB", &[("who", "🇨🇭 🇮🇹")], Err("is not in the catalogue")),
            ("en-GB", &[("who", "🤷")], Err("is not in the catalogue")),
            ("en-GB", &[("who", "   ")], Err("must be filled in")),
            ("en-GB", &[("who", "?")], Err("is not in the catalogue")),
            ("en-GB", &[("who", "—")], Err("is not in the catalogue")),
            ("en-GB", &[("who", "none")], Ok("+ chair.none")),
            ("es-ES", &[("who", "Ninguno")], Ok("+ chair.none")),
            ("fr", &[("who", "OIM")], Ok("chair.organisations")),
            ("fr", &[("who", "Union européenne et Suisse")], Ok("+ chair.countries: \"CH\"")),
            ("fr", &[("who", "Corée")], Err("peut désigner plusieurs choses")),
            ("fr", &[("who", "Suisse\u{200b}"), ("since", "\u{feff}janvier 2026")], Ok("+ chair.countries: \"CH\"")),
            ("fr", &[("who", "Suisse"), ("since", "printemps 2026")], Err("n'est pas une date")),
            ("en-GB", &[("who", "Italy"), ("since", "spring 2026")], Err("is not a date. Write")),
            ("es-ES", &[("who", "Italia"), ("since", "primavera de 2026")], Err("no es una fecha")),
            ("en-GB", &[("who", "Italy"), ("since", "31/01/26")], Err("is not a date")),
            ("en-GB", &[("who", "Italy"), ("since", "Jan 31, 2026")], Ok("→ \"2026-01-31/..\"")),
            ("en-GB", &[("who", "Italy"), ("since", "2026/01/31")], Ok("2026-01-31")),
            ("en-GB", &[("who", "Italy"), ("since", "30 February 2026")], Err("no such day")),
            ("en-GB", &[("who", "Italy"), ("since", "2027-2026")], Err("ends before it begins")),
            ("en-GB", &[("who", "Italy"), ("since", "December 2098")], Err("lies ahead")),
            ("en-GB", &[("who", "Italy"), ("since", "2026 📅")], Err("is not a date")),
            ("fr", &[("who", "Italie"), ("rule", "chaque année,\nà tour de rôle")], Ok("chaque année, à tour de rôle")),
            ("fr", &[("who", "Italie"), ("rule", &long)], Ok("+ chair.countries: \"IT\"")),
            ("fr", &[("who", "Italie"), ("rule", "**gras** @everyone")], Err("")),
            ("fr", &[("who", "Italie"), ("url", "Https://www.iom.int/x")], Ok("+ chair.countries: \"IT\"")),
            ("fr", &[("who", "Italie"), ("url", "https://www.iom.int/fr/réunion")], Ok("r%C3%A9union")),
            ("fr", &[("who", "Italie"), ("url", "https://www.iom.int/x\u{200b}")], Ok("iom.int/x")),
            ("fr", &[("who", "Italie"), ("url", "www.iom.int/x")], Err("Elle commence par https://")),
            ("es-ES", &[("who", "Italia"), ("url", "iom.int")], Err("Empieza por https://")),
            ("en-GB", &[("who", "Italy"), ("url", "https://user:secret@example.org/")], Err("is not an address")),
            ("en-GB", &[("who", "Italy"), ("url", "https://localhost/")], Err("is not an address")),
            ("en-GB", &[("who", "Italy"), ("url", "ftp://example.org/")], Err("is not an address")),
            ("en-GB", &[("who", "Italy"), ("url", "[news](https://example.org)")], Err("is not an address")),
            ("en-GB", &[("who", "Italy"), ("url", "see below")], Err("is not an address")),
            ("en-GB", &[("who", "Italy"), ("date", "yesterday")], Err("is not a date")),
            ("en-GB", &[("who", "Italy"), ("date", "31.12.2098")], Err("lies ahead")),
            ("en-GB", &[("who", ""), ("since", "soon"), ("url", "x"), ("date", "31.04.2026")], Err("no such day")),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_meeting() {
    let long = format!("fr: {}", "m".repeat(396));
    let most = format!("fr: {}\nen: {}\nes: {}", "m".repeat(115), "m".repeat(115), "m".repeat(115));
    holds(
        EditKind::Meeting,
        process("ocam"),
        &[
            ("fr", &[("title", "réunion"), ("when", "24–25 sept. 2024")], Ok("2024-09-24/2024-09-25")),
            ("fr", &[("title", "réunion"), ("when", "24 et 25 septembre 2024")], Ok("2024-09-24/2024-09-25")),
            ("fr", &[("title", "réunion"), ("when", "du 24 au 25 septembre 2024")], Ok("2024-09-24/2024-09-25")),
            ("fr", &[("title", "réunion"), ("when", "30 sept. - 2 oct. 2024")], Ok("2024-09-30/2024-10-02")),
            ("fr", &[("title", "réunion"), ("when", "mardi 24 septembre 2024")], Ok("2024-09-24")),
            ("fr", &[("title", "réunion"), ("when", "24/09/2024")], Ok("2024-09-24")),
            ("fr", &[("title", "réunion"), ("when", "2024")], Ok("\"2024\"")),
            ("fr", &[("title", "réunion"), ("when", "mi-2024")], Ok("\"2024\"")),
            ("fr", &[("title", "réunion"), ("when", "")], Ok("+ meeting")),
            ("en-GB", &[("title", "meeting"), ("when", "September 24th–25th, 2024")], Ok("2024-09-24/2024-09-25")),
            ("en-GB", &[("title", "meeting"), ("when", "Q3 2024")], Err("is not a date")),
            ("en-GB", &[("title", "meeting"), ("when", "tbc")], Err("is not a date")),
            ("es-ES", &[("title", "reunión"), ("when", "24 y 25 de septiembre de 2024")], Ok("2024-09-24/2024-09-25")),
            ("es-ES", &[("title", "reunión"), ("when", "a finales de 2024")], Ok("\"2024\"")),
            ("fr", &[("title", "fr : réunion\nEN: meeting\nES – reunión")], Ok("meeting")),
            ("fr", &[("title", "Français : réunion\nAnglais : meeting\nEspagnol : reunión")], Ok("\"es\":\"reunión\"")),
            ("en-GB", &[("title", "fr: réunion")], Ok("Missing: English, Spanish")),
            ("en-GB", &[("title", "9th round: ministers")], Ok("9th round: ministers")),
            ("en-GB", &[("title", "es:")], Err("must be filled in")),
            ("en-GB", &[("title", "   \n ")], Err("must be filled in")),
            ("en-GB", &[("title", "Meeting 🎉")], Ok("Meeting")),
            ("en-GB", &[("title", "**Meeting**")], Err("")),
            ("en-GB", &[("title", "https://example.org/meeting")], Err("")),
            ("fr", &[("title", &long)], Err("120")),
            ("fr", &[("title", &most)], Ok("+ meeting")),
            ("fr", &[("title", "réunion"), ("place", "Genève")], Ok("Genève")),
            ("fr", &[("title", "réunion"), ("place", "en ligne.")], Ok("\"online\":true")),
            ("fr", &[("title", "réunion"), ("place", "EN LIGNE")], Ok("\"online\":true")),
            ("es-ES", &[("title", "reunión"), ("place", "En línea")], Ok("\"online\":true")),
            ("en-GB", &[("title", "meeting"), ("place", "Zoom")], Ok("Zoom")),
            ("en-GB", &[("title", "meeting"), ("place", "fr: Genève\nen: Geneva\nes: Ginebra")], Ok("Ginebra")),
            ("en-GB", &[("title", "meeting"), ("when", "5 May 1825")], Err("")),
            ("en-GB", &[("title", "meeting"), ("when", "2206")], Err("")),
        ],
    )
    .await;
}

#[tokio::test]
async fn members_and_observers() {
    let rows: &[Row<'_>] = &[
        ("fr", &[("join", "Brésil, Chili"), ("since", "juin 2025")], Ok("\"CL\"")),
        ("fr", &[("join", "le Brésil et le Chili")], Ok("\"BR\"")),
        ("fr", &[("join", "Brésil, Brasil, BR")], Ok("\"BR\"")),
        ("fr", &[("join", "Brésil (observateur)")], Err("n'est pas dans le catalogue")),
        ("fr", &[("join", "Brésil"), ("leave", "Brésil")], Err("à la fois")),
        ("fr", &[("leave", "Panamá"), ("since", "2025")], Ok("\"PA\"")),
        ("fr", &[("leave", "PANAMA")], Ok("\"PA\"")),
        ("fr", &[("leave", "Suisse")], Err("ne participe pas")),
        ("fr", &[("leave", "tous")], Err("n'est pas dans le catalogue")),
        ("fr", &[("leave", "aucun")], Err("à remplir")),
        ("fr", &[("join", "Honduras")], Err("participe déjà")),
        ("en-GB", &[("join", "Chile"), ("since", "next year")], Err("is not a date")),
        ("en-GB", &[("join", "Chile"), ("since", "2098")], Err("lies ahead")),
        ("en-GB", &[("join", "Chile"), ("since", "1980")], Err("was founded later (October 1990)")),
        ("fr", &[("leave", "Panamá"), ("since", "1980")], Err("a été fondé plus tard (octobre 1990)")),
        ("en-GB", &[("join", "Chile"), ("since", "24 September")], Err("of which year")),
        ("en-GB", &[("join", "Wakanda")], Err("is not in the catalogue")),
        ("en-GB", &[("join", "Guinea")], Ok("\"GN\"")),
        ("es-ES", &[("join", "Guinea Ecuatorial")], Ok("\"GQ\"")),
        ("es-ES", &[("join", "")], Err("falta rellenarlo")),
        ("es-ES", &[("join", "Unión Europea")], Ok("\"eu\"")),
    ];
    holds(EditKind::Members, process("ocam"), rows).await;
    holds(
        EditKind::Observers,
        process("ocam"),
        &[
            ("fr", &[("join", "Brésil")], Ok("\"BR\"")),
            ("fr", &[("join", "Honduras")], Err("")),
            ("fr", &[("leave", "Suisse")], Err("ne participe pas")),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_status() {
    let long = "é".repeat(800);
    holds(
        EditKind::Status,
        process("ocam"),
        &[
            ("fr", &[("status", "inactif")], Ok("status.value")),
            ("fr", &[("status", "Inactif.")], Ok("status.value")),
            ("fr", &[("status", "en sommeil")], Ok("\"inactive\"")),
            ("fr", &[("status", "inactive")], Ok("\"inactive\"")),
            ("fr", &[("status", "activité suspendue")], Err("ne convient pas")),
            ("en-GB", &[("status", "not active")], Err("does not fit")),
            ("en-GB", &[("status", "active no more")], Err("does not fit")),
            ("en-GB", &[("status", "dead")], Err("does not fit")),
            ("en-GB", &[("status", "")], Err("must be filled in")),
            ("en-GB", &[("status", "unknown")], Ok("\"silence\"")),
            ("en-GB", &[("status", "Dormant")], Ok("\"inactive\"")),
            ("es-ES", &[("status", "Desconocido")], Ok("\"silence\"")),
            ("es-ES", &[("status", "emergente")], Ok("\"emerging\"")),
            ("es-ES", &[("status", "no activo")], Err("no sirve")),
            ("fr", &[("status", "inactif"), ("basis", "la liste de l'OIM")], Ok("status.value")),
            ("fr", &[("status", "inactif"), ("basis", "page OIM")], Ok("iom-page")),
            ("fr", &[("status", "inactif"), ("basis", "mon intuition")], Err("ne convient pas")),
            ("en-GB", &[("status", "inactive"), ("basis", "its meetings")], Ok("activity")),
            ("fr", &[("status", "inactif"), ("note", "fr: pourquoi\nen: why\nes: por qué")], Ok("status.note")),
            ("fr", &[("status", "inactif"), ("note", &long)], Err("")),
            ("fr", &[("status", "actif"), ("basis", "")], Err("le dit déjà")),
            ("fr", &[("status", "actif"), ("note", "vu en 2026")], Ok("status.note")),
        ],
    )
    .await;
}

#[tokio::test]
async fn the_secretariat_the_website_notes_and_themes() {
    holds(
        EditKind::Secretariat,
        process("ocam"),
        &[
            ("fr", &[("who", "OIM"), ("place", "Tegucigalpa"), ("since", "2025")], Ok("Tegucigalpa")),
            ("fr", &[("who", "OIM et Costa Rica"), ("since", "depuis 2025")], Ok("\"CR\"")),
            ("fr", &[("who", "aucun")], Ok("secretariat.kind")),
            ("fr", &[("who", "OIM et Costa Rica"), ("since", "2098")], Err("est à venir")),
            ("en-GB", &[("who", "IOM and Costa Rica"), ("since", "1985")], Err("was founded later (October 1990)")),
            ("en-GB", &[("who", "International Organization for Migration")], Err("says so already")),
            ("en-GB", &[("who", "IOM Regional Office")], Err("is not in the catalogue")),
            ("es-ES", &[("who", "")], Err("falta rellenarlo")),
        ],
    )
    .await;
    holds(
        EditKind::Website,
        process("ocam"),
        &[
            ("fr", &[("website", "https://www.example.org")], Ok("https://www.example.org")),
            ("fr", &[("website", "HTTPS://WWW.EXAMPLE.ORG/x")], Ok("https://www.example.org/x")),
            ("fr", &[("website", "www.example.org")], Err("n'est pas une adresse")),
            ("fr", &[("website", "pas de site")], Err("n'est pas une adresse")),
            ("fr", &[("website", "")], Err("à remplir")),
            ("fr", &[("website", "https://été.example.org/")], Ok("xn--")),
        ],
    )
    .await;
    let long = format!("fr: {}", "n".repeat(501));
    holds(
        EditKind::Note,
        process("ocam"),
        &[
            ("fr", &[("kind", "doute"), ("about", "présidence"), ("text", "fr: x\nen: y\nes: z")], Ok("note")),
            ("fr", &[("kind", "Désaccord"), ("about", "présidence, membres"), ("text", "x")], Ok("Il manque")),
            ("en-GB", &[("kind", "doubt"), ("about", "chair"), ("text", "es: solo")], Ok("Missing: French, English")),
            ("en-GB", &[("kind", "important"), ("about", "chair"), ("text", "x")], Err("does not fit")),
            ("en-GB", &[("kind", "doubt"), ("about", "the weather"), ("text", "x")], Err("does not fit")),
            ("en-GB", &[("kind", ""), ("about", ""), ("text", "")], Err("must be filled in")),
            ("es-ES", &[("kind", "duda"), ("about", "presidencia"), ("text", "Una duda.")], Ok("note")),
            ("es-ES", &[("kind", "contexto"), ("about", "reuniones"), ("text", &long)], Err("500")),
        ],
    )
    .await;
    holds(
        EditKind::Topic,
        process("ocam"),
        &[
            ("fr", &[("theme", "fr: asile\nen: asylum\nes: asilo"), ("topics", "asile")], Ok("themes")),
            ("en-GB", &[("theme", "asylum at sea"), ("topics", "asylum; borders")], Ok("\"borders\"")),
            ("en-GB", &[("theme", "asylum at sea"), ("topics", "cats")], Err("is not in the catalogue")),
            ("en-GB", &[("theme", "asylum at sea"), ("topics", "")], Err("must be filled in")),
            ("en-GB", &[("theme", ""), ("topics", "asylum")], Err("must be filled in")),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_still_holds() {
    holds(
        EditKind::StatusSeen,
        process("ocam"),
        &[
            ("fr", &[("date", "octobre 2026")], Ok("")),
            ("fr", &[("date", "")], Err("à remplir")),
            ("en-GB", &[("date", "autumn")], Err("is not a date")),
            ("en-GB", &[("url", ""), ("date", "2026")], Err("must be filled in")),
        ],
    )
    .await;
    holds(EditKind::MembersSeen, process("ocam"), &[("es-ES", &[("date", "")], Ok(""))]).await;
    holds(EditKind::ChairSeen, process("ocam"), &[("es-ES", &[("date", "mañana")], Err("no es una fecha"))]).await;
    holds(EditKind::AllSeen, process("ocam"), &[("en-GB", &[("date", "20 Nov 2026")], Ok("collected"))]).await;
    holds(
        EditKind::MeetingsSeen,
        FormOccasion::GlobalMeetings,
        &[("en-GB", &[("date", "20 Nov 2026")], Ok("collected")), ("fr", &[("date", "")], Err("à remplir"))],
    )
    .await;
}

#[tokio::test]
async fn a_global_meeting() {
    let date = ("date", "octobre 2026");
    holds(
        EditKind::GlobalMeeting,
        FormOccasion::GlobalMeetings,
        &[
            ("fr", &[("when", "24–25 sept. 2026"), ("venue", "Genève, Suisse"), date], Ok("\"ordinal\":11")),
            ("fr", &[("when", "24–25 sept. 2026"), ("venue", "Genève, Suisse"), date], Ok("\"country\":\"CH\"")),
            ("fr", &[("when", "2026"), ("venue", "en ligne"), date], Ok("\"online\":true")),
            ("fr", &[("when", "2026"), ("venue", "Suisse"), date], Ok("\"country\":\"CH\"")),
            ("fr", &[("when", "2026"), ("venue", "Genève"), date], Ok("Genève")),
            ("fr", &[("when", "2026"), ("venue", ""), date], Ok("grcp-11")),
            ("en-GB", &[("when", "May 2027"), ("venue", "Washington, D.C."), ("date", "")], Ok("Washington, D.C.")),
            ("en-GB", &[("when", "May 2026"), ("venue", "Seoul, South Korea"), date], Ok("\"country\":\"KR\"")),
            ("en-GB", &[("when", "May 2026"), ("venue", "Brazzaville, Congo"), date], Err("may mean several")),
            (
                "en-GB",
                &[("when", "May 2026"), ("venue", "fr: Genève, Suisse\nen: Rome, Italy"), date],
                Err("another country"),
            ),
            ("en-GB", &[("when", "May 2026"), ("venue", "🇨🇭"), date], Ok("\"country\":\"CH\"")),
            ("en-GB", &[("when", "May 2026"), ("date", "")], Err("must be filled in")),
            ("en-GB", &[("when", "May 2022"), date], Err("order of time")),
            ("en-GB", &[("when", "next spring"), date], Err("is not a date")),
            ("en-GB", &[("when", ""), date], Err("must be filled in")),
            ("en-GB", &[("title", ""), ("when", "2026"), date], Err("must be filled in")),
            ("en-GB", &[("title", "XI Global Meeting"), ("when", "2026"), date], Ok("\"ordinal\":11")),
            ("en-GB", &[("title", "Side event on data"), ("when", "2026"), date], Ok("without a number")),
            ("en-GB", &[("title", "Tenth Meeting"), ("when", "9 June 2023"), date], Ok("without a number")),
            ("es-ES", &[("title", "11.ª reunión"), ("when", "mayo de 2026"), date], Ok("Falta")),
            ("es-ES", &[("when", "mayo de 2026"), ("url", "iom.int"), date], Err("no es una dirección")),
        ],
    )
    .await;
    holds(
        EditKind::MeetingHeld,
        FormOccasion::GlobalMeeting("grcp-10".to_owned()),
        &[
            ("fr", &[("date", "juin 2023")], Ok("source")),
            ("fr", &[("date", "")], Err("à remplir")),
            ("fr", &[("when", ""), ("date", "2023")], Err("à remplir")),
            ("fr", &[("when", "8–9 juin 2023"), ("date", "2023")], Ok("2023-06-08/2023-06-09")),
            ("en-GB", &[("venue", "online"), ("date", "2023")], Ok("online")),
            ("en-GB", &[("venue", "Nairobi"), ("date", "2023")], Ok("Nairobi")),
            ("en-GB", &[("venue", ""), ("date", "2023")], Ok("source")),
            ("en-GB", &[("outcome", "joint statement"), ("date", "2023")], Ok("joint statement")),
            ("en-GB", &[("when", "2027"), ("outcome", "x"), ("date", "2023")], Err("has no result")),
            ("en-GB", &[("when", "2027"), ("date", "2023")], Ok("\"2027\"")),
            ("es-ES", &[("when", "2019"), ("date", "2023")], Err("orden cronológico")),
            ("es-ES", &[("outcome", &"x".repeat(260)), ("date", "2023")], Err("250")),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_role_that_was_taken_away_gives_back_what_was_written() {
    let root = TempDir::new().expect("a folder");
    let publisher = publisher_within(&root, &Files::built_in()).await;
    let (admin, nobody) = (moderated(&publisher), crate::forms::moderated_by(&publisher, 1));
    let open = FormButton::Open { kind: EditKind::Chair, about: process("ocam") }.encode(0);
    for (locale, title) in [("en-GB", "You may not moderate here"), ("es-ES", "No puede moderar aquí")] {
        let form = opened(&admin, locale, open.clone()).await;
        let typed = vec![("who".to_owned(), "Suisse".to_owned()), ("url".to_owned(), URL.1.to_owned())];
        let sent = |custom_id: &str| {
            InteractionData::Modal(Submitted { custom_id: custom_id.to_owned(), typed: typed.clone() })
        };
        let refused = answered(&nobody, locale, sent(&form.custom_id)).await.expect("an answer");
        assert_eq!(refused.embeds[0].title(), title);
        // A form of another version, too.
        let foreign = answered(&admin, locale, sent("rcp-admin:9:0:f:chair:ocam:00000000")).await.expect("an answer");
        for reply in [refused, foreign] {
            let file = reply.files.first().unwrap_or_else(|| panic!("{reply:#?}"));
            assert_eq!(String::from_utf8_lossy(&file.content), format!("who: Suisse\nurl: {}\n", URL.1));
        }
    }
    assert_eq!(publisher.live().snapshot().catalogue.process("ocam").map(|one| one.chair.is_some()), Some(true));
}
