using System.Text.Json.Nodes;

namespace FollowUp.ProviderSimulator.Models;

/// <summary>What the stand-in model was asked.</summary>
/// <param name="Wire"><c>azure</c> or <c>openai</c>.</param>
/// <param name="Model">The deployment or model asked.</param>
/// <param name="Schema">The name of the JSON schema.</param>
/// <param name="Instructions">The system message.</param>
/// <param name="Data">The last user message.</param>
/// <param name="Body">The request as it came.</param>
public sealed record ModelRequest(string Wire, string Model, string Schema, string Instructions, string Data, JsonNode Body);
