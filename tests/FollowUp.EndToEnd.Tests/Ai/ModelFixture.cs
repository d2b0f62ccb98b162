using FollowUp.ProviderSimulator.Models;
using Xunit;

namespace FollowUp.EndToEnd.Ai;

/// <summary>One engine and its model for a class of tests; each test begins with a good model.</summary>
public sealed class ModelFixture : IAsyncLifetime
{
    public ModelSimulatorHost Model { get; private set; } = null!;

    public Engine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Model = await ModelSimulatorHost.StartAsync();
        Engine = await Engine.StartNewAsync(speed: 1, twilio: null, meta: null, "--Ai:Provider=OpenAI", $"--Ai:Endpoint={Model.BaseUrl}/v1", "--Ai:Model=our-model", $"--Ai:ApiKey={ModelSimulatorHost.ApiKey}", "--Ai:BreakDuration=00:00:01");
        await Setup.AcmeAsync(Engine);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Model.DisposeAsync();
    }
}
