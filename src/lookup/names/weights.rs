//! Every number by which finding weighs and decides: what each is for, and a query that needs it.
//!
//! They were chosen by `tests/quick/lookup_queries.rs`, which asks for every name of every entry, with a typing error,
//! in another order and cut short, and for a hundred things that are not there: change one, and run that table. What
//! single typing errors cost stands in `lookup/typing.rs`, and how many a word forgives in `lookup/words.rs`.

use crate::lookup::typing;

// How much is looked at, so that no query costs much.

/// The letters of a query that are looked at: as many as the longest name has, and a few errors. A text of 6,000
/// letters pasted into an option.
pub(crate) const MAX_QUERY: usize = typing::MAX_LEN;

/// The words of a query that are looked up, those that tell most. The same text.
pub(crate) const MAX_WORDS: usize = 16;

/// The entries that are looked at closely because they share words with the query: "migration", which half of all
/// names have.
pub(crate) const MAX_CLOSE: usize = 48;

/// At most so many are offered when several are meant: a menu that is read at one glance. "processus de".
pub(crate) const MAX_SEVERAL: usize = 10;

/// At most so many are named when none is meant. "processus de Kyoto".
pub(crate) const MAX_NEAREST: usize = 3;

/// So many times as many matches as are wanted are kept before all but the best are forgotten. "m".
pub(crate) const KEPT: usize = 8;

// When an entry is answered, offered or named.

/// How sure an entry must be to be answered without asking. "Processus de Pargue" is, "processus de pizza" is not.
pub(crate) const SURE: f32 = 0.78;

/// How sure an entry must be to be offered as one of several. "Genève Suisse" with one word known of two is not.
pub(crate) const LIKELY: f32 = 0.6;

/// The same where letters are wrong, which agree by chance more easily. "MIDZA" may be MIDSA or MIDWA; "table" must
/// not become "Mali".
pub(crate) const LIKELY_MISTYPED: f32 = 0.72;

/// An entry that is at least this near to the best one, in proportion, rivals it. "Processus de Manlle" is Manila's
/// alone, although Prague's name shares most of its letters.
pub(crate) const CLOSE: f32 = 0.85;

/// Below this an entry is not even near: "pizza" names nobody.
pub(crate) const NEAR: f32 = 0.3;

/// Just below a threshold: what agrees by chance is kept there. "ab" may begin a word and is no answer.
pub(crate) const BELOW: f32 = 0.02;

/// So many letters must a query have to offer anything, and so many if some are wrong. "mi"; "mdsa".
pub(crate) const TELLING: (usize, usize) = (2, 4);

/// So many letters must a query have to mean one entry, and so many if some are wrong. "mid"; "pragu".
pub(crate) const ENOUGH: (usize, usize) = (3, 5);

/// A beginning of so many letters is sure (a half less, because they are counted as a part of the name): "Prag".
pub(crate) const SURE_BEGINNING: f32 = 3.5;

/// So is one of so many letters that is half of the name: "cub" for Cuba.
pub(crate) const SURE_HALF: (f32, f32) = (2.5, 0.5);

/// A single word with errors, of less letters than these, must agree with so much of a name to mean its bearer: "Paris" is not
/// "Pais Kòrsou", though "Zelnade" is "Nouvelle-Zélande". Longer words agree by no chance: "soederkopping".
pub(crate) const ALONE_MISTYPED: (usize, f32) = (8, 0.45);

/// A word of so many capitals is an acronym of its own, and not the beginning of a longer one: "OEA" is not "OEACP".
pub(crate) const LONGEST_ACRONYM: usize = 5;

/// Where a query says what form of State it means, so much of the country's name must be there besides: "Union africaine"
/// is not the "République sud-africaine".
pub(crate) const FORMAL: f32 = 0.75;

/// A completion that is this far behind the best, in proportion, would only be noise below it: "prage".
pub(crate) const COMPLETED: f32 = 0.55;

// How much words and letters tell.

/// What an article or a preposition weighs; other words weigh by their rarity, from 0.1 to about 10 in a catalogue of
/// 10,000. "de Prague" is "Prague".
pub(crate) const SILENT: f32 = 0.05;

/// The least that the rarest word weighs, for a catalogue of one or two entries, where every word is common.
pub(crate) const LEAST_RAREST: f32 = 0.1;

/// What a word counts that only begins so, and what it counts besides when all its letters are there. "Afr" tells less
/// about "Afrique" than "Afrique" does.
pub(crate) const BEGUN: (f32, f32) = (0.6, 0.4);

/// So much of what is lacking is forgiven to words that begin so in their order, which vouch for one another:
/// "conf reg mig".
pub(crate) const VOUCHED: f32 = 0.4;

/// How strength is made of how much of the query agrees, and of how much of the name does. "Dialogue Afrique australe"
/// goes to the shorter of two names that have it.
pub(crate) const STRENGTH: (f32, f32) = (0.55, 0.45);

/// In so many steps agreement is told apart before language, status and length are asked: of words coarsely, so that
/// near equals are equal; of letters finely. "migration dialogue"; "soederkopping".
pub(crate) const STEPS: (f32, f32) = (10.0, 40.0);

/// How coarsely the parts of the names of one entry are compared, to tell by which of them it is found.
pub(crate) const COVER_STEPS: f32 = 20.0;

/// Two words typed without their space: the longer must have so many letters. "processusde prague"; not "al"+"an".
pub(crate) const SPLIT: usize = 4;

/// A long name may be so many letters longer or shorter than a query with errors, a space among them.
pub(crate) const LONG: usize = 3;

// Letters alone: "bdpst", "sdrkpng".

/// What letters count whose order alone agrees: never enough to be offered.
pub(crate) const LETTERS: f32 = 0.6;

/// At least this part of the name must have been typed, and at least one letter in so many up to the last one.
pub(crate) const LETTERS_TYPED: (f32, usize) = (0.2, 2);
