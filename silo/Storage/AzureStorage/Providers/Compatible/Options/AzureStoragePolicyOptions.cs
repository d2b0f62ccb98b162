using Azure.Core;
using Azure.Data.Tables;

namespace FollowUp.Storage.AzureStorage;

/// <summary>How table providers retry and batch. The defaults are those of the official providers.</summary>
public sealed class AzureStoragePolicyOptions
{
    /// <summary>Rows of one transaction. Default and bound: 100.</summary>
    public int MaxBulkUpdateRows { get; set; } = 100;

    /// <summary>Tries to make a table that is just being deleted. Default: 60.</summary>
    public int MaxCreationRetries { get; set; } = 60;

    /// <summary>Default: 5.</summary>
    public int MaxOperationRetries { get; set; } = 5;

    /// <summary>Default: 1 second.</summary>
    public TimeSpan PauseBetweenCreationRetries { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Before the first retry; doubles with each. Default: 800 milliseconds.</summary>
    public TimeSpan PauseBetweenOperationRetries { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Default: 60 seconds.</summary>
    public TimeSpan MaxPauseBetweenOperationRetries { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long making the table may take. Default: as many retries as allowed.</summary>
    public TimeSpan CreationTimeout
    {
        get => field > TimeSpan.Zero ? field : MaxCreationRetries * PauseBetweenCreationRetries * 3;
        set;
    }

    /// <summary>How long one try may take. Default: all retries' pauses, six times.</summary>
    public TimeSpan OperationTimeout
    {
        get => field > TimeSpan.Zero ? field : MaxOperationRetries * PauseBetweenOperationRetries * 6;
        set;
    }

    internal TableClientOptions ToClientOptions()
    {
        var options = new TableClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = PauseBetweenOperationRetries;
        options.Retry.MaxDelay = MaxPauseBetweenOperationRetries;
        options.Retry.MaxRetries = MaxOperationRetries;
        options.Retry.NetworkTimeout = OperationTimeout;
        return options;
    }
}
