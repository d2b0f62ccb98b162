using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace FollowUp.Storage.Embedded;

/// <summary>One SQLite file with one writer. Writes that wait together are committed together (synchronous=FULL); each caller is answered when its own is durable.</summary>
public sealed class EmbeddedDatabase : IAsyncDisposable
{
    /// <summary>Writes of one transaction at most.</summary>
    private const int LargestBatch = 512;

    /// <summary>Writes that may wait before callers do.</summary>
    private const int LongestQueue = 10_000;

    private readonly Channel<Write> writes = Channel.CreateBounded<Write>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly Dictionary<string, SqliteCommand> prepared = [];
    private readonly Task loop;

    public EmbeddedDatabase(IOptions<EmbeddedStorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = System.IO.Path.GetFullPath(options.Value.Path);
        Directory.CreateDirectory(folder);
        connectionString = new SqliteConnectionStringBuilder { DataSource = System.IO.Path.Combine(folder, "followup.db"), Pooling = true, DefaultTimeout = 30 }.ToString();
        writer = Open();
        Execute(writer, "PRAGMA journal_mode=WAL");
        Execute(writer, "PRAGMA synchronous=FULL");
        EmbeddedSchema.Apply(writer);

        // A thread of its own: SQLite waits on the disk synchronously.
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Whether the last batch could be written; false on a full or read-only disk.</summary>
    public bool IsWritable { get; private set; } = true;

    /// <summary>Runs a statement in the next batch; answers its result when the batch is durable. A failed transaction fails all of its callers.</summary>
    public async Task<T> WriteAsync<T>(Func<EmbeddedStatements, T> write)
    {
        var waiting = new Write<T>(write);
        await writes.Writer.WriteAsync(waiting);
        return await waiting.Done;
    }

    /// <summary>Reads on a connection of its own.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var connection = Open();
        return read(connection);
    }

    public async ValueTask DisposeAsync()
    {
        writes.Writer.TryComplete();
        await loop;
        foreach (var command in prepared.Values)
        {
            await command.DisposeAsync();
        }

        await writer.DisposeAsync();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private void Run()
    {
        var batch = new List<Write>(LargestBatch);
        while (writes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < LargestBatch && writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Write> batch)
    {
        try
        {
            using var transaction = writer.BeginTransaction();
            var statements = new EmbeddedStatements(writer, transaction, prepared);
            foreach (var write in batch)
            {
                write.Execute(statements);
            }

            transaction.Commit();
            IsWritable = true;
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException)
        {
            IsWritable = false;
            foreach (var write in batch)
            {
                write.Fail(failure);
            }

            return;
        }

        foreach (var write in batch)
        {
            write.Succeed();
        }
    }

    private static void Execute(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private abstract class Write
    {
        public abstract void Execute(EmbeddedStatements statements);

        public abstract void Succeed();

        public abstract void Fail(Exception failure);
    }

    private sealed class Write<T>(Func<EmbeddedStatements, T> write) : Write
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Done => done.Task;

        public override void Execute(EmbeddedStatements statements) => result = write(statements);

        public override void Succeed() => done.TrySetResult(result!);

        public override void Fail(Exception failure) => done.TrySetException(failure);
    }
}
