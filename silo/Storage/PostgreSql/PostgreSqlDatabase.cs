using FollowUp.Hosting;
using Npgsql;

namespace FollowUp.Storage.PostgreSql;

/// <summary>The database, by two pools: one for reads, one for the few connections that commit groups of writes.</summary>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    /// <summary>Default size of the pool for reads; <c>Maximum Pool Size</c> in the connection string says otherwise.</summary>
    private const int ReadConnections = 20;

    public PostgreSqlDatabase(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var settings = Parse(connectionString);
        Reads = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();

        // Not prepared: a batch that fails while its statements are being prepared by themselves loses its place in the protocol (Npgsql 10.0.3). A group's planning is shared by all of its rows.
        var writes = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MaxAutoPrepare = 0 }.ConnectionString);

        // A group is found by its keys, however old the planner's idea of the table's size is.
        writes.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(ByKeyOnly, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(ByKeyOnly, connection);
                await command.ExecuteNonQueryAsync();
            });
        Writes = writes.Build();
    }

    private const string ByKeyOnly = "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off";

    internal NpgsqlDataSource Reads { get; }

    internal NpgsqlDataSource Writes { get; }

    public async ValueTask DisposeAsync()
    {
        await Reads.DisposeAsync();
        await Writes.DisposeAsync();
    }

    /// <summary>One statement with its parameters, all rows.</summary>
    internal async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, params NpgsqlParameter[] parameters)
    {
#pragma warning disable CA2100 // Statements are constants of the providers; values are parameters.
        await using var command = Reads.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>A failure that undid a batch for the sake of one of its rows: data that cannot be stored, or rows locked in a circle.</summary>
    internal static bool TouchesOneRow(Exception failure) =>
        failure is System.Text.EncoderFallbackException or ArgumentException
        || (failure is PostgresException { SqlState: var state } && (state.StartsWith("22", StringComparison.Ordinal) || state is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.ProgramLimitExceeded));

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidSettingsException($"ConnectionStrings:FollowUp is not a connection string of PostgreSQL: {wrong.Message}", wrong);
        }

        if (string.IsNullOrEmpty(settings.Host))
        {
            throw new InvalidSettingsException("ConnectionStrings:FollowUp has to name the PostgreSQL server: Host=…;Database=…;Username=…;Password=…");
        }

        // Statements are few and always the same.
        if (!connectionString.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase))
        {
            settings.MaxAutoPrepare = 30;
            settings.AutoPrepareMinUsages = 2;
        }

        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase))
        {
            settings.MaxPoolSize = ReadConnections;
        }

        settings.ApplicationName ??= "FollowUp";
        return settings;
    }
}
