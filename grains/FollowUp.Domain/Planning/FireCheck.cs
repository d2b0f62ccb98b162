using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Hours;
using FollowUp.Limits;
using FollowUp.Understanding;
using NodaTime;

namespace FollowUp.Planning;

/// <summary>The one ordered list of questions (SPEC §6), asked when a step falls due, again before its send, and by everything that shows what will happen.</summary>
public static class FireCheck
{
    /// <summary>How long a contact's limit may hold a step before it is skipped.</summary>
    public static readonly TimeSpan LongestCapHold = TimeSpan.FromHours(24);

    /// <summary>Asks for a step of the live plan as if at <see cref="Circumstances.Now"/>.</summary>
    public static Verdict Ask(Conversation conversation, Plan plan, PlanStep step, Circumstances now) =>
        Contact(conversation, plan, now)
        ?? InCharge(conversation, plan, now)
        ?? Bot(conversation, plan, step, now)
        ?? Settings(conversation, plan, step, now)
        ?? Draft(conversation, plan, step, now)
        ?? Limits(conversation, plan, step, now)
        ?? Carried(conversation, plan, step, now);

    /// <summary>The same, asked as if at another time.</summary>
    public static Verdict AskAt(DateTimeOffset at, Conversation conversation, Plan plan, PlanStep step, Circumstances now) =>
        Ask(conversation, plan, step, now with { Now = at });

    extension(Plan plan)
    {
        /// <summary>Laid by a person's hand: neither a takeover nor a resting bot stops it.</summary>
        public bool IsByHand => plan.Scenario is Scenario.Chase or Scenario.ScheduledMessage;

        /// <summary>A time the contact was promised.</summary>
        public bool IsPromise(PlanStep step) =>
            plan.Scenario is Scenario.ScheduledMessage || (plan.Scenario is Scenario.RequestedFollowUp && plan.Steps[0].Id == step.Id);
    }

    // 1–3: the plan is current, the contact may be written to and has not answered.
    private static Verdict? Contact(Conversation conversation, Plan plan, Circumstances now)
    {
        if (conversation.Plan?.Id != plan.Id)
        {
            return new Verdict.Cancel(Reason.Superseded);
        }

        if (conversation.Erased)
        {
            return new Verdict.Cancel(Reason.ContactErased);
        }

        if (conversation.MergedInto is not null)
        {
            return new Verdict.Cancel(Reason.ContactMerged);
        }

        if (conversation.OptedOutOfAll)
        {
            return new Verdict.Cancel(Reason.OptedOut);
        }

        if ((plan.Channel ?? conversation.Channel) is { } channel && conversation.HasOptedOutOf(channel, now))
        {
            return new Verdict.Cancel(Reason.ChannelOptedOut);
        }

        // Busy and requested plans are anchored at the contact's own message.
        return plan.Scenario is Scenario.StoppedResponding or Scenario.Chase && conversation.LastAuthor is Author.Contact
            ? new Verdict.Cancel(Reason.ContactReplied)
            : null;
    }

    // 4: no human in charge, not closed, not handed over.
    private static Verdict? InCharge(Conversation conversation, Plan plan, Circumstances now)
    {
        if (conversation.Closed)
        {
            return new Verdict.Cancel(Reason.ConversationClosed);
        }

        if (plan.IsByHand)
        {
            return null;
        }

        if (conversation.HandedOver)
        {
            return new Verdict.Cancel(Reason.HandedOver);
        }

        return conversation.Human?.IsInCharge(now.Now) is true ? new Verdict.Cancel(Reason.HumanTookOver) : null;
    }

    // 5: the bot is active, in charge of this plan, and awake.
    private static Verdict? Bot(Conversation conversation, Plan plan, PlanStep step, Circumstances now)
    {
        if (now.Bot is not { } bot)
        {
            return new Verdict.Cancel(Reason.BotInactive);
        }

        if (plan.BotId != conversation.BotId)
        {
            return new Verdict.Cancel(Reason.Transferred);
        }

        var due = step.OwnTime ?? now.Now;
        if (!bot.Settings.Active || (bot.WasInactiveAt(due) && !step.SendNow))
        {
            if (!plan.IsPromise(step) || IsOlderThan(bot.Settings.FollowUp.Limits.PromiseLateness, conversation, plan, step, now))
            {
                return new Verdict.Expire(Reason.MissedWhileInactive);
            }

            if (!bot.Settings.Active)
            {
                return new Verdict.Hold(null, Reason.BotInactive);
            }
        }

        if (bot.Settings.Mode is BotMode.Off)
        {
            return new Verdict.Cancel(Reason.BotInactive);
        }

        if (!plan.IsByHand && conversation.Human is { } human && (human.AsleepUntil is null || now.Now < human.AsleepUntil))
        {
            return new Verdict.Hold(human.AsleepUntil, Reason.BotAsleep);
        }

        return null;
    }

    // 6–8: scenario and step still stand, the goal is open, the step is not too old.
    private static Verdict? Settings(Conversation conversation, Plan plan, PlanStep step, Circumstances now)
    {
        var bot = now.Bot!;
        if (!plan.IsByHand)
        {
            if (bot.Steps(plan.Scenario) is not { } steps || bot.Generations.Of(plan.Scenario) != plan.Generation)
            {
                return new Verdict.Cancel(Reason.ScenarioDisabled);
            }

            if (steps.All(candidate => candidate.Id != step.Id))
            {
                return new Verdict.Skip(Reason.StepDeleted);
            }
        }

        if (conversation.Episode.GoalReached)
        {
            return new Verdict.Cancel(Reason.GoalReached);
        }

        return !step.SendNow && IsOlderThan(bot.Settings.FollowUp.Limits.StaleAfter, conversation, plan, step, now)
            ? new Verdict.Skip(Reason.TooStale)
            : null;
    }

    private static Verdict? Draft(Conversation conversation, Plan plan, PlanStep step, Circumstances now) =>
        now.Bot!.Settings.Mode is BotMode.Suggestive && !step.Approved && !plan.IsByHand && !step.SendNow
            ? Fitting(conversation, plan, step, now) ?? new Verdict.Draft(ChannelChoice.Choose(conversation, plan, now))
            : null;

    // 9: limits and breaker.
    private static Verdict? Limits(Conversation conversation, Plan plan, PlanStep step, Circumstances now)
    {
        if (plan.Scenario is Scenario.ScheduledMessage || step.SendNow)
        {
            return null;
        }

        if (conversation.BotMessages >= now.Bot!.Settings.FollowUp.Limits.MaximumMessages)
        {
            return new Verdict.Cancel(Reason.BotMessageLimit);
        }

        if (conversation.Episode.FollowUpsSent >= ContactLimits.PerEpisode)
        {
            return new Verdict.Cancel(Reason.ContactCap);
        }

        var allowed = ContactLimits.NextAllowedAt(conversation, now);
        if (allowed > now.Now)
        {
            var last = (step.OwnTime ?? now.Now) + LongestCapHold;
            return now.Now >= last
                ? new Verdict.Skip(Reason.ContactCap)
                : new Verdict.Hold(allowed < last ? allowed : last, Reason.ContactCap);
        }

        return now.BreakerTripped ? new Verdict.Hold(null, Reason.AccountBreaker) : null;
    }

    // 12, as far as it is known before a model is asked: an AI step does not chase a silence that the contact's own words explain.
    private static Verdict? Fitting(Conversation conversation, Plan plan, PlanStep step, Circumstances now) =>
        plan.Scenario is Scenario.StoppedResponding && step is { TextByHand: false, Approved: false, SendNow: false }
        && Writing.WritingTasks.MessageOf(now.Bot!.Step(plan.Scenario, step.Id), now.ConversationId) is { Kind: MessageKind.Ai }
            ? conversation.LastDetection?.Intent switch
            {
                Intent.Disqualified => new Verdict.Cancel(Reason.Disqualified),
                Intent.NotInterested => new Verdict.Cancel(Reason.NotInterested),
                Intent.Hostile => new Verdict.Cancel(Reason.Hostile),
                Intent.Closing => new Verdict.Cancel(Reason.SoftClosed),
                _ => null,
            }
            : null;

    private static Verdict Carried(Conversation conversation, Plan plan, PlanStep step, Circumstances now) =>
        Carry(conversation, plan, step, now) is var verdict && verdict is Verdict.Send && Fitting(conversation, plan, step, now) is { } unfit ? unfit : verdict;

    // 10–11: a channel carries it, and hours and quiet hours on that channel are open.
    private static Verdict Carry(Conversation conversation, Plan plan, PlanStep step, Circumstances now)
    {
        var route = ChannelChoice.Choose(conversation, plan, now);
        if (route.Channel is not { } channel)
        {
            return new Verdict.Skip(route.WhyNot ?? Reason.NoChannel);
        }

        var at = Instant.FromDateTimeOffset(now.Now);
        var hours = step.SendNow || plan.Scenario is Scenario.ScheduledMessage || IsHonoured(plan, step, now) ? null : now.ActiveHoursFor(conversation);
        var quiet = now.QuietHoursFor(conversation, channel);
        IReadOnlyList<Schedule> all = hours is null ? quiet : [hours, .. quiet];
        if (OpenHours.Next(all, at) is not { } opening)
        {
            return new Verdict.Skip(Reason.OutsideHours);
        }

        if (opening.From <= at)
        {
            return new Verdict.Send(route);
        }

        var reason = hours is null || hours.IsOpen(at) ? Reason.QuietHours : hours.IsHoliday(at) ? Reason.Holiday : Reason.OutsideHours;
        var spread = hours is null ? Duration.Zero : Spread.Of(now.ConversationId, opening.Length);
        return new Verdict.Hold((opening.From + spread).ToDateTimeOffset(), reason);
    }

    private static bool IsHonoured(Plan plan, PlanStep step, Circumstances now) =>
        plan.Scenario is Scenario.RequestedFollowUp && plan.IsPromise(step) && now.Bot!.Settings.FollowUp.ActiveHours.HonourRequestedTime;

    /// <summary>Whether a step is older than a limit; time in which the hours or quiet hours were closed does not age it.</summary>
    private static bool IsOlderThan(Delay limit, Conversation conversation, Plan plan, PlanStep step, Circumstances now)
    {
        if (step.OwnTime is not { } own || now.Now - own <= limit.Elapsed.ToTimeSpan())
        {
            return false;
        }

        var channel = plan.Channel ?? conversation.Channel ?? Channel.Sms;
        IReadOnlyList<Schedule> all = [now.ActiveHoursFor(conversation), .. now.QuietHoursFor(conversation, channel)];
        return OpenHours.Between(all, Instant.FromDateTimeOffset(own), Instant.FromDateTimeOffset(now.Now)) > limit.Elapsed;
    }
}
