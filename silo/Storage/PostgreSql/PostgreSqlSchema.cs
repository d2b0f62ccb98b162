using System.Reflection;
using FollowUp.Hosting;
using Npgsql;

namespace FollowUp.Storage.PostgreSql;

/// <summary>The tables, made and moved on by the numbered scripts beside this file, each once; running them again, or on many silos at once, changes nothing.</summary>
internal static class PostgreSqlSchema
{
    private const string Folder = "FollowUp.Storage.PostgreSql.Schema.";

    /// <summary>Any number, the same on every silo: who holds this lock runs the scripts.</summary>
    private const long Lock = 0x466F6C6C6F775570;

    /// <exception cref="InvalidSettingsException">The database belongs to another service, or to a newer program.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource database, string serviceId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS followup_schema (version integer NOT NULL, service_id text NOT NULL)", cancellationToken);
        var version = await ReadVersionAsync(connection, serviceId, cancellationToken);
        var scripts = Scripts();
        if (version > scripts.Count)
        {
            throw new InvalidSettingsException($"The database is of version {version}; this program knows {scripts.Count}. Use the newer program.");
        }

        foreach (var script in scripts.Skip(version))
        {
            await RunAsync(connection, script, cancellationToken);
        }

        await RunAsync(connection, $"UPDATE followup_schema SET version = {scripts.Count} WHERE version < {scripts.Count}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, string serviceId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT version, service_id FROM followup_schema", connection);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                var owner = reader.GetString(1);
                return owner == serviceId
                    ? reader.GetInt32(0)
                    : throw new InvalidSettingsException($"The database belongs to Cluster:ServiceId '{owner}', not '{serviceId}'. Each service has a database of its own.");
            }
        }

        await using var insert = new NpgsqlCommand("INSERT INTO followup_schema VALUES (0, $1)", connection) { Parameters = { new() { Value = serviceId } } };
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return 0;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Scripts and constants of this program, nothing from outside.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static List<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        })];
    }
}
