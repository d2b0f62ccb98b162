using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Planning;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>A contact's message (SPEC §4, §5.1): judged once, it ends the live plan and may lay the next.</summary>
internal static class Inbound
{
    /// <summary>How far back a provider's time is believed.</summary>
    public static readonly TimeSpan OldestBelieved = TimeSpan.FromDays(7);

    /// <summary>How far ahead a provider's time is believed.</summary>
    public static readonly TimeSpan NewestBelieved = TimeSpan.FromMinutes(5);

    public static Decision Take(Turn turn, IncomingMessage message, Detection detection)
    {
        if (turn.Conversation.Erased)
        {
            // The person came back: a new beginning, with nothing of the old one but what guards against repeats.
            turn.Conversation = new Conversation { PlanVersion = turn.Conversation.PlanVersion, Seen = turn.Conversation.Seen, LastSequence = turn.Conversation.LastSequence };
        }

        var at = Believed(message.SentAt, turn.Now.Now);
        ContactKeeping.Learn(turn, message);
        turn.Conversation = turn.Conversation with { Seen = turn.Conversation.Seen.With(message.MessageId!, turn.Now.Now) };
        var stands = new Message
        {
            Id = message.MessageId!,
            Author = Author.Contact,
            Channel = message.Channel,
            Text = message.Text ?? "",
            At = at,
            Attachments = message.Attachments,
        };
        turn.Append(turn.Conversation.Changes?.FirstOrDefault(change => change.MessageId == stands.Id) is { } change ? Signals.Changed(stands, change) : stands);

        if (detection.Intent is Intent.AutoReply)
        {
            Planner.WaitUntil(turn, detection.BusyUntil);
            SecondOpinion.Ask(turn, message, detection);
            return turn.ToDecision();
        }

        var promise = turn.Conversation.Plan is { Scenario: Scenario.RequestedFollowUp, IsUntouched: true } plan ? plan : null;
        Reply(turn, message, detection, at);
        Judge(turn, message, detection, at, promise);
        OweAnswer(turn, message, detection);
        SecondOpinion.Ask(turn, message, detection);
        return turn.ToDecision();
    }

    /// <summary>Another reading of the contact's last message: what the first one led to gives way, but for a handover and an opt-out.</summary>
    public static void JudgeAnew(Turn turn, IncomingMessage message, Detection detection, DateTimeOffset at, Plan? promise)
    {
        var answering = turn.Conversation.Owed;
        Reply(turn, message, detection, at);
        Judge(turn, message, detection, at, promise);
        OweAnswer(turn, message, detection);
        if (answering is not null && turn.Conversation.Owed is not null)
        {
            turn.Conversation = turn.Conversation with { Owed = answering };
        }
    }

    /// <summary>Provider's time, clamped; it never runs ahead of what we can have seen.</summary>
    public static DateTimeOffset Believed(DateTimeOffset? sentAt, DateTimeOffset now)
    {
        if (sentAt is not { } at)
        {
            return now;
        }

        at = at.ToUniversalTime();
        return at < now - OldestBelieved ? now - OldestBelieved : at > now + NewestBelieved ? now + NewestBelieved : at;
    }

    private static void Reply(Turn turn, IncomingMessage message, Detection detection, DateTimeOffset at)
    {
        turn.RaiseVersion();
        Planner.EndPlan(turn, ReasonOf(detection), keepIfAskedTo: true);
        AnswerDrafts.Drop(turn, ReasonOf(detection));
        var conversation = turn.Conversation;
        var latest = conversation.InboundAt.Count == 0 || conversation.InboundAt.Values.Max() <= at;
        turn.Conversation = conversation with
        {
            LastAuthor = Author.Contact,
            Channel = latest ? message.Channel : conversation.Channel,
            LastDetection = detection,
            Closed = false,
            Human = conversation.Human is { } human && !human.IsInCharge(turn.Now.Now) && (human.AsleepUntil is { } until && until <= turn.Now.Now) ? null : conversation.Human,

            // A late message never moves a clock backwards and never reopens a window.
            InboundAt = new Dictionary<Channel, DateTimeOffset>(conversation.InboundAt)
            {
                [message.Channel] = conversation.InboundAt.TryGetValue(message.Channel, out var before) && before > at ? before : at,
            },

            // Who writes from an address can be reached there.
            DeadAddresses = [.. conversation.DeadAddresses.Where(channel => channel != message.Channel)],
            Episode = new Episode(),
            Attempts = [.. conversation.Attempts.Select(attempt => attempt.Uncertain ? attempt : attempt with { Crossed = true })],
        };
        turn.Conversation = turn.Conversation.WithMarks(message.Channel, marks => marks.RestsUntil > at ? marks with { RestsUntil = null } : marks);
        if (conversation.Closed)
        {
            turn.Happened(HistoryKind.Reopened, reason: Reason.ContactReplied);
        }
    }

    private static Reason ReasonOf(Detection detection) => detection.Intent switch
    {
        Intent.OptOut => detection.Scope is OptOutScope.All ? Reason.OptedOut : Reason.ChannelOptedOut,
        Intent.NotInterested => Reason.NotInterested,
        Intent.Hostile => Reason.Hostile,
        Intent.Disqualified => Reason.Disqualified,
        Intent.Closing => Reason.SoftClosed,
        Intent.GoalReached => Reason.GoalReached,
        _ when detection.Judge is Understanding.Judge.Model => Reason.Superseded,
        _ => Reason.ContactReplied,
    };

    private static void Judge(Turn turn, IncomingMessage message, Detection detection, DateTimeOffset at, Plan? promise)
    {
        if (detection.IsOptIn)
        {
            OptOuts.Lift(turn, message.Channel, by: null, inOwnWords: true);
        }

        switch (detection.Intent)
        {
            case Intent.OptOut:
                CloseEpisode(turn);
                OptOuts.Apply(turn, detection.Scope is OptOutScope.All ? null : message.Channel, by: null, confirmOn: detection.IsKeyword ? null : message.Channel);
                break;
            case Intent.Closing when promise is not null:
                Planner.Rearm(turn, promise);
                break;
            case Intent.Hostile or Intent.NotInterested or Intent.Disqualified or Intent.Closing or Intent.GoalReached:
                CloseEpisode(turn);
                break;
            case Intent.WantsHuman:
                turn.Conversation = turn.Conversation with { HandedOver = true };
                turn.Happened(HistoryKind.HandedOver, reason: Reason.HandedOver);
                turn.NoteToTeam("The contact asks for a person.", Reason.HandedOver);
                break;
            case Intent.RequestedFollowUp when detection.DueAt is { } due:
                Planner.Promise(turn, message, detection, at, due);
                break;
            case Intent.RequestedFollowUp or Intent.Busy when promise is null:
                Planner.Busy(turn, message, detection, at);
                break;
            default:
                if (promise is not null)
                {
                    Planner.Rearm(turn, promise);
                }

                break;
        }
    }

    private static void CloseEpisode(Turn turn) => turn.Conversation = turn.Conversation with { Episode = turn.Conversation.Episode with { Over = true } };

    /// <summary>Several inbound messages of the waiting time get one answer. A refusal or a goodbye gets none.</summary>
    internal static void OweAnswer(Turn turn, IncomingMessage message, Detection detection)
    {
        var conversation = turn.Conversation;
        if (turn.Bot is not { Settings: { OwnAnswers: OwnAnswers.BuiltIn, Active: true, Mode: not BotMode.Off } settings } || !conversation.BotMayAnswer(turn.Now.Now) || conversation.HasOptedOutOf(message.Channel, turn.Now)
            || (conversation.HandedOver && detection.Intent is not Intent.WantsHuman))
        {
            turn.Conversation = conversation with { Owed = null };
            return;
        }

        if (conversation.HasOptedOutOf(message.Channel, turn.Now) || detection.Intent is Intent.OptOut or Intent.Hostile or Intent.NotInterested or Intent.Closing)
        {
            turn.Conversation = conversation with { Owed = null };
            return;
        }

        turn.Conversation = conversation with
        {
            Owed = conversation.Owed is { } owed
                ? owed with { Messages = owed.Messages + 1 }
                : new OwedAnswer { DueAt = turn.Now.Now + settings.WaitBeforeAnswering.Elapsed.ToTimeSpan(), MessageId = message.MessageId! },
        };
    }
}
