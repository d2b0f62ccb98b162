using System.Text.Json;
using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Storage.AzureStorage;

/// <summary>A stored document as it lies there.</summary>
public sealed class StoredBytes
{
    public ReadOnlyMemory<byte> Json { get; init; }
}

/// <summary>The engine's JSON (docs/decisions/state-json.md) as Orleans' serializer of grain state. A state read as <see cref="StoredBytes"/> is not taken apart.</summary>
public sealed class StateJsonSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StateJson.Options));

    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return typeof(T) == typeof(StoredBytes)
            ? (T)(object)new StoredBytes { Json = input.ToMemory() }
            : JsonSerializer.Deserialize<T>(input.ToMemory().Span, StateJson.Options)!;
    }
}
