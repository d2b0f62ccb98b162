using FollowUp.Channels;
using FollowUp.Security;
using FollowUp.Workspaces;

namespace FollowUp.Api;

/// <summary>Provider accounts. Secrets go in and never come out.</summary>
internal static class ConnectionRoutes
{
    public static void MapConnections(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/connections").WithTags("Connections").RequireAuthorization(Policies.Admin);
        group.MapGet("", ListAsync).Produces<Page<ConnectionView>>().WithSummary("All connections, secrets masked");
        group.MapGet("/{connectionId}", GetAsync).Produces<Connection>().WithSummary("A connection, secrets masked; the ETag is its version");
        group.MapPut("/{connectionId}", SaveAsync).Accepts<Connection>("application/json").Produces<Connection>().WithSummary("Saves a connection; a masked or absent secret keeps the stored one");
        group.MapGet("/{connectionId}/quarantine", QuarantineAsync).Produces<Page<QuarantinedWebhook>>().WithSummary("Signed webhooks that nothing could be made of: the latest 20 of 30 days");
        group.MapDelete("/{connectionId}", DeleteAsync).Produces(StatusCodes.Status204NoContent).WithSummary("Deletes a connection");
    }

    private static IConnectionGrain ConnectionOf(HttpContext context, IGrainFactory grains, string id) => grains.GetGrain<IConnectionGrain>(Caller.KeyOf(context, id));

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains) =>
        Answers.Ok(new Page<ConnectionView> { Items = await grains.GetGrain<IWorkspaceGrain>(Caller.Workspace(context)).ListConnectionsAsync() });

    private static async Task<IResult> GetAsync(string connectionId, HttpContext context, IGrainFactory grains)
    {
        var answer = await ConnectionOf(context, grains, connectionId).GetAsync();
        return answer.Value is { } view ? Answers.Ok(view.Connection, context, view.Version) : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> SaveAsync(string connectionId, HttpContext context, IGrainFactory grains)
    {
        if (!Input.IsId(connectionId))
        {
            return Problems.Invalid("connectionId", "1 to 128 letters, digits and . _ ~ -, beginning with a letter or digit.");
        }

        var (connection, bad) = await Input.BodyAsync<Connection>(context);
        if (bad is not null)
        {
            return bad;
        }

        var answer = await ConnectionOf(context, grains, connectionId).SaveAsync(connection!, Input.IfMatch(context));
        return answer.Value is { } view
            ? Answers.Ok(view.Connection, context, view.Version, view.Version == 1 ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> QuarantineAsync(string connectionId, HttpContext context, IGrainFactory grains)
    {
        var answer = await ConnectionOf(context, grains, connectionId).GetAsync();
        return answer.Problem is { } problem
            ? Problems.Of(problem)
            : Answers.Ok(new Page<QuarantinedWebhook> { Items = await grains.GetGrain<IQuarantineGrain>(Caller.KeyOf(context, connectionId)).ListAsync() });
    }

    private static async Task<IResult> DeleteAsync(string connectionId, HttpContext context, IGrainFactory grains)
    {
        var answer = await ConnectionOf(context, grains, connectionId).DeleteAsync(Input.IfMatch(context));
        return answer.Problem is { } problem ? Problems.Of(problem) : Results.NoContent();
    }
}
