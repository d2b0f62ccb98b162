namespace FollowUp.Bots;

/// <summary>Whether a bot acts, drafts or rests.</summary>
public enum BotMode
{
    /// <summary>Acts.</summary>
    AutoPilot,

    /// <summary>Drafts wait for approval.</summary>
    Suggestive,

    Off,
}

/// <summary>Who answers inbound messages.</summary>
public enum OwnAnswers
{
    /// <summary>The engine, with a model or a plain acknowledgement.</summary>
    BuiltIn,

    /// <summary>The caller's own bot, which tells its messages here.</summary>
    External,

    None,
}

/// <summary>Who the bot is.</summary>
[GenerateSerializer, Immutable, Alias("followup.Persona")]
public sealed record Persona
{
    /// <summary>At most 200 characters; default: the workspace's.</summary>
    [Id(0)] public string? BusinessName { get; init; }

    /// <summary>At most 2,000 characters.</summary>
    [Id(1)] public string? Personality { get; init; }

    /// <summary>At most 2,000 characters.</summary>
    [Id(2)] public string? Goal { get; init; }

    /// <summary>At most 50,000 characters.</summary>
    [Id(3)] public string? Knowledge { get; init; }

    /// <summary>en, es, fr, de or pt. Default: en.</summary>
    [Id(4)] public string Language { get; init; } = "en";
}

/// <summary>A bot's whole settings, saved as one (SPEC §3). Everything but the name and the scenarios is optional.</summary>
[GenerateSerializer, Immutable, Alias("followup.Bot")]
public sealed record Bot
{
    /// <summary>1 to 200 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Default: true. Inactive: nothing is sent.</summary>
    [Id(1)] public bool Active { get; init; } = true;

    [Id(2)] public BotMode Mode { get; init; }

    [Id(3)] public OwnAnswers OwnAnswers { get; init; }

    [Id(4)] public Persona Persona { get; init; } = new();

    /// <summary>The business's IANA zone; absent: the workspace's, else UTC.</summary>
    [Id(5)] public string? TimeZone { get; init; }

    /// <summary>1 second to 5 minutes; inbound messages of that time get one answer. Default: 5 seconds.</summary>
    [Id(6)] public Delay WaitBeforeAnswering { get; init; } = Delay.Of(5, DelayUnit.Seconds);

    /// <summary>How long the bot rests after a person wrote. Default: 12 hours; unit <c>forever</c>: until released.</summary>
    [Id(7)] public Delay SleepAfterHuman { get; init; } = Delay.Of(12, DelayUnit.Hours);

    /// <summary>Hosts a written text may link to; at most 50.</summary>
    [Id(8)] public IReadOnlyList<string> AllowedLinks { get; init; } = [];

    [Id(9)] public required FollowUpSettings FollowUp { get; init; }
}
