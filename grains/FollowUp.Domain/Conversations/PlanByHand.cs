using FollowUp.Channels;
using FollowUp.Planning;
using FollowUp.Writing;
using static FollowUp.Conversations.PersonAction;

namespace FollowUp.Conversations;

/// <summary>What a person does to the live plan and its steps.</summary>
internal static class PlanByHand
{
    public static Problem? Take(Turn turn, PersonAction action)
    {
        if (action is ResendStep resend)
        {
            return Resend(turn, resend);
        }

        if (turn.Conversation.Plan is not { } plan)
        {
            return Problem.Conflict("noPlan", "There is no live plan.");
        }

        return action switch
        {
            PausePlan => Pause(turn, plan, action.By),
            ResumePlan => Resume(turn, plan, action.By),
            CancelPlan => Cancel(turn, action.By),
            SendNow now => OnNext(turn, plan, now.StepId, step => SendStepNow(turn, plan, step, now.By)),
            MoveStep move => OnNext(turn, plan, move.StepId, step => Move(turn, plan, step, move)),
            ApproveStep approve => OnNext(turn, plan, approve.StepId, step => Approve(turn, plan, step, approve.By)),
            RefuseStep refuse => OnNext(turn, plan, refuse.StepId, step => Refuse(turn, plan, step, refuse.By)),
            SkipStep skip => OnPending(plan, skip.StepId, step => Skip(turn, plan, step, skip.By)),
            EditStep edit => OnPending(plan, edit.StepId, step => Edit(turn, plan, step, edit)),
            _ => Problem.Conflict("unknownAction", "That cannot be done to a conversation."),
        };
    }

    /// <summary>Why a time is not one to send at: null if it is.</summary>
    public static string? BadTime(Turn turn, DateTimeOffset at) =>
        at <= turn.Now.Now ? "It has to be in the future."
        : at > turn.Now.Now + Planner.FarthestPromise ? "It has to be within 365 days."
        : null;

    /// <summary>Why a text by hand cannot go out: null if it can.</summary>
    public static string? BadText(Turn turn, string text) =>
        MessageTemplate.Check(text, turn.Now.Workspace.CustomValues?.Keys.ToList() ?? []).Errors is [var error, ..] ? error : null;

    private static Problem? Pause(Turn turn, Plan plan, string? by)
    {
        if (plan.PausedAt is not null)
        {
            return Problem.Conflict("alreadyPaused", "The plan is paused already.");
        }

        turn.RaiseVersion();
        turn.Replace(plan with { PausedAt = turn.Now.Now });
        turn.Happened(HistoryKind.Paused, plan, plan.Next?.Id, by: by);
        return null;
    }

    /// <summary>A pause freezes the remaining delay.</summary>
    private static Problem? Resume(Turn turn, Plan plan, string? by)
    {
        if (plan.PausedAt is not { } since)
        {
            return Problem.Conflict("notPaused", "The plan is not paused.");
        }

        turn.RaiseVersion();
        plan = plan with { PausedAt = null };
        if (plan.Next is { } next)
        {
            var paused = turn.Now.Now - since;
            plan = plan.With(next with { DueAt = next.DueAt + paused, HeldFrom = next.HeldFrom + paused, AskAt = next.AskAt is null ? null : turn.Now.Now });
        }

        turn.Replace(plan);
        turn.Happened(HistoryKind.Resumed, plan, plan.Next?.Id, dueAt: plan.Next?.DueAt, by: by);
        return null;
    }

    private static Problem? Cancel(Turn turn, string? by)
    {
        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.ManualCancel, by);
        return null;
    }

    private static Problem? SendStepNow(Turn turn, Plan plan, PlanStep step, string? by)
    {
        turn.RaiseVersion();
        var now = step with { SendNow = true, Approved = step.State is StepState.AwaitingApproval, DueAt = turn.Now.Now, HeldFrom = null, AskAt = null, State = StepState.Scheduled };
        plan = (plan with { PausedAt = null }).With(now);
        turn.Replace(plan);
        turn.Happened(HistoryKind.Moved, plan, step.Id, dueAt: turn.Now.Now, by: by);
        StepFiring.Fire(turn, plan, now);
        return null;
    }

    private static Problem? Move(Turn turn, Plan plan, PlanStep step, MoveStep move)
    {
        if (BadTime(turn, move.DueAt) is { } bad)
        {
            return Problem.Invalid("dueAt", bad);
        }

        turn.RaiseVersion();
        var at = move.DueAt.ToUniversalTime();
        turn.Replace(plan.With(step with { State = StepState.Scheduled, DueAt = at, HeldFrom = null, AskAt = null, Reason = null }));
        turn.Happened(HistoryKind.Moved, plan, step.Id, dueAt: at, by: move.By);
        return null;
    }

    private static Problem? Approve(Turn turn, Plan plan, PlanStep step, string? by)
    {
        if (step.State is not StepState.AwaitingApproval)
        {
            return Problem.Conflict("noDraft", "The step has no draft that awaits approval.");
        }

        turn.RaiseVersion();
        var approved = step with { Approved = true, State = StepState.Scheduled, AskAt = null };
        plan = plan.With(approved);
        turn.Replace(plan);
        turn.Happened(HistoryKind.Approved, plan, step.Id, by: by);
        StepFiring.Fire(turn, plan, approved);
        return null;
    }

    private static Problem? Refuse(Turn turn, Plan plan, PlanStep step, string? by)
    {
        if (step.State is not StepState.AwaitingApproval)
        {
            return Problem.Conflict("noDraft", "The step has no draft that awaits approval.");
        }

        turn.RaiseVersion();
        turn.Happened(HistoryKind.Refused, plan, step.Id, by: by);
        StepFiring.End(turn, plan, step, StepState.Skipped, HistoryKind.Skipped, Reason.ManualSkip, by);
        return null;
    }

    private static Problem? Skip(Turn turn, Plan plan, PlanStep step, string? by)
    {
        turn.RaiseVersion();
        if (plan.Next?.Id == step.Id)
        {
            StepFiring.End(turn, plan, step, StepState.Skipped, HistoryKind.Skipped, Reason.ManualSkip, by);
            return null;
        }

        turn.Replace(plan.With(step with { State = StepState.Skipped, Reason = Reason.ManualSkip, EndedAt = turn.Now.Now }));
        turn.Happened(HistoryKind.Skipped, plan, step.Id, Reason.ManualSkip, by: by);
        return null;
    }

    private static Problem? Edit(Turn turn, Plan plan, PlanStep step, EditStep edit)
    {
        if (BadText(turn, edit.Text) is { } bad)
        {
            return Problem.Invalid("text", bad);
        }

        turn.RaiseVersion();
        turn.Replace(plan.With(step with { Text = edit.Text, TextByHand = true, BuiltIn = false }));
        turn.Happened(HistoryKind.Edited, plan, step.Id, by: edit.By);
        return null;
    }

    /// <summary>A new attempt of a step whose fate is unknown or that failed, because a person says so.</summary>
    private static Problem? Resend(Turn turn, ResendStep resend)
    {
        var conversation = turn.Conversation;
        var uncertain = conversation.Attempts.LastOrDefault(attempt => attempt is { Uncertain: true } && attempt.StepId == resend.StepId);
        var failed = conversation.Plan?.Steps.FirstOrDefault(step => step.Id == resend.StepId && step.State is StepState.Failed or StepState.Uncertain);
        if ((uncertain?.Text ?? failed?.Text) is not { } text || (uncertain?.Channel ?? failed?.Channel) is not { } channel)
        {
            return Problem.Conflict("nothingToResend", "The step has no failed or uncertain send.");
        }

        if (conversation.HasOptedOutOf(channel, turn.Now))
        {
            return Problem.Conflict("optedOut", "The contact opted out.");
        }

        if (!conversation.WindowIsOpen(channel, turn.Now.Now))
        {
            return Problem.Conflict("windowClosed", $"The contact has not written on {channel} in the last 24 hours: the provider takes nothing now.");
        }

        if (uncertain is not null)
        {
            turn.Conversation = conversation with { Attempts = [.. conversation.Attempts.Where(attempt => attempt.Id != uncertain.Id)] };
        }

        return Attempts.Begin(turn, AttemptKind.Told, Author.FollowUp, channel, text, turn.NewId("m"), plan: null, step: null, builtIn: uncertain?.BuiltIn ?? failed!.BuiltIn, by: resend.By);
    }

    private static Problem? OnNext(Turn turn, Plan plan, string stepId, Func<PlanStep, Problem?> act) =>
        OnPending(plan, stepId, step => plan.Next?.Id == stepId ? act(step) : Problem.Conflict("notNext", "Only the plan's next step has a date of its own."));

    private static Problem? OnPending(Plan plan, string stepId, Func<PlanStep, Problem?> act) =>
        plan.Steps.FirstOrDefault(step => step.Id == stepId) switch
        {
            null => Problem.NotFound($"The live plan has no step '{stepId}'."),
            { IsPending: true } step => act(step),
            var step => Problem.Conflict("notPending", $"The step is {step.State} already."),
        };
}
