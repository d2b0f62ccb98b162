using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Hours;
using NodaTime;

namespace FollowUp.Workspaces;

/// <summary>Bounds of a workspace's settings: every bad field at once.</summary>
internal static class SettingsCheck
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Errors(WorkspaceSettings settings)
    {
        var findings = new Findings();
        Check.Text(findings, "businessName", settings.BusinessName, 200);
        Check.Zone(findings, "timeZone", settings.TimeZone);
        if (Check.Present(findings, "optOutWords", settings.OptOutWords) && (settings.OptOutWords.Count > 100 || settings.OptOutWords.Any(word => word is null or { Length: 0 or > 50 })))
        {
            findings.Add("optOutWords", "At most 100 words of 1 to 50 characters.");
        }

        foreach (var (channel, window) in settings.QuietHours ?? new Dictionary<Channel, HoursWindow>())
        {
            Quiet(findings, $"quietHours.{Words.Of(channel)}", channel, window);
        }

        if (Check.Present(findings, "caps", settings.Caps))
        {
            for (var i = 0; i < settings.Caps.Count; i++)
            {
                if (Check.Present(findings, $"caps[{i}]", settings.Caps[i]))
                {
                    Check.Number(findings, $"caps[{i}].count", settings.Caps[i].Count, 1, 1_000);
                    Check.Delay(findings, $"caps[{i}].per", settings.Caps[i].Per, Check.Minute, Duration.FromDays(365));
                }
            }
        }

        if (Check.Present(findings, "breaker", settings.Breaker))
        {
            Check.Number(findings, "breaker.floor", settings.Breaker.Floor, 1, 1_000_000);
            Check.Number(findings, "breaker.multiple", settings.Breaker.Multiple, 1, 100);
        }

        if (settings.CustomValues is { } values && (values.Count > 100 || values.Any(entry => entry.Key.Length is 0 or > 100 || entry.Value is null or { Length: > 1_000 })))
        {
            findings.Add("customValues", "At most 100 values of at most 1000 characters.");
        }

        return findings.ByPath;
    }

    // Quiet hours of SMS can be narrowed, never widened.
    private static void Quiet(Findings findings, string path, Channel channel, HoursWindow? window)
    {
        if (!Check.Present(findings, path, window))
        {
            return;
        }

        if (window.From >= window.To)
        {
            findings.Add(path, "The opening has to end after it begins, on the same day.");
        }
        else if (channel is Channel.Sms && (window.From < HoursOf.SmsOpening.From || window.To > HoursOf.SmsOpening.To))
        {
            findings.Add(path, "Sms may be sent from 08:00 to 21:00 at most.");
        }
    }
}
