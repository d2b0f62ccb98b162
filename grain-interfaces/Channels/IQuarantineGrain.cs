namespace FollowUp.Channels;

/// <summary>A signed webhook, or a part of one, that nothing could be made of.</summary>
[GenerateSerializer, Immutable, Alias("followup.QuarantinedWebhook")]
public sealed record QuarantinedWebhook
{
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>What was not understood.</summary>
    [Id(1)] public required string Why { get; init; }

    /// <summary>As it came; at most 8,192 characters.</summary>
    [Id(2)] public required string Payload { get; init; }
}

/// <summary>What a connection's webhooks brought that nothing could be made of: acknowledged, so that the provider does not repeat it for days, and kept for a person to look at. Key: <c>workspace|connectionId</c>.</summary>
[Alias("followup.IQuarantineGrain")]
public interface IQuarantineGrain : IGrainWithStringKey
{
    /// <summary>Keeps the latest 20, for at most 30 days. The same payload again is kept once.</summary>
    [Alias("Keep")]
    Task KeepAsync(string why, string payload);

    /// <summary>Oldest first.</summary>
    [Alias("List")]
    Task<IReadOnlyList<QuarantinedWebhook>> ListAsync();
}
