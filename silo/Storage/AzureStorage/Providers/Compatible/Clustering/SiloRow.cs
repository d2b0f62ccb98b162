using System.Globalization;
using System.Net;
using Azure.Data.Tables;

namespace FollowUp.Storage.AzureStorage;

/// <summary>One silo as text properties of a row; and the three rows that carry the table's version.</summary>
internal static class SiloRow
{
    /// <summary>The row whose etag guards every change.</summary>
    public const string VersionKey = "VersionRow";

    /// <summary>Sorts before every silo: with <see cref="EndKey"/> it shows whether a read of several pages saw one version.</summary>
    public const string StartKey = "!Start";

    /// <summary>Sorts after every silo.</summary>
    public const string EndKey = "~End";

    public const string Status = "Status";
    public const string ProxyPort = "ProxyPort";

    private const string ClusterId = "DeploymentId";
    private const string Version = "MembershipVersion";
    private const char Separator = '|';

    public static string KeyOf(SiloAddress silo) =>
        string.Create(CultureInfo.InvariantCulture, $"{silo.Endpoint.Address}-{silo.Endpoint.Port}-{silo.Generation}");

    public static bool IsVersion(string key) => key is VersionKey or StartKey or EndKey;

    public static TableEntity WriteVersion(string clusterId, int version) => new(clusterId, VersionKey)
    {
        [ClusterId] = clusterId,
        [Version] = version.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A row of the edge: active, so that no clean-up takes it; without a gateway's port, so that no client goes there.</summary>
    public static TableEntity WriteEdge(string clusterId, string key, int version)
    {
        var row = WriteVersion(clusterId, version);
        row.RowKey = key;
        row[Status] = nameof(SiloStatus.Active);
        return row;
    }

    /// <exception cref="FormatException">The row carries no version.</exception>
    public static int ReadVersion(TableEntity row) => int.Parse(Text(row, Version), CultureInfo.InvariantCulture);

    public static TableEntity Write(MembershipEntry silo, string clusterId)
    {
        IReadOnlyList<Tuple<SiloAddress, DateTime>> votes = silo.SuspectTimes ?? [];
        return new TableEntity(clusterId, KeyOf(silo.SiloAddress))
        {
            [ClusterId] = clusterId,
            ["Address"] = silo.SiloAddress.Endpoint.Address.ToString(),
            ["Port"] = silo.SiloAddress.Endpoint.Port.ToString(CultureInfo.InvariantCulture),
            ["Generation"] = silo.SiloAddress.Generation.ToString(CultureInfo.InvariantCulture),
            ["HostName"] = silo.HostName,
            [Status] = silo.Status.ToString(),
            [ProxyPort] = silo.ProxyPort.ToString(CultureInfo.InvariantCulture),
            ["RoleName"] = silo.RoleName,
            ["SiloName"] = silo.SiloName,
            ["InstanceName"] = silo.SiloName,
            ["UpdateZone"] = silo.UpdateZone.ToString(CultureInfo.InvariantCulture),
            ["FaultZone"] = silo.FaultZone.ToString(CultureInfo.InvariantCulture),
            ["SuspectingSilos"] = string.Join(Separator, votes.Select(vote => vote.Item1.ToParsableString())),
            ["SuspectingTimes"] = string.Join(Separator, votes.Select(vote => LogFormatter.PrintDate(vote.Item2))),
            ["StartTime"] = LogFormatter.PrintDate(silo.StartTime),
            ["IAmAliveTime"] = LogFormatter.PrintDate(silo.IAmAliveTime),
        };
    }

    /// <summary>Only what a sign of life changes.</summary>
    public static TableEntity WriteAlive(MembershipEntry silo, string clusterId) => new(clusterId, KeyOf(silo.SiloAddress))
    {
        [ClusterId] = clusterId,
        ["IAmAliveTime"] = LogFormatter.PrintDate(silo.IAmAliveTime),
    };

    /// <exception cref="FormatException">A property is missing or malformed.</exception>
    public static MembershipEntry Read(TableEntity row)
    {
        var entry = new MembershipEntry
        {
            SiloAddress = AddressOf(row),
            HostName = Optional(row, "HostName")!,
            Status = Enum.TryParse<SiloStatus>(Text(row, Status), out var status) ? status : throw new FormatException("Status is no status of a silo."),
            ProxyPort = Number(row, ProxyPort),
            RoleName = Optional(row, "RoleName"),
            SiloName = Optional(row, "SiloName") is { Length: > 0 } name ? name : Optional(row, "InstanceName")!,
            UpdateZone = Number(row, "UpdateZone"),
            FaultZone = Number(row, "FaultZone"),
            StartTime = DateOf(row, "StartTime"),
            IAmAliveTime = DateOf(row, "IAmAliveTime"),
            SuspectTimes = [],
        };
        var silos = Split(row, "SuspectingSilos");
        var times = Split(row, "SuspectingTimes");
        if (silos.Length != times.Length)
        {
            throw new FormatException($"{silos.Length} suspecting silos, but {times.Length} times.");
        }

        for (var i = 0; i < silos.Length; i++)
        {
            entry.AddSuspector(SiloAddress.FromParsableString(silos[i]), Utc(times[i]));
        }

        return entry;
    }

    private static SiloAddress AddressOf(TableEntity row) =>
        IPAddress.TryParse(Text(row, "Address"), out var address)
            ? SiloAddress.New(address, Number(row, "Port"), Number(row, "Generation"))
            : throw new FormatException("Address is no IP address.");

    private static int Number(TableEntity row, string property) =>
        Optional(row, property) is not { Length: > 0 } text ? 0
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"{property} is no number.");

    private static DateTime DateOf(TableEntity row, string property) => Optional(row, property) is { Length: > 0 } text ? Utc(text) : default;

    private static DateTime Utc(string text) => DateTime.SpecifyKind(LogFormatter.ParseDate(text), DateTimeKind.Utc);

    private static string[] Split(TableEntity row, string property) => Optional(row, property)?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Text(TableEntity row, string property) => Optional(row, property) ?? throw new FormatException($"{property} is missing.");

    private static string? Optional(TableEntity row, string property) => row.TryGetValue(property, out var value) ? value as string : null;
}
