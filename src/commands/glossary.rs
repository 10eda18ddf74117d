//! `/rcp glossaire`: a term in the three languages, and the list of all terms.

use crate::catalogue::{Language, Term};
use crate::lookup::Entity;
use crate::reply::{Lines, Reply};

use super::declaration::{Command, CommandOption, OptionKind};
use super::finding;
use super::look::{PAGE, general, paged};
use super::reader::Reader;
use super::refusal::Refusal;
use super::request::Invocation;
use super::view::View;
use super::wording::Wording;

const TERM: CommandOption = CommandOption {
    name: Wording { fr: "terme", en: "term", es: "termino" },
    required: false,
    kind: OptionKind::Entry(Entity::Term),
};

/// `/rcp glossaire`: one term, or all of them.
pub(super) static COMMAND: Command = Command {
    name: Wording { fr: "glossaire", en: "glossary", es: "glosario" },
    options: &[TERM],
    answer,
    costly: false,
};

fn answer(reader: &Reader<'_>, invocation: &Invocation) -> Result<View, Refusal> {
    match invocation.text(TERM.name.fr) {
        None => Ok(View::Glossary { page: 0 }),
        typed => finding::find(reader, Entity::Term, typed),
    }
}

/// The terms, in the order of the reader's language.
pub(super) fn list(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let glossary = &reader.snapshot.catalogue.glossary;
    let voice = reader.voice;
    let terms = reader.snapshot.terms(voice.language);
    let (pages, page) = paged(terms.len(), page);
    let shown = || terms.iter().skip(page * PAGE).take(PAGE);
    let lines = shown().map(|term| {
        let others = Language::ALL.into_iter().filter(|language| *language != voice.language);
        let others: Vec<&str> = others.filter_map(|language| term.name.exact(language)).collect();
        format!("**{}**\n-# {}", title(reader, term), others.join(" · "))
    });
    let embed = general(&voice.say("glossary-title"))
        .lines(Lines::below(lines))
        .footer(&voice.say_with("footer-derived", [("date", voice.date(glossary.collected).into())]));
    let reply = reader.reply(embed);
    let view = |page| View::Glossary { page };
    Ok(reader
        .menu_of(reply, "menu-open-term", Entity::Term, shown().map(|term| term.id.as_str()))
        .buttons(reader.pager(page, pages, view))
        .buttons(vec![reader.share_or_delete(view(page))]))
}

fn title(reader: &Reader<'_>, term: &Term) -> String {
    let name = term.name.get(reader.voice.language);
    match &term.acronym {
        Some(acronym) => format!("{name} ({})", acronym.get(reader.voice.language)),
        None => name.to_owned(),
    }
}

/// A term.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let catalogue = &reader.snapshot.catalogue;
    let term = catalogue.term(id).ok_or(Refusal::EntryGone)?;
    let voice = reader.voice;
    let definition = term.definition.as_ref().map(|text| reader.text(text)).unwrap_or_default();
    let mut embed = general(&title(reader, term)).description(definition);
    for language in Language::ALL {
        let Some(name) = term.name.exact(language) else { continue };
        let acronym = term.acronym.as_ref().and_then(|acronym| acronym.wordings().find(|(of, _)| *of == language));
        let acronym = acronym.map(|(_, acronym)| format!(" ({acronym})")).unwrap_or_default();
        let own =
            if term.name.is_own(language) { format!("\n-# {}", voice.say("wording-is-ours")) } else { String::new() };
        embed = embed.inline(&voice.say(&format!("language-{language}")), &format!("{name}{acronym}{own}"));
    }
    if !term.variants.is_empty() {
        embed = embed.items(&voice.say("field-variants"), Lines::beside(term.variants.clone()));
    }
    if !term.notes.is_empty() {
        embed = embed.items(&voice.say("field-notes"), reader.notes(&term.notes));
    }
    embed = embed.items(&voice.say("field-sources"), reader.sources(&term.sources));
    let embed = embed.footer(&reader.footer(&term.sources, catalogue.glossary.collected));
    let reply = reader.reply(embed);
    Ok(reply.buttons(vec![
        reader.open(0, voice.say("button-all-terms"), View::Glossary { page: 0 }).emoji("↩️"),
        reader.share_or_delete(View::Term { id: id.to_owned() }),
    ]))
}
