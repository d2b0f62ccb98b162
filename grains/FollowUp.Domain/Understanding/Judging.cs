using NodaTime;
using NodaTime.TimeZones;

namespace FollowUp.Understanding;

/// <summary>Judges one message in one language (RULES §1): opt-out before request before busy before all else.</summary>
internal sealed class Judging(Language language, string text, DetectorContext context)
{
    private readonly List<Word> words = Words.Cut(text, language.Short);

    public Detection Judge()
    {
        if (Has(language.OptOut) is { } refusal && Has(language.NotOptOut) is null)
        {
            return Of(Intent.OptOut, 0.95, refusal) with { Scope = Has(language.OptOutOfAll) is not null ? OptOutScope.All : OptOutScope.Channel };
        }

        var now = context.SentAt.InZone(context.Zone).LocalDateTime;
        var expressions = new TimeResolver(language, words, now, context.SentAt, context.Zone).Resolve(new TimeScanner(language, words, now, IsMonthFirst()).Scan());
        if (Has(language.AutoReply) is { } auto)
        {
            return Of(Intent.AutoReply, 0.9, auto) with { BusyUntil = At(expressions.FindLast(expression => !expression.IsNegated)) };
        }

        return Request(expressions) ?? Busy(expressions) ?? Finer();
    }

    private Detection? Request(List<TimeExpression> expressions)
    {
        if (Has(language.NotRequest) is not null && Has(language.Hold) is null)
        {
            return null;
        }

        var asked = Has(language.Request);
        var deferred = Has(language.Deferral);
        var vague = Has(language.Vague);
        var promised = Has(language.Promise);
        var held = Has(language.Hold);
        var chosen = Choose(expressions, asked);
        if (promised is { } promise && (asked is not { } ask || Overlaps(promise, ask)) && held is null)
        {
            return null;
        }

        if (Has(language.InPerson) is not null && (asked is null || deferred is null))
        {
            return null;
        }

        var isHold = held is not null && chosen is not null;
        var isAsked = asked is not null && (chosen is not null || vague is not null);
        var isDeferred = deferred is not null && (chosen is not null || vague is not null) && !IsQuestionOfTheirs();
        if (!isHold && !isAsked && !isDeferred)
        {
            return null;
        }

        var evidence = chosen is null ? asked ?? deferred ?? vague!.Value : (Start: Math.Min(chosen.Start, asked?.Start ?? chosen.Start), End: Math.Max(chosen.End, Math.Min(asked?.End ?? 0, words.Count)));
        return Timed(Of(Intent.RequestedFollowUp, isAsked ? 0.95 : 0.8, evidence), chosen);
    }

    private Detection? Busy(List<TimeExpression> expressions)
    {
        var promised = Has(language.Promise);
        var busy = Has(language.Busy);
        if ((busy is null || Has(language.NotBusy) is not null) && promised is null)
        {
            return null;
        }

        if (promised is null && (Has(language.InPerson) is not null || words is [.., { Text: "?" }]))
        {
            return null;
        }

        var until = promised is null ? expressions.Find(expression => !expression.IsNegated) : null;
        return Of(Intent.Busy, 0.85, busy ?? promised!.Value) with { BusyUntil = At(until) };
    }

    private Detection Finer()
    {
        foreach (var (patterns, intent) in ((Pattern[], Intent)[])
        [
            (language.Hostile, Intent.Hostile), (language.NotInterested, Intent.NotInterested), (language.Disqualified, Intent.Disqualified),
            (language.WantsHuman, Intent.WantsHuman), (language.GoalReached, Intent.GoalReached), (language.Closing, Intent.Closing),
        ])
        {
            if (Has(patterns) is { } found && !(intent is Intent.Closing && (words.Count > 8 || words.Exists(word => word.Text == "?"))))
            {
                return Of(intent, 0.8, found);
            }
        }

        return new Detection { Intent = Intent.Normal, Confidence = 0.7, Language = language.Code };
    }

    // A correction wins; then what stands after the request; then what stands before it.
    private TimeExpression? Choose(List<TimeExpression> expressions, (int Start, int End)? asked)
    {
        var open = expressions.FindAll(expression => !expression.IsNegated && expression.Due > context.SentAt.InZone(context.Zone).LocalDateTime);
        if (Has(language.Correction) is { } correction && open.Find(expression => expression.Start >= correction.End) is { } corrected)
        {
            return corrected;
        }

        return asked is { } request ? open.Find(expression => expression.End > request.Start) ?? open.LastOrDefault() : open.FirstOrDefault();
    }

    private Detection Timed(Detection detection, TimeExpression? expression)
    {
        if (At(expression) is not { } due)
        {
            return detection;
        }

        return detection with
        {
            DueAt = due,
            DueLocal = Instant.FromDateTimeOffset(due).InZone(context.Zone).ToDateTimeOffset(),
            Grain = expression!.Grain,
        };
    }

    // A skipped wall-clock time moves forward by the gap; a repeated one is the first (D8).
    private DateTimeOffset? At(TimeExpression? expression) =>
        expression?.At is { } elapsed ? elapsed.ToDateTimeOffset()
        : expression?.Due is { } due ? due.InZone(context.Zone, Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted)).ToInstant().ToDateTimeOffset()
        : null;

    private bool IsQuestionOfTheirs() => words is [{ Text: "do" or "are" or "is" or "will" or "did" or "does" or "what" or "when" or "how" or "where" or "who" }, ..] && words is [.., { Text: "?" }] && words is not [{ Text: "what" or "how" }, { Text: "about" }, ..];

    private bool IsMonthFirst() => language.Code == "en" && (context.Zone.Id.StartsWith("America/", StringComparison.Ordinal) || context.Zone.Id is "Pacific/Honolulu" or "Asia/Manila");

    private (int Start, int End)? Has(Pattern[] patterns) => Pattern.First(patterns, words);

    private static bool Overlaps((int Start, int End) one, (int Start, int End) other) => one.Start < other.End && other.Start < one.End;

    private Detection Of(Intent intent, double confidence, (int Start, int End) evidence)
    {
        var last = Math.Clamp(evidence.End - 1, evidence.Start, words.Count - 1);
        var first = Math.Clamp(evidence.Start, 0, last);
        return new Detection { Intent = intent, Confidence = confidence, Evidence = text[words[first].Start..words[last].End], Language = language.Code };
    }
}
