namespace FollowUp.Conversations;

/// <summary>A person is in charge, or was: the bot rests.</summary>
public sealed record HumanInCharge
{
    public string? By { get; init; }
    public DateTimeOffset Since { get; init; }

    /// <summary>Taken over explicitly: until released, whatever the clock says.</summary>
    public bool Explicit { get; init; }

    /// <summary>The bot rests until then; null: for ever.</summary>
    public DateTimeOffset? AsleepUntil { get; init; }

    /// <summary>The bot has spoken again by itself: plans are laid again, and held while it is asleep.</summary>
    public bool BotSpoke { get; init; }
}
