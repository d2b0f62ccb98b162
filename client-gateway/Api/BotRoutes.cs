using FollowUp.Bots;
using FollowUp.Security;

namespace FollowUp.Api;

/// <summary>Bots: saved whole, versioned, switched on and off.</summary>
internal static class BotRoutes
{
    public static void MapBots(this RouteGroupBuilder api)
    {
        var reading = api.MapGroup("/bots").WithTags("Bots").RequireAuthorization(Policies.Reader);
        var saving = api.MapGroup("/bots").WithTags("Bots").RequireAuthorization(Policies.Admin);
        reading.MapGet("", ListAsync).Produces<Page<BotSummary>>().WithSummary("All bots");
        reading.MapGet("/{botId}", GetAsync).Produces<Bot>().WithSummary("A bot's settings; the ETag is its version");
        reading.MapGet("/{botId}/versions", VersionsAsync).Produces<Page<BotVersion>>().WithSummary("The saves of a bot, newest first");
        reading.MapGet("/{botId}/versions/{version:int}", VersionAsync).Produces<BotVersion>().WithSummary("One save of the past");
        saving.MapPut("/{botId}", SaveAsync).Accepts<Bot>("application/json").Produces<Bot>().WithSummary("Saves a bot whole");
        saving.MapDelete("/{botId}", DeleteAsync).Produces(StatusCodes.Status204NoContent).WithSummary("Deletes a bot");
        saving.MapPost("/{botId}:activate", (string botId, HttpContext context, IGrainFactory grains) => SwitchAsync(botId, true, context, grains)).Produces<Bot>().WithSummary("Switches a bot on");
        saving.MapPost("/{botId}:deactivate", (string botId, HttpContext context, IGrainFactory grains) => SwitchAsync(botId, false, context, grains)).Produces<Bot>().WithSummary("Switches a bot off: nothing is sent");
        saving.MapPost("/{botId}:resumeMissed", ResumeAsync).Produces<Backlog>().WithSummary("Resumes plans that expired while the bot was inactive");
        saving.MapPost("/{botId}:enrol", EnrolAsync).Accepts<EnrolRequest>("application/json").Produces<Backlog>().WithSummary("Chases old silence, on request");
    }

    private static IBotGrain BotOf(HttpContext context, IGrainFactory grains, string id) => grains.GetGrain<IBotGrain>(Caller.KeyOf(context, id));

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains) =>
        Answers.Ok(new Page<BotSummary> { Items = await grains.GetGrain<Workspaces.IWorkspaceGrain>(Caller.Workspace(context)).ListBotsAsync() });

    private static async Task<IResult> GetAsync(string botId, HttpContext context, IGrainFactory grains)
    {
        var answer = await BotOf(context, grains, botId).GetAsync();
        return answer.Value is { } found ? Answers.Ok(found.Value, context, found.Version) : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> SaveAsync(string botId, HttpContext context, IGrainFactory grains)
    {
        if (!Input.IsId(botId))
        {
            return Problems.Invalid("botId", "1 to 128 letters, digits and . _ ~ -, beginning with a letter or digit.");
        }

        var (bot, bad) = await Input.BodyAsync<Bot>(context);
        if (bad is not null)
        {
            return bad;
        }

        var options = new SaveOptions { IfMatch = Input.IfMatch(context), DryRun = Input.Flag(context, "dryRun"), RedatePending = Input.Flag(context, "redatePending"), By = Caller.Name(context) };
        var answer = await BotOf(context, grains, botId).SaveAsync(bot!, options);
        if (answer.Value is not { } saved)
        {
            return Problems.Of(answer.Problem!);
        }

        context.Response.Headers["FollowUp-Pending-Touched"] = saved.PendingTouched.ToString();
        if (options.DryRun)
        {
            return Answers.Ok(new DryRunAnswer(saved.PendingTouched));
        }

        return Answers.Ok(saved.Bot, context, saved.Version, saved.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(string botId, HttpContext context, IGrainFactory grains)
    {
        var answer = await BotOf(context, grains, botId).DeleteAsync(Input.IfMatch(context));
        return answer.Problem is { } problem ? Problems.Of(problem) : Results.NoContent();
    }

    private static async Task<IResult> SwitchAsync(string botId, bool active, HttpContext context, IGrainFactory grains)
    {
        var answer = await BotOf(context, grains, botId).SetActiveAsync(active, Caller.Name(context));
        return answer.Value is { } saved ? Answers.Ok(saved.Bot, context, saved.Version) : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> VersionsAsync(string botId, HttpContext context, IGrainFactory grains)
    {
        var answer = await BotOf(context, grains, botId).GetVersionsAsync();
        return answer.Value is { } versions ? Answers.Ok(new Page<BotVersion> { Items = versions }) : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> VersionAsync(string botId, int version, HttpContext context, IGrainFactory grains) =>
        Answers.Of(await BotOf(context, grains, botId).GetVersionAsync(version));

    private static async Task<IResult> ResumeAsync(string botId, HttpContext context, IGrainFactory grains)
    {
        var (request, bad) = await Input.OptionalBodyAsync<PreviewRequest>(context);
        return bad ?? Answers.Of(await BotOf(context, grains, botId).ResumeMissedAsync(request!.Preview, Caller.Name(context)));
    }

    private static async Task<IResult> EnrolAsync(string botId, HttpContext context, IGrainFactory grains)
    {
        var (request, bad) = await Input.BodyAsync<EnrolRequest>(context);
        return bad ?? Answers.Of(await BotOf(context, grains, botId).EnrolAsync(request!.QuietSince, request.Preview, Caller.Name(context)));
    }
}

/// <summary>What a dry run answers: how many pending follow-ups the save would touch.</summary>
public sealed record DryRunAnswer(int PendingTouched);

/// <summary>Asks what a call would do.</summary>
public sealed record PreviewRequest
{
    /// <summary>Only count and name.</summary>
    public bool Preview { get; init; }
}

/// <summary>Chases silence that began since an instant.</summary>
public sealed record EnrolRequest
{
    public required DateTimeOffset QuietSince { get; init; }

    /// <summary>Only count and name.</summary>
    public bool Preview { get; init; }
}
