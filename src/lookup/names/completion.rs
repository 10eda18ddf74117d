//! Completing what a person is typing.

use crate::catalogue::Language;
use crate::lookup::Entity;
use crate::lookup::names::finding::NameIndex;
use crate::lookup::names::query::NameQuery;
use crate::lookup::names::ranking::Candidate;
use crate::lookup::names::weights::COMPLETED;

impl NameIndex {
    /// The ids of the entries that `query` may become, best first, at most `limit`. For an empty query the entries
    /// that people look for first.
    pub fn complete(&self, entity: Entity, query: &str, language: Language, limit: usize) -> Vec<&str> {
        self.candidates(entity, query, language, limit).into_iter().map(|candidate| candidate.id).collect()
    }

    /// As [`NameIndex::complete`], with what agrees.
    pub fn candidates(&self, entity: Entity, query: &str, language: Language, limit: usize) -> Vec<Candidate<'_>> {
        let Some(table) = self.table(entity) else { return Vec::new() };
        let matches = if query.trim().is_empty() {
            table.defaults(language, limit)
        } else {
            table.rank(&NameQuery::unfinished(query), language, limit)
        };
        // What is far behind the best would only be noise below it.
        let floor = matches.first().map_or(0.0, |best| best.score * COMPLETED);
        let good = matches.iter().filter(|one| one.score >= floor);
        good.take(limit).map(|one| table.candidate(one)).collect()
    }
}
