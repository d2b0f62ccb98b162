using System.Security.Claims;
using System.Text.Encodings.Web;
using FollowUp.Api;
using FollowUp.Workspaces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FollowUp.Security;

/// <summary><c>Authorization: Bearer</c> with an API key. Every kind of bad key gets the same answer.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyCache keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Prefix = "Bearer ";
    private const int LongestKey = 512;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var key = header[Prefix.Length..].Trim();
        if (key.Length is 0 or > LongestKey || await keys.FindAsync(key) is not { } info)
        {
            return AuthenticateResult.Fail("Unknown key.");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(info.Workspace, info.Role, info.Name ?? info.KeyId, SchemeName), SchemeName));
    }

    public static ClaimsPrincipal PrincipalOf(string workspace, Role role, string name, string scheme) =>
        new(new ClaimsIdentity([new Claim(Claims.Workspace, workspace), new Claim(Claims.Role, role.ToString()), new Claim(ClaimTypes.Name, name)], scheme));

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Send a valid API key as a Bearer token.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "The key's role may not do this.").ExecuteAsync(Context);
}
