using NodaTime;

namespace FollowUp.Understanding;

/// <summary>Which of a message's times is the one of contact.</summary>
internal sealed class TimeChoice(Language language, List<Word> words, Clauses clauses, Marks marks, List<TimeExpression> times, LocalDateTime now)
{
    /// <summary>How well a time in the clause that asks fits.</summary>
    private const int AskedFor = 6;

    /// <summary>How well a time after a correction fits: better than any.</summary>
    private const int Corrected = 10;

    /// <summary>A correction wins; then the time that fits the request best; of equals the first, of two requests the one that falls due first. Null: none is ahead.</summary>
    public TimeExpression? Choose(List<Phrases<Meaning>.Found> asked)
    {
        var correction = marks.First(Meaning.Correction);
        TimeExpression? best = null;
        var most = int.MinValue;
        foreach (var time in times)
        {
            if (time.IsNegated || time.Due is null || time.Due <= now)
            {
                continue;
            }

            var fit = Fit(time, asked) + (correction is { } meant && time.Start >= meant.Start ? Corrected : 0);
            if (fit > most || (fit == most && fit < AskedFor && IsLaterSentence(best!, time)) || (fit == most && fit >= AskedFor && time.Due < best!.Due && clauses.Of(time.Start) != clauses.Of(best.Start)))
            {
                (best, most) = (time, fit);
            }
        }

        // "some other day, today I'm swamped": the day is not the one asked for.
        return most < 0 && best is { Grain: TimeGrain.Day, IsOtherDay: false } && marks.First(Meaning.Vague, Meaning.NotVague) is not null ? null : best;
    }

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

        fit += marks.In(Meaning.Deferral, clause) ? 4 : 0;
        fit += (time.IsSpan || time.IsUntil) && marks.In(Meaning.Hold, clause) ? 3 : 0;
        fit -= TellsOfThePast(clause) ? 3 : 0;
        fit += IsAlone(time) ? 2 : 0;
        fit -= marks.In(Meaning.InPerson, clause) ? 3 : 0;
        fit -= marks.In(Meaning.Promise, clause) ? 3 : 0;
        fit -= marks.In(Meaning.NotRequest, clause) ? 2 : 0;

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

    /// <summary>Whether nothing else is said in the time's clause.</summary>
    public bool IsAlone(TimeExpression time)
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
}
