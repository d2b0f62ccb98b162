using System.Globalization;

namespace FollowUp.Understanding;

/// <summary>What a language knows: its words for time and its phrases for what people mean. One file of words each, in <c>Languages/</c>.</summary>
internal sealed class Language
{
    private readonly HashSet<string> known;
    private readonly HashSet<string> times;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> tellingLookup;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> knownLookup;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> shortLookup;

    private Language(LanguageFile file)
    {
        Code = file.Code;
        Telling = file.Set("telling");
        Short = file.Pairs("short");
        Numbers = file.Pairs("numbers", LanguageFile.Whole);
        Weekdays = file.Pairs("weekdays", LanguageFile.Whole);
        Months = file.Pairs("months", LanguageFile.Whole);
        Units = file.Pairs("units", Enum.Parse<Unit>);
        Events = file.Set("events");
        Days = new(file.Entries("days", LanguageFile.Whole));
        Parts = new(file.Entries("parts", PartOfDay.Parse));
        NamedDays = new(file.Entries("named", Enum.Parse<Named>));
        Periods = new(file.Entries("periods", Enum.Parse<Period>));
        PartsOf = new(file.Entries("parts-of", Enum.Parse<PartOf>));
        Counts = new(file.Entries("counts", text => double.Parse(text, CultureInfo.InvariantCulture)));
        Bends = new(file.Entries("bends", Enum.Parse<Bend>));
        BeforeHour = new(file.Entries("before-hour", LanguageFile.Whole));
        AfterHour = new(file.Entries("after-hour", LanguageFile.Whole));
        Zones = new(file.Entries("zones", name => name));
        Meanings = new(file.Meanings());
        SameTime = new(file.Entries("same-time", LanguageFile.Whole));
        HalvesAfter = new(file.Entries("halves-after", LanguageFile.Whole));
        Unless = new(file.Entries("unless", LanguageFile.Whole));
        NoTimes = new(file.Entries("no-times", LanguageFile.Whole));
        Suited = new(file.Entries("suited", LanguageFile.Whole));
        Anaphors = new(file.Entries("anaphors", LanguageFile.Whole));
        PastVerbs = file.Set("past-verbs");
        Unsuited = new(file.Entries("unsuited", LanguageFile.Whole));
        Ordinals = file.Pairs("ordinals", LanguageFile.Whole);
        In = file.Set("in");
        From = file.Set("from");
        Lasting = file.Set("lasting");
        Between = file.Set("between");
        RangeAnd = file.Set("range-and");
        MinutesPast = file.Set("minutes-past");
        MinutesTo = file.Set("minutes-to");
        At = file.Set("at");
        Next = file.Set("next");
        Not = file.Set("not");
        NotFar = file.Set("not-far");
        Glue = file.Set("glue");
        Articles = file.Set("articles");
        Am = file.Set("am");
        Pm = file.Set("pm");
        OClock = file.Set("oclock");
        To = file.Set("to");
        Or = file.Set("or");
        Past = file.Set("past");
        Ago = file.Set("ago");
        NextAfter = file.Set("next-after");
        Filler = file.Set("filler");
        Conjunctions = file.Set("conjunctions");
        MonthIn = file.Set("month-in");
        DayIn = file.Set("day-in");
        Elides = Code == "fr";
        Groups = file.Groups();
        known = file.Vocabulary();
        times = file.Set("times");
        Letters = string.Concat(file.Set("letters"));
        (tellingLookup, knownLookup, shortLookup) = (Telling.GetAlternateLookup<ReadOnlySpan<char>>(), known.GetAlternateLookup<ReadOnlySpan<char>>(), Short.GetAlternateLookup<ReadOnlySpan<char>>());
        Spelling = new Spelling(Weekdays.Keys.Concat(Months.Keys).Concat(file.Set("spelling")));
    }

    public string Code { get; }

    /// <summary>Letters and marks that few of the five languages write.</summary>
    public string Letters { get; }

    /// <summary>Frequent words that tell the language.</summary>
    public HashSet<string> Telling { get; }

    /// <summary>Short and texting forms, folded.</summary>
    public Dictionary<string, string> Short { get; }

    public Dictionary<string, int> Numbers { get; }

    /// <summary>Monday is 1.</summary>
    public Dictionary<string, int> Weekdays { get; }

    public Dictionary<string, int> Months { get; }

    public Dictionary<string, Unit> Units { get; }

    /// <summary>Things that take about an hour when no end is said (RULES D7.2): a meeting, an appointment.</summary>
    public HashSet<string> Events { get; }

    /// <summary>Days from today.</summary>
    public Phrases<int> Days { get; }

    public Phrases<PartOfDay> Parts { get; }

    public Phrases<Named> NamedDays { get; }

    public Phrases<Period> Periods { get; }

    /// <summary>The beginning, middle or end of a period.</summary>
    public Phrases<PartOf> PartsOf { get; }

    /// <summary>Numbers of a duration that are words: a couple, half an.</summary>
    public Phrases<double> Counts { get; }

    public Phrases<Bend> Bends { get; }

    /// <summary>Minutes that stand before the hour: half (past), quarter to.</summary>
    public Phrases<int> BeforeHour { get; }

    /// <summary>Minutes that stand after the hour: y media, moins le quart.</summary>
    public Phrases<int> AfterHour { get; }

    /// <summary>IANA zones by their names in messages; "contact" is the contact's own.</summary>
    public Phrases<string> Zones { get; }

    /// <summary>"same time", "this time": the clock of now on another day.</summary>
    public Phrases<int> SameTime { get; }

    /// <summary>What behind a bare number makes it an hour: in the morning, de la tarde.</summary>
    public Phrases<int> HalvesAfter { get; }

    /// <summary>What behind a bare number at the start of a clause makes it an hour: "8 works".</summary>
    public Phrases<int> Suited { get; }

    /// <summary>Days counted from the one mentioned before: "that day", "the day after".</summary>
    public Phrases<int> Anaphors { get; }

    /// <summary>Verbs of the past: their clause tells of what was.</summary>
    public HashSet<string> PastVerbs { get; }

    /// <summary>What behind a time excludes it: "doesn't work".</summary>
    public Phrases<int> Unsuited { get; }

    /// <summary>What only looks like a time: "good evening", "plus tard".</summary>
    public Phrases<int> NoTimes { get; }

    /// <summary>"if you don't hear from me by": the limit itself is meant.</summary>
    public Phrases<int> Unless { get; }

    /// <summary>first, second, third.</summary>
    public Dictionary<string, int> Ordinals { get; }

    public Phrases<Meaning> Meanings { get; }

    /// <summary>Words between a duration and the day it counts from.</summary>
    public HashSet<string> From { get; }

    /// <summary>Words before how long something lasts: "for two hours".</summary>
    public HashSet<string> Lasting { get; }

    public HashSet<string> Between { get; }

    /// <summary>Joins the two ends after "between".</summary>
    public HashSet<string> RangeAnd { get; }

    public HashSet<string> MinutesPast { get; }

    public HashSet<string> MinutesTo { get; }

    /// <summary>Words before a duration: in, within.</summary>
    public HashSet<string> In { get; }

    /// <summary>Words before a clock time.</summary>
    public HashSet<string> At { get; }

    /// <summary>Words before a weekday that mean the next calendar week (English) or the coming one.</summary>
    public HashSet<string> Next { get; }

    /// <summary>Words after a weekday that mean the coming one: prochain, que vem.</summary>
    public HashSet<string> NextAfter { get; }

    /// <summary>Words that exclude the time after them.</summary>
    public HashSet<string> Not { get; }

    /// <summary>Words that may stand between an exclusion and its time.</summary>
    public HashSet<string> NotFar { get; }

    /// <summary>Words that may stand between a day, a part and a clock time.</summary>
    public HashSet<string> Glue { get; }

    public HashSet<string> Articles { get; }

    public HashSet<string> Am { get; }

    public HashSet<string> Pm { get; }

    public HashSet<string> OClock { get; }

    /// <summary>Joins the two ends of a range.</summary>
    public HashSet<string> To { get; }

    /// <summary>Joins alternatives.</summary>
    public HashSet<string> Or { get; }

    /// <summary>Words beside a day that make it a day of the past or of every week.</summary>
    public HashSet<string> Past { get; }

    /// <summary>Words beside a duration that count it back: ago, vor, hace.</summary>
    public HashSet<string> Ago { get; }

    /// <summary>Words that add nothing to a bare time ("maybe", "is fine", "please").</summary>
    public HashSet<string> Filler { get; }

    /// <summary>Words that begin a clause of their own: but, because.</summary>
    public HashSet<string> Conjunctions { get; }

    /// <summary>Words before a month's name that make an ambiguous one a month.</summary>
    public HashSet<string> MonthIn { get; }

    /// <summary>Words before a bare number that make it a day of the month.</summary>
    public HashSet<string> DayIn { get; }

    /// <summary>Words of one use, by their group: call, text and ring are "@contact".</summary>
    public Dictionary<string, string> Groups { get; }

    /// <summary>Whether an apostrophe parts two words.</summary>
    public bool Elides { get; }

    public Spelling Spelling { get; }

    public static Language Read(string code) => new(LanguageFile.Read(code));

    /// <summary>Whether the word names a day, a month or a part of the day.</summary>
    public bool IsTime(string word) => Weekdays.ContainsKey(word) || Months.ContainsKey(word) || times.Contains(word);

    /// <summary>German without umlauts: "hoeren" is the word that is written "hören". Null: it is not.</summary>
    public string? WithUmlauts(string word)
    {
        if (Code != "de" || word.Length < 4)
        {
            return null;
        }

        foreach (var (two, one) in (ReadOnlySpan<(string, string)>)[("ae", "a"), ("oe", "o"), ("ue", "u")])
        {
            if (word.Contains(two, StringComparison.Ordinal) && word.Replace(two, one, StringComparison.Ordinal) is var plain && (Short.GetValueOrDefault(plain) ?? plain) is var whole && Knows(whole))
            {
                return whole;
            }
        }

        return null;
    }

    /// <summary>German joins a weekday and a part of the day: "montagnachmittag". Null: none of these.</summary>
    public string? Compound(string word)
    {
        if (Code != "de" || word.Length < 10)
        {
            return null;
        }

        foreach (var day in Weekdays.Keys)
        {
            if (word.Length > day.Length && word.StartsWith(day, StringComparison.Ordinal) && times.Contains(word[day.Length..]))
            {
                // In "montagmorgen" the second word is the morning, not tomorrow.
                return $"{day} {(word.EndsWith("morgen", StringComparison.Ordinal) ? "fruh" : word[day.Length..])}";
            }
        }

        return null;
    }

    /// <summary>How much a word speaks for this language.</summary>
    public int Weight(ReadOnlySpan<char> word) =>
        tellingLookup.Contains(word) ? 2 : knownLookup.Contains(word) || shortLookup.ContainsKey(word) ? 1 : 0;

    /// <summary>Whether the word stands anywhere in the language's file.</summary>
    public bool Knows(string word) => known.Contains(word);
}
