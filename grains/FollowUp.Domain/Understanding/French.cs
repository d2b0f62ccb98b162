namespace FollowUp.Understanding;

/// <summary>French.</summary>
internal static class French
{
    public static Language Language { get; } = new()
    {
        Code = "fr",
        Telling = ["le", "la", "les", "je", "tu", "vous", "nous", "moi", "suis", "est", "une", "un", "des", "du", "de", "et", "dans", "pour", "pas", "ne", "plus", "rappelez", "rappelle", "appelle", "demain", "soir", "matin", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "merci", "bonjour", "oui", "non", "svp", "plutot", "ecris", "semaine", "heure", "heures", "arretez", "quel", "prix", "combien", "peut", "peux", "au", "volant", "reunion", "tard", "jai", "cest", "stop", "pub", "contactez", "recontactez", "midi", "apres", "desinscrivez", "me", "mecrire"],
        Short = new() { ["rdv"] = "rdv", ["min"] = "minutes", ["minute"] = "minutes", ["mn"] = "minutes", ["stp"] = "svp", ["dem"] = "demain", ["2main"] = "demain", ["heure"] = "heures", ["we"] = "weekend", ["pro"] = "prochaine", ["pr"] = "pour", ["dispo"] = "disponible", ["aprem"] = "apres midi" },
        Numbers = new() { ["un"] = 1, ["une"] = 1, ["deux"] = 2, ["trois"] = 3, ["quatre"] = 4, ["cinq"] = 5, ["six"] = 6, ["sept"] = 7, ["huit"] = 8, ["neuf"] = 9, ["dix"] = 10, ["onze"] = 11, ["douze"] = 12, ["quinze"] = 15, ["vingt"] = 20, ["trente"] = 30 },
        Weekdays = new() { ["lundi"] = 1, ["mardi"] = 2, ["mercredi"] = 3, ["jeudi"] = 4, ["vendredi"] = 5, ["samedi"] = 6, ["dimanche"] = 7 },
        Months = new() { ["janvier"] = 1, ["fevrier"] = 2, ["mars"] = 3, ["avril"] = 4, ["mai"] = 5, ["juin"] = 6, ["juillet"] = 7, ["aout"] = 8, ["septembre"] = 9, ["octobre"] = 10, ["novembre"] = 11, ["decembre"] = 12 },
        RelativeDays = [(new("apres - demain"), 2), (new("apres demain"), 2), (new("apresdemain"), 2), (new("demain"), 1), (new("aujourdhui"), 0)],
        Parts =
        [
            (new("fin de journee"), 1020, Half.Pm), (new("apres le boulot|travail"), 1050, Half.Pm), (new("cet apres -? midi"), -840, Half.Pm), (new("ce soir"), -1080, Half.Pm), (new("ce matin"), -540, Half.Am), (new("apres -? midi"), 840, Half.Pm), (new("apres manger"), 810, Half.Pm), (new("soir|soiree"), 1080, Half.Pm), (new("matin|matinee"), 540, Half.Am), (new("midi"), 720, Half.None), (new("tot"), 480, Half.Am), (new("minuit"), 0, Half.None),
        ],
        NamedDays = [(new("semaine prochaine"), Named.NextWeek), (new("en? fin de semaine"), Named.EndOfWeek), (new("weekend"), Named.Weekend), (new("week - end"), Named.Weekend), (new("en|a la? fin de|du mois"), Named.EndOfMonth), (new("fin du|de mois"), Named.EndOfMonth), (new("mois prochain"), Named.NextMonth), (new("annee prochaine"), Named.NextYear)],
        Units = new() { ["minutes"] = Unit.Minute, ["heures"] = Unit.Hour, ["jour"] = Unit.Day, ["jours"] = Unit.Day, ["semaine"] = Unit.Week, ["semaines"] = Unit.Week, ["mois"] = Unit.Month },
        Counts = [(new("demi|demie"), 0.5), (new("une demi -?"), 0.5), (new("quelques"), 3), (new("un|une"), 1)],
        In = ["dans", "dici"],
        At = ["a", "vers", "apres", "avant", "jusqua", "des", "pour"],
        After = ["apres", "des"],
        Before = ["avant"],
        Until = ["jusqua"],
        Not = ["pas"],
        Glue = ["a", "vers", "le", "la", "de", "du", ",", "en", "dans", "apres", "avant", "au", "des"],
        OptOut = Pattern.List("arretez|arrete|cessez|cesse de|d mecrire|mappeler|menvoyer|me|ecrire|nous|contacter|denvoyer|vos\narretez .. mecrire|messages|sms\nne me|mecrivez|mecris|menvoyez|nous plus|contactez|ecrivez|recontactez|appelez|envoyez\ndesinscrivez|desabonnez|retirez|supprimez|enlevez -? moi|mon\ndesinscrivez|desinscrire\nplus de messages|sms|pub\nstop pub|sms\nlaissez|fichez|foutez -? moi tranquille|la\nje ne veux plus"),
        Request = Pattern.List("rappelez|rappelle|appelez|appelle|ecrivez|ecris|contactez|contacte|recontactez|recontacte|envoyez|envoie|relancez|relance|dites|tenez -? moi\non peut .. parler|discuter|appeler\nen parler\nrappeler|appeler\nlappel\nappel\nje suis|serai disponible|joignable"),
        NotRequest = Pattern.List("pas besoin\nvous mavez\ntu mas"),
        Deferral = Pattern.List("plutot\nmieux\nje prefere\nplus tard\nun autre jour|moment\npas maintenant\npeut etre\ndisponible|libre"),
        Vague = Pattern.List("plus tard\nbientot\nautre jour|moment|fois\nquand\ntout a lheure"),
        Promise = Pattern.List("je te|vous|vs rappelle|rappellerai|recontacte|recontacterai|ecris|ecrirai|redis|appelle|tiens|dis"),
        Busy = Pattern.List("je suis|jsuis en|au|occupe|occupee|a|chez|dans|avec\nau volant|travail|boulot|cinema|telephone|bureau\nen reunion|cours|rdv|deplacement|voiture|rendez\npas maintenant\nje|peux ne? peux pas parler|repondre\nun instant|moment|minutes\noccupe|occupee\nje conduis"),
        NotBusy = Pattern.List("jetais\nje ne suis pas occupe|occupee\nmon|ma mari|femme est\nje suis libre|disponible|interesse|interessee|la"),
        InPerson = Pattern.List("rdv\nrendez vous\nrendez - vous\ntable pour\nlivraison"),
        NotInterested = Pattern.List("pas interesse|interessee\nnon merci\nca ne minteresse\nplus besoin"),
        WantsHuman = Pattern.List("parler a|avec un|une|quelquun humain|personne|conseiller|agent|vrai\nparler a quelquun"),
        GoalReached = Pattern.List("jai deja reserve|paye|commande|achete\njai reserve|paye|commande|achete"),
        Closing = Pattern.List("^ ok? merci .. $\nau revoir\nbonne journee|soiree\n^ parfait merci $"),
    };
}
