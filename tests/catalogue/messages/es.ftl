### Lo que dice el bot en español: unas pocas frases, para las pruebas.

undated = sin fecha
button-share = Compartir
country-member =
    { $count ->
        [one] miembro de { $count } proceso
        *[other] miembro de { $count } procesos
    }
