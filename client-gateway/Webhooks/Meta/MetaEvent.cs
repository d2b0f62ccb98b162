using FollowUp.Conversations;

namespace FollowUp.Webhooks.Meta;

/// <summary>One thing a webhook tells, whichever product it is about. <see cref="Account"/> is the page, Instagram account or phone number id it belongs to.</summary>
public abstract record MetaEvent
{
    private MetaEvent() { }

    public required string Account { get; init; }

    /// <summary>The contact's address: PSID, IGSID, a number with its <c>+</c>, or WhatsApp's business-scoped user id. Null: it names none.</summary>
    public string? Contact { get; init; }

    /// <summary>The business-scoped user id, when <see cref="Contact"/> is a number.</summary>
    public string? Alias { get; init; }

    /// <summary>The provider's own time; null: it names none.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The contact wrote, or pressed a button.</summary>
    public sealed record Message : MetaEvent
    {
        public required string Id { get; init; }
        public required string Text { get; init; }
        public IReadOnlyList<Attachment>? Attachments { get; init; }
        public string? Name { get; init; }
    }

    /// <summary>Our side wrote: we, a person, or another app.</summary>
    public sealed record Echo : MetaEvent
    {
        public required string Id { get; init; }
        public required string Text { get; init; }
        public IReadOnlyList<Attachment>? Attachments { get; init; }
        public string? AppId { get; init; }

        /// <summary>Our attempt id, when it came back.</summary>
        public string? AttemptId { get; init; }
    }

    /// <summary>What became of one message of ours.</summary>
    public sealed record Status : MetaEvent
    {
        public required string Id { get; init; }
        public required Delivery State { get; init; }
        public string? ErrorCode { get; init; }
        public string? AttemptId { get; init; }

        /// <summary>The conversation that the attempt was made in, when it came back.</summary>
        public string? ConversationId { get; init; }
    }

    public sealed record Signal : MetaEvent
    {
        public required ChannelSignalKind Kind { get; init; }
        public string? MessageId { get; init; }
        public string? Text { get; init; }
        public string? By { get; init; }

        /// <summary>The app that owns the thread now.</summary>
        public string? OwnerAppId { get; init; }
    }

    /// <summary>A WhatsApp template was stopped, or approved again.</summary>
    public sealed record Template : MetaEvent
    {
        public required string Name { get; init; }
        public required bool Usable { get; init; }
    }
}

/// <summary>A webhook taken apart.</summary>
/// <param name="Events">In the order they came.</param>
/// <param name="Unknown">What nothing could be made of, and why.</param>
public sealed record MetaBatch(IReadOnlyList<MetaEvent> Events, IReadOnlyList<(string Why, string Payload)> Unknown);
