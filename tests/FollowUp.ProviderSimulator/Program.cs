using FollowUp.ProviderSimulator;

// A stand-in for Twilio: dotnet run --project tests/FollowUp.ProviderSimulator -- --urls http://127.0.0.1:9090 --ledger ledger.jsonl
var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
await using var simulator = await ProviderSimulatorHost.StartAsync(configuration["urls"] ?? "http://127.0.0.1:9090", configuration["ledger"] ?? "ledger.jsonl");
Console.WriteLine($"The stand-in answers at {simulator.BaseUrl}");
await simulator.StoppedAsync();
