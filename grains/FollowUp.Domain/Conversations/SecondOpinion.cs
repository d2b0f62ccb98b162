using FollowUp.Hours;
using FollowUp.Opinions;
using FollowUp.Planning;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>A model's reading of the contact's last message, after the acknowledgement (SPEC §4.4): it may plan anew or add an opt-out, never take one away. Slow, wrong or absent, it changes nothing.</summary>
internal static class SecondOpinion
{
    /// <summary>Earlier messages a model is shown.</summary>
    private const int EarlierShown = 6;

    /// <summary>How long an opinion is waited for, real time; long enough to ask again after a crash.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Two readings of a time that are this near say the same.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromMinutes(1);

    /// <summary>Asks about a message just judged. Opt-outs and opt-ins stand whatever a model says of them.</summary>
    public static void Ask(Turn turn, IncomingMessage message, Detection detection)
    {
        if (!turn.Now.HasModel || detection is { IsKeyword: true } or { Intent: Intent.OptOut } || string.IsNullOrWhiteSpace(message.Text))
        {
            turn.Conversation = turn.Conversation with { Opinion = null };
            return;
        }

        var before = turn.Start.Erased ? new Conversation() : turn.Start;
        turn.Conversation = turn.Conversation with
        {
            Opinion = new OwedOpinion
            {
                MessageId = message.MessageId!,
                PlanVersion = turn.Conversation.PlanVersion,
                Language = detection.Language,
                First = detection,
                Until = turn.Now.Now + turn.Now.Real(Patience),
                PlanBefore = before.Plan,
                EpisodeBefore = before.Episode,
                LastAuthorBefore = before.LastAuthor,
            },
        };
        AskAgain(turn);
    }

    /// <summary>Asks for the opinion that is owed; nobody waits for one any more that comes too late.</summary>
    public static void AskAgain(Turn turn)
    {
        if (turn.Conversation.Opinion is not { } owed)
        {
            return;
        }

        var messages = turn.Conversation.Messages;
        if (owed.Until <= turn.Now.Now || messages.FirstOrDefault(candidate => candidate.Id == owed.MessageId) is not { } message)
        {
            turn.Conversation = turn.Conversation with { Opinion = null };
            return;
        }

        turn.Do(new Effect.Understand(new ReadingTask
        {
            ConversationId = turn.Now.ConversationId,
            MessageId = message.Id,
            Text = message.Text,
            SentAt = message.At,
            Zone = turn.Now.ZoneOf(turn.Conversation.Contact).Id,
            Language = owed.Language,
            Earlier = [.. messages.TakeWhile(earlier => earlier.Id != message.Id).TakeLast(EarlierShown)],
        }));
    }

    public static Decision Take(Turn turn, ConversationEvent.Understood understood)
    {
        if (turn.Conversation.Opinion is not { } owed || owed.MessageId != understood.MessageId)
        {
            return Decision.Nothing(turn.Conversation);
        }

        turn.Conversation = turn.Conversation with { Opinion = null };
        if (understood.Opinion is { } opinion && owed.Until > turn.Now.Now && turn.Conversation.Messages.FirstOrDefault(candidate => candidate.Id == owed.MessageId) is { } message)
        {
            Apply(turn, owed, message, opinion);
        }

        return turn.ToDecision();
    }

    private static void Apply(Turn turn, OwedOpinion owed, Message message, Detection opinion)
    {
        var conversation = turn.Conversation;
        if (opinion.Intent is Intent.OptOut)
        {
            // Our own answer in between does not undo a refusal.
            if (!conversation.OptedOutOfAll && !conversation.OptedOut.Contains(message.Channel))
            {
                Inbound.JudgeAnew(turn, Told(message), opinion, message.At, promise: null);
            }

            return;
        }

        // A message of ours that is with a provider came after it as well. Who asked for a person is promised one.
        var isLast = conversation.Messages[^1].Id == message.Id && conversation.PlanVersion == owed.PlanVersion && conversation.Attempts.All(attempt => attempt.Crossed || attempt.Uncertain);
        if (!isLast || opinion.DueAt <= turn.Now.Now || owed.First.Intent is Intent.WantsHuman)
        {
            return;
        }

        if (SaysTheSame(owed.First, opinion))
        {
            turn.Conversation = conversation with
            {
                LastDetection = opinion with { Evidence = owed.First.Evidence },
                Plan = conversation.Plan is { } plan && plan.Because.MessageId == message.Id ? plan with { Because = plan.Because with { Judge = Judge.Model, Confidence = opinion.Confidence } } : conversation.Plan,
            };
        }
        else if (opinion.Intent is Intent.AutoReply)
        {
            TakeBack(turn, owed, opinion);
        }
        else
        {
            var promise = owed.PlanBefore is { Scenario: Scenario.RequestedFollowUp, IsUntouched: true } before ? before : null;
            Inbound.JudgeAnew(turn, Told(message), opinion, message.At, promise);
        }
    }

    private static bool SaysTheSame(Detection first, Detection opinion) =>
        first.Intent == opinion.Intent && IsSame(first.DueAt, opinion.DueAt) && IsSame(first.BusyUntil, opinion.BusyUntil);

    private static bool IsSame(DateTimeOffset? one, DateTimeOffset? other) => one is null || other is null ? one == other : (one.Value - other.Value).Duration() <= SameTime;

    /// <summary>An auto-reply was taken for a reply: what stood before it goes on.</summary>
    private static void TakeBack(Turn turn, OwedOpinion owed, Detection opinion)
    {
        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.Superseded, keepIfAskedTo: true);
        var goesOn = turn.Conversation.Plan is null ? owed.PlanBefore : null;
        turn.Conversation = turn.Conversation with
        {
            Plan = goesOn ?? turn.Conversation.Plan,
            Episode = owed.EpisodeBefore,
            LastAuthor = owed.LastAuthorBefore,
            LastDetection = opinion,
            Owed = turn.Conversation.Owed is { } answer && answer.MessageId == owed.MessageId ? null : turn.Conversation.Owed,
        };
        if (goesOn is { } plan)
        {
            turn.Happened(HistoryKind.Resumed, plan, plan.Next?.Id, dueAt: plan.Next?.DueAt, detail: "The message was an auto-reply.");
        }

        Planner.WaitUntil(turn, opinion.BusyUntil);
    }

    private static IncomingMessage Told(Message message) => new()
    {
        MessageId = message.Id,
        Author = message.Author,
        Channel = message.Channel,
        Text = message.Text,
    };
}
