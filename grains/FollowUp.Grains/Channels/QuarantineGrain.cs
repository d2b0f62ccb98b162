namespace FollowUp.Channels;

/// <summary>What a connection's webhooks left aside.</summary>
public sealed class QuarantineState
{
    public List<QuarantinedWebhook> Webhooks { get; set; } = [];
}

internal sealed class QuarantineGrain(
    [PersistentState("quarantine", StorageNames.FollowUp)] IPersistentState<QuarantineState> stored,
    TimeProvider time) : Grain, IQuarantineGrain
{
    private const int Kept = 20;
    private const int LongestPayload = 8_192;

    /// <summary>Raw webhooks hold personal data: they are kept as long as it takes to look at them.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public async Task KeepAsync(string why, string payload)
    {
        payload = payload.Length > LongestPayload ? payload[..LongestPayload] : payload;
        var known = Current();
        if (known.Any(webhook => webhook.Payload == payload))
        {
            return;
        }

        stored.State.Webhooks = [.. known.TakeLast(Kept - 1), new QuarantinedWebhook { At = time.GetUtcNow(), Why = why, Payload = payload }];
        await stored.WriteStateAsync();
    }

    public Task<IReadOnlyList<QuarantinedWebhook>> ListAsync() => Task.FromResult<IReadOnlyList<QuarantinedWebhook>>(Current());

    private List<QuarantinedWebhook> Current()
    {
        var oldest = time.GetUtcNow() - KeptFor;
        return [.. stored.State.Webhooks.Where(webhook => webhook.At >= oldest)];
    }
}
