//! Answers that were made lately, kept as they were sent: most people ask the same things, and press the same buttons.
//!
//! An answer depends on the snapshot, on the day, on what is asked and in which languages, and in one place on who asks:
//! its delete button bears the asker's id. So a body is kept in pieces, with gaps where that goes. The key tells the
//! snapshot, so that what was kept of another is never found; that answering is a pure function is what makes keeping
//! right.

use std::sync::Arc;

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// The most that is kept, in bytes: some 400 cards. When it is full, what is asked for least goes first.
const ROOM: u64 = 2 * 1_024 * 1_024;

/// About how many answers find room.
const ANSWERS: usize = 512;

/// The longest question that is kept, in bytes. Buttons and names are shorter; what is longer is hardly asked twice.
const LONGEST_KEY: usize = 256;

/// What an entry costs besides its texts, in bytes.
const OVERHEAD: usize = 128;

/// A body as it is sent, in pieces.
#[derive(Clone, Debug)]
pub struct Body(Vec<Bytes>);

impl From<Vec<u8>> for Body {
    fn from(body: Vec<u8>) -> Body {
        Body(vec![body.into()])
    }
}

impl Body {
    /// The body in one piece.
    pub fn whole(&self) -> Bytes {
        match self.0.as_slice() {
            [whole] => whole.clone(),
            pieces => pieces.concat().into(),
        }
    }

    /// The body, if it is in one piece.
    pub fn in_one_piece(&self) -> Option<Bytes> {
        match self.0.as_slice() {
            [whole] => Some(whole.clone()),
            _ => None,
        }
    }

    /// The pieces, in their order.
    pub fn into_pieces(self) -> Vec<Bytes> {
        self.0
    }
}

/// Answers by what was asked, without the marks of who asked, bounded by what they weigh together.
pub struct AnswerCache(Cache<String, Arc<Pieces>, Weight>);

/// A body without the marks of its asker: one stands between each piece and the next.
struct Pieces(Vec<Bytes>);

#[derive(Clone)]
struct Weight;

impl Weighter<String, Arc<Pieces>> for Weight {
    fn weight(&self, key: &String, pieces: &Arc<Pieces>) -> u64 {
        (key.len() + pieces.0.iter().map(|piece| piece.len()).sum::<usize>() + OVERHEAD) as u64
    }
}

impl Default for AnswerCache {
    fn default() -> AnswerCache {
        AnswerCache(Cache::with_weighter(ANSWERS, ROOM, Weight))
    }
}

impl AnswerCache {
    /// The body that answers what is asked, with the asker's mark in it. Its pieces are those that are kept.
    pub fn get(&self, key: &str, mark: String) -> Option<Body> {
        let kept = self.0.get(key)?;
        let (first, others) = kept.0.split_first()?;
        let mark = Bytes::from(mark);
        let mut pieces = Vec::with_capacity(2 * kept.0.len());
        pieces.push(first.clone());
        others.iter().for_each(|piece| pieces.extend([mark.clone(), piece.clone()]));
        Some(Body(pieces))
    }

    /// Keeps a body. Its key must tell everything on which the body depends, but for the asker, and the mark must stand
    /// wherever it depends on the asker.
    #[expect(clippy::indexing_slicing, reason = "a window that was found lies within the body")]
    pub fn keep(&self, key: String, body: &[u8], mark: &str) {
        if key.len() > LONGEST_KEY {
            return;
        }
        let (mark, mut rest, mut pieces) = (mark.as_bytes(), body, Vec::new());
        while let Some(at) = rest.windows(mark.len().max(1)).position(|window| window == mark) {
            pieces.push(Bytes::copy_from_slice(&rest[..at]));
            rest = &rest[at + mark.len()..];
        }
        pieces.push(Bytes::copy_from_slice(rest));
        self.0.insert(key, Arc::new(Pieces(pieces)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn get(cache: &AnswerCache, key: &str, mark: &str) -> Option<Bytes> {
        cache.get(key, mark.to_owned()).map(|body| body.whole())
    }

    #[test]
    fn another_asker_gets_the_same_with_their_own_mark() {
        let cache = AnswerCache::default();
        assert_eq!(get(&cache, "q", "<1>"), None);
        cache.keep("q".to_owned(), b"a<1>b<1>", "<1>");
        assert_eq!(get(&cache, "q", "<22>").as_deref(), Some(&b"a<22>b<22>"[..]));
        assert_eq!(get(&cache, "Q", "<1>"), None);
    }

    #[test]
    fn only_so_much_is_kept() {
        let cache = AnswerCache::default();
        for number in 0..2_000 {
            cache.keep(number.to_string(), &[b'x'; 8_000], "<1>");
        }
        assert!(cache.0.weight() <= ROOM && cache.0.weight() > ROOM / 2, "{}", cache.0.weight());
        cache.keep("k".repeat(LONGEST_KEY + 1), b"", "<1>");
        assert_eq!(get(&cache, &"k".repeat(LONGEST_KEY + 1), "<1>"), None);
    }

    proptest! {
        #[test]
        fn the_same_asker_gets_the_same_bytes(body in "[<>1a]{0,40}", mark in "<1?>?") {
            let cache = AnswerCache::default();
            cache.keep("q".to_owned(), body.as_bytes(), &mark);
            prop_assert_eq!(get(&cache, "q", &mark), Some(body.into()));
        }
    }
}
