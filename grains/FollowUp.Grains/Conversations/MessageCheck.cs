using System.Text.RegularExpressions;
using FollowUp.Channels;
using FollowUp.Hours;

namespace FollowUp.Conversations;

/// <summary>What a message and its contact may hold: every bad field at once.</summary>
internal static partial class MessageCheck
{
    private const int LongestText = 4_096;
    private const int LongestName = 200;
    private const int LongestAddress = 256;
    private const int MostCustomFields = 50;
    private const int MostTags = 50;
    private const int MostAttachments = 10;
    private const int LongestUrl = 2_048;

    public static Dictionary<string, IReadOnlyList<string>> Errors(IncomingMessage message, Conversation? known, Circumstances now)
    {
        var errors = message.Contact is { } contact ? ContactErrors(contact, "contact.") : [];
        if (message.Text?.Length > LongestText)
        {
            errors["text"] = [$"At most {LongestText} characters."];
        }

        if (string.IsNullOrEmpty(message.Text) && message.Attachments is not { Count: > 0 })
        {
            errors["text"] = ["A message has a text or attachments."];
        }

        if (message.Attachments is { } attachments && (attachments.Count > MostAttachments || attachments.Any(attachment => !IsWebAddress(attachment?.Url))))
        {
            errors["attachments"] = [$"At most {MostAttachments}, each with an http or https address."];
        }

        if (message is { Send: true, Author: Author.Contact or Author.FollowUp })
        {
            errors["send"] = ["Only messages of a bot, an agent or a workflow can be sent."];
        }

        if (message.Author is Author.FollowUp)
        {
            errors["author"] = ["Follow-ups are the engine's own."];
        }

        if (known?.BotId is null)
        {
            if (message.BotId is null)
            {
                errors["botId"] = ["Needed with the first message."];
            }
            else if (now.Bot is null)
            {
                errors["botId"] = ["There is no such bot."];
            }

            if (message.Contact is null)
            {
                errors["contact"] = ["Needed with the first message."];
            }
        }

        return errors;
    }

    public static Dictionary<string, IReadOnlyList<string>> ContactErrors(ContactData contact, string path)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        Longest("name", contact.Name, LongestName);
        Longest("language", contact.Language, 35);
        Longest("email", contact.Email, 320);
        Longest("assignedTo", contact.AssignedTo, LongestName);
        if (contact.TimeZone is { } zone && Zones.Find(zone) is null)
        {
            errors[$"{path}timeZone"] = ["Not an IANA time zone, such as America/New_York."];
        }

        foreach (var (channel, address) in contact.Addresses ?? new Dictionary<Channel, string>())
        {
            var field = $"{path}addresses.{Words.Of(channel)}";
            if (string.IsNullOrWhiteSpace(address) || address.Length > LongestAddress)
            {
                errors[field] = [$"1 to {LongestAddress} characters."];
            }
            else if (channel is Channel.Sms && !E164().IsMatch(address))
            {
                errors[field] = ["A phone number in E.164, such as +13035550142."];
            }
            else if (channel is Channel.WhatsApp && !E164().IsMatch(address) && !BusinessScopedId().IsMatch(address))
            {
                errors[field] = ["A phone number in E.164, such as +13035550142, or WhatsApp's business-scoped user id, such as US.13491208655302741918."];
            }
        }

        foreach (var (channel, consent) in contact.Consent ?? new Dictionary<Channel, Consent>())
        {
            Longest($"consent.{Words.Of(channel)}.how", consent?.How, 500);
        }

        if (contact.Tags is { } tags && (tags.Count > MostTags || tags.Any(tag => tag is null or { Length: 0 or > 100 })))
        {
            errors[$"{path}tags"] = [$"At most {MostTags} tags of 1 to 100 characters."];
        }

        if (contact.Custom is { } custom && (custom.Count > MostCustomFields || custom.Any(entry => entry.Key.Length is 0 or > 100 || entry.Value is null or { Length: > 1_000 })))
        {
            errors[$"{path}custom"] = [$"At most {MostCustomFields} fields with names of 1 to 100 and values of at most 1000 characters."];
        }

        return errors;

        void Longest(string field, string? value, int length)
        {
            if (value?.Length > length)
            {
                errors[$"{path}{field}"] = [$"At most {length} characters."];
            }
        }
    }

    private static bool IsWebAddress(string? url) =>
        url is { Length: <= LongestUrl } && Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex("^[A-Z]{2}\\.[A-Za-z0-9]{1,128}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex BusinessScopedId();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex E164();
}
