using FollowUp.Ports;
using FollowUp.Storage.Embedded;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace FollowUp.Storage;

/// <summary>A database in a folder of its own.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("followup-conformance-").FullName;

    public TemporaryDatabase() => Database = new EmbeddedDatabase(Options.Create(new EmbeddedStorageOptions { Path = folder }));

    public EmbeddedDatabase Database { get; }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

public sealed class EmbeddedGrainStorageConformance : GrainStorageConformance, IAsyncDisposable
{
    private readonly TemporaryDatabase temporary = new();

    protected override ValueTask<IGrainStorage> OpenAsync() => new(new EmbeddedGrainStorage(temporary.Database));

    public ValueTask DisposeAsync() => temporary.DisposeAsync();
}

public sealed class EmbeddedReminderTableConformance : ReminderTableConformance, IAsyncDisposable
{
    private readonly TemporaryDatabase temporary = new();

    protected override ValueTask<IReminderTable> OpenAsync() =>
        new(new EmbeddedReminderTable(temporary.Database, Options.Create(new ReminderOptions()), TimeProvider.System));

    public ValueTask DisposeAsync() => temporary.DisposeAsync();
}

public sealed class EmbeddedConversationIndexConformance : ConversationIndexConformance, IAsyncDisposable
{
    private readonly TemporaryDatabase temporary = new();

    protected override ValueTask<(IGrainStorage Storage, IConversationIndex Index)> OpenAsync() =>
        new((new EmbeddedGrainStorage(temporary.Database), new EmbeddedConversationIndex(temporary.Database)));

    public ValueTask DisposeAsync() => temporary.DisposeAsync();
}

public sealed class EmbeddedTranscriptConformance : TranscriptConformance, IAsyncDisposable
{
    private readonly TemporaryDatabase temporary = new();

    protected override ValueTask<ITranscriptStore> OpenAsync() => new(new EmbeddedTranscriptStore(temporary.Database));

    public ValueTask DisposeAsync() => temporary.DisposeAsync();
}
