using NodaTime;

namespace FollowUp.Writing.Phrases;

internal static class Spanish
{
    private static readonly string[] Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
    private static readonly string[] Weekdays = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];

    public static Phrasebook Book { get; } = new()
    {
        Quotes = ("«", "»"),
        Openings = ["¡Hola, {name}! ", "Hola, {name}. ", "Hola de nuevo, {name}. ", "Hola, {name}, somos {business}. ", "¡Hola! ", "Hola. ", "Hola de nuevo. ", "Hola, somos {business}. ", ""],
        StoppedResponding =
        [
            ["Escribiste {topic}. ¿Seguimos desde ahí?", "Sobre tu mensaje {topic}: ¿hay algo más que quieras saber?", "¿Hay algo más que quieras saber?", "¿Sigues por ahí?"],
            ["Volviendo a {topic}: ¿sigue pendiente para ti?", "Tu último mensaje fue {topic}. ¿Qué te ayudaría a decidir?", "¿Qué te ayudaría más ahora mismo?", "¿Quedó algo poco claro?"],
            ["Nos quedamos en {topic}. ¿Te viene mejor otro momento?", "¿Te viene mejor otro momento?", "¿Seguimos donde lo dejamos?"],
            ["¿Sigues pensando en {topic}?", "¿Te sigue interesando?", "¿Ha cambiado algo por tu parte?"],
            ["¿Dejamos {topic} por ahora o sigue pendiente?", "¿Lo dejamos aquí por ahora o queda algo pendiente?", "¿Prefieres dejarlo para otro día?"],
        ],
        Busy =
        [
            ["Escribiste {topic}. ¿Es mejor momento ahora?", "Antes no era buen momento. ¿Te viene mejor ahora?", "¿Tienes un minuto ahora?"],
            ["¿Ya tienes un rato libre?", "¿Qué momento te viene bien?"],
        ],
        Requested =
        [
            ["Escribiste {topic}. ¿Es buen momento ahora?", "Nos pediste que te escribiéramos. ¿Es buen momento?", "Aquí estamos, como pediste. ¿Seguimos?"],
            ["¿Pudiste leer el último mensaje?", "¿Hay un momento mejor para hablar de esto?"],
        ],
        Thanks = ["Gracias por tu mensaje. ¿Qué te ayudaría más?", "Gracias, tu mensaje ha llegado. ¿Hay algo más que debamos saber?"],
        NoHurry = ["De acuerdo, no hay prisa.", "Entendido, tómate tu tiempo."],
        HandedOver = "De acuerdo, una persona del equipo te responderá aquí.",
        AtYourTime = "De acuerdo, te escribimos {when}.",
        OptedOut = "No recibirás más mensajes nuestros. Responde START para deshacerlo.",
        OptedOutOfBusiness = "No recibirás más mensajes de {business}. Responde START para deshacerlo.",
        Disclosure = "Responde STOP para no recibir más mensajes.",
        DisclosureOfBusiness = "Somos {business}. Responde STOP para no recibir más mensajes.",
        When = (at, now) => $"{Phrasebook.Day(at, now, "hoy", "mañana", $"el {Weekdays[(int)at.DayOfWeek - 1]}", $"el {at.Day} de {Months[at.Month - 1]}{Phrasebook.Year(at, now, " de ")}")} {Time(at)}",
    };

    private static string Time(LocalDateTime at) => $"{(at.Hour == 1 ? "a la" : "a las")} {at.Hour}:{at.Minute:00}";
}
