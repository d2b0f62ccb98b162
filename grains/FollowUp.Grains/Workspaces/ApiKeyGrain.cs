namespace FollowUp.Workspaces;

/// <summary>A key's row, found by the hash of the key.</summary>
public sealed class ApiKeyState
{
    public ApiKeyInfo? Info { get; set; }
}

internal sealed class ApiKeyGrain([PersistentState("apiKey", StorageNames.FollowUp)] IPersistentState<ApiKeyState> stored, TimeProvider time) : Grain, IApiKeyGrain
{
    public Task<ApiKeyInfo?> VerifyAsync()
    {
        if (stored.State.Info is null)
        {
            // Guesses must not fill the memory with activations.
            DeactivateOnIdle();
        }

        return Task.FromResult(stored.State.Info is { } info && !(info.ExpiresAt <= time.GetUtcNow()) ? info : null);
    }

    public async Task StoreAsync(ApiKeyInfo info)
    {
        stored.State.Info = info;
        await stored.WriteStateAsync();
    }

    public async Task RevokeAsync()
    {
        await stored.ClearStateAsync();
        stored.State.Info = null;
    }
}
