using System.Globalization;
using Azure.Data.Tables;
using FollowUp.Storage.AzureStorage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Clustering.AzureStorage;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Orleans.AzureUtils;

/// <summary>The gateways of a cluster: its active silos with a gateway port, read anew with each call.</summary>
public sealed partial class AzureGatewayListProvider : IGatewayListProvider
{
    private readonly ILogger logger;
    private readonly AzureStorageGatewayOptions options;
    private readonly string clusterId;
    private TableClient? opened;

    public AzureGatewayListProvider(ILoggerFactory loggerFactory, IOptions<AzureStorageGatewayOptions> options, IOptions<ClusterOptions> clusterOptions, IOptions<GatewayOptions> gatewayOptions)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clusterOptions);
        ArgumentNullException.ThrowIfNull(gatewayOptions);
        logger = loggerFactory.CreateLogger<AzureGatewayListProvider>();
        this.options = options.Value;
        clusterId = clusterOptions.Value.ClusterId;
        MaxStaleness = gatewayOptions.Value.GatewayListRefreshPeriod;
    }

    public TimeSpan MaxStaleness { get; }

    public bool IsUpdatable => true;

    public async Task InitializeGatewayListProvider() => opened = await options.OpenTableAsync(CancellationToken.None);

    public async Task<IList<Uri>> GetGateways()
    {
        var table = opened ?? throw new InvalidOperationException("The list of gateways is not initialised.");
        var gateways = new List<Uri>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {clusterId} and Status eq {nameof(SiloStatus.Active)} and ProxyPort ne {"0"}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter))
        {
            // Rows without a port (the edges of the partition) can pass the filter.
            if (SiloRow.IsVersion(row.RowKey))
            {
                continue;
            }

            try
            {
                var silo = SiloRow.Read(row);
                var host = silo.SiloAddress.Endpoint.Address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } v6 ? $"[{v6}]" : silo.SiloAddress.Endpoint.Address.ToString();
                gateways.Add(new Uri(string.Create(CultureInfo.InvariantCulture, $"gwy.tcp://{host}:{silo.ProxyPort}/{silo.SiloAddress.Generation}")));
            }
            catch (FormatException unreadable)
            {
                LogUnreadable(row.RowKey, unreadable.Message);
            }
        }

        return gateways;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The silo {Row} cannot be read and is left out: {Reason}")]
    private partial void LogUnreadable(string row, string reason);
}
