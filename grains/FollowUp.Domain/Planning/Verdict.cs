using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp.Planning;

/// <summary>What the fire check says of a step.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>It may go, on this channel.</summary>
    public sealed record Send(Route Route) : Verdict;

    /// <summary>It would go, but a person approves it first.</summary>
    public sealed record Draft(Route? Route) : Verdict;

    /// <summary>Later. Null: nobody knows when; ask again.</summary>
    public sealed record Hold(DateTimeOffset? Until, Reason Reason) : Verdict;

    /// <summary>This step only.</summary>
    public sealed record Skip(Reason Reason) : Verdict;

    /// <summary>The rest of the plan too.</summary>
    public sealed record Cancel(Reason Reason) : Verdict;

    /// <summary>It fell due while nothing could be sent; an explicit call may resume it.</summary>
    public sealed record Expire(Reason Reason) : Verdict;

    public Outcome Outcome => this switch
    {
        Send => Outcome.Send,
        Draft => Outcome.Draft,
        Hold => Outcome.Hold,
        Skip => Outcome.Skip,
        Cancel => Outcome.Cancel,
        _ => Outcome.Expire,
    };

    public Reason? Why => this switch
    {
        Hold hold => hold.Reason,
        Skip skip => skip.Reason,
        Cancel cancel => cancel.Reason,
        Expire expire => expire.Reason,
        _ => null,
    };
}
