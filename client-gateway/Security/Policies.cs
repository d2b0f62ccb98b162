using FollowUp.Workspaces;
using Microsoft.AspNetCore.Authorization;

namespace FollowUp.Security;

/// <summary>What a role may do. Every route names one of these, or says that it is open.</summary>
public static class Policies
{
    public const string Admin = "admin";
    public const string Agent = "agent";
    public const string Ingest = "ingest";
    public const string Reader = "reader";

    public static void Add(AuthorizationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddPolicy(Admin, Of(Role.Admin));
        options.AddPolicy(Agent, Of(Role.Admin, Role.Agent));
        options.AddPolicy(Ingest, Of(Role.Admin, Role.Agent, Role.Ingest));
        options.AddPolicy(Reader, Of(Role.Admin, Role.Agent, Role.Reader));

        // A route that forgets to say is closed.
        options.FallbackPolicy = Of(Role.Admin);
    }

    private static AuthorizationPolicy Of(params Role[] roles) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(Claims.Role, roles.Select(role => role.ToString())).Build();
}

/// <summary>What a key or session says of its holder.</summary>
internal static class Claims
{
    public const string Workspace = "workspace";
    public const string Role = "role";
}
