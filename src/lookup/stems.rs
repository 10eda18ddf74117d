//! From a word to its stem: what a word is looked for by in the texts of a language.
//!
//! The Snowball algorithms do most of it, in version 3, as `snowball_stemmers_rs` compiles them with Snowball's own
//! compiler. Version 2, which `rust-stemmers` has, took "internal" for "international" and "emergency" for "emerging",
//! and did not bring "français" and "française" together; rules of our own for all three languages would have been
//! thousands of lines for what Snowball's authors have tried on whole dictionaries. But no version knows pairs that no
//! ending tells (women, travaux), two spellings of English, plurals of words that look like verbs (mujer, joven) or
//! short words (lois, active). These few rules stand here: before the algorithm, by endings and by lists; behind it, for
//! families whose stems differ. Nothing here knows of texts, documents or weights.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use crate::catalogue::Language;
use crate::catalogue::fold::fold;

/// Stems the words of one language.
pub(crate) struct WordStemmer {
    language: Language,
    snowball: Stemmer,
}

/// There is one for each language.
impl PartialEq for WordStemmer {
    fn eq(&self, other: &WordStemmer) -> bool {
        self.language == other.language
    }
}

impl WordStemmer {
    /// The stemmer of a language.
    pub(crate) fn new(language: Language) -> WordStemmer {
        let algorithm = match language {
            Language::Fr => Algorithm::French,
            Language::En => Algorithm::English,
            Language::Es => Algorithm::Spanish,
        };
        WordStemmer { language, snowball: Stemmer::create(algorithm) }
    }

    /// The stem of a word, folded; empty where the word has no letter. Accents may be composed or not, and tell the
    /// algorithms more than plain letters do.
    pub(crate) fn stem(&self, word: &str) -> String {
        let word: Cow<'_, str> = if word.is_ascii() { word.into() } else { word.nfc().collect::<String>().into() };
        let word = spelt(&word.to_lowercase());
        let plain = fold(&word);
        let irregular = table(&IRREGULAR, self.language).get(plain.as_str());
        let stem = match irregular {
            Some(&word) => word.to_owned(),
            None => {
                let regular = match self.language {
                    Language::Fr => french(&word),
                    Language::En => english(&word),
                    Language::Es => spanish(&word),
                };
                let mut stem = fold(&self.snowball.stem(&regular));
                if self.language == Language::Es && stem.ends_with('z') {
                    // "luz", "luces".
                    stem.pop();
                    stem.push('c');
                }
                stem
            }
        };
        let mut stem = table(&FAMILIES, self.language).get(stem.as_str()).map_or(stem, |&head| head.to_owned());
        stem.retain(|letter| letter != ' ');
        stem
    }

    /// The letters with which words of a stem begin: that of the stem, and those of irregular words.
    pub(crate) fn initials(&self, stem: &str) -> impl Iterator<Item = char> {
        let tables = [table(&IRREGULAR, self.language), table(&FAMILIES, self.language)];
        let members = tables.into_iter().flatten().filter(|(_, head)| **head == stem);
        let initials: Vec<char> =
            members.filter_map(|(member, _)| member.chars().next()).chain(stem.chars().next()).collect();
        initials.into_iter()
    }

    /// With the accents that a word may have been typed without, where its ending tells: "creee", "vinculacion".
    pub(crate) fn accented(&self, word: &str) -> Vec<String> {
        if !word.is_ascii() {
            return Vec::new();
        }
        let word = word.to_lowercase();
        let endings: &[(&str, &str)] = match self.language {
            Language::Fr => &[
                ("eees", "éées"),
                ("eee", "éée"),
                ("ees", "ées"),
                ("ee", "ée"),
                ("es", "és"),
                ("e", "é"),
                ("ete", "été"),
                ("iere", "ière"),
                ("ieres", "ières"),
            ],
            Language::En => &[],
            Language::Es => &[
                ("cion", "ción"),
                ("sion", "sión"),
                ("on", "ón"),
                ("es", "és"),
                ("an", "án"),
                ("in", "ín"),
                ("ia", "ía"),
                ("ias", "ías"),
                ("ais", "áis"),
            ],
        };
        let with =
            endings.iter().filter_map(|(plain, accented)| Some(format!("{}{accented}", word.strip_suffix(plain)?)));
        with.map(|word| self.stem(&word)).collect()
    }
}

/// Letters that are written as one or as two.
fn spelt(word: &str) -> String {
    word.replace('œ', "oe").replace('æ', "ae")
}

/// French endings that Snowball leaves apart.
fn french(word: &str) -> Cow<'_, str> {
    let letters = word.chars().count();
    let replaced = |ending: &str, other: &str| word.strip_suffix(ending).map(|rest| format!("{rest}{other}"));
    let masculine = |feminine: &[(&str, &str)]| feminine.iter().find_map(|(ending, other)| replaced(ending, other));
    // The masculine and the feminine of short words: actif, active.
    let adjective = || if letters > 3 { replaced("if", "ive").or_else(|| replaced("ifs", "ives")) } else { None };
    // directrice, directeur; étrangère, étranger, also without accents; bouchère, boucher; but not "il gère", "très chère".
    let agent = || masculine(&[("trice", "teur"), ("trices", "teurs"), ("drice", "deur"), ("drices", "deurs")]);
    let stranger = || {
        if letters < 6 {
            return None;
        }
        masculine(&[
            ("gère", "ger"),
            ("gères", "ger"),
            ("gere", "ger"),
            ("geres", "ger"),
            ("chère", "cher"),
            ("chères", "cher"),
            ("chere", "cher"),
            ("cheres", "cher"),
        ])
    };
    // travailleuse, travailleur; but "nombreuse" is "nombreux", as Snowball has it.
    let worker = || {
        let is_agent = AGENTS.iter().any(|root| word.starts_with(root));
        if is_agent { masculine(&[("euse", "eur"), ("euses", "eurs")]) } else { None }
    };
    // étrangers, étranger, of which Snowball takes the ending away in the singular only; but univers, divers.
    let several = || if letters < 6 || word.ends_with("vers") { None } else { replaced("ers", "er") };
    adjective()
        .or_else(agent)
        .or_else(stranger)
        .or_else(worker)
        .or_else(several)
        .map_or(Cow::Borrowed(word), Cow::Owned)
}

/// Where -euse is the feminine of -eur.
const AGENTS: [&str; 18] = [
    "chanteu",
    "chercheu",
    "chômeu",
    "coureu",
    "danseu",
    "demandeu",
    "employeu",
    "entraîneu",
    "exploiteu",
    "joueu",
    "migrateu",
    "passeu",
    "serveu",
    "trafiqueu",
    "transporteu",
    "travailleu",
    "vendeu",
    "voyageu",
];

/// Plurals that Snowball takes for verbs: prioridades, irregulares, gobiernos; and those who come from somewhere: danesa,
/// danés. "Remesa" and "regresa" are other words.
fn spanish(word: &str) -> Cow<'_, str> {
    let word = spanish_spelling(word);
    let singular = [("dades", "dad"), ("ares", "ar"), ("iernos", "ierno"), ("menes", "men"), ("genes", "gen")];
    let mut found = singular.iter().filter_map(|(plural, one)| Some(format!("{}{one}", word.strip_suffix(plural)?)));
    if let Some(found) = found.next() {
        return Cow::Owned(found);
    }
    let origin = ["esa", "esas", "eses"].iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().count() >= 3 && rest.ends_with(['n', 'd', 'l', 't'])).then(|| format!("{rest}és"))
    });
    origin.map_or(word, Cow::Owned)
}

/// Words that the academies write in two ways: sicología, setiembre, sustancia, oscuro.
fn spanish_spelling(word: &str) -> Cow<'_, str> {
    let begun = [
        ("psic", "sic"),
        ("septiembre", "setiembre"),
        ("substan", "sustan"),
        ("substitu", "sustitu"),
        ("obscur", "oscur"),
    ];
    let mut other = begun.iter().filter_map(|(one, other)| Some(format!("{other}{}", word.strip_prefix(one)?)));
    other.next().map_or(Cow::Borrowed(word), Cow::Owned)
}

/// American spelling in place of British, and z as s, so that "organisation" and "organization" are one word.
fn english(word: &str) -> Cow<'_, str> {
    let mut word = Cow::Borrowed(word);
    for (british, american) in BRITISH {
        if word.contains(british) {
            word = Cow::Owned(word.replace(british, american));
        }
    }
    for (ending, other) in [
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("iser", "izer"),
        ("isers", "izers"),
        ("isation", "ization"),
        ("isations", "izations"),
        ("isational", "izational"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("yses", "yzes"),
        ("ysing", "yzing"),
    ] {
        // z as s, and not the other way: "promise" and "exercise" have no z.
        if let Some(rest) = word.strip_suffix(other) {
            return Cow::Owned(format!("{rest}{ending}"));
        }
    }
    // spokesmen, chairwomen; but no specimen.
    for (plural, one) in [("women", "woman"), ("smen", "sman"), ("ermen", "erman")] {
        if let Some(rest) = word.strip_suffix(plural).filter(|rest| !rest.is_empty()) {
            return Cow::Owned(format!("{rest}{one}"));
        }
    }
    for (ending, other) in [("logue", "log"), ("logues", "logs"), ("centre", "center"), ("centres", "centers")] {
        if let Some(rest) = word.strip_suffix(ending) {
            return Cow::Owned(format!("{rest}{other}"));
        }
    }
    for (british, american) in [("metre", "meter"), ("theatre", "theater"), ("litre", "liter"), ("fibre", "fiber")] {
        let plural = word.strip_suffix('s').unwrap_or(&word);
        if let Some(rest) = plural.strip_suffix(british) {
            let s = if plural.len() < word.len() { "s" } else { "" };
            return Cow::Owned(format!("{rest}{american}{s}"));
        }
    }
    word
}

/// Parts of words that are written otherwise in American English.
const BRITISH: [(&str, &str); 65] = [
    ("labour", "labor"),
    ("behaviour", "behavior"),
    ("neighbour", "neighbor"),
    ("honour", "honor"),
    ("harbour", "harbor"),
    ("colour", "color"),
    ("favour", "favor"),
    ("humour", "humor"),
    ("rumour", "rumor"),
    ("endeavour", "endeavor"),
    ("vigour", "vigor"),
    ("rigour", "rigor"),
    ("armour", "armor"),
    ("flavour", "flavor"),
    ("tumour", "tumor"),
    ("vapour", "vapor"),
    ("saviour", "savior"),
    ("demeanour", "demeanor"),
    ("programme", "program"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("pretence", "pretense"),
    ("practise", "practice"),
    ("travell", "travel"),
    ("counsell", "counsel"),
    ("cancell", "cancel"),
    ("labell", "label"),
    ("modell", "model"),
    ("signall", "signal"),
    ("channell", "channel"),
    ("fulfill", "fulfil"),
    ("enroll", "enrol"),
    ("installment", "instalment"),
    ("skillful", "skilful"),
    ("paed", "ped"),
    ("anaem", "anem"),
    ("foet", "fet"),
    ("manoeuv", "maneuv"),
    ("grey", "gray"),
    ("cheque", "check"),
    ("sceptic", "skeptic"),
    ("artefact", "artifact"),
    ("dgement", "dgment"),
    ("ageing", "aging"),
    ("levelled", "leveled"),
    ("levelling", "leveling"),
    ("fuelled", "fueled"),
    ("fuelling", "fueling"),
    ("totalled", "totaled"),
    ("totalling", "totaling"),
    ("equalled", "equaled"),
    ("councillor", "councilor"),
    ("marvellous", "marvelous"),
    ("jewellery", "jewelry"),
    ("aluminium", "aluminum"),
    ("mould", "mold"),
    ("sulph", "sulf"),
    ("moustache", "mustache"),
    ("plough", "plow"),
    ("cosy", "cozy"),
    ("gaol", "jail"),
    ("draught", "draft"),
    ("willful", "wilful"),
    ("aeroplane", "airplane"),
];

/// Words that no ending brings together, and the stem that they share. Folded.
const FRENCH_IRREGULAR: &[(&str, &[&str])] = &[
    ("emploi", &["emploi", "emplois"]),
    ("loi", &["loi", "lois"]),
    ("envoi", &["envoi", "envois"]),
    ("renvoi", &["renvoi", "renvois"]),
    ("convoi", &["convoi", "convois"]),
    ("octroi", &["octroi", "octrois"]),
    ("paroi", &["paroi", "parois"]),
    ("roi", &["roi", "rois"]),
    ("tournoi", &["tournoi", "tournois"]),
    ("appui", &["appui", "appuis"]),
    ("ennui", &["ennui", "ennuis"]),
    ("etui", &["etui", "etuis"]),
    ("travail", &["travail", "travaux"]),
    ("bail", &["bail", "baux"]),
    ("lieu", &["lieu", "lieux"]),
    ("milieu", &["milieu", "milieux"]),
    ("jeu", &["jeu", "jeux"]),
    ("enjeu", &["enjeu", "enjeux"]),
    ("voeu", &["voeu", "voeux"]),
    ("feu", &["feu", "feux"]),
    ("neveu", &["neveu", "neveux"]),
    ("oeil", &["oeil", "yeux"]),
    ("ciel", &["ciel", "cieux"]),
    ("public", &["public", "publics", "publique", "publiques"]),
    ("turc", &["turc", "turcs", "turque", "turques"]),
    ("grec", &["grec", "grecs", "grecque", "grecques"]),
    ("laic", &["laic", "laics", "laique", "laiques"]),
    ("nouveau", &["nouveau", "nouveaux", "nouvel", "nouvelle", "nouvelles"]),
    ("beau", &["beau", "beaux", "bel", "belle", "belles"]),
    ("vieux", &["vieux", "vieil", "vieille", "vieilles"]),
    // "Fonder" and "paysan" are other words.
    ("fonds", &["fonds"]),
    ("pays", &["pays"]),
    ("paysan", &["paysan", "paysans", "paysanne", "paysannes"]),
    ("motif", &["motif", "motifs"]),
    ("tarif", &["tarif", "tarifs"]),
    ("bref", &["bref", "brefs", "breve", "breves"]),
    ("aveu", &["aveu", "aveux"]),
    ("massif", &["massif", "massifs", "massive", "massives"]),
    ("chef", &["chef", "chefs", "cheffe", "cheffes"]),
    ("clef", &["cle", "cles", "clef", "clefs"]),
    // Too short for Snowball to see the ending.
    ("entier", &["entier", "entiers", "entiere", "entieres"]),
    ("altier", &["altier", "altiers", "altiere", "altieres"]),
    ("bijou", &["bijou", "bijoux"]),
    ("noyau", &["noyau", "noyaux"]),
    ("tuyau", &["tuyau", "tuyaux"]),
    ("joyau", &["joyau", "joyaux"]),
    ("genou", &["genou", "genoux"]),
    ("caillou", &["caillou", "cailloux"]),
    // Nouns that Snowball takes for another form of another word: port, parti, point, bas, cas, détention.
    ("porte", &["porte", "portes"]),
    ("partie", &["partie", "parties"]),
    ("pointe", &["pointe", "pointes"]),
    ("base", &["base", "bases", "basee", "basees"]),
    ("case", &["case", "cases"]),
    ("detente", &["detente", "detentes"]),
];

const ENGLISH_IRREGULAR: &[(&str, &[&str])] = &[
    ("woman", &["woman", "women"]),
    ("man", &["man", "men"]),
    ("child", &["child", "children"]),
    ("person", &["person", "persons", "people", "peoples"]),
    ("foot", &["foot", "feet"]),
    ("wife", &["wife", "wives"]),
    ("life", &["life", "lives"]),
    ("half", &["half", "halves"]),
    ("crisis", &["crisis", "crises"]),
    ("analysis", &["analysis", "analyses"]),
    ("basis", &["basis", "bases"]),
    ("thesis", &["thesis", "theses"]),
    ("hypothesis", &["hypothesis", "hypotheses"]),
    ("criterion", &["criterion", "criteria"]),
    ("medium", &["medium", "media"]),
    ("datum", &["datum", "data"]),
    ("index", &["index", "indices", "indexes"]),
    ("appendix", &["appendix", "appendices"]),
    ("memorandum", &["memorandum", "memoranda", "memorandums"]),
    ("tire", &["tire", "tires", "tyre", "tyres"]),
    ("news", &["news"]),
    ("inquiri", &["inquiry", "inquiries", "enquiry", "enquiries"]),
    ("headquarters", &["headquarters", "headquarter"]),
    ("forum", &["forum", "forums", "fora"]),
    ("phenomenon", &["phenomenon", "phenomena"]),
    ("stimulus", &["stimulus", "stimuli"]),
    ("tooth", &["tooth", "teeth"]),
    ("wolf", &["wolf", "wolves"]),
    ("thief", &["thief", "thieves"]),
    ("knife", &["knife", "knives"]),
    ("leaf", &["leaf", "leaves"]),
    ("shelf", &["shelf", "shelves"]),
    ("mouse", &["mouse", "mice"]),
    ("goose", &["goose", "geese"]),
    ("focus", &["focus", "focuses", "foci"]),
    ("nucleus", &["nucleus", "nuclei"]),
    ("alumnus", &["alumnus", "alumni"]),
    ("curriculum", &["curriculum", "curricula", "curriculums"]),
    ("oasis", &["oasis", "oases"]),
    ("diagnosis", &["diagnosis", "diagnoses"]),
    ("emphasis", &["emphasis", "emphases"]),
    ("synthesis", &["synthesis", "syntheses"]),
    ("parenthesis", &["parenthesis", "parentheses"]),
    ("axis", &["axis", "axes"]),
    ("matrix", &["matrix", "matrices"]),
    ("learn", &["learn", "learns", "learnt", "learned", "learning"]),
    ("passerby", &["passerby", "passersby"]),
    // What is united is no unit, and an animal is not animated.
    ("unite", &["unite", "united", "unites", "uniting"]),
    ("animal", &["animal", "animals"]),
    ("transition", &["transition", "transitions", "transitional"]),
];

const SPANISH_IRREGULAR: &[(&str, &[&str])] = &[
    ("mujer", &["mujer", "mujeres"]),
    ("taller", &["taller", "talleres"]),
    ("lider", &["lider", "lideres"]),
    ("caracter", &["caracter", "caracteres"]),
    ("poder", &["poder", "poderes"]),
    ("deber", &["deber", "deberes"]),
    ("joven", &["joven", "jovenes"]),
    ("origen", &["origen", "origenes"]),
    ("orden", &["orden", "ordenes"]),
    ("examen", &["examen", "examenes"]),
    ("imagen", &["imagen", "imagenes"]),
    ("margen", &["margen", "margenes"]),
    ("crimen", &["crimen", "crimenes"]),
    ("regimen", &["regimen", "regimenes"]),
    ("volumen", &["volumen", "volumenes"]),
    ("resumen", &["resumen", "resumenes"]),
    ("dictamen", &["dictamen", "dictamenes"]),
    ("mes", &["mes", "meses"]),
    ("pais", &["pais", "paises"]),
    ("interes", &["interes", "intereses"]),
    ("ley", &["ley", "leyes"]),
    ("rey", &["rey", "reyes"]),
    ("red", &["red", "redes"]),
    ("fin", &["fin", "fines"]),
    ("portugues", &["portugues", "portuguesa", "portugueses", "portuguesas"]),
    ("frances", &["frances", "francesa", "franceses", "francesas"]),
    ("ingles", &["ingles", "inglesa", "ingleses", "inglesas"]),
    ("ser", &["ser", "seres"]),
    ("pared", &["pared", "paredes"]),
    ("merced", &["merced", "mercedes"]),
    ("huesped", &["huesped", "huespedes"]),
    ("martir", &["martir", "martires"]),
    ("alcalde", &["alcalde", "alcaldes", "alcaldesa", "alcaldesas"]),
    ("juez", &["juez", "jueces", "jueza", "juezas"]),
    // Two nouns of one root are two words: casa and caso, puerta and puerto. Each stands apart from the masculine, and from
    // the verb.
    ("acta", &["acta", "actas"]),
    ("banca", &["banca", "bancas"]),
    ("barca", &["barca", "barcas"]),
    ("carga", &["carga", "cargas"]),
    ("casa", &["casa", "casas"]),
    ("costa", &["costa", "costas"]),
    ("cuenta", &["cuenta", "cuentas"]),
    ("fonda", &["fonda", "fondas"]),
    ("grada", &["grada", "gradas"]),
    ("libra", &["libra", "libras"]),
    ("marca", &["marca", "marcas"]),
    ("moda", &["moda", "modas"]),
    ("paga", &["paga", "pagas"]),
    ("partida", &["partida", "partidas"]),
    ("plaza", &["plaza", "plazas"]),
    ("puerta", &["puerta", "puertas"]),
    ("punta", &["punta", "puntas"]),
    ("redada", &["redada", "redadas"]),
    ("resta", &["resta", "restas"]),
    ("seda", &["seda", "sedas"]),
    ("suela", &["suela", "suelas"]),
    ("trama", &["trama", "tramas"]),
    ("trata", &["trata", "tratas", "tratante", "tratantes"]),
    ("tratado", &["tratado", "tratados"]),
];

/// Stems that Snowball leaves apart and that belong to one family, with the stem that stands for all: a person who looks
/// for "gérer" wants the texts on "gestion". Folded.
const FRENCH_FAMILIES: &[(&str, &[&str])] = &[
    ("protect", &["proteg"]),
    ("gestion", &["ger", "gestionnair"]),
    ("format", &["form"]),
    ("president", &["presid", "presidenc"]),
    ("ministr", &["ministeriel"]),
    ("migrat", &["migr", "migratoir", "migrant"]),
    ("afriqu", &["african", "africain"]),
    ("europ", &["europeen"]),
    ("asi", &["asiat", "asiatiqu"]),
    ("prevent", &["preven"]),
    ("detent", &["deten", "detenu"]),
];

const ENGLISH_FAMILIES: &[(&str, &[&str])] = &[
    ("migrat", &["migratori"]),
    ("traffick", &["traffic"]),
    ("smuggl", &["smuggler"]),
    ("member", &["membership"]),
    ("return", &["returne"]),
    ("africa", &["african"]),
    ("europ", &["european"]),
    ("asia", &["asian"]),
    ("america", &["american"]),
    ("detent", &["detain", "detaine"]),
    ("deport", &["deporte"]),
];

const SPANISH_FAMILIES: &[(&str, &[&str])] = &[
    ("proteccion", &["proteg", "protec", "protect"]),
    ("migr", &["migratori", "migracion"]),
    ("ministr", &["ministerial", "ministeri"]),
    ("prevencion", &["preven"]),
    ("detencion", &["deten"]),
];

/// From a folded word, or a stem, to the stem that stands for it.
type Stems = HashMap<&'static str, &'static str>;
type Table = LazyLock<[Stems; 3]>;

#[expect(clippy::indexing_slicing, reason = "there is a table for each language")]
fn table(tables: &'static Table, language: Language) -> &'static Stems {
    &tables[language.index()]
}

/// By language, from a folded word to its stem.
static IRREGULAR: Table = LazyLock::new(|| [FRENCH_IRREGULAR, ENGLISH_IRREGULAR, SPANISH_IRREGULAR].map(by_member));

/// By language, from a stem to the one that stands for its family.
static FAMILIES: Table = LazyLock::new(|| [FRENCH_FAMILIES, ENGLISH_FAMILIES, SPANISH_FAMILIES].map(by_member));

fn by_member(groups: &[(&'static str, &'static [&'static str])]) -> Stems {
    groups.iter().flat_map(|&(head, members)| members.iter().map(move |&member| (member, head))).collect()
}
