using NodaTime;

namespace FollowUp.Writing.Phrases;

internal static class French
{
    private static readonly string[] Months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
    private static readonly string[] Weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

    public static Phrasebook Book { get; } = new()
    {
        Quotes = ("« ", " »"),
        Openings = ["Bonjour {name} ! ", "Bonjour {name}. ", "Bonjour à nouveau {name}. ", "Bonjour {name}, ici {business}. ", "Bonjour ! ", "Bonjour. ", "Bonjour à nouveau. ", "Bonjour, ici {business}. ", ""],
        StoppedResponding =
        [
            ["Vous avez écrit {topic}. Souhaitez-vous reprendre à partir de là ?", "À propos de votre message {topic} : souhaitez-vous savoir autre chose ?", "Souhaitez-vous savoir autre chose ?", "Êtes-vous toujours là ?"],
            ["Pour revenir à {topic} : est-ce toujours d'actualité pour vous ?", "Votre dernier message était {topic}. Qu'est-ce qui vous aiderait à décider ?", "Qu'est-ce qui vous aiderait le plus maintenant ?", "Y a-t-il un point qui n'était pas clair ?"],
            ["Nous en étions à {topic}. Un autre moment vous conviendrait-il mieux ?", "Un autre moment vous conviendrait-il mieux ?", "Voulez-vous reprendre là où nous en étions ?"],
            ["Pensez-vous encore à {topic} ?", "Cela vous intéresse-t-il toujours ?", "Quelque chose a-t-il changé de votre côté ?"],
            ["Faut-il laisser {topic} de côté pour le moment, ou est-ce toujours d'actualité ?", "Faut-il en rester là pour le moment, ou une question reste-t-elle ouverte ?", "Préférez-vous en reparler un autre jour ?"],
        ],
        Busy =
        [
            ["Vous avez écrit {topic}. Le moment est-il mieux choisi maintenant ?", "Ce n'était pas le bon moment tout à l'heure. Est-ce mieux maintenant ?", "Avez-vous une minute maintenant ?"],
            ["Avez-vous un peu de temps à présent ?", "Quel moment vous conviendrait ?"],
        ],
        Requested =
        [
            ["Vous avez écrit {topic}. Est-ce le bon moment ?", "Vous nous aviez demandé de vous écrire. Est-ce le bon moment ?", "Nous voici, comme demandé. Souhaitez-vous continuer ?"],
            ["Avez-vous pu lire le dernier message ?", "Y a-t-il un meilleur moment pour en parler ?"],
        ],
        Thanks = ["Merci pour votre message. Qu'est-ce qui vous aiderait le plus ?", "Merci, votre message est bien arrivé. Devrions-nous savoir autre chose ?"],
        NoHurry = ["C'est noté, rien ne presse.", "Entendu, prenez votre temps."],
        HandedOver = "C'est noté, une personne de l'équipe vous répondra ici.",
        AtYourTime = "C'est noté, nous vous écrirons {when}.",
        OptedOut = "Vous ne recevrez plus de messages de notre part. Répondez START pour annuler.",
        OptedOutOfBusiness = "Vous ne recevrez plus de messages de {business}. Répondez START pour annuler.",
        Disclosure = "Répondez STOP pour ne plus recevoir de messages.",
        DisclosureOfBusiness = "Ici {business}. Répondez STOP pour ne plus recevoir de messages.",
        When = (at, now) => $"{Phrasebook.Day(at, now, "aujourd'hui", "demain", Weekdays[(int)at.DayOfWeek - 1], $"le {(at.Day == 1 ? "1er" : at.Day)} {Months[at.Month - 1]}{Phrasebook.Year(at, now, " ")}")} à {Time(at)}",
    };

    private static string Time(LocalDateTime at) => at.Minute == 0 ? $"{at.Hour} h" : $"{at.Hour} h {at.Minute:00}";
}
