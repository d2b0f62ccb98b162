using NodaTime;

namespace FollowUp.Hours;

/// <summary>Several schedules that must all be open.</summary>
public static class OpenHours
{
    /// <summary>The first stretch, from <paramref name="at"/> on, in which all are open; it starts at <paramref name="at"/> when they are now, and reaches back to no earlier than that. Null: none within 400 days.</summary>
    public static Opening? Next(IReadOnlyList<Schedule> schedules, Instant at)
    {
        foreach (var opening in Joint(schedules, at, Schedule.Horizon(at)))
        {
            return opening;
        }

        return null;
    }

    /// <summary>How long all were open between two instants; zero when <paramref name="to"/> is not after <paramref name="from"/>. Its cost grows with the days between them.</summary>
    public static Duration Between(IReadOnlyList<Schedule> schedules, Instant from, Instant to)
    {
        var open = Duration.Zero;
        foreach (var opening in Joint(schedules, from, to))
        {
            open += Instant.Max(opening.From, Instant.Min(opening.To, to)) - opening.From;
        }

        return open;
    }

    private static IEnumerable<Opening> Joint(IReadOnlyList<Schedule> schedules, Instant from, Instant until)
    {
        IEnumerable<Opening> joint = from <= until ? [new Opening(from, Instant.MaxValue)] : [];
        return schedules.Aggregate(joint, (open, schedule) => Intersect(open, schedule.Openings(from, until)));
    }

    private static IEnumerable<Opening> Intersect(IEnumerable<Opening> left, IEnumerable<Opening> right)
    {
        using var a = left.GetEnumerator();
        using var b = right.GetEnumerator();
        var more = a.MoveNext() && b.MoveNext();
        while (more)
        {
            var both = new Opening(Instant.Max(a.Current.From, b.Current.From), Instant.Min(a.Current.To, b.Current.To));
            if (both.From < both.To)
            {
                yield return both;
            }

            more = a.Current.To <= b.Current.To ? a.MoveNext() : b.MoveNext();
        }
    }
}
