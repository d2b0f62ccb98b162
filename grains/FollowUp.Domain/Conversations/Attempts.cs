using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>The life of a send (SPEC §7.3): durable before the request leaves, sent once, settled by whatever proves its fate.</summary>
internal static class Attempts
{
    /// <summary>The detail of a lost answer that a callback settled.</summary>
    public const string SettledByCallback = "settledByCallback";

    /// <summary>The detail of a lost answer that the provider's list settled.</summary>
    public const string SettledByList = "settledByList";

    /// <summary>Uncertain attempts kept for a person's "send again".</summary>
    private const int UncertainKept = 5;

    /// <summary>Records an attempt, to be sent when the document is stored. Live chat is ours: there the message stands at once. The problem says why nothing can carry it.</summary>
    public static Problem? Begin(Turn turn, AttemptKind kind, Author author, Channel channel, string text, string messageId, Plan? plan, PlanStep? step, bool builtIn, string? by, DateTimeOffset? validUntil = null, TemplateMessage? template = null)
    {
        var conversation = turn.Conversation;
        var attempt = new Attempt
        {
            Id = turn.NewId("a"),
            Kind = kind,
            PlanId = plan?.Id,
            StepId = step?.Id,
            MessageId = messageId,
            Author = author,
            Channel = channel,
            To = conversation.Contact.Addresses?.GetValueOrDefault(channel) ?? "",
            ConnectionId = turn.Now.Connections.GetValueOrDefault(channel) ?? "",
            Text = text,
            At = turn.Now.Now,
            BuiltIn = builtIn,
            By = by,
            ValidUntil = validUntil,
            Template = template,
            Repeatable = turn.Now.Repeatable.Contains(turn.Now.Connections.GetValueOrDefault(channel) ?? ""),
        };
        if (kind is not AttemptKind.OptOutConfirmation && conversation.HasOptedOutOf(channel, turn.Now))
        {
            return Problem.Conflict("optedOut", "The contact opted out.");
        }

        if (plan is not null && step is not null)
        {
            turn.Replace(plan.With(step with { State = StepState.Sending, Text = text, BuiltIn = builtIn, AttemptId = attempt.Id, AttemptedAt = attempt.At, MessageId = messageId, Channel = channel, AskAt = null }));
        }

        if (channel is Channel.LiveChat)
        {
            Accept(turn, attempt, providerMessageId: null);
            return null;
        }

        if (attempt.To.Length == 0)
        {
            return Problem.Conflict("noAddress", $"No address is known on {channel}.");
        }

        if (attempt.ConnectionId.Length == 0)
        {
            return Problem.Conflict("noConnection", $"No connection carries {channel}.");
        }

        turn.Conversation = turn.Conversation with { Attempts = [.. turn.Conversation.Attempts, attempt] };
        turn.Do(new Effect.Send(attempt));
        return null;
    }

    /// <summary>The outcome of an attempt, from the connector, a callback or the provider's list. One that is settled already changes nothing.</summary>
    public static Decision End(Turn turn, string attemptId, SendResult result, string settledBy = SettledByList)
    {
        if (turn.Conversation.Attempts.FirstOrDefault(candidate => candidate.Id == attemptId) is not { } attempt)
        {
            return Decision.Nothing(turn.Conversation);
        }

        switch (result)
        {
            case SendResult.Accepted accepted:
                Remove(turn, attempt);
                Accept(turn, attempt, accepted.ProviderMessageId, attempt.Uncertain ? settledBy : null);
                break;
            case SendResult.Refused refused when !attempt.Uncertain:
                Remove(turn, attempt);
                Refuse(turn, attempt, refused);
                break;
            case SendResult.NotSent notSent when !attempt.Uncertain:
                Retries.NotSent(turn, attempt, notSent);
                break;
            case SendResult.Again again when !attempt.Uncertain:
                Retries.Again(turn, attempt, again);
                break;
            case SendResult.Uncertain uncertain when !attempt.Uncertain:
                BecomeUncertain(turn, attempt, uncertain.Detail);
                break;
            default:
                return Decision.Nothing(turn.Conversation);
        }

        return turn.ToDecision();
    }

    /// <summary>What was with a provider when the last activation died: nobody will bring its answer.</summary>
    public static Decision Recover(Turn turn)
    {
        foreach (var attempt in turn.Conversation.Attempts.Where(attempt => attempt is { Uncertain: false, RetryAt: null }).ToList())
        {
            if (attempt.Repeatable)
            {
                // The other end knows repeats: it is asked again, never left open.
                Replace(turn, attempt with { RetryAt = turn.Now.Now, MayHaveArrived = true });
                continue;
            }

            BecomeUncertain(turn, attempt, "The engine stopped before the provider's answer was stored.");
        }

        return turn.ToDecision();
    }

    /// <summary>The provider could not tell; it is asked again, then shown as it is.</summary>
    public static Decision AskAgainLater(Turn turn, string attemptId)
    {
        if (turn.Conversation.Attempts.FirstOrDefault(candidate => candidate.Id == attemptId) is not { Uncertain: true } attempt)
        {
            return Decision.Nothing(turn.Conversation);
        }

        Replace(turn, attempt with { ReconcileAt = NextReconcileAt(turn, attempt) });
        return turn.ToDecision();
    }

    private static void Accept(Turn turn, Attempt attempt, string? providerMessageId, string? settledBy = null)
    {
        var crossed = attempt.Crossed && attempt.Kind is AttemptKind.FollowUp;
        var channelIsOurs = attempt.Channel is Channel.LiveChat;
        var message = new Message
        {
            Id = attempt.MessageId,
            Author = attempt.Author,
            Channel = attempt.Channel,
            Text = attempt.Text,
            At = turn.Now.Now,
            Delivery = Delivery.Accepted,
            ProviderId = providerMessageId,
            PlanId = attempt.PlanId,
            StepId = attempt.StepId,
            BuiltIn = attempt.BuiltIn,
            Reason = crossed ? Reason.CrossedWithReply : null,
            By = attempt.By,
            AttemptedAt = channelIsOurs ? null : attempt.At,
            Template = attempt.Template?.Name,
        };
        if (providerMessageId is not null)
        {
            // A late echo, or a receipt of it, is known as ours even when its page has gone to the transcript store.
            turn.Conversation = turn.Conversation with { Seen = turn.Conversation.Seen.With(providerMessageId, turn.Now.Now) };
        }

        var last = turn.Conversation.LastAuthor;
        var owed = turn.Conversation.Owed;
        OurSide.Stand(turn, message, anchors: attempt is { Crossed: false, Uncertain: false, Kind: AttemptKind.Answer or AttemptKind.Told });
        if (attempt.Crossed || attempt.Kind is AttemptKind.OptOutConfirmation)
        {
            // The contact wrote while it was under way: they stand last, and an answer is still owed.
            turn.Conversation = turn.Conversation with { LastAuthor = last, Owed = owed };
        }

        if (attempt.Kind is AttemptKind.FollowUp)
        {
            FollowUpAccepted(turn, attempt, providerMessageId, crossed, settledBy);
        }
        else if (attempt.Kind is AttemptKind.MovedFollowUp)
        {
            FollowUpMoves.Accepted(turn, attempt, providerMessageId);
        }
        else if (attempt.Kind is AttemptKind.OptOutConfirmation)
        {
            turn.Happened(HistoryKind.Sent, reason: Reason.ChannelOptedOut, channel: attempt.Channel, text: attempt.Text);
        }

        Receipts.CatchUp(turn, message);
    }

    private static void FollowUpAccepted(Turn turn, Attempt attempt, string? providerMessageId, bool crossed, string? settledBy)
    {
        var yearAgo = turn.Now.Now.AddDays(-366);
        turn.Conversation = turn.Conversation with
        {
            FollowUpsSentAt = [.. turn.Conversation.FollowUpsSentAt.Where(at => at > yearAgo), turn.Now.Now],
            Episode = crossed ? turn.Conversation.Episode : turn.Conversation.Episode with { FollowUpsSent = turn.Conversation.Episode.FollowUpsSent + 1 },
        };
        var plan = turn.Conversation.Plan is { } live && live.Id == attempt.PlanId ? live : null;
        var step = plan?.Steps.FirstOrDefault(candidate => candidate.AttemptId == attempt.Id);
        if (plan is null && turn.Conversation.Finished is { } finished && finished.Steps.FirstOrDefault(candidate => candidate.AttemptId == attempt.Id) is { } last)
        {
            turn.Conversation = turn.Conversation with { Finished = finished.With(last with { State = StepState.Sent, ProviderMessageId = providerMessageId, Delivery = Delivery.Accepted, Reason = null }) };
        }

        if (plan is null || step is null)
        {
            turn.Happened(HistoryKind.Sent, plan, attempt.StepId, crossed ? Reason.CrossedWithReply : null, channel: attempt.Channel, detail: settledBy, text: attempt.Text);
            return;
        }

        var first = step.State is StepState.Sending;
        plan = plan.With(step with { State = StepState.Sent, EndedAt = first ? turn.Now.Now : step.EndedAt, ProviderMessageId = providerMessageId, Delivery = Delivery.Accepted, Reason = null });
        turn.Replace(plan with { Channel = attempt.Channel == turn.Conversation.Channel ? plan.Channel : attempt.Channel });
        turn.Happened(HistoryKind.Sent, plan, step.Id, channel: attempt.Channel, detail: settledBy, text: attempt.Text);

        // One that was uncertain counted from its attempt already.
        if (first)
        {
            Planner.Advance(turn, turn.Now.Now);
        }
    }

    private static void Refuse(Turn turn, Attempt attempt, SendResult.Refused refused)
    {
        Refusals.Heed(turn, refused.Why, refused.Code, attempt.Channel, attempt.At, attempt.ConnectionId, attempt.Template?.Name);
        if (StepOf(turn, attempt) is not var (plan, step))
        {
            turn.Happened(HistoryKind.Failed, stepId: attempt.StepId, reason: Refusals.ReasonOf(refused.Why), channel: attempt.Channel, detail: refused.Code);
            return;
        }

        // A lasting error sends it to the next channel once.
        var failed = plan.With(step with { State = StepState.Scheduled, AttemptId = null });
        if (Refusals.MovesOn(refused.Why) && !step.Rerouted && Refusals.Instead(turn, failed, attempt.Channel, attempt.Template?.Name) is not null)
        {
            turn.Replace(failed.With(step with { State = StepState.Scheduled, AttemptId = null, Text = step.TextByHand ? step.Text : null, Rerouted = true, AskAt = turn.Now.Now, Detail = refused.Code }));
            turn.Happened(HistoryKind.Failed, plan, step.Id, Refusals.ReasonOf(refused.Why), channel: attempt.Channel, detail: refused.Code);
            StepFiring.Fire(turn, turn.Conversation.Plan!, turn.Conversation.Plan!.Next!);
            return;
        }

        StepFiring.End(turn, plan, step, StepState.Failed, HistoryKind.Failed, Refusals.ReasonOf(refused.Why), detail: refused.Code);
        if (Refusals.MovesOn(refused.Why))
        {
            turn.NoteToTeam($"A follow-up was refused ({refused.Code}), and no other channel can carry it.", Refusals.ReasonOf(refused.Why));
        }
    }

    /// <summary>Nobody knows whether it was taken. It is never sent again by itself; the provider is asked about it, if it can be.</summary>
    public static void BecomeUncertain(Turn turn, Attempt attempt, string detail, bool reconcile = true)
    {
        var uncertain = attempt with { Uncertain = true };
        Replace(turn, uncertain with { ReconcileAt = reconcile ? NextReconcileAt(turn, uncertain) : null });
        TrimUncertain(turn);
        if (StepOf(turn, attempt) is var (plan, step))
        {
            turn.Replace(plan.With(step with { State = StepState.Uncertain, Reason = Reason.SendUncertain, EndedAt = attempt.At, Detail = detail }));
            turn.Happened(HistoryKind.Uncertain, plan, step.Id, Reason.SendUncertain, channel: attempt.Channel, detail: detail);
            Planner.Advance(turn, attempt.At);
            return;
        }

        turn.Happened(HistoryKind.Uncertain, stepId: attempt.StepId, reason: Reason.SendUncertain, channel: attempt.Channel, detail: detail);
    }

    private static DateTimeOffset? NextReconcileAt(Turn turn, Attempt attempt)
    {
        foreach (var after in turn.Now.ReconcileAfter)
        {
            if (attempt.At + turn.Now.Real(after) is var at && at > turn.Now.Now)
            {
                return at;
            }
        }

        return null;
    }

    public static (Plan Plan, PlanStep Step)? StepOf(Turn turn, Attempt attempt) =>
        turn.Conversation.Plan is { } plan && plan.Id == attempt.PlanId && plan.Steps.FirstOrDefault(step => step.AttemptId == attempt.Id) is { State: StepState.Sending } step
            ? (plan, step)
            : null;

    public static void Remove(Turn turn, Attempt attempt) =>
        turn.Conversation = turn.Conversation with { Attempts = [.. turn.Conversation.Attempts.Where(candidate => candidate.Id != attempt.Id)] };

    public static void Replace(Turn turn, Attempt attempt) =>
        turn.Conversation = turn.Conversation with { Attempts = [.. turn.Conversation.Attempts.Select(candidate => candidate.Id == attempt.Id ? attempt : candidate)] };

    private static void TrimUncertain(Turn turn)
    {
        var settled = turn.Conversation.Attempts.Where(attempt => attempt is { Uncertain: true, ReconcileAt: null }).ToList();
        if (settled.Count > UncertainKept)
        {
            Remove(turn, settled[0]);
        }
    }
}
