namespace FollowUp.Channels;

/// <summary>Why a provider refused for good.</summary>
public enum Refusal
{
    /// <summary>This message; another may pass.</summary>
    Message,

    /// <summary>The address can lastingly not be reached.</summary>
    AddressDead,

    /// <summary>The provider blocks it because the contact opted out.</summary>
    OptedOut,

    /// <summary>The channel's window is closed.</summary>
    WindowClosed,

    /// <summary>The account, sender or configuration: pause the connection.</summary>
    Connection,

    /// <summary>This contact cannot be written to on this channel for now (a marketing cap, an experiment): another channel may carry it, this one rests for a day.</summary>
    Elsewhere,

    /// <summary>A permission, a parameter or a recipient that was not set up: this message fails and the team is told.</summary>
    Setup,

    /// <summary>The template was paused or disabled: it is not used any more.</summary>
    Template,

    /// <summary>Told by a callback: certainly not delivered, for a passing reason. A new attempt is allowed.</summary>
    Passing,

    /// <summary>Told by a callback: the phone could not be reached. One new attempt, hours later.</summary>
    Unreached,

    /// <summary>A carrier filtered the text: never the same one again; several of these pause the connection.</summary>
    Filtered,
}

/// <summary>What became of one send.</summary>
[GenerateSerializer, Immutable, Alias("followup.SendResult")]
public abstract record SendResult
{
    private SendResult() { }

    /// <summary>The provider took it.</summary>
    [GenerateSerializer, Immutable, Alias("followup.Accepted")]
    public sealed record Accepted(string ProviderMessageId) : SendResult;

    /// <summary>A documented refusal; final for this attempt.</summary>
    [GenerateSerializer, Immutable, Alias("followup.Refused")]
    public sealed record Refused(Refusal Why, string Code) : SendResult;

    /// <summary>Certainly not processed: the same step may try again, not before <paramref name="RetryAfter"/>. <paramref name="Tried"/>: the provider was asked; what our own pace or the closing hours held back uses up no try.</summary>
    [GenerateSerializer, Immutable, Alias("followup.NotSent")]
    public sealed record NotSent(string Code, TimeSpan? RetryAfter, bool Tried = true) : SendResult;

    /// <summary>A machine that knows repeats by their id did not take it, or maybe did: the very same request is made again. <paramref name="MayHaveArrived"/>: its bytes left us.</summary>
    [GenerateSerializer, Immutable, Alias("followup.SendAgain")]
    public sealed record Again(string Code, TimeSpan? RetryAfter, bool MayHaveArrived) : SendResult;

    /// <summary>The answer was lost: the provider may or may not have taken it.</summary>
    [GenerateSerializer, Immutable, Alias("followup.Uncertain")]
    public sealed record Uncertain(string Detail) : SendResult;
}
