using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FollowUp.ProviderSimulator;

/// <summary>Checks requests as strictly as Twilio's public description has them: unknown fields, repeated ones, wrong shapes and missing ones are refused with Twilio's own codes.</summary>
internal static partial class TwilioRules
{
    private static readonly HashSet<string> Fields =
    [
        "To", "StatusCallback", "ApplicationSid", "MaxPrice", "ProvideFeedback", "Attempt", "ValidityPeriod", "ForceDelivery", "ContentRetention", "AddressRetention", "SmartEncoded", "PersistentAction", "TrafficType", "ShortenUrls",
        "ScheduleType", "SendAt", "SendAsMms", "ContentVariables", "RiskCheck", "From", "FallbackFrom", "MessagingServiceSid", "Body", "MediaUrl", "ContentSid",
    ];

    private static readonly HashSet<string> Repeatable = ["MediaUrl", "PersistentAction"];

    private static readonly HashSet<string> Filters = ["To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken"];

    /// <summary>Null: it may pass; else Twilio's code and message.</summary>
    public static (int Status, int Code, string Message)? Refusal(HttpRequest request, IFormCollection form, string account)
    {
        if (!IsAllowed(request, account))
        {
            return (401, 20003, "Authenticate");
        }

        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return (415, 20001, "The body has to be application/x-www-form-urlencoded.");
        }

        if (form.Keys.FirstOrDefault(key => !Fields.Contains(key)) is { } unknown)
        {
            return (400, 20001, $"Unknown parameter {unknown}");
        }

        if (form.FirstOrDefault(field => field.Value.Count != 1 && !Repeatable.Contains(field.Key)) is { Key: { } repeated })
        {
            return (400, 20001, $"Parameter {repeated} was given more than once");
        }

        return Addressing(form) ?? Content(form) ?? Delivery(form);
    }

    public static (int Status, int Code, string Message)? ListRefusal(HttpRequest request, string account)
    {
        var query = request.Query;
        return !IsAllowed(request, account) ? (401, 20003, "Authenticate")
            : query.Keys.FirstOrDefault(key => !Filters.Contains(key)) is { } unknown ? (400, 20001, $"Unknown parameter {unknown}")
            : query.TryGetValue("PageSize", out var size) && (!int.TryParse(size, out var number) || number is < 1 or > 1_000) ? (400, 20006, "PageSize is 1 to 1000")
            : query.Where(field => field.Key.StartsWith("DateSent", StringComparison.Ordinal)).Any(field => !DateTimeOffset.TryParse(field.Value, CultureInfo.InvariantCulture, out _)) ? (400, 20001, "DateSent is a date")
            : query.TryGetValue("To", out var to) && !Number().IsMatch(to.ToString()) ? (400, 21211, "The 'To' number is not a valid phone number.")
            : null;
    }

    private static bool IsAllowed(HttpRequest request, string account) =>
        account == TwilioAccount.Sid && request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TwilioAccount.Sid}:{TwilioAccount.AuthToken}"))}";

    private static (int Status, int Code, string Message)? Addressing(IFormCollection form)
    {
        if (string.IsNullOrEmpty(form["To"]))
        {
            return (400, 21604, "A 'To' phone number is required.");
        }

        if (!Number().IsMatch(form["To"].ToString()))
        {
            return (400, 21211, "The 'To' number is not a valid phone number.");
        }

        if (form["From"].Count + form["MessagingServiceSid"].Count == 0)
        {
            return (400, 21603, "A 'From' or 'MessagingServiceSid' parameter is required.");
        }

        if (form["MessagingServiceSid"].Count == 1 && form["MessagingServiceSid"] != TwilioAccount.MessagingService)
        {
            return (400, 21703, "The Messaging Service does not exist or has no numbers.");
        }

        return form["From"].Count == 1 && form["From"] != TwilioAccount.Number ? (400, 21606, "The 'From' number is not yours.") : null;
    }

    private static (int Status, int Code, string Message)? Content(IFormCollection form)
    {
        if (string.IsNullOrEmpty(form["Body"]) && form["MediaUrl"].Count == 0 && form["ContentSid"].Count == 0)
        {
            return (400, 21602, "Message body is required.");
        }

        return form["Body"].ToString().Length > 1_600 ? (400, 21617, "The message body exceeds the 1600 character limit.")
            : form["MediaUrl"].Count > 10 ? (400, 21623, "At most ten media.")
            : form["ScheduleType"].Count == 1 && form["MessagingServiceSid"].Count == 0 ? (400, 35118, "Scheduling needs a Messaging Service.")
            : null;
    }

    private static (int Status, int Code, string Message)? Delivery(IFormCollection form)
    {
        if (form["StatusCallback"].Count == 1 && (!Uri.TryCreate(form["StatusCallback"], UriKind.Absolute, out var callback) || !callback.Scheme.StartsWith("http", StringComparison.Ordinal) || callback.Host.Contains('_', StringComparison.Ordinal)))
        {
            return (400, 21609, "The 'StatusCallback' URL is not valid.");
        }

        return form["ValidityPeriod"].Count == 1 && (!int.TryParse(form["ValidityPeriod"], out var validity) || validity is < 1 or > 36_000)
            ? (400, 21624, "The 'ValidityPeriod' is not valid.")
            : null;
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Number();
}
