//! In which order the entries of a merged list stand.

use std::collections::{HashMap, HashSet};

/// The ids of `kept` in the order of the side that changed it, else in that of `mine`; what only the other side has stands
/// behind what stands before it there. The second is whether both sides changed the order, each otherwise.
pub(crate) fn order<'i>(
    base: &[&'i str],
    mine: &[&'i str],
    theirs: &[&'i str],
    kept: &HashSet<&'i str>,
) -> (Vec<&'i str>, bool) {
    let (moved_mine, moved_theirs) = (moved(base, mine), moved(base, theirs));
    let both = moved_mine && moved_theirs && moved(mine, theirs);
    let (first, second) = if moved_theirs && !moved_mine { (theirs, mine) } else { (mine, theirs) };
    let known: HashSet<&str> = base.iter().chain(second).copied().collect();
    let mut ordered: Vec<&str> = first.iter().copied().filter(|id| kept.contains(id)).collect();
    let mut before: Option<&str> = None;
    for id in second.iter().copied().filter(|id| kept.contains(id)) {
        if !ordered.contains(&id) {
            let after = before.and_then(|before| ordered.iter().position(|one| *one == before));
            let mut place = after.map_or(0, |after| after + 1);
            // Behind what the first side has put there, so that each side's new entries stay together.
            while after.is_some() && ordered.get(place).is_some_and(|one| !known.contains(one)) {
                place += 1;
            }
            ordered.insert(place, id);
        }
        before = Some(id);
    }
    (ordered, both)
}

/// Whether what both lists hold stands in another order in the second.
pub(crate) fn moved(one: &[&str], other: &[&str]) -> bool {
    let places: HashMap<&str, usize> = one.iter().copied().zip(0..).collect();
    let places: Vec<usize> = other.iter().filter_map(|id| places.get(id).copied()).collect();
    !places.is_sorted()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(base: &str, mine: &str, theirs: &str) -> (String, bool) {
        let ids = |list: &'static str| -> Vec<&'static str> { list.split("").filter(|id| !id.is_empty()).collect() };
        let leak = |list: &str| ids(Box::leak(list.to_owned().into_boxed_str()));
        let (base, mine, theirs) = (leak(base), leak(mine), leak(theirs));
        let kept = mine.iter().chain(&theirs).copied().collect();
        let (ordered, both) = order(&base, &mine, &theirs, &kept);
        (ordered.concat(), both)
    }

    #[test]
    fn new_entries_stand_where_their_side_has_them() {
        assert_eq!(ordered("abc", "abc", "abxc"), ("abxc".to_owned(), false));
        assert_eq!(ordered("abc", "xabc", "yabc"), ("yxabc".to_owned(), false));
        assert_eq!(ordered("abc", "abcm", "abct"), ("abcmt".to_owned(), false));
        assert_eq!(ordered("", "m", "t"), ("tm".to_owned(), false));
    }

    #[test]
    fn the_order_is_that_of_the_side_that_changed_it() {
        assert_eq!(ordered("abc", "abcm", "cab"), ("cmab".to_owned(), false));
        assert_eq!(ordered("abc", "bca", "abct"), ("bcta".to_owned(), false));
        assert_eq!(ordered("abc", "bca", "cab"), ("bca".to_owned(), true));
        assert_eq!(ordered("abc", "bca", "bca"), ("bca".to_owned(), false));
    }
}
