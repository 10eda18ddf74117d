//! Every command with its options, from the list of commands: the sheet behind `/rcp aide`.

use crate::reply::{Budget, Reply, Sheet, colour};

use crate::commands::list::{COMMANDS, MESSAGE_COMMANDS, ROOT};
use crate::commands::reader::{Reader, SheetLook};
use crate::commands::refusal::Refusal;
use crate::commands::view::View;

/// All commands in the reader's language, in the order of the list.
pub(super) fn show(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let (catalogue, voice) = (&reader.snapshot.catalogue, reader.voice);
    let mut sheet = Sheet::default();
    for command in COMMANDS {
        let options = command.options.iter().map(|option| {
            let name = option.name.get(voice.language);
            if option.required { format!(" `{name}`") } else { format!(" [`{name}`]") }
        });
        let options: String = options.collect();
        let description = voice.say(&format!("command-{}", command.name.fr));
        sheet.put("", format!("**/{ROOT} {}**{options}\n{description}", command.name.get(voice.language)));
    }
    for command in MESSAGE_COMMANDS {
        sheet.put("", command.on_messages(voice));
    }
    sheet.put("", format!("-# {}", voice.say("help-common-options")));
    let title = voice.say("help-commands-title");
    let look = SheetLook {
        budget: Budget::SHEET,
        colour: colour::GENERAL,
        title: &title,
        url: None,
        footer: voice.say_with("footer-date", [("date", voice.date(catalogue.general.collected).into())]),
        back: Some(reader.open(0, voice.say("button-help-page"), View::Help {}).emoji("↩️")),
        rows: Vec::new(),
    };
    Ok(reader.sheet(&sheet, look, page, |page| View::Commands { page }))
}
