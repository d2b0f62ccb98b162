namespace FollowUp.ProviderSimulator.Models;

/// <summary>Answers of a model that does its job, of the schemas it is asked for.</summary>
public static class GoodModel
{
    /// <summary>By the schema's name.</summary>
    public static string Answer(ModelRequest request) => request.Schema switch
    {
        "reading" => Reading("normal"),
        "followUp" => FollowUp($"Hi! Shall we go on where we stopped ({Number(request.Data)})?"),
        _ => Text("Thank you for asking! Which day would suit you best?"),
    };

    public static string Reading(string intent, string? when = null, string? quote = null, double confidence = 0.9, bool ofAll = false) =>
        System.Text.Json.JsonSerializer.Serialize(new { intent, confidence, quote, when, ofAllChannels = ofAll });

    public static string FollowUp(string? text, string fits = "yes", string? reason = null) =>
        System.Text.Json.JsonSerializer.Serialize(new { fits, reason, text });

    public static string Text(string? text, string? reason = null) =>
        System.Text.Json.JsonSerializer.Serialize(new { text, reason });

    // So that no two follow-ups of a conversation are the same.
    private static int Number(string data) => data.GetHashCode(StringComparison.Ordinal) & 0xFFFF;
}
