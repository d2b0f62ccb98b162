using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp.Ports;

/// <summary>Talks to one kind of provider. Registered keyed by <see cref="ConnectionKind"/>. Refusals are results; exceptions are surprises and count as <see cref="SendResult.Uncertain"/>.</summary>
public interface IChannelConnector
{
    /// <summary>Sends once, without retries of its own; bounded by its own time-out.</summary>
    Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Asks the provider about a send whose answer was lost. Null: it cannot tell (yet).</summary>
    Task<SendResult?> ReconcileAsync(OutboundMessage message, DateTimeOffset attemptedAt, CancellationToken cancellationToken);
}

/// <summary>A message on its way out.</summary>
public sealed record OutboundMessage
{
    public required string Workspace { get; init; }
    public required string ConversationId { get; init; }
    public required string ConnectionId { get; init; }
    public required Connection Connection { get; init; }

    /// <summary>Goes out with the message and comes back in callbacks.</summary>
    public required string AttemptId { get; init; }

    /// <summary>Our id of the message, by which receipts may name it.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The provider's ids of this conversation's settled messages: none of them is a lost one.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    public required Channel Channel { get; init; }

    /// <summary>The contact's address on that channel.</summary>
    public required string To { get; init; }

    public required string Text { get; init; }

    /// <summary>A follow-up: nobody asked for it just now.</summary>
    public bool Proactive { get; init; }

    /// <summary>It goes as this approved template; <see cref="Text"/> only says so in words.</summary>
    public TemplateMessage? Template { get; init; }

    /// <summary>How long the provider may keep it queued, engine's time; null: no bound.</summary>
    public TimeSpan? ValidFor { get; init; }
}
