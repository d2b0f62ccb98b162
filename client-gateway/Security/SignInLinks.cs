using System.Buffers.Text;
using System.Security.Cryptography;
using FollowUp.Workspaces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.Security;

/// <summary>One-time links with which the person at the console signs in; made by one gateway, good at each.</summary>
public sealed class SignInLinks(IDataProtectionProvider protection, IGrainFactory grains)
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector links = protection.CreateProtector("FollowUp.SignIn").ToTimeLimitedDataProtector();

    /// <summary>A token for <c>/sign-in?token=</c>: 256 bits, sealed, 15 minutes, once.</summary>
    public string Create() => links.Protect(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), ValidFor);

    /// <summary>True once.</summary>
    public async Task<bool> RedeemAsync(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        string id;
        try
        {
            id = links.Unprotect(token);
        }
        catch (CryptographicException)
        {
            return false;
        }

        // As an idempotency key is: the first one has it, for a day.
        var use = grains.GetGrain<IIdempotencyGrain>(GrainKeys.Of("default", $"sign-in-{id}"));
        if (!(await use.BeginAsync("sign-in")).IsFirst)
        {
            return false;
        }

        await use.CompleteAsync(new RecordedAnswer { Status = StatusCodes.Status302Found, Body = [] });
        return true;
    }
}

/// <summary>Sessions of people: a cookie, no password.</summary>
internal static class SignInRoutes
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in", async (string? token, HttpContext context, SignInLinks links) =>
        {
            if (token is null || !await links.RedeemAsync(token))
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
