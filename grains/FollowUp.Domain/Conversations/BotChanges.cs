using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>The bot was saved, switched, or asked for a backlog (SPEC §5.7, 5.10, 5.11).</summary>
internal static class BotChanges
{
    public static Decision Take(Turn turn, bool redate)
    {
        var conversation = turn.Conversation;
        if (conversation.Plan is not { } plan)
        {
            Fence(turn);
            return turn.ToDecision();
        }

        if (turn.Bot is { } bot && !plan.IsByHand && (bot.Steps(plan.Scenario) is null || bot.Generations.Of(plan.Scenario) != plan.Generation))
        {
            turn.RaiseVersion();
            Planner.EndPlan(turn, Reason.ScenarioDisabled);

            // What begins after the scenario is on again may be chased.
            turn.Conversation = turn.Conversation with { Episode = turn.Conversation.Episode with { Planned = false } };
            return turn.ToDecision();
        }

        if (plan is not { PausedAt: null, Next: { } next })
        {
            return Decision.Nothing(conversation);
        }

        if (redate && Redated(turn, plan, next) is { } due)
        {
            turn.RaiseVersion();
            turn.Replace(plan.With(next with { State = StepState.Scheduled, DueAt = due, HeldFrom = null, AskAt = null, Reason = null }));
            turn.Happened(HistoryKind.Redated, plan, next.Id, dueAt: due);
        }
        else if (next is { State: StepState.Held, AskAt: not null })
        {
            // Held without a known end: the change may be what it waited for.
            StepFiring.Fire(turn, plan, next);
        }

        return turn.ToDecision();
    }

    /// <summary>Chases an old silence because a person asks for it, counted from now.</summary>
    public static Decision Enrol(Turn turn, string? by)
    {
        if (turn.Conversation.Plan is not null || turn.Conversation.LastAuthor is null or Author.Contact or Author.Agent || !Planner.MayChase(turn.Conversation with { Episode = new Episode() }, turn.Now))
        {
            return Decision.Refused(turn.Conversation, Problem.Conflict("notQuiet", "There is no silence to chase here."));
        }

        turn.RaiseVersion();
        turn.Conversation = turn.Conversation with { Episode = new Episode { FollowUpsSent = turn.Conversation.Episode.FollowUpsSent } };
        Planner.Lay(turn, Scenario.StoppedResponding, turn.Now.Now, Planner.BecauseOfSilence(turn, message: null) with { By = by }, enrolled: true);
        return turn.ToDecision();
    }

    /// <summary>Resumes the plan that expired while the bot was inactive: its step is due now, at the next opening.</summary>
    public static Decision ResumeMissed(Turn turn, string? by)
    {
        var conversation = turn.Conversation;
        if (conversation is not { Missed: { } missed, Plan: null })
        {
            return Decision.Refused(conversation, Problem.Conflict("nothingMissed", "No plan expired here while the bot was inactive."));
        }

        turn.RaiseVersion();
        var steps = missed.Steps.Select(step => step.State is StepState.Expired ? step with { State = StepState.Scheduled, DueAt = turn.Now.Now, HeldFrom = null, AskAt = null, Reason = null } : step);
        var plan = missed with { Steps = [.. steps] };
        turn.Conversation = turn.Conversation with { Missed = null, Plan = plan };
        turn.Happened(HistoryKind.Resumed, plan, plan.Next?.Id, dueAt: turn.Now.Now, by: by);
        return turn.ToDecision();
    }

    private static DateTimeOffset? Redated(Turn turn, Plan plan, PlanStep next)
    {
        var index = plan.Steps.ToList().FindIndex(step => step.Id == next.Id);
        if (Planner.DelayOf(turn, plan, next) is not { } delay)
        {
            return null;
        }

        var from = index == 0 ? plan.AnchorAt : plan.Steps[index - 1].EndedAt ?? plan.AnchorAt;
        var due = Planner.Later(Planner.After(turn, delay, from), plan.NotBefore);
        return due == next.OwnTime ? null : due;
    }

    // A scenario or bot that is switched on does not chase the silence that began before.
    private static void Fence(Turn turn)
    {
        var conversation = turn.Conversation;
        var fenced = conversation.LastAuthor is Author.Bot && Planner.MayChase(turn) && conversation.History is not [.., { Kind: HistoryKind.Note, Reason: Reason.BacklogFenced }];
        if (fenced)
        {
            turn.Happened(HistoryKind.Note, reason: Reason.BacklogFenced, detail: "The silence began before follow-ups were switched on: it is not chased.");
        }
    }
}
