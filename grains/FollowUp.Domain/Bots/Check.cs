using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using FollowUp.Planning;
using NodaTime;

namespace FollowUp.Bots;

/// <summary>The bounds that several settings share. Each names the field it was given and never throws, whatever JSON put there: also null where the type says otherwise.</summary>
public static partial class Check
{
    public static readonly Duration Second = Duration.FromSeconds(1);
    public static readonly Duration Minute = Duration.FromMinutes(1);

    /// <summary>More openings than this no day needs.</summary>
    private const int MaximumWindows = 24;

    private static readonly FrozenSet<string> Zones = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Languages = FrozenSet.Create(StringComparer.Ordinal, "en", "es", "fr", "de", "pt");

    /// <summary>Something must be there.</summary>
    public static bool Present<T>(Findings findings, string path, [NotNullWhen(true)] T? value)
        where T : class
    {
        if (value is null)
        {
            findings.Add(path, "Required.");
        }

        return value is not null;
    }

    /// <summary>A required text of 1 to <paramref name="maximum"/> characters, not of white space alone.</summary>
    public static void RequiredText(Findings findings, string path, string? text, int maximum)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Add(path, "Required.");
        }

        Text(findings, path, text, maximum);
    }

    /// <summary>An optional text of at most <paramref name="maximum"/> characters.</summary>
    public static void Text(Findings findings, string path, string? text, int maximum)
    {
        if (text?.Length > maximum)
        {
            findings.Add(path, $"At most {maximum} characters.");
        }
    }

    /// <summary>An id as callers give them: <c>[A-Za-z0-9][A-Za-z0-9._~-]{0,127}</c>.</summary>
    public static void Id(Findings findings, string path, string? id)
    {
        if (Present(findings, path, id) && !IdSyntax().IsMatch(id))
        {
            findings.Add(path, "An id has 1 to 128 letters, digits and . _ ~ -, and starts with a letter or digit.");
        }
    }

    /// <summary>An optional IANA zone.</summary>
    public static void Zone(Findings findings, string path, string? zone)
    {
        if (zone is not null && !Zones.Contains(zone))
        {
            findings.Add(path, "Not an IANA time zone, such as America/New_York.");
        }
    }

    /// <summary>en, es, fr, de or pt.</summary>
    public static void Language(Findings findings, string path, string? language)
    {
        if (language is null || !Languages.Contains(language))
        {
            findings.Add(path, "One of en, es, fr, de and pt.");
        }
    }

    /// <summary>A whole number within bounds.</summary>
    public static void Number(Findings findings, string path, int number, int minimum, int maximum)
    {
        if (number < minimum || number > maximum)
        {
            findings.Add(path, $"From {minimum} to {maximum}.");
        }
    }

    /// <summary>A word of its enum.</summary>
    public static bool Word<T>(Findings findings, string path, T word)
        where T : struct, Enum
    {
        var isDefined = Enum.IsDefined(word);
        if (!isDefined)
        {
            findings.Add(path, "Unknown.");
        }

        return isDefined;
    }

    /// <summary>A required duration that ends; a day counts as 24 hours.</summary>
    public static void Delay(Findings findings, string path, Delay? delay, Duration minimum, Duration maximum)
    {
        if (!Present(findings, path, delay))
        {
            return;
        }

        if (!Enum.IsDefined(delay.Unit) || delay.Unit == DelayUnit.Forever)
        {
            findings.Add(path + ".unit", "One of seconds, minutes, hours and days.");
        }
        else if (delay.Elapsed < minimum || delay.Elapsed > maximum)
        {
            findings.Add(path + ".value", $"From {Said(minimum)} to {Said(maximum)}.");
        }
    }

    /// <summary>The openings of a day, in any order; they may overlap.</summary>
    public static void Windows(Findings findings, string path, IReadOnlyList<HoursWindow>? windows)
    {
        foreach (var (at, window) in Items(findings, path, windows, MaximumWindows))
        {
            Window(findings, at, window);
        }
    }

    /// <summary>One opening: equal times only at midnight, which is the whole day.</summary>
    public static void Window(Findings findings, string path, HoursWindow window)
    {
        if (window.From == window.To && window.From != TimeOnly.MinValue)
        {
            findings.Add(path + ".to", "Equal times open nothing; the whole day is 00:00 to 00:00.");
        }
    }

    /// <summary>A host name without scheme, port or path; its subdomains are meant too.</summary>
    public static void Host(Findings findings, string path, string host)
    {
        if (host.Length > 253 || !host.Contains('.', StringComparison.Ordinal) || !HostSyntax().IsMatch(host))
        {
            findings.Add(path, "A host name such as acme.example, without scheme, port or path.");
        }
    }

    /// <summary>The items of a required list with their paths; a null one is named and left out.</summary>
    public static IEnumerable<(string Path, T Item)> Items<T>(Findings findings, string path, IReadOnlyList<T>? items, int maximum)
        where T : class
    {
        if (!Present(findings, path, items))
        {
            yield break;
        }

        if (items.Count > maximum)
        {
            findings.Add(path, $"At most {maximum}.");
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (Present(findings, $"{path}[{i}]", items[i]))
            {
                yield return ($"{path}[{i}]", items[i]);
            }
        }
    }

    private static string Said(Duration duration) => duration switch
    {
        { TotalDays: >= 1 } => $"{duration.TotalDays:0} day(s)",
        { TotalMinutes: >= 1 } => $"{duration.TotalMinutes:0} minute(s)",
        _ => $"{duration.TotalSeconds:0} second(s)",
    };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._~-]{0,127}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdSyntax();

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostSyntax();
}
