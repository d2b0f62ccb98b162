using System.Globalization;
using FollowUp.Bots;
using NodaTime;

namespace FollowUp.Hours;

/// <summary>Times as the tables write them.</summary>
internal static class Clock
{
    public static readonly HoursWindow WholeDay = Window("00:00-00:00");

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    /// <summary>"2026-03-08 03:00 -04:00".</summary>
    public static Instant At(string text) =>
        Instant.FromDateTimeOffset(DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));

    /// <summary>The reverse of <see cref="At"/>, read off the zone's clock.</summary>
    public static string Read(Instant at, DateTimeZone zone) =>
        at.InZone(zone).ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>"09:00-18:00"; "22:00-06:00" is past midnight; "18:00-24:00" is to midnight.</summary>
    public static HoursWindow Window(string text) => new()
    {
        From = TimeOnly.ParseExact(text[..5], "HH:mm", CultureInfo.InvariantCulture),
        To = text[6..] == "24:00" ? TimeOnly.MinValue : TimeOnly.ParseExact(text[6..], "HH:mm", CultureInfo.InvariantCulture),
    };

    /// <summary>Windows apart by commas; none: closed.</summary>
    public static HoursWindow[] Windows(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Window)];

    /// <summary>The same windows on every day.</summary>
    public static ActiveHours EveryDay(string windows)
    {
        var day = Windows(windows);
        return new ActiveHours
        {
            Enabled = true,
            Weekly = new WeeklyHours { Monday = day, Tuesday = day, Wednesday = day, Thursday = day, Friday = day, Saturday = day, Sunday = day },
        };
    }

    /// <summary>Monday to Friday.</summary>
    public static ActiveHours Weekdays(string windows) =>
        EveryDay(windows) with { Weekly = EveryDay(windows).Weekly with { Saturday = [], Sunday = [] } };

    public static HoursOnDate On(string date, string windows) =>
        new() { Date = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), Windows = Windows(windows) };
}
