using FollowUp.ProviderSimulator;
using FollowUp.ProviderSimulator.Models;

// Stand-ins for Twilio and for a language model:
// dotnet run --project tests/FollowUp.ProviderSimulator -- --urls http://127.0.0.1:9090 --ledger ledger.jsonl --model http://127.0.0.1:9091 [--malicious true]
var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
await using var simulator = await ProviderSimulatorHost.StartAsync(configuration["urls"] ?? "http://127.0.0.1:9090", configuration["ledger"] ?? "ledger.jsonl");
Console.WriteLine($"The stand-in answers at {simulator.BaseUrl}");
await using var model = configuration["model"] is { } address ? await ModelSimulatorHost.StartAsync(address) : null;
if (model is not null)
{
    var turn = 0;
    model.Answer = configuration.GetValue("malicious", false) ? request => MaliciousModel.Answer(request, Interlocked.Increment(ref turn)) : GoodModel.Answer;
    Console.WriteLine($"The stand-in model answers at {model.BaseUrl}/v1 (OpenAI) and {model.BaseUrl} (Azure), key {ModelSimulatorHost.ApiKey}");
}

await simulator.StoppedAsync();
