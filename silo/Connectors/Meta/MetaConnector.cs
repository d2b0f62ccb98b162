using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using FollowUp.Channels;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.Connectors.Meta;

/// <summary>Messenger, Instagram (by either login) and WhatsApp Cloud. One request a send: none has an idempotency key, so a lost answer stays uncertain until an echo, a status or the thread tells.</summary>
internal sealed class MetaConnector(HttpClient http, IOptions<MetaOptions> options, MetaPace pace) : IChannelConnector
{
    private const string Facebook = "https://graph.facebook.com";
    private const string OfInstagram = "https://graph.instagram.com";

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (IsTooLong(message))
        {
            return new SendResult.Refused(Refusal.Message, "tooLong");
        }

        if (AccountOf(message) is not { } account)
        {
            return new SendResult.Refused(Refusal.Message, "noAccount");
        }

        if (await pace.WaitAsync(account, cancellationToken) is { } closed)
        {
            return new SendResult.NotSent("usage", closed, Tried: false);
        }

        using var request = Request(HttpMethod.Post, message.Connection, $"{account}/messages");
        return await http.SendOnceAsync(request, new WatchedContent(MetaBodies.Of(message), "application/json"), (response, body) => Classify(response, body, pace.Heed(account, response)), cancellationToken);
    }

    /// <summary>Reads the contact's thread on Messenger and Instagram. WhatsApp's history names neither recipient nor text: there only a status can tell.</summary>
    public async Task<SendResult?> ReconcileAsync(OutboundMessage message, DateTimeOffset attemptedAt, CancellationToken cancellationToken)
    {
        if (message.Channel is Channel.WhatsApp || AccountOf(message) is not { } account || !await pace.MayReadAsync(account, cancellationToken))
        {
            return null;
        }

        try
        {
            var platform = message.Channel is Channel.Messenger ? "messenger" : "instagram";
            using var request = Request(HttpMethod.Get, message.Connection, $"{account}/conversations", $"platform={platform}&user_id={Uri.EscapeDataString(message.To)}&fields=messages.limit(50)%7Bid,created_time,from,message%7D");
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            var (from, until) = ProviderCall.MadeBetween(attemptedAt, options.Value.Timeout);
            return ProviderCall.SettledBy([.. (ProviderCall.Read<MetaThreads>(await response.Content.ReadAsByteArrayAsync(cancellationToken))?.Data ?? [])
                .SelectMany(thread => thread.Messages?.Data ?? [])
                .Where(found => found.Id is not null && found.Message == message.Text && !message.Known.Contains(found.Id) && IsOurs(found.From?.Id, message.Connection) && CreatedAt(found) is { } at && at >= from && at <= until)
                .Select(found => found.Id!)]);
        }
        catch (Exception failure) when (ProviderCall.IsBroken(failure))
        {
            return null;
        }
    }

    private static bool IsTooLong(OutboundMessage message) => message.Channel switch
    {
        Channel.Messenger => message.Text.Length > 2_000,
        Channel.Instagram => Encoding.UTF8.GetByteCount(message.Text) > 1_000,
        _ => message.Template is null && message.Text.Length > 4_096,
    };

    // The Facebook login sends Instagram's messages by the page.
    private static string? AccountOf(OutboundMessage message) => message.Channel switch
    {
        Channel.Messenger => message.Connection.PageId,
        Channel.Instagram => IsInstagramLogin(message.Connection) ? message.Connection.InstagramId : message.Connection.PageId,
        Channel.WhatsApp => message.Connection.PhoneNumberId,
        _ => null,
    };

    private static bool IsInstagramLogin(Connection connection) => connection.LoginRoute == "instagram";

    private static bool IsOurs(string? id, Connection connection) => id is not null && (id == connection.PageId || id == connection.InstagramId);

    private static DateTimeOffset? CreatedAt(MetaThreadMessage message) =>
        DateTimeOffset.TryParseExact(message.CreatedTime, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        || DateTimeOffset.TryParse(message.CreatedTime, CultureInfo.InvariantCulture, out at) ? at : null;

    private HttpRequestMessage Request(HttpMethod method, Connection connection, string path, string query = "")
    {
        var instagram = IsInstagramLogin(connection);
        var host = options.Value.BaseUrl ?? (instagram ? OfInstagram : Facebook);
        if (options.Value.AppSecretProof && !instagram && connection is { AppSecret: { } secret, AccessToken: { } token })
        {
            // developers.facebook.com/docs/graph-api/guides/secure-requests
            query = $"{query}{(query.Length == 0 ? "" : "&")}appsecret_proof={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token)))}";
        }

        var request = new HttpRequestMessage(method, $"{host.TrimEnd('/')}/{options.Value.GraphVersion}/{path}{(query.Length == 0 ? "" : "?")}{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.AccessToken);
        return request;
    }

    private static SendResult Classify(HttpResponseMessage response, byte[] body, TimeSpan? retryAfter)
    {
        var status = (int)response.StatusCode;
        var answer = ProviderCall.Read<MetaAnswer>(body);
        if (response.IsSuccessStatusCode)
        {
            return answer?.Id is { Length: > 0 } id ? new SendResult.Accepted(id) : new SendResult.Uncertain($"{status} without a message id.");
        }

        // A server's fault, or an answer that Meta did not write: nobody knows what became of the message.
        return status is >= 400 and < 500 && answer?.Error is { Code: { } code } error
            ? MetaErrors.Answer(code, error.Subcode, retryAfter)
            : new SendResult.Uncertain($"Status {status}.");
    }
}
