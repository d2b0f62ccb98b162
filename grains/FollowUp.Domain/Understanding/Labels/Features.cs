using System.Diagnostics;

namespace FollowUp.Understanding;

/// <summary>Takes one feature of a message by its name.</summary>
internal delegate void FeatureSink(ReadOnlySpan<char> name);

/// <summary>
/// What the trained model sees of a message: its words, their neighbours two and three at a time, with times and numbers replaced by their kind (what is asked for matters, not when),
/// and what the phrase lists found. The same code names them in training and in use.
/// </summary>
internal static class Features
{
    /// <summary>Words looked at: an opinion of the first hundred is an opinion.</summary>
    private const int Most = 100;

    private const int LongestWord = 24;

    public static void Each(Language language, List<Word> words, List<TimeExpression> times, List<Phrases<Meaning>.Found> found, Label byRules, FeatureSink sink)
    {
        var tokens = Tokens(words, times);
        var name = new Name(stackalloc char[128], sink);
        foreach (var word in words.Count > Most ? words[..Most] : words)
        {
            name.Of(language.Code, word.Text);
        }

        for (var i = 0; i <= tokens.Count; i++)
        {
            var (last, current, next) = (TokenAt(i - 1), TokenAt(i), TokenAt(i + 1));
            name.Of(language.Code, last, current);
            var (lastGroup, group, nextGroup) = (GroupOf(last), GroupOf(current), GroupOf(next));
            if (!ReferenceEquals(lastGroup, last) || !ReferenceEquals(group, current))
            {
                name.Of(language.Code, lastGroup, group);
            }

            if (i < tokens.Count && (!ReferenceEquals(lastGroup, last) || !ReferenceEquals(group, current) || !ReferenceEquals(nextGroup, next)))
            {
                name.Of(language.Code, lastGroup, group, nextGroup);
            }

            if (i < tokens.Count)
            {
                name.Of(language.Code, last, current, next);
                name.Of(language.Code, last, "_", next);
            }
        }

        foreach (var mark in found)
        {
            name.Of("mark", mark.Meaning.ToString());
        }

        foreach (var time in times)
        {
            name.Of("time", Kind(time));
        }

        name.Of("shape", times.Count switch { 0 => "no time", 1 => "one time", _ => "times" }, words.Count switch { <= 3 => "short", <= 8 => "phrase", <= 20 => "sentence", _ => "long" });
        name.Of("shape", words.Exists(word => word.Text == "?") ? "question" : "statement", byRules.ToString());
        name.Of("rules", byRules.ToString());
        name.Of("bias", "");

        string GroupOf(string token) => language.Groups.GetValueOrDefault(token, token);

        string TokenAt(int i) => i < 0 ? "^" : i >= tokens.Count ? "$" : tokens[i];
    }

    private static List<string> Tokens(List<Word> words, List<TimeExpression> times)
    {
        var tokens = new List<string>(words.Count);
        var next = 0;
        for (var i = 0; i < words.Count && tokens.Count < Most;)
        {
            if (next < times.Count && times[next].Start == i)
            {
                tokens.Add(Kind(times[next]));
                i = Math.Max(times[next].End, i + 1);
                next++;
                continue;
            }

            var word = words[i++];
            tokens.Add(char.IsAsciiDigit(word.Text[0]) ? "#number" : word.Text);
        }

        return tokens;
    }

    private static string Kind(TimeExpression time) =>
        time.IsNegated ? "#excluded"
        : time.Due is null ? "#past"
        : time.IsUntil ? "#until"
        : time.IsSpan ? "#span"
        : time.IsOtherDay ? "#day"
        : "#time";

    private ref struct Name(Span<char> buffer, FeatureSink sink)
    {
        private readonly Span<char> buffer = buffer;
        private int length;

        public void Of(string space, string one, string two = "", string three = "")
        {
            length = 0;
            Add(space);
            Add(one);
            Add(two);
            Add(three);
            sink(buffer[..length]);
        }

        private void Add(string part)
        {
            if (part.Length == 0)
            {
                return;
            }

            if (length > 0)
            {
                buffer[length++] = ' ';
            }

            var taken = part.AsSpan(0, Math.Min(part.Length, LongestWord));
            Debug.Assert(length + taken.Length < buffer.Length, "Four parts of 24 fit.");
            taken.CopyTo(buffer[length..]);
            length += taken.Length;
        }
    }
}
