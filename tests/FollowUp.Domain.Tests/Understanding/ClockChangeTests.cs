using NodaTime;
using NodaTime.Text;
using Xunit;

namespace FollowUp.Understanding;

/// <summary>The labelling rule D8: elapsed hours are real time; a wall time that is skipped moves forward by the gap; one that comes twice is the first.</summary>
public sealed class ClockChangeTests
{
    // New York, 8 March 2026: 01:59 -05:00 is followed by 03:00 -04:00; 1 November 2026: 01:59 -04:00 by 01:00 -05:00.
    [Theory]
    [InlineData("2026-03-07T12:00", "call me tomorrow at 2:30am", "2026-03-08T03:30:00-04:00")]
    [InlineData("2026-03-08T01:30", "call me in an hour", "2026-03-08T03:30:00-04:00")]
    [InlineData("2026-03-07T20:00", "call me in 12 hours", "2026-03-08T09:00:00-04:00")]
    [InlineData("2026-03-07T20:00", "call me tomorrow at 9", "2026-03-08T09:00:00-04:00")]
    [InlineData("2026-10-31T12:00", "call me tomorrow at 1:30am", "2026-11-01T01:30:00-04:00")]
    [InlineData("2026-10-31T20:00", "call me in 12 hours", "2026-11-01T07:00:00-05:00")]
    public void New_York(string now, string text, string expected) => Due("America/New_York", now, text, expected);

    // London, 29 March 2026: 00:59 +00:00 is followed by 02:00 +01:00; 25 October 2026: 01:59 +01:00 by 01:00 +00:00.
    [Theory]
    [InlineData("2026-03-28T12:00", "ring me tomorrow at 1:30am", "2026-03-29T02:30:00+01:00")]
    [InlineData("2026-03-29T00:30", "ring me in an hour", "2026-03-29T02:30:00+01:00")]
    [InlineData("2026-10-24T12:00", "ring me tomorrow at 1:30am", "2026-10-25T01:30:00+01:00")]
    [InlineData("2026-10-24T22:00", "ring me in 10 hours", "2026-10-25T07:00:00+00:00")]
    public void London(string now, string text, string expected) => Due("Europe/London", now, text, expected);

    // Lord Howe, 4 October 2026: 01:59 +10:30 is followed by 02:30 +11:00; 5 April 2026: 01:59 +11:00 by 01:30 +10:30.
    [Theory]
    [InlineData("2026-10-03T12:00", "call me tomorrow at 2:15am", "2026-10-04T02:45:00+11:00")]
    [InlineData("2026-10-04T01:45", "call me in half an hour", "2026-10-04T02:45:00+11:00")]
    [InlineData("2026-04-04T12:00", "call me tomorrow at 1:45am", "2026-04-05T01:45:00+11:00")]
    public void Lord_Howe(string now, string text, string expected) => Due("Australia/Lord_Howe", now, text, expected);

    // Santiago, 6 September 2026: 23:59 -04:00 of the 5th is followed by 01:00 -03:00; 4 April 2026: 23:59 -03:00 by 23:00 -04:00.
    [Theory]
    [InlineData("2026-09-05T12:00", "llámame a las 0:30", "2026-09-06T01:30:00-03:00")]
    [InlineData("2026-09-05T23:30", "llámame en una hora", "2026-09-06T01:30:00-03:00")]
    [InlineData("2026-04-04T12:00", "llámame hoy a las 23:30", "2026-04-04T23:30:00-03:00")]
    public void Santiago(string now, string text, string expected) => Due("America/Santiago", now, text, expected);

    // Cairo, 24 April 2026: 23:59 +02:00 of the 23rd is followed by 01:00 +03:00.
    [Theory]
    [InlineData("2026-04-23T12:00", "call me at 0:15", "2026-04-24T01:15:00+03:00")]
    [InlineData("2026-04-23T23:30", "call me in an hour", "2026-04-24T01:30:00+03:00")]
    [InlineData("2026-04-23T12:00", "call me tomorrow at 9", "2026-04-24T09:00:00+03:00")]
    public void Cairo(string now, string text, string expected) => Due("Africa/Cairo", now, text, expected);

    // Apia skipped the whole of 30 December 2011: 23:59 -10:00 of the 29th is followed by 00:00 +14:00 of the 31st.
    [Theory]
    [InlineData("2011-12-29T12:00", "call me tomorrow at 9am", "2011-12-31T09:00:00+14:00")]
    [InlineData("2011-12-29T23:00", "call me in 2 hours", "2011-12-31T01:00:00+14:00")]
    public void Apia(string now, string text, string expected) => Due("Pacific/Apia", now, text, expected);

    private static void Due(string zone, string now, string text, string expected)
    {
        var there = DateTimeZoneProviders.Tzdb[zone];
        var sentAt = LocalDateTimePattern.GeneralIso.Parse($"{now}:00").Value.InZoneStrictly(there).ToInstant();
        Assert.Equal(expected, Detector.Detect(text, new DetectorContext { SentAt = sentAt, Zone = there, FallbackLanguage = zone == "America/Santiago" ? "es" : "en" }).DueLocal?.ToString("yyyy-MM-dd'T'HH:mm:sszzz"));
    }
}
