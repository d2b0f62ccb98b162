using NodaTime;
using NodaTime.TimeZones;

namespace FollowUp.Understanding;

/// <summary>Judges one message in one language (RULES §1): opt-out before request before busy before all else.</summary>
internal sealed class Judging
{
    /// <summary>How sure the phrase lists are of an opt-out.</summary>
    private const double SaidOutright = 0.95;

    /// <summary>Of a confidence: more would only look exact.</summary>
    private const int Decimals = 3;

    private static readonly (Meaning Meaning, Intent Intent)[] Finer =
    [
        (Meaning.Hostile, Intent.Hostile), (Meaning.NotInterested, Intent.NotInterested), (Meaning.Disqualified, Intent.Disqualified),
        (Meaning.WantsHuman, Intent.WantsHuman), (Meaning.GoalReached, Intent.GoalReached), (Meaning.Closing, Intent.Closing),
    ];

    private readonly Language language;
    private readonly string text;
    private readonly DetectorContext context;
    private readonly List<Word> words;
    private readonly Marks marks;
    private readonly LocalDateTime now;
    private readonly List<TimeExpression> times;
    private readonly Rules rules;

    public Judging(Language language, string text, DetectorContext context)
    {
        (this.language, this.text, this.context) = (language, text, context);
        words = Words.Cut(text, language);
        var clauses = new Clauses(words, language.Conjunctions);
        marks = new Marks(language, words, clauses);
        now = context.SentAt.InZone(context.Zone).LocalDateTime;
        var reading = new Reading(language, words, now, IsMonthFirst());
        times = new TimeResolver(reading, context.SentAt, context.Zone).Resolve(new TimeScanner(reading).Scan());
        rules = new Rules(clauses, marks, times, new TimeChoice(language, words, clauses, marks, times, now));
    }

    public Detection Judge()
    {
        if (words.Count == 0)
        {
            return new Detection { Intent = Intent.Normal, Confidence = 1, Language = language.Code };
        }

        if (rules.Refusal is { } refusal)
        {
            return OptOut(SaidOutright, refusal.Start, refusal.End);
        }

        var odds = LabelModel.Trained.Judge(language, words, times, marks.All, rules.Label);
        return odds.Best switch
        {
            Label.OptOut => OptOut(odds.OptOut, 0, words.Count),
            Label.Request => Request(odds.Request),
            Label.Busy => Busy(odds.Busy),
            _ => OfFiner(odds.Normal),
        };
    }

    /// <summary>What the trained model sees of this message.</summary>
    public void Describe(FeatureSink sink) => Features.Each(language, words, times, marks.All, rules.Label, sink);

    /// <summary>The message as a request: what asks, and the time asked for.</summary>
    public Detection Request(double confidence)
    {
        var said = rules.AsRequest(words.Count);
        if (said.Time is not { } time)
        {
            return Of(Intent.RequestedFollowUp, confidence, said.Start, said.End);
        }

        var due = At(time)!.Value;
        return Of(Intent.RequestedFollowUp, confidence, Math.Min(said.Start, time.Start), Math.Max(said.End, time.End)) with
        {
            DueAt = due,
            DueLocal = Instant.FromDateTimeOffset(due).InZone(context.Zone).ToDateTimeOffset(),
            Grain = time.Grain,
        };
    }

    private Detection OptOut(double confidence, int start, int end) =>
        Of(Intent.OptOut, confidence, start, end) with { Scope = marks.First(Meaning.OptOutOfAll) is not null ? OptOutScope.All : OptOutScope.Channel };

    private Detection Busy(double confidence)
    {
        if (marks.First(Meaning.AutoReply) is { } auto)
        {
            return Of(Intent.AutoReply, confidence, auto.Start, auto.End) with { BusyUntil = At(times.FindLast(time => !time.IsNegated && time.Due > now)) };
        }

        var busy = rules.Busy ?? new Phrases<Meaning>.Found(Meaning.Busy, 0, words.Count);
        var until = busy.Meaning is Meaning.Promise ? null : times.Find(time => !time.IsNegated && time.Due > now);
        return Of(Intent.Busy, confidence, busy.Start, busy.End) with { BusyUntil = At(until) };
    }

    private Detection OfFiner(double confidence)
    {
        foreach (var (meaning, intent) in Finer)
        {
            if (marks.First(meaning) is { } said && !(intent is Intent.Closing && (words.Count > 8 || words.Exists(word => word.Text == "?"))))
            {
                return Of(intent, confidence, said.Start, said.End);
            }
        }

        return new Detection { Intent = Intent.Normal, Confidence = Math.Round(confidence, Decimals), Language = language.Code };
    }

    // A skipped wall-clock time moves forward by the gap; a repeated one is the first (D8).
    private DateTimeOffset? At(TimeExpression? time) =>
        time?.At is { } elapsed ? elapsed.ToDateTimeOffset()
        : time?.Due is { } due ? due.InZone(context.Zone, Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted)).ToInstant().ToDateTimeOffset()
        : null;

    private bool IsMonthFirst() => language.Code == "en" && (context.Zone.Id.StartsWith("America/", StringComparison.Ordinal) || context.Zone.Id is "Pacific/Honolulu" or "Asia/Manila");

    private Detection Of(Intent intent, double confidence, int start, int end)
    {
        var last = Math.Clamp(end - 1, start, words.Count - 1);
        var first = Math.Clamp(start, 0, last);
        return new Detection { Intent = intent, Confidence = Math.Round(confidence, Decimals), Evidence = text[words[first].Start..words[last].End], Language = language.Code };
    }
}
