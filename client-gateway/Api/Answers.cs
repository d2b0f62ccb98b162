using FollowUp.Api.Json;

namespace FollowUp.Api;

/// <summary>Answers of the API.</summary>
internal static class Answers
{
    public static IResult Of<T>(Answer<T> answer, int status = StatusCodes.Status200OK) =>
        answer.Problem is { } problem ? Problems.Of(problem) : Results.Json(answer.Value, ApiJson.Options, statusCode: status);

    public static IResult Ok<T>(T value) => Results.Json(value, ApiJson.Options);

    /// <summary>With the version as ETag.</summary>
    public static IResult Ok<T>(T value, HttpContext context, int version, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ETag = $"\"{version}\"";
        return Results.Json(value, ApiJson.Options, statusCode: status);
    }
}
