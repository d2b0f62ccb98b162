using Microsoft.Extensions.Options;
using Orleans.Clustering.AzureStorage;
using Orleans.Configuration;
using Orleans.Reminders.AzureStorage;
using Orleans.Storage;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Orleans on Azure Storage: through this project's providers, or with -p:OrleansAzureStorage=official through the official packages. Their surface is the same, so this one file registers either.</summary>
public static class OrleansAzureStorage
{
    /// <summary>Membership, reminders, and grain storage under the given name, in the tables of the account.</summary>
    public static ISiloBuilder AddOrleansAzureStorage(this ISiloBuilder silo, string name, IGrainStorageSerializer serializer)
    {
        silo.Services.AddAzureAccount();
        silo.UseAzureStorageClustering((OptionsBuilder<AzureStorageClusteringOptions> clustering) =>
            clustering.Configure<AzureAccount>((options, account) => options.TableServiceClient = account.Tables));
        silo.UseAzureTableReminderService((OptionsBuilder<AzureTableReminderStorageOptions> reminders) =>
            reminders.Configure<AzureAccount>((options, account) => options.TableServiceClient = account.Tables));
        silo.AddAzureTableGrainStorage(name, (OptionsBuilder<AzureTableStorageOptions> storage) =>
            storage.Configure<AzureAccount>((options, account) =>
            {
                options.TableServiceClient = account.Tables;
                options.GrainStorageSerializer = serializer;

                // What is erased leaves no row.
                options.DeleteStateOnClear = true;
            }));
        return silo;
    }

    /// <summary>The list of gateways of a client, from the silos' membership table.</summary>
    public static IClientBuilder UseOrleansAzureGateways(this IClientBuilder client)
    {
        client.Services.AddAzureAccount();
        return client.UseAzureStorageClustering((OptionsBuilder<AzureStorageGatewayOptions> gateways) =>
            gateways.Configure<AzureAccount>((options, account) => options.TableServiceClient = account.Tables));
    }
}
