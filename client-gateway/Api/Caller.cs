using System.Security.Claims;
using FollowUp.Security;

namespace FollowUp.Api;

/// <summary>Who calls, and where they may look: the key names the workspace, never the request.</summary>
internal static class Caller
{
    public static string Workspace(HttpContext context) => context.User.FindFirstValue(Claims.Workspace) ?? throw new InvalidOperationException("A route without authentication asks for a workspace.");

    /// <summary>The person or key, for the history.</summary>
    public static string Name(HttpContext context) => context.User.Identity?.Name ?? "unknown";

    public static string KeyOf(HttpContext context, string id) => GrainKeys.Of(Workspace(context), id);
}
