using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.Connectors.Twilio;

/// <summary>SMS through Twilio. One request a send: the create call has no idempotency key, so a lost answer stays uncertain until a callback or the list tells.</summary>
internal sealed class TwilioConnector(HttpClient http, IOptions<TwilioOptions> options, IConfiguration configuration) : IChannelConnector, IMissedInbound
{
    /// <summary>Twilio's longest body (else 21617).</summary>
    private const int LongestBody = 1_600;

    private const int MostPagesOfOne = 5;
    private const int MostPagesOfAll = 50;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Text.Length > LongestBody)
        {
            return new SendResult.Refused(Refusal.Message, "21617");
        }

        var body = new WatchedContent(await FormOf(message).ReadAsByteArrayAsync(cancellationToken), "application/x-www-form-urlencoded");
        using var request = Request(HttpMethod.Post, message.Connection, "Messages.json");
        return await http.SendOnceAsync(request, body, Classify, cancellationToken);
    }

    public async Task<SendResult?> ReconcileAsync(OutboundMessage message, DateTimeOffset attemptedAt, CancellationToken cancellationToken)
    {
        var (from, until) = ProviderCall.MadeBetween(attemptedAt, options.Value.Timeout);
        try
        {
            // By recipient alone: with a Messaging Service the sender is not known, and whether an unsent message matches a date filter is not documented.
            if (await ListAsync(message.Connection, $"To={Uri.EscapeDataString(message.To)}", MostPagesOfOne, cancellationToken) is not { } listed)
            {
                return null;
            }

            return ProviderCall.SettledBy([.. listed.Where(found => found.HasSid && found.Direction == "outbound-api" && found.To == message.To && found.Body == message.Text && found.CreatedAt >= from && found.CreatedAt <= until && !message.Known.Contains(found.Sid!)).Select(found => found.Sid!)]);
        }
        catch (Exception failure) when (ProviderCall.IsBroken(failure))
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<MissedMessage>?> ListAsync(Connection connection, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // The filter knows days only, in GMT. A Messaging Service has any number of senders: there the whole account is read.
        var day = since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var filter = connection.From is { } ours ? $"To={Uri.EscapeDataString(ours)}&DateSent%3E={day}" : $"DateSent%3E={day}";
        return await ListAsync(connection, filter, MostPagesOfAll, cancellationToken) is not { } listed ? null :
        [
            .. listed
                .Where(found => found is { HasSid: true, Direction: "inbound", From: not null } && found.CreatedAt >= since && IsOurs(found, connection))
                .Select(found => new MissedMessage
                {
                    MessageId = found.Sid!,
                    Channel = found.From!.StartsWith("whatsapp:", StringComparison.Ordinal) ? Channel.WhatsApp : Channel.Sms,
                    From = found.From[(found.From.IndexOf(':', StringComparison.Ordinal) + 1)..],
                    Text = found.Body is { Length: > 0 } text ? text : " ",
                    SentAt = found.CreatedAt!.Value,
                    Attachments = found.NumMedia is not (null or "0") ? [new Attachment { Url = $"{options.Value.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{connection.AccountSid}/Messages/{found.Sid}/Media.json" }] : null,
                }),
        ];
    }

    private static bool IsOurs(TwilioMessage found, Connection connection) =>
        (connection.From is { } ours && found.To?.EndsWith(ours, StringComparison.Ordinal) is true) || (connection.MessagingServiceSid is { } service && found.MessagingServiceSid == service);

    // Null: Twilio refuses. A page that cannot be read, or a fault of theirs, is an exception: it is asked again.
    private async Task<List<TwilioMessage>?> ListAsync(Connection connection, string filter, int mostPages, CancellationToken cancellationToken)
    {
        var found = new List<TwilioMessage>();
        var next = $"/2010-04-01/Accounts/{connection.AccountSid}/Messages.json?{filter}&PageSize=1000";
        for (var page = 0; page < mostPages && next is not null; page++)
        {
            // The next page is a path of theirs; wherever it points, the credentials go to Twilio only.
            using var request = Request(HttpMethod.Get, connection, next[(next.IndexOf("Messages.json", StringComparison.Ordinal) is var at and >= 0 ? at : throw new HttpRequestException("A next page elsewhere."))..]);
            using var response = await http.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is >= 400 and < 500 and not 429)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            var list = ProviderCall.Read<TwilioMessageList>(await response.Content.ReadAsByteArrayAsync(cancellationToken)) ?? throw new HttpRequestException("A page that cannot be read.");
            found.AddRange(list.Messages);
            next = list.NextPageUri;
        }

        return found;
    }

    private HttpRequestMessage Request(HttpMethod method, Connection connection, string path)
    {
        var request = new HttpRequestMessage(method, $"{options.Value.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{connection.AccountSid}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{connection.AccountSid}:{connection.AuthToken}")));
        return request;
    }

    private FormUrlEncodedContent FormOf(OutboundMessage message) => new(Fields(message));

    private IEnumerable<KeyValuePair<string, string>> Fields(OutboundMessage message)
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
            return ProviderCall.Read<TwilioMessage>(body) is { HasSid: true } created ? new SendResult.Accepted(created.Sid!) : new SendResult.Uncertain($"{status} without a message id.");
        }

        if (status is >= 400 and < 500 && ProviderCall.Read<TwilioError>(body) is { Number: > 0 } error)
        {
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                return error.Number == TwilioErrors.TooManyRequests
                    ? new SendResult.NotSent("20429", response.Headers.RetryAfter?.Delta)
                    : new SendResult.Uncertain("429 that Twilio did not sign.");
            }

            return new SendResult.Refused(TwilioErrors.Of(error.Number), error.Number.ToString(CultureInfo.InvariantCulture));
        }

        return new SendResult.Uncertain($"Status {status}.");
    }
}
