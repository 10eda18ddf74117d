//! Every command with its options, from the list of commands: the sheet behind `/rcp aide`.

use crate::reply::{Reply, Sheet};

use crate::commands::list::{COMMANDS, MESSAGE_COMMANDS, ROOT};
use crate::commands::reader::Reader;
use crate::commands::refusal::Refusal;
use crate::commands::view::View;

/// All commands in the reader's language, in the order of the list.
pub(super) fn show(reader: &Reader<'_>, page: usize) -> Result<Reply, Refusal> {
    let voice = reader.voice;
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
    let look = reader.look(&title, reader.back("button-help-page", View::Help {}));
    Ok(reader.sheet(&sheet, look, page, |page| View::Commands { page }))
}
