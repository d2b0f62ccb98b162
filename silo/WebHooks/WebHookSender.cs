using System.Globalization;
using System.Text;
using FollowUp.Connectors;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.WebHooks;

/// <summary>Signs and sends one request through the guarded handler.</summary>
internal sealed class WebHookSender(HttpClient http, WebHookTargets targets, IOptions<WebHookOptions> options) : IWebHookSender
{
    /// <summary>Of an answer no more is read.</summary>
    private const int LargestAnswer = 64 * 1024;

    public async Task<WebHookOutcome> SendAsync(WebHookCall call, CancellationToken cancellationToken)
    {
        if (targets.Problem(call.Url) is not null)
        {
            return new WebHookOutcome.Blocked();
        }

        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var body = new WatchedContent(call.Body, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Url) { Content = body };
        request.Headers.TryAddWithoutValidation("webhook-id", call.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebHookSignature.Of(call.Secrets, call.Id, timestamp, call.Body));
        request.Headers.TryAddWithoutValidation("User-Agent", "FollowUp-WebHooks/1.0");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.Timeout);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return new WebHookOutcome.Answered((int)response.StatusCode, await ReadAsync(response, deadline.Token), response.Headers.RetryAfter?.Delta);
        }
        catch (Exception failure) when (ProviderCall.IsBroken(failure))
        {
            return failure is TargetBlockedException || failure.InnerException is TargetBlockedException ? new WebHookOutcome.Blocked()
                : body.Left ? new WebHookOutcome.Lost(failure is OperationCanceledException ? "timeout" : "connectionBroke")
                : new WebHookOutcome.NotSent("unreachable");
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LargestAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
