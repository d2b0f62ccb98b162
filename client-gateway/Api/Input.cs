using System.Text.Json;
using System.Text.RegularExpressions;
using FollowUp.Api.Json;

namespace FollowUp.Api;

/// <summary>Reads and checks what a call brings.</summary>
internal static partial class Input
{
    /// <summary>Bodies of the API at most.</summary>
    public const long LargestBody = 256 * 1024;

    /// <summary>An id as SPEC's conventions have it.</summary>
    public static bool IsId(string? id) => id is not null && IdSyntax().IsMatch(id);

    /// <summary>The body; a missing or bad one is a problem document.</summary>
    public static async Task<(T? Value, IResult? Problem)> BodyAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupportedMediaType", "Send application/json."));
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ApiJson.Options, context.RequestAborted) is { } value
                ? (value, null)
                : (null, Problems.Of(StatusCodes.Status400BadRequest, "malformedJson", "The body may not be null."));
        }
        catch (JsonException bad)
        {
            return (null, ProblemAnswers.OfJson(bad));
        }
    }

    /// <summary>The body, or an empty one where a call needs none.</summary>
    public static async Task<(T? Value, IResult? Problem)> OptionalBodyAsync<T>(HttpContext context)
        where T : class, new() =>
        context.Request.ContentLength is null or 0 && context.Request.Headers.TransferEncoding.Count == 0 ? (new T(), null) : await BodyAsync<T>(context);

    /// <summary>An enum's camelCase word in a query; null when absent.</summary>
    public static T? Word<T>(HttpContext context, string name, Dictionary<string, IReadOnlyList<string>> errors)
        where T : struct, Enum
    {
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text)
            {
                return value;
            }
        }

        errors[name] = [$"One of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}."];
        return null;
    }

    public static DateTimeOffset? Instant(HttpContext context, string name, Dictionary<string, IReadOnlyList<string>> errors)
    {
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<DateTimeOffset>(JsonSerializer.Serialize(text), ApiJson.Options);
        }
        catch (JsonException)
        {
            errors[name] = ["Not an instant, such as 2026-11-22T19:04:00Z."];
            return null;
        }
    }

    /// <summary>1 to 200, default 50.</summary>
    public static int Limit(HttpContext context, Dictionary<string, IReadOnlyList<string>> errors)
    {
        var text = context.Request.Query["limit"].ToString();
        if (text.Length == 0)
        {
            return 50;
        }

        if (int.TryParse(text, out var limit) && limit is >= 1 and <= 200)
        {
            return limit;
        }

        errors["limit"] = ["From 1 to 200."];
        return 0;
    }

    public static string? Text(HttpContext context, string name) => context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    public static bool Flag(HttpContext context, string name) => context.Request.Query[name].ToString() is "true";

    /// <summary>The version of an If-Match header; null when absent, -1 when it is none of ours.</summary>
    public static int? IfMatch(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        return header.Length == 0 ? null : int.TryParse(header.Trim('"'), out var version) ? version : -1;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex IdSyntax();
}
