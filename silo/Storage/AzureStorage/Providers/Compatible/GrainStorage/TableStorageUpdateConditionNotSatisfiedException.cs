using System.Runtime.Serialization;

namespace Orleans.Storage;

/// <summary>Another write of the state came first.</summary>
[GenerateSerializer]
public class TableStorageUpdateConditionNotSatisfiedException : InconsistentStateException
{
    public TableStorageUpdateConditionNotSatisfiedException()
    {
    }

    public TableStorageUpdateConditionNotSatisfiedException(string msg)
        : base(msg)
    {
    }

    public TableStorageUpdateConditionNotSatisfiedException(string msg, Exception exc)
        : base(msg, exc)
    {
    }

    public TableStorageUpdateConditionNotSatisfiedException(string grainType, string grainId, string tableName, string storedEtag, string? currentEtag, Exception storageException)
        : this($"Another write of {grainType} of {grainId} in {tableName} came first.", grainType, grainId, tableName, storedEtag, currentEtag, storageException)
    {
    }

    public TableStorageUpdateConditionNotSatisfiedException(string errorMsg, string grainType, string grainId, string tableName, string storedEtag, string? currentEtag, Exception storageException)
        : base(errorMsg, storedEtag, currentEtag!, storageException)
    {
        GrainType = grainType;
        GrainId = grainId;
        TableName = tableName;
    }

    [Obsolete("Formatter-based serialization is gone from .NET; Orleans' own carries the properties.")]
    protected TableStorageUpdateConditionNotSatisfiedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    [Id(0)]
    public string? GrainId { get; }

    [Id(1)]
    public string? GrainType { get; }

    [Id(2)]
    public string? TableName { get; }
}
