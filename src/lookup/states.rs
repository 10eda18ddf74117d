//! The names of States without what they say of the form of State: "Republic of Kenya" is Kenya.
//!
//! Official names begin or end with a few words that hundreds of States share, in another order in each language:
//! "Democratic People's Republic of Algeria", "República Argelina Democrática y Popular". Among countries these words
//! tell next to nothing, until they are all that tells two apart: "Republic of Korea", "République démocratique du
//! Congo". So a name is read as its *core*, the other words in any order, and its *form*, a set of kinds of State
//! words. Nothing here knows which States there are.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A name as it is compared among countries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StateName {
    /// The words that tell, sorted, with single spaces between them.
    pub(crate) core: String,
    /// One bit for each kind of State word that the name has. None where all its words are of that kind, as those of
    /// "United States": then they are the core.
    pub(crate) form: u64,
}

impl StateName {
    /// Reads the folded words of a name. `None` where too little is left to compare, or where it stops in the middle:
    /// "Sudán del" is not Sudan.
    pub(crate) fn read<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Option<StateName> {
        // "Republic of" may stand behind a name, "Sudán del" stops before it is one.
        let mut before_last = None;
        for word in words.clone() {
            if LINKS.contains(&word) && !before_last.is_some_and(|before| KINDS.contains_key(before)) {
                before_last = None;
            } else if !ARTICLES.contains(&word) && !LINKS.contains(&word) {
                before_last = Some(word);
            }
        }
        before_last?;
        // A single word may be a code: PR is Puerto Rico, whatever it shortens elsewhere.
        let alone = words.clone().nth(1).is_none();
        let (mut core, mut all, mut form) = (Vec::new(), Vec::new(), 0);
        let mut before = "";
        let mut is_first = true;
        for word in words {
            let is_silent =
                ARTICLES.contains(&word) || LINKS.contains(&word) || word == "s" && before.starts_with("people");
            before = word;
            if is_silent {
                continue;
            }
            let word = match word {
                _ if alone => word,
                // "S. Sudan"; behind another word it may be "people's".
                "r" if is_first => "republic",
                "s" if is_first => "south",
                "n" if is_first => "north",
                "eq" if is_first => "equatorial",
                word => spelt_out(word),
            };
            is_first = false;
            all.push(word);
            match KINDS.get(word) {
                Some(kinds) if !alone => form |= kinds,
                _ => core.push(word),
            }
        }
        if core.is_empty() {
            (core, form) = (all, 0);
        }
        core.sort_unstable();
        core.dedup();
        let core = core.join(" ");
        (core.chars().count() >= LEAST).then_some(StateName { core, form })
    }

    /// Whether a name with the same core may be meant, of which this says more or less. "Virgin Islands of the United
    /// States" says something else than "Virgin Islands of the United Kingdom", and "man" is not the Isle of Man.
    pub(crate) fn agrees_with(&self, form: u64) -> bool {
        let says_more = form & self.form == form;
        let says_less = form & self.form == self.form;
        says_more || says_less && (self.form != 0 || self.core.chars().count() > LEAST)
    }
}

/// The letters that a core must have: fewer are a code, or the beginning of a word.
const LEAST: usize = 3;

/// Articles, which may stand at the end of a name too: "Niger (the)".
const ARTICLES: [&str; 9] = ["el", "l", "la", "las", "le", "les", "lo", "los", "the"];

/// What links the words of a name. Fewer than the stop words of the field: gold is one of those,
/// "or", and so is the East, "est".
const LINKS: [&str; 14] = ["al", "and", "au", "aux", "d", "de", "del", "des", "du", "en", "et", "in", "of", "y"];

/// Whether a folded word speaks of the form of a State only.
pub(crate) fn is_state_word(folded: &str) -> bool {
    // What is short for two such words may as well be a code.
    folded.len() > 3 && KINDS.contains_key(folded)
}

/// A word that lists shorten: "St. Lucia".
fn spelt_out(word: &str) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        "sta" => "santa",
        "sto" => "santo",
        "nlle" => "nouvelle",
        "pto" => "puerto",
        word => word,
    }
}

/// The words of each kind, folded: in the three languages, and of what countries call themselves.
const WORDS: [&[&str]; 27] = [
    &[
        "republic",
        "republique",
        "republica",
        "rep",
        "repub",
        "republik",
        "republika",
        "republiek",
        "repubblica",
        "respublika",
        "repiblik",
        "bundesrepublik",
    ],
    &["kingdom", "royaume", "reino", "konigreich", "koninkrijk", "kongeriket"],
    &["state", "states", "etat", "etats", "estado", "estados", "sts"],
    &["united", "uni", "unie", "unis", "unies", "unido", "unida", "unidos", "unidas"],
    &["union"],
    &["federation", "federacion", "federated", "federes", "federees", "federados", "federadas"],
    &["federal", "federale", "federative", "federatif", "federativa", "federativo", "fed"],
    &["democratic", "democratique", "democratica", "democratico", "dem"],
    &["people", "peoples", "populaire", "popular", "pop"],
    &["islamic", "islamique", "islamica", "islamico"],
    &["socialist", "socialiste", "socialista"],
    &["independent", "independant", "independante", "independiente"],
    &["sovereign", "souverain", "souveraine", "soberano", "soberana"],
    &["commonwealth", "mancomunidad"],
    &["principality", "principaute", "principado"],
    &["duchy", "duche", "ducado"],
    &["sultanate", "sultanat", "sultanato", "sultania"],
    &["emirate", "emirates", "emirat", "emirats", "emirato", "emiratos"],
    &["arab", "arabe", "arabes"],
    &["confederation", "confederacion"],
    &["hashemite", "hachemite", "hachemita", "hachemi"],
    &["bolivarian", "bolivarienne", "bolivariana"],
    &["plurinational", "plurinacional", "plurinationnel"],
    &["nation", "nacion", "country", "pays", "pais"],
    &[
        "territory",
        "territories",
        "territoire",
        "territoires",
        "territorio",
        "territorios",
        "territorial",
        "territoriale",
        "collectivity",
        "collectivite",
        "colectividad",
        "dependency",
        "dependance",
        "dependencia",
        "department",
        "departement",
        "departamento",
        "overseas",
        "bailiwick",
        "bailliage",
        "bailia",
        "bailiazgo",
    ],
    &["special", "speciale", "especial", "administrative", "administrativa", "region", "sar", "ras", "rae"],
    &["island", "islands", "isle", "isles", "ile", "iles", "isla", "islas", "isl"],
];

/// What is short for several of them, by places in [`WORDS`].
const SHORT: [(&str, &[usize]); 13] = [
    ("pr", &[8, 0]),
    ("rp", &[8, 0]),
    ("dr", &[7, 0]),
    ("rd", &[7, 0]),
    ("pdr", &[8, 7, 0]),
    ("dpr", &[8, 7, 0]),
    ("rdp", &[8, 7, 0]),
    ("rpd", &[8, 7, 0]),
    ("sr", &[10, 0]),
    ("rs", &[10, 0]),
    ("ri", &[9, 0]),
    ("fr", &[6, 0]),
    ("rf", &[6, 0]),
];

static KINDS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    let words = WORDS.iter().zip(0..).flat_map(|(words, kind)| words.iter().map(move |word| (*word, 1u64 << kind)));
    let short = SHORT.iter().map(|(word, kinds)| (*word, kinds.iter().fold(0, |all, kind| all | 1u64 << kind)));
    words.chain(short).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::fold::fold;

    fn read(name: &str) -> Option<StateName> {
        StateName::read(fold(name).split(' ').filter(|word| !word.is_empty()))
    }

    fn core(name: &str) -> String {
        read(name).map(|name| name.core).unwrap_or_default()
    }

    #[test]
    fn words_of_state_forms_are_no_part_of_the_core() {
        for (name, rest) in [
            ("Republic of Kenya", "kenya"),
            ("the Federal Democratic Republic of Nepal", "nepal"),
            ("République de l'Inde", "inde"),
            ("Congo, Dem. Rep. of the", "congo"),
            ("St. Kitts & Nevis", "kitts nevis saint"),
            ("S. Sudan", "south sudan"),
            ("Eq. Guinea", "equatorial guinea"),
            ("Sudán del Sur", "sudan sur"),
            ("Îles Cook (les)", "cook"),
            ("PR", ""),
            ("PR China", "china"),
            ("Micronesia (Fed. States of)", "micronesia"),
            ("la", ""),
            ("Sudán del", ""),
            ("Corea, República de", "corea"),
            ("Côte-de-l'Or", "cote or"),
        ] {
            assert_eq!(core(name), rest, "{name}");
        }
    }

    #[test]
    fn names_of_state_words_alone_keep_them() {
        assert_eq!(core("United States"), "states united");
        assert_eq!(core("Royaume-Uni"), "royaume uni");
        assert_ne!(read("United Kingdom"), read("United States"));
    }

    #[test]
    fn what_tells_two_apart_is_their_form() {
        assert_eq!(read("DR Congo"), read("Democratic Republic of the Congo"));
        assert_ne!(read("Republic of Korea"), read("Democratic People's Republic of Korea"));
        assert_eq!(
            read("Corée (République populaire démocratique de)"),
            read("République populaire démocratique de Corée")
        );
        assert_eq!(read("P.R. China"), read("People's Republic of China"));
    }

    #[test]
    fn each_word_is_folded_and_of_one_kind() {
        let words: Vec<&str> = WORDS.iter().copied().flatten().copied().collect();
        assert!(words.iter().all(|word| fold(word) == *word && !LINKS.contains(word) && !ARTICLES.contains(word)));
        assert_eq!(KINDS.len(), words.len() + SHORT.len());
    }
}
