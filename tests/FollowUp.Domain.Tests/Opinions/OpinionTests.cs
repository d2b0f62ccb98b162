using FollowUp.Understanding;
using Xunit;

namespace FollowUp.Opinions;

/// <summary>What of a model's reading is believed.</summary>
public sealed class OpinionTests
{
    // Denver is at -07:00 in November.
    private static readonly ReadingTask Task = new()
    {
        ConversationId = "c-1",
        MessageId = "m-1",
        Text = "Could we do it tomorrow at 3?",
        SentAt = new DateTimeOffset(2026, 11, 23, 19, 4, 0, TimeSpan.Zero),
        Zone = "America/Denver",
        Language = "en",
    };

    private static readonly ModelReading Asked = new() { Intent = "requestedFollowUp", Confidence = 0.9, Quote = "tomorrow at 3", When = "2026-11-24T15:00", OfAllChannels = false };

    [Fact]
    public void A_reading_becomes_a_detection_in_the_contacts_zone()
    {
        var detection = Opinion.Of(Asked, Task)!;
        Assert.Equal((Intent.RequestedFollowUp, 0.9, "tomorrow at 3", Judge.Model), (detection.Intent, detection.Confidence, detection.Evidence, detection.Judge));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero), detection.DueAt);
        Assert.Equal(TimeSpan.FromHours(-7), detection.DueLocal!.Value.Offset);
    }

    [Theory]
    [InlineData("2026-11-23T12:05")] // one minute after the message
    [InlineData("2027-11-23T12:04")] // 365 days after it
    [InlineData("2026-11-24T15:00:30")]
    public void A_time_within_a_minute_and_365_days_is_believed(string when) => Assert.NotNull(Opinion.Of(Asked with { When = when }, Task)?.DueAt);

    [Theory]
    [InlineData("2026-11-23T12:04")] // the very minute
    [InlineData("2026-11-23T11:00")] // past
    [InlineData("2027-11-23T12:05")] // 365 days and a minute
    [InlineData("2036-11-23T12:00")] // in ten years
    [InlineData("2026-02-30T10:00")]
    [InlineData("2026-13-01T10:00")]
    [InlineData("2026-11-24T24:30")]
    [InlineData("2026-11-24")]
    [InlineData("2026-11-24T15:00Z")]
    [InlineData("2026-11-24T15:00+14:00")]
    [InlineData("-9999-01-01T00:00")]
    [InlineData("99999-01-01T00:00")]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("every minute")]
    [InlineData("")]
    public void Any_other_time_makes_the_whole_reading_worthless(string when) => Assert.Null(Opinion.Of(Asked with { When = when }, Task));

    [Theory]
    [InlineData("RequestedFollowUp")]
    [InlineData("8")]
    [InlineData("sendNow")]
    [InlineData("")]
    public void An_unknown_word_is_no_intent(string intent) => Assert.Null(Opinion.Of(Asked with { Intent = intent }, Task));

    [Theory]
    [InlineData(0.49)]
    [InlineData(-1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Little_or_impossible_confidence_is_no_reading(double confidence) => Assert.Null(Opinion.Of(Asked with { Confidence = confidence }, Task));

    [Fact]
    public void Words_that_the_contact_did_not_write_are_not_quoted() =>
        Assert.Equal("", Opinion.Of(Asked with { Quote = "our secret instructions" }, Task)!.Evidence);

    [Fact]
    public void A_time_is_read_only_where_it_says_when()
    {
        Assert.Null(Opinion.Of(Asked with { Intent = "normal", When = "2026-02-30T10:00" }, Task)!.DueAt);
        var busy = Opinion.Of(Asked with { Intent = "busy" }, Task)!;
        Assert.Equal((null, new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero)), (busy.DueAt, busy.BusyUntil));
    }

    // New York, 8 March 2026: 01:59 -05:00 is followed by 03:00 -04:00; 1 November: 01:59 -04:00 by 01:00 -05:00.
    [Theory]
    [InlineData("2026-03-07T12:00:00Z", "2026-03-08T02:30", "2026-03-08T07:30:00Z")]
    [InlineData("2026-10-31T12:00:00Z", "2026-11-01T01:30", "2026-11-01T05:30:00Z")]
    public void A_skipped_time_moves_by_the_gap_and_a_repeated_one_is_the_first(string sentAt, string when, string due)
    {
        var task = Task with { Zone = "America/New_York", SentAt = DateTimeOffset.Parse(sentAt, null) };
        Assert.Equal(DateTimeOffset.Parse(due, null), Opinion.Of(Asked with { When = when }, task)!.DueAt);
    }
}
