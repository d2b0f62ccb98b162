using FollowUp.Channels;

namespace FollowUp.Bots;

/// <summary>One scenario's switch and steps.</summary>
[GenerateSerializer, Immutable, Alias("followup.ScenarioSettings")]
public sealed record ScenarioSettings
{
    /// <summary>Default: true. A scenario with no steps counts as off.</summary>
    [Id(0)] public bool Enabled { get; init; } = true;

    /// <summary>0 to 5.</summary>
    [Id(1)] public IReadOnlyList<FollowUpStep> Steps { get; init; } = [];
}

/// <summary>The three scenarios; an absent one is off.</summary>
[GenerateSerializer, Immutable, Alias("followup.Scenarios")]
public sealed record Scenarios
{
    [Id(0)] public ScenarioSettings? StoppedResponding { get; init; }
    [Id(1)] public ScenarioSettings? Busy { get; init; }
    [Id(2)] public ScenarioSettings? RequestedFollowUp { get; init; }
}

/// <summary>Which channels may take over, in which order.</summary>
[GenerateSerializer, Immutable, Alias("followup.ChannelSwitching")]
public sealed record ChannelSwitching
{
    /// <summary>Default: false.</summary>
    [Id(0)] public bool Enabled { get; init; }

    /// <summary>Default: sms, whatsApp, messenger, instagram. No channel twice.</summary>
    [Id(1)] public IReadOnlyList<Channel> Order { get; init; } = [Channel.Sms, Channel.WhatsApp, Channel.Messenger, Channel.Instagram];
}

/// <summary>An approved WhatsApp template that may be used outside the 24-hour window.</summary>
[GenerateSerializer, Immutable, Alias("followup.WhatsAppTemplate")]
public sealed record WhatsAppTemplate
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required string Language { get; init; }

    /// <summary>The values of its body's numbered places, in order: texts with merge fields, of at most 1,024 characters; at most 20. An empty value is sent as a hyphen, which WhatsApp takes. Default: none.</summary>
    [Id(2)] public IReadOnlyList<string> Parameters { get; init; } = [];
}

/// <summary>At most so many follow-ups to one contact in a time. Days are calendar days of the contact's zone; hours and minutes roll.</summary>
[GenerateSerializer, Immutable, Alias("followup.FollowUpLimit")]
public sealed record FollowUpLimit
{
    [Id(0)] public int Count { get; init; }
    [Id(1)] public required Delay Per { get; init; }
}

/// <summary>Bounds of a bot's follow-ups.</summary>
[GenerateSerializer, Immutable, Alias("followup.FollowUpLimits")]
public sealed record FollowUpLimits
{
    /// <summary>Applied beside the workspace's caps: the smaller wins. Default: none of its own.</summary>
    [Id(0)] public IReadOnlyList<FollowUpLimit> PerContact { get; init; } = [];

    /// <summary>A step older than this is skipped; closed hours do not age it. Default: 72 hours.</summary>
    [Id(1)] public Delay StaleAfter { get; init; } = Delay.Of(72, DelayUnit.Hours);

    /// <summary>How late a promised time may be kept after the bot was inactive. Default: 24 hours.</summary>
    [Id(2)] public Delay PromiseLateness { get; init; } = Delay.Of(24, DelayUnit.Hours);

    /// <summary>The bot's messages to one contact, follow-ups included. Default: 25.</summary>
    [Id(3)] public int MaximumMessages { get; init; } = 25;
}

/// <summary>Everything about a bot's follow-ups.</summary>
[GenerateSerializer, Immutable, Alias("followup.FollowUpSettings")]
public sealed record FollowUpSettings
{
    [Id(0)] public required Scenarios Scenarios { get; init; }

    /// <summary>Default: off (any time).</summary>
    [Id(1)] public ActiveHours ActiveHours { get; init; } = new();

    [Id(2)] public ChannelSwitching ChannelSwitching { get; init; } = new();

    [Id(3)] public WhatsAppTemplate? WhatsAppTemplate { get; init; }

    [Id(4)] public FollowUpLimits Limits { get; init; } = new();
}
