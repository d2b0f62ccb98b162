using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Hours;
using FollowUp.Understanding;
using NodaTime;

namespace FollowUp.Planning;

/// <summary>Lays, moves and ends plans (SPEC §5).</summary>
internal static class Planner
{
    /// <summary>How far ahead a promise reaches.</summary>
    public static readonly TimeSpan FarthestPromise = TimeSpan.FromDays(365);

    /// <summary>Characters of the contact's words that are quoted.</summary>
    private const int Quoted = 200;

    /// <summary>The contact asked to be contacted at a time.</summary>
    public static void Promise(Turn turn, IncomingMessage message, Detection detection, DateTimeOffset at, DateTimeOffset due)
    {
        if (!MayPlanFor(turn))
        {
            return;
        }

        if (due > turn.Now.Now + FarthestPromise)
        {
            turn.Conversation = turn.Conversation with { Episode = turn.Conversation.Episode with { Over = true } };
            turn.NoteToTeam($"The contact asks to be contacted on {due.In(turn.Now.ZoneOf(turn.Conversation.Contact)):yyyy-MM-dd}, more than a year ahead: too far for a follow-up.");
            return;
        }

        var because = BecauseOf(turn, message, detection);
        if (turn.Bot?.Steps(Scenario.RequestedFollowUp) is not null)
        {
            Lay(turn, Scenario.RequestedFollowUp, at, because, due);
        }
        else if (turn.Bot is { Settings.Active: true } && turn.Bot.Steps(Scenario.Busy) is not null)
        {
            Lay(turn, Scenario.Busy, at, because, notBefore: due);
        }
        else
        {
            turn.Conversation = turn.Conversation with { Episode = turn.Conversation.Episode with { NotBefore = due } };
        }
    }

    /// <summary>The contact is busy: the scenario's steps, or silence that counts no earlier than the time they named.</summary>
    public static void Busy(Turn turn, IncomingMessage message, Detection detection, DateTimeOffset at)
    {
        if (!MayPlanFor(turn))
        {
            return;
        }

        if (turn.Bot is { Settings.Active: true } && turn.Bot.Steps(Scenario.Busy) is not null)
        {
            Lay(turn, Scenario.Busy, at, BecauseOf(turn, message, detection), firstNotBefore: detection.BusyUntil);
        }
        else
        {
            turn.Conversation = turn.Conversation with { Episode = turn.Conversation.Episode with { NotBefore = detection.BusyUntil } };
        }
    }

    /// <summary>The bot's message stands last: silence is counted from here, or anew while step 1 has not gone out.</summary>
    public static void Silence(Turn turn, Message message, bool goodbye)
    {
        var conversation = turn.Conversation;
        if (conversation.Plan is { } plan)
        {
            if (plan is not { Scenario: Scenario.StoppedResponding, IsUntouched: true })
            {
                return;
            }

            if (goodbye)
            {
                turn.RaiseVersion();
                EndPlan(turn, Reason.SoftClosed);
                return;
            }

            Redate(turn, plan with { AnchorAt = message.At });
            return;
        }

        if (goodbye || !MayChase(turn))
        {
            return;
        }

        Lay(turn, Scenario.StoppedResponding, message.At, BecauseOfSilence(turn, message), notBefore: conversation.Episode.NotBefore);
    }

    /// <summary>The contact has written, and silence now would be chased.</summary>
    public static bool MayChase(Turn turn) => MayChase(turn.Conversation, turn.Now);

    public static bool MayChase(Conversation conversation, Circumstances now) =>
        conversation.InboundAt.Count > 0
        && conversation is { Episode: { Over: false, Planned: false }, Closed: false, OptedOutOfAll: false, Erased: false, MergedInto: null }
        && !conversation.HumanIsInCharge(now.Now)
        && now.Bot is { Settings: { Active: true, Mode: not BotMode.Off } } bot
        && bot.Steps(Scenario.StoppedResponding) is not null;

    /// <summary>The same promise again after the contact wrote before its time.</summary>
    public static void Rearm(Turn turn, Plan promise)
    {
        if (turn.Conversation.Plan is not null)
        {
            return;
        }

        var first = promise.Steps[0] with { State = StepState.Scheduled, DueAt = promise.Steps[0].OwnTime, HeldFrom = null, AskAt = null, Reason = null, Approved = false };
        var plan = promise with { Id = turn.NewId("p"), Steps = [first, .. promise.Steps.Skip(1)] };
        turn.Conversation = turn.Conversation with { Plan = plan, Episode = turn.Conversation.Episode with { Planned = true } };
        turn.Happened(HistoryKind.Planned, plan, first.Id, Reason.PromiseRearmed, first.DueAt, plan.Channel ?? turn.Conversation.Channel);
    }

    /// <summary>Lays a scenario's steps; a live plan gives way.</summary>
    public static void Lay(Turn turn, Scenario scenario, DateTimeOffset anchor, Because because, DateTimeOffset? firstDue = null, DateTimeOffset? notBefore = null, DateTimeOffset? firstNotBefore = null, bool enrolled = false)
    {
        var bot = turn.Bot!;
        var steps = bot.Steps(scenario)!;
        LayPlan(turn, new Plan
        {
            Id = turn.NewId("p"),
            Scenario = scenario,
            AnchorAt = anchor,
            BotId = bot.Id,
            Generation = bot.Generations.Of(scenario),
            Because = because,
            NotBefore = notBefore,
            Enrolled = enrolled,
            Steps = [.. steps.Select(step => new PlanStep { Id = step.Id })],
        }, firstDue ?? Later(After(turn, steps[0].Delay, anchor), firstNotBefore));
    }

    /// <summary>Puts a plan in place with its first date.</summary>
    public static void LayPlan(Turn turn, Plan plan, DateTimeOffset firstDue)
    {
        EndPlan(turn, Reason.Superseded);
        var first = plan.Steps[0] with { DueAt = Later(firstDue, plan.NotBefore) };
        plan = plan.With(first);
        turn.Conversation = turn.Conversation with { Plan = plan, Missed = null, Episode = turn.Conversation.Episode with { Planned = true } };
        turn.Happened(HistoryKind.Planned, plan, first.Id, dueAt: first.DueAt, channel: turn.Conversation.Channel);
    }

    /// <summary>Gives an untouched plan's first step a new date from its anchor.</summary>
    public static void Redate(Turn turn, Plan plan)
    {
        var first = plan.Steps[0];
        var due = Later(After(turn, DelayOf(turn, plan, first), plan.AnchorAt), plan.NotBefore);
        turn.RaiseVersion();
        turn.Replace(plan.With(first with { State = StepState.Scheduled, DueAt = due, HeldFrom = null, AskAt = null, Reason = null }));
        turn.Happened(HistoryKind.Redated, plan, first.Id, dueAt: due);
    }

    /// <summary>Dates the step after one that ended; the plan is over when none is left.</summary>
    public static void Advance(Turn turn, DateTimeOffset endedAt)
    {
        if (turn.Conversation.Plan is not { } plan || plan.Steps.Any(step => step.State is StepState.Sending))
        {
            return;
        }

        if (plan.Next is not { } next)
        {
            turn.Conversation = turn.Conversation with { Plan = null, Finished = plan };
            return;
        }

        var due = Later(After(turn, DelayOf(turn, plan, next), endedAt), plan.NotBefore);
        turn.Replace(plan.With(next with { State = StepState.Scheduled, DueAt = due, HeldFrom = null, AskAt = null }));
    }

    /// <summary>Ends the live plan with a reason; a step that is with the provider stands.</summary>
    public static void EndPlan(Turn turn, Reason reason, string? by = null, bool keepIfAskedTo = false)
    {
        turn.Conversation = turn.Conversation with { Missed = null, Finished = null };
        if (turn.Conversation.Plan is not { } plan || (keepIfAskedTo && plan.SurvivesReply))
        {
            return;
        }

        var step = plan.Steps.FirstOrDefault(candidate => candidate.IsPending) ?? plan.Steps.FirstOrDefault(candidate => candidate.State is StepState.Sending);
        turn.Conversation = turn.Conversation with { Plan = null };
        turn.Happened(HistoryKind.Cancelled, plan, step?.Id, reason, by: by);
    }

    /// <summary>An auto-reply is no reply: the pending steps wait for the return date.</summary>
    public static void WaitUntil(Turn turn, DateTimeOffset? back)
    {
        if (back is not { } until || turn.Conversation.Plan is not { Next: { } next } plan)
        {
            return;
        }

        plan = plan with { NotBefore = Later(until, plan.NotBefore) };
        if (next.DueAt < until)
        {
            plan = plan.With(next with { State = StepState.Held, HeldFrom = next.HeldFrom ?? next.DueAt, DueAt = until, AskAt = null, Reason = null });
            turn.Happened(HistoryKind.Held, plan, next.Id, dueAt: until, detail: "The contact is away until then.");
        }

        turn.Replace(plan);
    }

    /// <summary>The instant a delay ends, in the zone whose wall clock its days keep.</summary>
    public static DateTimeOffset After(Turn turn, Delay? delay, DateTimeOffset from) =>
        delay is null
            ? from
            : delay.After(Instant.FromDateTimeOffset(from), turn.Now.HoursZoneFor(turn.Conversation.Contact)).ToDateTimeOffset();

    /// <summary>A step's delay as the settings have it now; a deleted step has none and is skipped at once.</summary>
    public static Delay? DelayOf(Turn turn, Plan plan, PlanStep step) => step.Delay ?? turn.Bot?.Step(plan.Scenario, step.Id)?.Delay;

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    // While a person is in charge nothing is laid, nor while a scheduled message that survives replies is pending.
    private static bool MayPlanFor(Turn turn) =>
        turn.Conversation is { Plan: null, Closed: false, OptedOutOfAll: false }
        && !turn.Conversation.HumanIsInCharge(turn.Now.Now)
        && turn.Bot is { Settings.Mode: not BotMode.Off };

    private static Because BecauseOf(Turn turn, IncomingMessage message, Detection detection) => new()
    {
        MessageId = message.MessageId,
        Quoted = detection.Evidence.Length > 0 ? detection.Evidence : Quote(message.Text),
        Intent = detection.Intent,
        Confidence = detection.Confidence,
        Judge = detection.Judge,
        RequestedFor = detection.DueAt ?? detection.BusyUntil,
        Zone = turn.Now.ZoneOf(turn.Conversation.Contact).Id,
        ZoneAssumed = Zones.Find(turn.Conversation.Contact.TimeZone) is null,
    };

    public static Because BecauseOfSilence(Turn turn, Message? message)
    {
        var last = turn.Conversation.Messages.LastOrDefault(candidate => candidate.Author is Author.Contact);
        return new Because
        {
            MessageId = message?.Id,
            Quoted = Quote(last?.Text),
            Intent = turn.Conversation.LastDetection?.Intent ?? Intent.Normal,
            Confidence = turn.Conversation.LastDetection?.Confidence ?? 0,
            Judge = turn.Conversation.LastDetection?.Judge ?? Understanding.Judge.BuiltIn,
            Zone = turn.Now.ZoneOf(turn.Conversation.Contact).Id,
            ZoneAssumed = Zones.Find(turn.Conversation.Contact.TimeZone) is null,
        };
    }

    private static string? Quote(string? text) => text is null || text.Length <= Quoted ? text : text[..Quoted];
}
