using System.Text.RegularExpressions;
using FollowUp.Ports;

namespace FollowUp.Channels;

/// <summary>What each kind of connection needs: every bad field at once.</summary>
internal static partial class ConnectionCheck
{
    public static Dictionary<string, IReadOnlyList<string>> Errors(Connection connection, IWebHookTargets targets)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        Need("botId", connection.BotId);
        switch (connection.Kind)
        {
            case ConnectionKind.Twilio:
                Need("authToken", connection.AuthToken);
                Shape("accountSid", connection.AccountSid, AccountSid(), "AC and 32 hexadecimal digits.", required: true);
                Shape("messagingServiceSid", connection.MessagingServiceSid, ServiceSid(), "MG and 32 hexadecimal digits.", required: false);
                Shape("from", connection.From, Sender(), "A number in E.164, or a short code.", required: connection.MessagingServiceSid is null);
                break;
            case ConnectionKind.Meta:
                Need("appSecret", connection.AppSecret);
                Need("verifyToken", connection.VerifyToken);
                Need("accessToken", connection.AccessToken);
                Shape("pageId", connection.PageId, GraphId(), "A Graph id: digits only.", required: false);
                Shape("instagramId", connection.InstagramId, GraphId(), "A Graph id: digits only.", required: false);
                Shape("phoneNumberId", connection.PhoneNumberId, GraphId(), "A Graph id: digits only.", required: false);
                Shape("appId", connection.AppId, GraphId(), "A Graph id: digits only.", required: false);
                if (connection is { PageId: null, InstagramId: null, PhoneNumberId: null })
                {
                    errors["pageId"] = ["A pageId, an instagramId or a phoneNumberId is needed."];
                }

                if (connection.LoginRoute is not (null or "facebook" or "instagram"))
                {
                    errors["loginRoute"] = ["facebook or instagram."];
                }
                else if (connection is { LoginRoute: "instagram" } and ({ PageId: not null } or { PhoneNumberId: not null } or { InstagramId: null }))
                {
                    errors["loginRoute"] = ["Instagram's own login carries Instagram only: an instagramId, and neither a pageId nor a phoneNumberId."];
                }
                else if (connection is { LoginRoute: null or "facebook", InstagramId: not null, PageId: null })
                {
                    errors["pageId"] = ["With the Facebook login, Instagram's messages are sent by the page that it is linked to."];
                }

                break;
            case ConnectionKind.LiveChat:
                if (connection.Origins?.FirstOrDefault(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin) is { } bad)
                {
                    errors["origins"] = [$"'{(bad.Length > 100 ? bad[..100] : bad)}' is not an origin, such as https://acme.example."];
                }

                if (connection.RequireIdentity is true)
                {
                    Need("identitySecret", connection.IdentitySecret);
                }

                break;
            case ConnectionKind.Webhook:
                if (!IsWebHookSecret(connection.Secret))
                {
                    errors["secret"] = ["whsec_ and the base64 of 24 to 64 bytes."];
                }

                if (connection.Channel is null or Channel.LiveChat)
                {
                    errors["channel"] = ["sms, messenger, instagram or whatsApp."];
                }

                if (targets.Problem(connection.Url) is { } problem)
                {
                    errors["url"] = [problem];
                }

                break;
        }

        return errors;

        void Need(string field, string? value)
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > 1_000)
            {
                errors[field] = ["Required, at most 1000 characters."];
            }
        }

        void Shape(string field, string? value, Regex shape, string wanted, bool required)
        {
            if (value is null ? required : !shape.IsMatch(value))
            {
                errors[field] = [wanted];
            }
        }
    }

    // Standard Webhooks: 24 to 64 bytes.
    private static bool IsWebHookSecret(string? secret)
    {
        const string Prefix = "whsec_";
        Span<byte> bytes = stackalloc byte[96];
        return secret is { Length: < 128 } && secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length is >= 24 and <= 64;
    }

    /// <summary>What a connection can carry out today.</summary>
    public static IReadOnlyList<Channel> ChannelsOf(Connection connection) => connection.Kind switch
    {
        ConnectionKind.Twilio => [Channel.Sms],
        ConnectionKind.LiveChat => [Channel.LiveChat],
        ConnectionKind.Webhook when connection.Channel is { } channel => [channel],
        ConnectionKind.Meta => [.. MetaChannels(connection)],
        _ => [],
    };

    private static IEnumerable<Channel> MetaChannels(Connection connection)
    {
        if (connection.PageId is not null)
        {
            yield return Channel.Messenger;
        }

        if (connection.InstagramId is not null)
        {
            yield return Channel.Instagram;
        }

        if (connection.PhoneNumberId is not null)
        {
            yield return Channel.WhatsApp;
        }
    }

    [GeneratedRegex("^[0-9]{1,32}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex GraphId();

    [GeneratedRegex("^AC[0-9a-fA-F]{32}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex AccountSid();

    [GeneratedRegex("^MG[0-9a-fA-F]{32}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex ServiceSid();

    [GeneratedRegex(@"^(\+[1-9][0-9]{6,14}|[0-9]{3,8})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Sender();
}
