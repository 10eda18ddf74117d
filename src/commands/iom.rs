//! `/rcp oim`: IOM's role in two sentences, its figures, and where it is the secretariat; the rest behind buttons.

use crate::catalogue::IomRoleKind;
use crate::reply::{Budget, Embed, Lines, Reply, Sheet, colour, cut};

use crate::commands::declaration::Command;
use crate::commands::look::footer_with_legend;
use crate::commands::parameter::IomPart;
use crate::commands::reader::{Reader, Rows, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::request::Invocation;
use crate::commands::view::View;
use crate::commands::wording::Wording;

/// How much of the summary the face shows, in characters.
const SHOWN_SUMMARY: usize = 260;

/// `/rcp oim` takes no option.
pub(super) static COMMAND: Command =
    Command { name: Wording { fr: "oim", en: "iom", es: "oim" }, options: &[], answer, costly: false };

fn answer(_: &Reader<'_>, _: &Invocation) -> Result<View, Refusal> {
    Ok(View::Iom {})
}

/// The emoji of a part's button.
fn emoji(part: IomPart) -> &'static str {
    match part {
        IomPart::Processes => "🗂️",
        IomPart::Figures => "⚖️",
        IomPart::Support => "➕",
        IomPart::Basics => "🏛️",
    }
}

/// IOM's role at a glance.
pub(super) fn show(reader: &Reader<'_>) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (iom, voice) = (&snapshot.catalogue.iom, reader.voice);
    let part = |part: IomPart| {
        let label = voice.say(&format!("iom-part-{}", part.key()));
        reader.open(0, label, View::IomPart { part, page: 0 }).emoji(emoji(part))
    };
    let rows = Rows::default().buttons(IomPart::ALL.map(part).to_vec()).buttons(vec![
        reader.open(0, voice.say("button-meetings"), View::Meetings {}).emoji("📅"),
        reader.share_or_delete(View::Iom {}),
    ]);
    let sources = iom.figures.first().map(|fact| fact.sources.as_slice()).unwrap_or_default();
    let footer = reader.footer(sources, iom.collected);
    let mut embed = Embed::within(Budget::FACE, &rows.0, colour::GENERAL, &voice.say("iom-title"), &footer)
        .url(reader.page(&iom.pages))
        .description(&cut(reader.text(&iom.summary), SHOWN_SUMMARY));
    let figures = iom.figures.iter().filter(|fact| fact.value.is_some()).map(|fact| reader.headline(fact));
    embed = embed.items(&voice.say("iom-figures"), Lines::below(figures.collect::<Vec<_>>()));
    let alone: &[IomRoleKind] = &[IomRoleKind::Secretariat];
    let shared = &[IomRoleKind::JointSecretariat, IomRoleKind::Host];
    for (key, roles) in [("iom-secretariat-today", alone), ("iom-secretariat-shared", shared)] {
        let lists = || roles.iter().filter_map(|role| snapshot.relations.iom_roles.get(role));
        let names = snapshot.catalogue.at(lists().flatten()).map(|process| voice.process_short(process).to_owned());
        embed = embed.items(&voice.say(key), Lines::beside_of(lists().map(Vec::len).sum(), names));
    }
    Ok(reader.reply(embed, rows))
}

/// One part in full.
pub(super) fn part(reader: &Reader<'_>, part: IomPart, page: usize) -> Result<Reply, Refusal> {
    let snapshot = reader.snapshot;
    let (iom, voice) = (&snapshot.catalogue.iom, reader.voice);
    let mut sheet = Sheet::default();
    match part {
        IomPart::Processes => {
            for (role, places) in &snapshot.relations.iom_roles {
                let heading = voice.say(&format!("iom-role-{}", role.key()));
                sheet.run(&format!("{heading} ({})", places.len()), reader.marked(places));
            }
        }
        IomPart::Figures => reader.facts(&mut sheet, &iom.figures),
        IomPart::Support => {
            sheet.put("", reader.text(&iom.summary));
            reader.facts(&mut sheet, &iom.roles);
        }
        IomPart::Basics => reader.facts(&mut sheet, &iom.basics),
    }
    let title = voice.say(&format!("iom-title-{}", part.key()));
    let footer = voice.say_with("footer-date", [("date", voice.date(iom.collected).into())]);
    let footer = if part == IomPart::Processes { footer_with_legend(voice, &footer) } else { footer };
    let back = Some(reader.back("button-iom", View::Iom {}));
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &title,
        url: reader.page(&iom.pages),
        footer,
        back,
        rows: Vec::new(),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::IomPart { part, page }))
}
