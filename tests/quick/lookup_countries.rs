//! Names by which published lists call countries, and what people make of them: each leads to its country at once, or
//! asks back between those that share it, and never to another country.
//!
//! The lists here are the Unicode CLDR's; those of other publishers, which npm ships, stand in
//! `tests/slow/country_lists.rs`.

use std::collections::BTreeSet;
use std::path::Path;

use icu_locale::names::RegionDisplayName;
use icu_locale::subtags::Region;
use icu_locale::{Locale, locale};
use rcp_bot::catalogue::Language;
use rcp_bot::lookup::{Entity, Finding, NameIndex};

use crate::lookup_support::{NameRates, shipped, variants};
use crate::support::left_out::{Lacks, left_out};

/// CLDR's name of a code.
fn name(code: &str, language: Language) -> Option<String> {
    let locale: Locale = match language {
        Language::Fr => locale!("fr"),
        Language::En => locale!("en"),
        Language::Es => locale!("es"),
    };
    let region: Region = code.parse().ok()?;
    RegionDisplayName::try_new_light((&locale).into(), region).ok().map(|name| name.to_string())
}

#[test]
fn names_of_the_cldr_and_what_people_make_of_them_lead_to_their_country() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    for language in Language::ALL {
        let mut rates = NameRates::default();
        for country in &catalogue.countries {
            let name = name(&country.code, language).unwrap_or_else(|| panic!("CLDR knows {}", country.code));
            // What two share asks back.
            if country.shared_names.contains(&name) {
                continue;
            }
            for query in variants(&country.code, &name, language) {
                rates.count(&index.find(Entity::Country, &query, language), &country.code, &query);
            }
        }
        rates.judge(&format!("CLDR, {language}"));
    }
}

#[test]
fn codes_of_two_and_three_letters_lead_to_their_country() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    for country in &catalogue.countries {
        let three = country.aliases.first().map_or("", String::as_str);
        assert!(three.len() == 3 && three.bytes().all(|byte| byte.is_ascii_uppercase()), "{}: {three}", country.code);
        for code in [country.code.as_str(), three] {
            let finding = index.find(Entity::Country, code, Language::Fr);
            assert!(matches!(&finding, Finding::One(one) if one.id == country.code), "{code}: {finding:?}");
        }
        let finding = index.find(Entity::Country, &three.to_lowercase(), Language::Fr);
        assert!(matches!(&finding, Finding::One(one) if one.id == country.code), "{three}: {finding:?}");
    }
}

/// The codes of the National Olympic Committees, which no file of ours has; a space parts the code from the country.
const COMMITTEES: &str = "\
    AFG AF,ALB AL,ALG DZ,AND AD,ANG AO,ANT AG,ARG AR,ARM AM,ARU AW,ASA AS,AUS AU,AUT AT,AZE AZ,BAH BS,BAN BD,\
    BAR BB,BDI BI,BEL BE,BEN BJ,BER BM,BHU BT,BIH BA,BIZ BZ,BLR BY,BOL BO,BOT BW,BRA BR,BRN BH,BRU BN,BUL BG,\
    BUR BF,CAF CF,CAM KH,CAN CA,CAY KY,CGO CG,CHA TD,CHI CL,CHN CN,CIV CI,CMR CM,COD CD,COK CK,COL CO,COM KM,\
    CPV CV,CRC CR,CRO HR,CUB CU,CYP CY,CZE CZ,DEN DK,DJI DJ,DMA DM,DOM DO,ECU EC,EGY EG,ERI ER,ESA SV,ESP ES,\
    EST EE,ETH ET,FIJ FJ,FIN FI,FRA FR,FSM FM,GAB GA,GAM GM,GBR GB,GBS GW,GEO GE,GEQ GQ,GER DE,GHA GH,GRE GR,\
    GRN GD,GUA GT,GUI GN,GUM GU,GUY GY,HAI HT,HKG HK,HON HN,HUN HU,INA ID,IND IN,IRI IR,IRL IE,IRQ IQ,ISL IS,\
    ISR IL,ISV VI,ITA IT,IVB VG,JAM JM,JOR JO,JPN JP,KAZ KZ,KEN KE,KGZ KG,KIR KI,KOR KR,KOS XK,KSA SA,KUW KW,\
    LAO LA,LAT LV,LBA LY,LBN LB,LBR LR,LCA LC,LES LS,LIE LI,LTU LT,LUX LU,MAD MG,MAR MA,MAS MY,MAW MW,MDA MD,\
    MDV MV,MEX MX,MGL MN,MHL MH,MKD MK,MLI ML,MLT MT,MNE ME,MON MC,MOZ MZ,MRI MU,MTN MR,MYA MM,NAM NA,NCA NI,\
    NED NL,NEP NP,NGR NG,NIG NE,NOR NO,NRU NR,NZL NZ,OMA OM,PAK PK,PAN PA,PAR PY,PER PE,PHI PH,PLE PS,PLW PW,\
    PNG PG,POL PL,POR PT,PRK KP,PUR PR,QAT QA,ROU RO,RSA ZA,RUS RU,RWA RW,SAM WS,SEN SN,SEY SC,SGP SG,SKN KN,\
    SLE SL,SLO SI,SMR SM,SOL SB,SOM SO,SRB RS,SRI LK,SSD SS,STP ST,SUD SD,SUI CH,SUR SR,SVK SK,SWE SE,SWZ SZ,\
    SYR SY,TAN TZ,TGA TO,THA TH,TJK TJ,TKM TM,TLS TL,TOG TG,TPE TW,TTO TT,TUN TN,TUR TR,TUV TV,UAE AE,UGA UG,\
    UKR UA,URU UY,USA US,UZB UZ,VAN VU,VEN VE,VIE VN,VIN VC,YEM YE,ZAM ZM,ZIM ZW";

/// Codes that other lists have besides, and what none of them may lead to.
const OTHER_CODES: &[(&str, &str)] = &[
    ("EQG", "GQ"),
    ("CTA", "CF"),
    ("TRI", "TT"),
    ("TAH", "PF"),
    ("KVX", "XK"),
    ("ENG", "GB"),
    ("SCO", "GB"),
    ("CDN", "CA"),
    ("EAK", "KE"),
    ("HKJ", "JO"),
    ("RCH", "CL"),
    ("ROM", "RO"),
    ("ZAR", "CD"),
    // Cambodia for the IOC, Cameroon on vehicles; Burkina Faso for the IOC, Burma in ISO 3166-3.
    ("CAM", "CM KH"),
    ("BUR", "BF MM"),
    // Bahrain for the IOC, Brunei for ISO 3166.
    ("BRN", "BN"),
    // In small letters they rather begin names.
    ("nig", "NE NG"),
    ("Gua", "GP GT GU"),
    ("mon", "MC ME MN MS"),
    ("la gui", ""),
    ("uae", "AE"),
    ("lba", "LY"),
];

#[test]
fn codes_of_other_lists_lead_to_their_country_and_never_past_iso() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    let led = |code: &str| -> Vec<String> {
        let finding = index.find(Entity::Country, code, Language::En);
        let mut led: Vec<String> = match &finding {
            Finding::One(one) => vec![one.id.to_owned()],
            Finding::Several(several) => several.iter().map(|one| one.id.to_owned()).collect(),
            Finding::None { .. } => Vec::new(),
        };
        led.sort_unstable();
        led
    };
    let mut others = Vec::new();
    for pair in COMMITTEES.split(',') {
        let (code, country) = pair.split_once(' ').unwrap_or_else(|| panic!("{pair}"));
        if !["ANT", "BRN", "BUR", "CAM"].contains(&code) && led(code) != [country] {
            others.push(format!("{code}: {:?}, not {country}", led(code)));
        }
    }
    for (code, meant) in OTHER_CODES {
        let meant: Vec<&str> = meant.split(' ').filter(|one| !one.is_empty()).collect();
        let is_met = match (*code, led(code)) {
            ("la gui", led) => led.len() != 1,
            // Longer lists may be offered in small letters.
            (code, led) if code != code.to_uppercase() => meant.iter().all(|one| led.iter().any(|led| led == one)),
            (_, led) => led == meant,
        };
        if !is_met {
            others.push(format!("{code}: {:?}, not {meant:?}", led(code)));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
    // A code of ISO 3166 is nobody else's.
    for country in &catalogue.countries {
        for other in catalogue.countries.iter().filter(|other| other.code != country.code) {
            let iso = [country.code.as_str(), country.aliases[0].as_str()];
            assert!(!other.aliases.iter().any(|alias| iso.contains(&alias.as_str())), "{}: {iso:?}", other.code);
        }
    }
}

/// What people and lists write, and the countries that are meant: one is answered, several are asked for.
const QUERIES: &[(&str, &str)] = &[
    // An article before a code in capitals.
    ("the US", "US"),
    ("the UK", "GB"),
    // Points of the compass cut short.
    ("S. Africa", "ZA"),
    ("S. Sudan", "SS"),
    ("N. Korea", "KP"),
    ("Eq. Guinea", "GQ"),
    ("Kosovo (UNSCR 1244)", "XK"),
    ("Macédoine du Nord (ex-ARYM)", "MK"),
    ("Tanzanie (République-Unie de)", "TZ"),
    ("Rép. dém. du Congo", "CD"),
    ("República Sudafricana", "ZA"),
    ("Union indienne", "IN"),
    // Two letters are not the beginning of "Province".
    ("PR China", "CN"),
    ("China PR", "CN"),
    ("P.R. China", "CN"),
    ("China, P.R.", "CN"),
    ("China, P.R.: Mainland", "CN"),
    ("RP Chine", "CN"),
    ("China (PRC)", "CN"),
    ("PRC", "CN"),
    ("République populaire de Chine", "CN"),
    ("République de Chine", "TW"),
    ("Republic of China", "TW"),
    ("República de China", "TW"),
    ("Republic of China (Taiwan)", "TW"),
    ("Taiwan (China)", "TW"),
    ("Taiwan, Province of China", "TW"),
    // A short name of one, the code of another.
    ("R.-U.", "GB RU"),
    ("R. U.", "GB RU"),
    ("RU", "RU"),
    ("PR", "PR"),
    // Articles are silent.
    ("la France", "FR"),
    ("Chine (la)", "CN"),
    ("la Chine", "CN"),
    ("le Congo", "CD CG"),
    ("the Congo", "CD CG"),
    ("el Congo", "CD CG"),
    ("la Géorgie", "GE"),
    ("la Guinée", "GN"),
    ("le Guyana", "GY"),
    ("l’Irlande", "IE"),
    ("les Pays-Bas", "NL"),
    ("le Niger", "NE"),
    ("the Niger", "NE"),
    ("el Níger", "NE"),
    ("le Samoa", "WS"),
    ("le Soudan", "SD"),
    ("le Soudan du Sud", "SS"),
    ("the Sudan", "SD"),
    ("Sudán del Sur", "SS"),
    ("la India", "IN"),
    ("les États-Unis", "US"),
    ("los Estados Unidos", "US"),
    ("the Republic of Korea", "KR"),
    // Words of State forms, in any order and shortened.
    ("Republic of Kenya", "KE"),
    ("République de l'Inde", "IN"),
    ("Federal Republic of Nigeria", "NG"),
    ("Islamic Republic of Pakistan", "PK"),
    ("People's Republic of Bangladesh", "BD"),
    ("Korea, Rep.", "KR"),
    ("Korea, Republic of", "KR"),
    ("Korea, Dem. People's Rep.", "KP"),
    ("Corea, República Popular Democrática de", "KP"),
    ("Korea", "KP KR"),
    ("Congo, Dem. Rep.", "CD"),
    ("Congo, Rep.", "CG"),
    ("DR Congo", "CD"),
    ("Congo (the Democratic Republic of the)", "CD"),
    ("Egypt, Arab Rep.", "EG"),
    ("Yemen, Rep.", "YE"),
    ("Iran, Islamic Rep.", "IR"),
    ("Venezuela, RB", "VE"),
    ("Micronesia, Fed. Sts.", "FM"),
    ("Lao PDR", "LA"),
    ("Gambia, The", "GM"),
    ("St. Kitts & Nevis", "KN"),
    ("République du Kenia", "KE"),
    ("Repubic of Kenya", "KE"),
    // Adjectives.
    ("République italienne", "IT"),
    ("Hellenic Republic", "GR"),
    ("República Portuguesa", "PT"),
    ("République libanaise", "LB"),
    ("République algérienne démocratique et populaire", "DZ"),
    ("Estados Unidos Mexicanos", "MX"),
    ("United Mexican States", "MX"),
    ("États-Unis du Mexique", "MX"),
    ("République centrafricaine", "CF"),
    ("République dominicaine", "DO"),
    ("Commonwealth of Dominica", "DM"),
    // The State that administers it, in brackets.
    ("Anguilla (United Kingdom)", "AI"),
    ("Saint-Martin (Pays-Bas)", "SX"),
    ("Saint-Martin (France)", "MF"),
    ("Cocos (Keeling) Islands (Australia)", "CC"),
    ("Virgin Islands (U.S.)", "VI"),
    ("Virgin Islands (British)", "VG"),
    // What two share.
    ("Saint-Martin", "MF SX"),
    ("Îles Vierges", "VG VI"),
    ("Tchécoslovaquie", "CZ SK"),
    ("l'Indochine", "KH LA VN"),
    ("Georgia (USA)", "GE US"),
    // Former names, parts, other names.
    ("Haute-Volta", "BF"),
    ("Dahomey", "BJ"),
    ("Rhodesia", "ZW"),
    ("Northern Rhodesia", "ZM"),
    ("Basutoland", "LS"),
    ("Bechuanaland", "BW"),
    ("Nyasaland", "MW"),
    ("Tanganyika", "TZ"),
    ("Zanzibar", "TZ"),
    ("Oubangui-Chari", "CF"),
    ("Perse", "IR"),
    ("Cisjordanie", "PS"),
    ("Gaza", "PS"),
    ("West Bank and Gaza", "PS"),
    ("oPt", "PS"),
    ("Turkménie", "TM"),
    ("ROK", "KR"),
    ("S. Korea", "KR"),
    ("FSM", "FM"),
    ("RCI", "CI"),
    ("Écosse", "GB"),
    ("Wales", "GB"),
    ("Tahiti", "PF"),
    ("Bharat", "IN"),
    ("Chagos", "IO"),
    ("Saint-Domingue", "DO"),
    ("Soudan français", "ML"),
    ("British Honduras", "BZ"),
    ("Samoa Estadounidense", "AS"),
    ("Naoero", "NR"),
    ("the Republic of Naoero", "NR"),
    ("Côte-de-l'Or", "GH"),
    ("Côte d'Ivoire", "CI"),
    ("Deutschland", "DE"),
    ("Россия", "RU"),
    ("日本", "JP"),
];

#[test]
fn what_people_and_lists_write_leads_to_what_they_mean() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    let mut others = Vec::new();
    for (query, meant) in QUERIES {
        for language in Language::ALL {
            let finding = index.find(Entity::Country, query, language);
            let mut found = match &finding {
                Finding::One(one) => vec![one.id],
                Finding::Several(several) => several.iter().map(|one| one.id).collect(),
                Finding::None { .. } => Vec::new(),
            };
            found.sort_unstable();
            if found.join(" ") != *meant {
                others.push(format!("{query:?} in {language}: {found:?}, not {meant}"));
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

/// The names in a table of `tests/names`: the codes that are meant, the name, and who writes so.
fn listed(language: Language) -> Vec<(String, String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/names/{}.tsv", language.code()));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let columns = |line: &str| {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [codes, name, list] = columns.try_into().unwrap_or_else(|_| panic!("{}: {line:?}", path.display()));
        (codes, name, list)
    };
    text.lines().filter(|line| !line.starts_with('#')).map(columns).collect()
}

/// The World Bank, the IMF, the United Nations, ISO, FIFA, the IOC, atlases and dictionaries each write in a way of their
/// own: shortened, turned over, with articles in brackets.
#[test]
fn names_of_many_lists_lead_to_their_country() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    for language in Language::ALL {
        let mut rates = NameRates::default();
        for (codes, name, _) in listed(language) {
            let finding = index.find(Entity::Country, &name, language);
            if !codes.contains(' ') {
                rates.count(&finding, &codes, &name);
                continue;
            }
            // What several are called asks back and names them.
            let Finding::Several(several) = &finding else { panic!("{name} ({codes}): {finding:?}") };
            let offered: BTreeSet<&str> = several.iter().map(|one| one.id).collect();
            assert!(codes.split(' ').all(|code| offered.contains(code)), "{name} ({codes}): {offered:?}");
        }
        assert!(rates.asked > 250, "{language}: {} names", rates.asked);
        rates.judge(&format!("names of many lists, {language}"));
    }
}

/// What names no country must not be answered with one.
#[test]
fn words_of_state_forms_alone_mean_nobody() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    for query in [
        "république",
        "Republic of",
        "la République populaire",
        "Commonwealth of Independent States",
        "Union africaine",
        "African Union",
        "Union européenne",
        "Sudán del",
        "Soudan du S",
        "La Ga",
        "de la",
        "RD del",
        "Islas Ma",
        "République de Ch",
    ] {
        let finding = index.find(Entity::Country, query, Language::Fr);
        assert!(!matches!(finding, Finding::One(_)), "{query}: {finding:?}");
    }
}

#[test]
fn articles_are_silent_for_names_of_anything() {
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    for (entity, query, bare) in [
        (Entity::Region, "l'Asie", "Asie"),
        (Entity::Region, "l’Afrique", "Afrique"),
        (Entity::Region, "las Américas", "Américas"),
        (Entity::Organisation, "l'UA", "UA"),
        (Entity::Organisation, "l’Union africaine", "Union africaine"),
        (Entity::Organisation, "the European Union", "European Union"),
        (Entity::Process, "le Processus de Prague", "Processus de Prague"),
        (Entity::Process, "the Bali Process", "Bali Process"),
        (Entity::Process, "el Proceso de Quito", "Proceso de Quito"),
        (Entity::Process, "la MIDSA", "MIDSA"),
    ] {
        for language in Language::ALL {
            let with = index.find(entity, query, language);
            let without = index.find(entity, bare, language);
            let id = |finding: &Finding<'_>| match finding {
                Finding::One(one) => Some(one.id.to_owned()),
                _ => None,
            };
            assert!(id(&without).is_some(), "{bare}: {without:?}");
            assert_eq!(id(&with), id(&without), "{query}: {with:?}");
        }
    }
}

/// The published names that failed on 27 November 2026, where the paper is that lists half of them.
#[test]
fn published_names_that_once_failed_lead_to_their_country() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/faults/country-names.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        let told = format!("the list of names is not here ({}): nothing is compared", path.display());
        return left_out(Lacks::Paper, &told);
    };
    let catalogue = shipped();
    let index = NameIndex::new(&catalogue);
    let mut rates = NameRates::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(language), Some(code), Some(name)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let language = Language::ALL.into_iter().find(|one| one.code() == language).unwrap_or(Language::Fr);
        rates.count(&index.find(Entity::Country, name, language), code, name);
    }
    assert!(rates.asked > 700, "{} names", rates.asked);
    rates.judge("names that once failed");
}
