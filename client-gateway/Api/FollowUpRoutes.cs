using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Security;

namespace FollowUp.Api;

/// <summary>Everything pending in the workspace, in due order.</summary>
internal static class FollowUpRoutes
{
    public static void MapFollowUps(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Follow-ups").RequireAuthorization(Policies.Reader);
        group.MapGet("/follow-ups", (HttpContext context, IGrainFactory grains) => ListAsync(context, grains)).Produces<Page<PendingFollowUp>>().WithSummary("Pending follow-ups");
    }

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        var query = new FollowUpQuery
        {
            State = Input.Word<StepState>(context, "state", errors),
            BotId = Input.Text(context, "botId"),
            Scenario = Input.Word<Scenario>(context, "scenario", errors),
            Channel = Input.Word<Channel>(context, "channel", errors),
            DueAfter = Input.Instant(context, "dueAfter", errors),
            DueBefore = Input.Instant(context, "dueBefore", errors),
            Limit = Input.Limit(context, errors),
            Cursor = Input.Text(context, "cursor"),
        };
        return errors.Count > 0
            ? Problems.Of(Problem.Invalid(errors))
            : Answers.Of(await grains.GetGrain<IInboxGrain>(Caller.Workspace(context)).ListFollowUpsAsync(query));
    }
}
