using System.Collections.Concurrent;
using System.Text.Json;
using FollowUp.Addresses;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Opinions;
using FollowUp.Ports;
using FollowUp.Understanding;
using FollowUp.Workspaces;
using FollowUp.Writing;
using Microsoft.Extensions.Logging;

namespace FollowUp.Effects;

/// <summary>Does what decisions ask for, outside every turn: writers, providers and other grains may be slow. Each outcome comes back to its conversation as a call.</summary>
internal sealed partial class EffectRunner(
    IGrainFactory grains,
    IMessageWriter writer,
    IUnderstanding model,
    ConnectorSends connectors,
    IAddressHasher hasher,
    ITranscriptStore transcripts,
    TimeProvider time,
    ILogger<EffectRunner> logger) : IWorkUnderWay
{
    /// <summary>A writer's overall deadline.</summary>
    private static readonly TimeSpan WriterTimeout = TimeSpan.FromMinutes(2);

    /// <summary>How often an outcome is reported: for about a minute.</summary>
    private const int ReportTries = 6;

    /// <summary>A second opinion's overall deadline.</summary>
    private static readonly TimeSpan ReaderTimeout = TimeSpan.FromMinutes(1);

    /// <summary>What is under way: a second tick does not write a text or deliver an entry twice.</summary>
    private readonly ConcurrentDictionary<string, byte> running = new();

    private volatile bool draining;

    public bool IsDraining => draining;

    /// <summary>Whether an attempt's outcome is still to come from this silo.</summary>
    public bool IsUnderWay(string key, Attempt attempt) => running.ContainsKey($"{key}/{NameOf(new Effect.Send(attempt))}");

    public void Drain() => draining = true;

    public async Task UntilQuietAsync(TimeSpan longest)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!running.IsEmpty && TimeProvider.System.GetElapsedTime(since) < longest)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    public void Post(string key, Conversation conversation, Effect effect)
    {
        var name = $"{key}/{NameOf(effect)}";
        if (running.TryAdd(name, 0))
        {
            _ = Task.Run(() => RunAsync(key, conversation, effect, name));
        }
    }

    private static string NameOf(Effect effect) => effect switch
    {
        Effect.WriteStep write => $"write/{write.PlanId}/{write.StepId}/{write.PlanVersion}",
        Effect.WriteAnswer write => $"answer/{write.MessageId}/{write.PlanVersion}",
        Effect.Understand understand => $"understand/{understand.Brief.MessageId}",
        Effect.Send send => $"send/{send.Attempt.Id}/{send.Attempt.Tries}",
        Effect.Reconcile reconcile => $"reconcile/{reconcile.Attempt.Id}",
        _ => "outbox",
    };

    private async Task RunAsync(string key, Conversation conversation, Effect effect, string name)
    {
        try
        {
            if (await OutcomeAsync(key, conversation, effect) is { } outcome)
            {
                await ReportAsync(key, outcome);
            }
        }
#pragma warning disable CA1031 // The document says what is owed: the next wake-up does it again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(NameOf(effect).Split('/')[0], failure);
        }
        finally
        {
            running.TryRemove(name, out _);
        }
    }

    // The conversation may have been on a silo that just died: what became of a send is known here only, so it is said again until it is heard.
    private async Task ReportAsync(string key, ConversationEvent outcome)
    {
        var pause = TimeSpan.FromSeconds(1);
        for (var left = outcome is ConversationEvent.AttemptEnded ? ReportTries : 1; ; left--, pause *= 2)
        {
            try
            {
                await grains.GetGrain<IConversationTurns>(key).ReportAsync(outcome);
                return;
            }
            catch (Exception away) when (left > 1 && !draining && away is OrleansException or TimeoutException or InvalidOperationException)
            {
                await Task.Delay(pause);
            }
        }
    }

    private async Task<ConversationEvent?> OutcomeAsync(string key, Conversation conversation, Effect effect) => effect switch
    {
        Effect.WriteStep write => new ConversationEvent.TextWritten(write.PlanId, write.StepId, write.PlanVersion, await WriteAsync(key, conversation, write.Brief)),
        Effect.WriteAnswer write => new ConversationEvent.AnswerWritten(write.MessageId, write.PlanVersion, await WriteAsync(key, conversation, write.Brief)),
        Effect.Understand understand => new ConversationEvent.Understood(understand.Brief.MessageId, await UnderstandAsync(GrainKeys.Parse(key).Workspace, understand.Brief)),
        Effect.Send send => new ConversationEvent.AttemptEnded(send.Attempt.Id, await connectors.SendAsync(key, send.Attempt)),
        Effect.Reconcile reconcile => await connectors.ReconcileAsync(key, reconcile.Attempt, reconcile.Known) is { } found
            ? new ConversationEvent.AttemptEnded(reconcile.Attempt.Id, found)
            : new ConversationEvent.StillUncertain(reconcile.Attempt.Id),
        Effect.DeliverOutbox => await DeliverAsync(key, conversation),
        _ => null,
    };

    private async Task<Written> WriteAsync(string key, Conversation conversation, WritingTask task)
    {
        var (workspace, id) = GrainKeys.Parse(key);
        try
        {
            using var deadline = new CancellationTokenSource(WriterTimeout);
            if (conversation.Page > 0 && task.Messages.Count < WritingTasks.EnoughMessages && await transcripts.ReadAsync(workspace, id, conversation.Page - 1) is { } page)
            {
                task = task.WithEarlier(JsonSerializer.Deserialize<List<Message>>(page, StateJson.Options)!);
            }

            return await writer.WriteAsync(workspace, task, deadline.Token);
        }
#pragma warning disable CA1031 // Whatever breaks a writer, the step is not used up.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed("write", failure);
            return new Written.Failed($"The writer failed: {failure.GetType().Name}.");
        }
    }

    private async Task<Detection?> UnderstandAsync(string workspace, ReadingTask task)
    {
        try
        {
            using var deadline = new CancellationTokenSource(ReaderTimeout);
            return await model.ReadAsync(workspace, task, deadline.Token) is { } reading ? Opinion.Of(reading, task) : null;
        }
#pragma warning disable CA1031 // Whatever breaks a model, the built-in judge has spoken already.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed("understand", failure);
            return null;
        }
    }

    private async Task<ConversationEvent> DeliverAsync(string key, Conversation conversation)
    {
        var (workspace, id) = GrainKeys.Parse(key);
        var done = new List<string>();
        foreach (var entry in conversation.Outbox)
        {
            try
            {
                await DeliverAsync(workspace, id, conversation, entry);
                done.Add(entry.Id);
            }
#pragma warning disable CA1031 // The others go on; this one stays in the outbox.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogFailed(entry.Kind.ToString(), failure);
            }
        }

        return new ConversationEvent.OutboxDelivered(done);
    }

    private async Task DeliverAsync(string workspace, string id, Conversation conversation, OutboxEntry entry)
    {
        switch (entry.Kind)
        {
            case OutboxKind.SuppressAddress:
                await AddressOf(workspace, entry).SuppressAsync();
                break;
            case OutboxKind.LiftSuppression:
                await AddressOf(workspace, entry).LiftAsync();
                break;
            case OutboxKind.ReleaseAddress:
                await AddressOf(workspace, entry).ReleaseAsync(id);
                break;
            case OutboxKind.PauseConnection:
                await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, entry.Subject!)).PauseAsync(entry.Detail ?? "refused");
                break;
            case OutboxKind.CountFiltered:
                await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, entry.Subject!)).CountFilteredAsync(entry.Id, entry.Detail ?? "filtered");
                break;
            case OutboxKind.TellTeam:
                await grains.GetGrain<INotesGrain>(workspace).AddAsync(new TeamNote
                {
                    NoteId = entry.Id,
                    ConversationId = id,
                    At = conversation.Notes.LastOrDefault(note => note.Text == entry.Detail)?.At ?? time.GetUtcNow(),
                    Text = entry.Detail!,
                    Reason = Enum.TryParse<Reason>(entry.Subject, out var reason) ? reason : null,
                });
                break;
            case OutboxKind.StopTemplate:
                await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, entry.Subject!)).SetTemplateAsync(entry.Detail!, usable: false);
                break;
            case OutboxKind.AdoptConversation:
                foreach (var (channel, address) in conversation.Contact.Addresses ?? new Dictionary<Channel, string>())
                {
                    await grains.GetGrain<IAddressGrain>(AddressGrain.KeyOf(hasher, workspace, channel, address)).MoveAsync(id, entry.Subject!);
                }

                var handedOn = conversation with { Plan = conversation.Missed, Outbox = [], History = [], Notes = [], Answers = [], Attempts = [] };
                await grains.GetGrain<IConversationTurns>(GrainKeys.Of(workspace, entry.Subject!)).AdoptAsync(id, JsonSerializer.Serialize(handedOn, StateJson.Options));
                break;
        }
    }

    private IAddressGrain AddressOf(string workspace, OutboxEntry entry) =>
        grains.GetGrain<IAddressGrain>(AddressGrain.KeyOf(hasher, workspace, entry.Channel!.Value, entry.Subject!));

    // The type only: messages of exceptions may hold a number or a text.
    private void LogFailed(string effect, Exception failure) => LogEffectFailed(effect, failure.GetType().Name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The effect {Effect} failed ({Failure}); it is tried again at the next wake-up")]
    private partial void LogEffectFailed(string effect, string failure);
}
