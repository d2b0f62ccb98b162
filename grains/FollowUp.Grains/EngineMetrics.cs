using System.Diagnostics.Metrics;
using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp;

/// <summary>The engine's own counters, meter <c>FollowUp</c>. Labels are words of the SPEC, never ids.</summary>
public sealed class EngineMetrics
{
    public const string MeterName = "FollowUp";

    private readonly Counter<long> messages;
    private readonly Counter<long> history;
    private readonly Counter<long> sends;
    private readonly Counter<long> settled;
    private readonly Counter<long> reminderWrites;

    public EngineMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        messages = meter.CreateCounter<long>("followup.messages.taken", description: "Messages taken, by channel; duplicates apart.");
        history = meter.CreateCounter<long>("followup.history", description: "Lines of the history: planned, held, sent, skipped, cancelled…, with reason and scenario.");
        sends = meter.CreateCounter<long>("followup.sends", description: "Sends by channel and outcome.");
        settled = meter.CreateCounter<long>("followup.sends.settled", description: "Lost answers that were settled later, by what told: callback or list.");
        reminderWrites = meter.CreateCounter<long>("followup.reminder.writes", description: "Reminder rows written or deleted.");
    }

    internal void MessageTaken(Channel channel, bool duplicate) => messages.Add(1, new("channel", Words.Of(channel)), new("duplicate", duplicate));

    internal void Count(IReadOnlyList<Happening> happened)
    {
        foreach (var (entry, _) in happened)
        {
            if (entry is { Kind: HistoryKind.Sent, Detail: Attempts.SettledByCallback or Attempts.SettledByList })
            {
                settled.Add(1, new KeyValuePair<string, object?>("by", entry.Detail == Attempts.SettledByList ? "list" : "callback"));
            }

            history.Add(1, new("kind", Words.Of(entry.Kind)), new("scenario", entry.Scenario is { } scenario ? Words.Of(scenario) : "none"), new("reason", entry.Reason is { } reason ? Words.Of(reason) : "none"));
        }
    }

    internal void Sent(Channel channel, SendResult result) => sends.Add(1, new("channel", Words.Of(channel)), new("outcome", result.GetType().Name));

    internal void ReminderWritten() => reminderWrites.Add(1);
}
