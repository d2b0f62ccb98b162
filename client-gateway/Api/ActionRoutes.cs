using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Security;
using static FollowUp.Conversations.PersonAction;

namespace FollowUp.Api;

/// <summary>What people do by hand. Each answers the Response Info.</summary>
internal static class ActionRoutes
{
    public static void MapActions(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/conversations/{id}").WithTags("In a person's hand").RequireAuthorization(Policies.Agent);
        var bare = api.MapGroup("/conversations").WithTags("In a person's hand").RequireAuthorization(Policies.Agent);
        On<ByRequest>(bare, "/{id}:takeOver", (_, _) => new TakeOver(), "A person takes over");
        On<ByRequest>(bare, "/{id}:release", (_, _) => new Release(), "Gives the conversation back to the bot");
        On<ByRequest>(bare, "/{id}:close", (_, _) => new Close(), "Closes the conversation");
        On<ByRequest>(bare, "/{id}:reopen", (_, _) => new Reopen(), "Opens it again");
        On<ByRequest>(bare, "/{id}:handOver", (_, _) => new HandOver(), "Hands it to the team");
        On<ByRequest>(bare, "/{id}:erase", (_, _) => new Erase(), "Erases the contact's data");
        On<GoalRequest>(bare, "/{id}:markGoal", (request, _) => new MarkGoal { Goal = request.Goal }, "A goal was reached");
        On<TransferRequest>(bare, "/{id}:transfer", (request, _) => new Transfer { BotId = request.BotId }, "Moves it to another bot");
        On<MergeRequest>(bare, "/{id}:merge", (request, _) => new Merge { Into = request.Into }, "Merges it into another conversation");
        On<ChannelRequest>(bare, "/{id}:optOut", (request, _) => new OptOut { Channel = request.Channel }, "Opts the contact out of a channel, or of all");
        On<ChannelRequest>(bare, "/{id}:optIn", (request, _) => new OptIn { Channel = request.Channel }, "Lifts an opt-out");
        On<ChaseRequest>(bare, "/{id}:chase", (request, _) => new Chase { Text = request.Text, Delays = request.Delays }, "Sends a person's message and reminds unless it is answered");
        On<ScheduleRequest>(group, "/scheduled-messages", (request, _) => new ScheduleMessage { Text = request.Text, At = request.At, UnlessTheyAnswer = request.UnlessTheyAnswer }, "Sends a text at a time, unless they answer");
        On<ByRequest>(group, "/plan:pause", (_, _) => new PausePlan(), "Pauses the live plan");
        On<ByRequest>(group, "/plan:resume", (_, _) => new ResumePlan(), "Resumes it; the remaining delay goes on");
        On<ByRequest>(group, "/plan:cancel", (_, _) => new CancelPlan(), "Cancels it");
        On<ByRequest>(group, "/follow-ups/{stepId}:sendNow", (_, step) => new SendNow { StepId = step }, "Sends the next step now");
        On<ByRequest>(group, "/follow-ups/{stepId}:skip", (_, step) => new SkipStep { StepId = step }, "Skips a step");
        On<MoveRequest>(group, "/follow-ups/{stepId}:move", (request, step) => new MoveStep { StepId = step, DueAt = request.DueAt }, "Gives the next step another time");
        On<EditRequest>(group, "/follow-ups/{stepId}:edit", (request, step) => new EditStep { StepId = step, Text = request.Text }, "Gives a step another text");
        On<ByRequest>(group, "/follow-ups/{stepId}:approve", (_, step) => new ApproveStep { StepId = step }, "Approves a draft");
        On<ByRequest>(group, "/follow-ups/{stepId}:refuse", (_, step) => new RefuseStep { StepId = step }, "Refuses a draft");
        On<ByRequest>(group, "/follow-ups/{stepId}:resend", (_, step) => new ResendStep { StepId = step }, "Sends a failed or uncertain step once more");
    }

    private static void On<T>(RouteGroupBuilder group, string route, Func<T, string, PersonAction> make, string summary)
        where T : ByRequest =>
        group.MapPost(route, async (string id, HttpContext context, IGrainFactory grains) =>
        {
            var (request, bad) = typeof(T) == typeof(ByRequest) || typeof(T) == typeof(ChannelRequest)
                ? await OptionalAsync<T>(context)
                : await Input.BodyAsync<T>(context);
            if (bad is not null)
            {
                return bad;
            }

            if (!Input.IsId(id))
            {
                return ConversationRoutes.Absent();
            }

            var action = make(request!, context.GetRouteValue("stepId") as string ?? "") with { By = request!.By ?? Caller.Name(context) };
            return Answers.Of(await grains.GetGrain<IConversationGrain>(Caller.KeyOf(context, id)).ActAsync(action));
        }).Accepts<T>("application/json").Produces<ResponseInfo>().WithSummary(summary);

    private static async Task<(T? Value, IResult? Problem)> OptionalAsync<T>(HttpContext context)
        where T : ByRequest =>
        context.Request.ContentLength is null or 0 && context.Request.Headers.TransferEncoding.Count == 0
            ? ((T)(typeof(T) == typeof(ChannelRequest) ? new ChannelRequest() : new ByRequest()), null)
            : await Input.BodyAsync<T>(context);
}

/// <summary>Who asks; absent: the key.</summary>
public record ByRequest
{
    public string? By { get; init; }
}

public sealed record GoalRequest : ByRequest
{
    public required string Goal { get; init; }
}

public sealed record TransferRequest : ByRequest
{
    public required string BotId { get; init; }
}

public sealed record MergeRequest : ByRequest
{
    public required string Into { get; init; }
}

public sealed record ChannelRequest : ByRequest
{
    /// <summary>Absent: all channels.</summary>
    public Channel? Channel { get; init; }
}

public sealed record ChaseRequest : ByRequest
{
    public required string Text { get; init; }
    public required IReadOnlyList<Delay> Delays { get; init; }
}

public sealed record ScheduleRequest : ByRequest
{
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Default: true.</summary>
    public bool UnlessTheyAnswer { get; init; } = true;
}

public sealed record MoveRequest : ByRequest
{
    public required DateTimeOffset DueAt { get; init; }
}

public sealed record EditRequest : ByRequest
{
    public required string Text { get; init; }
}
