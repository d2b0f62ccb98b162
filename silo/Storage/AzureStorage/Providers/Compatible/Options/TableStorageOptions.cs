using FollowUp.Storage.AzureStorage;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Grain storage in a table.</summary>
public class AzureTableStorageOptions : AzureTableOptions, IStorageProviderSerializerOptions
{
    public const string DEFAULT_TABLE_NAME = "OrleansGrainState";

    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    public override string TableName { get; set; } = DEFAULT_TABLE_NAME;

    /// <summary>Whether a cleared state leaves no row. Default: false; the row stays, without payload.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>Whether the payload is stored as text. Default: false, as bytes. Either is read.</summary>
    public bool UseStringFormat { get; set; }

    /// <summary>Stage of the silo's lifecycle in which the table is made. Default: 10,000.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}

public class AzureTableGrainStorageOptionsValidator(AzureTableStorageOptions options, string name)
    : AzureTableOptionsValidator<AzureTableStorageOptions>(options, name);
