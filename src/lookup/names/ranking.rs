//! How well a query agrees with an entry, which of two agreements is the better, and which are good enough.
//!
//! Nothing here looks for anything: `candidates` finds what agrees and says so here.

use crate::lookup::Entity;
use crate::lookup::forms::FormKind;
use crate::lookup::names::weights::{
    CLOSE, KEPT, LIKELY, LIKELY_MISTYPED, STEPS, STRENGTH, SURE, SURE_BEGINNING, SURE_HALF,
};

/// How a query agrees with an entry, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// It is the entry's id, letter by letter, as a completion sends it.
    Id,
    /// It is the full or the short name.
    Exact,
    /// It is an acronym.
    Acronym,
    /// It is another name in use.
    Alias,
    /// It is a name that the entry once had.
    Former,
    /// It is what stands before or in the brackets of a name.
    Part,
    /// A name begins so.
    Prefix,
    /// Words within a name begin so, in this order.
    WordPrefix,
    /// All its words are there, in any order.
    AllWords,
    /// The same with typing errors.
    Typing,
    /// Its letters are there in this order, or some of its words are.
    Fuzzy,
}

impl Rank {
    pub(crate) fn of(kind: FormKind) -> Rank {
        match kind {
            FormKind::Full | FormKind::Short => Rank::Exact,
            FormKind::Acronym | FormKind::OtherCode => Rank::Acronym,
            FormKind::Alias => Rank::Alias,
            FormKind::Former => Rank::Former,
            FormKind::Bare | FormKind::Part => Rank::Part,
        }
    }

    /// Whether nothing is left open: the query is a name of the entry, or a part that stands for it,
    /// without errors.
    pub fn is_whole(self) -> bool {
        self <= Rank::Part
    }
}

/// An entry that a query may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate<'a> {
    /// What kind of entry it is.
    pub entity: Entity,
    /// Its id (a country's code).
    pub id: &'a str,
    /// How the query agrees with it.
    pub rank: Rank,
    /// By which kind of name.
    pub kind: FormKind,
    /// How much of the query agrees, from 0 to 1.
    pub score: f32,
}

/// What matches sort by, smallest first.
pub(crate) type MatchKey = (Rank, u8, bool, u8, u16, u32);

/// One agreement of a query with an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameMatch {
    pub(crate) entry: u32,
    pub(crate) rank: Rank,
    pub(crate) kind: FormKind,
    /// Whether the form belongs to the reader's language.
    pub(crate) own: bool,
    pub(crate) status: u8,
    /// The letters of the form.
    pub(crate) length: u16,
    /// The entry's place in the default order.
    pub(crate) position: u32,
    /// How much of the query agrees.
    pub(crate) score: f32,
    /// How much of the form agrees.
    pub(crate) cover: f32,
}

impl NameMatch {
    /// Matches sort by this.
    pub(crate) fn key(&self) -> MatchKey {
        // Where agreement has degrees, these go before everything else; coarsely, so that near equals are equal.
        let (degree, steps) = match self.rank {
            Rank::WordPrefix => (self.score, STEPS.0),
            Rank::AllWords => (self.strength(), STEPS.0),
            Rank::Typing | Rank::Fuzzy => (self.strength(), STEPS.1),
            _ => (1.0, 0.0),
        };
        let lacking = ((1.0 - degree) * steps).round() as u8;
        (self.rank, lacking, !self.own, self.status, self.length, self.position)
    }

    pub(crate) fn strength(&self) -> f32 {
        self.score * (STRENGTH.0 + STRENGTH.1 * self.cover)
    }

    /// Whether it may be answered without asking, if nothing rivals it.
    pub(crate) fn is_sure(&self) -> bool {
        match self.rank {
            Rank::Prefix => {
                let letters = f32::from(self.length) * self.cover;
                letters >= SURE_BEGINNING || letters >= SURE_HALF.0 && self.cover >= SURE_HALF.1
            }
            Rank::Fuzzy => false,
            _ => self.score >= SURE,
        }
    }

    /// Whether it may be offered among several.
    pub(crate) fn is_likely(&self) -> bool {
        let least = if self.rank == Rank::Typing { LIKELY_MISTYPED } else { LIKELY };
        self.rank < Rank::Fuzzy && self.score >= least
    }

    /// Whether this is so close to the best match that the person should choose.
    pub(crate) fn rivals(&self, best: &NameMatch) -> bool {
        if best.rank.is_whole() {
            // A name that another has too, and bears with brackets so that they are told apart: "Congo".
            let shared = self.kind == FormKind::Bare && matches!(best.rank, Rank::Exact | Rank::Alias);
            // A name that another once had does not make a present name doubtful.
            return self.rank == best.rank
                || shared && self.rank == Rank::Part
                || best.rank != Rank::Id && self.rank < Rank::Former
                || best.rank == Rank::Id && self.rank == Rank::Id;
        }
        let alike = matches!(best.rank, Rank::Prefix | Rank::WordPrefix) && self.rank == best.rank;
        alike || self.is_likely() && self.strength() >= CLOSE * best.strength()
    }
}

/// The best match of each of the best entries so far. A single letter may agree with every entry of a large catalogue;
/// all but the best are forgotten from time to time.
pub(crate) struct BestMatches {
    /// For each entry the place of its match, or `u32::MAX`.
    places: Vec<u32>,
    matches: Vec<NameMatch>,
    /// So many are wanted.
    wanted: usize,
    /// What sorts no better than this has been forgotten, or would be.
    worst: Option<MatchKey>,
}

impl BestMatches {
    pub(crate) fn new(entries: usize, wanted: usize) -> BestMatches {
        BestMatches { places: vec![u32::MAX; entries], matches: Vec::new(), wanted, worst: None }
    }

    pub(crate) fn offer(&mut self, one: NameMatch) {
        let key = one.key();
        if self.worst.is_some_and(|worst| key >= worst) {
            return;
        }
        let Some(place) = self.places.get_mut(one.entry as usize) else { return };
        match self.matches.get_mut(*place as usize) {
            None => {
                *place = self.matches.len() as u32;
                self.matches.push(one);
                if self.matches.len() >= KEPT * self.wanted {
                    self.forget();
                }
            }
            Some(known) if key < known.key() => *known = one,
            Some(_) => {}
        }
    }

    /// How many entries agree so far.
    pub(crate) fn len(&self) -> usize {
        self.matches.len()
    }

    /// Whether no entry agrees without errors, or so well that it could be answered.
    pub(crate) fn is_weak(&self) -> bool {
        self.matches.iter().all(|one| one.rank >= Rank::Typing && one.score < SURE)
    }

    /// Keeps the wanted ones only.
    pub(crate) fn forget(&mut self) {
        if self.matches.len() <= self.wanted {
            return;
        }
        let (_, worst, _) = self.matches.select_nth_unstable_by_key(self.wanted, NameMatch::key);
        self.worst = Some(worst.key());
        let mut place = |entry: u32, place: u32| {
            if let Some(known) = self.places.get_mut(entry as usize) {
                *known = place;
            }
        };
        self.matches.drain(self.wanted..).for_each(|one| place(one.entry, u32::MAX));
        self.matches.iter().zip(0..).for_each(|(one, at)| place(one.entry, at));
    }

    /// The wanted ones in order.
    pub(crate) fn sorted(mut self) -> Vec<NameMatch> {
        self.forget();
        self.matches.sort_by_key(NameMatch::key);
        self.matches
    }
}
