using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp.Ports;

/// <summary>Finds what contacts wrote while the provider could not reach us. Registered keyed by <see cref="ConnectionKind"/>; a kind without one has nothing to catch up with.</summary>
public interface IMissedInbound
{
    /// <summary>The contacts' messages that the provider received since <paramref name="since"/> (real time), in any order; ones that are known already do no harm. Null: the provider refuses to tell.</summary>
    /// <exception cref="HttpRequestException">The provider cannot be reached, or answers with a fault of its own.</exception>
    Task<IReadOnlyList<MissedMessage>?> ListAsync(Connection connection, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>A contact's message as the provider's list has it.</summary>
public sealed record MissedMessage
{
    /// <summary>The id its webhook would have carried.</summary>
    public required string MessageId { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>The contact's address.</summary>
    public required string From { get; init; }

    public required string Text { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset SentAt { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }
}
