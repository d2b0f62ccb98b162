using System.Text;
using CsCheck;
using FollowUp.Writing;
using NodaTime;
using Xunit;

namespace FollowUp.Understanding;

/// <summary>Whatever a contact writes is answered, the same on every thread. A longer run: <c>dotnet run -c Release --project tests/FollowUp.Benchmarks -- fuzz</c>.</summary>
public sealed class AnyTextTests
{
    private static readonly DetectorContext Context = new() { SentAt = Instant.FromUtc(2026, 11, 24, 17, 0), Zone = DateTimeZoneProviders.Tzdb["America/Denver"] };

    [Fact]
    public void No_string_throws() =>
        Gen.String[0, 3_000].Sample(text =>
        {
            _ = Detector.Detect(text, Context);
            _ = Detector.IsGoodbye(text);
        }, iter: 3_000);

    [Fact]
    public void No_naughty_string_throws() => Assert.All(Corpus.NaughtyStrings(), text => Assert.InRange(Detector.Detect(text, Context).Confidence, 0, 1));

    [Theory]
    [InlineData("in ")]
    [InlineData("a ")]
    [InlineData("not the next ")]
    [InlineData("half ")]
    [InlineData("stop ")]
    [InlineData("don't call me if ")]
    [InlineData("10 to ")]
    [InlineData("mon or tue or ")]
    [InlineData("99:99 ")]
    [InlineData("....")]
    [InlineData("'")]
    [InlineData("\u200b")]
    public void Sixty_four_kilobytes_of_one_thing_are_answered(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, 65_536 / piece.Length).ToString();
        Assert.NotNull(Detector.Detect(text, Context));
    }

    [Fact]
    public async Task Many_threads_understand_the_same()
    {
        var messages = LabelledMessage.Read("HeldOut").ToList();
        var alone = messages.ConvertAll(message => message.Detect());
        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => messages.ConvertAll(message => message.Detect()))));
        Assert.All(together, one => Assert.Equal(alone, one));
    }
}
