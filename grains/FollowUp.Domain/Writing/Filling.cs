namespace FollowUp.Writing;

/// <summary>What stands in for the places of our own phrases: <c>{name}</c>, <c>{business}</c>, <c>{topic}</c>, <c>{when}</c>. A value is never read as a phrase.</summary>
internal sealed record Filling
{
    public string? Name { get; init; }
    public string? Business { get; init; }

    /// <summary>Quoted.</summary>
    public string? Topic { get; init; }
    public string? When { get; init; }

    /// <summary>Whether there is a value for each of its places.</summary>
    public bool Fits(string phrase) => Pieces(phrase).All(piece => !piece.IsPlace || Value(piece.Text) is not null);

    public string Fill(string phrase) => string.Concat(Pieces(phrase).Select(piece => piece.IsPlace ? Value(piece.Text) : piece.Text));

    /// <summary>Whether the phrase repeats the contact's words.</summary>
    public static bool Quotes(string phrase) => phrase.Contains("{topic}", StringComparison.Ordinal);

    /// <summary>Whether a text holds what the phrase says, whatever filled its places.</summary>
    public static bool Says(string text, string phrase) =>
        Pieces(phrase).All(piece => piece.IsPlace || text.Contains(piece.Text, StringComparison.OrdinalIgnoreCase));

    private string? Value(string place) => place switch
    {
        "name" => Name,
        "business" => Business,
        "topic" => Topic,
        _ => When,
    };

    // Between braces, by turns: words, place, words …
    private static IEnumerable<(string Text, bool IsPlace)> Pieces(string phrase) =>
        phrase.Split('{', '}').Select((text, i) => (text, i % 2 == 1));
}
