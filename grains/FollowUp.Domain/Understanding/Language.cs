namespace FollowUp.Understanding;

/// <summary>What a language knows: its words for time and its phrases for what people mean. One file each.</summary>
internal sealed record Language
{
    public required string Code { get; init; }

    /// <summary>Frequent words that tell the language.</summary>
    public required HashSet<string> Telling { get; init; }

    /// <summary>Short and texting forms, folded.</summary>
    public Dictionary<string, string> Short { get; init; } = [];

    public Dictionary<string, int> Numbers { get; init; } = [];

    /// <summary>Monday is 1.</summary>
    public Dictionary<string, int> Weekdays { get; init; } = [];

    public Dictionary<string, int> Months { get; init; } = [];

    /// <summary>Phrases for a day, as days from today.</summary>
    public (Pattern Pattern, int Days)[] RelativeDays { get; init; } = [];

    /// <summary>Phrases for a clock time, in minutes of the day (RULES D2); negative: "tonight"-like, which is today's.</summary>
    public (Pattern Pattern, int Minutes, Half Half)[] Parts { get; init; } = [];

    /// <summary>Phrases for other days.</summary>
    public (Pattern Pattern, Named Named)[] NamedDays { get; init; } = [];

    public Dictionary<string, Unit> Units { get; init; } = [];

    /// <summary>Numbers of a duration that are words: a couple, half an.</summary>
    public (Pattern Pattern, double Count)[] Counts { get; init; } = [];

    public HashSet<string> In { get; init; } = [];
    public HashSet<string> At { get; init; } = [];
    public HashSet<string> After { get; init; } = [];
    public HashSet<string> Before { get; init; } = [];
    public HashSet<string> By { get; init; } = [];
    public HashSet<string> Until { get; init; } = [];
    public HashSet<string> Next { get; init; } = [];
    public HashSet<string> Not { get; init; } = [];

    /// <summary>Words that may stand between a day, a part and a clock time.</summary>
    public HashSet<string> Glue { get; init; } = [];

    public HashSet<string> Am { get; init; } = ["am"];
    public HashSet<string> Pm { get; init; } = ["pm"];
    public HashSet<string> OClock { get; init; } = [];
    public HashSet<string> HalfPast { get; init; } = [];

    public required Pattern[] OptOut { get; init; }
    public Pattern[] OptOutOfAll { get; init; } = [];
    public Pattern[] NotOptOut { get; init; } = [];
    public required Pattern[] Request { get; init; }
    public Pattern[] NotRequest { get; init; } = [];

    /// <summary>Asks for contact at once: no request for later, unless a time stands with it.</summary>
    public Pattern[] Now { get; init; } = [];

    /// <summary>Availability or deferral: a request with a time or a "later".</summary>
    public required Pattern[] Deferral { get; init; }

    /// <summary>"later", "soon", "some other time": no time to derive.</summary>
    public required Pattern[] Vague { get; init; }

    /// <summary>The contact will come back by themselves.</summary>
    public required Pattern[] Promise { get; init; }

    public required Pattern[] Busy { get; init; }
    public Pattern[] NotBusy { get; init; } = [];

    /// <summary>A hold with a number is a request ("give me 20"); figurative it is busy.</summary>
    public Pattern[] Hold { get; init; } = [];

    /// <summary>A place, visit or service: its time is not a time of contact.</summary>
    public Pattern[] InPerson { get; init; } = [];

    public Pattern[] AutoReply { get; init; } = [];
    public Pattern[] Hostile { get; init; } = [];
    public Pattern[] NotInterested { get; init; } = [];
    public Pattern[] Disqualified { get; init; } = [];
    public Pattern[] WantsHuman { get; init; } = [];
    public Pattern[] GoalReached { get; init; } = [];
    public Pattern[] Closing { get; init; } = [];
    public Pattern[] Correction { get; init; } = [];
}

/// <summary>Which half of the day a part fixes for a bare hour.</summary>
internal enum Half
{
    None,
    Am,
    Pm,
}

/// <summary>Units of durations.</summary>
internal enum Unit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>Days that have names of their own.</summary>
internal enum Named
{
    NextWeek,
    WeekAfterNext,
    MidNextWeek,
    EndOfNextWeek,
    EndOfWeek,
    LaterThisWeek,
    Weekend,
    NextWeekend,
    AfterWeekend,
    NextMonth,
    EndOfMonth,
    MidMonth,
    NextYear,
    Spring,
    Summer,
    Autumn,
    Winter,
    NewYearsDay,
    Valentine,
    Halloween,
    Christmas,
    AfterHolidays,
    NextQuarter,
    Fortnight,
}
