using FollowUp.Security;
using Orleans.Dashboard;

namespace FollowUp.Hosting;

/// <summary>The Orleans Dashboard, for admins only: it can show grain state.</summary>
public static class Dashboard
{
    /// <summary><c>Dashboard:Enabled</c>, default true. Off, it saves about 85 MB.</summary>
    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue("Dashboard:Enabled", true);

    public static void MapDashboard(this WebApplication app)
    {
        if (IsEnabled(app.Configuration))
        {
            app.MapOrleansDashboard("/dashboard").RequireAuthorization(Policies.Admin).ExcludeFromDescription();
        }
    }
}
