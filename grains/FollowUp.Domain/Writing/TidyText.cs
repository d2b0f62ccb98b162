using System.Text;

namespace FollowUp.Writing;

/// <summary>Puts a text together and closes the places where a value is missing: "Hi , shall we" is "Hi, shall we", "Hi !" is "Hi!".</summary>
internal sealed class TidyText
{
    private const string Stops = ".!?…\n";
    private const string Marks = ",;:" + Stops;

    private static readonly string[] Pairs = ["()", "[]", "\"\"", "''", "“”", "„“", "‘’", "«»", "¡!", "¿?"];

    private readonly StringBuilder _text = new();
    private bool _gap;
    private bool _spaceInGap;

    /// <summary>A value; empty leaves a gap.</summary>
    public void AddValue(string value)
    {
        if (value.Length == 0)
        {
            _gap = true;
            return;
        }

        if (_spaceInGap && _text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
        {
            _text.Append(' ');
        }

        (_gap, _spaceInGap) = (false, false);
        _text.Append(value);
    }

    /// <summary>Words of the template.</summary>
    public void AddWords(string words)
    {
        if (!_gap)
        {
            _text.Append(words);
            return;
        }

        // Two gaps with only spaces between are one.
        if (words.AsSpan().ContainsAnyExcept(' ', '\t'))
        {
            Close(words);
        }
        else
        {
            _spaceInGap = true;
        }
    }

    /// <summary>The whole text, trimmed.</summary>
    public override string ToString()
    {
        if (_gap)
        {
            Close("");
        }

        return _text.ToString().Trim();
    }

    private void Close(string right)
    {
        right = WithoutPossessive(_spaceInGap ? ' ' + right : right);
        (_gap, _spaceInGap) = (false, false);
        while (_text.Length > 0 && right.Length > 0 && Array.IndexOf(Pairs, $"{_text[^1]}{right[0]}") >= 0)
        {
            _text.Length--;
            right = right[1..];
        }

        var next = right.TrimStart(' ');
        if (StartsSentence())
        {
            if (next.Length < right.Length && _text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
            {
                _text.Append(' ');
            }

            _text.Append(TemplateFilter.Capitalized(next.TrimStart([' ', .. Marks.Where(mark => mark != '\n')])));
        }
        else if (next.Length == 0 || Marks.Contains(next[0], StringComparison.Ordinal))
        {
            TrimEnd(' ');
            if (next.Length == 0 || next[0] != ':')
            {
                TrimEnd(',');
            }

            // French sets a space before some marks: what the writer set stays.
            Append(next.Length > 0 && "!?:;".Contains(next[0], StringComparison.Ordinal) ? right : next);
        }
        else
        {
            Append(EndsWithSpace() ? next : right);
        }
    }

    // Braces that a gap brings together must not read as a template's.
    private void Append(string right)
    {
        if (_text.Length > 0 && right.Length > 0 && TemplateParser.IsTag(_text[^1], right[0]))
        {
            _text.Append(' ');
        }

        _text.Append(right);
    }

    private bool StartsSentence()
    {
        var last = _text.Length - 1;
        while (last >= 0 && _text[last] == ' ')
        {
            last--;
        }

        return last < 0 || Stops.Contains(_text[last], StringComparison.Ordinal) || _text[last] is '¡' or '¿';
    }

    private bool EndsWithSpace() => _text.Length > 0 && _text[^1] == ' ';

    private void TrimEnd(char what)
    {
        while (_text.Length > 0 && _text[^1] == what)
        {
            _text.Length--;
        }
    }

    private static string WithoutPossessive(string right) =>
        right.StartsWith("'s ", StringComparison.Ordinal) || right.StartsWith("’s ", StringComparison.Ordinal) ? right[2..] : right;
}
