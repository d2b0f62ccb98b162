using Microsoft.Data.Sqlite;

namespace FollowUp.Storage.Embedded;

/// <summary>The tables, made and moved on in numbered steps; running them again changes nothing.</summary>
internal static class EmbeddedSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE grain_state (
            grain_type TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            version INTEGER NOT NULL,
            payload BLOB NOT NULL,
            workspace TEXT,
            status TEXT,
            bot_id TEXT,
            next_due_at INTEGER,
            scenario TEXT,
            step_state TEXT,
            channel TEXT,
            last_activity_at INTEGER,
            missed INTEGER,
            search_text TEXT,
            PRIMARY KEY (grain_type, grain_key)) WITHOUT ROWID;
        CREATE INDEX grain_state_due ON grain_state (workspace, next_due_at, grain_key) WHERE next_due_at IS NOT NULL;
        CREATE INDEX grain_state_activity ON grain_state (workspace, last_activity_at DESC, grain_key) WHERE workspace IS NOT NULL;
        CREATE INDEX grain_state_bot ON grain_state (workspace, bot_id, last_activity_at) WHERE workspace IS NOT NULL;
        CREATE TABLE reminder (
            grain_id TEXT NOT NULL,
            name TEXT NOT NULL,
            hash INTEGER NOT NULL,
            start_at INTEGER NOT NULL,
            period INTEGER NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (grain_id, name)) WITHOUT ROWID;
        CREATE INDEX reminder_start ON reminder (start_at);
        CREATE TABLE transcript_page (
            workspace TEXT NOT NULL,
            conversation TEXT NOT NULL,
            page INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (workspace, conversation, page)) WITHOUT ROWID;
        """,
    ];

    public static void Apply(SqliteConnection connection)
    {
        using var read = connection.CreateCommand();
        read.CommandText = "PRAGMA user_version";
        var version = (long)read.ExecuteScalar()!;
        if (version > Steps.Length)
        {
            throw new InvalidOperationException($"The database is of version {version}; this program knows {Steps.Length}. Use the newer program.");
        }

        for (var step = (int)version; step < Steps.Length; step++)
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // The steps above, nothing from outside.
            command.CommandText = $"{Steps[step]}; PRAGMA user_version = {step + 1}";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
