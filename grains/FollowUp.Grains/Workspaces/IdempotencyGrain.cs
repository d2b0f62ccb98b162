namespace FollowUp.Workspaces;

/// <summary>What one idempotency key stands for.</summary>
public sealed class IdempotencyRecord
{
    public string? Fingerprint { get; set; }
    public DateTimeOffset At { get; set; }
    public RecordedAnswer? Answer { get; set; }
}

internal sealed class IdempotencyGrain([PersistentState("idempotency", StorageNames.FollowUp)] IPersistentState<IdempotencyRecord> stored) : Grain, IIdempotencyGrain
{
    /// <summary>How long a key is kept, real time.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private string? running;

    public Task<IdempotencyState> BeginAsync(string fingerprint)
    {
        var record = stored.State;
        if (record.Answer is not null && DateTimeOffset.UtcNow - record.At < Kept)
        {
            return Task.FromResult(record.Fingerprint == fingerprint ? new IdempotencyState { Recorded = record.Answer } : new IdempotencyState { Mismatch = true });
        }

        if (running is not null)
        {
            return Task.FromResult(running == fingerprint ? new IdempotencyState { Running = true } : new IdempotencyState { Mismatch = true });
        }

        running = fingerprint;
        return Task.FromResult(new IdempotencyState { IsFirst = true });
    }

    public async Task CompleteAsync(RecordedAnswer? answer)
    {
        if (answer is not null)
        {
            stored.State.Fingerprint = running;
            stored.State.At = DateTimeOffset.UtcNow;
            stored.State.Answer = answer;
            await stored.WriteStateAsync();
        }

        running = null;
    }
}
