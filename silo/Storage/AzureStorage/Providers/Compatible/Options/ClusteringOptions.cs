using FollowUp.Storage.AzureStorage;

namespace Orleans.Clustering.AzureStorage;

/// <summary>The membership table, as silos use it.</summary>
public class AzureStorageClusteringOptions : AzureTableOptions
{
    public const string DEFAULT_TABLE_NAME = "OrleansSiloInstances";

    public override string TableName { get; set; } = DEFAULT_TABLE_NAME;
}

public class AzureStorageClusteringOptionsValidator(AzureStorageClusteringOptions options, string name)
    : AzureTableOptionsValidator<AzureStorageClusteringOptions>(options, name);

/// <summary>The membership table, as clients use it.</summary>
public class AzureStorageGatewayOptions : AzureTableOptions
{
    public override string TableName { get; set; } = AzureStorageClusteringOptions.DEFAULT_TABLE_NAME;
}

public class AzureStorageGatewayOptionsValidator(AzureStorageGatewayOptions options, string name)
    : AzureTableOptionsValidator<AzureStorageGatewayOptions>(options, name);
