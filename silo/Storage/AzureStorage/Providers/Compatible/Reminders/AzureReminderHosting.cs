using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Reminders.AzureStorage;
using Orleans.Runtime.ReminderService;

namespace Orleans.Hosting;

/// <summary>Reminders in an Azure table.</summary>
public static class AzureStorageReminderSiloBuilderExtensions
{
    public static ISiloBuilder UseAzureTableReminderService(this ISiloBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.UseAzureTableReminderService(connectionString);
        return builder;
    }

    public static ISiloBuilder UseAzureTableReminderService(this ISiloBuilder builder, Action<AzureTableReminderStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.UseAzureTableReminderService(configure);
        return builder;
    }

    public static ISiloBuilder UseAzureTableReminderService(this ISiloBuilder builder, Action<OptionsBuilder<AzureTableReminderStorageOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.UseAzureTableReminderService(configureOptions);
        return builder;
    }
}

/// <summary>Reminders in an Azure table.</summary>
public static class AzureStorageReminderServiceCollectionExtensions
{
    public static IServiceCollection UseAzureTableReminderService(this IServiceCollection services, string connectionString) =>
        services.UseAzureTableReminderService((AzureTableReminderStorageOptions options) =>
        {
            // The connection string counts when the silo starts, as do retries set after this.
#pragma warning disable CS0618 // The callback it is meant for.
            options.ConfigureTableServiceClient(connectionString);
#pragma warning restore CS0618
        });

    public static IServiceCollection UseAzureTableReminderService(this IServiceCollection services, Action<AzureTableReminderStorageOptions> configure) =>
        services.UseAzureTableReminderService((OptionsBuilder<AzureTableReminderStorageOptions> options) => options.Configure(configure));

    public static IServiceCollection UseAzureTableReminderService(this IServiceCollection services, Action<OptionsBuilder<AzureTableReminderStorageOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        services.AddReminders();
        services.AddSingleton<IReminderTable, AzureBasedReminderTable>();
        configureOptions(services.AddOptions<AzureTableReminderStorageOptions>());
        services.AddTransient<IConfigurationValidator>(provider => new AzureTableReminderStorageOptionsValidator(provider.GetRequiredService<IOptions<AzureTableReminderStorageOptions>>().Value, Options.DefaultName));
        return services;
    }
}
