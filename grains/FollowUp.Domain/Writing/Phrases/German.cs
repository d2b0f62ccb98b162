namespace FollowUp.Writing.Phrases;

internal static class German
{
    private static readonly string[] Months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
    private static readonly string[] Weekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

    public static Phrasebook Book { get; } = new()
    {
        // Straight quotes are in the SMS alphabet (GSM 7-bit): a curly one would halve the room of a part.
        Quotes = ("\"", "\""),
        Openings = ["Hallo {name}! ", "Guten Tag {name}! ", "Hallo noch einmal, {name}! ", "Hallo {name}, hier ist {business}. ", "Hallo! ", "Guten Tag! ", "Hallo noch einmal! ", "Hallo, hier ist {business}. ", ""],
        StoppedResponding =
        [
            ["Sie schrieben {topic}. Wollen wir dort weitermachen?", "Zu Ihrer Nachricht {topic}: Möchten Sie noch etwas wissen?", "Möchten Sie noch etwas wissen?", "Sind Sie noch da?"],
            ["Noch einmal zu {topic}: Ist das für Sie noch offen?", "Ihre letzte Nachricht war {topic}. Was würde Ihnen bei der Entscheidung helfen?", "Was würde Ihnen jetzt am meisten helfen?", "War bisher etwas unklar?"],
            ["Wir waren bei {topic}. Passt es Ihnen ein anderes Mal besser?", "Passt es Ihnen ein anderes Mal besser?", "Wollen wir dort weitermachen, wo wir aufgehört haben?"],
            ["Beschäftigt Sie {topic} noch?", "Ist das für Sie noch interessant?", "Hat sich bei Ihnen etwas geändert?"],
            ["Sollen wir {topic} vorerst ruhen lassen, oder ist noch etwas offen?", "Sollen wir es vorerst dabei belassen, oder ist noch etwas offen?", "Ist Ihnen ein anderer Tag lieber?"],
        ],
        Busy =
        [
            ["Sie schrieben {topic}. Passt es jetzt besser?", "Vorhin war es ungünstig. Passt es jetzt besser?", "Haben Sie jetzt eine Minute?"],
            ["Haben Sie inzwischen etwas Zeit?", "Wann passt es Ihnen gut?"],
        ],
        Requested =
        [
            ["Sie schrieben {topic}. Passt es jetzt?", "Sie hatten um eine Nachricht gebeten. Passt es jetzt?", "Hier sind wir, wie gewünscht. Wollen wir weitermachen?"],
            ["Konnten Sie die letzte Nachricht schon lesen?", "Gibt es eine bessere Zeit, um darüber zu sprechen?"],
        ],
        Thanks = ["Danke für Ihre Nachricht. Was würde Ihnen am meisten helfen?", "Danke, Ihre Nachricht ist angekommen. Sollten wir noch etwas wissen?"],
        NoHurry = ["In Ordnung, es eilt nicht.", "Verstanden, lassen Sie sich Zeit."],
        HandedOver = "In Ordnung, eine Kollegin oder ein Kollege antwortet Ihnen hier.",
        AtYourTime = "In Ordnung, wir schreiben Ihnen {when}.",
        OptedOut = "Sie erhalten keine Nachrichten mehr von uns. Antworten Sie START, um das rückgängig zu machen.",
        OptedOutOfBusiness = "Sie erhalten keine Nachrichten mehr von {business}. Antworten Sie START, um das rückgängig zu machen.",
        Disclosure = "Antworten Sie STOP, um keine Nachrichten mehr zu erhalten.",
        DisclosureOfBusiness = "Hier ist {business}. Antworten Sie STOP, um keine Nachrichten mehr zu erhalten.",
        When = (at, now) => $"{Phrasebook.Day(at, now, "heute", "morgen", $"am {Weekdays[(int)at.DayOfWeek - 1]}", $"am {at.Day}. {Months[at.Month - 1]}{Phrasebook.Year(at, now, " ")}")} um {at.Hour}:{at.Minute:00} Uhr",
    };
}
