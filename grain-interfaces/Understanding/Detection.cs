namespace FollowUp.Understanding;

/// <summary>How far an opt-out reaches.</summary>
public enum OptOutScope
{
    /// <summary>The channel the message came on.</summary>
    Channel,

    /// <summary>Every channel of the business.</summary>
    All,
}

/// <summary>How exact the time asked for is.</summary>
public enum TimeGrain
{
    Minute,
    Hour,
    PartOfDay,
    Day,
    Week,
    Month,
}

/// <summary>Who judged a message.</summary>
public enum Judge
{
    BuiltIn,
    Model,
}

/// <summary>What one message was understood to say.</summary>
[GenerateSerializer, Immutable, Alias("followup.Detection")]
public sealed record Detection
{
    [Id(0)] public required Intent Intent { get; init; }

    /// <summary>0 to 1.</summary>
    [Id(1)] public required double Confidence { get; init; }

    /// <summary>When the contact asked to be contacted, UTC; null where no time is named or derivable. Hours are not applied.</summary>
    [Id(2)] public DateTimeOffset? DueAt { get; init; }

    /// <summary><see cref="DueAt"/> in the contact's zone, with that zone's offset.</summary>
    [Id(3)] public DateTimeOffset? DueLocal { get; init; }

    [Id(4)] public TimeGrain? Grain { get; init; }

    /// <summary>Until when the contact said to be busy, or away for an auto-reply, UTC.</summary>
    [Id(5)] public DateTimeOffset? BusyUntil { get; init; }

    /// <summary>The contact's words that decided; empty for normal messages.</summary>
    [Id(6)] public string Evidence { get; init; } = "";

    [Id(7)] public Judge Judge { get; init; }

    /// <summary>en, es, fr, de or pt.</summary>
    [Id(8)] public string Language { get; init; } = "en";

    /// <summary>For <see cref="Intent.OptOut"/> only: what the refusal covers.</summary>
    [Id(9)] public OptOutScope? Scope { get; init; }

    /// <summary>The whole message is an opt-out or opt-in word (a provider may have confirmed it itself).</summary>
    [Id(10)] public bool IsKeyword { get; init; }

    /// <summary>The whole message is START or UNSTOP: it lifts an opt-out. The intent is then normal.</summary>
    [Id(11)] public bool IsOptIn { get; init; }
}
