using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FollowUp.Channels;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.Connectors.Twilio;

/// <summary>SMS through Twilio. One request a send: the create call has no idempotency key, so a lost answer stays uncertain until a callback or the list tells.</summary>
internal sealed class TwilioConnector(HttpClient http, IOptions<TwilioOptions> options, IConfiguration configuration) : IChannelConnector
{
    /// <summary>Twilio's longest body (else 21617).</summary>
    private const int LongestBody = 1_600;

    /// <summary>Answers read at most.</summary>
    private const int LargestAnswer = 1024 * 1024;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Text.Length > LongestBody)
        {
            return new SendResult.Refused(Refusal.Message, "21617");
        }

        using var request = Request(HttpMethod.Post, message.Connection, "Messages.json");
        request.Content = new FormUrlEncodedContent(Form(message));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return Classify(response, await ReadAsync(response, cancellationToken));
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            // Not one byte of the request left.
            return new SendResult.NotSent(failure.HttpRequestError.ToString(), null);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return new SendResult.Uncertain(failure is OperationCanceledException ? "No answer in time." : "The connection broke before the answer.");
        }
    }

    public async Task<SendResult?> ReconcileAsync(OutboundMessage message, DateTimeOffset attemptedAt, CancellationToken cancellationToken)
    {
        var from = attemptedAt - TimeSpan.FromSeconds(5);
        var until = attemptedAt + options.Value.Timeout + TimeSpan.FromSeconds(60);
        try
        {
            // By recipient alone: whether an unsent message matches a date filter is not documented.
            using var request = Request(HttpMethod.Get, message.Connection, $"Messages.json?To={Uri.EscapeDataString(message.To)}&PageSize=1000");
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            var listed = TwilioMessage.Read<TwilioMessageList>(await ReadAsync(response, cancellationToken))?.Messages ?? [];
            var ours = listed.Where(found => found.HasSid && found.Direction == "outbound-api" && found.To == message.To && found.Body == message.Text && found.CreatedAt >= from && found.CreatedAt <= until).ToList();

            // None or several: nobody can tell.
            return ours.Count == 1 ? new SendResult.Accepted(ours[0].Sid!) : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Connection connection, string path)
    {
        var request = new HttpRequestMessage(method, $"{options.Value.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{connection.AccountSid}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{connection.AccountSid}:{connection.AuthToken}")));
        return request;
    }

    private IEnumerable<KeyValuePair<string, string>> Form(OutboundMessage message)
    {
        yield return new("To", message.To);
        if (message.Connection.MessagingServiceSid is { } service)
        {
            yield return new("MessagingServiceSid", service);
        }
        else
        {
            yield return new("From", message.Connection.From!);
        }

        yield return new("Body", message.Text);
        if (StatusCallback(message) is { } callback)
        {
            yield return new("StatusCallback", callback);
        }

        if (message.ValidFor is { } validFor)
        {
            // It must not leave the provider's queue after closing time; below a minute Twilio would drop it at once.
            yield return new("ValidityPeriod", ((int)Math.Clamp(validFor.TotalSeconds, 60, 36_000)).ToString());
        }
    }

    // The signature covers the query, so nobody else can settle an attempt.
    private string? StatusCallback(OutboundMessage message)
    {
        var publicUrl = configuration["Gateway:PublicBaseUrl"] ?? configuration["Urls"]?.Split(';')[0];
        return publicUrl is null
            ? null
            : $"{publicUrl.TrimEnd('/')}/webhooks/twilio/{message.ConnectionId}/status?workspace={message.Workspace}&conversation={Uri.EscapeDataString(message.ConversationId)}&attempt={Uri.EscapeDataString(message.AttemptId)}";
    }

    private static SendResult Classify(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return TwilioMessage.Read<TwilioMessage>(body) is { HasSid: true } created ? new SendResult.Accepted(created.Sid!) : new SendResult.Uncertain($"{status} without a message id.");
        }

        if (status is >= 400 and < 500 && TwilioMessage.Read<TwilioError>(body) is { Code: > 0 } error)
        {
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                return error.Code == TwilioErrors.TooManyRequests
                    ? new SendResult.NotSent("20429", response.Headers.RetryAfter?.Delta)
                    : new SendResult.Uncertain("429 that Twilio did not sign.");
            }

            return new SendResult.Refused(TwilioErrors.Of(error.Code), error.Code.ToString());
        }

        return new SendResult.Uncertain($"Status {status}.");
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LargestAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }
}
