using System.Text;
using System.Text.RegularExpressions;
using FollowUp.Conversations;
using FollowUp.Understanding;

namespace FollowUp.Writing;

/// <summary>Whether what a model composed for a task may go out: <see cref="TextGuard"/>, and what only the task tells: the language, what was said before, what is not to be told, whose numbers and addresses it names.</summary>
public static partial class DraftCheck
{
    /// <summary>A shorter text does not tell its language surely.</summary>
    private const int TellingLength = 25;

    /// <summary>Why the text must not go out; null: it may. Never quotes a secret.</summary>
    /// <param name="text">What the model composed.</param>
    /// <param name="task">What it was asked for.</param>
    /// <param name="instructions">What it was told beside the task.</param>
    public static string? Refusal(string? text, WritingTask task, string instructions)
    {
        if (TextGuard.Refusal(text, new TextRules { MaximumLength = task.MaximumLength, AllowedLinks = task.AllowedLinks }) is { } refusal)
        {
            return refusal;
        }

        if (!IsIn(task.Language, text!))
        {
            return $"The text is not in the language '{task.Language}'.";
        }

        if (task.Nudges.Any(nudge => IsSame(nudge, text!)))
        {
            return "The text repeats an earlier follow-up.";
        }

        string?[] open = [.. task.Messages.Select(message => message.Text), task.Contact.Name, task.BusinessName, task.Persona.Knowledge, .. task.AllowedLinks];
        string?[] secrets = [instructions, task.Persona.Personality, task.Persona.Goal, task.Step?.Instructions];
        if (PromptLeak.Finds(text!, secrets, open))
        {
            return "The text tells of its instructions.";
        }

        // What the business itself says, never what the contact does: their words could put a number into our mouth.
        string?[] ours = [task.Persona.Knowledge, task.Persona.Goal, task.Step?.Instructions, .. task.CustomValues?.Values ?? [], .. task.Messages.Where(message => message.Author is Author.Agent or Author.Workflow).Select(message => message.Text)];
        return NamesForeign(text!, ours) ? "The text names a phone number or mail address that is not the business's." : null;
    }

    private static bool IsIn(string language, string text)
    {
        var letters = text.EnumerateRunes().Where(Rune.IsLetter).ToList();
        if (letters.Count(letter => letter.Value > 0x24F) * 3 > letters.Count)
        {
            return false;
        }

        return text.Length < TellingLength
            || Detector.LanguageOf(text, language).Code == language;
    }

    private static bool IsSame(string one, string other) => Plain(one) is { Length: > 0 } plain && plain == Plain(other);

    private static bool NamesForeign(string text, string?[] ours)
    {
        var digits = ours.Select(words => new string([.. (words ?? "").Where(char.IsAsciiDigit)])).ToList();
        foreach (Match match in Number().Matches(text))
        {
            var number = new string([.. match.Value.Where(char.IsAsciiDigit)]);
            if (!digits.Exists(known => known.Contains(number, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return Mail().Matches(text).Any(mail => !ours.Any(words => words?.Contains(mail.Value.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) is true));
    }

    private static string Plain(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    // +1 303 555 0142, (303) 555-0142, 303.555.0142, 0341 5550142: not dates, times or prices.
    [GeneratedRegex(@"\+[0-9][0-9 ().-]{6,18}[0-9]|\(?\b[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}\b|\b0[0-9]{2,4}[ /-]?[0-9]{6,9}\b|\b[0-9]{10,14}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mail();
}
