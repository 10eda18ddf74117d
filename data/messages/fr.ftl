### Ce que dit le bot en français. Les mêmes clés sont dans chaque langue ; « rcp-bot check » y veille.

## Languages and common words
labelled = { $label } : { $text }
quoted = « { $text } »
own-name = Français
language-fr = Français
language-en = Anglais
language-es = Espagnol
not-known = non précisé
not-listed = La liste n'a pas été trouvée.
undated = sans date
online = en ligne
with-others = avec d'autres
former = auparavant
name-is-ours = Nom traduit par nos soins.
wording-is-ours = traduit par nos soins

## Dates: { $date } stands for a date already written out
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
date-day-alone =
    { $day ->
        [1] 1er
        *[other] { $day }
    }
date-day-short =
    { $day ->
        [1] 1er
        *[other] { $day }
    } { $month }
date-day =
    { $day ->
        [1] 1er
        *[other] { $day }
    } { $month } { $year }
date-month = { $month } { $year }
date-year = { $year }
date-day-no-year =
    { $day ->
        [1] 1er
        *[other] { $day }
    } { $month } (année non précisée)
date-month-no-year = { $month } (année non précisée)
date-about = vers { $date }
date-since =
    { $precision ->
        [day] depuis le { $date }
        *[other] depuis { $date }
    }
date-until =
    { $precision ->
        [day] jusqu'au { $date }
        [loose] jusque { $date }
        *[other] jusqu'en { $date }
    }
date-span = { $from } – { $to }
date-span-days = { $from }–{ $to }
as-of = { $date }
since = { $date }

## Statuses
status-active = actif
status-emerging = émergent
status-inactive = inactif
status-unknown = statut inconnu
status-plural-active = Actifs
status-plural-emerging = Émergents
status-plural-inactive = Inactifs
status-plural-unknown = Statut inconnu
count-active =
    { $count ->
        [one] { $count } actif
        *[other] { $count } actifs
    }
count-emerging =
    { $count ->
        [one] { $count } émergent
        *[other] { $count } émergents
    }
count-inactive =
    { $count ->
        [one] { $count } inactif
        *[other] { $count } inactifs
    }
count-unknown = { $count } de statut inconnu
basis-iom-list = d'après la liste de l'OIM
basis-iom-page = d'après la page de l'OIM
basis-activity = d'après ses réunions récentes
basis-silence = aucune source ne précise son statut

## Fields of cards
field-region = Région
field-status = Statut
field-ended = Fin
field-chair = Présidence
field-former-chairs = Présidences passées
field-secretariat = Secrétariat
field-iom-role = Rôle de l'OIM
field-themes = Thèmes
field-structure = Fonctionnement
field-meetings = Dernières réunions
field-website = Site
field-notes = À savoir
field-sources = Sources
field-seat = Siège
field-founded = Création
field-member-states = États membres
field-part-of = Fait partie de
field-role = Rôle
field-hosts = Hôtes
field-theme = Thème
field-attendance = Participation
field-present = Processus présents
field-topics = Sujets traités
field-outcomes = Résultats
field-background = Contexte
field-variants = Autres formes
footer =
    { $count ->
        [one] { $count } source, lue
        *[other] { $count } sources, lues
    } le { $date }

## Chairs and secretariats
chair-none = Pas de présidence
secretariat-provided = assuré par une organisation ou un État
secretariat-shared = partagé
secretariat-own = secrétariat propre
secretariat-support-unit = unité d'appui
secretariat-none = Pas de secrétariat
secretariat-interim = par intérim
secretariats-title = Qui assure les secrétariats
secretariats-intro = À la demande des États membres, une organisation peut assurer le secrétariat d'un processus. 🤝 : avec d'autres.
secretariats-unknown = Sans secrétariat connu
secretariats-unknown-count =
    { $count ->
        [one] { $count } processus
        *[other] { $count } processus
    } : non précisé par leurs sources.
serves-none = Aucun processus du catalogue.
serves-chair = Préside
serves-secretariat = Assure le secrétariat
serves-association = Processus rattachés
serves-member = Membre
serves-observer = Observatrice
serves-partner = Partenaire
serves-adviser = Conseille
serves-supporter = Soutient
serves-funder = Finance
serves-invited = Invitée
serves-candidate = Candidate
serves-founder = Fondatrice
serves-former-member = Ancien membre

## Taking part
role-member = Membres
role-observer = Observateurs
role-partner = Partenaires
role-adviser = Conseillers
role-supporter = Soutiens
role-funder = Bailleurs
role-invited = Invités
role-candidate = Candidats
role-founder = Fondateurs
role-former-member = Anciens membres
members-title = { $name } : participants
sources-title = { $name } : sources
tie-chair = préside
tie-secretariat = assure le secrétariat
tie-association = rattachement
tie-member = membre
tie-observer = observateur
tie-partner = partenaire
tie-adviser = conseiller
tie-supporter = soutien
tie-funder = bailleur
tie-invited = invité
tie-candidate = candidat
tie-founder = fondateur
tie-former-member = ancien membre
country-member =
    { $count ->
        [one] membre d'un processus
        *[other] membre de { $count } processus
    }
country-observer =
    { $count ->
        [one] observateur d'un processus
        *[other] observateur de { $count } processus
    }
country-none = Aucun processus du catalogue ne cite ce pays.
country-chairs = Présidences
country-caution = Plusieurs processus n'ont pas de liste de membres connue : ce pays peut participer à d'autres.
countries-caution = Plusieurs processus n'ont pas de liste de membres connue : ces pays peuvent participer à d'autres.

## What a source supports
statement-name = nom
statement-kind = nature
statement-region = région
statement-status = statut
statement-founding = création
statement-ended = fin
statement-chair = présidence
statement-secretariat = secrétariat
statement-iom-role = rôle de l'OIM
statement-members = membres
statement-observers = observateurs
statement-participants = autres participants
statement-associations = rattachement
statement-themes = thèmes
statement-purpose = objet
statement-structure = fonctionnement
statement-meetings = réunions
statement-website = site

## IOM's role
iom-title = Le rôle de l'OIM dans les PCR
iom-figures = Selon sa page
iom-role-secretariat = Secrétariat
iom-role-joint-secretariat = Secrétariat partagé
iom-role-secretariat-support = Appui au secrétariat
iom-role-host = Hébergement du secrétariat
iom-role-member = Membre
iom-role-observer = Observatrice
iom-role-partner = Partenaire

## Regions
region-empty = Aucun processus n'y est rattaché.
region-touching = 🌐 Forums interrégionaux

## Topics
topics-title = Les thèmes des processus
topics-intro = Nombre de processus qui en traitent :
topic-none = Aucun processus du catalogue n'en traite.
topic-caution = Une source ne nomme pas toujours tous les thèmes d'un processus.

## Chairs, news, comparisons, help
chairs-title = Qui préside
chairs-known =
    { $count ->
        [one] { $count } présidence connue
        *[other] { $count } présidences connues
    }
chairs-without =
    { $count ->
        [one] { $count } processus n'en a pas
        *[other] { $count } processus n'en ont pas
    }
chairs-unknown =
    { $count ->
        [one] { $count } inconnue
        *[other] { $count } inconnues
    }
chairs-everywhere = Toutes les régions
news-title = Actualités des processus
news-catalogue =
    { $count ->
        [one] { $count } fiche vérifiée le { $date }
        *[other] { $count } fiches vérifiées le { $date }
    }
news-coming = À venir ou en cours
news-none-coming = Aucune réunion à venir n'est connue.
news-latest = Dernières réunions
news-chairs = Présidences les plus récentes
latest-meetings-title = Réunions des processus, les plus récentes d'abord
latest-changes-title = Changements du catalogue, les plus récents d'abord
changes-unknown = Aucun changement récent n'est connu.
novelty-title = Du nouveau dans les processus
novelty-process = Nouveau dans le catalogue : { $process }.
novelty-chair = { $process } – nouvelle présidence : { $what }.
novelty-chair-none = { $process } : plus de présidence.
novelty-status = { $process } : statut désormais { $what }.
novelty-joined = { $process } – nouveaux membres : { $what }.
novelty-left = { $process } – ne sont plus membres : { $what }.
novelty-meeting = { $process } : réunion – { $what }.
novelty-global-meeting = Réunion mondiale : { $meeting }, { $date }.
compare-together = Ensemble ({ $count })
compare-members = Membres en commun ({ $count })
compare-only = { $name } seulement ({ $count })
compare-none = aucun
compare-takes-part = { $country } – { $process } : **{ $roles }**.
compare-unlisted = { $country } – { $process } : la liste des membres n'a pas été trouvée ; rien ne dit si ce pays y participe.
compare-unlisted-organisation = { $country } – { $process } : la liste des membres n'a pas été trouvée ; rien ne dit si cette organisation y participe.
compare-takes-no-part = { $country } – { $process } : **ne figure pas** parmi les participants connus.
members-unlisted = membres inconnus
nothing-to-compare = Rien à comparer
nothing-to-compare-help = Choisissez deux pays ou deux processus différents, ou un pays et un processus.
none-found-either = Ni pays ni processus trouvé pour « { $typed } »
help-title = Ce que vous pouvez demander
help-text = Tapez `/rcp`, choisissez une commande et commencez à écrire : des réponses sont proposées. Noms, sigles, anciens noms et codes de pays conviennent, dans les trois langues et sans accents.
help-examples =
    `/rcp info Processus de Rabat`
    `/rcp pays Kenya`
    `/rcp comparer a:France b:Maroc`
    `/rcp presidences region:Amériques`
    `/rcp themes traite`
    `/rcp secretariats ICMPD`
    `/rcp reunions 2019`
    `/rcp recherche appui technique`
    `/rcp glossaire PCR`
help-commands-title = Toutes les commandes
help-on-messages = Sur un message : *Applications › { $name }* liste ce qu'il cite.
help-common-options = Chaque commande prend aussi `langue`, `discret` (visible par vous seulement) et `pour` (une personne à qui adresser la réponse).

## Facts that questions get
fact-chair = { $process } – présidence : { $what }.
fact-chair-none = { $process } : pas de présidence.
fact-chair-unknown = { $process } : la présidence n'est pas connue.
fact-chair-in = { $process } – présidence en { $year } : { $what }.
fact-chair-in-unknown = { $process } : la présidence en { $year } n'est pas connue.
fact-chair-now = Dernière connue : { $what }.
fact-chair-before = Auparavant : { $what }.
fact-former-chairs = { $process } – présidences passées : { $what }.
fact-former-chairs-unknown = { $process } : aucune présidence passée n'est connue.
fact-secretariat = { $process } – secrétariat : { $what }
fact-secretariat-none = { $process } : pas de secrétariat.
fact-secretariat-unknown = { $process } : le secrétariat n'est pas connu.
fact-members = { $process } – { $what }.
fact-members-unknown = { $process } : le nombre de membres n'est pas connu.
fact-observers-unknown = { $process } : aucun observateur n'est connu.
fact-founding = { $process } – création : { $what }.
fact-founding-unknown = { $process } : la date de création n'est pas connue.
fact-status = { $process } : { $what }.
fact-last-meeting = { $process } – dernière réunion connue : { $what }.
fact-last-meeting-unknown = { $process } : aucune réunion n'est connue.
fact-next-meeting = { $process } – prochaine réunion : { $what }.
fact-next-meeting-unknown = { $process } : aucune réunion à venir n'est connue ; la dernière connue : { $what }.
fact-no-next-meeting = { $process } : aucune réunion à venir n'est connue.
fact-themes = { $process } – thèmes : { $what }.
fact-themes-unknown = { $process } : les thèmes ne sont pas connus.
fact-iom-role = { $process } – rôle de l'OIM : { $what }.
fact-iom-role-unknown = { $process } : le rôle de l'OIM n'est pas connu.
fact-website = { $process } – site : { $what }
fact-website-unknown = { $process } : le site n'est pas connu.
fact-purpose = { $process } : { $what }
fact-chairs = { $country } – préside : { $what }.
fact-chairs-none = { $country } – ne préside aucun processus connu.
fact-processes = { $country } – participe à { $count } processus : { $what }.
fact-processes-none = { $country } : aucun processus du catalogue ne cite ce pays.
fact-observes = { $country } – observateur de { $count } processus : { $what }.
fact-observes-none = { $country } – observateur d'aucun processus connu.
fact-serves = { $organisation } – assure le secrétariat de { $count } processus : { $what }.
fact-serves-none = { $organisation } – n'assure le secrétariat d'aucun processus connu.
fact-chair-last = { $process } – dernière présidence connue : { $what }.
fact-chair-was-last = (dernière connue : { $date })
fact-chair-in-future-unknown = { $process } : la présidence en { $year } n'est pas connue.
fact-chairs-of-period =
    { $process } – présidences connues { $period ->
        [before] avant
        [until] jusqu'en
        [since] depuis
        *[after] après
    } { $year } : { $what }.
fact-chairs-of-period-unknown =
    { $process } : aucune présidence n'est connue { $period ->
        [before] avant
        [until] jusqu'en
        [since] depuis
        *[after] après
    } { $year }.
fact-states-and-organisations = { $states } ; organisations : { $organisations }
fact-known-organisations = Organisations connues : { $what }.
fact-in-common =
    { $names } – en commun, { $kind ->
        [members] { $count ->
            [one] { $count } membre
            *[other] { $count } membres
        }
        *[processes] { $count } processus
    } : { $what }.
fact-in-common-none =
    { $names } : { $kind ->
        [members] aucun membre connu en commun.
        *[processes] aucun processus connu en commun.
    }
fact-members-unlisted = { $process } : la liste des membres n'a pas été trouvée ; ce qui est en commun n'est pas connu.
fact-seat = { $organisation } – siège : { $what }.

## Global meetings
meetings-intro =
    { $count ->
        [one] Une réunion mondiale, la plus récente d'abord.
        *[other] { $count } réunions mondiales, les plus récentes d'abord.
    }
meetings-related = Réunions apparentées
meetings-aims = Buts
meetings-invited = Invités
meeting-no-theme = *aucun thème officiel trouvé : sujet résumé par nos soins*
meeting-label =
    { $ordinal ->
        [1] 1re
        *[other] { $ordinal }e
    } réunion mondiale – { $place }, { $year }

## About
about-overview = Les processus consultatifs régionaux
about-features = Comment ils fonctionnent
about-topics = De quoi ils traitent
about-achievements = Ce qu'ils ont apporté
about-references = Textes et cadres internationaux
about-levels = Les niveaux de consultation
about-history = Histoire, nombre, études
about-catalogue = Ce catalogue
about-counts = { $regional } processus régionaux, { $interregional } forums interrégionaux, { $organisations } organisations, { $meetings } réunions mondiales, { $terms } termes, { $sources } sources
about-date = Faits recueillis le { $date }
about-revision = Révision : { $origin } ({ $hash })
origin-built-in = livrée avec le programme
origin-folder = lue du dossier de données
origin-revision = n° { $number }
glossary-title = Glossaire

## Finding
several-found = Plusieurs réponses possibles pour « { $typed } »
several-found-help = Choisissez dans le menu :
none-found-process = Aucun processus trouvé pour « { $typed } »
none-found-region = Aucune région trouvée pour « { $typed } »
none-found-country = Aucun pays trouvé pour « { $typed } »
none-found-organisation = Aucune organisation trouvée pour « { $typed } »
none-found-meeting = Aucune réunion trouvée pour « { $typed } »
none-found-term = Aucun terme trouvé pour « { $typed } »
none-found-topic = Aucun thème trouvé pour « { $typed } »
nothing-typed-process = Quel processus ?
nothing-typed-region = Quelle région ?
nothing-typed-country = Quel pays ?
nothing-typed-organisation = Quelle organisation ?
nothing-typed-meeting = Quelle réunion ?
nothing-typed-term = Quel terme ?
nothing-typed-topic = Quel thème ?
none-found-nearest = Vouliez-vous dire :
guessed = « { $typed } » n'est pas un nom exact ; le plus proche :
none-found-help = Essayez un nom, un sigle ou quelques mots ; les propositions pendant la frappe y aident.
search-title = « { $typed } »
search-none = Rien trouvé pour « { $typed } »
search-none-help = Essayez d'autres mots, ou moins de filtres.

## What a message names
cited-title =
    { $count ->
        [one] { $count } entrée citée dans ce message
        *[other] { $count } entrées citées dans ce message
    }
cited-process = Processus
cited-organisation = Organisations
cited-meeting = Réunions mondiales
cited-term = Glossaire
cited-more =
    { $count ->
        [one] et { $count } autre, pour laquelle la place manque
        *[other] et { $count } autres, pour lesquelles la place manque
    }
nothing-named = Aucun processus cité
nothing-named-help = Je ne reconnais dans ce message ni processus, ni organisation, ni réunion mondiale, ni terme du glossaire. Les sigles qui ont d'autres sens ne comptent qu'en capitales et près d'un mot du domaine.
nothing-to-read = Rien à lire
nothing-to-read-help = Ce message n'a pas de texte : je ne lis ni les images, ni les fichiers joints.

## Maps
button-map = Carte
button-map-world = Le monde
menu-map-region = Carte d'une région…
map-world = Processus actifs par pays
map-region = { $region } : processus actifs par pays
map-country = { $country } : processus en commun
map-only = { $name } seulement : { $count }
map-both = Les deux : { $count }
map-step =
    { $count ->
        [one] { $range } processus
        *[other] { $range } processus
    }
map-countries =
    { $count ->
        [one] { $count } pays
        *[other] { $count } pays
    }
map-told = Carte : { $title }.
map-no-list = Aucune source ne donne la liste des membres.
map-sources =
    { $count ->
        [one] Liste : { $date }, { $count } source · fond de carte : Natural Earth
        *[other] Liste : { $date }, { $count } sources · fond de carte : Natural Earth
    }
map-boundaries = Frontières et noms : sans reconnaissance ni acceptation officielle.

## Buttons and menus
button-members = Membres
button-sources = Sources
button-share = Partager
shared = Réponse partagée
button-iom = Rôle de l'OIM
button-meetings = Réunions mondiales
button-organisation = L'organisation
button-all-secretariats = Tous les secrétariats
button-all-meetings = Toutes
button-all-terms = Glossaire
button-all-topics = Tous les thèmes
button-answer = Répondre à la question
button-timeline = Frise
button-latest-meetings = Toutes les réunions
button-latest-changes = Ce qui a changé
button-chairs = Présidences
button-news = Actualités
button-commands = Toutes les commandes
button-help-page = Aide
button-all-lists = Listes complètes
button-back-to-comparison = La comparaison
button-topic = Le thème
button-wordings = Dans leurs mots
button-back-to-card = Retour à la fiche
page-of = { $page } / { $pages }
menu-open = Ouvrir…
menu-open-process = Ouvrir un processus…
menu-open-country = Ouvrir un pays membre…
menu-open-organisation = Ouvrir une organisation…
menu-open-meeting = Ouvrir une réunion…
menu-open-term = Ouvrir un terme…
menu-open-topic = Ouvrir un thème…
menu-chairs-region = Une seule région…
menu-open-section = Lire une autre partie…

## Refusals and errors
unknown-command = Commande inconnue : { $typed }
unknown-command-help = Voici les commandes : { $commands }
option-mistyped = L'option « { $option } » ne convient pas
option-mistyped-help = Choisissez les options et leurs valeurs parmi celles que Discord propose en tapant la commande.
entry-gone = Cette fiche n'existe plus
entry-gone-help = Le catalogue a changé depuis ce message. Refaites la commande pour voir ce qu'il contient.
press-foreign = Ce bouton ne répond plus
press-foreign-help = Il vient d'une version plus ancienne ou d'ailleurs. Refaites la commande.
delete-refused = Vous ne pouvez pas supprimer cette réponse
delete-refused-help = Seules la personne qui l'a demandée et la modération le peuvent.
slow-down = Un instant, s'il vous plaît
slow-down-help = Vous avez fait beaucoup de recherches à la suite. Réessayez dans { $seconds } s.
apology = Désolé, une erreur est survenue
apology-text = La faute est de notre côté ; elle est notée sous le n° { $id }. Réessayez dans un instant.

## Commands and options: at most 100 characters each
command-rcp = Les processus consultatifs régionaux sur la migration
command-region = Les processus d'une région, par statut
command-info = La fiche d'un processus : présidence, secrétariat, membres, réunions
command-pays = Les processus auxquels un pays participe
command-comparer = Ce que deux pays ou deux processus ont en commun ; un pays et un processus
command-presidences = Qui préside quel processus, et depuis quand
command-themes = Les processus qui traitent d'un thème
command-secretariats = Qui assure le secrétariat de quel processus
command-oim = Le rôle de l'OIM dans les processus
command-reunions = Les réunions mondiales des processus
command-actualites = Les dernières réunions et présidences, et ce qui est à venir
command-carte = Une carte : qui participe à un processus, à ceux d'une région, du monde
command-recherche = Chercher dans tout le catalogue
command-glossaire = Les termes du domaine en trois langues
command-apropos = Ce que sont ces processus, et d'où viennent les réponses
command-aide = Ce que vous pouvez demander, avec des exemples
option-region = Une région du monde
option-processus = Un nom, un sigle ou quelques mots
option-pays = Un pays ou un territoire
option-a = Un pays ou un processus
option-b = Un autre pays ou un autre processus
option-organisation = Une organisation
option-reunion = Une réunion : numéro, année ou ville
option-texte = Ce que vous cherchez
option-statut = Seulement les processus de ce statut
option-terme = Un terme, dans n'importe laquelle des trois langues
option-theme = Un thème : traite, asile, travail, santé…
option-langue = La langue de la réponse
option-discret = Réponse visible par vous seulement
option-pour = Une personne à qui adresser la réponse

## At a glance, and behind buttons
country-role-member = Membre
country-role-observer = Observateur
country-role-partner = Partenaire
country-role-adviser = Conseiller
country-role-supporter = Soutien
country-role-funder = Bailleur
country-role-invited = Invité
country-role-candidate = Candidat
country-role-founder = Fondateur
country-role-former-member = Ancien membre
menu-page = Page { $page }…
footer-date = Faits recueillis le { $date }
button-process-meetings = Réunions
button-reserves =
    { $count ->
        [one] { $count } réserve
        *[other] { $count } réserves
    }
button-more = Plus
chair-unknown = inconnue
chair-seen-since =
    { $precision ->
        [day] constatée le { $date }
        [loose] constatée : { $date }
        *[other] constatée en { $date }
    }, suite inconnue
checked =
    { $precision ->
        [day] vérifié le { $date }
        [loose] vérifié : { $date }
        *[other] vérifié en { $date }
    }
chair-term-only = d'après son mandat
secretariat-at = { $who } – { $place }
members-count =
    { $count ->
        [one] { $count } membre
        *[other] { $count } membres
    }
observers-count =
    { $count ->
        [one] { $count } observateur
        *[other] { $count } observateurs
    }
field-last-meeting = Dernière réunion connue
meetings-unknown = Aucune réunion connue.
process-meetings-title = { $name } : réunions et présidences
timeline-beyond =
    { $count ->
        [one] … et une autre ligne
        *[other] … et { $count } autres lignes
    }
timeline-precision = Un point : un jour. Une barre : un mois ou une année, faute de mieux.
timeline-global = Réunions mondiales
timeline-global-count =
    { $count ->
        [one] Une réunion mondiale
        *[other] { $count } réunions mondiales
    }
timeline-process = { $name } : réunions dans le temps
timeline-ministers = Ministérielles : { $count }
timeline-officials = Hauts fonctionnaires : { $count }
timeline-others = Autres réunions : { $count }
timeline-without-year =
    { $count ->
        [one] Une autre réunion, dont l'année n'est pas connue, n'y est pas.
        *[other] { $count } autres réunions, dont l'année n'est pas connue, n'y sont pas.
    }
timeline-latest = dernière : { $latest }
timeline-news = Réunions des processus depuis { $year }
timeline-news-count =
    { $meetings ->
        [one] Une réunion datée
        *[other] { $meetings } réunions datées
    } · { $processes } processus
timeline-held = Tenue
timeline-coming = À venir
timeline-today = aujourd'hui
timeline-lives = Les processus depuis { $year }
timeline-open-end = Sans fin connue : jusqu'à la dernière réunion datée.
timeline-undated =
    { $count ->
        [one] Un processus sans année de fondation connue n'y est pas.
        *[other] { $count } processus sans année de fondation connue n'y sont pas.
    }
reserves-title = { $name } : réserves
reserves-none = Rien de particulier.
more-title = { $name } : en détail
field-name = Nom
field-purpose = Objet
field-associations = Rattachement
field-other-names = Autres noms
field-former-names = Anciens noms
field-links = Liens
field-other-roles = Autres rôles
iom-part-processes = Par processus
iom-part-figures = Chiffres
iom-part-support = Soutien
iom-part-basics = L'OIM
iom-title-processes = L'OIM dans les processus
iom-title-figures = Le rôle de l'OIM en chiffres
iom-title-support = Ce que l'OIM apporte
iom-title-basics = L'OIM en bref
iom-secretariat-today = Secrétariat aujourd'hui
iom-secretariat-shared = Secrétariat avec d'autres, ou hébergé
button-series = Buts
button-back-to-meeting = La réunion
button-back-to-term = Le terme
button-back-to-country = Le pays
button-overview = L'essentiel
button-languages = Autres langues
button-by-region = Par région
button-served = Par processus
term-undefined = Aucune source du catalogue ne le définit.
about-examples = Pour essayer
about-examples-list =
    `/rcp info Processus de Prague`
    `/rcp pays Kenya`
    `/rcp region Amériques`
about-total =
    { $count ->
        [one] { $count } processus
        *[other] { $count } processus
    }
count-processes =
    { $count ->
        [one] { $count } processus
        *[other] { $count } processus
    }
menu-open-region = Voir une autre région…
none-found-regions = Voici les régions du catalogue :
none-found-meetings = Voici les réunions mondiales, de la plus récente à la plus ancienne :
none-found-topics = Voici les thèmes du catalogue :
search-count =
    { $count ->
        [one] { $count } résultat
        *[other] { $count } résultats
    }
search-narrowed = Seulement : { $filters }

## Moderation
admin-refused = Vous ne pouvez pas modérer ici
admin-refused-place = La modération se fait dans un autre serveur. Cette tentative est enregistrée.
admin-refused-person = Il faut un rôle ou un compte de modération. Cette tentative est enregistrée.
admin-unknown = Commande inconnue
admin-unknown-help = Elle vient d'une autre version. Relancez Discord pour retrouver les commandes actuelles.
admin-reloaded = Catalogue rechargé
admin-published = Changement publié
admin-restored = Révision rétablie
admin-now-served = La révision n° { $number } est en service.
admin-same = Rien n'a changé
admin-same-text = Le catalogue en service est déjà exactement celui-là.
admin-only-layout = Aucun champ ne diffère : seuls des commentaires ou la mise en forme ont changé.
admin-difference =
    { $added ->
        [0] aucun ajout
        [one] { $added } ajout
        *[other] { $added } ajouts
    }, { $removed ->
        [0] aucun retrait
        [one] { $removed } retrait
        *[other] { $removed } retraits
    }, { $changed ->
        [0] aucune modification
        [one] { $changed } modification
        *[other] { $changed } modifications
    }
admin-warnings =
    { $count ->
        [one] { $count } avertissement
        *[other] { $count } avertissements
    }
admin-set-aside = Le dossier de données contenait des fichiers qui n'étaient pas servis ; ils sont gardés dans { $place }, dans le dossier d'état.
admin-brought-back = Quelqu'un avait supprimé { $file } du dossier de données sans recharger ; le fichier y est de nouveau.
admin-unwritten = Le dossier de données n'a pas pu être écrit jusqu'au bout ({ $reason }). Le prochain rechargement ou démarrage reprendra.
admin-unreloaded = Le dossier de données contient des changements qui ne sont pas servis, dans { $files }. Ils restent tels quels ; rechargez pour les servir.
admin-behind = Une révision plus récente a des erreurs ici
admin-behind-text = La révision n° { $number }, faite ailleurs, ne peut pas être servie par cette instance ; un changement fait ici l'annulerait. Mettez cette instance à jour, ou rétablissez une révision pour décider laquelle est servie. La première erreur :
admin-unwritable-text = Rien n'a été publié : le dossier de données ne peut pas être écrit ({ $reason }), et ce qui ne peut pas y figurer serait perdu.
admin-place = { $file } · ligne { $line }, colonne { $column }
admin-mend = → { $mend }
admin-more-errors =
    { $count ->
        [one] Une autre erreur se trouve
        *[other] { $count } autres erreurs se trouvent
    } dans le fichier joint.
admin-reason = Raison : « { $reason } »
admin-file = { $file } : le fichier actuel
admin-file-text = tel qu'il est servi. Modifiez-le, puis rendez-le avec `/rcp-admin verifier`.
admin-file-entry = **{ $entry }** commence à la ligne { $line }.
admin-file-built-in = Le catalogue n'a pas ce fichier : voici celui du programme, qui le remplace.
admin-no-file = Rien de tel dans le catalogue
admin-no-file-text = « { $typed } » n'est ni une fiche ni un fichier du catalogue. Choisissez parmi ce que propose la saisie.
admin-upload-unknown = Ce n'est aucun fichier du catalogue
admin-upload-errors-text =
    { $count ->
        [one] **{ $file }** : une erreur
        *[other] **{ $file }** : { $count } erreurs
    } ; rien n'est publié.
admin-some-process = Un processus sans identifiant
admin-upload-moved = Quelqu'un a changé ce même fichier depuis : publier le vôtre reviendrait sur ce changement, comme le montre la différence. Redemandez plutôt le fichier actuel.
admin-no-face = Il n'y a pas de fiche à montrer
admin-key-sources = sources
admin-key-notes = réserves
admin-key-collected = date de collecte
admin-file-added = { $file } : ajout
admin-file-removed = { $file } : retrait
admin-compared = De la révision n° { $old } à la n° { $new }
admin-first-revision = C'est la première : rien ne la précède.
menu-revision = Voir ce qu'une révision a changé…
menu-compare = Comparer avec une autre révision…
admin-field-notes = À regarder
admin-note-behind = La révision n° { $number }, faite ailleurs, a des erreurs ici et n'est pas servie : { $first }
admin-note-unwritten = Le dossier de données ne contient pas la révision n° { $number }, car il ne peut pas être écrit : { $reason }
admin-note-overwrites = Le stockage des révisions laisse une révision en écraser une autre : rien ne peut être modifié. Utilisez un stockage qui respecte If-None-Match.
admin-note-no-folder = Il n'y a pas de dossier de données : rien ne peut être modifié.
admin-errors = Catalogue refusé
admin-errors-text =
    { $count ->
        [one] Une erreur
        *[other] { $count } erreurs
    } ; le catalogue précédent continue de servir.
admin-notice-more =
    { $count ->
        [one] Une autre erreur
        *[other] { $count } autres erreurs
    } : `rcp-bot check` montre tout.
admin-mended = Catalogue sans erreur
admin-mended-text = Le dossier est de nouveau sans erreur, et ne diffère pas de ce qui est servi.
admin-started = Démarrage avec un autre catalogue
admin-no-folder = Pas de dossier de données
admin-no-folder-text = Il n'y a pas de dossier de données : rien ne peut être modifié. Lancez le bot avec --data.
admin-overtaken = Quelqu'un a été plus rapide
admin-overtaken-text = Un autre catalogue est servi depuis que ce message a été écrit ; rien n'a été fait et rien n'est perdu. Voici ce qui est servi maintenant :
admin-apart = Le dossier de données a ses propres changements
admin-apart-text = Une révision a été faite ailleurs alors que ce dossier contient des changements qui ne sont pas servis. Rechargez d'abord pour voir les différences.
admin-gone = Ce changement n'est plus gardé
admin-gone-text = Il a déjà été publié ou abandonné, ou il attendait depuis plus de sept jours. Refaites-le.
admin-no-revision = Révision introuvable
admin-no-revision-text = Il n'y a pas de révision « { $number } ». Choisissez parmi celles que propose la saisie.
admin-not-recorded = Rien n'a été fait : l'enregistrement ne peut pas être écrit
admin-store = Le journal des révisions n'est pas utilisable
admin-folder = Le dossier ne peut pas être lu ou écrit
admin-upload-foreign = Ce fichier ne vient pas de Discord
admin-upload-too-large = Ce fichier est trop gros
admin-upload-lost = Le fichier n'a pas pu être reçu
admin-upload-not-kept = Le fichier n'a pas pu être gardé
admin-upload-help = Joignez un fichier du catalogue tel que /rcp-admin fichier le donne, de { $size } Kio au plus. Il est reconnu à ce qu'il contient, quel que soit son nom.
admin-upload-errors = Fichier refusé
admin-upload-same = Ce fichier est déjà servi
admin-upload-same-text = **{ $process }** : ce fichier est exactement celui du catalogue.
admin-upload = Publier ce changement ?
admin-upload-good = **{ $process }** ({ $file }) : sans erreur. Rien n'est encore publié.
admin-discarded = Changement abandonné
admin-cancelled = Rien n'a été changé
admin-restore = Rétablir la révision n° { $number } ?
admin-restore-text = Elle deviendra une nouvelle révision, et le dossier de données reprendra ses fichiers. Ce qui changerait :
admin-history = Historique
admin-history-empty = Il n'y a pas encore de révision.
admin-served = · en service
admin-damaged = **{ $number }** · endommagée
admin-status = État
admin-loaded = chargé { $when }
admin-counts = { $processes } processus, { $organisations } organisations, { $countries } pays, { $meetings } réunions mondiales, { $terms } termes
admin-interactions = { $answered } répondues, { $failed } en échec
admin-broken =
    { $count ->
        [one] Une erreur
        *[other] { $count } erreurs
    } : le dossier n'est pas servi tel quel. La première :
admin-no-warnings = aucun
admin-field-catalogue = Catalogue
admin-field-broken = Dossier de données
admin-field-counts = Contenu
admin-field-uptime = Démarré
admin-field-interactions = Interactions
admin-field-memory = Mémoire
admin-field-shards = Connexions à Discord
admin-field-warnings = Avertissements ({ $count })
admin-by-start = le programme
admin-by-signal = un opérateur
admin-by-watch = dossier modifié
admin-by-other = une autre instance
admin-why-start = démarrage
admin-why-reload = rechargement
admin-why-publish = publication de { $process }
admin-why-restore = rétablissement de la révision { $number }
admin-why-merge = fusion avec les données de la nouvelle version
admin-result-begun = commencé
admin-result-done = fait
admin-result-unchanged = rien à faire
admin-result-refused = refusé
admin-result-overtaken = devancé par un autre
admin-result-failed = échec
admin-button-publish = Publier
admin-button-card = Voir la fiche
admin-button-discard = Abandonner
admin-button-restore = Rétablir
admin-button-cancel = Annuler
admin-button-again = Revoir la différence
admin-button-difference = Voir la différence
admin-button-restore-one = Rétablir la n° { $number }…
admin-button-history = Historique
command-rcp-admin = Tenir le catalogue à jour
command-recharger = Relire le dossier de données et le servir s'il est sans erreur
command-verifier = Vérifier un fichier du catalogue, voir ce qui change, le publier
command-historique = Les révisions du catalogue : ce qui a changé, par qui, quand, pourquoi
command-retablir = Reprendre une révision antérieure
command-etat = Ce qui est servi, et comment va le bot
option-fichier = Un fichier du catalogue, reconnu à ce qu'il contient
option-revision = Le numéro d'une révision
command-fichier = Recevoir le fichier actuel d'une fiche ou d'une table
option-contenu = Un processus, une organisation, un pays, une réunion… ou un fichier entier
option-raison = Pourquoi ce changement : gardé avec la révision
option-avec = Une autre révision, à comparer avec la première

## The files of the catalogue
file-organisations = Organisations
file-countries = Pays
file-meetings = Réunions mondiales
file-topics = Thèmes
file-glossary = Glossaire
file-regions = Régions
file-iom = Rôle de l'OIM
file-general = Faits généraux sur les PCR
file-questions = Tournures des questions
file-messages = Textes du bot ({ $language })

## The rules of the catalogue: what is wrong where one is broken
rule-unreadable = un fichier ou un dossier manque, ou ne peut pas être lu
rule-too-large = le fichier est trop grand
rule-not-text = le fichier n'est pas du texte en UTF-8
rule-syntax = le fichier n'est pas du TOML
rule-type = la valeur n'a pas la forme attendue
rule-unknown-key = cette clé n'existe pas à cet endroit
rule-newer-key = cette version du programme ne lit pas cette clé
rule-missing-key = une clé obligatoire manque
rule-date = la date n'existe pas ou n'a pas la bonne forme
rule-date-order = des dates ne se suivent pas
rule-year-range = l'année est hors de ce qui est possible
rule-empty-text = un texte est vide
rule-control-character = le texte contient un caractère invisible ou une espace au bord
rule-markup = le texte contient une mise en forme ou une adresse
rule-mention = le texte pourrait mentionner quelqu'un
rule-too-long = le texte est trop long
rule-bad-emoji = ce n'est pas un seul émoji
rule-conflict-copy = le fichier est la copie d'un autre
rule-bad-url = l'adresse web n'est pas complète
rule-bad-id = l'identifiant n'a pas la bonne forme ou n'est pas celui du fichier
rule-duplicate-id = un identifiant se trouve deux fois
rule-duplicate-name = un nom désigne déjà une autre entrée
rule-duplicate-item = un élément se trouve deux fois dans la liste
rule-unknown-process = ce processus n'est pas dans le catalogue
rule-unknown-region = cette région n'est pas dans le catalogue
rule-unknown-organisation = cette organisation n'est pas dans le catalogue
rule-unknown-country = ce pays n'est pas dans la liste
rule-unknown-topic = ce thème n'est pas dans la liste
rule-missing-file = un fichier manque ; celui du programme le remplace
rule-theme-without-topic = ce thème n'est rattaché à aucun thème de la liste
rule-bad-country-code = ce n'est pas un code de pays (ISO 3166-1)
rule-member-and-observer = le même participant est membre et observateur
rule-count-differs = le nombre ne correspond pas à la liste
rule-inconsistent = deux parties de la fiche se contredisent
rule-unsupported = aucune source n'appuie ce qui est dit
rule-bad-message = le message ne peut pas être dit tel quel
rule-message-syntax = le fichier de messages n'est pas du Fluent
rule-missing-message = des messages manquent ; ceux du programme les remplacent
rule-unknown-message = le bot ne dit pas ce message
rule-incomplete-message = il manque une valeur ou une forme au message
rule-unknown-file = le fichier n'est pas du catalogue et n'est pas lu
rule-editor-syntax = beaucoup d'éditeurs refusent cette écriture
rule-future-facts = les faits sont datés d'après aujourd'hui ; l'horloge est-elle juste ?
rule-stale-facts = les faits ont été recueillis il y a plus d'un an
rule-old-chair = la présidence n'est plus attestée depuis des années
rule-doubtful-text = le texte est altéré, ne fait que tenir une place, ou finit par un signe de trop
rule-later-than-collected = une date est postérieure au jour de la collecte
rule-missing-translation = une langue manque
rule-uncited-source = la source n'appuie aucune affirmation
rule-http-link = l'adresse n'est pas chiffrée (http)

## The rules of the catalogue: how each is mended
mend-unreadable =
    { $case ->
        [newer] Mettez à jour le programme ici : une version plus récente a écrit cette révision. Ou rétablissez-en une autre.
       *[other] Remettez le fichier à sa place, lisible par le bot.
    }
mend-too-large = Gardez chaque fichier sous 1 Mio.
mend-not-text = Enregistrez le fichier en UTF-8 (« Enregistrer sous », encodage UTF-8).
mend-syntax =
    { $case ->
        [near] Vouliez-vous dire « { $value } » ?
        [straight] Écrivez des guillemets droits : "texte".
        [space] Écrivez une espace ordinaire à la place de l'espace insécable.
        [line-ends] Enregistrez le fichier avec les fins de ligne d'Unix ou de Windows.
        [quotes] Mettez la date entre guillemets : "{ $value }".
        [twice] Une clé ne figure qu'une fois dans sa table : supprimez ou renommez l'une des deux.
        [comment] Écrivez # devant un commentaire.
        [invisible] Supprimez le caractère invisible ; copier depuis une page web en apporte.
        [equals] Écrivez un signe égal après la clé, et non deux-points.
        [nothing] Supprimez la clé dont rien n'est connu.
        [bracket] Le crochet ouvert à la ligne { $value } n'est peut-être pas fermé.
        [marks] Gardez l'une des deux versions entre <<<<<<< et >>>>>>>, et supprimez les lignes de ces marques.
        [inner] Dans un texte, écrivez « … » ou \" ; le texte entier va entre " et ".
        [open] Fermez le texte par { $value } à sa fin.
        [boolean] Écrivez true ou false, en minuscules et sans guillemets.
        [once] Il n'y a qu'une table [{ $value }] : supprimez l'une des deux, ou réunissez ce qu'elles contiennent.
        [pasted] Le fichier entier figure ici deux fois : supprimez l'un des deux exemplaires, en gardant ce qui y est juste.
        [write] Écrivez : { $value }
        [several] Écrivez [[{ $value }]] au-dessus de chacune s'il y en a plusieurs, ou réunissez-les sous [{ $value }].
        *[other] Écrivez : clé = "texte", les listes entre [ ], les tables entre accolades ou sous un [titre].
    }
mend-type =
    { $case ->
        [near] Vouliez-vous dire « { $value } » ?
        [allowed] Écrivez l'une de ces valeurs : { $value }.
        [boolean] Écrivez true ou false, sans guillemets.
        [number] Écrivez le nombre en chiffres, sans guillemets.
        [digits] Vérifiez les chiffres : le nombre va jusqu'à { $value }.
        [write] Écrivez : { $value }
        [table] Écrivez le titre { $value }, et les clés en dessous.
        [languages] Écrivez-le dans chaque langue : { "{" } fr = "…", en = "…", es = "…" { "}" }
        *[other] Textes et dates entre "guillemets", listes entre [ ], nombres sans guillemets.
    }
mend-unknown-key =
    { $case ->
        [above] C'est une clé du fichier entier : placez-la au-dessus du premier titre.
        [below] Elle va sous { $value } : placez-la là.
        [heading] C'est une table du fichier entier : écrivez-la sous son propre titre { $value }.
        *[other] Vouliez-vous dire « { $value } » ?
    }
mend-newer-key = Supprimez-la, sauf si une version plus récente du programme la lit.
mend-missing-key =
    { $case ->
        [several] Ajoutez une table { $value }.
        [top] Ajoutez { $value } au-dessus du premier titre.
        [above] C'est une clé du fichier entier : placez-la au-dessus du premier titre.
        [below] Elle va sous { $value } : placez-la là.
        [heading] C'est une table du fichier entier : écrivez-la sous son propre titre { $value }.
        *[other] Ajoutez { $value } à cet endroit.
    }
mend-date =
    { $case ->
        [quotes] Mettez la date entre guillemets : "{ $value }".
        [either] Écrivez l'une de ces dates : { $value } ; la seconde est une période dont un bout reste ouvert.
        [near] Écrivez "{ $value }".
        *[other] Écrivez ce qui est connu : "2026", "2026-11" ou "2026-11-23", ou une période avec / entre les deux.
    }
mend-date-order = Vérifiez les dates ; les réunions vont de la plus ancienne à la plus récente.
mend-year-range = Vérifiez les chiffres de l'année.
mend-empty-text = Écrivez le texte, ou supprimez la clé.
mend-control-character = Écrivez-le sur une ligne, sans tabulation ni caractère invisible ; copier depuis une page web en apporte.
mend-markup = Écrivez du texte simple, sans * _ ~ ` | > # ni adresse ; une adresse va dans une source ou dans website.
mend-mention = Écrivez-le sans @ et sans <…>.
mend-too-long = Raccourcissez-le à { $value } caractères au plus, ou partagez-le si la clé est une liste.
mend-bad-emoji = Écrivez un seul émoji, par exemple 🌍.
mend-conflict-copy = Comparez les deux, gardez ce qui est juste dans l'original et retirez la copie.
mend-bad-url = Écrivez-la comme le navigateur la montre, à partir de https://.
mend-bad-id = Écrivez-le comme processus-de-quito (a à z, 0 à 9, traits d'union) ; c'est le nom du fichier et il ne change jamais.
mend-duplicate-id = Donnez à chaque entrée son propre identifiant.
mend-duplicate-name =
    { $case ->
        [named] Ce nom est aussi celui de « { $value } » : changez l'un des deux, ou inscrivez-le dans shared_names des deux.
        *[other] Gardez-le dans l'une des deux entrées.
    }
mend-duplicate-item = Supprimez l'un des deux.
mend-unknown-process =
    { $case ->
        [near] Vouliez-vous dire « { $value } » ?
        *[other] Écrivez un identifiant de processus du catalogue, ou ajoutez-le d'abord.
    }
mend-unknown-region =
    { $case ->
        [near] Vouliez-vous dire « { $value } » ?
        *[other] Écrivez un identifiant de regions.toml, ou ajoutez-le d'abord.
    }
mend-unknown-organisation =
    { $case ->
        [near] Vouliez-vous dire « { $value } » ?
        *[other] Écrivez un identifiant d'organisations.toml, ou ajoutez-le d'abord.
    }
mend-unknown-country =
    { $case ->
        [near] Vouliez-vous dire « { $value } » ?
        *[other] Écrivez un code de countries.toml, ou ajoutez-le d'abord.
    }
mend-unknown-topic =
    { $case ->
        [near] Vouliez-vous dire « { $value } » ?
        *[other] Écrivez un identifiant de topics.toml, ou ajoutez-le d'abord.
    }
mend-bad-country-code = Écrivez les deux lettres capitales du code ISO 3166-1.
mend-member-and-observer = Retirez-le de l'une des deux listes.
mend-count-differs = Corrigez le nombre ou la liste, ou dites pourquoi dans note.
mend-inconsistent =
    { $case ->
        [region] Un forum interrégional a la région "interregional" et nomme les autres dans touches ; un processus régional a sa région.
        [status] Écrivez value = "unknown" avec basis = "silence", ou le statut et ce sur quoi il repose.
        [chair] Retirez none, ou ceux qui exercent la présidence.
        [secretariat] provided a au moins un prestataire, shared deux ou plus, none aucun.
        *[other] Accordez les deux parties.
    }
mend-unsupported =
    { $case ->
        [statement] Ajoutez "{ $value }" à supports de la source qui le dit, ou retirez l'affirmation.
        *[other] Ajoutez une source avec son adresse.
    }
mend-bad-message = N'employez que les valeurs et les messages qui existent, dans la longueur de leur emplacement ; le texte d'origine du programme sert de modèle.
mend-message-syntax = Écrivez : clé = texte, la suite en retrait avec des espaces ; { "{" } $name { "}" } pour une valeur ; chaque clé une seule fois.
mend-missing-file = Rien à faire, sauf pour le modifier : copiez alors celui du programme.
mend-theme-without-topic = Ajoutez topics = ["…"] avec des identifiants de topics.toml.
mend-missing-message = Rien à faire, sauf pour les modifier : reprenez-les alors du programme.
mend-unknown-message = Il peut venir d'une autre version ; il ne nuit pas.
mend-incomplete-message = Reprenez les valeurs et les formes du texte d'origine.
mend-unknown-file = Renommez-le s'il doit être lu, ou déplacez-le.
mend-editor-syntax = Écrivez les tables entre accolades sur une ligne, sans virgule finale, et enregistrez sans marque d'ordre (BOM).
mend-future-facts = Réglez l'horloge, ou écrivez le jour où les sources ont été lues.
mend-stale-facts = Relisez les sources et mettez la nouvelle date.
mend-old-chair = Cherchez la présidence actuelle et mettez as_of.
mend-doubtful-text =
    { $case ->
        [end] Retirez la ponctuation finale, qui est celle d'une phrase.
        [garbled] Écrivez les lettres comme dans la source ; enregistrez et ouvrez les fichiers en UTF-8.
        *[other] Écrivez le texte, ou supprimez la clé.
    }
mend-later-than-collected = Vérifiez la date, ou mettez collected à jour.
mend-missing-translation = Ajoutez le texte dans la langue qui manque.
mend-uncited-source = Dites dans supports ce que la source appuie.
mend-http-link = Écrivez https:// si le site l'offre.

## Formulaires de /rcp-admin modifier
command-modifier = Changer une fiche par un formulaire : présidence, réunion, statut, membres…
option-quoi = Ce qui change
admin-button-form-again = Reprendre le formulaire
form-kind-chair = présidence
form-kind-meeting = nouvelle réunion
form-kind-status = statut
form-kind-members = membres
form-kind-observers = observateurs
form-kind-staff = secrétariat
form-kind-site = site
form-kind-note = nouvelle réserve
form-kind-topic = nouveau thème
form-kind-held = présidence, toujours en place
form-kind-joined = membres, toujours les mêmes
form-kind-stands = statut, toujours exact
form-kind-seen = fiche, toujours exacte
form-kind-global = nouvelle réunion mondiale
form-kind-past = date, lieu, résultats
form-kind-series = réunions mondiales, toujours exactes
form-title-chair = Présidence : { $name }
form-title-meeting = Réunion : { $name }
form-title-status = Statut : { $name }
form-title-members = Membres : { $name }
form-title-observers = Observateurs : { $name }
form-title-staff = Secrétariat : { $name }
form-title-site = Site : { $name }
form-title-note = Réserve : { $name }
form-title-topic = Thème : { $name }
form-title-held = Toujours en place : { $name }
form-title-joined = Membres inchangés : { $name }
form-title-stands = Statut inchangé : { $name }
form-title-seen = Toujours exact : { $name }
form-title-global = Nouvelle réunion mondiale
form-title-past = A eu lieu : { $name }
form-title-series = Toujours exact : { $name }
form-now = Actuellement : { $who }
form-field-url = Source : adresse de la page
form-field-url-example = https://… où cela est dit
form-field-date = Date de la source
form-field-date-example = 31 janvier 2026, s'il y en a une
form-field-date-required-example = 31 janvier 2026
form-field-who = Qui : pays ou organisations
form-field-who-example = Suisse ; ou « aucun »
form-field-since = Depuis quand, ou pour quel mandat
form-field-since-example = fin janvier 2026 ; 2026-2027
form-field-rule = Règle de rotation
form-field-rule-example = par exemple : chaque année, à tour de rôle
form-field-title = Intitulé (fr:, en:, es: sur trois lignes)
form-field-title-example = fr: réunion de hauts fonctionnaires
form-field-when = Date de la réunion
form-field-when-example = 24–25 septembre 2024 ; vide si inconnue
form-field-when-required-example = 24–25 septembre 2024
form-field-venue = Ville et pays (fr:, en:, es:)
form-field-venue-example = Genève, Suisse ; ou « en ligne »
form-field-outcome = Un résultat (fr:, en:, es:)
form-field-outcome-example = fr: accord sur des positions communes
form-field-place = Lieu (fr:, en:, es: sur trois lignes)
form-field-place-example = Genève ; ou « en ligne »
form-field-status = Statut
form-field-status-example = actif, émergent, inactif, inconnu
form-field-basis = D'après quoi
form-field-basis-example = ses réunions ; la liste de l'OIM ; la page de l'OIM
form-field-note = Explication (fr:, en:, es:)
form-field-note-example = Comment on le sait, ou pourquoi c'est douteux
form-field-join = Qui s'ajoute
form-field-join-example = Brésil, Chili
form-field-leave = Qui quitte
form-field-leave-example = Rwanda
form-field-website = Adresse du site
form-field-website-example = https://…
form-field-kind = Nature de la réserve
form-field-kind-example = désaccord, doute ou contexte
form-field-about = À quel sujet
form-field-about-example = présidence, membres, réunions…
form-field-text = Texte (fr:, en:, es: sur trois lignes)
form-field-text-example = fr: Deux sources se contredisent : …
form-field-theme = Thème (fr:, en:, es: sur trois lignes)
form-field-theme-example = fr: travail décent
form-field-topics = Thèmes de la liste fermée
form-field-topics-example = main-d'œuvre, asile
form-note-conflict = désaccord
form-note-doubt = doute
form-note-context = contexte
form-global-name = { $number }e réunion mondiale des MCIM
form-no-process-text = Choisissez un processus parmi ceux que propose la saisie.
form-only-meetings = Un formulaire prend une nouvelle réunion (« nouvelle réunion »), ou la date, le lieu et les résultats de celle que vous choisissez par son nom. Pour le reste : /rcp-admin fichier contenu:`meetings.toml`.
form-gone = Cette fiche n'existe plus
form-gone-text = Elle était servie quand le formulaire a été ouvert. Rien n'a été changé ; ce que vous avez écrit est joint.
form-report-gone = Ce signalement n'existe plus
form-report-gone-text = Rien n'a été changé. Ouvrez le formulaire avec /rcp-admin modifier ; ce que vous aviez écrit est joint, s'il y en avait.
form-draft-gone = Ce qui avait été écrit n'est plus gardé
form-draft-gone-text = Un formulaire refusé n'est gardé qu'un jour. Ouvrez-en un nouveau avec /rcp-admin modifier.
form-overtaken-text = Depuis que ce formulaire a été ouvert, « { $what } » a changé pour { $name }. Rien n'a été fait et rien n'est perdu : reprenez le formulaire pour voir ce qui est dit maintenant, avec ce que vous aviez écrit.
form-wrong = { $name } : à corriger
form-wrong-empty = à remplir.
form-wrong-long = { $typed } caractères au plus.
form-wrong-date = « { $typed } » n'est pas une date. Écrivez « avril 2026 », « 24–25 septembre 2024 » ou « 2026 ».
form-wrong-day = « { $typed } » : ce jour n'existe pas.
form-wrong-year = « { $typed } » : de quelle année ?
form-wrong-order = « { $typed } » finit avant de commencer.
form-wrong-ahead = cette date est à venir.
form-wrong-before-present-chair = la présidence actuelle est en fonction { $typed } : celle qui lui succède n'a pas pu commencer avant. Corrigez cette date ; si la présidence actuelle a commencé plus tôt, envoyez d'abord ce formulaire pour elle, avec sa date.
form-wrong-before-founding = le processus a été fondé plus tard ({ $typed }). Corrigez cette date.
form-wrong-undated = à remplir : ce jour est passé, et la date de la source dit si la réunion a eu lieu ou n'était qu'annoncée.
form-wrong-two-countries = « { $typed } » est dans un autre pays que la ligne précédente.
form-wrong-out-of-order = les réunions numérotées ne seraient plus dans l'ordre du temps. Vérifiez la date, ou le numéro dans l'intitulé.
form-wrong-no-outcome-yet = une réunion à venir n'a pas encore de résultat.
form-wrong-url = « { $typed } » n'est pas une adresse. Elle commence par https:// et ne contient pas d'espace.
form-wrong-unknown = « { $typed } » n'est pas dans le catalogue.
form-wrong-several = « { $typed } » peut désigner plusieurs choses.
form-wrong-choice = « { $typed } » ne convient pas. Choisissez : { $known }.
form-wrong-takes-part = { $typed } participe déjà.
form-wrong-takes-no-part = { $typed } ne participe pas.
form-wrong-both = { $typed } ne peut pas s'ajouter et quitter à la fois.
form-wrong-same = la fiche le dit déjà. Pour le confirmer par une source : /rcp-admin revue, « Vu, toujours vrai ».
form-wrong-nothing = la fiche n'en dit rien.
form-wrong-file = le fichier ne peut pas être changé ainsi ({ $typed }). Passez par /rcp-admin verifier.
form-near = Peut-être : { $known }.
form-lacking = Il manque : { $languages }. Les lecteurs de ces langues verront une autre langue.
form-former-not-kept = L'ancienne présidence était une organisation : l'historique ne garde que des pays.
form-unnumbered = Rangée parmi les réunions liées, sans numéro. Si c'est la suivante de la série, écrivez { $number } dans son intitulé.
form-series-notes = Relisez les réserves sur la série : elles parlent de ses réunions.

## Signaler une erreur
button-report = Signaler une erreur
report-title = Signaler une erreur
report-wrong = Qu'est-ce qui est faux ?
report-wrong-example = La Suisse préside depuis janvier 2026
report-url = Où est-ce dit ? (adresse, facultatif)
report-url-example = https://…
report-thanks = Merci
report-thanks-text = Votre signalement est transmis aux modérateurs ({ $name }). Vous serez prévenu en privé, si Discord le permet.
report-refused = Rien n'a été transmis
report-gone = Cette fiche n'existe plus.
report-empty = Dites en quelques mots ce qui est faux.
report-too-many = Vous avez déjà signalé trois erreurs aujourd'hui. Revenez demain.
report-full = Trop de signalements attendent déjà. Revenez dans quelques jours.
report-not-kept = Le signalement n'a pas pu être gardé. Réessayez plus tard.
report-nobody = Ce bot n'a pas de modérateurs à qui le transmettre.
report-settled = Votre signalement est réglé
report-settled-text = Les modérateurs ont traité votre signalement ({ $name }) : « { $text } ». Merci.

## /rcp-admin revue
command-revue = Ce qui est à regarder : vieux, signalé, cherché en vain
menu-review = Ouvrir…
menu-forms = Autre changement…
admin-button-seen = Vu, toujours vrai
admin-button-settled = Réglé
admin-button-decided = Tranché
admin-report-settled = 🚩 Le signalement est réglé ; la personne qui l'a fait en est avertie.
admin-button-later = Pas maintenant
admin-button-site = Site
review-title =
    { $count ->
        [0] Revue
        [one] Revue : { $count } chose à regarder
        *[other] Revue : { $count } choses à regarder
    }
review-title-process =
    { $count ->
        [0] { $name }
        [one] { $name } : { $count } chose à regarder
        *[other] { $name } : { $count } choses à regarder
    }
review-item-title = À regarder
review-nothing = Rien à regarder pour le moment.
review-incomplete = Les signalements n'ont pas pu être lus : la liste est incomplète.
review-report = 🚩 { $name } : « { $text } »
review-chair-over = 🪑 { $name } : mandat fini ({ $who }, { $date })
review-chair-unseen = 🪑 { $name } : présidence pas revue depuis longtemps ({ $who }, { $date })
review-meeting = 📅 { $name } : « { $title } » ({ $date }) était annoncée, et sa date est passée
review-status = 📊 { $name } : statut « { $status } », rien de récent ne le confirme ({ $date })
review-status-undated = 📊 { $name } : statut « { $status } », aucune source datée
review-quiet = 📅 { $name } : pas de réunion connue depuis longtemps ({ $date })
review-members = 👥 { $name } : membres pas revus depuis longtemps ({ $date })
review-members-undated = 👥 { $name } : membres, aucune source datée
review-conflict = 🔀 { $name } : « { $what } » a changé ici et dans la nouvelle version
review-conflict-file = tout le fichier
review-conflict-mine = Ici, lors de la fusion : { $value }
review-conflict-theirs = Nouvelle version : { $value }
review-conflict-text = Ce qui était servi est resté. Si vous publiez la valeur de la nouvelle version, ce point disparaît de lui-même ; sinon, marquez-le « Tranché ».
review-by-file = Pour le changer : /rcp-admin fichier contenu:{ $file }, puis /rcp-admin verifier.
review-old = 🕰️ { $name } : fiche relevée le { $date }
review-vain =
    { $count ->
        [one] 🔎 « { $text } » : cherché { $count } fois en vain
        *[other] 🔎 « { $text } » : cherché { $count } fois en vain
    }
review-vain-text = Un autre nom (aliases) dans une fiche, ou un terme du glossaire, le ferait trouver : /rcp-admin fichier.
review-silent =
    { $count ->
        [one] 🔗 { $name } : { $count } source a disparu
        *[other] 🔗 { $name } : { $count } sources ont disparu
    }
review-bare =
    { $count ->
        [one] 🔓 { $name } : { $count } source sans https
        *[other] 🔓 { $name } : { $count } sources sans https
    }
