namespace FollowUp.LiveChat;

/// <summary>A token bucket of one caller, used by one task at a time: a rate for long, and so many at once.</summary>
internal sealed class Allowance(double perSecond, double atOnce)
{
    private double used;
    private long at = TimeProvider.System.GetTimestamp();

    public bool Take()
    {
        var now = TimeProvider.System.GetTimestamp();
        used = Math.Max(0, used - (TimeProvider.System.GetElapsedTime(at, now).TotalSeconds * perSecond));
        at = now;
        if (used + 1 > atOnce)
        {
            return false;
        }

        used++;
        return true;
    }
}
