using FollowUp.Security;
using FollowUp.Workspaces;

namespace FollowUp.Api;

/// <summary>The workspace's settings, breaker and keys.</summary>
internal static class WorkspaceRoutes
{
    public static void MapWorkspace(this RouteGroupBuilder api)
    {
        var reading = api.MapGroup("").WithTags("Workspace").RequireAuthorization(Policies.Reader);
        var saving = api.MapGroup("").WithTags("Workspace").RequireAuthorization(Policies.Admin);
        reading.MapGet("/settings", GetAsync).Produces<WorkspaceSettings>().WithSummary("The workspace's settings; the ETag is their version");
        reading.MapGet("/notes", NotesAsync).Produces<Page<TeamNote>>().WithSummary("Notes for the team, newest first");
        reading.MapGet("/settings/breaker", BreakerAsync).Produces<BreakerState>().WithSummary("The account breaker");
        saving.MapPut("/settings", SaveAsync).Accepts<WorkspaceSettings>("application/json").Produces<WorkspaceSettings>().WithSummary("Saves the settings whole");
        saving.MapPost("/settings/breaker:open", OpenAsync).Produces<BreakerState>().WithSummary("Lets messages go out again today");
        saving.MapGet("/api-keys", ListAsync).Produces<Page<ApiKeyInfo>>().WithSummary("The keys, without their secrets");
        saving.MapPost("/api-keys", CreateAsync).Accepts<KeyRequest>("application/json").Produces<KeyAnswer>(StatusCodes.Status201Created).WithSummary("Makes a key; it is shown once");
        saving.MapDelete("/api-keys/{keyId}", DeleteAsync).Produces(StatusCodes.Status204NoContent).WithSummary("Revokes a key");
    }

    private static IWorkspaceGrain WorkspaceOf(HttpContext context, IGrainFactory grains) => grains.GetGrain<IWorkspaceGrain>(Caller.Workspace(context));

    private static async Task<IResult> NotesAsync(HttpContext context, IGrainFactory grains)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        var limit = Input.Limit(context, errors);
        return errors.Count > 0
            ? Problems.Of(Problem.Invalid(errors))
            : Answers.Of(await grains.GetGrain<INotesGrain>(Caller.Workspace(context)).ListAsync(limit, Input.Text(context, "cursor")));
    }

    private static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var settings = await WorkspaceOf(context, grains).GetSettingsAsync();
        return Answers.Ok(settings.Value, context, settings.Version);
    }

    private static async Task<IResult> SaveAsync(HttpContext context, IGrainFactory grains)
    {
        var (settings, bad) = await Input.BodyAsync<WorkspaceSettings>(context);
        if (bad is not null)
        {
            return bad;
        }

        var answer = await WorkspaceOf(context, grains).SaveSettingsAsync(settings!, Input.IfMatch(context));
        return answer.Value is { } saved ? Answers.Ok(saved.Value, context, saved.Version) : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> BreakerAsync(HttpContext context, IGrainFactory grains) => Answers.Ok(await WorkspaceOf(context, grains).GetBreakerAsync());

    private static async Task<IResult> OpenAsync(HttpContext context, IGrainFactory grains) => Answers.Ok(await WorkspaceOf(context, grains).OpenBreakerAsync(Caller.Name(context)));

    private static IApiKeysGrain KeysOf(HttpContext context, IGrainFactory grains) => grains.GetGrain<IApiKeysGrain>(Caller.Workspace(context));

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains) => Answers.Ok(new Page<ApiKeyInfo> { Items = await KeysOf(context, grains).ListAsync() });

    private static async Task<IResult> CreateAsync(HttpContext context, IGrainFactory grains)
    {
        var (request, bad) = await Input.BodyAsync<KeyRequest>(context);
        if (bad is not null)
        {
            return bad;
        }

        var answer = await KeysOf(context, grains).CreateAsync(request!.Role, request.Name, request.ExpiresAt);
        return answer.Value is { } made
            ? Results.Json(new KeyAnswer(made.Info.KeyId, made.Key, made.Info.Role, made.Info.Name, made.Info.ExpiresAt), Json.ApiJson.Options, statusCode: StatusCodes.Status201Created)
            : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> DeleteAsync(string keyId, HttpContext context, IGrainFactory grains, KeyCache cache)
    {
        var answer = await KeysOf(context, grains).DeleteAsync(keyId);
        cache.Clear();
        return answer.Problem is { } problem ? Problems.Of(problem) : Results.NoContent();
    }
}

/// <summary>A key to be made.</summary>
public sealed record KeyRequest
{
    public required Role Role { get; init; }

    /// <summary>At most 200 characters.</summary>
    public string? Name { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A fresh key; the only time it is shown.</summary>
public sealed record KeyAnswer(string KeyId, string Key, Role Role, string? Name, DateTimeOffset? ExpiresAt);
