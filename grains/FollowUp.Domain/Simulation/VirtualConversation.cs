using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Workspaces;
using FollowUp.Writing;

namespace FollowUp.Simulation;

/// <summary>One conversation in virtual time: the decisions are the real ones; writers, providers and the clock are played.</summary>
internal sealed class VirtualConversation(SimulationRequest request)
{
    private const string BotId = "bot";

    /// <summary>Wake-ups of one run at most: a guard, far above what three years of five steps need.</summary>
    private const int MaximumTurns = 200_000;

    /// <summary>A visitor is there for this long after a message (SPEC §7.1).</summary>
    private static readonly TimeSpan PresentAfterMessage = TimeSpan.FromSeconds(60);

    private readonly List<TimelineEntry> timeline = [];
    private readonly Queue<SimulatedOutcome> outcomes = [];
    private readonly WorkspaceSettings settings = request.Settings ?? new WorkspaceSettings();
    private Conversation conversation = new() { BotId = BotId, Contact = request.Contact ?? new ContactData() };
    private BotSnapshot bot = BotSaves.New(BotId, Played(request, request.Bot), request.Script.Count > 0 ? request.Script.Min(line => line.At) : request.Until);
    private DateTimeOffset now;
    private DateTimeOffset? lastChat;
    private bool? presence;
    private int tokens;

    public SimulationResult Play()
    {
        var script = request.Script.Select((line, index) => (Line: line, Index: index)).OrderBy(entry => entry.Line.At).ThenBy(entry => entry.Index).ToList();
        var next = 0;
        for (var turn = 0; turn < MaximumTurns; turn++)
        {
            var wakes = ConversationDecider.NextWakeUpAt(conversation);
            var line = next < script.Count ? script[next].Line : null;
            var at = line is null || wakes <= line.At ? wakes : line.At;
            if (at is null || at > request.Until)
            {
                break;
            }

            now = at.Value > now ? at.Value.ToUniversalTime() : now;
            if (line is not null && (wakes is null || line.At < wakes))
            {
                Perform(line, script[next].Index);
                next++;
            }
            else
            {
                Happen(new ConversationEvent.WokeUp());
            }
        }

        now = request.Until.ToUniversalTime();
        return new SimulationResult
        {
            Timeline = timeline,
            Pending = [.. (ResponseInfos.Of(conversation, Circumstances()).Plan?.Steps ?? []).Where(step => step.State is StepState.Scheduled or StepState.Held or StepState.AwaitingApproval)],
        };
    }

    private void Perform(ScriptLine line, int index)
    {
        switch (line.Do)
        {
            case ScriptVerb.Message:
                Say(line, index);
                break;
            case ScriptVerb.Presence:
                presence = line.Present;
                break;
            case ScriptVerb.Save:
                Save(Played(request, line.Bot!));
                break;
            case ScriptVerb.Activate:
                Save(bot.Settings with { Active = true });
                break;
            case ScriptVerb.Deactivate:
                Save(bot.Settings with { Active = false });
                break;
            case ScriptVerb.Outcome:
                outcomes.Enqueue(line.Outcome!.Value);
                break;
            case ScriptVerb.Receipt:
                var last = conversation.Messages.LastOrDefault(message => message.Author is not Author.Contact);
                Happen(new ConversationEvent.ReceiptCame(new Receipt { MessageId = line.MessageId ?? last?.Id, State = line.State!.Value }));
                break;
            default:
                Happen(new ConversationEvent.PersonActed(ActionOf(line) with { By = line.By }));
                break;
        }
    }

    private static PersonAction ActionOf(ScriptLine line) => line.Do switch
    {
        ScriptVerb.TakeOver => new PersonAction.TakeOver(),
        ScriptVerb.Release => new PersonAction.Release(),
        ScriptVerb.Close => new PersonAction.Close(),
        ScriptVerb.Reopen => new PersonAction.Reopen(),
        ScriptVerb.MarkGoal => new PersonAction.MarkGoal { Goal = line.Goal! },
        ScriptVerb.OptOut => new PersonAction.OptOut { Channel = line.Channel },
        ScriptVerb.Pause => new PersonAction.PausePlan(),
        ScriptVerb.Resume => new PersonAction.ResumePlan(),
        ScriptVerb.Skip => new PersonAction.SkipStep { StepId = line.StepId! },
        ScriptVerb.SendNow => new PersonAction.SendNow { StepId = line.StepId! },
        _ => new PersonAction.MoveStep { StepId = line.StepId!, DueAt = line.DueAt!.Value },
    };

    private void Say(ScriptLine line, int index)
    {
        var message = new IncomingMessage
        {
            MessageId = line.MessageId ?? $"line-{index}",
            Author = line.Author!.Value,
            Channel = line.Channel!.Value,
            Text = line.Text,
            SentAt = line.SentAt ?? line.At,
            By = line.By,
        };
        if (message.Author is not Author.Contact)
        {
            Happen(new ConversationEvent.OurSideWrote(message));
            return;
        }

        if (message.Channel is Channel.LiveChat)
        {
            lastChat = now;
        }

        Happen(new ConversationEvent.ContactWrote(message, FirstReading.Of(message, conversation, Circumstances())));
    }

    private void Save(Bot saved)
    {
        bot = bot.Saved(saved, now);
        Happen(new ConversationEvent.BotChanged(Redate: false));
    }

    private void Happen(ConversationEvent first)
    {
        var events = new Queue<ConversationEvent>([first]);
        while (events.TryDequeue(out var @event))
        {
            var decision = ConversationDecider.Decide(conversation, @event, Circumstances());
            conversation = decision.Conversation;
            foreach (var (entry, text) in decision.Happened)
            {
                if (Simulator.IsTold(entry.Kind))
                {
                    timeline.Add(new TimelineEntry { At = entry.At, Kind = entry.Kind, Scenario = entry.Scenario, StepId = entry.StepId, Channel = entry.Channel, DueAt = entry.DueAt, Reason = entry.Reason, Text = text ?? (entry.Kind is HistoryKind.Note ? entry.Detail : null) });
                }
            }

            foreach (var effect in decision.Effects)
            {
                if (OutcomeOf(effect) is { } outcome)
                {
                    events.Enqueue(outcome);
                }
            }
        }
    }

    private ConversationEvent? OutcomeOf(Effect effect) => effect switch
    {
        Effect.WriteStep write => new ConversationEvent.TextWritten(write.PlanId, write.StepId, write.PlanVersion, Composer.Compose(write.Brief)),
        Effect.WriteAnswer write => new ConversationEvent.AnswerWritten(write.MessageId, write.PlanVersion, Composer.Compose(write.Brief)),
        Effect.Send send => new ConversationEvent.AttemptEnded(send.Attempt.Id, Provider(send.Attempt)),
        Effect.Reconcile reconcile => new ConversationEvent.StillUncertain(reconcile.Attempt.Id),

        // A visitor who is there has a widget that takes it.
        Effect.Tell { Message: { Channel: Channel.LiveChat, Author: not Author.Contact, Sequence: { } number } } when VisitorPresent => new ConversationEvent.ChatMarked(number, Delivery.Delivered),
        Effect.DeliverOutbox => new ConversationEvent.OutboxDelivered([.. conversation.Outbox.Select(entry => entry.Id)]),
        _ => null,
    };

    private SendResult Provider(Attempt attempt) => (outcomes.TryDequeue(out var scripted) ? scripted : SimulatedOutcome.Accepted) switch
    {
        SimulatedOutcome.Refused => new SendResult.Refused(Refusal.Message, "refused"),
        SimulatedOutcome.AddressDead => new SendResult.Refused(Refusal.AddressDead, "addressDead"),
        SimulatedOutcome.Lost => new SendResult.Uncertain("The provider's answer was lost."),
        _ => new SendResult.Accepted($"provider-{attempt.Id}"),
    };

    private bool VisitorPresent => presence ?? (lastChat is { } chat && now - chat < PresentAfterMessage);

    private Circumstances Circumstances() => new()
    {
        Now = now,
        ConversationId = request.ConversationId ?? "simulation",
        Bot = bot,
        Workspace = settings,
        VisitorPresent = VisitorPresent,
        Connections = Enum.GetValues<Channel>().ToDictionary(channel => channel, channel => channel.ToString()),
        Token = (tokens++).ToString("D8"),
    };

    // The script speaks for the bot unless the request lets it answer by itself.
    private static Bot Played(SimulationRequest request, Bot bot) =>
        bot with { OwnAnswers = request.OwnAnswers ? OwnAnswers.BuiltIn : OwnAnswers.External };
}
