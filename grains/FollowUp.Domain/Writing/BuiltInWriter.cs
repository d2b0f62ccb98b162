using System.IO.Hashing;
using System.Runtime.InteropServices;
using FollowUp.Conversations;
using FollowUp.Writing.Phrases;

namespace FollowUp.Writing;

/// <summary>
/// Writes follow-ups without a model: short, one question, no promise, in one of five languages. The same request makes the same text;
/// what it writes is marked <c>builtIn</c> and never pretends to be a model.
/// </summary>
public static class BuiltInWriter
{
    /// <summary>No nudge is longer, in UTF-16 units.</summary>
    public const int MaximumLength = 300;

    /// <summary>A follow-up that this conversation did not get yet. There are 40 texts and more for a step; after all of them the oldest comes again.</summary>
    public static string Nudge(NudgeRequest request)
    {
        var book = Phrasebook.Of(request.Language);
        var step = Math.Clamp(request.StepNumber, 1, 5);
        var filling = new Filling
        {
            Name = SafeWords.Name(request.ContactName),
            Business = SafeWords.Business(request.BusinessName),
            Topic = SafeWords.Topic(request.LastContactText) is { } topic ? book.Quotes.Open + topic + book.Quotes.Close : null,
        };
        var seed = Seed(request.ConversationId);
        var openings = Openings(book, filling, (seed >> 8) + (ulong)step);
        var isQuoted = filling.Topic is not null && request.EarlierNudges.Any(earlier => earlier.Contains(filling.Topic, StringComparison.Ordinal));
        var texts = Wordings(book, request.Scenario, step, isQuoted ? filling with { Topic = null } : filling, seed)
            .SelectMany(wording => openings.Select(opening => (Wording: wording, Text: filling.Fill(opening) + filling.Fill(wording))))
            .ToArray();

        // A wording of its own comes before an old one behind another opening.
        return texts.FirstOrDefault(text => !request.EarlierNudges.Any(earlier => Filling.Says(earlier, text.Wording))).Text
            ?? texts.FirstOrDefault(text => LastUse(text.Text) < 0).Text
            ?? texts.MinBy(text => LastUse(text.Text)).Text;

        int LastUse(string text) => request.EarlierNudges.ToList().FindLastIndex(earlier => earlier.Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    internal static ulong Seed(string id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()));

    internal static T[] Rotated<T>(T[] items, ulong by) => [.. items.Select((_, i) => items[(int)(((ulong)i + by) % (ulong)items.Length)])];

    // The step's own wordings first, those that quote before those that do not; then the other steps'. A topic is quoted once.
    private static IEnumerable<string> Wordings(Phrasebook book, Scenario scenario, int step, Filling filling, ulong seed)
    {
        var steps = Steps(book, scenario);
        return Rotated(steps, (ulong)step - 1)
            .Select(wordings => wordings.Where(filling.Fits).ToLookup(Filling.Quotes))
            .SelectMany(wordings => Rotated([.. wordings[true]], seed).Concat(Rotated([.. wordings[false]], seed)));
    }

    private static string[][] Steps(Phrasebook book, Scenario scenario)
    {
        var own = scenario switch
        {
            Scenario.Busy => book.Busy,
            Scenario.RequestedFollowUp => book.Requested,
            _ => [],
        };

        // After "I'm busy" the later steps do not quote: it is no topic to come back to.
        var silence = own.Length == 0
            ? book.StoppedResponding
            : [.. book.StoppedResponding.Select(wordings => wordings.Where(wording => !Filling.Quotes(wording)).ToArray())];
        return [.. own, .. silence[own.Length..], .. silence[..own.Length]];
    }

    // With a name, the openings that say it come first.
    private static string[] Openings(Phrasebook book, Filling filling, ulong rotation)
    {
        var fit = book.Openings.Where(filling.Fits).ToLookup(opening => opening.Contains("{name}", StringComparison.Ordinal));
        return [.. Rotated([.. fit[true]], rotation), .. Rotated([.. fit[false]], rotation)];
    }
}
