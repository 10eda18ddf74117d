### Lo que dice el bot en español. Todos los idiomas tienen las mismas claves; «rcp-bot check» lo comprueba.

## Languages and common words
labelled = { $label }: { $text }
quoted = «{ $text }»
own-name = Español
language-fr = Francés
language-en = Inglés
language-es = Español
not-known = no indicado
not-listed = No se encontró la lista.
undated = sin fecha
online = en línea
with-others = con otras
former = anteriormente
name-is-ours = El nombre es traducción nuestra.
wording-is-ours = traducción nuestra

## Dates: { $date } stands for a date already written out
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
date-day-alone = { $day }
date-day-short = { $day } de { $month }
date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
date-year = { $year }
date-day-no-year = { $day } de { $month } (año no indicado)
date-month-no-year = { $month } (año no indicado)
date-about = hacia { $date }
date-since =
    { $precision ->
        [day] desde el { $date }
        *[other] desde { $date }
    }
date-until =
    { $precision ->
        [day] hasta el { $date }
        *[other] hasta { $date }
    }
date-span = { $from } – { $to }
date-span-days = { $from }–{ $to }
as-of = { $date }
since = { $date }

## Statuses
status-active = activo
status-emerging = emergente
status-inactive = inactivo
status-unknown = estado desconocido
status-plural-active = Activos
status-plural-emerging = Emergentes
status-plural-inactive = Inactivos
status-plural-unknown = Estado desconocido
count-active =
    { $count ->
        [one] { $count } activo
        *[other] { $count } activos
    }
count-emerging =
    { $count ->
        [one] { $count } emergente
        *[other] { $count } emergentes
    }
count-inactive =
    { $count ->
        [one] { $count } inactivo
        *[other] { $count } inactivos
    }
count-unknown = { $count } de estado desconocido
basis-iom-list = según la lista de la OIM
basis-iom-page = según la página de la OIM
basis-activity = según sus reuniones recientes
basis-silence = ninguna fuente indica su estado

## Fields of cards
field-region = Región
field-status = Estado
field-ended = Fin
field-chair = Presidencia
field-former-chairs = Presidencias anteriores
field-secretariat = Secretaría
field-iom-role = Función de la OIM
field-themes = Temas
field-structure = Funcionamiento
field-meetings = Últimas reuniones
field-website = Sitio web
field-notes = Conviene saber
field-sources = Fuentes
field-seat = Sede
field-founded = Creación
field-member-states = Estados miembros
field-part-of = Forma parte de
field-role = Función
field-hosts = Anfitriones
field-theme = Tema
field-attendance = Participación
field-present = Procesos presentes
field-topics = Asuntos tratados
field-outcomes = Resultados
field-background = Contexto
field-variants = Otras formas
footer =
    { $count ->
        [one] { $count } fuente, leída
        *[other] { $count } fuentes, leídas
    } el { $date }

## Chairs and secretariats
chair-none = Sin presidencia
secretariat-provided = a cargo de una organización o un Estado
secretariat-shared = compartida
secretariat-own = secretaría propia
secretariat-support-unit = unidad de apoyo
secretariat-none = Sin secretaría
secretariat-interim = con carácter interino
secretariats-title = Quién está a cargo de las secretarías
secretariats-intro = A petición de los Estados miembros, una organización puede encargarse de la secretaría de un proceso. 🤝: con otras.
secretariats-unknown = Sin secretaría conocida
secretariats-unknown-count =
    { $count ->
        [one] { $count } proceso
        *[other] { $count } procesos
    }: ninguna fuente lo indica.
serves-none = Ningún proceso del catálogo.
serves-chair = Preside
serves-secretariat = A cargo de la secretaría
serves-association = Procesos vinculados
serves-member = Miembro
serves-observer = Observadora
serves-partner = Socia
serves-adviser = Asesora
serves-supporter = Apoya
serves-funder = Financia
serves-invited = Invitada
serves-candidate = Candidata
serves-founder = Fundadora
serves-former-member = Antiguo miembro

## Taking part
role-member = Miembros
role-observer = Observadores
role-partner = Socios
role-adviser = Asesores
role-supporter = Apoyos
role-funder = Financiadores
role-invited = Invitados
role-candidate = Candidatos
role-founder = Fundadores
role-former-member = Antiguos miembros
members-title = { $name }: participantes
sources-title = { $name }: fuentes
tie-chair = preside
tie-secretariat = a cargo de la secretaría
tie-association = vinculación
tie-member = miembro
tie-observer = observador
tie-partner = socio
tie-adviser = asesor
tie-supporter = apoyo
tie-funder = financiador
tie-invited = invitado
tie-candidate = candidato
tie-founder = fundador
tie-former-member = antiguo miembro
country-member =
    { $count ->
        [one] miembro de un proceso
        *[other] miembro de { $count } procesos
    }
country-observer =
    { $count ->
        [one] observador de un proceso
        *[other] observador de { $count } procesos
    }
country-none = Ningún proceso del catálogo cita este país.
country-chairs = Presidencias
country-caution = Varios procesos no tienen una lista de miembros conocida: este país puede participar en otros.
countries-caution = Varios procesos no tienen una lista de miembros conocida: estos países pueden participar en otros.

## What a source supports
statement-name = nombre
statement-kind = naturaleza
statement-region = región
statement-status = estado
statement-founding = creación
statement-ended = fin
statement-chair = presidencia
statement-secretariat = secretaría
statement-iom-role = función de la OIM
statement-members = miembros
statement-observers = observadores
statement-participants = otros participantes
statement-associations = vinculación
statement-themes = temas
statement-purpose = objeto
statement-structure = funcionamiento
statement-meetings = reuniones
statement-website = sitio web

## IOM's role
iom-title = La función de la OIM en los PRC
iom-figures = Según su página
iom-role-secretariat = Secretaría
iom-role-joint-secretariat = Secretaría compartida
iom-role-secretariat-support = Apoyo a la secretaría
iom-role-host = Sede de la secretaría
iom-role-member = Miembro
iom-role-observer = Observadora
iom-role-partner = Socia

## Regions
region-empty = Ningún proceso le pertenece.
region-touching = 🌐 Foros interregionales

## Topics
topics-title = Los temas de los procesos
topics-intro = Cuántos procesos se ocupan de cada uno:
topic-none = Ningún proceso del catálogo se ocupa de él.
topic-caution = Una fuente no siempre nombra todos los temas de un proceso.

## Chairs, news, comparisons, help
chairs-title = Quién preside
chairs-known =
    { $count ->
        [one] { $count } presidencia conocida
        *[other] { $count } presidencias conocidas
    }
chairs-without =
    { $count ->
        [one] { $count } proceso no tiene
        *[other] { $count } procesos no tienen
    }
chairs-unknown =
    { $count ->
        [one] { $count } desconocida
        *[other] { $count } desconocidas
    }
chairs-everywhere = Todas las regiones
news-title = Novedades de los procesos
news-catalogue =
    { $count ->
        [one] { $count } ficha comprobada el { $date }
        *[other] { $count } fichas comprobadas el { $date }
    }
news-coming = Próximas o en curso
news-none-coming = No se conoce ninguna reunión próxima.
news-latest = Últimas reuniones
news-chairs = Presidencias más recientes
latest-meetings-title = Reuniones de los procesos, las más recientes primero
latest-changes-title = Cambios del catálogo, los más recientes primero
changes-unknown = No se conoce ningún cambio reciente.
novelty-title = Novedades de los procesos
novelty-process = Nuevo en el catálogo: { $process }.
novelty-chair = { $process }: la presidencia es ahora de { $what }.
novelty-chair-none = { $process }: ya sin presidencia.
novelty-status = { $process }: su estado es ahora { $what }.
novelty-joined = { $process } – nuevos miembros: { $what }.
novelty-left = { $process } – ya no son miembros: { $what }.
novelty-meeting = { $process }: reunión – { $what }.
novelty-global-meeting = Reunión mundial: { $meeting }, { $date }.
compare-together = Juntos ({ $count })
compare-members = Miembros en común ({ $count })
compare-only = Solo { $name } ({ $count })
compare-none = ninguno
compare-takes-part = { $country } – { $process }: **{ $roles }**.
compare-unlisted = { $country } – { $process }: no se encontró la lista de miembros; nada dice si este país participa.
compare-unlisted-organisation = { $country } – { $process }: no se encontró la lista de miembros; nada dice si esta organización participa.
compare-takes-no-part = { $country } – { $process }: **no figura** entre los participantes conocidos.
members-unlisted = miembros desconocidos
nothing-to-compare = Nada que comparar
nothing-to-compare-help = Elija dos países o dos procesos distintos, o un país y un proceso.
none-found-either = No se encontró ni país ni proceso para «{ $typed }»
help-title = Lo que puede preguntar
help-text = Escriba `/rcp`, elija un comando y empiece a escribir: se le ofrecen respuestas. Sirven nombres, siglas, nombres anteriores y códigos de países, en los tres idiomas y sin acentos.
help-examples =
    `/rcp info Proceso de Rabat`
    `/rcp pais Kenya`
    `/rcp comparar a:Francia b:Marruecos`
    `/rcp presidencias region:Américas`
    `/rcp temas trata`
    `/rcp secretarias ICMPD`
    `/rcp reuniones 2019`
    `/rcp buscar apoyo técnico`
    `/rcp glosario PRC`
help-commands-title = Todos los comandos
help-on-messages = En un mensaje: *Aplicaciones › { $name }* lista lo que cita.
help-common-options = Cada comando admite también `idioma`, `privado` (solo usted ve la respuesta) y `para` (una persona a quien dirigirla).

## Facts that questions get
fact-chair = { $process } – presidencia: { $what }.
fact-chair-none = { $process }: no tiene presidencia.
fact-chair-unknown = { $process }: no se sabe quién preside.
fact-chair-in = { $process } – presidencia en { $year }: { $what }.
fact-chair-in-unknown = { $process }: no se sabe quién presidió en { $year }.
fact-chair-now = Última conocida: { $what }.
fact-chair-before = Anteriormente: { $what }.
fact-former-chairs = { $process } – presidencias anteriores: { $what }.
fact-former-chairs-unknown = { $process }: no se conoce ninguna presidencia anterior.
fact-secretariat = { $process } – secretaría: { $what }
fact-secretariat-none = { $process }: no tiene secretaría.
fact-secretariat-unknown = { $process }: no se sabe cuál es su secretaría.
fact-members = { $process } – { $what }.
fact-members-unknown = { $process }: no se sabe cuántos miembros tiene.
fact-observers-unknown = { $process }: no se conoce ningún observador.
fact-founding = { $process } – creación: { $what }.
fact-founding-unknown = { $process }: no se sabe cuándo se creó.
fact-status = { $process }: { $what }.
fact-last-meeting = { $process } – última reunión conocida: { $what }.
fact-last-meeting-unknown = { $process }: no se conoce ninguna reunión.
fact-next-meeting = { $process } – próxima reunión: { $what }.
fact-next-meeting-unknown = { $process }: no se conoce ninguna reunión próxima; la última conocida: { $what }.
fact-no-next-meeting = { $process }: no se conoce ninguna reunión próxima.
fact-themes = { $process } – temas: { $what }.
fact-themes-unknown = { $process }: no se conocen sus temas.
fact-iom-role = { $process } – función de la OIM: { $what }.
fact-iom-role-unknown = { $process }: no se conoce la función de la OIM.
fact-website = { $process } – sitio web: { $what }
fact-website-unknown = { $process }: no se conoce su sitio web.
fact-purpose = { $process }: { $what }
fact-chairs = { $country } preside: { $what }.
fact-chairs-none = { $country } no preside ningún proceso conocido.
fact-processes =
    { $count ->
        [one] { $country } participa en un proceso: { $what }.
        *[other] { $country } participa en { $count } procesos: { $what }.
    }
fact-processes-none = { $country }: ningún proceso del catálogo cita este país.
fact-observes =
    { $count ->
        [one] { $country } – observador de un proceso: { $what }.
        *[other] { $country } – observador de { $count } procesos: { $what }.
    }
fact-observes-none = { $country } no es miembro observador de ningún proceso conocido.
fact-serves =
    { $count ->
        [one] { $organisation } – ejerce la secretaría de un proceso: { $what }.
        *[other] { $organisation } – ejerce la secretaría de { $count } procesos: { $what }.
    }
fact-serves-none = { $organisation } – no ejerce la secretaría de ningún proceso conocido.
fact-chair-last = { $process } – última presidencia conocida: { $what }.
fact-chair-was-last = (última conocida: { $date })
fact-chair-in-future-unknown = { $process }: no se sabe quién presidirá en { $year }.
fact-chairs-of-period =
    { $process } – presidencias conocidas { $period ->
        [before] antes de
        [until] hasta
        [since] desde
        *[after] después de
    } { $year }: { $what }.
fact-chairs-of-period-unknown =
    { $process }: no se conoce ninguna presidencia { $period ->
        [before] antes de
        [until] hasta
        [since] desde
        *[after] después de
    } { $year }.
fact-states-and-organisations = { $states }; organizaciones: { $organisations }
fact-known-organisations = Organizaciones conocidas: { $what }.
fact-in-common =
    { $names } – en común, { $kind ->
        [members] { $count ->
            [one] { $count } miembro
            *[other] { $count } miembros
        }
        *[processes] { $count ->
            [one] { $count } proceso
            *[other] { $count } procesos
        }
    }: { $what }.
fact-in-common-none =
    { $names }: { $kind ->
        [members] ningún miembro conocido en común.
        *[processes] ningún proceso conocido en común.
    }
fact-members-unlisted = { $process }: no se encontró la lista de miembros; no se sabe qué tienen en común.
fact-seat = { $organisation } – sede: { $what }.

## Global meetings
meetings-intro =
    { $count ->
        [one] Una reunión mundial, la más reciente primero.
        *[other] { $count } reuniones mundiales, las más recientes primero.
    }
meetings-related = Reuniones conexas
meetings-aims = Objetivos
meetings-invited = Invitados
meeting-no-theme = *no se encontró un tema oficial: asunto resumido por nosotros*
meeting-label = { $ordinal }.ª reunión mundial – { $place }, { $year }

## About
about-overview = Los procesos regionales consultivos
about-features = Cómo funcionan
about-topics = De qué tratan
about-achievements = Qué han aportado
about-references = Textos y marcos internacionales
about-levels = Los niveles de consulta
about-history = Historia, número, estudios
about-catalogue = Este catálogo
about-counts = { $regional } procesos regionales, { $interregional } foros interregionales, { $organisations } organizaciones, { $meetings } reuniones mundiales, { $terms } términos, { $sources } fuentes
about-date = Datos recopilados el { $date }
about-revision = Revisión: { $origin } ({ $hash })
origin-built-in = incluida en el programa
origin-folder = leída de la carpeta de datos
origin-revision = n.º { $number }
glossary-title = Glosario

## Finding
several-found = Varias respuestas posibles para «{ $typed }»
several-found-help = Elija en el menú:
none-found-process = No se encontró ningún proceso para «{ $typed }»
none-found-region = No se encontró ninguna región para «{ $typed }»
none-found-country = No se encontró ningún país para «{ $typed }»
none-found-organisation = No se encontró ninguna organización para «{ $typed }»
none-found-meeting = No se encontró ninguna reunión para «{ $typed }»
none-found-term = No se encontró ningún término para «{ $typed }»
none-found-topic = No se encontró ningún tema para «{ $typed }»
nothing-typed-process = ¿Qué proceso?
nothing-typed-region = ¿Qué región?
nothing-typed-country = ¿Qué país?
nothing-typed-organisation = ¿Qué organización?
nothing-typed-meeting = ¿Qué reunión?
nothing-typed-term = ¿Qué término?
nothing-typed-topic = ¿Qué tema?
none-found-nearest = Quizá quiso decir:
guessed = «{ $typed }» no es un nombre exacto; el más cercano:
none-found-help = Pruebe con un nombre, una sigla o algunas palabras; las sugerencias al escribir ayudan.
search-title = «{ $typed }»
search-none = Nada encontrado para «{ $typed }»
search-none-help = Pruebe con otras palabras o con menos filtros.

## What a message names
cited-title =
    { $count ->
        [one] { $count } entrada citada en este mensaje
        *[other] { $count } entradas citadas en este mensaje
    }
cited-process = Procesos
cited-organisation = Organizaciones
cited-meeting = Reuniones mundiales
cited-term = Glosario
cited-more =
    { $count ->
        [one] y { $count } más, para la que no hay espacio
        *[other] y { $count } más, para las que no hay espacio
    }
nothing-named = Ningún proceso citado
nothing-named-help = No reconozco en este mensaje ningún proceso, organización, reunión mundial ni término del glosario. Las siglas con otros sentidos cuentan solo en mayúsculas y cerca de una palabra del ámbito.
nothing-to-read = Nada que leer
nothing-to-read-help = Este mensaje no tiene texto: no leo imágenes ni archivos adjuntos.

## Maps
button-map = Mapa
button-map-world = El mundo
menu-map-region = Mapa de una región…
map-world = Procesos activos por país
map-region = { $region }: procesos activos por país
map-country = { $country }: procesos en común
map-only = Solo { $name }: { $count }
map-both = Ambos: { $count }
map-step =
    { $count ->
        [one] { $range } proceso
        *[other] { $range } procesos
    }
map-countries =
    { $count ->
        [one] { $count } país
        *[other] { $count } países
    }
map-told = Mapa: { $title }.
map-no-list = Ninguna fuente da la lista de miembros.
map-sources =
    { $count ->
        [one] Lista: { $date }, { $count } fuente · mapa base: Natural Earth
        *[other] Lista: { $date }, { $count } fuentes · mapa base: Natural Earth
    }
map-boundaries = Fronteras y nombres: sin reconocimiento ni aceptación oficial.

## Buttons and menus
button-members = Miembros
button-sources = Fuentes
button-share = Compartir
shared = Respuesta compartida
button-iom = Función de la OIM
button-meetings = Reuniones mundiales
button-organisation = La organización
button-all-secretariats = Todas las secretarías
button-all-meetings = Todas
button-all-terms = Glosario
button-all-topics = Todos los temas
button-answer = Responder a la pregunta
button-timeline = Cronología
button-latest-meetings = Todas las reuniones
button-latest-changes = Qué ha cambiado
button-chairs = Presidencias
button-news = Novedades
button-commands = Todos los comandos
button-help-page = Ayuda
button-all-lists = Listas completas
button-back-to-comparison = La comparación
button-topic = El tema
button-wordings = En sus palabras
button-back-to-card = Volver a la ficha
page-of = { $page } / { $pages }
menu-open = Abrir…
menu-open-process = Abrir un proceso…
menu-open-country = Abrir un país miembro…
menu-open-organisation = Abrir una organización…
menu-open-meeting = Abrir una reunión…
menu-open-term = Abrir un término…
menu-open-topic = Abrir un tema…
menu-chairs-region = Una sola región…
menu-open-section = Leer otra parte…

## Refusals and errors
unknown-command = Comando desconocido: { $typed }
unknown-command-help = Estos son los comandos: { $commands }
option-mistyped = La opción «{ $option }» no es válida
option-mistyped-help = Elija las opciones y sus valores entre los que Discord ofrece al escribir el comando.
entry-gone = Esta ficha ya no existe
entry-gone-help = El catálogo ha cambiado desde este mensaje. Repita el comando para ver lo que contiene.
press-foreign = Este botón ya no responde
press-foreign-help = Procede de una versión anterior o de otro lugar. Repita el comando.
delete-refused = No puede borrar esta respuesta
delete-refused-help = Solo pueden hacerlo quien la pidió y la moderación.
slow-down = Un momento, por favor
slow-down-help = Ha hecho muchas búsquedas seguidas. Inténtelo de nuevo en { $seconds } s.
apology = Lo sentimos, se produjo un error
apology-text = El fallo es nuestro; está registrado con el n.º { $id }. Inténtelo de nuevo en un momento.

## Commands and options: at most 100 characters each
command-rcp = Los procesos regionales consultivos sobre migración
command-region = Los procesos de una región, por estado
command-info = La ficha de un proceso: presidencia, secretaría, miembros, reuniones
command-pays = Los procesos en los que participa un país
command-comparer = Lo que dos países o dos procesos tienen en común; un país y un proceso
command-presidences = Quién preside qué proceso, y desde cuándo
command-themes = Los procesos que se ocupan de un tema
command-secretariats = Quién está a cargo de la secretaría de cada proceso
command-oim = La función de la OIM en los procesos
command-reunions = Las reuniones mundiales de los procesos
command-actualites = Las últimas reuniones y presidencias, y lo que viene
command-carte = Un mapa: quién participa en un proceso, en los de una región, del mundo
command-recherche = Buscar en todo el catálogo
command-glossaire = Los términos del ámbito en tres idiomas
command-apropos = Qué son estos procesos y de dónde vienen las respuestas
command-aide = Lo que puede preguntar, con ejemplos
option-region = Una región del mundo
option-processus = Un nombre, una sigla o algunas palabras
option-pays = Un país o territorio
option-a = Un país o un proceso
option-b = Otro país u otro proceso
option-organisation = Una organización
option-reunion = Una reunión: número, año o ciudad
option-texte = Lo que busca
option-statut = Solo los procesos de este estado
option-terme = Un término, en cualquiera de los tres idiomas
option-theme = Un tema: trata, asilo, trabajo, salud…
option-langue = El idioma de la respuesta
option-discret = Una respuesta que solo ve usted
option-pour = Una persona a quien dirigir la respuesta

## At a glance, and behind buttons
country-role-member = Miembro
country-role-observer = Observador
country-role-partner = Socio
country-role-adviser = Asesor
country-role-supporter = Apoyo
country-role-funder = Financiador
country-role-invited = Invitado
country-role-candidate = Candidato
country-role-founder = Fundador
country-role-former-member = Antiguo miembro
menu-page = Página { $page }…
footer-date = Datos recopilados el { $date }
button-process-meetings = Reuniones
button-reserves =
    { $count ->
        [one] { $count } salvedad
        *[other] { $count } salvedades
    }
button-more = Más
chair-unknown = desconocida
chair-seen-since =
    { $precision ->
        [day] constatada el { $date }
        [loose] constatada: { $date }
        *[other] constatada en { $date }
    }; no se sabe más
checked =
    { $precision ->
        [day] comprobado el { $date }
        [loose] comprobado: { $date }
        *[other] comprobado en { $date }
    }
chair-term-only = según su mandato
secretariat-at = { $who }, en { $place }
members-count =
    { $count ->
        [one] { $count } miembro
        *[other] { $count } miembros
    }
observers-count =
    { $count ->
        [one] { $count } observador
        *[other] { $count } observadores
    }
field-last-meeting = Última reunión conocida
meetings-unknown = No se conoce ninguna reunión.
process-meetings-title = { $name }: reuniones y presidencias
timeline-beyond =
    { $count ->
        [one] … y una línea más
        *[other] … y { $count } líneas más
    }
timeline-precision = Un punto: un día. Una barra: un mes o un año, si no se sabe más.
timeline-global = Reuniones mundiales
timeline-global-count =
    { $count ->
        [one] Una reunión mundial
        *[other] { $count } reuniones mundiales
    }
timeline-process = { $name }: reuniones en el tiempo
timeline-ministers = Ministeriales: { $count }
timeline-officials = Altos funcionarios: { $count }
timeline-others = Otras reuniones: { $count }
timeline-without-year =
    { $count ->
        [one] Falta otra reunión, cuyo año no se conoce.
        *[other] Faltan otras { $count } reuniones, cuyo año no se conoce.
    }
timeline-latest = última: { $latest }
timeline-news = Reuniones de los procesos desde { $year }
timeline-news-count =
    { $meetings ->
        [one] Una reunión con fecha
        *[other] { $meetings } reuniones con fecha
    } · { $processes ->
        [one] un proceso
        *[other] { $processes } procesos
    }
timeline-held = Celebrada
timeline-coming = Por celebrar
timeline-today = hoy
timeline-lives = Los procesos desde { $year }
timeline-open-end = Sin fin conocido: hasta la última reunión con fecha.
timeline-undated =
    { $count ->
        [one] No figura un proceso sin año de fundación conocido.
        *[other] No figuran { $count } procesos sin año de fundación conocido.
    }
reserves-title = { $name }: salvedades
reserves-none = Nada en particular.
more-title = { $name }: en detalle
field-name = Nombre
field-purpose = Objeto
field-associations = Vinculación
field-other-names = Otros nombres
field-former-names = Nombres anteriores
field-links = Enlaces
field-other-roles = Otras funciones
iom-part-processes = Por proceso
iom-part-figures = Cifras
iom-part-support = Apoyo
iom-part-basics = La OIM
iom-title-processes = La OIM en los procesos
iom-title-figures = La función de la OIM en cifras
iom-title-support = Lo que aporta la OIM
iom-title-basics = La OIM en breve
iom-secretariat-today = Secretaría hoy
iom-secretariat-shared = Secretaría compartida o alojada
button-series = Objetivos
button-back-to-meeting = La reunión
button-back-to-term = El término
button-back-to-country = El país
button-overview = Lo esencial
button-languages = Otros idiomas
button-by-region = Por región
button-served = Por proceso
term-undefined = Ninguna fuente del catálogo lo define.
about-examples = Para probar
about-examples-list =
    `/rcp info Proceso de Praga`
    `/rcp pais Kenya`
    `/rcp region Américas`
about-total =
    { $count ->
        [one] { $count } proceso
        *[other] { $count } procesos
    }
count-processes =
    { $count ->
        [one] { $count } proceso
        *[other] { $count } procesos
    }
menu-open-region = Ver otra región…
none-found-regions = Estas son las regiones del catálogo:
none-found-meetings = Estas son las reuniones mundiales, de la más reciente a la más antigua:
none-found-topics = Estos son los temas del catálogo:
search-count =
    { $count ->
        [one] { $count } resultado
        *[other] { $count } resultados
    }
search-narrowed = Solo: { $filters }

## Moderation
admin-refused = No puede moderar aquí
admin-refused-place = La moderación se hace en otro servidor. Este intento queda registrado.
admin-refused-person = Hace falta un rol o una cuenta de moderación. Este intento queda registrado.
admin-unknown = Comando desconocido
admin-unknown-help = Procede de otra versión. Reinicie Discord para recuperar los comandos actuales.
admin-reloaded = Catálogo recargado
admin-published = Cambio publicado
admin-restored = Revisión restaurada
admin-now-served = La revisión n.º { $number } está en servicio.
admin-same = Nada ha cambiado
admin-same-text = Es exactamente lo que está en servicio.
admin-only-layout = Ningún campo difiere: solo han cambiado comentarios o el formato.
admin-difference =
    { $added ->
        [0] ninguna adición
        [one] { $added } adición
        *[other] { $added } adiciones
    }, { $removed ->
        [0] ninguna supresión
        [one] { $removed } supresión
        *[other] { $removed } supresiones
    }, { $changed ->
        [0] ninguna modificación
        [one] { $changed } modificación
        *[other] { $changed } modificaciones
    }
admin-warnings =
    { $count ->
        [one] { $count } advertencia
        *[other] { $count } advertencias
    }
admin-set-aside = La carpeta de datos contenía archivos que no estaban en servicio; se guardan en { $place }, en la carpeta de estado.
admin-brought-back = Alguien había eliminado { $file } de la carpeta de datos sin recargar; el archivo vuelve a estar en ella.
admin-unwritten = No se pudo escribir toda la carpeta de datos ({ $reason }). La próxima recarga o el próximo arranque lo completará.
admin-unreloaded = La carpeta de datos contiene cambios que no están en servicio, en { $files }. Se dejan como están; recargue para ponerlos en servicio.
admin-behind = Una revisión más reciente tiene errores aquí
admin-behind-text = La revisión n.º { $number }, hecha en otro lugar, no se puede poner en servicio en esta instancia; un cambio hecho aquí la anularía. Actualice esta instancia o restaure una revisión para decidir cuál está en servicio. El primer error:
admin-unwritable-text = No se publicó nada: no se puede escribir en la carpeta de datos ({ $reason }), y lo que no pueda estar en ella se perdería.
admin-place = { $file } · línea { $line }, columna { $column }
admin-mend = → { $mend }
admin-more-errors =
    { $count ->
        [one] Hay otro error
        *[other] Hay otros { $count } errores
    } en el archivo adjunto.
admin-reason = Motivo: «{ $reason }»
admin-file = { $file }: el archivo actual
admin-file-text = tal como está en servicio. Modifíquelo y devuélvalo con `/rcp-admin verificar`.
admin-file-entry = **{ $entry }** empieza en la línea { $line }.
admin-file-built-in = El catálogo no tiene este archivo: aquí está el del programa, que lo sustituye.
admin-no-file = Nada parecido en el catálogo
admin-no-file-text = «{ $typed }» no es ni una ficha ni un archivo del catálogo. Elija entre lo que se propone al escribir.
admin-upload-unknown = No es ningún archivo del catálogo
admin-upload-errors-text =
    { $count ->
        [one] **{ $file }**: un error
        *[other] **{ $file }**: { $count } errores
    }; no se ha publicado nada.
admin-some-process = Un proceso sin identificador
admin-upload-moved = Alguien ha cambiado este mismo archivo desde entonces: publicar el suyo desharía ese cambio, como muestra la diferencia. Es mejor pedir de nuevo el archivo actual.
admin-no-face = No hay ficha que mostrar
admin-key-sources = fuentes
admin-key-notes = salvedades
admin-key-collected = fecha de recopilación
admin-file-added = { $file }: añadido
admin-file-removed = { $file }: retirado
admin-compared = De la revisión n.º { $old } a la n.º { $new }
admin-first-revision = Es la primera: ninguna la precede.
menu-revision = Ver qué cambió una revisión…
menu-compare = Comparar con otra revisión…
admin-field-notes = Por revisar
admin-note-behind = La revisión n.º { $number }, hecha en otro lugar, tiene errores aquí y no está en servicio: { $first }
admin-note-unwritten = La carpeta de datos no contiene la revisión n.º { $number }, porque no se puede escribir en ella: { $reason }
admin-note-overwrites = El almacén de las revisiones permite que una revisión sobrescriba otra: no se puede cambiar nada. Use un almacén que respete If-None-Match.
admin-note-no-folder = No hay carpeta de datos: no se puede cambiar nada.
admin-errors = Catálogo rechazado
admin-errors-text =
    { $count ->
        [one] Un error
        *[other] { $count } errores
    }; el catálogo anterior sigue en servicio.
admin-notice-more =
    { $count ->
        [one] Un error más
        *[other] { $count } errores más
    }: `rcp-bot check` los muestra todos.
admin-mended = Catálogo sin errores
admin-mended-text = La carpeta vuelve a estar sin errores y no difiere de lo que está en servicio.
admin-started = Inicio con otro catálogo
admin-no-folder = No hay carpeta de datos
admin-no-folder-text = No hay carpeta de datos, así que no se puede cambiar nada. Inicie el bot con --data.
admin-overtaken = Alguien se ha adelantado
admin-overtaken-text = Desde que se escribió este mensaje está en servicio otro catálogo; no se ha hecho nada y no se ha perdido nada. Esto es lo que está en servicio ahora:
admin-apart = La carpeta de datos tiene cambios propios
admin-apart-text = Se hizo una revisión en otro lugar mientras esta carpeta contiene cambios que no están en servicio. Recargue primero para ver las diferencias.
admin-gone = Este cambio ya no se conserva
admin-gone-text = Ya se publicó o se descartó, o esperaba desde hacía más de siete días. Hágalo de nuevo.
admin-no-revision = Revisión no encontrada
admin-no-revision-text = No hay ninguna revisión «{ $number }». Elija una de las que se ofrecen al escribir.
admin-not-recorded = No se ha hecho nada: no se puede escribir el registro
admin-store = El registro de revisiones no se puede usar
admin-folder = La carpeta no se puede leer o escribir
admin-upload-foreign = Este archivo no procede de Discord
admin-upload-too-large = Este archivo es demasiado grande
admin-upload-lost = No se pudo recibir el archivo
admin-upload-not-kept = No se pudo guardar el archivo
admin-upload-help = Adjunte un archivo del catálogo tal como lo da /rcp-admin archivo, de { $size } KiB como máximo. Se reconoce por su contenido, sea cual sea su nombre.
admin-upload-errors = Archivo rechazado
admin-upload-same = Este archivo ya está en servicio
admin-upload-same-text = **{ $process }**: este archivo es exactamente el del catálogo.
admin-upload = ¿Publicar este cambio?
admin-upload-good = **{ $process }** ({ $file }): sin errores. Todavía no se ha publicado nada.
admin-discarded = Cambio descartado
admin-cancelled = No se ha cambiado nada
admin-restore = ¿Restaurar la revisión n.º { $number }?
admin-restore-text = Será una revisión nueva, y la carpeta de datos volverá a tener sus archivos. Lo que cambiaría:
admin-history = Historial
admin-history-empty = Todavía no hay ninguna revisión.
admin-served = · en servicio
admin-damaged = **{ $number }** · dañada
admin-status = Estado
admin-loaded = cargado { $when }
admin-counts = { $processes } procesos, { $organisations } organizaciones, { $countries } países, { $meetings } reuniones mundiales, { $terms } términos
admin-interactions = { $answered } respondidas, { $failed } fallidas
admin-broken =
    { $count ->
        [one] Un error
        *[other] { $count } errores
    }: la carpeta no está en servicio tal como está. El primero:
admin-no-warnings = ninguna
admin-field-catalogue = Catálogo
admin-field-broken = Carpeta de datos
admin-field-counts = Contenido
admin-field-uptime = Iniciado
admin-field-interactions = Interacciones
admin-field-memory = Memoria
admin-field-shards = Conexiones con Discord
admin-field-warnings = Advertencias ({ $count })
admin-by-start = el programa
admin-by-signal = un operador
admin-by-watch = carpeta modificada
admin-by-other = otra instancia
admin-why-start = arranque
admin-why-reload = recarga
admin-why-publish = publicación de { $process }
admin-why-restore = restauración de la revisión { $number }
admin-why-merge = fusión con los datos de la nueva versión
admin-result-begun = iniciado
admin-result-done = hecho
admin-result-unchanged = nada que hacer
admin-result-refused = rechazado
admin-result-overtaken = otro se adelantó
admin-result-failed = fallido
admin-button-publish = Publicar
admin-button-card = Ver la ficha
admin-button-discard = Descartar
admin-button-restore = Restaurar
admin-button-cancel = Cancelar
admin-button-again = Volver a ver la diferencia
admin-button-difference = Ver la diferencia
admin-button-restore-one = Restaurar la n.º { $number }…
admin-button-history = Historial
command-rcp-admin = Mantener el catálogo al día
command-recharger = Leer de nuevo la carpeta de datos y servirla si no tiene errores
command-verifier = Verificar un archivo del catálogo, ver qué cambia, publicarlo
command-historique = Las revisiones del catálogo: qué cambió, por quién, cuándo, por qué
command-retablir = Volver a una revisión anterior
command-etat = Qué está en servicio y cómo va el bot
option-fichier = Un archivo del catálogo, reconocido por su contenido
option-revision = El número de una revisión
command-fichier = Recibir el archivo actual de una ficha o de una tabla
option-contenu = Un proceso, una organización, un país, una reunión… o un archivo entero
option-raison = Por qué este cambio: se guarda con la revisión
option-avec = Otra revisión, para compararla con la primera

## The files of the catalogue
file-organisations = Organizaciones
file-countries = Países
file-meetings = Reuniones mundiales
file-topics = Temas
file-glossary = Glosario
file-regions = Regiones
file-iom = Función de la OIM
file-general = Datos generales sobre los PRC
file-questions = Cómo se formulan las preguntas
file-messages = Textos del bot ({ $language })

## The rules of the catalogue: what is wrong where one is broken
rule-unreadable = falta un archivo o una carpeta, o no se puede leer
rule-too-large = el archivo es demasiado grande
rule-not-text = el archivo no es texto en UTF-8
rule-syntax = el archivo no es TOML
rule-type = el valor no tiene la forma esperada
rule-unknown-key = esta clave no existe en este lugar
rule-newer-key = esta versión del programa no lee esta clave
rule-missing-key = falta una clave obligatoria
rule-date = la fecha no existe o no tiene la forma correcta
rule-date-order = hay fechas que no están en orden
rule-year-range = el año queda fuera de lo posible
rule-empty-text = un texto está vacío
rule-control-character = el texto tiene un carácter invisible o un espacio en un extremo
rule-markup = el texto tiene formato o una dirección
rule-mention = el texto podría mencionar a alguien
rule-too-long = el texto es demasiado largo
rule-bad-emoji = no es un solo emoji
rule-conflict-copy = el archivo es una copia de otro
rule-bad-url = la dirección web no está completa
rule-bad-id = el identificador no tiene la forma correcta o no es el del archivo
rule-duplicate-id = un identificador aparece dos veces
rule-duplicate-name = un nombre ya designa otra entrada
rule-duplicate-item = un elemento aparece dos veces en la lista
rule-unknown-process = este proceso no está en el catálogo
rule-unknown-region = esta región no está en el catálogo
rule-unknown-organisation = esta organización no está en el catálogo
rule-unknown-country = este país no está en la lista
rule-unknown-topic = este tema no está en la lista
rule-missing-file = falta un archivo; se usa el del programa
rule-theme-without-topic = este tema no pertenece a ninguno de la lista
rule-bad-country-code = no es un código de país (ISO 3166-1)
rule-member-and-observer = el mismo participante es miembro y observador
rule-count-differs = el número no coincide con la lista
rule-inconsistent = dos partes de la ficha se contradicen
rule-unsupported = ninguna fuente respalda lo que se dice
rule-bad-message = el mensaje no se puede decir tal como está
rule-message-syntax = el archivo de mensajes no es Fluent
rule-missing-message = faltan mensajes; los del programa los sustituyen
rule-unknown-message = el bot no dice este mensaje
rule-incomplete-message = al mensaje le falta un valor o una forma
rule-unknown-file = el archivo no es del catálogo y no se lee
rule-editor-syntax = muchos editores rechazan esta forma de escribir
rule-future-facts = los datos llevan fecha posterior a hoy; ¿está bien el reloj?
rule-stale-facts = los datos se recopilaron hace más de un año
rule-old-chair = hace años que no se confirma la presidencia
rule-doubtful-text = el texto está dañado, solo ocupa un lugar, o acaba con un signo de más
rule-later-than-collected = una fecha es posterior al día de la recopilación
rule-missing-translation = falta un idioma
rule-uncited-source = la fuente no respalda ninguna afirmación
rule-http-link = la dirección no está cifrada (http)

## The rules of the catalogue: how each is mended
mend-unreadable =
    { $case ->
        [newer] Actualice el programa aquí: una versión más reciente escribió esta revisión. O restaure otra.
       *[other] Ponga el archivo en su sitio, legible para el bot.
    }
mend-too-large = Mantenga cada archivo por debajo de 1 MiB.
mend-not-text = Guarde el archivo en UTF-8 («Guardar como», codificación UTF-8).
mend-syntax =
    { $case ->
        [near] ¿Quiso decir «{ $value }»?
        [straight] Escriba comillas rectas: "texto".
        [space] Escriba un espacio normal en lugar del espacio de no separación.
        [line-ends] Guarde el archivo con los finales de línea de Unix o de Windows.
        [quotes] Ponga la fecha entre comillas: "{ $value }".
        [twice] Una clave figura una sola vez en su tabla: elimine o cambie de nombre una de las dos.
        [comment] Escriba # delante de un comentario.
        [invisible] Elimine el carácter invisible; al copiar de una página web se cuela.
        [equals] Escriba un signo igual después de la clave, y no dos puntos.
        [nothing] Elimine la clave de la que no se sabe nada.
        [bracket] El corchete abierto en la línea { $value } quizá no está cerrado.
        [marks] Conserve una de las dos versiones entre <<<<<<< y >>>>>>>, y elimine las líneas de esas marcas.
        [inner] Dentro de un texto escriba «…» o \"; el texto entero va entre " y ".
        [open] Cierre el texto con { $value } al final.
        [boolean] Escriba true o false, en minúsculas y sin comillas.
        [once] Hay una sola tabla [{ $value }]: elimine una de las dos, o reúna lo que contienen.
        [pasted] El archivo entero figura aquí dos veces: elimine una de las dos copias y conserve lo correcto.
        [write] Escriba: { $value }
        [several] Escriba [[{ $value }]] encima de cada una si hay varias, o reúnalas bajo [{ $value }].
        *[other] Escriba: clave = "texto", las listas entre [ ], las tablas entre llaves o bajo un [título].
    }
mend-type =
    { $case ->
        [near] ¿Quiso decir «{ $value }»?
        [allowed] Escriba uno de estos valores: { $value }.
        [boolean] Escriba true o false, sin comillas.
        [number] Escriba el número en cifras, sin comillas.
        [digits] Revise las cifras: puede llegar hasta { $value }.
        [write] Escriba: { $value }
        [table] Escriba el título { $value }, y debajo las claves.
        [languages] Escríbalo en cada idioma: { "{" } fr = "…", en = "…", es = "…" { "}" }
        *[other] Textos y fechas entre "comillas", listas entre [ ], números sin comillas.
    }
mend-unknown-key =
    { $case ->
        [above] Es una clave de todo el archivo: póngala encima del primer título.
        [below] Su lugar está debajo de { $value }: póngala ahí.
        [heading] Es una tabla de todo el archivo: escríbala bajo su propio título { $value }.
        *[other] ¿Quiso decir «{ $value }»?
    }
mend-newer-key = Elimínela, salvo que una versión más reciente del programa la lea.
mend-missing-key =
    { $case ->
        [several] Añada una tabla { $value }.
        [top] Añada { $value } encima del primer título.
        [above] Es una clave de todo el archivo: póngala encima del primer título.
        [below] Su lugar está debajo de { $value }: póngala ahí.
        [heading] Es una tabla de todo el archivo: escríbala bajo su propio título { $value }.
        *[other] Añada { $value } aquí.
    }
mend-date =
    { $case ->
        [quotes] Ponga la fecha entre comillas: "{ $value }".
        [either] Escriba una de estas: { $value }; la segunda es un período con un extremo abierto.
        [near] Escriba "{ $value }".
        *[other] Escriba lo que se sabe: "2026", "2026-11" o "2026-11-23", o un período con / entre ambos.
    }
mend-date-order = Revise las fechas; las reuniones van de la más antigua a la más reciente.
mend-year-range = Revise las cifras del año.
mend-empty-text = Escriba el texto, o elimine la clave.
mend-control-character = Escríbalo en una línea, sin tabulaciones ni caracteres invisibles; al copiar de una página web se cuelan.
mend-markup = Escriba texto sencillo, sin * _ ~ ` | > # ni direcciones; una dirección va en una fuente o en website.
mend-mention = Escríbalo sin @ y sin <…>.
mend-too-long = Acórtelo a { $value } caracteres como máximo, o divídalo si la clave es una lista.
mend-bad-emoji = Escriba un solo emoji, por ejemplo 🌍.
mend-conflict-copy = Compare los dos, conserve lo correcto en el original y retire la copia.
mend-bad-url = Escríbala como la muestra el navegador, a partir de https://.
mend-bad-id = Escríbalo como processus-de-quito (a a z, 0 a 9, guiones); es el nombre del archivo y no cambia nunca.
mend-duplicate-id = Dé a cada entrada su propio identificador.
mend-duplicate-name =
    { $case ->
        [named] También es un nombre de «{ $value }»: cambie uno de los dos, o inscríbalo en shared_names de ambos.
        *[other] Consérvelo en una de las dos entradas.
    }
mend-duplicate-item = Elimine uno de los dos.
mend-unknown-process =
    { $case ->
        [near] ¿Quiso decir «{ $value }»?
        *[other] Escriba el identificador de un proceso del catálogo, o añádalo antes.
    }
mend-unknown-region =
    { $case ->
        [near] ¿Quiso decir «{ $value }»?
        *[other] Escriba un identificador de regions.toml, o añádalo antes.
    }
mend-unknown-organisation =
    { $case ->
        [near] ¿Quiso decir «{ $value }»?
        *[other] Escriba un identificador de organisations.toml, o añádalo antes.
    }
mend-unknown-country =
    { $case ->
        [near] ¿Quiso decir «{ $value }»?
        *[other] Escriba un código de countries.toml, o añádalo antes.
    }
mend-unknown-topic =
    { $case ->
        [near] ¿Quiso decir «{ $value }»?
        *[other] Escriba un identificador de topics.toml, o añádalo antes.
    }
mend-bad-country-code = Escriba las dos letras mayúsculas del código ISO 3166-1.
mend-member-and-observer = Retírelo de una de las dos listas.
mend-count-differs = Corrija el número o la lista, o diga por qué en note.
mend-inconsistent =
    { $case ->
        [region] Un foro interregional tiene la región "interregional" y nombra las demás en touches; un proceso regional tiene su región.
        [status] Escriba value = "unknown" con basis = "silence", o el estado y en qué se basa.
        [chair] Retire none, o a quienes ejercen la presidencia.
        [secretariat] provided tiene al menos un proveedor, shared dos o más, none ninguno.
        *[other] Haga que las dos partes concuerden.
    }
mend-unsupported =
    { $case ->
        [statement] Añada "{ $value }" a supports de la fuente que lo dice, o retire la afirmación.
        *[other] Añada una fuente con su dirección.
    }
mend-bad-message = Use solo valores y mensajes que existan, dentro de la longitud de su lugar; el texto del programa sirve de modelo.
mend-message-syntax = Escriba: clave = texto, las demás líneas con sangría de espacios; { "{" } $name { "}" } para un valor; cada clave una sola vez.
mend-missing-file = Nada que hacer, salvo para modificarlo: copie entonces el del programa.
mend-theme-without-topic = Añada topics = ["…"] con identificadores de topics.toml.
mend-missing-message = Nada que hacer, salvo para modificarlos: tómelos entonces del programa.
mend-unknown-message = Puede venir de otra versión; no hace daño.
mend-incomplete-message = Retome los valores y las formas del texto del programa.
mend-unknown-file = Cámbiele el nombre si debe leerse, o muévalo.
mend-editor-syntax = Escriba las tablas entre llaves en una línea, sin coma final, y guarde sin marca de orden (BOM).
mend-future-facts = Ajuste el reloj, o escriba el día en que se leyeron las fuentes.
mend-stale-facts = Relea las fuentes y ponga la nueva fecha.
mend-old-chair = Busque la presidencia actual y ponga as_of.
mend-doubtful-text =
    { $case ->
        [end] Quite la puntuación final, que es la de una frase.
        [garbled] Escriba las letras como en la fuente; guarde y abra los archivos en UTF-8.
        *[other] Escriba el texto, o elimine la clave.
    }
mend-later-than-collected = Revise la fecha, o actualice collected.
mend-missing-translation = Añada el texto en el idioma que falta.
mend-uncited-source = Diga en supports qué respalda la fuente.
mend-http-link = Escriba https:// si el sitio lo ofrece.

## Formularios de /rcp-admin editar
command-modifier = Cambiar una ficha con un formulario: presidencia, reunión, estado, miembros…
option-quoi = Qué cambia
admin-button-form-again = Volver al formulario
form-kind-chair = presidencia
form-kind-meeting = nueva reunión
form-kind-status = estado
form-kind-members = miembros
form-kind-observers = observadores
form-kind-staff = secretaría
form-kind-site = sitio web
form-kind-note = nueva salvedad
form-kind-topic = nuevo tema
form-kind-held = presidencia, sigue vigente
form-kind-joined = miembros, siguen siendo los mismos
form-kind-stands = estado, sigue siendo exacto
form-kind-seen = ficha, sigue siendo exacta
form-kind-global = nueva reunión mundial
form-kind-past = fecha, lugar, resultados
form-kind-series = reuniones mundiales, siguen siendo exactas
form-title-chair = Presidencia: { $name }
form-title-meeting = Reunión: { $name }
form-title-status = Estado: { $name }
form-title-members = Miembros: { $name }
form-title-observers = Observadores: { $name }
form-title-staff = Secretaría: { $name }
form-title-site = Sitio web: { $name }
form-title-note = Salvedad: { $name }
form-title-topic = Tema: { $name }
form-title-held = Sigue vigente: { $name }
form-title-joined = Miembros sin cambios: { $name }
form-title-stands = Estado sin cambios: { $name }
form-title-seen = Sigue siendo exacto: { $name }
form-title-global = Nueva reunión mundial
form-title-past = Se celebró: { $name }
form-title-series = Sigue siendo exacto: { $name }
form-now = Actualmente: { $who }
form-field-url = Fuente: dirección de la página
form-field-url-example = https://… donde se dice
form-field-date = Fecha de la fuente
form-field-date-example = 31 de enero de 2026, si la lleva
form-field-date-required-example = 31 de enero de 2026
form-field-who = Quién: países u organizaciones
form-field-who-example = Suiza; o «ninguno»
form-field-since = Desde cuándo, o para qué mandato
form-field-since-example = fines de enero de 2026; 2026-2027
form-field-rule = Regla de rotación
form-field-rule-example = por ejemplo: cada año, por turnos
form-field-title = Título (fr:, en:, es: en tres líneas)
form-field-title-example = es: reunión de altos funcionarios
form-field-when = Fecha de la reunión
form-field-when-example = 24–25 de septiembre de 2024; vacío si no se conoce
form-field-when-required-example = 24–25 de septiembre de 2024
form-field-venue = Ciudad y país (fr:, en:, es:)
form-field-venue-example = Ginebra, Suiza; o «en línea»
form-field-outcome = Un resultado (fr:, en:, es:)
form-field-outcome-example = es: acuerdo sobre posiciones comunes
form-field-place = Lugar (fr:, en:, es: en tres líneas)
form-field-place-example = Ginebra; o «en línea»
form-field-status = Estado
form-field-status-example = activo, emergente, inactivo, desconocido
form-field-basis = Según qué
form-field-basis-example = sus reuniones; la lista de la OIM; la página de la OIM
form-field-note = Explicación (fr:, en:, es:)
form-field-note-example = Cómo se sabe, o por qué es dudoso
form-field-join = Quién se suma
form-field-join-example = Brasil, Chile
form-field-leave = Quién se retira
form-field-leave-example = Rwanda
form-field-website = Dirección del sitio web
form-field-website-example = https://…
form-field-kind = Tipo de salvedad
form-field-kind-example = desacuerdo, duda o contexto
form-field-about = Sobre qué
form-field-about-example = presidencia, miembros, reuniones…
form-field-text = Texto (fr:, en:, es: en tres líneas)
form-field-text-example = es: Dos fuentes se contradicen: …
form-field-theme = Tema (fr:, en:, es: en tres líneas)
form-field-theme-example = es: trabajo decente
form-field-topics = Temas de la lista cerrada
form-field-topics-example = migración laboral, asilo
form-note-conflict = desacuerdo
form-note-doubt = duda
form-note-context = contexto
form-global-name = { $number }.ª Reunión Mundial de los MCIM
form-no-process-text = Elija un proceso entre los que se proponen al escribir.
form-only-meetings = Un formulario admite una reunión nueva («nueva reunión»), o la fecha, el lugar y los resultados de la que usted elija por su nombre. Para lo demás: /rcp-admin archivo contenido:`meetings.toml`.
form-gone = Esta ficha ya no existe
form-gone-text = Estaba en servicio cuando se abrió el formulario. No se cambió nada; lo que escribió va adjunto.
form-report-gone = Este aviso ya no existe
form-report-gone-text = No se cambió nada. Abra el formulario con /rcp-admin editar; lo que había escrito, si lo había, va adjunto.
form-draft-gone = Lo que se había escrito ya no se guarda
form-draft-gone-text = Un formulario rechazado solo se guarda un día. Abra uno nuevo con /rcp-admin editar.
form-overtaken-text = Desde que se abrió este formulario, «{ $what }» ha cambiado para { $name }. No se hizo nada y no se pierde nada: vuelva al formulario para ver lo que se dice ahora, con lo que había escrito.
form-wrong = { $name }: por corregir
form-wrong-empty = falta rellenarlo.
form-wrong-long = { $typed } caracteres como máximo.
form-wrong-date = «{ $typed }» no es una fecha. Escriba «abril de 2026», «24–25 de septiembre de 2024» o «2026».
form-wrong-day = «{ $typed }»: ese día no existe.
form-wrong-year = «{ $typed }»: ¿de qué año?
form-wrong-order = «{ $typed }» termina antes de empezar.
form-wrong-ahead = esta fecha está por venir.
form-wrong-before-present-chair = quien preside ahora ejerce { $typed }: quien le sucede no pudo empezar antes. Corrija esta fecha; si la presidencia actual empezó antes, envíe primero este formulario para ella, con su fecha.
form-wrong-before-founding = el proceso se fundó después ({ $typed }). Corrija esta fecha.
form-wrong-undated = falta rellenarlo: ese día ya pasó, y la fecha de la fuente dice si la reunión se celebró o solo estaba anunciada.
form-wrong-two-countries = «{ $typed }» está en otro país que la línea anterior.
form-wrong-out-of-order = las reuniones numeradas no quedarían en orden cronológico. Compruebe la fecha, o el número en el título.
form-wrong-no-outcome-yet = una reunión que está por venir aún no tiene resultados.
form-wrong-url = «{ $typed }» no es una dirección. Empieza por https:// y no contiene espacios.
form-wrong-unknown = «{ $typed }» no está en el catálogo.
form-wrong-several = «{ $typed }» puede designar varias cosas.
form-wrong-choice = «{ $typed }» no sirve. Elija: { $known }.
form-wrong-takes-part = { $typed } ya participa.
form-wrong-takes-no-part = { $typed } no participa.
form-wrong-both = { $typed } no puede sumarse y retirarse a la vez.
form-wrong-same = la ficha ya lo dice. Para confirmarlo con una fuente: /rcp-admin revision, «Visto, sigue siendo cierto».
form-wrong-nothing = la ficha no dice nada de ello.
form-wrong-file = el archivo no puede cambiarse así ({ $typed }). Use /rcp-admin verificar.
form-near = Quizá: { $known }.
form-lacking = Falta: { $languages }. Los lectores de esos idiomas verán otro idioma.
form-former-not-kept = La presidencia anterior era una organización: el historial solo guarda países.
form-unnumbered = Figura entre las reuniones relacionadas, sin número. Si es la siguiente de la serie, escriba { $number } en su título.
form-series-notes = Relea las salvedades sobre la serie: hablan de sus reuniones.

## Señalar un error
button-report = Señalar un error
report-title = Señalar un error
report-wrong = ¿Qué es incorrecto?
report-wrong-example = Suiza preside desde enero de 2026
report-url = ¿Dónde se dice? (dirección, opcional)
report-url-example = https://…
report-thanks = Gracias
report-thanks-text = Lo que señala de { $name } se ha transmitido a los moderadores. Se le avisará en privado, si Discord lo permite.
report-refused = No se transmitió nada
report-gone = Esta ficha ya no existe.
report-empty = Diga en pocas palabras qué es incorrecto.
report-too-many = Hoy ya ha señalado tres errores. Vuelva mañana.
report-full = Ya esperan demasiados avisos. Vuelva dentro de unos días.
report-not-kept = El aviso no se pudo guardar. Inténtelo más tarde.
report-nobody = Este bot no tiene moderadores a quienes transmitirlo.
report-settled = Su aviso está resuelto
report-settled-text = Los moderadores han tratado lo que usted señaló de { $name }: «{ $text }». Gracias.

## /rcp-admin revision
command-revue = Lo que hay que mirar: antiguo, señalado, buscado en vano
menu-review = Abrir…
menu-forms = Otro cambio…
admin-button-seen = Visto, sigue siendo cierto
admin-button-settled = Resuelto
admin-button-decided = Decidido
admin-report-settled = 🚩 El aviso queda resuelto; se comunica a quien lo hizo.
admin-button-later = Ahora no
admin-button-site = Sitio web
review-title =
    { $count ->
        [0] Revisión
        [one] Revisión: { $count } cosa que mirar
        *[other] Revisión: { $count } cosas que mirar
    }
review-title-process =
    { $count ->
        [0] { $name }
        [one] { $name }: { $count } cosa que mirar
        *[other] { $name }: { $count } cosas que mirar
    }
review-item-title = Para mirar
review-nothing = Nada que mirar por ahora.
review-incomplete = No se pudieron leer los avisos: la lista está incompleta.
review-report = 🚩 { $name }: «{ $text }»
review-chair-over = 🪑 { $name }: mandato terminado ({ $who }, { $date })
review-chair-unseen = 🪑 { $name }: presidencia no revisada desde hace tiempo ({ $who }, { $date })
review-meeting = 📅 { $name }: «{ $title }» ({ $date }) estaba anunciada y su fecha ha pasado
review-status = 📊 { $name }: estado «{ $status }», nada reciente lo confirma ({ $date })
review-status-undated = 📊 { $name }: estado «{ $status }», ninguna fuente con fecha
review-quiet = 📅 { $name }: sin reunión conocida desde hace tiempo ({ $date })
review-members = 👥 { $name }: miembros no vistos desde hace tiempo ({ $date })
review-members-undated = 👥 { $name }: miembros, ninguna fuente con fecha
review-conflict = 🔀 { $name }: «{ $what }» cambió aquí y en la nueva versión
review-conflict-file = todo el archivo
review-conflict-mine = Aquí, en la fusión: { $value }
review-conflict-theirs = Nueva versión: { $value }
review-conflict-text = Se ha mantenido lo que estaba en servicio. Si publica el valor de la nueva versión, este punto desaparece solo; si no, márquelo como «Decidido».
review-by-file = Para cambiarlo: /rcp-admin archivo contenido:{ $file }, luego /rcp-admin verificar.
review-old = 🕰️ { $name }: ficha recopilada el { $date }
review-vain =
    { $count ->
        [one] 🔎 «{ $text }»: buscado { $count } vez en vano
        *[other] 🔎 «{ $text }»: buscado { $count } veces en vano
    }
review-vain-text = Otro nombre (aliases) en una ficha, o un término del glosario, haría que se encontrara: /rcp-admin archivo.
review-silent =
    { $count ->
        [one] 🔗 { $name }: { $count } fuente ha desaparecido
        *[other] 🔗 { $name }: { $count } fuentes han desaparecido
    }
review-bare =
    { $count ->
        [one] 🔓 { $name }: { $count } fuente sin https
        *[other] 🔓 { $name }: { $count } fuentes sin https
    }
