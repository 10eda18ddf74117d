use crate::catalogue::*;
use crate::lookup::Entity;
pub struct FullText;
pub struct Filter<'a> {
    pub region: Option<&'a str>,
    pub status: Option<StatusValue>,
}
pub enum Subject {
    Entry(Entity, String),
    About(String),
    Iom,
}
pub struct Hit {
    pub subject: Subject,
    pub words: Vec<String>,
    pub excerpt: String,
}
impl FullText {
    pub fn new(_: &Catalogue) -> Self {
        FullText
    }
    pub fn search(&self, _: &str, _: Language, _: &Filter<'_>) -> Vec<Hit> {
        vec![]
    }
}
