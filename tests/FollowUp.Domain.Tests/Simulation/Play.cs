using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Workspaces;
using Xunit;

namespace FollowUp.Simulation;

/// <summary>Writes a script line by line and reads its timeline. Times are UTC, "20T16:00" is 20 November 2026.</summary>
internal sealed class Play(Bot bot, ContactData? contact = null)
{
    private readonly List<ScriptLine> script = [];

    public Channel Channel { get; init; } = Channel.WhatsApp;

    public WorkspaceSettings? Settings { get; init; }

    public bool OwnAnswers { get; init; }

    public string? ConversationId { get; init; }

    public static DateTimeOffset At(string at) => DateTimeOffset.Parse($"2026-11-{at}:00Z", System.Globalization.CultureInfo.InvariantCulture);

    public Play Contact(string at, string text, Channel? channel = null, string? sentAt = null, string? id = null) =>
        Line(at, ScriptVerb.Message, line => line with { Author = Author.Contact, Channel = channel ?? Channel, Text = text, SentAt = sentAt is null ? null : At(sentAt), MessageId = id });

    public Play Bot(string at, string text, Channel? channel = null) =>
        Line(at, ScriptVerb.Message, line => line with { Author = Author.Bot, Channel = channel ?? Channel, Text = text });

    public Play Agent(string at, string text) => Line(at, ScriptVerb.Message, line => line with { Author = Author.Agent, Channel = Channel, Text = text, By = "user-7" });

    public Play Present(string at, bool present) => Line(at, ScriptVerb.Presence, line => line with { Channel = Channels.Channel.LiveChat, Present = present });

    public Play Save(string at, Bot saved) => Line(at, ScriptVerb.Save, line => line with { Bot = saved });

    public Play Outcome(string at, SimulatedOutcome outcome) => Line(at, ScriptVerb.Outcome, line => line with { Outcome = outcome });

    public Play Do(string at, ScriptVerb verb, Func<ScriptLine, ScriptLine>? with = null) => Line(at, verb, with ?? (line => line));

    public SimulationResult Until(string until) => Until(At(until));

    public SimulationResult Until(DateTimeOffset until)
    {
        var answer = Simulator.Run(new SimulationRequest { Bot = bot, Contact = contact, Settings = Settings, Script = script, Until = until, OwnAnswers = OwnAnswers, ConversationId = ConversationId });
        Assert.Null(answer.Problem);
        return answer.Value!;
    }

    private Play Line(string at, ScriptVerb verb, Func<ScriptLine, ScriptLine> with)
    {
        script.Add(with(new ScriptLine { At = At(at), Do = verb }));
        return this;
    }
}

/// <summary>Reads a timeline in one line a step.</summary>
internal static class Timelines
{
    /// <summary>"20T18:00 sent nudge-1 whatsApp reason" for each entry, told parts only.</summary>
    public static string[] Lines(this SimulationResult result) => [.. result.Timeline.Select(Line)];

    public static string[] Lines(this SimulationResult result, params HistoryKind[] kinds) => [.. result.Timeline.Where(entry => kinds.Contains(entry.Kind)).Select(Line)];

    private static string Line(TimelineEntry entry)
    {
        var parts = new List<string> { $"{entry.At.UtcDateTime:dd'T'HH:mm}", Word(entry.Kind) };
        if (entry.StepId is { } step)
        {
            parts.Add(step);
        }

        if (entry.Kind is HistoryKind.Planned or HistoryKind.Redated or HistoryKind.Held && entry.DueAt is { } due)
        {
            parts.Add($"→ {due.UtcDateTime:dd'T'HH:mm}");
        }

        if (entry.Kind is HistoryKind.Sent or HistoryKind.SwitchedChannel && entry.Channel is { } channel)
        {
            parts.Add(Word(channel));
        }

        if (entry.Reason is { } reason)
        {
            parts.Add(Word(reason));
        }

        return string.Join(' ', parts);
    }

    private static string Word<T>(T value)
        where T : Enum
    {
        var word = value.ToString();
        return char.ToLowerInvariant(word[0]) + word[1..];
    }
}
