using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace FollowUp.Api;

/// <summary>Turns what goes wrong into problem documents, without telling anything of the inside.</summary>
internal static class ProblemAnswers
{
    public static void UseProblemAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(handler => handler.Run(async context =>
        {
            var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            await AnswerTo(failure, context).ExecuteAsync(context);
        }));
        app.UseStatusCodePages(async pages =>
        {
            var status = pages.HttpContext.Response.StatusCode;
            await Problems.Of(status, Problems.CodeOf(status), $"{Problems.TitleOf(status)}.").ExecuteAsync(pages.HttpContext);
        });
    }

    public static IResult AnswerTo(Exception? failure, HttpContext context)
    {
        switch (failure)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.Of(StatusCodes.Status413PayloadTooLarge, "tooLarge", "The body is larger than this call takes.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return OfJson(json);
            case JsonException json:
                return OfJson(json);
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, Problems.CodeOf(bad.StatusCode), bad.StatusCode == StatusCodes.Status400BadRequest ? Describe(bad) : $"{Problems.TitleOf(bad.StatusCode)}.");
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
            case { } away when IsStorageAway(away) || IsEnding(context):
                context.Response.Headers.RetryAfter = "1";
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, "storageUnavailable", "The engine cannot store right now. Nothing was done; try again.");
            default:
                return Problems.Of(StatusCodes.Status500InternalServerError, "internalError", "Something went wrong here. It was logged.");
        }
    }

    /// <summary>A bad field by its path, as <c>followUp.scenarios.busy.steps[2].delay.value</c>.</summary>
    public static IResult OfJson(JsonException failure)
    {
        var path = failure.Path is ['$', '.', .. var rest] ? rest : "";
        if (path.Length == 0 && !IsAboutMembers(failure.Message))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "malformedJson", "The body is not valid JSON of the expected shape.");
        }

        return Problems.Of(Problem.Invalid(path.Length == 0 ? "body" : path, Say(failure.Message)));
    }

    private static bool IsAboutMembers(string message) => message.Contains("required", StringComparison.Ordinal) || message.Contains("could not be mapped", StringComparison.Ordinal);

    // The serializer's words name CLR types; these do not.
    private static string Say(string message) => message switch
    {
        _ when message.StartsWith("Not a", StringComparison.Ordinal) => message.Split(" Path:", 2)[0],
        _ when message.Contains("could not be mapped", StringComparison.Ordinal) => $"Unknown field {Between(message, "The JSON property '", "'")}.",
        _ when message.Contains("missing required", StringComparison.Ordinal) => $"Missing: {Between(message, "including: ", ".")}.",
        _ when message.Contains("doesn't allow setting null values", StringComparison.Ordinal) || message.Contains("null", StringComparison.Ordinal) => "May not be null.",
        _ when message.Contains("Duplicate", StringComparison.Ordinal) => "Given twice.",
        _ => "Not a value of the expected kind.",
    };

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        if (start < 0)
        {
            return "";
        }

        start += before.Length;
        var end = text.IndexOf(after, start, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    private static string Describe(BadHttpRequestException bad) =>
        bad.Message.Contains("parameter", StringComparison.Ordinal) ? "A parameter is missing or not of its kind." : "The request could not be read.";

    private static readonly string[] StorageFailures = ["Sqlite", "Npgsql", "Azure.RequestFailed"];

    // From a silo in another process comes the name of a type that this one does not have.
    private static string NameOf(Exception failure) =>
        failure is Orleans.Serialization.UnavailableExceptionFallbackException { ExceptionType: { } unknown } ? unknown : failure.GetType().FullName!;

    private static bool IsEnding(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static bool IsStorageAway(Exception failure) =>
        failure is TimeoutException or OperationCanceledException or ObjectDisposedException or Orleans.Runtime.OrleansException or Orleans.Storage.InconsistentStateException
        || Array.Exists(StorageFailures, name => NameOf(failure).Contains(name, StringComparison.Ordinal))
        || failure is InvalidOperationException { Message: var message } && message.StartsWith("The last write failed", StringComparison.Ordinal)
        || (failure.InnerException is { } inner && IsStorageAway(inner));
}
