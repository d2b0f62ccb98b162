namespace FollowUp.Conversations;

/// <summary>What a provider told of one channel; each only moves forward, so the order of webhooks does not matter.</summary>
public sealed record ChannelMarks
{
    /// <summary>The contact opened the window without writing.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The window was closed for a message sent then, whatever our clock says; what opened it later counts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The provider asks to leave the contact alone here until then.</summary>
    public DateTimeOffset? RestsUntil { get; init; }

    /// <summary>Everything of ours up to then was delivered.</summary>
    public DateTimeOffset? DeliveredUntil { get; init; }

    /// <summary>Everything of ours up to then was read.</summary>
    public DateTimeOffset? ReadUntil { get; init; }

    /// <summary>The latest change of the contact's preference at the provider.</summary>
    public DateTimeOffset? PreferenceAt { get; init; }

    /// <summary>When the thread last changed hands.</summary>
    public DateTimeOffset? ThreadAt { get; init; }
}
