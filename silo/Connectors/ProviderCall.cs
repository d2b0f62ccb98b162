using System.Text.Json;
using FollowUp.Channels;

namespace FollowUp.Connectors;

/// <summary>Requests to a provider, each made once. Answers are bounded by the client's <see cref="HttpClient.MaxResponseContentBufferSize"/>.</summary>
internal static class ProviderCall
{
    /// <summary>Before and after an attempt, how far the clocks of provider and engine may differ, and how long a message may be on its way.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(60);

    /// <summary>Sends a message. What breaks is told apart by what is known: without its body the provider cannot have taken it (a name that does not resolve, a refused or slow connection, a broken handshake).</summary>
    public static async Task<SendResult> SendOnceAsync(this HttpClient http, HttpRequestMessage request, WatchedContent body, Func<HttpResponseMessage, byte[], SendResult> classify, CancellationToken cancellationToken)
    {
        request.Content = body;
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return classify(response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (Exception failure) when (IsBroken(failure))
        {
            return !body.Left ? new SendResult.NotSent(failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } known ? known.HttpRequestError.ToString() : "ConnectionError", null)
                : new SendResult.Uncertain(failure is OperationCanceledException ? "No answer in time." : "The connection broke before the answer.");
        }
    }

    /// <summary>The network's fault, or the other side's; not ours.</summary>
    public static bool IsBroken(Exception failure) => failure is HttpRequestException or OperationCanceledException or IOException;

    /// <summary>Between which instants of the provider's clock a message of that attempt was made.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) MadeBetween(DateTimeOffset attemptedAt, TimeSpan timeout) => (attemptedAt - ClockSkew, attemptedAt + timeout + OnItsWay);

    /// <summary>One message that can be the lost one settles it; with none or several nobody can tell.</summary>
    public static SendResult? SettledBy(IReadOnlyList<string> ids) => ids is [var only] ? new SendResult.Accepted(only) : null;

    /// <summary>Null: not what the provider's pages say.</summary>
    public static T? Read<T>(byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
