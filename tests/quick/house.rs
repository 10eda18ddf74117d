//! How the house is built: which file imports which, that it goes one way, and that a name means one thing.
//!
//! `cargo test --test quick house` looks at every `use` and every `crate::…` in `src/` and in `crates/local-discord/src/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a crate by the path of their module (`["catalogue", "model"]`).
type Modules = BTreeMap<Vec<String>, PathBuf>;

fn modules(source: &Path) -> Modules {
    let mut all = Modules::new();
    let mut folders = vec![(source.to_path_buf(), Vec::new())];
    while let Some((folder, path)) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let file = entry.unwrap().path();
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            if file.is_dir() {
                folders.push((file, [path.clone(), vec![name]].concat()));
            } else if file.extension().is_some_and(|kind| kind == "rs") {
                let module = match &*name {
                    "mod" | "lib" => path.clone(),
                    "main" => continue,
                    _ => [path.clone(), vec![name]].concat(),
                };
                all.insert(module, file);
            }
        }
    }
    all
}

/// What a file says, without comments and without its unit tests.
fn said(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The paths of a tree such as `a::{b, c::{self, D as E}}`, read up to what ends it.
fn paths(tree: &str) -> Vec<Vec<String>> {
    fn read(rest: &mut &str, before: &[String], all: &mut Vec<Vec<String>>) {
        let mut path = before.to_vec();
        loop {
            *rest = rest.trim_start();
            if let Some(inner) = rest.strip_prefix('{') {
                *rest = inner;
                loop {
                    *rest = rest.trim_start_matches([',', ' ', '\n']);
                    match rest.strip_prefix('}') {
                        Some(after) => return *rest = after,
                        None => read(rest, &path, all),
                    }
                }
            }
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '*');
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            let read = !name.is_empty() || after.starts_with(['<', '(', '$']);
            assert!(read, "a path is read: {:?}", rest.get(..40));
            if name != "self" && !name.is_empty() {
                path.push(name.to_owned());
            }
            match after.strip_prefix("::") {
                Some(after) if !after.starts_with('<') => *rest = after,
                _ => break *rest = after,
            }
        }
        if let Some(after) = rest.strip_prefix(" as ") {
            let end = after.find([',', '}', ';', '\n']).unwrap_or(after.len());
            *rest = &after[end..];
        }
        all.push(path);
    }
    let mut all = Vec::new();
    read(&mut { tree }, &[], &mut all);
    all
}

/// The modules for which a macro's `$variable` below `parent` may stand: where a name follows it, those that hold the name;
/// else those that the parent's table names.
fn stood_for(texts: &BTreeMap<Vec<String>, String>, parent: &[String], then: &str) -> BTreeSet<Vec<String>> {
    let children = texts.keys().filter(|module| module.split_last().is_some_and(|(_, above)| above == parent));
    let name = then.trim_start_matches("::").split(|one: char| !one.is_alphanumeric() && one != '_').next().unwrap();
    let fits = |module: &&Vec<String>| match name {
        "" => {
            let row = format!(" {}::", module.last().unwrap());
            texts[parent].lines().any(|line| line.contains(&row) && !line.contains("use "))
        }
        name => texts[*module].contains(&format!(" {name}: ")),
    };
    children.filter(fits).cloned().collect()
}

/// What a module hands on under its own name: the name, and the path it stands for.
fn handed_on(module: &[String], said: &str) -> Vec<(String, Vec<String>)> {
    let public = said.match_indices("pub use ").map(|(at, found)| (at + found.len(), false));
    let crates = said.match_indices("pub(crate) use ").map(|(at, found)| (at + found.len(), false));
    let mut all = Vec::new();
    for (at, _) in public.chain(crates) {
        for path in paths(&said[at..]) {
            let whole = match path.first().map(String::as_str) {
                Some("crate") => path[1..].to_vec(),
                _ => [module.to_vec(), path.clone()].concat(),
            };
            all.push((whole.last().unwrap().clone(), whole));
        }
    }
    all
}

/// The module whose file holds what a path names.
fn home(all: &Modules, handed: &BTreeMap<Vec<String>, Vec<(String, Vec<String>)>>, path: &[String]) -> Vec<String> {
    let mut module: Vec<String> = Vec::new();
    for (place, name) in path.iter().enumerate() {
        let deeper = [module.clone(), vec![name.clone()]].concat();
        if all.contains_key(&deeper) {
            module = deeper;
            continue;
        }
        let on = handed.get(&module).into_iter().flatten().find(|(handed, _)| handed == name);
        if let Some((_, whole)) = on.filter(|(_, whole)| whole[..] != path[..=place]) {
            return home(all, handed, &[whole.clone(), path[place + 1..].to_vec()].concat());
        }
        break;
    }
    module
}

/// Which module imports which; what a file only hands on is no import.
fn arrows(source: &Path) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let all = modules(source);
    let texts: BTreeMap<_, _> = all.iter().map(|(module, file)| (module.clone(), said(file))).collect();
    let handed: BTreeMap<_, _> = texts.iter().map(|(module, said)| (module.clone(), handed_on(module, said))).collect();
    let mut arrows = BTreeMap::new();
    for (module, said) in &texts {
        let mut to = BTreeSet::new();
        for (at, _) in said.match_indices("crate::") {
            let line = said[..at].rfind('\n').map_or(0, |end| end + 1);
            let before = said[line..at].trim_start();
            // `$crate`, `local_crate`, and what is handed on.
            if said[..at].ends_with(['$', '_']) || before.starts_with("pub use") || before.starts_with("pub(crate) use")
            {
                continue;
            }
            let read = paths(&said[at + "crate::".len()..]);
            let variable = said[at..].split_once('$').filter(|(path, _)| {
                path.ends_with("::") && path.chars().all(|one| one.is_alphanumeric() || "_:".contains(one))
            });
            match variable {
                Some((_, rest)) => {
                    let then = rest.trim_start_matches(|one: char| one.is_alphanumeric() || one == '_');
                    to.extend(read.iter().flat_map(|parent| stood_for(&texts, parent, then)));
                }
                None => to.extend(read.iter().map(|path| home(&all, &handed, path))),
            }
        }
        for line in said.lines().filter_map(|line| line.strip_prefix("use ")) {
            let first = line.split([':', ';']).next().unwrap();
            let child = [module.clone(), vec![first.to_owned()]].concat();
            if all.contains_key(&child) {
                to.extend(paths(line).iter().map(|path| home(&all, &handed, &[module.clone(), path.clone()].concat())));
            }
        }
        // What a file hands on and uses itself is imported too; a macro's text is used where it is called.
        let outside: Vec<&str> = said
            .split("macro_rules!")
            .enumerate()
            .map(|(place, part)| match place {
                0 => part,
                _ => part.split_once("\n}\n").map_or("", |(_, after)| after),
            })
            .collect();
        let outside = outside.concat();
        let code: String = outside.split(';').filter(|item| !item.contains("use ")).collect();
        let words: BTreeSet<&str> = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
        let own: &Vec<(String, Vec<String>)> = &handed[module];
        let used = own.iter().filter(|(name, _)| words.contains(name.as_str()));
        to.extend(used.map(|(_, whole)| home(&all, &handed, whole)));
        to.remove(module);
        arrows.insert(module.clone(), to);
    }
    arrows
}

fn sources() -> [PathBuf; 2] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    [root.join("src"), root.join("crates/local-discord/src")]
}

#[test]
fn no_file_imports_one_that_imports_it() {
    for source in sources() {
        let arrows = arrows(&source);
        let count: usize = arrows.values().map(BTreeSet::len).sum();
        assert!(count > arrows.len(), "imports are seen: {count} among {} files", arrows.len());
        let mut circles = BTreeSet::new();
        for start in arrows.keys() {
            // Whether a walk along the arrows comes back to where it began, and by which way.
            let mut came_from: BTreeMap<&Vec<String>, &Vec<String>> = BTreeMap::new();
            let mut open = vec![start];
            while let Some(module) = open.pop() {
                for next in &arrows[module] {
                    if next == start {
                        let mut way = vec![module.join("::")];
                        let mut at = module;
                        while at != start {
                            at = came_from[at];
                            way.push(at.join("::"));
                        }
                        way.sort();
                        circles.insert(way);
                    } else if !came_from.contains_key(next) {
                        came_from.insert(next, module);
                        open.push(next);
                    }
                }
            }
        }
        assert!(circles.is_empty(), "circles of imports in {}: {circles:#?}", source.display());
    }
}

/// A row of the table of rooms: the rooms that it is about, and what they may know.
struct Rooms {
    names: Vec<String>,
    may_know: Vec<String>,
}

/// The table of rooms in `docs/ARCHITECTURE.md`.
fn rooms() -> Vec<Rooms> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ARCHITECTURE.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let names = cells[0].split('`').skip(1).step_by(2);
        let names = names.map(|path| path.trim_start_matches("src/").trim_end_matches('/').trim_end_matches(".rs"));
        Rooms { names: names.map(str::to_owned).collect(), may_know: cells[2].split(", ").map(str::to_owned).collect() }
    })
    .collect()
}

#[test]
fn each_room_imports_only_what_it_may_know() {
    let rooms = rooms();
    let row_of = |name: &str| rooms.iter().find(|row| row.names.iter().any(|one| one == name));
    let mut wrong = BTreeSet::new();
    let mut seen = 0;
    for (module, to) in arrows(&sources()[0]) {
        let Some(room) = module.first() else { continue };
        let Some(row) = row_of(room) else {
            wrong.insert(format!("{room} stands in no row of the table"));
            continue;
        };
        // What a room may know, it may know with all that this may know; the rooms of one row know each other.
        let mut known: BTreeSet<&str> = row.names.iter().map(String::as_str).collect();
        let mut open: Vec<&str> = row.may_know.iter().map(String::as_str).collect();
        while let Some(name) = open.pop() {
            if known.insert(name) && name != "all" && name != "nothing" {
                let row = row_of(name).unwrap_or_else(|| panic!("the table has no room {name}"));
                known.extend(row.names.iter().map(String::as_str));
                open.extend(row.may_know.iter().map(String::as_str));
            }
        }
        for other in to.iter().filter_map(|other| other.first()) {
            seen += 1;
            if !known.contains("all") && !known.contains(other.as_str()) {
                wrong.insert(format!("{} imports {other}", module.join("::")));
            }
        }
    }
    assert!(seen > 100, "imports are seen: {seen}");
    assert!(wrong.is_empty(), "not as docs/ARCHITECTURE.md has it: {wrong:#?}");
}

#[test]
fn the_types_of_serenity_stay_where_discord_is_spoken_to() {
    for (module, file) in modules(&sources()[0]) {
        let said = said(&file);
        let named = said.lines().any(|line| line.split('"').step_by(2).any(|code| code.contains("serenity::")));
        let allowed = ["transport", "reply"].contains(&module.first().map_or("", String::as_str));
        assert!(!named || allowed, "{} names a type of serenity", file.display());
    }
}

#[test]
fn only_the_settings_read_the_environment() {
    for (module, file) in modules(&sources()[0]) {
        let reads = ["env::var(", "env::var_os(", "env::vars"].iter().any(|call| said(&file).contains(call));
        assert!(!reads || module[0] == "settings", "{} reads the environment", file.display());
    }
}

#[test]
fn no_two_types_of_a_crate_share_a_name() {
    for source in sources() {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (module, file) in modules(&source) {
            for line in said(&file).lines().map(str::trim_start).filter(|line| line.starts_with("pub")) {
                let mut words =
                    line.split(|one: char| !one.is_alphanumeric() && one != '_' && one != '(' && one != ')');
                let kind = words.by_ref().find(|word| !word.starts_with("pub") && *word != "unsafe");
                if let (Some("struct" | "enum" | "trait" | "type"), Some(name)) = (kind, words.next())
                    && !name.is_empty()
                {
                    places.entry(name.to_owned()).or_default().push(module.join("::"));
                }
            }
        }
        assert!(places.len() > 50, "types are seen: {}", places.len());
        places.retain(|_, places| places.len() > 1);
        assert!(places.is_empty(), "one name, one meaning: {places:#?}");
    }
}

#[test]
fn siblings_are_named_from_the_crates_root() {
    for source in sources() {
        for file in modules(&source).values() {
            let said = said(file);
            assert!(!said.contains("super::"), "{}: crate::… says where a thing stands", file.display());
        }
    }
}
