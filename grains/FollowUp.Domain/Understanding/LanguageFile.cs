using System.Globalization;

namespace FollowUp.Understanding;

/// <summary>
/// Reads <c>Languages/xx.txt</c>: sections in square brackets; lines of phrases, of words, or of <c>phrase = value</c>. <c>@name</c> stands for a word group of the section <c>[words]</c>;
/// what follows <c>//</c> is a comment. Words are written folded: lower case, without accents and apostrophes.
/// </summary>
internal sealed class LanguageFile
{
    private readonly Dictionary<string, List<string>> sections = [];
    private readonly Dictionary<string, string> groups = [];
    private Dictionary<string, string> shortForms = [];

    private LanguageFile(string code) => Code = code;

    public string Code { get; }

    public static LanguageFile Read(string code)
    {
        var file = new LanguageFile(code);
        using var stream = typeof(LanguageFile).Assembly.GetManifestResourceStream($"FollowUp.Understanding.{code}.txt") ?? throw new InvalidOperationException($"No words of '{code}' in this build.");
        using var reader = new StreamReader(stream);
        List<string>? section = null;
        while (reader.ReadLine() is { } raw)
        {
            var comment = raw.IndexOf("//", StringComparison.Ordinal);
            var line = (comment < 0 ? raw : raw[..comment]).Trim();
            if (line.StartsWith('['))
            {
                section = file.sections[line.Trim('[', ']')] = [];
            }
            else if (line.Length > 0)
            {
                section!.Add(line);
            }
        }

        file.shortForms = file.Pairs("short");
        foreach (var line in file.Lines("words"))
        {
            var (name, words) = Split(line);
            file.groups[name] = file.Expand(words);
        }

        return file;
    }

    public HashSet<string> Set(string section) => [.. Lines(section).SelectMany(line => Expand(line).Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries))];

    public Dictionary<string, string> Pairs(string section) => Pairs(section, value => value);

    public Dictionary<string, T> Pairs<T>(string section, Func<string, T> read)
    {
        var pairs = new Dictionary<string, T>();
        foreach (var line in Lines(section))
        {
            var (keys, value) = Split(line);
            foreach (var key in keys.Split('|'))
            {
                pairs[key] = read(value);
            }
        }

        return pairs;
    }

    public IEnumerable<(string Phrase, T Meaning)> Entries<T>(string section, Func<string, T> read)
    {
        foreach (var line in Lines(section))
        {
            var (phrase, value) = Split(line);
            yield return (Expand(phrase), read(value));
        }
    }

    /// <summary>The word group of <c>[words]</c> that a word belongs to, the first listed.</summary>
    public Dictionary<string, string> Groups()
    {
        var groupOf = new Dictionary<string, string>();
        foreach (var (name, words) in groups)
        {
            foreach (var word in words.Split('|'))
            {
                groupOf.TryAdd(word, $"@{name}");
            }
        }

        return groupOf;
    }

    /// <summary>A number as the files write it.</summary>
    public static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The phrases of every section that is named like a meaning: <c>[opt-out]</c> is <see cref="Meaning.OptOut"/>.</summary>
    public IEnumerable<(string Phrase, Meaning Meaning)> Meanings() =>
        Enum.GetValues<Meaning>().SelectMany(meaning => Lines(Kebab(meaning)).Select(line => (Expand(line), meaning)));

    /// <summary>Every word of the file.</summary>
    public HashSet<string> Vocabulary() =>
        [.. sections.Where(section => section.Key != "short").SelectMany(section => section.Value).SelectMany(line => Expand(line).Split([' ', '|', '?', '=', '@'], StringSplitOptions.RemoveEmptyEntries))];

    private static string Kebab(Meaning meaning) => string.Concat(meaning.ToString().Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static (string Left, string Right) Split(string line)
    {
        var at = line.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (line[..at].Trim(), line[(at + 1)..].Trim()) : throw new InvalidOperationException($"No '=' in the line '{line}'.");
    }

    private List<string> Lines(string section) => sections.GetValueOrDefault(section) ?? [];

    // Groups by their words; short forms as the whole words that messages are read into.
    private string Expand(string phrase)
    {
        var parts = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var isOptional = parts[i].Length > 1 && parts[i].EndsWith('?');
            parts[i] = string.Join('|', parts[i].TrimEnd(isOptional ? '?' : ' ').Split('|').Select(Word)) + (isOptional ? "?" : "");
        }

        return string.Join(' ', parts);

        string Word(string word) =>
            word.Length > 1 && word[0] == '@' ? groups[word[1..]]
            : shortForms.TryGetValue(word, out var whole) && !whole.Contains(' ', StringComparison.Ordinal) ? whole
            : word;
    }
}
