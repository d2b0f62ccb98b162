using Microsoft.Data.Sqlite;

namespace FollowUp.Storage.Embedded;

/// <summary>Runs prepared statements inside the writer's current transaction.</summary>
public sealed class EmbeddedStatements
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;
    private readonly Dictionary<string, SqliteCommand> prepared;

    internal EmbeddedStatements(SqliteConnection connection, SqliteTransaction transaction, Dictionary<string, SqliteCommand> prepared)
    {
        this.connection = connection;
        this.transaction = transaction;
        this.prepared = prepared;
    }

    /// <summary>How many rows the statement changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    /// <summary>The first column of the first row; null without one.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Prepare(sql, parameters).ExecuteScalar();

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of the providers; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            prepared[sql] = command;
        }

        command.Transaction = transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }
}
