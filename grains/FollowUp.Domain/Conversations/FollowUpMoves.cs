using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Hours;
using FollowUp.Planning;
using FollowUp.Writing;
using NodaTime;

namespace FollowUp.Conversations;

/// <summary>A follow-up that went to a visitor who had just left: it moves to the next channel, once, as the same follow-up (docs/decisions/moved-follow-up.md).</summary>
internal static class FollowUpMoves
{
    /// <summary>A widget acknowledges at once; after this long, real time, nobody took it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How often a visitor who is there, but whose widget says nothing, is waited for.</summary>
    private const int MostAsked = 10;

    /// <summary>A follow-up now stands in the live chat of a visitor who seemed to be there.</summary>
    public static void Watch(Turn turn)
    {
        if (turn.Now.VisitorPresent && turn.Bot?.Settings.FollowUp.ChannelSwitching is { Enabled: true } && turn.Conversation.Messages is [.., { Author: Author.FollowUp, Channel: Channel.LiveChat } message])
        {
            turn.Conversation = turn.Conversation with { Unacknowledged = new Unacknowledged { MessageId = message.Id, AskAt = turn.Now.Now + turn.Now.Real(Patience) } };
        }
    }

    /// <summary>The time is up: still not acknowledged, and the visitor gone?</summary>
    public static void Ask(Turn turn, Unacknowledged waiting)
    {
        var message = turn.Conversation.Messages.LastOrDefault(candidate => candidate.Id == waiting.MessageId);
        if (message is null or { Delivery: Delivery.Delivered or Delivery.Read } || !StillFits(turn) || waiting.Asked >= MostAsked)
        {
            turn.Conversation = turn.Conversation with { Unacknowledged = null };
            return;
        }

        if (turn.Now.VisitorPresent)
        {
            Wait(turn, waiting with { Asked = waiting.Asked + 1 }, turn.Now.Now + turn.Now.Real(Patience));
            return;
        }

        // With nothing else usable it stays in the chat for the visitor's return.
        if (Elsewhere(turn) is not { } channel)
        {
            turn.Conversation = turn.Conversation with { Unacknowledged = null };
            return;
        }

        var at = Instant.FromDateTimeOffset(turn.Now.Now);
        IReadOnlyList<Schedule> schedules = [turn.Now.ActiveHoursFor(turn.Conversation), .. turn.Now.QuietHoursFor(turn.Conversation, channel)];
        if (OpenHours.Next(schedules, at) is not { } opening || IsTooLate(turn, message, opening.From.ToDateTimeOffset()))
        {
            turn.Conversation = turn.Conversation with { Unacknowledged = null };
        }
        else if (opening.From > at)
        {
            Wait(turn, waiting, (opening.From + Spread.Of(turn.Now.ConversationId, opening.Length)).ToDateTimeOffset());
        }
        else
        {
            Move(turn, waiting, message, channel, opening);
        }
    }

    /// <summary>The other channel's provider took it.</summary>
    public static void Accepted(Turn turn, Attempt attempt, string? providerMessageId)
    {
        var plan = turn.Conversation.Plan is { } live && live.Id == attempt.PlanId ? live : null;
        if (plan is not null && plan.Steps.FirstOrDefault(candidate => candidate.Id == attempt.StepId) is { } step)
        {
            turn.Replace(plan.With(step with { Channel = attempt.Channel, MessageId = attempt.MessageId, ProviderMessageId = providerMessageId, Delivery = Delivery.Accepted }) with { Channel = attempt.Channel });
        }

        turn.Conversation = turn.Conversation with { Unacknowledged = null };
        turn.Happened(HistoryKind.SwitchedChannel, plan, attempt.StepId, channel: attempt.Channel, detail: "Moved: not acknowledged in the live chat, and the visitor is gone.", text: attempt.Text);
    }

    /// <summary>Certainly not processed: all questions are asked again before it goes once more.</summary>
    public static void NotSent(Turn turn, Attempt attempt, string code, TimeSpan wait)
    {
        if (turn.Conversation.Unacknowledged is { } waiting && waiting.Tries < Retries.MaximumTries)
        {
            Wait(turn, waiting, turn.Now.Now + wait);
            return;
        }

        turn.Conversation = turn.Conversation with { Unacknowledged = null };
        turn.Happened(HistoryKind.Failed, stepId: attempt.StepId, reason: Reason.ProviderFailed, channel: attempt.Channel, detail: code);
    }

    private static void Wait(Turn turn, Unacknowledged waiting, DateTimeOffset until) =>
        turn.Conversation = turn.Conversation with { Unacknowledged = waiting with { AskAt = until } };

    private static void Move(Turn turn, Unacknowledged waiting, Message message, Channel channel, Opening opening)
    {
        var closes = opening.To < Instant.FromUtc(9000, 1, 1, 0, 0) ? opening.To.ToDateTimeOffset() : (DateTimeOffset?)null;
        var text = Disclosures.OnFirstMessage(message.Text, turn, channel);
        turn.Conversation = turn.Conversation with { Unacknowledged = waiting with { AskAt = null, Tries = waiting.Tries + 1 } };
        if (Attempts.Begin(turn, AttemptKind.MovedFollowUp, Author.FollowUp, channel, text, turn.NewId("m"), plan: null, step: null, message.BuiltIn, by: null, validUntil: closes) is not null)
        {
            turn.Conversation = turn.Conversation with { Unacknowledged = null };
            return;
        }

        // The step itself was sent already: the attempt only carries whose follow-up it is.
        turn.Conversation = turn.Conversation with { Attempts = [.. turn.Conversation.Attempts.SkipLast(1), turn.Conversation.Attempts[^1] with { PlanId = message.PlanId, StepId = message.StepId }] };
    }

    private static Channel? Elsewhere(Turn turn)
    {
        foreach (var channel in turn.Bot!.Settings.FollowUp.ChannelSwitching.Order)
        {
            if (channel is not Channel.LiveChat && turn.Conversation.CanUse(channel, turn.Now))
            {
                return channel;
            }
        }

        return null;
    }

    private static bool StillFits(Turn turn) =>
        turn.Conversation is { LastAuthor: Author.FollowUp, OptedOutOfAll: false, Closed: false, HandedOver: false, Erased: false, MergedInto: null, Episode.GoalReached: false }
        && turn.Conversation.Human?.IsInCharge(turn.Now.Now) is not true
        && turn.Bot is { Settings: { Active: true, Mode: BotMode.AutoPilot, FollowUp.ChannelSwitching.Enabled: true } }
        && !turn.Now.BreakerTripped;

    private static bool IsTooLate(Turn turn, Message message, DateTimeOffset at) =>
        at - message.At > turn.Bot!.Settings.FollowUp.Limits.StaleAfter.Elapsed.ToTimeSpan();
}
