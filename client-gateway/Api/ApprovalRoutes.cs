using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Security;
using static FollowUp.Conversations.PersonAction;

namespace FollowUp.Api;

/// <summary>Drafts of suggestive bots: the list, all at once, and what would be written now.</summary>
internal static class ApprovalRoutes
{
    /// <summary>Drafts of one call at most.</summary>
    private const int Most = 1_000;

    private const int PageLength = 200;

    public static void MapApprovals(this RouteGroupBuilder api)
    {
        var reading = api.MapGroup("").WithTags("Approvals").RequireAuthorization(Policies.Reader);
        var acting = api.MapGroup("").WithTags("Approvals").RequireAuthorization(Policies.Agent);
        reading.MapGet("/approvals", ListAsync).Produces<Page<PendingApproval>>().WithSummary("Drafts that wait for approval");
        acting.MapPost("/approvals:approve", (HttpContext context, IGrainFactory grains) => AllAsync(context, grains, step => new ApproveStep { StepId = step })).Accepts<ApprovalsRequest>("application/json").Produces<ApprovalsAnswer>().WithSummary("Approves the drafts named, or all");
        acting.MapPost("/approvals:refuse", (HttpContext context, IGrainFactory grains) => AllAsync(context, grains, step => new RefuseStep { StepId = step })).Accepts<ApprovalsRequest>("application/json").Produces<ApprovalsAnswer>().WithSummary("Refuses the drafts named, or all");
        acting.MapPost("/conversations/{id}/follow-ups/{stepId}:preview", PreviewAsync).Produces<Preview>().WithSummary("What the step would say now; nothing is stored or sent");
    }

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        var query = new FollowUpQuery
        {
            BotId = Input.Text(context, "botId"),
            Channel = Input.Word<Channel>(context, "channel", errors),
            Limit = Input.Limit(context, errors),
            Cursor = Input.Text(context, "cursor"),
        };
        return errors.Count > 0
            ? Problems.Of(Problem.Invalid(errors))
            : Answers.Of(await grains.GetGrain<IInboxGrain>(Caller.Workspace(context)).ListApprovalsAsync(query));
    }

    private static async Task<IResult> AllAsync(HttpContext context, IGrainFactory grains, Func<string, PersonAction> act)
    {
        var (request, bad) = await Input.OptionalBodyAsync<ApprovalsRequest>(context);
        if (bad is not null)
        {
            return bad;
        }

        if (request!.Items is { } named && (named.Count is 0 or > Most || named.Any(item => item is null || !Input.IsId(item.ConversationId) || string.IsNullOrEmpty(item.StepId))))
        {
            return Problems.Invalid("items", $"1 to {Most} drafts, each with its conversationId and stepId.");
        }

        var items = request.Items ?? await WaitingAsync(grains.GetGrain<IInboxGrain>(Caller.Workspace(context)), request.BotId);
        var failed = new List<FailedApproval>();
        foreach (var item in items)
        {
            var answer = await grains.GetGrain<IConversationGrain>(Caller.KeyOf(context, item.ConversationId)).ActAsync(act(item.StepId) with { By = request.By ?? Caller.Name(context) });
            if (answer.Problem is { } problem)
            {
                failed.Add(new FailedApproval(item.ConversationId, item.StepId, problem.Code, problem.Detail));
            }
        }

        return Answers.Ok(new ApprovalsAnswer(items.Count - failed.Count, failed));
    }

    // All of them first: each decision changes the list.
    private static async Task<IReadOnlyList<ApprovalName>> WaitingAsync(IInboxGrain inbox, string? botId)
    {
        var names = new List<ApprovalName>();
        string? cursor = null;
        do
        {
            var page = (await inbox.ListApprovalsAsync(new FollowUpQuery { BotId = botId, Limit = PageLength, Cursor = cursor })).Value;
            names.AddRange((page?.Items ?? []).Select(item => new ApprovalName { ConversationId = item.ConversationId, StepId = item.StepId }));
            cursor = page?.Next;
        }
        while (cursor is not null && names.Count < Most);
        return names;
    }

    private static async Task<IResult> PreviewAsync(string id, string stepId, HttpContext context, IGrainFactory grains) =>
        Input.IsId(id) ? Answers.Of(await grains.GetGrain<IPreviewGrain>(Caller.KeyOf(context, id)).PreviewAsync(stepId)) : ConversationRoutes.Absent();
}

/// <summary>Which drafts; without items, all of the workspace or of one bot (at most 1,000 a call).</summary>
public sealed record ApprovalsRequest
{
    public string? By { get; init; }
    public string? BotId { get; init; }
    public IReadOnlyList<ApprovalName>? Items { get; init; }
}

/// <summary>One draft.</summary>
public sealed record ApprovalName
{
    public required string ConversationId { get; init; }
    public required string StepId { get; init; }
}

/// <summary>How many went through, and which did not.</summary>
public sealed record ApprovalsAnswer(int Done, IReadOnlyList<FailedApproval> Failed);

/// <summary>A draft that did not go through.</summary>
public sealed record FailedApproval(string ConversationId, string StepId, string Code, string? Detail);
