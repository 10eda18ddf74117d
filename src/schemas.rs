//! The JSON Schemas of the data files, made from the model, so that editors complete and check while typing.

use std::fs;
use std::path::Path;

use anyhow::Context;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use crate::catalogue::{
    CountriesFile, GeneralFile, GlossaryFile, IomFile, MeetingsFile, OrganisationsFile, Process, QuestionsFile,
    RegionsFile, TopicsFile,
};

/// Every schema by the name of its file.
pub fn all() -> Vec<(&'static str, Value)> {
    vec![
        ("process.json", schema::<Process>("A consultative process: one file of processes/")),
        ("regions.json", schema::<RegionsFile>("regions.toml")),
        ("countries.json", schema::<CountriesFile>("countries.toml")),
        ("organisations.json", schema::<OrganisationsFile>("organisations.toml")),
        ("meetings.json", schema::<MeetingsFile>("meetings.toml")),
        ("iom.json", schema::<IomFile>("iom.toml")),
        ("general.json", schema::<GeneralFile>("general.toml")),
        ("glossary.json", schema::<GlossaryFile>("glossary.toml")),
        ("questions.json", schema::<QuestionsFile>("questions.toml")),
        ("topics.json", schema::<TopicsFile>("topics.toml")),
    ]
}

fn schema<T: JsonSchema>(title: &str) -> Value {
    // Draft 7 is what editors' TOML support understands best.
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), Value::String(title.to_owned()));
    let mut schema = schema.to_value();
    without_empty_defaults(&mut schema);
    schema
}

/// A key that may be left out says so by not being required; that it is nothing then need not be said.
fn without_empty_defaults(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            if let Some(Value::Object(default)) = keys.get_mut("default") {
                default.retain(|_, value| !says_nothing(value));
            }
            if keys.get("default").is_some_and(says_nothing) {
                keys.remove("default");
            }
            keys.values_mut().for_each(without_empty_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(without_empty_defaults),
        _ => {}
    }
}

fn says_nothing(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false)) || value.as_array().is_some_and(Vec::is_empty)
}

/// A schema as it stands in its file.
pub fn printed(schema: &Value) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(schema)?))
}

/// Writes every schema into a folder.
pub fn write(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for (name, schema) in all() {
        let path = folder.join(name);
        fs::write(&path, printed(&schema)?).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
