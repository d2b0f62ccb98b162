using NodaTime;
using NodaTime.TimeZones;

namespace FollowUp.Understanding;

/// <summary>Judges one message in one language (RULES §1): opt-out before request before busy before all else.</summary>
internal sealed class Judging
{
    private static readonly (Meaning Meaning, Intent Intent)[] Finer =
    [
        (Meaning.Hostile, Intent.Hostile), (Meaning.NotInterested, Intent.NotInterested), (Meaning.Disqualified, Intent.Disqualified),
        (Meaning.WantsHuman, Intent.WantsHuman), (Meaning.GoalReached, Intent.GoalReached), (Meaning.Closing, Intent.Closing),
    ];

    private readonly Language language;
    private readonly string text;
    private readonly DetectorContext context;
    private readonly List<Word> words;
    private readonly Clauses clauses;
    private readonly List<Phrases<Meaning>.Found> found = [];
    private readonly LocalDateTime now;
    private readonly List<TimeExpression> times;

    public Judging(Language language, string text, DetectorContext context)
    {
        (this.language, this.text, this.context) = (language, text, context);
        words = Words.Cut(text, language);
        clauses = new Clauses(words, language.Conjunctions);
        language.Meanings.FindAll(words, found);
        now = context.SentAt.InZone(context.Zone).LocalDateTime;
        var reading = new Reading(language, words, now, IsMonthFirst());
        times = new TimeResolver(reading, context.SentAt, context.Zone).Resolve(new TimeScanner(reading).Scan());
    }

    public Detection Judge()
    {
        if (words.Count == 0)
        {
            return new Detection { Intent = Intent.Normal, Confidence = 1, Language = language.Code };
        }

        if (Refusal() is { } refusal)
        {
            return OptOut(0.95, refusal.Start, refusal.End);
        }

        var odds = LabelModel.Trained.Judge(language, words, times, found, ByRules());
        return odds.Best switch
        {
            Label.OptOut => OptOut(odds.OptOut, 0, words.Count),
            Label.Request => Request(odds.Request),
            Label.Busy => Busy(odds.Busy),
            _ => OfFiner(odds.Normal),
        };
    }

    /// <summary>What the trained model sees of this message.</summary>
    public void Describe(FeatureSink sink) => Features.Each(language, words, times, found, ByRules(), sink);

    private Detection OptOut(double confidence, int start, int end) =>
        Of(Intent.OptOut, confidence, start, end) with { Scope = First(Meaning.OptOutOfAll) is not null ? OptOutScope.All : OptOutScope.Channel };

    private Phrases<Meaning>.Found? Refusal() => First(Meaning.OptOut, Meaning.NotOptOut) is { } said && !IsPause(said) ? said : null;

    private Label ByRules() => Refusal() is not null ? Label.OptOut : RequestByRules() is not null ? Label.Request : BusyMark() is not null ? Label.Busy : Label.Normal;

    /// <summary>The message as a request: what asks, and the time asked for.</summary>
    public Detection Request(double confidence)
    {
        var said = RequestByRules() ?? AsAsked();
        if (said.Time is { } time)
        {
            var due = At(time)!.Value;
            return Of(Intent.RequestedFollowUp, confidence, Math.Min(said.Start, time.Start), Math.Max(said.End, time.End)) with
            {
                DueAt = due,
                DueLocal = Instant.FromDateTimeOffset(due).InZone(context.Zone).ToDateTimeOffset(),
                Grain = time.Grain,
            };
        }

        return Of(Intent.RequestedFollowUp, confidence, said.Start, said.End);
    }

    private Asking AsAsked()
    {
        var asked = Asked();
        var mark = asked.Count > 0 ? asked[0] : found.Find(mark => mark.Meaning is Meaning.Deferral or Meaning.Vague);
        return new Asking(mark.Start, mark.End == 0 ? words.Count : mark.End, Choose(asked));
    }

    private Detection Busy(double confidence)
    {
        if (First(Meaning.AutoReply) is { } auto)
        {
            return Of(Intent.AutoReply, confidence, auto.Start, auto.End) with { BusyUntil = At(times.FindLast(time => !time.IsNegated && time.Due > now)) };
        }

        var busy = BusyMark() ?? new Phrases<Meaning>.Found(Meaning.Busy, 0, words.Count);
        var until = busy.Meaning is Meaning.Promise ? null : times.Find(time => !time.IsNegated && time.Due > now);
        return Of(Intent.Busy, confidence, busy.Start, busy.End) with { BusyUntil = At(until) };
    }

    /// <summary>What asks for contact, and is not refused, reported, or a promise of their own.</summary>
    private List<Phrases<Meaning>.Found> Asked()
    {
        var asked = found.FindAll(mark =>
            mark.Meaning is Meaning.Request or Meaning.WeakRequest
            && !In(Meaning.NotRequest, clauses.Of(mark.Start))
            && !(mark.Meaning is Meaning.WeakRequest && In(Meaning.InPerson, clauses.Of(mark.Start)))
            && !found.Exists(other => other.Meaning is Meaning.Promise && other.Start < mark.End && mark.Start < other.End));
        if (First(Meaning.OptOut, Meaning.NotOptOut) is { } pause && IsPause(pause))
        {
            asked.Add(pause);
        }

        return asked;
    }

    private Asking? RequestByRules()
    {
        var asked = Asked();
        var chosen = Choose(asked);
        if (asked.Count > 0)
        {
            return chosen is not null ? new Asking(asked[0].Start, asked[0].End, chosen)
                : First(Meaning.Vague, Meaning.NotVague) is { } vague && !IsRefusedLater(vague) ? new Asking(Math.Min(asked[0].Start, vague.Start), Math.Max(asked[0].End, vague.End), null)
                : null;
        }

        if (First(Meaning.Promise) is not null)
        {
            return null;
        }

        if (chosen is { IsSpan: true } span && found.Exists(mark => mark.Meaning is Meaning.Hold && clauses.Of(mark.Start) == clauses.Of(span.Start)))
        {
            return new Asking(span.Start, span.End, span);
        }

        foreach (var deferral in found)
        {
            var clause = clauses.Of(deferral.Start);
            if (deferral.Meaning is not Meaning.Deferral || In(Meaning.InPerson, clause) || In(Meaning.NotRequest, clause))
            {
                continue;
            }

            if (chosen is not null && !In(Meaning.InPerson, clauses.Of(chosen.Start)))
            {
                return new Asking(deferral.Start, deferral.End, chosen);
            }

            if (chosen is null && First(Meaning.Vague, Meaning.NotVague) is { } vague)
            {
                return new Asking(Math.Min(deferral.Start, vague.Start), Math.Max(deferral.End, vague.End), null);
            }
        }

        // "in a meeting, tomorrow?" and "not Monday, Tuesday": a time alone, beside what puts us off.
        return chosen is not null && IsAlone(chosen) && (times.Exists(time => time.IsNegated) || found.Exists(mark => mark.Meaning is Meaning.Busy && clauses.Of(mark.Start) != clauses.Of(chosen.Start) && !In(Meaning.NotBusy, clauses.Of(mark.Start))))
            ? new Asking(chosen.Start, chosen.End, chosen)
            : null;
    }

    private Phrases<Meaning>.Found? BusyMark()
    {
        var busy = found.Find(mark =>
            mark.Meaning is Meaning.Busy or Meaning.Promise
            && !In(Meaning.NotBusy, clauses.Of(mark.Start))
            && (mark.Meaning is Meaning.Promise || !clauses.IsQuestion(clauses.Of(mark.Start)))
            && (mark.Meaning is not Meaning.Busy || !times.Exists(time => time.IsOtherDay && !time.IsUntil && !time.IsNegated && clauses.Of(time.Start) == clauses.Of(mark.Start))));
        return busy.End == 0 ? null : busy;
    }

    private Detection OfFiner(double confidence)
    {
        foreach (var (meaning, intent) in Finer)
        {
            if (First(meaning) is { } said && !(intent is Intent.Closing && (words.Count > 8 || words.Exists(word => word.Text == "?"))))
            {
                return Of(intent, confidence, said.Start, said.End);
            }
        }

        return new Detection { Intent = Intent.Normal, Confidence = confidence, Language = language.Code };
    }

    // A correction wins; then the time that fits the request best; of equals the first, of two requests the one that falls due first.
    private TimeExpression? Choose(List<Phrases<Meaning>.Found> asked)
    {
        var correction = First(Meaning.Correction);
        TimeExpression? best = null;
        var most = int.MinValue;
        foreach (var time in times)
        {
            if (time.IsNegated || time.Due is null || time.Due <= now)
            {
                continue;
            }

            var fit = Fit(time, asked) + (correction is { } meant && time.Start >= meant.Start ? 10 : 0);
            if (fit > most || (fit == most && fit < AskedFor && IsLaterSentence(best!, time)) || (fit == most && fit >= AskedFor && time.Due < best!.Due && clauses.Of(time.Start) != clauses.Of(best.Start)))
            {
                (best, most) = (time, fit);
            }
        }

        // "some other day, today I'm swamped": the day is not the one asked for.
        return most < 0 && best is { Grain: TimeGrain.Day, IsOtherDay: false } && First(Meaning.Vague, Meaning.NotVague) is not null ? null : best;
    }

    private const int AskedFor = 6;

    private int Fit(TimeExpression time, List<Phrases<Meaning>.Found> asked)
    {
        var clause = clauses.Of(time.Start);
        var fit = 0;
        foreach (var mark in asked)
        {
            var there = clauses.Of(mark.Start);
            fit = Math.Max(fit, there == clause ? AskedFor + (time.Start >= mark.Start ? 1 : 0) : Math.Abs(there - clause) == 1 ? 1 : 0);
        }

        if (fit >= AskedFor)
        {
            return fit;
        }

        fit += In(Meaning.Deferral, clause) ? 4 : 0;
        fit += (time.IsSpan || time.IsUntil) && In(Meaning.Hold, clause) ? 3 : 0;
        fit -= TellsOfThePast(clause) ? 3 : 0;
        fit += IsAlone(time) ? 2 : 0;
        fit -= In(Meaning.InPerson, clause) ? 3 : 0;
        fit -= In(Meaning.Promise, clause) ? 3 : 0;
        fit -= In(Meaning.NotRequest, clause) ? 2 : 0;

        // "busy today" says when not.
        return time is { Grain: TimeGrain.Day, IsOtherDay: false } ? fit - 2 : fit;
    }

    private bool IsLaterSentence(TimeExpression first, TimeExpression second)
    {
        for (var i = first.End; i < second.Start; i++)
        {
            if (words[i].IsSentenceEnd)
            {
                return true;
            }
        }

        return false;
    }

    private bool TellsOfThePast(int clause)
    {
        var (start, end) = clauses.Range(clause);
        for (var i = start; i < end; i++)
        {
            if (language.PastVerbs.Contains(words[i].Text))
            {
                return true;
            }
        }

        return false;
    }

    // Nothing else is said in the time's clause.
    private bool IsAlone(TimeExpression time)
    {
        var (start, end) = clauses.Range(clauses.Of(time.Start));
        for (var i = start; i < end; i++)
        {
            if ((i < time.Start || i >= time.End) && !words[i].IsBreak && !language.Filler.Contains(words[i].Text) && !language.Glue.Contains(words[i].Text) && !language.Articles.Contains(words[i].Text) && !language.At.Contains(words[i].Text) && !language.Conjunctions.Contains(words[i].Text))
            {
                return false;
            }
        }

        return true;
    }

    // "don't text me until Monday" is a pause, not a refusal.
    private bool IsPause(Phrases<Meaning>.Found refusal) =>
        times.Exists(time => time.IsUntil && time.Start >= refusal.Start && clauses.Of(time.Start) <= clauses.Of(refusal.End - 1) + 1);

    private bool IsRefusedLater(Phrases<Meaning>.Found vague) => In(Meaning.InPerson, clauses.Of(vague.Start)) && !found.Exists(mark => mark.Meaning is Meaning.Request && clauses.Of(mark.Start) == clauses.Of(vague.Start));

    private bool In(Meaning meaning, int clause) => found.Exists(mark => mark.Meaning == meaning && clauses.Of(mark.Start) <= clause && clauses.Of(mark.End - 1) >= clause);

    private Phrases<Meaning>.Found? First(Meaning meaning, Meaning? unless = null)
    {
        foreach (var mark in found)
        {
            if (mark.Meaning == meaning && !(unless is { } not && In(not, clauses.Of(mark.Start))))
            {
                return mark;
            }
        }

        return null;
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
        return new Detection { Intent = intent, Confidence = confidence, Evidence = text[words[first].Start..words[last].End], Language = language.Code };
    }

    /// <summary>The words that ask, and the time they ask for.</summary>
    private sealed record Asking(int Start, int End, TimeExpression? Time);
}
