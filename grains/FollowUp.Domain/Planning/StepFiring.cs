using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Hours;
using FollowUp.Writing;
using NodaTime;

namespace FollowUp.Planning;

/// <summary>A step falls due: the fire check, the writing, the fire check again, the send.</summary>
internal static class StepFiring
{
    /// <summary>A hold whose end nobody knows is asked about this often.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(5);

    /// <summary>A broken writer never uses up a step: it is tried again after this.</summary>
    public static readonly TimeSpan WriteAgain = TimeSpan.FromMinutes(15);

    /// <summary>Asks the fire check and does what it says; a text is written before anything is sent.</summary>
    public static void Fire(Turn turn, Plan plan, PlanStep step)
    {
        if (step.State is StepState.AwaitingApproval && !step.Approved)
        {
            ReviewDraft(turn, plan, step);
            return;
        }

        switch (FireCheck.Ask(turn.Conversation, plan, step, turn.Now))
        {
            case Verdict.Send { Route.Template: not null } send:
                // The provider's approved words go: there is nothing to write.
                Begin(turn, plan, step, send.Route, "", builtIn: false);
                break;
            case Verdict.Send send when step is { Approved: true, Text: { } draft, TextByHand: false }:
                Begin(turn, plan, step, send.Route, draft, step.BuiltIn);
                break;
            case Verdict.Send or Verdict.Draft:
                Write(turn, plan, step);
                break;
            case var no:
                Refuse(turn, plan, step, no);
                break;
        }
    }

    /// <summary>The writer is done: the same questions once more, then the attempt is recorded or the draft kept.</summary>
    public static Decision TakeText(Turn turn, ConversationEvent.TextWritten written)
    {
        var conversation = turn.Conversation;

        // A reply, an edit or a takeover since then has raised the version: the text is dropped.
        if (conversation.Plan is not { PausedAt: null, Next: { } step } plan || plan.Id != written.PlanId || step.Id != written.StepId || conversation.PlanVersion != written.PlanVersion)
        {
            return Decision.Nothing(conversation);
        }

        switch (written.Written, FireCheck.Ask(conversation, plan, step, turn.Now))
        {
            case (Written.Text text, Verdict.Send send):
                Begin(turn, plan, step, send.Route, text.Value, text.BuiltIn);
                break;
            case (Written.Text text, Verdict.Draft draft):
                KeepDraft(turn, plan, step, text, draft.Route);
                break;
            case (Written.Declined declined, Verdict.Send or Verdict.Draft):
                turn.RaiseVersion();
                turn.Conversation = turn.Conversation with { Plan = null };
                turn.Happened(HistoryKind.Cancelled, plan, step.Id, declined.Reason, detail: declined.Because);
                break;
            case (Written.Failed failed, Verdict.Send or Verdict.Draft):
                Hold(turn, plan, step, null, Reason.AiFailed, turn.Now.Now + WriteAgain, failed.Because);
                break;
            case (_, var no):
                Refuse(turn, plan, step, no);
                break;
        }

        return turn.ToDecision();
    }

    /// <summary>Ends a step and dates the next from now.</summary>
    public static void End(Turn turn, Plan plan, PlanStep step, StepState state, HistoryKind kind, Reason reason, string? by = null, string? detail = null)
    {
        turn.Replace(plan.With(step with { State = state, Reason = reason, EndedAt = turn.Now.Now, AskAt = null, Detail = detail ?? step.Detail }));
        turn.Happened(kind, plan, step.Id, reason, by: by, detail: detail);
        Planner.Advance(turn, turn.Now.Now);
    }

    private static void Write(Turn turn, Plan plan, PlanStep step)
    {
        var task = WritingTasks.ForStep(turn, plan, step);
        turn.Do(new Effect.WriteStep(plan.Id, step.Id, turn.Conversation.PlanVersion, task));
    }

    private static void KeepDraft(Turn turn, Plan plan, PlanStep step, Written.Text text, Route? route)
    {
        var staleAfter = turn.Bot!.Settings.FollowUp.Limits.StaleAfter.Elapsed.ToTimeSpan();
        turn.Replace(plan.With(step with
        {
            State = StepState.AwaitingApproval,
            Text = text.Value,
            BuiltIn = text.BuiltIn,
            Model = text.Model,
            TextByHand = false,
            AskAt = (step.OwnTime ?? turn.Now.Now) + staleAfter,
            Channel = route?.Channel,
        }));
        turn.Happened(HistoryKind.AwaitingApproval, plan, step.Id, channel: route?.Channel, dueAt: step.DueAt, text: text.Value);
    }

    // A draft dies with staleness; closed hours do not age it, so it may be asked about several times.
    private static void ReviewDraft(Turn turn, Plan plan, PlanStep step)
    {
        var verdict = FireCheck.Ask(turn.Conversation, plan, step, turn.Now);
        if (verdict is Verdict.Skip or Verdict.Cancel or Verdict.Expire)
        {
            Refuse(turn, plan, step, verdict);
            return;
        }

        turn.Replace(plan.With(step with { AskAt = turn.Now.Now + TimeSpan.FromHours(1) }));
    }

    private static void Refuse(Turn turn, Plan plan, PlanStep step, Verdict verdict)
    {
        switch (verdict)
        {
            case Verdict.Hold hold:
                Hold(turn, plan, step, hold.Until, hold.Reason, hold.Until is null ? turn.Now.Now + AskAgain : null);
                break;
            case Verdict.Skip { Reason: Reason.WindowClosed }:
                turn.RaiseVersion();
                End(turn, plan, step, StepState.Skipped, HistoryKind.Skipped, Reason.WindowClosed);
                if (turn.Conversation.Plan is not null)
                {
                    Planner.EndPlan(turn, Reason.WindowClosed);
                }

                turn.NoteToTeam($"The channel's window is closed and no other channel can carry the follow-ups.{WithoutNumber(turn)}", Reason.WindowClosed);
                break;
            case Verdict.Skip skip:
                End(turn, plan, step, StepState.Skipped, HistoryKind.Skipped, skip.Reason);
                if (skip.Reason is Reason.NoChannel)
                {
                    turn.NoteToTeam("No channel can carry the follow-up.", Reason.NoChannel);
                }

                break;
            case Verdict.Cancel cancel:
                turn.RaiseVersion();
                turn.Conversation = turn.Conversation with { Plan = null };
                turn.Happened(HistoryKind.Cancelled, plan, step.Id, cancel.Reason);
                break;
            case Verdict.Expire expire:
                turn.RaiseVersion();
                var expired = plan.With(step with { State = StepState.Expired, Reason = expire.Reason });
                turn.Conversation = turn.Conversation with { Plan = null, Missed = expired };
                turn.Happened(HistoryKind.Expired, plan, step.Id, expire.Reason);
                break;
        }
    }

    // WhatsApp user names hide the number: then SMS cannot take over, and the team should see why.
    private static string WithoutNumber(Turn turn) =>
        turn.Conversation.Contact.Addresses is { } addresses && addresses.TryGetValue(Channel.WhatsApp, out var address) && !address.StartsWith('+') && !addresses.ContainsKey(Channel.Sms)
            ? " WhatsApp shows no phone number of this contact, so that SMS is not possible."
            : "";

    private static void Hold(Turn turn, Plan plan, PlanStep step, DateTimeOffset? until, Reason reason, DateTimeOffset? askAt, string? detail = null)
    {
        var news = step.State is not StepState.Held || step.Reason != reason || until is not null;
        turn.Replace(plan.With(step with
        {
            State = StepState.Held,
            HeldFrom = step.OwnTime,
            DueAt = until ?? step.DueAt,
            AskAt = askAt,
            Reason = reason,
            Detail = detail ?? step.Detail,
        }));
        if (news)
        {
            turn.Happened(HistoryKind.Held, plan, step.Id, reason, until ?? step.DueAt, detail: detail);
        }
    }

    private static void Begin(Turn turn, Plan plan, PlanStep step, Route route, string text, bool builtIn)
    {
        var channel = route.Channel!.Value;
        var before = plan.Channel ?? turn.Conversation.Channel;
        if (channel != before)
        {
            turn.Happened(HistoryKind.SwitchedChannel, plan, step.Id, channel: channel);
        }

        // The provider's queue must not carry it past closing time.
        var at = Instant.FromDateTimeOffset(turn.Now.Now);
        IReadOnlyList<Schedule> schedules = [turn.Now.ActiveHoursFor(turn.Conversation), .. turn.Now.QuietHoursFor(turn.Conversation, channel)];
        var closes = OpenHours.Next(schedules, at) is { } opening && opening.From <= at && opening.To < Instant.FromUtc(9000, 1, 1, 0, 0) ? opening.To.ToDateTimeOffset() : (DateTimeOffset?)null;

        var template = route.Template is { } approved ? TemplateMessages.Fill(approved, turn, plan, step) : null;
        text = template is null ? Disclosures.OnFirstMessage(text, turn, channel) : TemplateMessages.InWords(template);
        var problem = Attempts.Begin(turn, AttemptKind.FollowUp, Author.FollowUp, channel, text, turn.NewId("m"), plan, step, builtIn && template is null, by: null, validUntil: closes, template);
        if (problem is not null)
        {
            End(turn, plan, step, StepState.Skipped, HistoryKind.Skipped, Reason.NoChannel);
        }
        else if (channel is Channel.LiveChat)
        {
            FollowUpMoves.Watch(turn);
        }
    }
}
