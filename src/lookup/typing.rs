//! Typing errors: how far apart two words are for somebody who types on a phone or in another language.
//!
//! A weighted Damerau-Levenshtein distance (optimal string alignment) that gives up as soon as a limit is passed.
//! strsim counts every error alike and always to the end; here a neighbouring key, a look-alike letter and a doubled
//! letter cost less, and only a band of the table is computed. Nothing here knows of names.
#![expect(clippy::indexing_slicing, reason = "places in words and rows of bounded length, as said where they are made")]

/// What one plain error costs; all costs are in tenths of it.
pub(crate) const ERROR: u16 = 10;

/// What a slip costs: a neighbouring key, a letter of like sound, a letter doubled or not.
const SLIP: u16 = 6;

/// What two letters in the wrong order cost.
const SWAP: u16 = 8;

/// Added where the first letter is wrong, since people seldom miss it.
pub(crate) const FIRST: u16 = 2;

/// The longest word that is compared.
pub(crate) const MAX_LEN: usize = 256;

/// How many letters longer or shorter a word may become at this cost: no single step costs less than a slip.
pub(crate) const fn reach(limit: u16) -> usize {
    (limit / SLIP) as usize
}

/// The cost of turning `a` into `b`, or `None` where it is more than `limit`.
pub(crate) fn distance(a: &[char], b: &[char], limit: u16) -> Option<u16> {
    // So many places around the diagonal are enough.
    let band = reach(limit);
    if a.len().abs_diff(b.len()) > band || a.len() > MAX_LEN || b.len() > MAX_LEN {
        return None;
    }
    let common = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    if common == a.len() && common == b.len() {
        return Some(0);
    }
    // Names that begin with the same words differ only far behind; their letters tell it sooner than the table.
    if at_least(a, b) > limit {
        return None;
    }
    // Most words are short, and rows for the longest take longer to make than short words to compare.
    if b.len() < SHORT { band_of::<SHORT>(a, b, band, limit) } else { band_of::<{ MAX_LEN + 1 }>(a, b, band, limit) }
}

/// How many cells a row has for a short word: one more than its letters.
const SHORT: usize = 25;

/// The cost of turning `a` into `b`, of fewer letters than a row has `CELLS`, from the places of the table that are at most
/// `band` away from its diagonal.
fn band_of<const CELLS: usize>(a: &[char], b: &[char], band: usize, limit: u16) -> Option<u16> {
    const FAR: u16 = u16::MAX / 2;
    // No index leaves its slice: i <= a.len() and j <= b.len(), and rows have at least one cell more.
    // Cell `j` of a row stands for the first `j` letters of `b`; only cells within the band are ever written.
    let mut rows = [[FAR; CELLS]; 3];
    let (before, rest) = rows.split_at_mut(1);
    let (last, row) = rest.split_at_mut(1);
    let (mut before, mut last, mut row) = (&mut before[0], &mut last[0], &mut row[0]);
    last[0] = 0;
    for j in 1..=b.len().min(band) {
        last[j] = last[j - 1] + step(b, j - 1);
    }
    for i in 1..=a.len() {
        let (low, high) = (i.saturating_sub(band), (i + band).min(b.len()));
        let mut least = FAR;
        if low == 0 {
            row[0] = last[0] + step(a, i - 1);
            least = row[0];
        } else {
            row[low - 1] = FAR;
        }
        for j in low.max(1)..=high {
            let (x, y) = (a[i - 1], b[j - 1]);
            let first = if i == 1 && j == 1 { FIRST } else { 0 };
            let mut cost = last[j - 1] + if x == y { 0 } else { first + exchange(x, y) };
            cost = cost.min(row[j - 1] + step(b, j - 1));
            if j < i + band {
                cost = cost.min(last[j] + step(a, i - 1));
            }
            if i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y && x != y {
                cost = cost.min(before[j - 2] + SWAP);
            }
            row[j] = cost;
            least = least.min(cost);
        }
        // A swap may still reach back to the row before this one.
        if least > limit && i > 1 && last[low.saturating_sub(1)..=high].iter().all(|&cost| cost > limit) {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    Some(last[b.len()]).filter(|&cost| cost <= limit)
}

/// A cost that no way of turning one word into the other stays below. Each letter that one has more often than the other takes
/// a step or an exchange of its own, and as many steps as one has more letters are steps indeed: plain errors, but for
/// letters that are doubled.
fn at_least(a: &[char], b: &[char]) -> u16 {
    // Several letters may share a counter: then there is less to tell. Words have MAX_LEN letters at most.
    let mut counts = [0i16; 64];
    a.iter().for_each(|&letter| counts[letter as usize % 64] += 1);
    b.iter().for_each(|&letter| counts[letter as usize % 64] -= 1);
    let apart: u16 = counts.iter().map(|count| count.unsigned_abs()).sum();
    let longer = if a.len() > b.len() { a } else { b };
    let more = a.len().abs_diff(b.len());
    let doubled = longer.iter().zip(longer.iter().skip(1)).filter(|(one, next)| one == next).count();
    // Both are at most MAX_LEN.
    SLIP * ((apart + more as u16) / 2) + (ERROR - SLIP) * more.saturating_sub(doubled) as u16
}

/// What it costs that the letter at `place`, which the word has, is there in one word and not in the other.
fn step(word: &[char], place: usize) -> u16 {
    match place {
        0 => ERROR + FIRST,
        _ if word[place] == word[place - 1] => SLIP,
        _ => ERROR,
    }
}

/// What it costs to type `y` for `x`.
fn exchange(x: char, y: char) -> u16 {
    let place = |letter: char| letter.is_ascii_lowercase().then(|| usize::from(letter as u8 - b'a'));
    // A place is below 26, as many as NEAR has.
    match (place(x), place(y)) {
        (Some(x), Some(y)) if NEAR[x] & (1 << y) != 0 => SLIP,
        _ => ERROR,
    }
}

/// For each letter, the letters that are easily typed or written for it, as bits.
const NEAR: [u32; 26] = {
    let mut near = [0; 26];
    // The rows of QWERTY and AZERTY; each row stands half a key to the right of the one above it.
    keyboard(&mut near, [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"]);
    keyboard(&mut near, [b"azertyuiop", b"qsdfghjklm", b"wxcvbn"]);
    // Letters that sound alike in French, English or Spanish, or in transcriptions.
    let alike = b"iyckkqszscbvvwgjij";
    let mut at = 0;
    while at < alike.len() {
        pair(&mut near, alike[at], alike[at + 1]);
        at += 2;
    }
    near
};

/// Both letters are lower-case ASCII, so their places are below 26; a slip would not compile, since NEAR is a constant.
const fn pair(near: &mut [u32; 26], x: u8, y: u8) {
    near[(x - b'a') as usize] |= 1 << (y - b'a');
    near[(y - b'a') as usize] |= 1 << (x - b'a');
}

const fn keyboard(near: &mut [u32; 26], rows: [&[u8]; 3]) {
    let mut r = 0;
    while r < 3 {
        let mut c = 0;
        while c < rows[r].len() {
            if c + 1 < rows[r].len() {
                pair(near, rows[r][c], rows[r][c + 1]);
            }
            if r < 2 {
                if c < rows[r + 1].len() {
                    pair(near, rows[r][c], rows[r + 1][c]);
                }
                if c > 0 && c - 1 < rows[r + 1].len() {
                    pair(near, rows[r][c], rows[r + 1][c - 1]);
                }
            }
            c += 1;
        }
        r += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn between(a: &str, b: &str) -> Option<u16> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        distance(&a, &b, 30)
    }

    #[test]
    fn each_kind_of_error_has_its_price() {
        assert_eq!(between("prague", "prague"), Some(0));
        assert_eq!(between("pragueu", "prague"), Some(ERROR));
        assert_eq!(between("prage", "prague"), Some(ERROR));
        assert_eq!(between("pragve", "prague"), Some(ERROR));
        assert_eq!(between("pargue", "prague"), Some(SWAP));
        assert_eq!(between("prahue", "prague"), Some(SLIP));
        assert_eq!(between("comission", "commission"), Some(SLIP));
        assert_eq!(between("mali", "bali"), Some(ERROR + FIRST));
        assert_eq!(between("pizza", "prague"), None);
    }

    #[test]
    fn both_keyboards_count() {
        for (x, y) in [('a', 'z'), ('q', 'w'), ('a', 'q'), ('m', 'l'), ('m', 'n'), ('s', 'z'), ('w', 's')] {
            assert_eq!(exchange(x, y), SLIP, "{x}{y}");
        }
        assert_eq!(exchange('a', 'p'), ERROR);
        assert_eq!(exchange('é', 'e'), ERROR);
    }

    /// The same distance over the whole table, as a judge of the band and of giving up early.
    fn plain(a: &[char], b: &[char]) -> u16 {
        let mut table = vec![vec![0u16; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                if i + j == 0 {
                    continue;
                }
                let mut cost = u16::MAX;
                if i > 0 {
                    cost = cost.min(table[i - 1][j] + step(a, i - 1));
                }
                if j > 0 {
                    cost = cost.min(table[i][j - 1] + step(b, j - 1));
                }
                if i > 0 && j > 0 {
                    let first = if i == 1 && j == 1 { FIRST } else { 0 };
                    let same = a[i - 1] == b[j - 1];
                    cost = cost.min(table[i - 1][j - 1] + if same { 0 } else { first + exchange(a[i - 1], b[j - 1]) });
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && !same {
                        cost = cost.min(table[i - 2][j - 2] + SWAP);
                    }
                }
                table[i][j] = cost;
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn the_band_gives_what_the_whole_table_gives(a in "[abcs]{0,9}", b in "[abcs]{0,9}", limit in 0u16..40) {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            prop_assert_eq!(distance(&a, &b, limit), Some(plain(&a, &b)).filter(|&cost| cost <= limit));
        }

        #[test]
        fn no_way_costs_less_than_the_letters_tell(a in "[abcsß]{0,9}", b in "[abcsß]{0,9}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            prop_assert!(at_least(&a, &b) <= plain(&a, &b));
        }

        #[test]
        fn any_two_words_compare(a in any::<Vec<char>>(), b in any::<Vec<char>>()) {
            distance(&a, &b, 30);
        }
    }
}
