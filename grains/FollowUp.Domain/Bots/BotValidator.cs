using FollowUp.Channels;
using FollowUp.Writing;
using NodaTime;

namespace FollowUp.Bots;

/// <summary>Says what is wrong with a bot's settings before they are saved (SPEC §3); the bounds stand at the records.</summary>
public static class BotValidator
{
    private static readonly Duration FiveMinutes = Duration.FromMinutes(5);
    private static readonly Duration ThirtyDays = Duration.FromDays(30);
    private static readonly Duration Year = Duration.FromDays(365);

    /// <summary>Every bad field at once, by its JSON path; empty: it may be saved. Never throws.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Validate(Bot bot, BotValidationContext context)
    {
        var findings = new Findings();
        Check.RequiredText(findings, "name", bot.Name, 200);
        Check.Word(findings, "mode", bot.Mode);
        Check.Word(findings, "ownAnswers", bot.OwnAnswers);
        if (Check.Present(findings, "persona", bot.Persona))
        {
            CheckPersona(findings, bot.Persona);
        }

        Check.Zone(findings, "timeZone", bot.TimeZone);
        Check.Delay(findings, "waitBeforeAnswering", bot.WaitBeforeAnswering, Check.Second, FiveMinutes);
        CheckSleep(findings, bot.SleepAfterHuman);
        foreach (var (path, host) in Check.Items(findings, "allowedLinks", bot.AllowedLinks, 50))
        {
            Check.Host(findings, path, host);
        }

        if (Check.Present(findings, "followUp", bot.FollowUp))
        {
            CheckFollowUp(findings, bot.FollowUp, context);
        }

        return findings.ByPath;
    }

    private static void CheckPersona(Findings findings, Persona persona)
    {
        Check.Text(findings, "persona.businessName", persona.BusinessName, 200);
        Check.Text(findings, "persona.personality", persona.Personality, 2_000);
        Check.Text(findings, "persona.goal", persona.Goal, 2_000);
        Check.Text(findings, "persona.knowledge", persona.Knowledge, 50_000);
        Check.Language(findings, "persona.language", persona.Language);
    }

    private static void CheckSleep(Findings findings, Delay? sleep)
    {
        if (sleep is not { Unit: DelayUnit.Forever })
        {
            Check.Delay(findings, "sleepAfterHuman", sleep, Check.Second, Year);
        }
        else if (sleep.Value != 0)
        {
            findings.Add("sleepAfterHuman.value", "For ever has no value.");
        }
    }

    private static void CheckFollowUp(Findings findings, FollowUpSettings followUp, BotValidationContext context)
    {
        if (Check.Present(findings, "followUp.scenarios", followUp.Scenarios))
        {
            ScenarioValidator.CheckAll(findings, followUp.Scenarios, context);
        }

        if (Check.Present(findings, "followUp.activeHours", followUp.ActiveHours))
        {
            CheckActiveHours(findings, followUp.ActiveHours);
        }

        if (Check.Present(findings, "followUp.channelSwitching", followUp.ChannelSwitching))
        {
            CheckOrder(findings, followUp.ChannelSwitching.Order);
        }

        if (followUp.WhatsAppTemplate is { } template)
        {
            Check.RequiredText(findings, "followUp.whatsAppTemplate.name", template.Name, 512);
            Check.RequiredText(findings, "followUp.whatsAppTemplate.language", template.Language, 20);
            foreach (var (path, parameter) in Check.Items(findings, "followUp.whatsAppTemplate.parameters", template.Parameters, 20))
            {
                Check.RequiredText(findings, path, parameter, 1_024);
                foreach (var error in MessageTemplate.Check(parameter ?? "", context.CustomValueNames).Errors)
                {
                    findings.Add(path, error);
                }
            }
        }

        if (Check.Present(findings, "followUp.limits", followUp.Limits))
        {
            CheckLimits(findings, followUp.Limits);
        }
    }

    private static void CheckActiveHours(Findings findings, ActiveHours hours)
    {
        const string weekly = "followUp.activeHours.weekly";
        Check.Word(findings, "followUp.activeHours.zone", hours.Zone);
        var opens = false;
        if (Check.Present(findings, weekly, hours.Weekly))
        {
            foreach (var (day, windows) in Days(hours.Weekly))
            {
                Check.Windows(findings, $"{weekly}.{day}", windows);
                opens |= windows is not { Count: 0 };
            }
        }

        var dates = new HashSet<DateOnly>();
        foreach (var (path, exception) in Check.Items(findings, "followUp.activeHours.exceptions", hours.Exceptions, 400))
        {
            if (!dates.Add(exception.Date))
            {
                findings.Add(path + ".date", "This date has an exception already.");
            }

            Check.Windows(findings, path + ".windows", exception.Windows);
            opens |= exception.Windows is not { Count: 0 };
        }

        if (hours is { Enabled: true, Weekly: not null } && !opens)
        {
            findings.Add(weekly, "These hours never open.");
        }
    }

    private static (string Day, IReadOnlyList<HoursWindow>? Windows)[] Days(WeeklyHours weekly) =>
    [
        ("monday", weekly.Monday), ("tuesday", weekly.Tuesday), ("wednesday", weekly.Wednesday), ("thursday", weekly.Thursday),
        ("friday", weekly.Friday), ("saturday", weekly.Saturday), ("sunday", weekly.Sunday),
    ];

    private static void CheckOrder(Findings findings, IReadOnlyList<Channel>? order)
    {
        const string path = "followUp.channelSwitching.order";
        if (!Check.Present(findings, path, order))
        {
            return;
        }

        var seen = new HashSet<Channel>();
        for (var i = 0; i < order.Count; i++)
        {
            if (!Check.Word(findings, $"{path}[{i}]", order[i]))
            {
                continue;
            }

            if (order[i] == Channel.LiveChat)
            {
                findings.Add($"{path}[{i}]", "Live chat cannot take over: the visitor has to be there.");
            }

            if (!seen.Add(order[i]))
            {
                findings.Add($"{path}[{i}]", "This channel is in the order already.");
            }
        }
    }

    private static void CheckLimits(Findings findings, FollowUpLimits limits)
    {
        foreach (var (path, limit) in Check.Items(findings, "followUp.limits.perContact", limits.PerContact, 10))
        {
            CheckLimit(findings, path, limit);
        }

        Check.Delay(findings, "followUp.limits.staleAfter", limits.StaleAfter, Check.Minute, ThirtyDays);
        Check.Delay(findings, "followUp.limits.promiseLateness", limits.PromiseLateness, Check.Minute, ThirtyDays);
        Check.Number(findings, "followUp.limits.maximumMessages", limits.MaximumMessages, 1, 10_000);
    }

    /// <summary>A cap on follow-ups to one contact; the workspace's have the same bounds.</summary>
    public static void CheckLimit(Findings findings, string path, FollowUpLimit limit)
    {
        Check.Number(findings, path + ".count", limit.Count, 1, 1_000);
        Check.Delay(findings, path + ".per", limit.Per, Check.Minute, Year);
    }
}
