using System.Text.Json;

namespace FollowUp.ProviderSimulator;

/// <summary>What the stand-in took, one line a message, on disk before it answers.</summary>
public sealed record LedgerLine(DateTimeOffset At, string Sid, string To, string From, string Body, string? Attempt, string? StatusCallback, int? ValidityPeriod = null);

/// <summary>An append-only file that survives the kill of whoever it is held against.</summary>
public sealed class Ledger : IDisposable
{
    private readonly FileStream file;
    private readonly List<LedgerLine> lines = [];
    private readonly Lock gate = new();

    public Ledger(string path)
    {
        if (File.Exists(path))
        {
            lines.AddRange(File.ReadAllLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<LedgerLine>(line)!));
        }

        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    public void Add(LedgerLine line)
    {
        lock (gate)
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(line));
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
            lines.Add(line);
        }
    }

    public IReadOnlyList<LedgerLine> Read()
    {
        lock (gate)
        {
            return [.. lines];
        }
    }

    public void Dispose() => file.Dispose();
}
