namespace FollowUp.Conversations;

/// <summary>One stretch of silence, and what was already done about it.</summary>
public sealed record Episode
{
    /// <summary>Nothing is chased until the contact writes again.</summary>
    public bool Over { get; init; }

    /// <summary>A plan was laid in this episode; a second one is not.</summary>
    public bool Planned { get; init; }

    /// <summary>At most five an episode.</summary>
    public int FollowUpsSent { get; init; }

    /// <summary>A goal was reached: booked, paid, a tag, a custom event.</summary>
    public bool GoalReached { get; init; }

    /// <summary>Chasing does not start before: the contact named a time whose scenario is off.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
