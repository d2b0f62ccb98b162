using CsCheck;
using NodaTime;
using Xunit;

namespace FollowUp.Understanding;

public sealed class DetectorTests
{
    private static readonly string[] Keywords = ["stop", "stopall", "stop all", "unsubscribe", "unsub", "cancel", "end", "quit", "opt out", "optout", "revoke", "remove", "alto", "parar", "baja", "cancelar", "arrêt", "désabonner", "stopp", "abmelden", "austragen", "pare", "sair", "descadastrar"];

    // Tuesday, 24 November 2026, 10:00 in Denver.
    [Theory]
    [InlineData("how much is it?", Intent.Normal, null)]
    [InlineData("I'm driving", Intent.Busy, null)]
    [InlineData("I'm driving, text me at five", Intent.RequestedFollowUp, "2026-11-24T17:00")]
    [InlineData("text me tomorrow at 3", Intent.RequestedFollowUp, "2026-11-25T15:00")]
    [InlineData("hit me up nxt tues after lunch", Intent.RequestedFollowUp, "2026-12-01T13:30")]
    [InlineData("call me in half an hour", Intent.RequestedFollowUp, "2026-11-24T10:30")]
    [InlineData("not tomorrow, Thursday works to talk", Intent.RequestedFollowUp, "2026-11-26T10:00")]
    [InlineData("can you call me later", Intent.RequestedFollowUp, null)]
    [InlineData("llámame mañana a las 10", Intent.RequestedFollowUp, "2026-11-25T10:00")]
    [InlineData("rappelle-moi demain à 15h", Intent.RequestedFollowUp, "2026-11-25T15:00")]
    [InlineData("ruf mich morgen um 10 an", Intent.RequestedFollowUp, "2026-11-25T10:00")]
    [InlineData("me liga amanhã às 9", Intent.RequestedFollowUp, "2026-11-25T09:00")]
    [InlineData("please stop texting me", Intent.OptOut, null)]
    [InlineData("stop by tomorrow?", Intent.Normal, null)]
    [InlineData("I was driving when you texted", Intent.Normal, null)]
    [InlineData("my wife is in a meeting, I handle this", Intent.Normal, null)]
    [InlineData("not interested", Intent.NotInterested, null)]
    [InlineData("ok thanks", Intent.Closing, null)]
    [InlineData("can I talk to a real person", Intent.WantsHuman, null)]
    [InlineData("I already booked", Intent.GoalReached, null)]
    [InlineData("Automatic reply: I am out of office and will return on 3 March.", Intent.AutoReply, null)]
    public void A_message_is_understood(string text, Intent intent, string? due)
    {
        var found = Detect(text);
        Assert.Equal((intent, due), (found.Intent, found.Intent is Intent.RequestedFollowUp ? found.DueLocal?.ToString("yyyy-MM-dd'T'HH:mm") : null));
    }

    [Fact]
    public void Busy_until_is_read_from_the_words()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero), Detect("busy for an hour").BusyUntil);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero), Detect("in a meeting till 3").BusyUntil);
    }

    [Fact]
    public void An_opt_out_word_is_one_in_any_dress() =>
        Gen.Select(Gen.OneOf(Keywords), Gen.OneOf("", "!", "...", " ", "\u200b", " 🙏"), Gen.OneOf("", "please", "Thanks"), Gen.Bool, Gen.Bool).Sample((word, mark, polite, upper, wide) =>
        {
            var dressed = upper ? word.ToUpperInvariant() : word;
            dressed = wide ? string.Concat(dressed.Select(letter => letter is > ' ' and < '\u007f' ? (char)(letter + 0xFEE0) : letter)) : dressed;
            var found = Detect($"{mark}{dressed}{mark} {polite}");
            return found is { Intent: Intent.OptOut, IsKeyword: true };
        }, iter: 5_000);

    [Fact]
    public void Start_is_an_opt_in_and_a_workspace_has_words_of_its_own()
    {
        Assert.True(Detect("START").IsOptIn);
        Assert.True(Detector.Detect("Basta ya!", Context with { OptOutWords = ["basta ya"] }).IsKeyword);
    }

    private static DetectorContext Context => new() { SentAt = Instant.FromUtc(2026, 11, 24, 17, 0), Zone = DateTimeZoneProviders.Tzdb["America/Denver"] };

    private static Detection Detect(string text) => Detector.Detect(text, Context);
}
