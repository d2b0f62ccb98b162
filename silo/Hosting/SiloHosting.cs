using FollowUp.Storage.Embedded;
using Orleans.Dashboard;

namespace FollowUp.Hosting;

/// <summary>Orleans: clustering, storage and reminders by configuration.</summary>
internal static class SiloHosting
{
    public static void AddSilo(this WebApplicationBuilder builder)
    {
        var cluster = builder.Configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        var storage = builder.Configuration["Storage:Provider"] ?? "Embedded";
        builder.Services.AddOptionsWithValidateOnStart<ClusterSettings>().BindConfiguration(ClusterSettings.Section).ValidateDataAnnotations();
        builder.Host.UseOrleans(silo =>
        {
            switch (storage)
            {
                case "Embedded":
                    silo.UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, primarySiloEndpoint: null, cluster.ServiceId, cluster.ClusterId);
                    silo.AddEmbeddedStorage(StorageNames.FollowUp);
                    break;
                default:
                    throw new InvalidOperationException($"Storage:Provider '{storage}' is not known. This release stores in: Embedded.");
            }

            silo.Configure<ReminderOptions>(options =>
            {
                // A reminder's period is a minute: it is the retry. See docs/decisions/reminder-window.md.
                options.MinimumReminderPeriod = TimeSpan.FromMinutes(1);
                options.RefreshReminderListPeriod = TimeSpan.FromMinutes(5);
                options.ReminderLoadingWindow = TimeSpan.FromMinutes(10);
            });
            silo.AddActivityPropagation();
            if (Dashboard.IsEnabled(builder.Configuration))
            {
                silo.AddDashboard();
            }
        });
    }
}
