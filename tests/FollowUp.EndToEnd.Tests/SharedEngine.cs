using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>One engine for all tests of a class.</summary>
public abstract class SharedEngine(double speed, params string[] more) : IAsyncLifetime
{
    private Engine? engine;

    public Engine Engine => engine!;

    public async ValueTask InitializeAsync()
    {
        engine = await Engine.StartNewAsync(speed, twilio: null, meta: null, more);
        await SetUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }
    }

    protected virtual Task SetUpAsync() => Task.CompletedTask;
}
