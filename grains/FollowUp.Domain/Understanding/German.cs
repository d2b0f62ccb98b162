namespace FollowUp.Understanding;

/// <summary>German.</summary>
internal static class German
{
    public static Language Language { get; } = new()
    {
        Code = "de",
        Telling = ["der", "die", "das", "ich", "du", "sie", "mich", "mir", "und", "ist", "bin", "nicht", "ein", "eine", "einer", "zu", "um", "am", "im", "morgen", "heute", "abend", "bitte", "danke", "hallo", "ruf", "rufen", "schreib", "schreiben", "melden", "melde", "uhr", "kein", "keine", "mehr", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "woche", "nachste", "nachsten", "gerade", "auto", "spater", "stunden", "stunde", "konnen", "kann", "wir", "was", "kostet", "aus", "dem", "verteiler", "besprechung", "jetzt", "stopp", "nochmal", "anfang", "ja", "nein", "gerne", "wie", "viel"],
        Short = new() { ["min"] = "minuten", ["minute"] = "minuten", ["std"] = "stunden", ["stunde"] = "stunden", ["wochenende"] = "wochenende", ["we"] = "wochenende", ["vllt"] = "vielleicht", ["nen"] = "einen", ["heut"] = "heute", ["morgn"] = "morgen", ["mo"] = "montag", ["di"] = "dienstag", ["mi"] = "mittwoch", ["do"] = "donnerstag", ["fr"] = "freitag", ["sa"] = "samstag", ["so"] = "so", ["morgens"] = "morgens" },
        Numbers = new() { ["ein"] = 1, ["eine"] = 1, ["einer"] = 1, ["einem"] = 1, ["zwei"] = 2, ["drei"] = 3, ["vier"] = 4, ["funf"] = 5, ["sechs"] = 6, ["sieben"] = 7, ["acht"] = 8, ["neun"] = 9, ["zehn"] = 10, ["elf"] = 11, ["zwolf"] = 12, ["funfzehn"] = 15, ["zwanzig"] = 20, ["dreisig"] = 30 },
        Weekdays = new() { ["montag"] = 1, ["dienstag"] = 2, ["mittwoch"] = 3, ["donnerstag"] = 4, ["freitag"] = 5, ["samstag"] = 6, ["sonnabend"] = 6, ["sonntag"] = 7 },
        Months = new() { ["januar"] = 1, ["februar"] = 2, ["marz"] = 3, ["april"] = 4, ["mai"] = 5, ["juni"] = 6, ["juli"] = 7, ["august"] = 8, ["september"] = 9, ["oktober"] = 10, ["november"] = 11, ["dezember"] = 12 },
        RelativeDays = [(new("ubermorgen"), 2), (new("morgen"), 1), (new("heute"), 0)],
        Parts =
        [
            (new("heute abend"), -1080, Half.Pm), (new("heute nachmittag"), -840, Half.Pm), (new("vormittag|vormittags"), 600, Half.Am), (new("nachmittag|nachmittags"), 840, Half.Pm), (new("mittag|mittags"), 720, Half.None), (new("nach der arbeit"), 1050, Half.Pm), (new("feierabend"), 1050, Half.Pm), (new("abend|abends"), 1080, Half.Pm), (new("fruh|morgens"), 540, Half.Am), (new("nacht"), 1140, Half.Pm),
        ],
        NamedDays = [(new("nachste|nachster|kommende woche"), Named.NextWeek), (new("wochenende"), Named.Weekend), (new("ende des|diesen? monats|monat"), Named.EndOfMonth), (new("monatsende"), Named.EndOfMonth), (new("nachsten monat"), Named.NextMonth), (new("nachstes jahr"), Named.NextYear), (new("ende der|dieser woche"), Named.EndOfWeek)],
        Units = new() { ["minuten"] = Unit.Minute, ["stunden"] = Unit.Hour, ["tag"] = Unit.Day, ["tagen"] = Unit.Day, ["tage"] = Unit.Day, ["woche"] = Unit.Week, ["wochen"] = Unit.Week, ["monat"] = Unit.Month, ["monaten"] = Unit.Month },
        Counts = [(new("einer? halben"), 0.5), (new("ein|einer|einem|einen paar"), 3), (new("paar"), 3), (new("einer|einem|eine|ein"), 1)],
        In = ["in", "innerhalb"],
        At = ["um", "gegen", "ab", "nach", "vor", "bis", "am", "halb", "viertel"],
        After = ["nach", "ab"],
        Before = ["vor"],
        Until = ["bis"],
        Not = ["nicht"],
        HalfPast = ["halb"],
        Glue = ["um", "am", "im", "gegen", "ab", "der", "den", "dem", ",", "nach", "vor", "in", "bis", "an"],
        OptOut = Pattern.List("schreiben|schreib|kontaktieren|melden|rufen sie|mir|mich .. nicht mehr\nkeine nachrichten|sms|werbung mehr?\nnehmen|loschen|streichen|entfernen sie|mich|meine .. aus|nummer|liste|verteiler|daten\naus dem|der|ihrer|eurer verteiler|liste\nhoren|hor sie? auf\nabmelden|austragen|abbestellen\nlasst|lassen|lass .. ruhe\nnicht mehr schreiben|kontaktieren|anrufen\nwill .. keine .. mehr\nstopp bitte?"),
        Request = Pattern.List("ruf|rufen|schreib|schreiben|melde|melden|kontaktieren|kontaktiere|erinnere|erinnern|sende|senden|schick|schicken|frag|fragen|probier|versuch mich|mir|sie|dich|es|uns|nochmal\nruf .. an\nruckruf\ntelefonieren|telefonat\nkonnen wir .. sprechen|reden|telefonieren\nwir .. sprechen|telefonieren|reden\nanrufen"),
        NotRequest = Pattern.List("nicht notig\nsie haben mich|mir\nbrauchen .. nicht"),
        Deferral = Pattern.List("besser\nlieber\nanderes|andermal mal?\nein anderes mal\njetzt nicht\nnicht jetzt\nvielleicht\nerreichbar\nzeit\npasst"),
        Vague = Pattern.List("spater\nbald\nanderes mal\nandermal\nwenn\nirgendwann\nnachher"),
        Promise = Pattern.List("ich melde|rufe|schreibe|sage mich|sie|dich|ihnen|dir|zuruck|an|bescheid"),
        Busy = Pattern.List("bin|ich .. im|in|beim|am|gerade|unterwegs|beschaftigt\nim auto|meeting|kino|urlaub|unterricht|zug|termin|stau|krankenhaus\nin einer|der|einem besprechung|arbeit|sitzung|vorlesung|termin|schule\ngerade in|beim|nicht|am\nkann .. nicht sprechen|reden|telefonieren|schreiben|antworten\neinen|ein moment|augenblick|sekunde\nmoment $\nbeschaftigt\nkeine zeit\nnicht jetzt\nfahre gerade"),
        NotBusy = Pattern.List("war\nbin nicht beschaftigt\nmein|meine mann|frau ist\nich bin .. interessiert|frei|da"),
        InPerson = Pattern.List("tisch fur\nlieferung\nwerkstatt"),
        NotInterested = Pattern.List("kein interesse\nnein danke\nnicht interessiert\nbrauche .. nicht mehr?"),
        WantsHuman = Pattern.List("mit einem|einer|jemandem .. sprechen|reden|mensch|menschen|person|mitarbeiter\nmit jemandem\necht|echten menschen|mensch"),
        GoalReached = Pattern.List("habe schon|bereits gebucht|bezahlt|bestellt|gekauft"),
        Closing = Pattern.List("^ ok? danke .. $\ntschuss\nschonen tag|abend\nauf wiedersehen\nalles klar danke"),
    };
}
