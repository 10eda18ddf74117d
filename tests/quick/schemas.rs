//! The JSON Schemas that editors use are those of the model, every data file names its own, and each holds under it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rcp_bot::schemas;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every data file, with the schema that its first line names.
fn data_files() -> Vec<(PathBuf, PathBuf)> {
    let data = root().join("data");
    let folders = [data.clone(), data.join("processes")];
    let paths = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder of data"));
    let paths = paths.map(|entry| entry.expect("a folder's entry").path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let text = read(&path);
            let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
            let named = named.unwrap_or_else(|| panic!("{}: the first line names no schema", path.display()));
            let schema = path.parent().expect("a file lies in a folder").join(named.trim());
            (path, schema)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_schema_files_are_current() {
    for (name, schema) in schemas::all() {
        let file = read(&root().join("schemas").join(name));
        let current = schemas::printed(&schema).expect("a schema prints");
        assert!(file == current, "schemas/{name} is old: run `cargo run -- schemas`");
    }
}

#[test]
fn there_is_no_schema_file_of_something_that_is_gone() {
    let known: BTreeSet<String> = schemas::all().into_iter().map(|(name, _)| name.to_owned()).collect();
    let entries = fs::read_dir(root().join("schemas")).expect("the folder of schemas");
    let files = entries.map(|entry| entry.expect("a folder's entry").file_name().to_string_lossy().into_owned());
    assert_eq!(files.collect::<BTreeSet<_>>(), known);
}

#[test]
fn every_data_file_names_the_schema_of_its_kind_by_a_path_that_exists() {
    let files = data_files();
    assert!(files.len() > 40, "{} files", files.len());
    for (path, schema) in files {
        assert!(schema.is_file(), "{} names {}", path.display(), schema.display());
        let in_processes = path.parent().is_some_and(|folder| folder.ends_with("processes"));
        let kind =
            if in_processes { "process" } else { path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default() };
        assert_eq!(schema.file_stem().and_then(|stem| stem.to_str()), Some(kind), "{}", path.display());
        let real = schema.canonicalize().expect("a schema's path");
        assert!(real.starts_with(root().canonicalize().expect("the repository").join("schemas")), "{}", path.display());
    }
}

/// A schema, compiled, with those that it names.
fn compiled(schema: serde_json::Value) -> (boon::Schemas, boon::SchemaIndex) {
    let (mut compiler, mut schemas) = (boon::Compiler::new(), boon::Schemas::new());
    compiler.add_resource("memory:///schema", schema).expect("an address");
    let schema = compiler.compile("memory:///schema", &mut schemas).expect("a schema is one");
    (schemas, schema)
}

#[test]
fn every_data_file_holds_under_its_schema() {
    let mut wrong = Vec::new();
    for (path, schema) in data_files() {
        let schema: serde_json::Value = serde_json::from_str(&read(&schema)).expect("a schema is JSON");
        let (schemas, schema) = compiled(schema);
        let record: serde_json::Value = toml::from_str(&read(&path)).expect("a data file is TOML");
        if let Err(error) = schemas.validate(&record, schema) {
            wrong.push(format!("{}: {error}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_schema_tells_what_is_wrong_while_typing() {
    let schema = |name: &str| {
        let (_, schema) = schemas::all().into_iter().find(|(known, _)| *known == name).expect(name);
        compiled(schema)
    };
    let (schemas, process) = schema("process.json");
    let ocam: serde_json::Value = toml::from_str(&read(&root().join("data/processes/ocam.toml"))).expect("TOML");
    assert!(schemas.validate(&ocam, process).is_ok());
    let breaks: [(&str, serde_json::Value); 6] = [
        ("/kind", "regionel".into()),
        ("/founding/date", "October 1990".into()),
        ("/acronym", 3.into()),
        ("/participants/0/role", "boss".into()),
        ("/source", serde_json::Value::Null),
        ("/colour", "red".into()),
    ];
    for (pointer, value) in breaks {
        let mut broken = ocam.clone();
        match broken.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => {
                broken.as_object_mut().expect("a record").insert(pointer.trim_start_matches('/').to_owned(), value);
            }
        }
        assert!(schemas.validate(&broken, process).is_err(), "{pointer}");
    }
}

#[test]
fn every_key_of_a_schema_is_explained() {
    fn unexplained(name: &str, at: &str, schema: &serde_json::Value, found: &mut Vec<String>) {
        match schema {
            serde_json::Value::Object(keys) => {
                for (key, property) in keys.get("properties").and_then(|all| all.as_object()).into_iter().flatten() {
                    if property.get("description").is_none() {
                        found.push(format!("{name} {at}/{key}"));
                    }
                }
                for (key, inner) in keys {
                    unexplained(name, &format!("{at}/{key}"), inner, found);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| unexplained(name, at, item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (name, schema) in schemas::all() {
        unexplained(name, "", &schema, &mut found);
    }
    assert!(found.is_empty(), "{found:#?}");
}
