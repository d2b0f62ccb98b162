using FollowUp.Planning;
using static FollowUp.Conversations.PersonAction;

namespace FollowUp.Conversations;

/// <summary>What a person does to a conversation by hand (SPEC §10).</summary>
internal static class PersonsHand
{
    public static Decision Take(Turn turn, PersonAction action)
    {
        var problem = action switch
        {
            TakeOver => TakeOverBy(turn, action.By),
            Release => ReleaseBy(turn, action.By),
            Close => CloseBy(turn, action.By),
            Reopen => ReopenBy(turn, action.By),
            HandOver => HandOverBy(turn, action.By),
            MarkGoal goal => Reach(turn, goal),
            Transfer transfer => MoveTo(turn, transfer),
            OptOut optOut => Refuse(turn, optOut),
            OptIn optIn => OptOuts.Lift(turn, optIn.Channel, optIn.By) ? null : Problem.Conflict("notOptedOut", "There is no opt-out to lift."),
            Chase chase => ChaseFor(turn, chase),
            ScheduleMessage scheduled => ScheduleFor(turn, scheduled),
            Erase => EraseAll(turn),
            Merge merge => MergeInto(turn, merge),
            _ when AnswerDrafts.Takes(turn.Conversation, action) => AnswerDrafts.Take(turn, action),
            _ => PlanByHand.Take(turn, action),
        };
        return problem is null ? turn.ToDecision() : Decision.Refused(turn.Start, problem);
    }

    private static Problem? TakeOverBy(Turn turn, string? by)
    {
        OurSide.TakeOver(turn, by, explicitly: true);
        return null;
    }

    private static Problem? ReleaseBy(Turn turn, string? by)
    {
        if (turn.Conversation is { Human: null, HandedOver: false })
        {
            return Problem.Conflict("notTakenOver", "Nobody has taken this conversation over.");
        }

        turn.RaiseVersion();
        turn.Conversation = turn.Conversation with { Human = null, HandedOver = false };
        turn.Happened(HistoryKind.Released, by: by);
        return null;
    }

    private static Problem? CloseBy(Turn turn, string? by)
    {
        if (turn.Conversation.Closed)
        {
            return Problem.Conflict("alreadyClosed", "The conversation is closed already.");
        }

        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.ConversationClosed, by);
        AnswerDrafts.Drop(turn, Reason.ConversationClosed, by);
        turn.Conversation = turn.Conversation with { Closed = true, Owed = null, Episode = turn.Conversation.Episode with { Over = true } };
        turn.Happened(HistoryKind.Closed, by: by);
        return null;
    }

    private static Problem? ReopenBy(Turn turn, string? by)
    {
        if (!turn.Conversation.Closed)
        {
            return Problem.Conflict("notClosed", "The conversation is open.");
        }

        turn.RaiseVersion();
        turn.Conversation = turn.Conversation with { Closed = false };
        turn.Happened(HistoryKind.Reopened, by: by);
        return null;
    }

    private static Problem? HandOverBy(Turn turn, string? by)
    {
        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.HandedOver, by);
        AnswerDrafts.Drop(turn, Reason.HandedOver, by);
        turn.Conversation = turn.Conversation with { HandedOver = true, Owed = null };
        turn.Happened(HistoryKind.HandedOver, reason: Reason.HandedOver, by: by);
        return null;
    }

    private static Problem? Reach(Turn turn, MarkGoal goal)
    {
        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.GoalReached, goal.By);
        turn.Conversation = turn.Conversation with { Goal = goal.Goal, Episode = turn.Conversation.Episode with { Over = true, GoalReached = true } };
        turn.Happened(HistoryKind.GoalReached, by: goal.By, detail: goal.Goal);
        return null;
    }

    private static Problem? MoveTo(Turn turn, Transfer transfer)
    {
        if (turn.Conversation.BotId == transfer.BotId)
        {
            return Problem.Conflict("sameBot", "The conversation belongs to that bot already.");
        }

        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.Transferred, transfer.By);
        AnswerDrafts.Drop(turn, Reason.Transferred, transfer.By);
        turn.Conversation = turn.Conversation with { BotId = transfer.BotId, BotMessages = 0, Episode = turn.Conversation.Episode with { Over = true } };
        turn.Happened(HistoryKind.Transferred, by: transfer.By, detail: transfer.BotId);
        return null;
    }

    private static Problem? Refuse(Turn turn, OptOut optOut)
    {
        turn.RaiseVersion();
        Planner.EndPlan(turn, optOut.Channel is null ? Reason.OptedOut : Reason.ChannelOptedOut, optOut.By);
        AnswerDrafts.Drop(turn, optOut.Channel is null ? Reason.OptedOut : Reason.ChannelOptedOut, optOut.By);
        turn.Conversation = turn.Conversation with { Owed = null, Episode = turn.Conversation.Episode with { Over = true } };
        OptOuts.Apply(turn, optOut.Channel, optOut.By, confirmOn: null);
        return null;
    }

    /// <summary>The person's own message goes out now; reminders follow unless it is answered.</summary>
    private static Problem? ChaseFor(Turn turn, Chase chase)
    {
        if (turn.Conversation is { BotId: null } or { Channel: null })
        {
            return Problem.Conflict("noChannel", "The conversation has no channel to write on yet.");
        }

        OurSide.TakeOver(turn, chase.By, explicitly: false);
        var channel = turn.Conversation.Channel!.Value;
        if (Attempts.Begin(turn, AttemptKind.Told, Author.Agent, channel, chase.Text, turn.NewId("m"), plan: null, step: null, builtIn: false, by: chase.By) is { } problem)
        {
            return problem;
        }

        var steps = chase.Delays.Select((delay, index) => new PlanStep { Id = $"chase-{index + 1}", Delay = delay }).ToList();
        var plan = ByHand(turn, Scenario.Chase, chase.By, chase.Text, steps);
        Planner.LayPlan(turn, plan, Planner.After(turn, chase.Delays[0], turn.Now.Now));
        return null;
    }

    private static Problem? ScheduleFor(Turn turn, ScheduleMessage scheduled)
    {
        if (turn.Conversation is { BotId: null } or { Channel: null })
        {
            return Problem.Conflict("noChannel", "The conversation has no channel to write on yet.");
        }

        if (PlanByHand.BadTime(turn, scheduled.At) is { } bad)
        {
            return Problem.Invalid("at", bad);
        }

        if (PlanByHand.BadText(turn, scheduled.Text) is { } text)
        {
            return Problem.Invalid("text", text);
        }

        turn.RaiseVersion();
        var step = new PlanStep { Id = "scheduled-1", Text = scheduled.Text, TextByHand = true };
        var plan = ByHand(turn, Scenario.ScheduledMessage, scheduled.By, scheduled.Text, [step]) with { SurvivesReply = !scheduled.UnlessTheyAnswer };
        Planner.LayPlan(turn, plan, scheduled.At.ToUniversalTime());
        return null;
    }

    private static Plan ByHand(Turn turn, Scenario scenario, string? by, string words, IReadOnlyList<PlanStep> steps) => new()
    {
        Id = turn.NewId("p"),
        Scenario = scenario,
        AnchorAt = turn.Now.Now,
        BotId = turn.Conversation.BotId!,
        Because = Planner.BecauseOfSilence(turn, message: null) with { Quoted = words, By = by },
        Steps = steps,
    };

    private static Problem? EraseAll(Turn turn)
    {
        var conversation = turn.Conversation;
        turn.RaiseVersion();
        Planner.EndPlan(turn, Reason.ContactErased);
        foreach (var (channel, address) in conversation.Contact.Addresses ?? new Dictionary<Channels.Channel, string>())
        {
            // The suppression stays with the address, so that it survives erasure.
            turn.ToOutbox(OutboxKind.ReleaseAddress, channel, address);
        }

        turn.Conversation = new Conversation
        {
            Erased = true,
            PlanVersion = turn.Conversation.PlanVersion,
            Seen = conversation.Seen,
            Outbox = turn.Conversation.Outbox,
            LastActivityAt = turn.Now.Now,
            Page = conversation.Page,

            // A widget that comes back goes on from its number.
            LastSequence = conversation.LastSequence,
            AlarmAt = conversation.AlarmAt,
        };
        return null;
    }

    private static Problem? MergeInto(Turn turn, Merge merge)
    {
        if (merge.Into == turn.Now.ConversationId)
        {
            return Problem.Invalid("into", "A conversation cannot be merged into itself.");
        }

        turn.RaiseVersion();
        var before = turn.Conversation;
        Planner.EndPlan(turn, Reason.ContactMerged, merge.By);
        AnswerDrafts.Drop(turn, Reason.ContactMerged, merge.By);
        turn.Conversation = turn.Conversation with { MergedInto = merge.Into, Owed = null, Missed = before.Plan, Closed = true };
        turn.ToOutbox(OutboxKind.AdoptConversation, channel: null, merge.Into);
        turn.Happened(HistoryKind.Merged, by: merge.By, detail: merge.Into);
        return null;
    }
}
