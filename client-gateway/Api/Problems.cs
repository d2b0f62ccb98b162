using System.Diagnostics;
using FollowUp.Api.Json;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Api;

/// <summary>Errors as RFC 9457 problem documents with a stable <c>code</c> and, for validation, every bad field.</summary>
internal static class Problems
{
    public static IResult Of(Problem problem) => Of(StatusOf(problem.Kind), problem.Code, problem.Detail, problem.Errors);

    public static IResult Of(int status, string code, string detail, IReadOnlyDictionary<string, IReadOnlyList<string>>? errors = null) =>
        Results.Json(Document(status, code, detail, errors), ApiJson.Options, "application/problem+json", status);

    public static IResult Invalid(string field, string error) => Of(Problem.Invalid(field, error));

    public static ProblemDetails Document(int status, string code, string detail, IReadOnlyDictionary<string, IReadOnlyList<string>>? errors = null)
    {
        var document = new ProblemDetails
        {
            Type = $"urn:followup:{code}",
            Title = TitleOf(status),
            Status = status,
            Detail = detail,
            Extensions = { ["code"] = code, ["traceId"] = Activity.Current?.TraceId.ToString() },
        };
        if (errors is not null)
        {
            document.Extensions["errors"] = errors;
        }

        return document;
    }

    public static string TitleOf(int status) => status switch
    {
        400 => "Bad request",
        401 => "Not signed in",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Conflict",
        412 => "Stale version",
        413 => "Too large",
        415 => "Not JSON",
        428 => "Version required",
        429 => "Too many requests",
        503 => "Not available",
        _ => "Error",
    };

    public static string CodeOf(int status) => status switch
    {
        400 => "badRequest",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "notFound",
        405 => "methodNotAllowed",
        413 => "tooLarge",
        415 => "unsupportedMediaType",
        429 => "tooManyRequests",
        503 => "unavailable",
        _ => "internalError",
    };

    private static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => StatusCodes.Status400BadRequest,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.StaleVersion => StatusCodes.Status412PreconditionFailed,
        ProblemKind.VersionRequired => StatusCodes.Status428PreconditionRequired,
        _ => StatusCodes.Status429TooManyRequests,
    };
}
