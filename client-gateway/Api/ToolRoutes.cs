using System.Text.Json;
using FollowUp.Api.Json;
using FollowUp.Security;
using FollowUp.Simulation;
using FollowUp.Understanding;

namespace FollowUp.Api;

/// <summary>What the engine makes of a text, the time machine, and the clock.</summary>
internal static class ToolRoutes
{
    private const int LongestText = 4_096;
    private const int MostItems = 1_000;

    public static void MapTools(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Tools").RequireAuthorization(Policies.Reader);
        group.MapPost("/detect", DetectAsync).Accepts<DetectRequest>("application/json").Produces<Detection>().WithSummary("What the engine makes of a text, or of {\"items\":[…]}");
        group.MapPost("/simulations", SimulateAsync).Accepts<SimulationRequest>("application/json").Produces<SimulationResult>().WithSummary("Plays a script in virtual time; stores and sends nothing");
        group.MapGet("/clock", (TimeProvider time) => Answers.Ok(new ClockAnswer(time.GetUtcNow(), TimeProvider.System.GetUtcNow()))).Produces<ClockAnswer>().WithSummary("The engine's time");
    }

    private static async Task<IResult> DetectAsync(HttpContext context, IGrainFactory grains)
    {
        var (body, bad) = await Input.BodyAsync<JsonDocument>(context);
        if (bad is not null)
        {
            return bad;
        }

        using (body)
        {
            try
            {
                var many = body!.RootElement.ValueKind is JsonValueKind.Object && body.RootElement.TryGetProperty("items", out _);
                var requests = many ? body.Deserialize<DetectBatch>(ApiJson.Options)!.Items : [body.Deserialize<DetectRequest>(ApiJson.Options)!];
                if (Errors(requests, many) is { Count: > 0 } errors)
                {
                    return Problems.Of(Problem.Invalid(errors));
                }

                var found = await grains.GetGrain<IUnderstandingGrain>(Caller.Workspace(context)).DetectAsync(requests);
                return found.Problem is { } problem ? Problems.Of(many ? problem : OfOne(problem))
                    : many ? Answers.Ok(new Page<Detection> { Items = found.Value! })
                    : Answers.Ok(found.Value![0]);
            }
            catch (JsonException wrong)
            {
                return ProblemAnswers.OfJson(wrong);
            }
        }
    }

    // A single text has no items to name.
    private static Problem OfOne(Problem problem) =>
        Problem.Invalid(problem.Errors!.ToDictionary(error => error.Key[(error.Key.IndexOf('.', StringComparison.Ordinal) + 1)..], error => error.Value));

    private static Dictionary<string, IReadOnlyList<string>> Errors(IReadOnlyList<DetectRequest> requests, bool many)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        if (requests.Count > MostItems)
        {
            errors["items"] = [$"At most {MostItems}."];
            return errors;
        }

        for (var i = 0; i < requests.Count; i++)
        {
            var path = many ? $"items[{i}]." : "";
            if (requests[i] is null)
            {
                errors[$"items[{i}]"] = ["May not be null."];
                continue;
            }

            if (requests[i].Text.Length > LongestText)
            {
                errors[$"{path}text"] = [$"At most {LongestText} characters."];
            }
        }

        return errors;
    }

    private static async Task<IResult> SimulateAsync(HttpContext context, IGrainFactory grains)
    {
        var (request, bad) = await Input.BodyAsync<SimulationRequest>(context);
        return bad ?? Answers.Of(await grains.GetGrain<ISimulationGrain>(Caller.Workspace(context)).RunAsync(request!));
    }
}

/// <summary>Many texts at once.</summary>
public sealed record DetectBatch
{
    /// <summary>At most 1,000.</summary>
    public required IReadOnlyList<DetectRequest> Items { get; init; }
}

/// <summary>The engine's time and the real one.</summary>
public sealed record ClockAnswer(DateTimeOffset Now, DateTimeOffset RealNow);
