//! Words by which a text shows that it is about migration among States, or about something else.
//!
//! Short lists of our own, folded, in French, English and Spanish: an acronym such as CP, CRM or APC is one of ours only
//! beside the former, and hardly ever beside the latter. "Migration" alone does not decide: data migrate, too.

/// What a word says of what its text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearing {
    /// Migration, refugees, borders.
    Field,
    /// Meetings of States, as there are in every field.
    Diplomacy,
    /// Something else: software, medicine, commerce, parties, sport.
    Elsewhere,
}

/// What a folded word says.
pub(crate) fn bearing(word: &str) -> Option<Bearing> {
    // What names another field is told first: "parti" begins no "participant".
    if ELSEWHERE_WHOLE.contains(&word) {
        return Some(Bearing::Elsewhere);
    }
    let begins = |list: &[&str]| list.iter().any(|beginning| word.starts_with(beginning));
    if begins(&FIELD) {
        Some(Bearing::Field)
    } else if begins(&ELSEWHERE) {
        Some(Bearing::Elsewhere)
    } else if begins(&DIPLOMACY) {
        Some(Bearing::Diplomacy)
    } else {
        None
    }
}

/// Whether a folded word belongs to the field.
pub(crate) fn is_of_field(word: &str) -> bool {
    bearing(word) == Some(Bearing::Field)
}

/// Whether a folded word stands in the names of many bodies: "process" does, "Bali" does not.
pub(crate) fn is_generic(word: &str) -> bool {
    GENERIC.iter().any(|beginning| word.starts_with(beginning))
}

/// Whether capitals do not make an acronym one of ours: it is a word, or is known for something else as well.
pub(crate) fn is_ambiguous(acronym: &str) -> bool {
    match acronym.chars().filter(|letter| letter.is_alphabetic()).count() {
        0..=3 => !PLAIN.contains(&acronym),
        _ => AMBIGUOUS.contains(&acronym),
    }
}

/// Whether a short acronym hardly ever means anything else.
pub(crate) fn is_plain(acronym: &str) -> bool {
    PLAIN.contains(&acronym)
}

/// Short acronyms that hardly ever mean anything else.
const PLAIN: [&str; 7] = ["eu", "hcr", "ilo", "iom", "oim", "oit", "ue"];

/// Longer ones that do, in some field or as a word.
const AMBIGUOUS: [&str; 13] =
    ["arcp", "asem", "cbcp", "cica", "cmmi", "commit", "dimac", "dimoi", "femi", "midcom", "oops", "picp", "sacm"];

/// Beginnings of the field's own words.
const FIELD: [&str; 28] = [
    "apatrid",
    "asile",
    "asilo",
    "asylum",
    "consultatif",
    "consultativ",
    "consultiv",
    "deplacees",
    "desplazad",
    "diaspora",
    "displaced",
    "emigra",
    "emigre",
    "immigra",
    "immigre",
    "inmigra",
    "migra",
    "readmis",
    "refug",
    "reintegra",
    "remesa",
    "remittance",
    "retornad",
    "returnee",
    "schengen",
    "smuggl",
    "stateless",
    "traffick",
];

/// Beginnings of the words of meetings of States.
const DIPLOMACY: [&str; 63] = [
    "africa",
    "africain",
    "ambassad",
    "asia",
    "border",
    "chair",
    "commission",
    "conferenc",
    "consulta",
    "countr",
    "cumbre",
    "declaracion",
    "declaration",
    "delega",
    "dialog",
    "estado",
    "etat",
    "foro",
    "forum",
    "fronter",
    "frontier",
    "gobierno",
    "gouvernement",
    "government",
    "humanitar",
    "intergouvern",
    "intergovern",
    "intergubern",
    "interregion",
    "labour",
    "meeting",
    "member",
    "membre",
    "miembro",
    "minister",
    "ministr",
    "mobilit",
    "movilidad",
    "naciones",
    "nations",
    "observ",
    "oversea",
    "pacte",
    "pais",
    "pays",
    "plenar",
    "plenier",
    "presid",
    "proces",
    "regiao",
    "region",
    "reunion",
    "secretar",
    "sommet",
    "state",
    "summit",
    "trabajador",
    "trafic",
    "traite",
    "transit",
    "trata",
    "travailleurs",
    "worker",
];

/// Beginnings of other fields' words.
const ELSEWHERE: [&str; 78] = [
    "algorithm",
    "android",
    "antibiot",
    "antigen",
    "backend",
    "backlog",
    "backup",
    "benzin",
    "bug",
    "cancer",
    "carburant",
    "cardio",
    "chatbot",
    "client",
    "cloud",
    "codeur",
    "compil",
    "comptab",
    "covid",
    "cpu",
    "csv",
    "customer",
    "dashboard",
    "database",
    "deploy",
    "devops",
    "diesel",
    "docker",
    "excel",
    "factur",
    "firmware",
    "footbal",
    "frontend",
    "gasolin",
    "github",
    "gitlab",
    "gpu",
    "hopital",
    "hospital",
    "hubspot",
    "infirmi",
    "invoice",
    "java",
    "kernel",
    "kubern",
    "linux",
    "logiciel",
    "marketing",
    "medecin",
    "medic",
    "merge",
    "microsoft",
    "mysql",
    "nasal",
    "olymp",
    "oracle",
    "patient",
    "petrol",
    "pharma",
    "pipeline",
    "plugin",
    "postgres",
    "prestataire",
    "python",
    "salesforce",
    "script",
    "server",
    "serveur",
    "servidor",
    "software",
    "sprint",
    "sql",
    "staging",
    "usine",
    "vaccin",
    "vacun",
    "virus",
    "windows",
];

/// Other fields' words that begin like some of ours.
const ELSEWHERE_WHOLE: [&str; 32] = [
    "api",
    "apis",
    "app",
    "apps",
    "branch",
    "code",
    "codes",
    "diff",
    "elecciones",
    "election",
    "elections",
    "electoral",
    "git",
    "leads",
    "oil",
    "parti",
    "partido",
    "party",
    "prod",
    "regex",
    "repo",
    "repos",
    "senat",
    "senate",
    "senator",
    "stock",
    "test",
    "tests",
    "ventas",
    "ventes",
    "vote",
    "votes",
];

/// Beginnings of the words that many bodies have in their names.
const GENERIC: [&str; 90] = [
    "agenc",
    "agence",
    "agency",
    "alto",
    "binding",
    "bureau",
    "chair",
    "comision",
    "comite",
    "commission",
    "committee",
    "communaut",
    "community",
    "comunidad",
    "conferenc",
    "consulta",
    "contraign",
    "dialog",
    "direct",
    "econom",
    "ejercicio",
    "emerg",
    "estado",
    "etat",
    "executive",
    "exercice",
    "expert",
    "fonctionnaire",
    "foro",
    "forum",
    "funcionario",
    "general",
    "global",
    "govern",
    "group",
    "grupo",
    "haut",
    "inactif",
    "inactive",
    "inactivo",
    "iniciativ",
    "initiativ",
    "inter",
    "intergouvern",
    "intergovern",
    "intergubern",
    "interstat",
    "led",
    "lider",
    "meeting",
    "member",
    "membre",
    "miembro",
    "minister",
    "mondial",
    "mundial",
    "nacion",
    "nation",
    "non",
    "observ",
    "office",
    "official",
    "oficina",
    "onu",
    "operation",
    "organ",
    "panel",
    "permanent",
    "pilote",
    "presid",
    "pro",
    "proces",
    "region",
    "reunion",
    "secretar",
    "senior",
    "state",
    "steering",
    "support",
    "techni",
    "tecnic",
    "tempore",
    "trabaj",
    "travail",
    "unidas",
    "unies",
    "united",
    "vinculante",
    "work",
    "world",
];
