using System.Security.Cryptography;
using System.Text;
using FollowUp.Workspaces;

namespace FollowUp.Api;

/// <summary>The same <c>Idempotency-Key</c> with the same call gets the same answer, and one effect.</summary>
internal static class Idempotency
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    public static void UseIdempotency(this WebApplication app) => app.Use(async (context, next) =>
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(context.Request.Method) || context.User.Identity?.IsAuthenticated is not true || !context.Request.Path.StartsWithSegments("/api")

            // A fresh key is shown once: its answer is never kept.
            || context.Request.Path.StartsWithSegments("/api/v1/api-keys"))
        {
            await next(context);
            return;
        }

        if (key.Length > LongestKey)
        {
            await Problems.Invalid(Header, $"At most {LongestKey} characters.").ExecuteAsync(context);
            return;
        }

        await AnswerOnceAsync(context, key, next);
    });

    private static async Task AnswerOnceAsync(HttpContext context, string key, RequestDelegate next)
    {
        context.Request.EnableBuffering();
        var body = await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted);
        context.Request.Body.Position = 0;
        var fingerprint = $"{context.Request.Path}{context.Request.QueryString} {Convert.ToHexStringLower(body)}";
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var grain = context.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IIdempotencyGrain>(GrainKeys.Of(Caller.Workspace(context), name));
        var state = await grain.BeginAsync(fingerprint);
        if (state.Mismatch)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "idempotencyKeyReused", "This key was used for another call.").ExecuteAsync(context);
        }
        else if (state.Running)
        {
            await Problems.Of(StatusCodes.Status409Conflict, "idempotencyRunning", "The first call with this key is still running.").ExecuteAsync(context);
        }
        else if (state.Recorded is { } recorded)
        {
            await ReplayAsync(context, recorded);
        }
        else
        {
            await RecordAsync(context, grain, next);
        }
    }

    private static async Task RecordAsync(HttpContext context, IIdempotencyGrain grain, RequestDelegate next)
    {
        var answer = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        try
        {
            await next(context);
            var failed = context.Response.StatusCode >= StatusCodes.Status500InternalServerError;
            await grain.CompleteAsync(failed ? null : new RecordedAnswer
            {
                Status = context.Response.StatusCode,
                ContentType = context.Response.ContentType,
                Body = copy.ToArray(),
                ETag = context.Response.Headers.ETag.ToString() is { Length: > 0 } etag ? etag : null,
            });
        }
        catch
        {
            await grain.CompleteAsync(null);
            throw;
        }
        finally
        {
            context.Response.Body = answer;
        }

        copy.Position = 0;
        await copy.CopyToAsync(answer, context.RequestAborted);
    }

    private static async Task ReplayAsync(HttpContext context, RecordedAnswer recorded)
    {
        context.Response.StatusCode = recorded.Status;
        context.Response.ContentType = recorded.ContentType;
        if (recorded.ETag is { } etag)
        {
            context.Response.Headers.ETag = etag;
        }

        await context.Response.Body.WriteAsync(recorded.Body, context.RequestAborted);
    }
}
