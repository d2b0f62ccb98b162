using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Hours;
using FollowUp.Planning;
using FollowUp.Writing;
using NodaTime;

namespace FollowUp.Conversations;

/// <summary>Shows a conversation: the fire check itself says what will happen.</summary>
public static class ResponseInfos
{
    /// <summary>Everything planned, sent, held or dropped, with its reasons.</summary>
    public static ResponseInfo Of(Conversation conversation, Circumstances now) => new()
    {
        ConversationId = now.ConversationId,
        AsOf = now.Now,
        Status = StatusOf(conversation, now),
        BotId = conversation.BotId,
        Plan = conversation.Plan is { } plan ? PlanOf(conversation, plan, now) : null,
        History = conversation.History,
        Answers = conversation.Answers,
        Draft = conversation.Draft is { } draft ? new DraftInfo { StepId = draft.Id, MessageId = draft.MessageId, Text = draft.Text, Channel = draft.Channel, At = draft.At, ExpiresAt = draft.ExpiresAt, BuiltIn = draft.BuiltIn, Model = draft.Model } : null,
    };

    /// <summary>The first that is true.</summary>
    public static ConversationStatus StatusOf(Conversation conversation, Circumstances now) =>
        conversation.Closed || conversation.Erased ? ConversationStatus.Closed
        : conversation.HumanIsInCharge(now.Now) ? ConversationStatus.HumanInCharge
        : conversation.Plan is not null ? ConversationStatus.WaitingForContact
        : conversation.LastAuthor is Author.Contact ? ConversationStatus.WaitingForUs
        : conversation.LastAuthor is Author.Bot && Planner.MayChase(conversation, now) ? ConversationStatus.WaitingForContact
        : ConversationStatus.Idle;

    /// <summary>The live plan's next pending step as a row of the workspace's list; null: nothing is pending.</summary>
    public static PendingFollowUp? PendingOf(Conversation conversation, Circumstances now)
    {
        if (conversation.Plan is not { } plan || (plan.Next ?? plan.Steps.FirstOrDefault(step => step.State is StepState.Sending)) is not { } step)
        {
            return null;
        }

        return new PendingFollowUp
        {
            ConversationId = now.ConversationId,
            ContactName = conversation.Contact.Name,
            BotId = conversation.BotId,
            PlanId = plan.Id,
            StepId = step.Id,
            Scenario = plan.Scenario,
            State = step.State,
            DueAt = step.DueAt,
            Expected = step.IsPending ? ExpectedOf(conversation, plan, step, now) : null,
            Channel = step.State is StepState.Sending ? step.Channel : ChannelChoice.Choose(conversation, plan, now).Channel,
            Text = step.State is StepState.AwaitingApproval ? step.Text : null,
        };
    }

    /// <summary>The drafts of a conversation that wait for approval: of its next step, of an answer.</summary>
    public static IReadOnlyList<PendingApproval> ApprovalsOf(Conversation conversation, Circumstances now)
    {
        var waiting = new List<PendingApproval>(1);
        if (conversation.Draft is { } draft)
        {
            waiting.Add(new PendingApproval
            {
                Kind = ApprovalKind.Answer,
                ConversationId = now.ConversationId,
                ContactName = conversation.Contact.Name,
                BotId = conversation.BotId,
                StepId = draft.Id,
                Channel = draft.Channel,
                Text = draft.Text,
                BuiltIn = draft.BuiltIn,
                Model = draft.Model,
                ExpiresAt = draft.ExpiresAt,
            });
        }

        if (conversation.Plan is { Next: { State: StepState.AwaitingApproval } step } plan)
        {
            waiting.Add(new PendingApproval
            {
                Kind = ApprovalKind.FollowUp,
                ConversationId = now.ConversationId,
                ContactName = conversation.Contact.Name,
                BotId = conversation.BotId,
                PlanId = plan.Id,
                StepId = step.Id,
                Scenario = plan.Scenario,
                DueAt = step.DueAt,
                Expected = ExpectedOf(conversation, plan, step, now),
                Channel = step.Channel,
                Text = step.Text ?? "",
                BuiltIn = step.BuiltIn,
                Model = step.Model,
            });
        }

        return waiting;
    }

    public static ConversationView ViewOf(Conversation conversation, Circumstances now) => new()
    {
        ConversationId = now.ConversationId,
        Status = StatusOf(conversation, now),
        BotId = conversation.BotId,
        Contact = conversation.Contact,
        PlanVersion = conversation.PlanVersion,
        LastActivityAt = conversation.LastActivityAt,
        NextDueAt = conversation.Plan?.Next?.DueAt,
        OptedOut = conversation.OptedOut,
        OptedOutOfAll = conversation.OptedOutOfAll,
        DeadAddresses = conversation.DeadAddresses,
        Goal = conversation.Goal,
        Channel = conversation.Channel,
        LastSequence = conversation.LastSequence,
        MergedInto = conversation.MergedInto,
        LastMessage = conversation.Messages.Count > 0 ? Show(conversation.Messages[^1]) : null,
    };

    public static TranscriptMessage Show(Message message) => new()
    {
        MessageId = message.Id,
        Author = message.Author,
        Channel = message.Channel,
        Text = message.Text,
        At = message.At,
        Delivery = message.Delivery,
        FollowUp = message is { PlanId: { } plan, StepId: { } step } ? new FollowUpReference { PlanId = plan, StepId = step } : null,
        Attachments = message.Attachments,
        Sequence = message.Sequence,
        BuiltIn = message.BuiltIn,
        Reason = message.Reason,
        By = message.By,
    };

    private static PlanInfo PlanOf(Conversation conversation, Plan plan, Circumstances now)
    {
        var steps = new List<StepInfo>(plan.Steps.Count);
        DateTimeOffset? estimate = null;
        foreach (var step in plan.Steps)
        {
            var dated = step.DueAt is not null || step.IsOver || step.State is StepState.Sending;
            estimate = dated ? step.EndedAt ?? EstimatedSend(conversation, plan, step, now) : EstimateAfter(conversation, plan, step, estimate, now);
            steps.Add(StepOf(conversation, plan, step, dated ? step.DueAt : estimate, steps.Count + 1, now));
        }

        return new PlanInfo
        {
            PlanId = plan.Id,
            Version = conversation.PlanVersion,
            Scenario = plan.Scenario,
            AnchorAt = plan.AnchorAt,
            Paused = plan.PausedAt is not null,
            Because = plan.Because,
            Steps = steps,
        };
    }

    private static StepInfo StepOf(Conversation conversation, Plan plan, PlanStep step, DateTimeOffset? due, int number, Circumstances now)
    {
        var setting = now.Bot?.Step(plan.Scenario, step.Id);
        var message = WritingTasks.MessageOf(setting, now.ConversationId);
        var route = step.IsPending ? ChannelChoice.Choose(conversation, plan, now) : null;
        var isNext = plan.Next?.Id == step.Id;
        return new StepInfo
        {
            StepId = step.Id,
            Number = number,
            Of = plan.Steps.Count,
            State = step.State,
            DueAt = due,
            DueLocal = due?.In(now.ZoneOf(conversation.Contact)),
            DueBusiness = due?.In(now.BusinessZone),
            HeldFrom = step.HeldFrom,
            Channel = route?.Channel ?? step.Channel,
            NextChannels = route?.Next ?? [],
            Author = step.TextByHand ? MessageKind.Custom : message?.Kind ?? MessageKind.Ai,
            Text = step.Text ?? (route?.Template is { } template ? $"WhatsApp template {template.Name}" : step.IsPending && message is { Kind: MessageKind.Custom } ? PreviewOf(conversation, plan, step, now) : null),
            Workflow = setting?.Workflow?.Id,
            WaitingFor = WaitingFor(plan, step, isNext),
            Expected = isNext ? ExpectedOf(conversation, plan, step, now) : null,
            Reason = step.Reason,
            Attempt = step is { AttemptId: { } id, AttemptedAt: { } at } ? new AttemptInfo { AttemptId = id, At = at, ProviderMessageId = step.ProviderMessageId, Detail = step.Detail } : null,
            SentAt = step.State is StepState.Sent ? step.EndedAt : null,
            Delivery = step.Delivery,
        };
    }

    // What it would say to this contact now.
    private static string? PreviewOf(Conversation conversation, Plan plan, PlanStep step, Circumstances now) =>
        Composer.Compose(WritingTasks.ForStep(new Turn(conversation, now), plan, step)) is Written.Text text ? text.Value : null;

    private static string? WaitingFor(Plan plan, PlanStep step, bool isNext) => step switch
    {
        _ when plan.PausedAt is not null && step.IsPending => "the plan to be resumed",
        { State: StepState.AwaitingApproval } => "approval",
        { State: StepState.Sending } => "the provider's answer",
        { State: StepState.Uncertain } => "the provider's word on a lost answer",
        { State: StepState.Held, Reason: Reason.OutsideHours or Reason.Holiday } => "the active hours",
        { State: StepState.Held, Reason: Reason.QuietHours } => "the end of the quiet hours",
        { State: StepState.Held, Reason: Reason.BotAsleep } => "the bot to wake after a person's message",
        { State: StepState.Held, Reason: Reason.BotInactive } => "the bot to be active again",
        { State: StepState.Held, Reason: Reason.AccountBreaker } => "a person to open the account breaker",
        { State: StepState.Held, Reason: Reason.ContactCap } => "the contact's limit",
        { State: StepState.Held, Reason: Reason.AiFailed } => "the writer to try again",
        { State: StepState.Held } => "the contact's return",
        { State: StepState.Scheduled, AskAt: not null, Detail: { } code } when isNext => $"another try, after the provider's {code}",
        { State: StepState.Scheduled } when isNext => "its time",
        { State: StepState.Scheduled } => "the step before it",
        _ => null,
    };

    private static Expected? ExpectedOf(Conversation conversation, Plan plan, PlanStep step, Circumstances now)
    {
        if (plan.PausedAt is not null || step.DueAt is not { } due)
        {
            return null;
        }

        var at = due > now.Now ? due : now.Now;
        var verdict = FireCheck.AskAt(at, conversation, plan, step, now);
        return new Expected
        {
            Outcome = verdict.Outcome,
            At = verdict is Verdict.Hold hold ? hold.Until : at,
            Reason = verdict.Why,
        };
    }

    private static DateTimeOffset? EstimatedSend(Conversation conversation, Plan plan, PlanStep step, Circumstances now) =>
        step.DueAt is { } due && step.IsPending && ExpectedOf(conversation, plan, step, now) is { Outcome: Outcome.Hold, At: { } held } ? held : step.DueAt ?? step.AttemptedAt;

    private static DateTimeOffset? EstimateAfter(Conversation conversation, Plan plan, PlanStep step, DateTimeOffset? before, Circumstances now) =>
        before is { } from && (step.Delay ?? now.Bot?.Step(plan.Scenario, step.Id)?.Delay) is { } delay
            ? Planner.Later(delay.After(Instant.FromDateTimeOffset(from), now.HoursZoneFor(conversation.Contact)).ToDateTimeOffset(), plan.NotBefore)
            : null;
}
