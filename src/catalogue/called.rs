//! By which names people may call a process, each with its way in the file, and by which letters two names are one.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use crate::catalogue::fold::{fold, squeeze};
use crate::catalogue::model::Process;
use crate::catalogue::read::PathStep;

/// Names, each with its path.
pub(crate) type Names<'a> = Vec<(Vec<PathStep<'a>>, &'a str)>;

/// Every name by which people may call a process, with its path.
pub(crate) fn process_names(process: &Process) -> Names<'_> {
    let by_language = |key: &'static str, language: &'static str| vec![PathStep::Key(key), PathStep::Key(language)];
    let mut names: Names<'_> = Vec::new();
    names.extend(process.name.wordings().map(|(language, name)| (by_language("name", language.code()), name)));
    names.extend(
        process.short_name.iter().flat_map(|short| {
            short.wordings().map(|(language, name)| (by_language("short_name", language.code()), name))
        }),
    );
    names.extend(
        process
            .acronym
            .iter()
            .flat_map(|acronym| acronym.wordings().map(|(_, name)| (vec![PathStep::Key("acronym")], name))),
    );
    for (key, list) in [
        ("other_acronyms", &process.other_acronyms),
        ("aliases", &process.aliases),
        ("former_names", &process.former_names),
    ] {
        let items = list.iter().enumerate();
        names.extend(items.map(|(item, name)| (vec![PathStep::Key(key), PathStep::Item(item)], name.as_str())));
    }
    names
}

/// What finding looks at of a name, so that two names that lead to each other are one here too.
pub(crate) fn letters(name: &str) -> String {
    squeeze(&fold(name))
}

/// The letters of a name as a number: equal where the letters are, and hardly ever where they are not.
pub(crate) fn hash(letters: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    letters.hash(&mut hasher);
    hasher.finish()
}

/// The same of every name of a process.
pub(crate) fn name_hashes(process: &Process) -> Arc<[u64]> {
    let mut hashes: Vec<u64> = process_names(process).iter().map(|(_, name)| hash(&letters(name))).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into()
}
