namespace FollowUp.Understanding;

/// <summary>Spanish.</summary>
internal static class Spanish
{
    public static Language Language { get; } = new()
    {
        Code = "es",
        Telling = ["el", "la", "los", "las", "que", "de", "en", "un", "una", "por", "para", "no", "si", "me", "te", "mi", "tu", "su", "es", "esta", "estoy", "con", "puedo", "puede", "llamame", "manana", "hoy", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "gracias", "hola", "favor", "quiero", "mas", "mensajes", "cuanto", "cuesta", "luego", "ahora", "al", "y", "lo", "escribeme", "hablamos", "semana", "proximo", "ando", "voy", "tarde", "noche", "ok", "bueno", "ocupado", "despues", "mensaje", "mandame", "marcame", "horas", "basta", "reunion"],
        Short = new() { ["q"] = "que", ["xq"] = "porque", ["porfa"] = "porfa", ["tmb"] = "tambien", ["min"] = "minutos", ["mins"] = "minutos", ["minuto"] = "minutos", ["hora"] = "horas", ["hrs"] = "horas", ["hr"] = "horas", ["finde"] = "fin de semana", ["msj"] = "mensaje", ["mjs"] = "mensajes", ["am"] = "am", ["pm"] = "pm" },
        Numbers = new() { ["un"] = 1, ["una"] = 1, ["dos"] = 2, ["tres"] = 3, ["cuatro"] = 4, ["cinco"] = 5, ["seis"] = 6, ["siete"] = 7, ["ocho"] = 8, ["nueve"] = 9, ["diez"] = 10, ["once"] = 11, ["doce"] = 12, ["quince"] = 15, ["veinte"] = 20, ["treinta"] = 30 },
        Weekdays = new() { ["lunes"] = 1, ["martes"] = 2, ["miercoles"] = 3, ["jueves"] = 4, ["viernes"] = 5, ["sabado"] = 6, ["domingo"] = 7 },
        Months = new() { ["enero"] = 1, ["febrero"] = 2, ["marzo"] = 3, ["abril"] = 4, ["mayo"] = 5, ["junio"] = 6, ["julio"] = 7, ["agosto"] = 8, ["septiembre"] = 9, ["setiembre"] = 9, ["octubre"] = 10, ["noviembre"] = 11, ["diciembre"] = 12 },
        RelativeDays = [(new("pasado manana"), 2), (new("hoy"), 0), (new("manana"), 1)],
        Parts =
        [
            (new("de|por|en la manana"), 540, Half.Am), (new("temprano"), 480, Half.Am), (new("mediodia"), 720, Half.None), (new("despues de comer|almorzar"), 810, Half.Pm), (new("esta tarde"), -840, Half.Pm), (new("esta noche"), -1140, Half.Pm), (new("esta manana"), -540, Half.Am),
            (new("despues|saliendo del trabajo"), 1050, Half.Pm), (new("al salir del trabajo"), 1050, Half.Pm), (new("de|por|en la tarde"), 840, Half.Pm), (new("de|por|en la noche"), 1140, Half.Pm), (new("tarde"), 840, Half.Pm), (new("noche"), 1140, Half.Pm),
        ],
        NamedDays = [(new("semana que viene|entra"), Named.NextWeek), (new("proxima semana"), Named.NextWeek), (new("semana proxima"), Named.NextWeek), (new("fin de semana"), Named.Weekend), (new("a|al fin|final|finales de mes"), Named.EndOfMonth), (new("fin de mes"), Named.EndOfMonth), (new("mes que viene"), Named.NextMonth), (new("proximo mes"), Named.NextMonth), (new("proximo ano"), Named.NextYear)],
        Units = new() { ["minutos"] = Unit.Minute, ["horas"] = Unit.Hour, ["dia"] = Unit.Day, ["dias"] = Unit.Day, ["semana"] = Unit.Week, ["semanas"] = Unit.Week, ["mes"] = Unit.Month, ["meses"] = Unit.Month },
        Counts = [(new("media"), 0.5), (new("un par de"), 2), (new("unos|unas"), 3), (new("un|una"), 1)],
        In = ["en", "dentro"],
        At = ["las", "la", "a", "hasta", "sobre", "desde", "antes", "despues"],
        After = ["despues", "desde", "pasadas"],
        Before = ["antes"],
        Until = ["hasta"],
        Not = ["no"],
        Glue = ["a", "las", "la", "el", "de", "por", "en", "sobre", ",", "al", "del", "para", "los", "que", "viene", "antes", "despues", "desde", "hasta"],
        OptOut = Pattern.List("no quiero .. mas? mensajes|mensaje|textos|sms\nno me|nos escriba|escribas|escriban|manden|mande|mandes|contacten|contacte|molesten|moleste|llamen|llames|envien\ndeje|deja|dejen|dejame|dejenme de? mandar|escribir|molestar|enviar|tranquila|tranquilo|paz|en\neliminenme|eliminame|borrenme|borrame|quitenme|quitame|saquenme|sacame de\nbasta de\ncancelar suscripcion a mensajes\ndar|darme|denme|dame de baja\nya? no me? escriban|manden|molesten\nbasta\nno mas mensajes|sms|textos"),
        Request = Pattern.List("llamame|llameme|llamen|llama|llamenme|marcame|marqueme|escribeme|escribame|escriban|mandame|mandeme|contactame|contacteme|avisame|aviseme|recuerdame|recuerdamelo|hablame|hableme|buscame|busqueme|dime|enviame|envieme|llamar|escribir|contactar\nme puede|puedes|podria|pueden|llama|llamas|marcas|marca|escribes|escribe|hablas|habla|busca|buscas|dices|dice|contacta|contactan|avisas|avisa|mandas|manda|escriben|llaman\npodemos hablar\nhablamos|platicamos|charlamos\nhablar|platicar|platiquemos"),
        NotRequest = Pattern.List("no hace falta\nno me llamaste|llamaron\nme llamaste|llamaron|dijeron"),
        Deferral = Pattern.List("mejor\nprefiero\notro dia|momento\nahora no\nno ahora\ntal vez\nquizas\nestoy|estare libre|disponible\npuedo hablar"),
        Vague = Pattern.List("mas tarde\nluego\ndespues\notro dia|momento\nal? ratito|rato\npronto\ncuando"),
        Promise = Pattern.List("te|le|les llamo|escribo|aviso|marco|contacto|hablo|digo\nyo te|le|les llamo|aviso"),
        Busy = Pattern.List("estoy|ando|voy|sigo en|ocupado|ocupada|manejando|conduciendo|trabajando|liado|liada|comiendo|durmiendo|enfermo|enferma|con|viajando\nmanejando|conduciendo\nen el|la|una|un|mi cine|reunion|trabajo|clase|junta|medico|doctor|hospital|gimnasio|llamada|avion\nno puedo hablar|contestar|responder|ahora|escribir\nun momento|segundo|minuto|segundito|momentito\nahora no\nocupado|ocupada\nahorita no\nmal momento"),
        NotBusy = Pattern.List("estaba\nno estoy ocupado|ocupada\nmi esposo|esposa|marido|mujer esta"),
        InPerson = Pattern.List("cita\nreserva\nmesa para\nentrega"),
        NotInterested = Pattern.List("no me interesa\nno gracias\nno estoy interesado|interesada\nya no quiero|necesito"),
        WantsHuman = Pattern.List("hablar con una|un|alguien|el persona|humano|asesor|agente|alguien|encargado\neres|es un bot|robot"),
        GoalReached = Pattern.List("ya reserve|pague|compre|agende|ordene"),
        Closing = Pattern.List("^ ok|muchas? gracias $\n^ gracias .. $\nadios\nhasta luego\nperfecto gracias\n^ ok perfecto $"),
    };
}
