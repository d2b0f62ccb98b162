using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>What a channel can tell beside messages and receipts.</summary>
public enum ChannelSignalKind
{
    /// <summary>The contact did something that opens the messaging window, without writing: a reaction, a call, a link into the thread.</summary>
    WindowOpened,

    /// <summary>Everything of ours up to <see cref="ChannelSignal.At"/> was delivered.</summary>
    DeliveredUntil,

    /// <summary>Everything of ours up to <see cref="ChannelSignal.At"/> was read.</summary>
    ReadUntil,

    /// <summary>The contact took a message back: its text is erased here too.</summary>
    MessageDeleted,

    /// <summary>The contact changed a message's text.</summary>
    MessageEdited,

    /// <summary>The contact stopped the business's messages in the provider's own settings.</summary>
    OptedOut,

    /// <summary>And allowed them again.</summary>
    OptedIn,

    /// <summary>Another app or a person took the thread: the bot must not send.</summary>
    ThreadTaken,

    /// <summary>The thread was given back to us.</summary>
    ThreadReturned,

    /// <summary>The contact's address on the channel changed to <see cref="ChannelSignal.Text"/>.</summary>
    AddressChanged,
}

/// <summary>Something a channel tells beside messages and receipts; may come late, twice and in any order.</summary>
[GenerateSerializer, Immutable, Alias("followup.ChannelSignal")]
public sealed record ChannelSignal
{
    [Id(0)] public required ChannelSignalKind Kind { get; init; }
    [Id(1)] public required Channel Channel { get; init; }

    /// <summary>When it happened, engine's time.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }

    /// <summary>The message it is about, by the provider's id.</summary>
    [Id(3)] public string? MessageId { get; init; }

    /// <summary>The changed text, or the new address.</summary>
    [Id(4)] public string? Text { get; init; }

    /// <summary>Who took the thread.</summary>
    [Id(5)] public string? By { get; init; }
}
