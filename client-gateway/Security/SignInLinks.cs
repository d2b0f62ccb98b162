using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using FollowUp.Workspaces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FollowUp.Security;

/// <summary>One-time links with which the person at the console signs in.</summary>
public sealed class SignInLinks
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, long> tokens = new();

    /// <summary>A token for <c>/sign-in?token=</c>: 256 bits, 15 minutes, once.</summary>
    public string Create()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        tokens[token] = TimeProvider.System.GetTimestamp();
        return token;
    }

    /// <summary>True once.</summary>
    public bool Redeem(string token) => tokens.TryRemove(token, out var at) && TimeProvider.System.GetElapsedTime(at) < ValidFor;
}

/// <summary>Sessions of people: a cookie, no password.</summary>
internal static class SignInRoutes
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in", async (string? token, HttpContext context, SignInLinks links) =>
        {
            if (token is null || !links.Redeem(token))
            {
                return Results.Text("This link was used already or is too old. Restart the engine for a new one.", "text/plain", statusCode: StatusCodes.Status401Unauthorized);
            }

            var principal = ApiKeyAuthentication.PrincipalOf("default", Role.Admin, "console", CookieAuthenticationDefaults.AuthenticationScheme);
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal);
            return Results.Redirect("/");
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.NoContent();
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>A change asked for with a cookie has to come from our own pages.</summary>
    public static void UseSameOrigin(this WebApplication app) => app.Use(async (context, next) =>
    {
        var byCookie = context.User.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme;
        if (byCookie && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !IsOurs(context.Request))
        {
            await Api.Problems.Of(StatusCodes.Status403Forbidden, "crossSite", "Changes come from this site's own pages.").ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    private static bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "" => request.Headers.Origin.ToString() == $"{request.Scheme}://{request.Host}",
        _ => false,
    };
}
