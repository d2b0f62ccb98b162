using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace FollowUp.Testing;

/// <summary>A PostgreSQL server of our own: Debian's programs, a new folder, a free port; started when the first database is asked for, ended by its process id. A fixture of tests that share it.</summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"followup-postgresql-{Guid.NewGuid():N}");
    private readonly int port = FreePort();
    private readonly Lazy<Task> started;
    private int databases;

    public PostgreSqlServer() => started = new Lazy<Task>(StartAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes an empty database; its connection string. Skips the test where PostgreSQL is not installed (fails it where CI=true).</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await started.Value;
        var name = $"followup{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(For("postgres"));
        await connection.OpenAsync();
#pragma warning disable CA2100 // A name of our own.
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return For(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated || !started.Value.IsCompletedSuccessfully)
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        var id = (await File.ReadAllLinesAsync(Path.Combine(folder, "postmaster.pid")))[0];
        using var server = Process.GetProcessById(int.Parse(id));

        // SIGQUIT: what is in the folder goes with it.
        using (var ending = Process.Start("kill", ["-QUIT", id]))
        {
            await ending.WaitForExitAsync();
        }

        await server.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync()
    {
        var programs = FolderOfPrograms();
        if (programs is null)
        {
            const string missing = "PostgreSQL is not installed (apt-get install postgresql).";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", missing);
            Assert.Fail(missing);
        }

        using (var initialising = Run(Path.Combine(programs, "initdb"), "-D", folder, "-U", "followup", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"))
        {
            var (said, failed) = (initialising.StandardOutput.ReadToEndAsync(), initialising.StandardError.ReadToEndAsync());
            await initialising.WaitForExitAsync();
            Assert.True(initialising.ExitCode == 0, $"{await said}{await failed}");
        }

        // The server inherits the streams of who starts it: they are not read to their end.
        var log = Path.Combine(folder, "log");
        using var starting = Run(Path.Combine(programs, "pg_ctl"), "-D", folder, "-l", log, "-w", "-t", "60", "-o", $"-p {port} -h 127.0.0.1 -k '' -c max_connections=200", "start");
        await starting.WaitForExitAsync();
        Assert.True(starting.ExitCode == 0, File.Exists(log) ? await File.ReadAllTextAsync(log) : "PostgreSQL did not start.");
    }

    private string For(string database) => $"Host=127.0.0.1;Port={port};Database={database};Username=followup;Include Error Detail=true";

    // PostgreSQL refuses to run as root.
    private static Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { WorkingDirectory = Path.GetTempPath(), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Environment.UserName == "root")
        {
            start.FileName = "runuser";
            foreach (var argument in (string[])["-u", "postgres", "--", program])
            {
                start.ArgumentList.Add(argument);
            }
        }
        else
        {
            start.FileName = program;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static string? FolderOfPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
