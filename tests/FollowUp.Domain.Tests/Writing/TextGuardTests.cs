using CsCheck;
using Xunit;

namespace FollowUp.Writing;

public sealed class TextGuardTests
{
    private static readonly TextRules Acme = new() { MaximumLength = 300, AllowedLinks = ["acme.example", "book.acme.com"] };

    [Theory]
    [InlineData("Still there? Shall we keep your slot?")]
    [InlineData("See https://acme.example/visit?x=1 and http://www.ACME.example.")]
    [InlineData("Book at book.acme.com/now, or (https://book.acme.com).")]
    [InlineData("Write to dana@mail.example at 9 a.m., e.g. today, i.e. now.")]
    [InlineData("It costs 3.50 a month, v2.1 and/or more: all of it, 24/7.")]
    [InlineData("One.Two three... four? 👩‍👩‍👧 ❤️")]
    [InlineData("first line\nsecond line")]
    [InlineData("https://acme.example:443/path")]
    [InlineData("https://acme.example./")]
    [InlineData("{one} 50 % and } {")]
    public void A_good_text_passes(string text) => Assert.Null(TextGuard.Refusal(text, Acme));

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n ", "empty")]
    [InlineData(null, "empty")]
    [InlineData("Hi {{ contact.first_name }}", "braces")]
    [InlineData("Hi {{name", "braces")]
    [InlineData("{% if %}", "braces")]
    [InlineData("Hi }}", "braces")]
    [InlineData("a\u200bb", "hidden")]
    [InlineData("a\u202eb", "hidden")]
    [InlineData("a\u0007b", "hidden")]
    public void A_bad_text_is_refused_with_its_reason(string? text, string reason) =>
        Assert.Contains(reason, TextGuard.Refusal(text, Acme), StringComparison.Ordinal);

    [Fact]
    public void The_length_is_the_channels()
    {
        Assert.Null(TextGuard.Refusal(new string('x', 300), Acme));
        Assert.Contains("301 characters of 300", TextGuard.Refusal(new string('x', 301), Acme), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/x")]
    [InlineData("HTTPS://EVIL.EXAMPLE")]
    [InlineData("https://acme.example@evil.example/")]
    [InlineData("https://acme.example:x@evil.example/")]
    [InlineData("https://evil.example\\@acme.example/")]
    [InlineData("https://acme.example.evil.example/")]
    [InlineData("https://notacme.example/")]
    [InlineData("https:/evil.example")]
    [InlineData("https:\\\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("//evil.example/x")]
    [InlineData("www.evil.example")]
    [InlineData("evil.com")]
    [InlineData("Evil.Com.")]
    [InlineData("@evil.com")]
    [InlineData("bit.ly/x")]
    [InlineData("evil.museum/x")]
    [InlineData("evil。com")]
    [InlineData("аcme.example")] // a Cyrillic a
    [InlineData("xn--cme-5cd.example")]
    [InlineData("ftp://acme.example/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("[click](https://evil.example)")]
    [InlineData("<a href=\"https://evil.example\">acme.example</a>")]
    [InlineData("![x](https://evil.example/?q=secret)")]
    [InlineData("tg://join?x")]
    public void A_link_must_be_on_the_list(string link)
    {
        Assert.Contains("links to", TextGuard.Refusal($"Look: {link} now", Acme), StringComparison.Ordinal);
        Assert.Contains("links to", TextGuard.Refusal($"acme.example and {link}", Acme), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_gets_an_answer()
    {
        foreach (var text in Corpus.NaughtyStrings().Concat(Corpus.PromptAttacks()))
        {
            _ = TextGuard.Refusal(text, Acme with { MaximumLength = 100_000 });
        }
    }

    [Fact]
    public void Long_texts_are_read_in_bounded_time()
    {
        var pieces = new[] { "a", ".", "-", ":", "/", "http", "//", "www.", "@", " ", "。", "_", "1" };
        Gen.Int[0, pieces.Length - 1].Array[0, 4_096].Select(picks => string.Concat(picks.Select(pick => pieces[pick])))
            .Sample(text => { _ = TextGuard.Refusal(text, Acme with { MaximumLength = 100_000 }); }, iter: 300);
        foreach (var piece in pieces)
        {
            _ = TextGuard.Refusal(string.Concat(Enumerable.Repeat(piece, 20_000)), Acme with { MaximumLength = 100_000 });
        }
    }
}
