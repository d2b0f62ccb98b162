using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FollowUp.Storage.AzureStorage;

/// <summary>The storage account's clients, one of each a process: by connection string, or by the services' addresses and Entra identity.</summary>
public sealed class AzureAccount
{
    // The defaults of Orleans' Azure providers.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">The settings name no account, or only half of one.</exception>
    /// <param name="credential">In place of the environment's identity.</param>
    /// <param name="transport">In place of the clients' own, for example behind a proxy.</param>
    public AzureAccount(IConfiguration configuration, IOptions<AzureAccountOptions> options, TokenCredential? credential = null, HttpPipelineTransport? transport = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = configuration.GetConnectionString(AzureAccountOptions.ConnectionName);
        var settings = options.Value;
        var tableOptions = Tuned(new TableClientOptions(), settings, transport);
        var blobOptions = Tuned(new BlobClientOptions(), settings, transport);
        if (AddressesOf(connection, settings) is var (tables, blobs))
        {
            credential ??= new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings.ManagedIdentityClientId });
            Tables = new TableServiceClient(tables, credential, tableOptions);
            Blobs = new BlobServiceClient(blobs, credential, blobOptions);
            return;
        }

        try
        {
            Tables = new TableServiceClient(connection, tableOptions);
            Blobs = new BlobServiceClient(connection, blobOptions);
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidOperationException($"ConnectionStrings:{AzureAccountOptions.ConnectionName} is neither a connection string of a storage account nor an https address of its table or blob service. ({wrong.Message})", wrong);
        }
    }

    public TableServiceClient Tables { get; }

    public BlobServiceClient Blobs { get; }

    private static T Tuned<T>(T options, AzureAccountOptions settings, HttpPipelineTransport? transport)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = FirstPause;
        options.Retry.MaxDelay = LongestPause;
        options.Retry.MaxRetries = settings.Retries;
        options.Retry.NetworkTimeout = settings.TryTimeout;
        options.Transport = transport ?? options.Transport;
        return options;
    }

    // Null: a connection string says it all.
    private static (Uri Tables, Uri Blobs)? AddressesOf(string? connection, AzureAccountOptions settings)
    {
        if (settings is { TableServiceUri: { } tables, BlobServiceUri: { } blobs })
        {
            return (tables, blobs);
        }

        if (settings.TableServiceUri is not null || settings.BlobServiceUri is not null)
        {
            throw new InvalidOperationException($"{AzureAccountOptions.Section} needs both {nameof(settings.TableServiceUri)} and {nameof(settings.BlobServiceUri)}.");
        }

        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new InvalidOperationException($"Azure Storage needs ConnectionStrings:{AzureAccountOptions.ConnectionName}: a connection string, or https://<account>.table.core.windows.net to sign in with Entra identity.");
        }

        if (!Uri.TryCreate(connection, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return null;
        }

        string[] labels = address.Host.Split('.');
        if (address.Scheme != "https" || labels.Length < 3 || labels[1] is not ("table" or "blob"))
        {
            throw new InvalidOperationException($"ConnectionStrings:{AzureAccountOptions.ConnectionName} is not the address of a table or blob service (https://<account>.table.core.windows.net). Give {AzureAccountOptions.Section}:{nameof(settings.TableServiceUri)} and {nameof(settings.BlobServiceUri)} instead.");
        }

        return (Of("table"), Of("blob"));

        Uri Of(string service) => new UriBuilder(address) { Host = string.Join('.', [labels[0], service, .. labels[2..]]), Path = "", Query = "" }.Uri;
    }
}
