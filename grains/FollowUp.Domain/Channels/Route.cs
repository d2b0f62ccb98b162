using FollowUp.Bots;
using FollowUp.Conversations;

namespace FollowUp.Channels;

/// <summary>The channel that carries a message now, or why none does.</summary>
public sealed record Route
{
    /// <summary>Null: none can.</summary>
    public Channel? Channel { get; init; }

    /// <summary>The next in line, in order.</summary>
    public IReadOnlyList<Channel> Next { get; init; } = [];

    public Reason? WhyNot { get; init; }

    /// <summary>WhatsApp outside its window: only this approved template may go.</summary>
    public WhatsAppTemplate? Template { get; init; }
}
