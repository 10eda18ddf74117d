//! How the house is built: which file imports which, and that it goes one way.
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

/// The modules for which a macro's `$module` may stand: those that head a group in a table of their parent's.
fn in_table(all: &Modules, texts: &BTreeMap<Vec<String>, String>, parent: &[String]) -> BTreeSet<Vec<String>> {
    let heads = texts[parent].lines().filter_map(|line| line.trim_start().strip_suffix(" {"));
    heads.map(|head| [parent.to_vec(), vec![head.to_owned()]].concat()).filter(|it| all.contains_key(it)).collect()
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
            let ends_in_variable = said[at..].split_once('$').filter(|(path, _)| {
                path.ends_with("::") && path.chars().all(|one| one.is_alphanumeric() || "_:".contains(one))
            });
            match ends_in_variable {
                Some(_) => to.extend(read.iter().flat_map(|parent| in_table(&all, &texts, parent))),
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

#[test]
fn siblings_are_named_from_the_crates_root() {
    for source in sources() {
        for file in modules(&source).values() {
            let said = said(file);
            assert!(!said.contains("super::"), "{}: crate::… says where a thing stands", file.display());
        }
    }
}
