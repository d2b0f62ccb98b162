using NodaTime;

namespace FollowUp.Writing.Phrases;

/// <summary>
/// One language's sentences. Nudges ask one question, promise nothing, and stand after any opening.
/// <c>{name}</c>, <c>{business}</c> and <c>{topic}</c> (quoted) are filled in; a sentence that names what is unknown is not used.
/// </summary>
internal sealed record Phrasebook
{
    /// <summary>What stands before and after a quoted topic.</summary>
    public required (string Open, string Close) Quotes { get; init; }

    public required string[] Openings { get; init; }

    /// <summary>By step, from the first: gentle, then helpful, then leaving.</summary>
    public required string[][] StoppedResponding { get; init; }

    /// <summary>The first steps; later ones sound as after silence.</summary>
    public required string[][] Busy { get; init; }

    /// <summary>The first steps; later ones sound as after silence.</summary>
    public required string[][] Requested { get; init; }

    public required string[] Thanks { get; init; }
    public required string[] NoHurry { get; init; }

    /// <summary>For someone who asks for a person.</summary>
    public required string HandedOver { get; init; }

    /// <summary>With <c>{when}</c>.</summary>
    public required string AtYourTime { get; init; }
    public required string OptedOut { get; init; }
    public required string OptedOutOfBusiness { get; init; }
    public required string Disclosure { get; init; }
    public required string DisclosureOfBusiness { get; init; }

    /// <summary>"tomorrow at 9 am": a local time, seen from a local now.</summary>
    public required Func<LocalDateTime, LocalDateTime, string> When { get; init; }

    /// <param name="language">Any tag; unknown ones are English.</param>
    public static Phrasebook Of(string? language) => WritingLanguage.Of(language) switch
    {
        "es" => Spanish.Book,
        "fr" => French.Book,
        "de" => German.Book,
        "pt" => Portuguese.Book,
        _ => English.Book,
    };

    /// <summary>The day as it is said today.</summary>
    public static string Day(LocalDateTime at, LocalDateTime now, string today, string tomorrow, string weekday, string date) =>
        Period.DaysBetween(now.Date, at.Date) switch
        {
            0 => today,
            1 => tomorrow,
            > 1 and < 7 => weekday,
            _ => date,
        };

    /// <summary>The year, where it is not this one's.</summary>
    public static string Year(LocalDateTime at, LocalDateTime now, string before) => at.Year == now.Year ? "" : $"{before}{at.Year}";
}
