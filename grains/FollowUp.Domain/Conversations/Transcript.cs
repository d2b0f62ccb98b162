namespace FollowUp.Conversations;

/// <summary>The current page of a transcript.</summary>
public static class Transcript
{
    /// <summary>Messages of one page at most.</summary>
    public const int PageLength = 20;

    /// <summary>Characters of one page at most, before the next message begins a new one.</summary>
    public const int PageCharacters = 16 * 1024;

    public static bool IsFull(IReadOnlyList<Message> messages) =>
        messages.Count >= PageLength || messages.Sum(message => message.Text.Length) >= PageCharacters;
}
