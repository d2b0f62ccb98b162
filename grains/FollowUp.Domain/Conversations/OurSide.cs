using FollowUp.Channels;
using FollowUp.Planning;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>A message of our side that was told, or that the engine is asked to send.</summary>
internal static class OurSide
{
    public static Decision Take(Turn turn, IncomingMessage message)
    {
        ContactKeeping.Learn(turn, message);
        turn.Conversation = turn.Conversation with { Seen = turn.Conversation.Seen.With(message.MessageId!, turn.Now.Now) };
        if (message.Author is Author.Agent)
        {
            TakeOver(turn, message.By, explicitly: false);
        }

        if (message.Send)
        {
            if (turn.Conversation.HasAddress(message.Channel) && !turn.Conversation.WindowIsOpen(message.Channel, turn.Now.Now))
            {
                return Decision.Refused(turn.Start, Problem.Conflict("windowClosed", $"The contact has not written on {message.Channel} in the last 24 hours: the provider takes nothing now."));
            }

            var problem = Attempts.Begin(turn, AttemptKind.Told, message.Author, message.Channel, message.Text ?? "", message.MessageId!, plan: null, step: null, builtIn: false, by: message.By);
            return problem is null ? turn.ToDecision() : Decision.Refused(turn.Start, problem);
        }

        var at = Inbound.Believed(message.SentAt, turn.Now.Now);
        Stand(turn, new Message
        {
            Id = message.MessageId!,
            Author = message.Author,
            Channel = message.Channel,
            Text = message.Text ?? "",
            At = at,
            Attachments = message.Attachments,
            Delivery = Delivery.Accepted,
            By = message.By,
        });
        return turn.ToDecision();
    }

    /// <summary>A message of our side stands in the transcript, accepted.</summary>
    public static void Stand(Turn turn, Message message, bool anchors = true)
    {
        turn.Append(message);
        var conversation = turn.Conversation;
        if (!conversation.WrittenOn.Contains(message.Channel))
        {
            turn.Conversation = conversation = conversation with { WrittenOn = [.. conversation.WrittenOn, message.Channel] };
        }

        // A workflow's message neither anchors nor answers.
        if (message.Author is Author.Workflow or Author.Contact)
        {
            return;
        }

        var late = conversation.InboundAt.Count > 0 && message.At < conversation.InboundAt.Values.Max();
        if (!late)
        {
            AnswerDrafts.Drop(turn, Reason.Superseded);
        }

        conversation = turn.Conversation;
        turn.Conversation = conversation with
        {
            LastAuthor = late ? conversation.LastAuthor : message.Author,
            LastOutboundAt = conversation.LastOutboundAt > message.At ? conversation.LastOutboundAt : message.At,
            Channel = conversation.Channel ?? message.Channel,
            Owed = late ? conversation.Owed : null,
            BotMessages = conversation.BotMessages + (message.Author is Author.Bot or Author.FollowUp ? 1 : 0),
        };
        if (message.Author is Author.Bot && anchors && !late)
        {
            BotSpoke(turn, message);
        }
    }

    /// <summary>A person's message is a takeover; nothing is armed until the bot has spoken again.</summary>
    public static void TakeOver(Turn turn, string? by, bool explicitly)
    {
        var now = turn.Now.Now;
        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.HumanTookOver, by);
        AnswerDrafts.Drop(turn, Reason.HumanTookOver, by);
        var rest = turn.Bot?.Settings.SleepAfterHuman;
        turn.Conversation = turn.Conversation with
        {
            Human = new HumanInCharge
            {
                By = by ?? turn.Conversation.Human?.By,
                Since = turn.Conversation.Human?.Since ?? now,
                Explicit = explicitly || turn.Conversation.Human is { Explicit: true },
                AsleepUntil = rest is null or { Unit: Bots.DelayUnit.Forever } ? null : now + rest.Elapsed.ToTimeSpan(),
            },
            Owed = null,
            Episode = new Episode(),
        };
        turn.Happened(HistoryKind.TookOver, by: by, reason: Reason.HumanTookOver);
    }

    private static void BotSpoke(Turn turn, Message message)
    {
        if (turn.Conversation.Human is { Explicit: false } human)
        {
            turn.Conversation = turn.Conversation with
            {
                Human = human.AsleepUntil <= turn.Now.Now ? null : human with { BotSpoke = true },
            };
        }

        Planner.Silence(turn, message, goodbye: Detector.IsGoodbye(message.Text));
    }
}
