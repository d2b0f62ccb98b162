using System.Text;
using System.Text.RegularExpressions;

namespace FollowUp.ProviderSimulator;

/// <summary>Checks a create-message request as strictly as Twilio's public description has it.</summary>
internal static partial class TwilioRules
{
    private static readonly HashSet<string> Known = ["To", "From", "MessagingServiceSid", "Body", "StatusCallback", "ValidityPeriod", "MediaUrl", "ContentSid", "ContentVariables", "SmartEncoded", "ShortenUrls", "Attempt", "ProvideFeedback", "ForceDelivery", "RiskCheck"];

    /// <summary>Null: it may pass; else Twilio's code and message.</summary>
    public static (int Status, int Code, string Message)? Refusal(HttpRequest request, IFormCollection form, string account)
    {
        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TwilioAccount.Sid}:{TwilioAccount.AuthToken}"))}";
        if (account != TwilioAccount.Sid || request.Headers.Authorization != expected)
        {
            return (401, 20003, "Authenticate");
        }

        if (form.Keys.FirstOrDefault(key => !Known.Contains(key)) is { } unknown)
        {
            return (400, 20001, $"Unknown parameter {unknown}");
        }

        if (form["To"].Count != 1 || !Number().IsMatch(form["To"].ToString()))
        {
            return (400, 21211, "The 'To' number is not a valid phone number.");
        }

        if (form["From"].Count + form["MessagingServiceSid"].Count != 1)
        {
            return (400, 21603, "A 'From' or 'MessagingServiceSid' parameter is required.");
        }

        if (form["From"].Count == 1 && form["From"] != TwilioAccount.Number)
        {
            return (400, 21606, "The 'From' number is not yours.");
        }

        if (string.IsNullOrEmpty(form["Body"]))
        {
            return (400, 21602, "Message body is required.");
        }

        if (form["Body"].ToString().Length > 1_600)
        {
            return (400, 21617, "The message body exceeds the 1600 character limit.");
        }

        if (form["StatusCallback"].Count == 1 && (!Uri.TryCreate(form["StatusCallback"], UriKind.Absolute, out var callback) || !callback.Scheme.StartsWith("http", StringComparison.Ordinal) || callback.Host.Contains('_', StringComparison.Ordinal)))
        {
            return (400, 21609, "The 'StatusCallback' URL is not valid.");
        }

        if (form["ValidityPeriod"].Count == 1 && (!int.TryParse(form["ValidityPeriod"], out var validity) || validity is < 1 or > 36_000))
        {
            return (400, 21624, "The 'ValidityPeriod' is not valid.");
        }

        return null;
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Number();
}
