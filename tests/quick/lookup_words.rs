//! Words that must find each other in the search, and words that must not: singular and plural, masculine and feminine,
//! two spellings, with and without accents and hyphens.

use rcp_bot::catalogue::fold::fold;
use rcp_bot::catalogue::{Catalogue, Language};
use rcp_bot::lookup::{Filters, FullText};

use crate::lookup_support::{shipped, with_texts};

/// Pairs that were noted on 27 November 2026 as not finding each other.
const NOTED: &[(Language, &str)] = &[
    (
        Language::Fr,
        "emploi emplois; envoi envois; loi lois; appui appuis; français française; actif active; \
        travailleur travailleuse; travail travaux; protéger protection; former formation; \
        présider présidence; ministre ministériel; gérer gestion; migrer migration; migratoire migration; \
        main-d'œuvre maindœuvre; creee créée; adressees adressées; consacree consacrée; convoquee convoquée; \
        imprimee imprimée; nommee nommée; rattachee rattachée; recherchee recherchée; securite sécurité; \
        refugies réfugiés",
    ),
    (
        Language::En,
        "woman women; child children; organisation organization; labour labor; centre center; \
        programme program; cooperation co-operation; migratory migration; trafficking traffic; \
        smuggling smugglers; counter-trafficking countertrafficking; person people; member membership; \
        Africa African; Europe European; return returnees",
    ),
    (
        Language::Es,
        "mujer mujeres; líder líderes; taller talleres; migratorio migración; proteger protección; \
        ministro ministerial; vinculacion vinculación",
    ),
];

/// Further pairs of the same kinds.
const FURTHER: &[(Language, &str)] = &[
    (
        Language::Fr,
        "migratoire migratoires; réfugié réfugiée; réfugié réfugiés; national nationaux; régional régionaux; \
        régionale régionaux; social sociaux; bureau bureaux; réseau réseaux; niveau niveaux; lieu lieux; \
        jeu jeux; enjeu enjeux; étranger étrangère; frontalier frontalière; ouvrier ouvrière; \
        observateur observatrice; directeur directrice; employeur employeuse; africain africaine; \
        européen européenne; européens européennes; administratif administrative; positif positive; \
        public publique; publics publiques; turc turque; grec grecque; naturel naturelle; annuel annuelle; \
        nouveau nouvelle; membre membres; conclu conclue; venu venue; conjoint conjointe; \
        volontaire volontaires; œil oeil; cœur coeur; œuvre oeuvre; main-d'œuvre main-d'oeuvre; \
        sous-région sousrégion; contre-trafic contretrafic; état états; traité traités; vérifié vérifiée; \
        créé créée; nommé nommée; consacrees consacrée; réunion réunions; accord accords; \
        politique politiques; gouvernement gouvernements; ministère ministères; secrétariat secrétariats; \
        coordonnateur coordonnatrice; présidente présidentes; président présidents; participant participante; \
        observateur observateurs; frontière frontières; visa visas; document documents; donnée données; \
        droit droits; victime victimes; passeur passeurs; trafiquant trafiquants; enfant enfants; \
        mineur mineurs; mineure mineures; femme femmes; homme hommes; famille familles; étudiant étudiante; \
        expert experte; experts expertes; décision décisions; déclaration déclarations; priorité priorités; \
        activité activités; capacité capacités; région régions; commun commune; communs communes; \
        légal légale; légaux légales; illégal illégaux; irrégulier irrégulière; irréguliers irrégulières; \
        régulier régulière; consultatif consultative; consultatifs consultatives; informel informelle; \
        intergouvernemental intergouvernementaux; sous-régional sousrégional; inter-régional interrégional; \
        vice-président viceprésident; bien-être bienêtre; vœux voeux; élève éleve; dernier dernière; \
        premier première; étrangers étrangères; européens européenne; américain américaine; \
        asiatique asiatiques; sécurité se\u{301}curite\u{301}; réfugié re\u{301}fugie\u{301}",
    ),
    (
        Language::En,
        "man men; country countries; policy policies; study studies; body bodies; analysis analyses; \
        crisis crises; defence defense; licence license; behaviour behavior; neighbour neighbor; \
        neighbouring neighboring; honour honor; harbour harbor; colour color; favour favor; \
        organise organize; recognise recognize; organised organized; recognised recognized; utilise utilize; \
        harmonisation harmonization; regularisation regularization; travelling traveling; traveller traveler; \
        counselling counseling; fulfil fulfill; enrol enroll; enrolment enrollment; grey gray; \
        theatre theater; metre meter; catalogue catalog; dialogue dialog; paediatric pediatric; foetus fetus; \
        cheque check; tyre tire; sub-regional subregional; inter-regional interregional; \
        non-refoulement nonrefoulement; decision-making decisionmaking; e-mail email; wife wives; life lives; \
        half halves; foot feet; migrant migrants; worker workers; family families; agency agencies; \
        city cities; state states; process processes; index indices; datum data; medium media; \
        criterion criteria; meeting meetings; agreement agreements; government governments; \
        ministry ministries; secretariat secretariats; chair chairs; participant participants; \
        member members; observer observers; border borders; visa visas; document documents; right rights; \
        victim victims; smuggler smugglers; trafficker traffickers; minor minors; student students; \
        expert experts; decision decisions; declaration declarations; priority priorities; \
        activity activities; capacity capacities; region regions; refugee refugees; analyse analyze; \
        labours labors; favourable favorable; programmes programs; centres centers; cancelled canceled; \
        skilful skillful; sceptical skeptical; judgement judgment; ageing aging; enquiry inquiry; \
        kilometre kilometer; anti-trafficking antitrafficking; basis bases; appendix appendices; \
        memorandum memoranda; asian asia; american america; cafe cafés; Europe Europeans",
    ),
    (
        Language::Es,
        "trabajador trabajadora; trabajadores trabajadoras; migración migraciones; país países; \
        región regiones; nación naciones; refugiado refugiada; mes meses; ley leyes; red redes; \
        joven jóvenes; nacional nacionales; social sociales; capaz capaces; luz luces; vez veces; \
        raíz raíces; observador observadora; africano africana; público pública; español española; \
        francés francesa; inglés ingleses; interés intereses; migrante migrantes; origen orígenes; \
        orden órdenes; examen exámenes; cooperación cooperaciones; vinculación vinculaciones; \
        portugues portugués; director directora; autoridad autoridades; reunión reuniones; acuerdo acuerdos; \
        política políticas; gobierno gobiernos; ministerio ministerios; secretaría secretarías; \
        presidente presidentes; participante participantes; miembro miembros; observador observadores; \
        frontera fronteras; visado visados; documento documentos; dato datos; derecho derechos; \
        víctima víctimas; traficante traficantes; niño niños; niña niñas; menor menores; familia familias; \
        estudiante estudiantes; experto experta; expertos expertas; decisión decisiones; \
        declaración declaraciones; prioridad prioridades; actividad actividades; capacidad capacidades; \
        regional regionales; común comunes; legal legales; ilegal ilegales; irregular irregulares; \
        consultivo consultiva; consultivos consultivas; informal informales; \
        intergubernamental intergubernamentales; europeo europea; americano americana; asiático asiática; \
        centroamericano centroamericana; último última; primero primera; extranjero extranjera; \
        extranjeros extranjeras; refugio refugios; asilo asilos; imagen imágenes; régimen regímenes; \
        crimen crímenes; juez jueces; eficaz eficaces; voz voces; migracion migración; reunion reunión; \
        cooperacion cooperación; integracion integración; tecnico técnico; politica política; \
        migración migracio\u{301}n; técnico te\u{301}cnico; sub-regional subregional; inter-regional interregional; \
        portugués portuguesa; francés franceses; inglés inglesa",
    ),
    (
        Language::Fr,
        "réfugiées réfugiés; frontaliers frontalières; saisonnier saisonnière; saisonniers saisonnières; \
        humanitaire humanitaires; clandestin clandestine; clandestins clandestines; passeuse passeuses; \
        déplacé déplacée; déplacés déplacées; apatride apatrides; canal canaux; journal journaux; \
        neveu neveux; jumeau jumeaux; tableau tableaux; vœu vœux; nœud noeuds; sœur soeur; \
        manœuvre manoeuvres; œcuménique oecuménique; libanais libanaise; sénégalais sénégalaises; \
        tunisien tunisienne; marocain marocaines; algérien algériens; malien maliennes; \
        franco-allemand francoallemand; afro-européen afroeuropéen; co-présidence coprésidence; \
        pré-départ prédépart; vulnérable vulnérables; detention détention; readmission réadmission; \
        protéger protégés; intégrer intégration; réintégrer réintégration; formateur formatrice; \
        médiateur médiatrice; législatif législative; législatifs législatives; bilatéral bilatéraux; \
        multilatérale multilatéraux; transfrontalier transfrontalière; nouveaux nouvelles; \
        recrutement recrutements; inquiet inquiète; secret secrète; complet complète; ancien ancienne; \
        négociateur négociatrices; ressortissant ressortissante; tchèque tchèques; \
        vice-ministre viceministre; ministériels ministérielle; gestion gérée; étranger étrangers; \
        étrangères étranger; passager passagers; passagère passagers; conseiller conseillers; foyer foyers; \
        danger dangers; leader leaders; boucher bouchères; ouvrier ouvriers; entier entière; policier policiers",
    ),
    (
        Language::En,
        "stateless statelessness; wage wages; remittance remittances; diaspora diasporas; \
        travelled traveled; modelling modeling; labelled labeled; offence offense; pretence pretense; \
        practise practice; analysing analyzing; prioritise prioritize; prioritisation prioritization; \
        criminalise criminalize; criminalisation criminalization; digitalisation digitalization; \
        naturalised naturalized; rumour rumor; endeavour endeavor; endeavours endeavors; rigour rigor; \
        labourer laborer; labourers laborers; fibre fiber; litre liter; anaemia anemia; \
        instalment installment; child children's; women's woman; workforces workforce; workers' worker; \
        pre-departure predeparture; cross-border crossborder; re-integration reintegration; \
        co-chair cochair; policymaker policymakers; policy-maker policymaker; employee employees; \
        employing employer; naive naïve; facade façade; hypothesis hypotheses; nationality nationalities; \
        embassy embassies; trafficked trafficking",
    ),
    (
        Language::Es,
        "niño niña; niños niñas; trabajador trabajadoras; refugiada refugiados; desplazado desplazadas; \
        apátrida apátridas; indígena indígenas; lección lecciones; sesión sesiones; reunion reuniones; \
        acción acciones; rey reyes; guatemalteco guatemaltecas; salvadoreño salvadoreña; \
        hondureños hondureñas; españoles españolas; francés francesas; alemán alemana; alemanes alemanas; \
        fronterizo fronteriza; fronterizos fronterizas; ilícito ilícitas; laboral laborales; \
        pos-conflicto posconflicto; anti-trata antitrata; proteccion protecciones; genero género; \
        victima víctimas; trafico tráfico; directores directoras; ministra ministros; embajador embajadora; \
        coordinador coordinadoras; empleador empleadores; retornado retornadas; deportado deportados; \
        africano africanas; chileno chilenos; lideresa lideresas; consejo consejos; convenio convenios; \
        pez peces; vinculado vinculada",
    ),
    // Sixty of the same kinds that were thought up when the rules stood.
    (
        Language::Fr,
        "demandeur demandeuse; chercheurs chercheuse; coopératif coopératives; préventif préventives; \
        expulsé expulsée; expulsion expulsions; rapatrié rapatriées; rapatriement rapatriements; exilé exilés; \
        enquêteur enquêtrice; acteur actrices; citoyen citoyenne; noyau noyaux; tribunal tribunaux; \
        fiscal fiscaux; délégué déléguées; ambassadeur ambassadrice; urbain urbaines; nœud nœuds; \
        ivoirien ivoiriennes; trans-saharien transsaharien; sous-groupe sousgroupe; clé clef; \
        événement évènement; réglementaire règlementaires; connaître connaitre; coût couts; \
        aïeul aieul; kényan kényane; bailleur bailleurs; vice-présidente viceprésidents; hôte hotes; \
        mandataire mandataires; signataire signataires; émergent émergente; sahélien sahéliennes; \
        maghrébin maghrébine; haïtien haïtienne; bijou bijoux; chef cheffe; sénateur sénatrice",
    ),
    (
        Language::En,
        "deportation deportations; deportee deportees; asylum-seeker asylumseeker; detainee detainees; \
        naturalisation naturalization; stigmatise stigmatize; mobilise mobilize; mobilisation mobilization; \
        minimise minimizes; emphasise emphasized; summarise summarizing; authorised authorized; \
        authorisation authorization; aluminium aluminum; mould mold; sulphur sulfur; moustache mustache; \
        acknowledgement acknowledgment; marvellous marvelous; levelled leveled; fuelling fueling; \
        thief thieves; knife knives; leaf leaves; mouse mice; goose geese; focus foci; alumnus alumni; \
        curriculum curricula; oasis oases; diagnosis diagnoses; emphasis emphases; synthesis syntheses; \
        matrix matrices; hero heroes; embargo embargoes; veto vetoes; passer-by passersby; \
        internationalise internationalize; labour-intensive laborintensive; learnt learned; plough plow; \
        jewellery jewelry; cosy cozy; chairwoman chairwomen; spokesman spokesmen; \
        councillor councilor; totalling totaling",
    ),
    (
        Language::Es,
        "desafío desafíos; canon cánones; virgen vírgenes; germen gérmenes; certamen certámenes; \
        espécimen especímenes; cruz cruces; matriz matrices; directriz directrices; alcalde alcaldesa; \
        jefe jefas; presidente presidenta; clientes clienta; juez jueza; marroquí marroquíes; \
        israelí israelíes; club clubes; psicología sicología; septiembre setiembre; substancia sustancia; \
        post-conflicto postconflicto; ex-presidente expresidente; costarricense costarricenses; \
        danés danesa; holandés holandesas; japonés japonesa; sudanés sudaneses; libanés libanesas; \
        autobús autobuses; ciudad ciudades; pared paredes; huésped huéspedes; cárcel cárceles; nivel niveles; \
        mártir mártires; cónsul cónsules; control controles; ser seres; haitiano haitianas; \
        solicitante solicitantes; andén andenes; gestor gestora; asesor asesoras; bengalí bengalíes",
    ),
];

/// What people type without accents, and another form of the word, or the word itself, as texts have it.
const UNACCENTED: &[(Language, &str)] = &[
    (
        Language::Fr,
        "consacrees consacrée; consacree consacrées; consacres consacrée; associees associée; organisees organisée; \
        adoptees adopté; signee signées; lancees lancé; formees formée; engagees engagé; liees liée; privees privé; \
        partagees partagé; accompagnees accompagnée; retournees retourné; separees séparée; interessees intéressé; \
        creees créé; creee créées; agreees agréé; etrangeres étranger; frontalieres frontalier; regulieres régulier; \
        dernieres dernière; ouvrieres ouvrier; policieres policière; entieres entier; frequences fréquence; \
        strategies stratégie; strategiques stratégique; economiques économique; protegees protégé; deplacees déplacé; \
        refugiees réfugié; arrivees arrivée; entrees entrée; durees durée; annees année; mariees marié; \
        rapatriees rapatrié; regularisees régularisée; integrees intégré; coordonnees coordonné; completes complète; \
        inquietes inquiète; concretes concrète; eleves élève; enquetes enquête; etats état; universites université; \
        communautes communauté; pretes prêt; recues reçu; francaises français; reconnaitre reconnaître; \
        evenements événement; helvetiques helvétique; negociees négociation; etablies établi; oeuvres œuvre; \
        manoeuvre manœuvres; benefices bénéfice; communique communiqué; communiques communiqué; refugie réfugié; refugies réfugiés; \
        associes associé; passageres passager; bouchere boucher; legeres léger; maraicheres maraîcher; altieres altier; beneficiaires bénéficiaire; presidees présidé; decedes décédée",
    ),
    (Language::En, "cafes café; cliches cliché; facades façade; proteges protégé; naive naïve; fiances fiancé"),
    (
        Language::Es,
        "declaraciones declaración; region regiones; regiones región; sesion sesiones; vinculaciones vinculación; \
        portugueses portugués; japoneses japonés; libaneses libanés; alemanes alemán; catalanes catalán; \
        jardines jardín; ingenierias ingeniería; secretarias secretaría; garantias garantía; garantia garantías; \
        ciudadanias ciudadanía; mayorias mayoría; policias policía; autonomias autonomía; comunes común; \
        ultimas último; ultimo últimas; publicas público; tecnicas técnico; economicas económico; politicos política; \
        asiaticos asiática; jovenes joven; joven jóvenes; imagenes imagen; imagen imágenes; victimas víctima; \
        indigenas indígena; apatridas apátrida; moviles móvil; faciles fácil; utiles útil; lideres líder; \
        marroquies marroquí; israelies israelí; iranies iraní; espanolas español; ninas niño; linguisticos lingüística; \
        autobuses autobús; interes interés; transito tránsito; pais países; raices raíz; energias energía",
    ),
];

/// What people type without accents, and other words that it must not find.
const UNACCENTED_APART: &[(Language, &str)] = &[
    (
        Language::Fr,
        "consacrees sacré; etats été; annees anneau; privees prévu; refuges réfugié; interne intérim; mariees marée; \
        liees lycée; durees directe; entrees entraîné; creees crédit; recues récent; eleves éléphant; \
        regime région; protegees protestée; communes communiqué; pays payé",
    ),
    (Language::En, "cafes caféine; facade façon; resume résumption"),
    (
        Language::Es,
        "paises paisaje; paginas pagano; garantias garaje; policias político; ninas ninguna; \
        casas casación; trata tratadón; mares marítimo; ultimas ulterior; raices racial; tecnicas techo; \
        sesiones sesgó; libaneses líbero; union única",
    ),
];

/// Pairs of which neither may find the other.
const APART: &[(Language, &str)] = &[
    (
        Language::Fr,
        "paysan pays; fonder fonds; pays paye; émergence émerger; interne international; organe organisation; \
        police politique; nation natif; mission émission; état été; loi loin; roi roue; lieu lien; \
        communauté communication; commission comité; consultatif consulat; région régime; frontière front; \
        main maintien; réfugié refuge; général génération; nord norme; est estime; sud suède; place plan; \
        asile asie; office officiel; ville village; genre général; membre mémoire; secrétaire secret; \
        action actif; accord accordéon; dialogue dialecte",
    ),
    (
        Language::En,
        "internal international; emergency emerging; organ organization; police policy; nation native; \
        universe university; general generation; regular regulation; refuge refugee; labor laboratory; \
        migration immigration; migration emigration; regional register; state status; border board; \
        centre century; center central; policy politics; force formal; community commune; \
        communication community; commit committee; commission committee; station state; asylum assembly; \
        detention determination; humanitarian human; visa visit; work world; country county; \
        declaration decline; participant partition; party part; conference confidence; consult consul; \
        secure secretariat; train transit; transport transparent; child chile; man mandate; woman won; \
        person personnel; source sour; hour honor; program progress; border bordeaux; return retire",
    ),
    (
        Language::Es,
        "interno internacional; organo organización; nación nativo; policía política; general generación; \
        pais paisaje; estado estación; ley leer; red redacción; fin final; este estado; sur surtir; \
        mujer muja; comisión comité; región régimen; consulta consulado; frontera frente; miembro mimbre; \
        asilo asia; joven joya; centro ciento; acuerdo cuerda; frontera frontal",
    ),
    (
        Language::Fr,
        "paysage pays; fondation fonds; ministre minute; portail port; travail traverse; conseil consul; \
        pacte pacifique; émigré immigré; visa visage; personne personnel; tchèque chèque; retour tour",
    ),
    (
        Language::En,
        "general generous; past paste; portal port; mining minister; immigration emigration; woman womb; \
        legal legacy; traffic tariff; news new; asylum asymmetry; statue statute",
    ),
    (
        Language::Es,
        "general género; estado estadio; emigrante inmigrante; persona personal; ministro mina; acto actor; \
        mayo mayor",
    ),
    (
        Language::Fr,
        "port porte; base bas; partie parti; point pointe; détente détention; contrat contraire; statut statue; \
        région régie; camp campagne; garde gare; gare garantie; ligue ligne; banque banc; passeport passage; \
        passeur passion; transit transition; secours secousse; minorité minute; somme sommet; fonction fondateur; \
        permis permanent; rapport rapt; réseau réserve; cas case; bail balle; mandat mandarin; conte contrôle; \
        chargé charte; organe orage",
    ),
    (
        Language::En,
        "universal university; past pass; station static; passport passion; shelter shell; camp campaign; \
        port portion; legal legend; mission missile; minor mine; treaty treat; exile exit; \
        transit transition; summit summon; contract contrast; council counsel; interest internet; fund fundamental; \
        police polite; chair charity; capital capacity; pact impact; host hostile; rescue research; \
        human humble; planet plan; minister minimum; wand wander; \
        united units; animal animate; secure second",
    ),
    (
        Language::Es,
        "caso casa; casos casas; puerto puerta; puertos puertas; plazo plaza; banco banca; cargo carga; marco marca; \
        trato trata; trata tratado; trata tratamiento; acto acta; punto punta; costo costa; cuento cuenta; modo moda; libro libra; fondo fonda; \
        suelo suela; barco barca; tramo trama; grado grada; estatuto estatua; campo campaña; red redada; sede seda; \
        cupo cuba; tratado tratante; paso pasaporte; partido partida; medio medida; pago paga; resto resta",
    ),
];

/// The two words of each pair of a table.
fn pairs(table: &[(Language, &'static str)]) -> Vec<(Language, String, String)> {
    let pair = |language: Language, pair: &str| {
        let (one, other) = pair.trim().split_once(' ').unwrap_or_else(|| panic!("{pair:?}"));
        (language, one.to_owned(), other.to_owned())
    };
    let of = |&(language, pairs): &(Language, &'static str)| pairs.split(';').map(move |text| pair(language, text));
    table.iter().flat_map(of).collect()
}

/// Which pairs find each other: each word is looked for in texts that have the other one only.
fn meeting(all: &[(Language, String, String)]) -> Vec<bool> {
    let mut meet = vec![true; all.len()];
    for language in Language::ALL {
        for turned in [false, true] {
            let of: Vec<(usize, &str, &str)> = all
                .iter()
                .enumerate()
                .filter(|(_, pair)| pair.0 == language)
                .map(
                    |(place, (_, one, other))| {
                        if turned { (place, &**other, &**one) } else { (place, &**one, &**other) }
                    },
                )
                .collect();
            let catalogue: Catalogue = with_texts(language, of.iter().map(|(_, _, text)| *text));
            let index = FullText::default();
            for (number, (place, query, _)) in of.iter().enumerate() {
                // Texts have their accents; it is people who leave them out.
                if turned && fold(query) == fold(of[number].2) {
                    continue;
                }
                let hits = index.search(&catalogue, query, language, Filters::default(), 0..usize::MAX);
                let id = format!("p{number}");
                meet[*place] &= hits.page.iter().any(|hit| hit.id == id && hit.language == language);
            }
        }
    }
    meet
}

/// Those of a table whose first word does not find the second in a text of its own.
fn not_finding(table: &[(Language, &'static str)]) -> (usize, Vec<(Language, String, String)>) {
    let all = pairs(table);
    let finds = |(language, typed, text): &(Language, String, String)| {
        let catalogue: Catalogue = with_texts(*language, [text.as_str()].into_iter());
        let hits = FullText::default().search(&catalogue, typed, *language, Filters::default(), 0..1);
        hits.page.first().is_some_and(|hit| hit.id == "p0" && hit.language == *language)
    };
    (all.len(), all.into_iter().filter(|pair| !finds(pair)).collect())
}

#[test]
fn words_typed_without_accents_find_their_other_forms() {
    let (all, apart) = not_finding(UNACCENTED);
    println!("without accents: {} of {all} find; not {apart:?}", all - apart.len());
    assert!(all >= 110 && apart.is_empty(), "{} of {all}: {apart:?}", apart.len());
    // Among all others, too, where another word may have the same letters.
    let mut missed = Vec::new();
    for language in Language::ALL {
        let of: Vec<_> = pairs(UNACCENTED).into_iter().filter(|pair| pair.0 == language).collect();
        let catalogue = with_texts(language, of.iter().map(|(_, _, text)| text.as_str()));
        let index = FullText::default();
        for (number, (_, typed, text)) in of.iter().enumerate() {
            let hits = index.search(&catalogue, typed, language, Filters::default(), 0..usize::MAX);
            if !hits.page.iter().any(|hit| hit.id == format!("p{number}")) {
                missed.push(format!("{typed} {text}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn words_typed_without_accents_do_not_find_other_words() {
    let (all, apart) = not_finding(UNACCENTED_APART);
    let together: Vec<_> = pairs(UNACCENTED_APART).into_iter().filter(|pair| !apart.contains(pair)).collect();
    assert!(all >= 30 && together.is_empty(), "{together:?}");
}

fn rate(what: &str, table: &[(Language, &'static str)], least: usize) {
    let all = pairs(table);
    assert!(all.len() >= least, "{what}: {}", all.len());
    let meet = meeting(&all);
    let apart: Vec<_> = all.iter().zip(&meet).filter(|(_, meet)| !**meet).map(|(pair, _)| pair).collect();
    println!("{what}: {} of {} meet; not {apart:?}", all.len() - apart.len(), all.len());
    assert!(apart.len() * 100 <= 3 * all.len(), "{what}: {apart:?}");
}

#[test]
fn pairs_that_were_noted_find_each_other() {
    rate("noted pairs", NOTED, 40);
}

#[test]
fn further_pairs_find_each_other() {
    rate("further pairs", FURTHER, 200);
}

#[test]
fn pairs_of_other_words_do_not() {
    let all = pairs(APART);
    assert!(all.len() >= 100, "{}", all.len());
    // One at a time: each word is looked for in a text that has the other.
    let together: Vec<_> = all.iter().filter(|pair| meeting(std::slice::from_ref(pair))[0]).collect();
    assert!(together.is_empty(), "{together:?}");
}

#[test]
fn points_of_the_compass_are_words() {
    let catalogue = shipped();
    let index = FullText::default();
    let found = |query: &str, language| index.search(&catalogue, query, language, Filters::default(), 0..1).total;
    for (query, language) in [
        ("est", Language::Fr),
        ("Est", Language::Fr),
        ("l'Est", Language::Fr),
        ("sur", Language::Es),
        ("este", Language::Es),
        ("del Sur", Language::Es),
    ] {
        let hits = index.search(&catalogue, query, language, Filters::default(), 0..10);
        assert!(hits.total > 0 && hits.page.iter().all(|hit| hit.language == language), "{query}: {}", hits.total);
    }
    // The East is more than Africa: what has both comes first.
    for (query, language, word) in [
        ("Afrique de l'Est", Language::Fr, "Est"),
        ("Europa del Este", Language::Es, "Este"),
        ("América del Sur", Language::Es, "Sur"),
    ] {
        let hits = index.search(&catalogue, query, language, Filters::default(), 0..1);
        let first = hits.page.first().unwrap_or_else(|| panic!("{query}"));
        assert!(first.words.iter().any(|one| one == word), "{query}: {:?}", first.words);
    }
    // The preposition and the verb say nothing still.
    assert_eq!(found("est un", Language::Fr), 0);
    assert_eq!(found("dialogue sur", Language::Fr), found("dialogue", Language::Fr));
}

#[test]
fn accents_in_any_form_and_none_find_the_same() {
    let catalogue = shipped();
    let index = FullText::default();
    let ids = |query: &str, language| -> Vec<String> {
        let hits = index.search(&catalogue, query, language, Filters::default(), 0..usize::MAX);
        hits.page.iter().map(|hit| hit.id.to_owned()).collect()
    };
    for (composed, apart, language) in [
        ("sécurité", "se\u{301}curite\u{301}", Language::Fr),
        ("réfugiés", "re\u{301}fugie\u{301}s", Language::Fr),
        ("migración", "migracio\u{301}n", Language::Es),
        ("niñez", "nin\u{303}ez", Language::Es),
    ] {
        assert_eq!(ids(composed, language), ids(apart, language), "{composed}");
    }
    for (accented, plain, language) in [
        ("créée", "creee", Language::Fr),
        ("nommée", "nommee", Language::Fr),
        ("vinculación", "vinculacion", Language::Es),
    ] {
        let (with, without) = (ids(accented, language), ids(plain, language));
        assert!(!with.is_empty() && with.iter().all(|id| without.contains(id)), "{accented}: {with:?}; {without:?}");
    }
}
