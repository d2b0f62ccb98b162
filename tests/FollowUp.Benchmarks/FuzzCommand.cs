using System.Diagnostics;
using System.Globalization;
using System.Text;
using FollowUp.Understanding;
using NodaTime;

namespace FollowUp.Benchmarks;

/// <summary>Gives the judge random strings of its own vocabulary, of letters, marks and surrogates, up to 64 KB, and prints how long the slowest took. A thrown exception ends it.</summary>
internal static class FuzzCommand
{
    private const int Longest = 65_536;

    private static readonly string[] Pieces =
    [
        "stop", "call me", "in", "in an", "half", "an hour", "and a half", "tomorrow", "next", "monday", "after", "before", "until", "not", "don't", "if you", "the", "of", "a", "las", "de la", "y media",
        "bis", "halb", "à", "heures", "et demie", "que vem", "às", "um", "10", "3:30", "15h", "1-3pm", "31/12/2026", "24.12.", "99999999999", "-", ",", ".", "?", "!", "(", "\n", "\t", "'", "\u200b", "\ufeff", "\ud83d", "😀", "ﬁ", "İ", "ß", "\0",
    ];

    public static int Run(int count, TextWriter output)
    {
        var random = new Random(20_261_128);
        var context = new DetectorContext { SentAt = Instant.FromUtc(2026, 10, 31, 23, 59), Zone = DateTimeZoneProviders.Tzdb["America/New_York"] };
        var (slowest, slowestLength, characters) = (TimeSpan.Zero, 0, 0L);
        for (var i = 0; i < count; i++)
        {
            var text = Text(random, i);
            characters += text.Length;
            var started = Stopwatch.GetTimestamp();
            _ = Detector.Detect(text, context);
            if (Stopwatch.GetElapsedTime(started) is var took && took > slowest && i > 1_000)
            {
                (slowest, slowestLength) = (took, text.Length);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"strings={count} characters={characters} thrown=0 slowest={slowest.TotalMilliseconds:f1} ms (of {slowestLength} characters)"));
        return 0;
    }

    // Mostly messages; every thousandth as long as they come.
    private static string Text(Random random, int i)
    {
        var length = i % 1_000 == 0 ? Longest : random.Next(0, 200);
        var builder = new StringBuilder(length);
        var repeated = i % 7 == 0 ? Pieces[random.Next(Pieces.Length)] : null;
        while (builder.Length < length)
        {
            if (repeated is not null || random.Next(4) > 0)
            {
                builder.Append(repeated ?? Pieces[random.Next(Pieces.Length)]).Append(random.Next(8) == 0 ? "" : " ");
            }
            else
            {
                builder.Append((char)random.Next(0, 0x10000));
            }
        }

        return builder.ToString();
    }
}
