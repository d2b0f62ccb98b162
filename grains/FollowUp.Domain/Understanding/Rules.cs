namespace FollowUp.Understanding;

/// <summary>The words that ask, and the time they ask for.</summary>
internal sealed record Asking(int Start, int End, TimeExpression? Time);

/// <summary>What the phrase lists and the times alone make of a message; the trained model weighs it with the rest.</summary>
internal sealed class Rules
{
    private readonly Clauses clauses;
    private readonly Marks marks;
    private readonly List<TimeExpression> times;
    private readonly TimeChoice choice;
    private readonly List<Phrases<Meaning>.Found> asked;
    private readonly TimeExpression? chosen;

    public Rules(Clauses clauses, Marks marks, List<TimeExpression> times, TimeChoice choice)
    {
        (this.clauses, this.marks, this.times, this.choice) = (clauses, marks, times, choice);
        Refusal = marks.First(Meaning.OptOut, Meaning.NotOptOut) is { } said && !IsPause(said) ? said : null;
        asked = Asked();
        chosen = choice.Choose(asked);
        Request = FindRequest();
        Busy = FindBusy();
    }

    /// <summary>The words of an opt-out.</summary>
    public Phrases<Meaning>.Found? Refusal { get; }

    public Asking? Request { get; }

    public Phrases<Meaning>.Found? Busy { get; }

    public Label Label => Refusal is not null ? Label.OptOut : Request is not null ? Label.Request : Busy is not null ? Label.Busy : Label.Normal;

    /// <summary>The message as a request, whether the rules find one or not.</summary>
    public Asking AsRequest(int words)
    {
        if (Request is { } request)
        {
            return request;
        }

        var mark = asked.Count > 0 ? asked[0] : marks.All.Find(mark => mark.Meaning is Meaning.Deferral or Meaning.Vague);
        return new Asking(mark.Start, mark.End == 0 ? words : mark.End, chosen);
    }

    /// <summary>What asks for contact, and is not refused, reported, or a promise of their own.</summary>
    private List<Phrases<Meaning>.Found> Asked()
    {
        var requests = marks.All.FindAll(mark =>
            mark.Meaning is Meaning.Request or Meaning.WeakRequest
            && !marks.In(Meaning.NotRequest, clauses.Of(mark.Start))
            && !(mark.Meaning is Meaning.WeakRequest && marks.In(Meaning.InPerson, clauses.Of(mark.Start)))
            && !marks.All.Exists(other => other.Meaning is Meaning.Promise && other.Start < mark.End && mark.Start < other.End));
        if (marks.First(Meaning.OptOut, Meaning.NotOptOut) is { } pause && IsPause(pause))
        {
            requests.Add(pause);
        }

        return requests;
    }

    private Asking? FindRequest()
    {
        if (asked.Count > 0)
        {
            return chosen is not null ? new Asking(asked[0].Start, asked[0].End, chosen)
                : marks.First(Meaning.Vague, Meaning.NotVague) is { } vague && !IsRefusedLater(vague) ? new Asking(Math.Min(asked[0].Start, vague.Start), Math.Max(asked[0].End, vague.End), null)
                : null;
        }

        if (marks.First(Meaning.Promise) is not null)
        {
            return null;
        }

        if (chosen is { IsSpan: true } span && marks.All.Exists(mark => mark.Meaning is Meaning.Hold && clauses.Of(mark.Start) == clauses.Of(span.Start)))
        {
            return new Asking(span.Start, span.End, span);
        }

        foreach (var deferral in marks.All)
        {
            var clause = clauses.Of(deferral.Start);
            if (deferral.Meaning is not Meaning.Deferral || marks.In(Meaning.InPerson, clause) || marks.In(Meaning.NotRequest, clause))
            {
                continue;
            }

            if (chosen is not null && !marks.In(Meaning.InPerson, clauses.Of(chosen.Start)))
            {
                return new Asking(deferral.Start, deferral.End, chosen);
            }

            if (chosen is null && marks.First(Meaning.Vague, Meaning.NotVague) is { } vague)
            {
                return new Asking(Math.Min(deferral.Start, vague.Start), Math.Max(deferral.End, vague.End), null);
            }
        }

        // "in a meeting, tomorrow?" and "not Monday, Tuesday": a time alone, beside what puts us off.
        return chosen is not null && choice.IsAlone(chosen) && (times.Exists(time => time.IsNegated) || marks.All.Exists(mark => mark.Meaning is Meaning.Busy && clauses.Of(mark.Start) != clauses.Of(chosen.Start) && !marks.In(Meaning.NotBusy, clauses.Of(mark.Start))))
            ? new Asking(chosen.Start, chosen.End, chosen)
            : null;
    }

    private Phrases<Meaning>.Found? FindBusy()
    {
        var busy = marks.All.Find(mark =>
            mark.Meaning is Meaning.Busy or Meaning.Promise
            && !marks.In(Meaning.NotBusy, clauses.Of(mark.Start))
            && (mark.Meaning is Meaning.Promise || !clauses.IsQuestion(clauses.Of(mark.Start)))
            && (mark.Meaning is not Meaning.Busy || !times.Exists(time => time.IsOtherDay && !time.IsUntil && !time.IsNegated && clauses.Of(time.Start) == clauses.Of(mark.Start))));
        return busy.End == 0 ? null : busy;
    }

    // "don't text me until Monday" is a pause, not a refusal.
    private bool IsPause(Phrases<Meaning>.Found refusal) =>
        times.Exists(time => time.IsUntil && time.Start >= refusal.Start && clauses.Of(time.Start) <= clauses.Of(refusal.End - 1) + 1);

    private bool IsRefusedLater(Phrases<Meaning>.Found vague) => marks.In(Meaning.InPerson, clauses.Of(vague.Start)) && !marks.All.Exists(mark => mark.Meaning is Meaning.Request && clauses.Of(mark.Start) == clauses.Of(vague.Start));
}
