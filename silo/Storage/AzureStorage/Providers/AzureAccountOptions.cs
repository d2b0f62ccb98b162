using System.ComponentModel.DataAnnotations;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Which storage account, and as whom. With <c>ConnectionStrings:FollowUp</c> as a connection string (account key or SAS) nothing else is needed.</summary>
public sealed class AzureAccountOptions
{
    public const string Section = "Storage:Azure";

    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "FollowUp";

    /// <summary>The table service, e.g. https://account.table.core.windows.net, for Entra identity. Default: derived from <c>ConnectionStrings:FollowUp</c> if that is the address of the account's table or blob service.</summary>
    public Uri? TableServiceUri { get; set; }

    /// <summary>The blob service, e.g. https://account.blob.core.windows.net, for Entra identity. Default: as with the table service.</summary>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>Client id of a user-assigned managed identity. Default: none; the environment decides (workload identity, managed identity, Azure CLI, …).</summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>How long one try of one request may take. Default: 10 seconds; 1 second to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a failed request is tried again. Default: 5; 0 to 20.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 5;
}
