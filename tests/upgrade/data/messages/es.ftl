### Lo que dice el bot en español. Todos los idiomas tienen las mismas claves; «rcp-bot check» lo comprueba.

## Languages and common words
labelled = { $label }: { $text }
own-name = Español
language-fr = Francés
language-en = Inglés
language-es = Español
not-known = no se sabe
not-listed = No se encontró la lista.
undated = sin fecha
online = en línea
former = pasado
name-is-ours = *Nombre traducido por nosotros.*
wording-is-ours = *traducido por nosotros*

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
as-of = a fecha de { $date }
since = inicio: { $date }
chair-term = mandato: { $date }

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
basis-silence = ninguna fuente lo dice

## Fields of cards
field-region = Región
field-status = Estado
field-status-note = Sobre este estado
field-since = Desde
field-ended = Fin
field-chair = Presidencia
field-former-chairs = Presidencias anteriores
field-secretariat = Secretaría
field-iom-role = Función de la OIM
field-members = Miembros
field-members-count = Miembros ({ $count })
field-observers = Observadores
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
field-date = Fecha
field-place = Lugar
field-hosts = Anfitriones
field-theme = Tema
field-attendance = Participación
field-present = Procesos presentes
field-topics = Asuntos tratados
field-outcomes = Resultados
field-background = Contexto
field-variants = Otras formas
footer =
    Fuente: { $first }{ $others ->
        [0] {""}
        [one] {" "}y { $others } más
        *[other] {" "}y { $others } más
    } · Datos recopilados el { $date }
footer-derived = Fuentes: las de los procesos citados · Datos recopilados el { $date }

## Chairs and secretariats
chair-none = Sin presidencia
secretariat-provided = secretaría asumida
secretariat-shared = secretaría compartida
secretariat-own = secretaría propia
secretariat-support-unit = unidad de apoyo
secretariat-none = Sin secretaría
secretariat-interim = con carácter interino
secretariats-title = Quién ejerce las secretarías
secretariats-intro = A petición de los Estados miembros, una organización puede ejercer la secretaría de un proceso. 🤝: con otras.
secretariats-unknown = Sin secretaría conocida
secretariats-unknown-count =
    { $count ->
        [one] { $count } proceso
        *[other] { $count } procesos
    }: ninguna fuente lo dice.
line-secretariat = secretaría: { $names }
line-members =
    { $count ->
        [one] { $count } miembro
        *[other] { $count } miembros
    }
serves-none = Ningún proceso del catálogo.
serves-chair = Preside
serves-secretariat = Ejerce la secretaría
serves-association = Institución de vinculación
serves-member = Miembro
serves-observer = Observadora
serves-partner = Asociada
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
role-partner = Asociados
role-adviser = Asesores
role-supporter = Apoyos
role-funder = Financiadores
role-invited = Invitados
role-candidate = Candidatos
role-founder = Fundadores
role-former-member = Antiguos miembros
role-note = { $role }: precisión
members-title = { $name }: participantes
sources-title = { $name }: fuentes
tie-chair = preside
tie-secretariat = ejerce la secretaría
tie-association = vinculación
tie-member = miembro
tie-observer = observador
tie-partner = asociado
tie-adviser = asesor
tie-supporter = apoyo
tie-funder = financiador
tie-invited = invitado
tie-candidate = candidato
tie-founder = fundador
tie-former-member = antiguo miembro
country-member =
    { $count ->
        [one] miembro de { $count } proceso
        *[other] miembro de { $count } procesos
    }
country-observer =
    { $count ->
        [one] observador de { $count } proceso
        *[other] observador de { $count } procesos
    }
country-none = Ningún proceso del catálogo cita este país.
country-chairs = Presidencias
country-caution = Varios procesos no tienen una lista de miembros conocida: este país puede participar en otros.

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
iom-figures = En cifras
iom-by-role = Procesos por función
iom-basics = La OIM en breve
iom-role-secretariat = Secretaría
iom-role-joint-secretariat = Secretaría compartida
iom-role-secretariat-support = Apoyo a la secretaría
iom-role-host = Acogida de la secretaría
iom-role-member = Miembro
iom-role-observer = Observadora
iom-role-partner = Asociada

## Regions
region-empty = Ningún proceso le pertenece.
region-touching = 🌐 Foros interregionales que la abarcan

## Global meetings
meetings-intro = { $count } reuniones, de { $first } a { $last }, { $rhythm }.
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
nothing-typed-process = ¿Qué proceso?
nothing-typed-region = ¿Qué región?
nothing-typed-country = ¿Qué país?
nothing-typed-organisation = ¿Qué organización?
nothing-typed-meeting = ¿Qué reunión?
nothing-typed-term = ¿Qué término?
none-found-nearest = ¿Quiso decir:
none-found-help = Pruebe con un nombre, una sigla o algunas palabras; las sugerencias al escribir ayudan.
search-title = Búsqueda: { $typed } ({ $count })
search-none = Nada encontrado para «{ $typed }»
search-none-help = Pruebe con otras palabras o con menos filtros.

## Buttons and menus
button-members = Miembros
button-sources = Fuentes
button-share = Compartir
button-website = Sitio web
button-iom-page = Página de la OIM
button-iom = Función de la OIM
button-meetings = Reuniones mundiales
button-organisation = La organización
button-all-secretariats = Todas las secretarías
button-all-meetings = Todas
button-all-terms = Glosario
button-back-to-card = Volver a la ficha
button-report = Informe
page-of = { $page } / { $pages }
menu-open = Abrir…
menu-open-process = Abrir un proceso…
menu-open-interregional = Abrir un foro interregional…
menu-open-country = Abrir un país miembro…
menu-open-organisation = Abrir una organización…
menu-open-meeting = Abrir una reunión…
menu-open-term = Abrir un término…
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
command-secretariats = Quién ejerce la secretaría de qué proceso
command-oim = La función de la OIM en los procesos
command-reunions = Las reuniones mundiales de los procesos
command-recherche = Buscar en todo el catálogo
command-glossaire = Los términos del ámbito en tres idiomas
command-apropos = Qué son estos procesos y de dónde vienen las respuestas
option-region = Una región del mundo
option-processus = Un nombre, una sigla o algunas palabras
option-pays = Un país o territorio
option-organisation = Una organización
option-reunion = Una reunión: número, año o ciudad
option-texte = Lo que busca
option-statut = Solo los procesos de este estado
option-terme = Un término, en cualquiera de los tres idiomas
option-langue = El idioma de la respuesta
option-discret = Responder solo a mí
option-pour = Una persona a quien dirigir la respuesta

## Moderation
admin-refused = No puede moderar aquí
admin-refused-place = La moderación se hace en otro servidor. Este intento queda registrado.
admin-refused-person = Hace falta un rol o una cuenta de moderación. Este intento queda registrado.
admin-unknown = Comando desconocido
admin-unknown-help = Procede de otra versión. Reinicie Discord para recuperar los comandos actuales.
admin-reloaded = Catálogo recargado
admin-published = Archivo publicado
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
admin-unwritten = No se pudo escribir toda la carpeta de datos ({ $reason }). La próxima recarga o el próximo arranque lo completará.
admin-errors = Catálogo rechazado
admin-errors-text =
    { $count ->
        [one] Un error
        *[other] { $count } errores
    }; el catálogo anterior sigue en servicio. Todos están en el archivo adjunto; este es el primero:
admin-notice-errors =
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
admin-no-folder-text = Está en servicio el catálogo incluido en el programa, que no se puede cambiar. Inicie el bot con --data.
admin-overtaken = Alguien se ha adelantado
admin-overtaken-text = Desde que se escribió este mensaje está en servicio otro catálogo; no se ha hecho nada y no se ha perdido nada. Esto es lo que está en servicio ahora:
admin-apart = La carpeta de datos tiene cambios propios
admin-apart-text = Se hizo una revisión en otro lugar mientras esta carpeta contiene cambios que no están en servicio. Recargue primero para ver las diferencias.
admin-gone = Este archivo ya no se guarda
admin-gone-text = Los archivos en espera solo se guardan unos días. Verifíquelo de nuevo.
admin-no-revision = Revisión no encontrada
admin-no-revision-text = No hay ninguna revisión «{ $number }». Elija una de las que se ofrecen al escribir.
admin-not-recorded = No se ha hecho nada: no se puede escribir el registro
admin-store = El registro de revisiones no se puede usar
admin-folder = La carpeta no se puede leer o escribir
admin-upload-not-toml = No es un archivo .toml
admin-upload-foreign = Este archivo no procede de Discord
admin-upload-too-large = Este archivo es demasiado grande
admin-upload-lost = No se pudo recibir el archivo
admin-upload-not-kept = No se pudo guardar el archivo
admin-upload-help = Adjunte el archivo TOML de un solo proceso, de { $size } KiB como máximo.
admin-upload-errors = Archivo rechazado
admin-upload-same = Este archivo ya está en servicio
admin-upload-same-text = El archivo de «{ $process }» es exactamente el del catálogo.
admin-upload-good = **Esta sería la ficha de «{ $process }».** Todavía no se ha publicado nada.
admin-discarded = Archivo descartado
admin-cancelled = No se ha cambiado nada
admin-restore = ¿Restaurar la revisión n.º { $number }?
admin-restore-text = Será una revisión nueva, y la carpeta de datos volverá a tener sus archivos. Lo que cambiaría:
admin-history = Historial
admin-history-empty = Todavía no hay ninguna revisión.
admin-served = ← en servicio
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
admin-by-watch = la vigilancia de la carpeta
admin-by-other = otra instancia
admin-why-start = arranque
admin-why-reload = recarga
admin-why-publish = publicación de { $process }
admin-why-restore = restauración de la revisión { $number }
admin-result-begun = iniciado
admin-result-done = hecho
admin-result-unchanged = nada que hacer
admin-result-refused = rechazado
admin-result-overtaken = otro se adelantó
admin-result-failed = fallido
admin-button-publish = Publicar
admin-button-discard = Descartar
admin-button-restore = Restaurar
admin-button-cancel = Cancelar
admin-button-again = Publicar de todos modos
command-rcp-admin = Mantener el catálogo al día
command-recharger = Leer de nuevo la carpeta de datos y servirla si no tiene errores
command-verifier = Verificar el archivo de un proceso, ver su ficha, publicarlo
command-historique = Las revisiones del catálogo: quién, cuándo, por qué
command-retablir = Volver a una revisión anterior
command-etat = Qué está en servicio y cómo va el bot
option-fichier = El archivo TOML de un proceso
option-revision = El número de una revisión
