//! `/rcp glossaire`: a term in the reader's language, in the others behind a button, and the list of all terms.

use crate::catalogue::{Language, Term};
use crate::lookup::Entity;
use crate::reply::{Budget, Embed, Lines, Reply, Sheet, colour, cut};

use crate::commands::declaration::{Command, CommandOption, OptionKind};
use crate::commands::finding;
use crate::commands::look::paged;
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::report;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

const TERM: CommandOption = CommandOption {
    name: Wording { fr: "terme", en: "term", es: "termino" },
    required: false,
    kind: OptionKind::Entry(Entity::Term),
};

/// How many terms a page shows.
const TERMS: usize = 10;

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
    let (pages, page) = paged(terms.len(), TERMS, page);
    let shown: Vec<&&Term> = terms.iter().skip(page * TERMS).take(TERMS).collect();
    let view = |page| View::Glossary { page };
    let mut buttons = reader.pager(page, pages, view);
    buttons.push(reader.share_or_delete(view(page)));
    let ids = shown.iter().map(|term| term.id.as_str());
    let rows = Rows::default().menu(reader.menu_of(0, "menu-open-term", Entity::Term, ids)).buttons(buttons);
    let footer = voice.say_with("footer-date", [("date", voice.date(glossary.collected).into())]);
    let heading = voice.say("glossary-title");
    // Every term of the page is shown, with less of its name where the names are long.
    let embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &heading, &footer);
    let embed = embed.first_that_fits([120, 60, 30].into_iter().map(|most| {
        let lines = shown.iter().map(|term| format!("• {}", cut(&title(reader, term), most)));
        lines.collect::<Vec<_>>().join("\n")
    }));
    Ok(reader.reply(embed, rows))
}

fn title(reader: &Reader<'_>, term: &Term) -> String {
    let name = term.name.get(reader.voice.language);
    match &term.acronym {
        Some(acronym) => format!("{name} ({})", acronym.get(reader.voice.language)),
        None => name.to_owned(),
    }
}

fn term<'a>(reader: &Reader<'a>, id: &str) -> Result<&'a Term, Refusal> {
    reader.snapshot.catalogue.term(id).ok_or(Refusal::EntryGone)
}

/// A term: what it means.
pub(super) fn show(reader: &Reader<'_>, id: &str) -> Result<Reply, Refusal> {
    let term = term(reader, id)?;
    let voice = reader.voice;
    let rows = Rows::default().buttons(vec![
        reader.open(0, voice.say("button-languages"), View::TermMore { id: id.to_owned(), page: 0 }).emoji("🌐"),
        reader.back("button-all-terms", View::Glossary { page: 0 }),
        reader.share_or_delete(View::Term { id: id.to_owned() }),
    ]);
    let footer = reader.footer(&term.sources, reader.snapshot.catalogue.glossary.collected);
    let definition = term.definition.as_ref().map(|text| reader.text(text).to_owned());
    let definition = definition.unwrap_or_else(|| voice.say("term-undefined"));
    let mut embed = Embed::within(reader.face, &rows.0, colour::GENERAL, &title(reader, term), &footer)
        .description(&format!("{definition}{}", reader.mark(&term.notes)));
    if term.name.is_own(voice.language) {
        embed = embed.lines(Lines::below(vec![format!("-# {}", voice.say("wording-is-ours"))]));
    }
    Ok(reader.reply(embed, rows))
}

/// A term in every language, its variants, and where it comes from.
pub(super) fn more(reader: &Reader<'_>, id: &str, page: usize) -> Result<Reply, Refusal> {
    let term = term(reader, id)?;
    let voice = reader.voice;
    let mut sheet = Sheet::default();
    for language in Language::ALL {
        let Some(name) = term.name.exact(language) else { continue };
        let acronym = term.acronym.as_ref().and_then(|acronym| acronym.wordings().find(|(of, _)| *of == language));
        let acronym = acronym.map(|(_, acronym)| format!(" ({acronym})")).unwrap_or_default();
        let own =
            if term.name.is_own(language) { format!("\n-# {}", voice.say("wording-is-ours")) } else { String::new() };
        let heading = voice.say(&format!("language-{language}"));
        sheet.put(&heading, format!("{name}{acronym}{own}"));
        // The face shows as much of it as there is room for, in one language.
        sheet.put(&heading, term.definition.as_ref().map(|text| text.get(language).to_owned()).unwrap_or_default());
    }
    sheet.put(&voice.say("field-variants"), term.variants.join(" · "));
    for note in reader.notes(&term.notes) {
        sheet.put(&voice.say("field-notes"), note);
    }
    for source in &term.sources {
        sheet.put(&voice.say("field-sources"), format!("• {}", reader.source(source)));
    }
    let name = title(reader, term);
    let back = reader.back("button-back-to-term", View::Term { id: id.to_owned() });
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &name,
        url: None,
        footer: reader.footer(&term.sources, reader.snapshot.catalogue.glossary.collected),
        back: Some(back),
        rows: report::row(reader, View::Term { id: id.to_owned() }),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::TermMore { id: id.to_owned(), page }))
}
