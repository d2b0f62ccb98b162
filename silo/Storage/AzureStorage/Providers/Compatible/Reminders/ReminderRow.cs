using System.Globalization;
using Azure.Data.Tables;

namespace FollowUp.Storage.AzureStorage;

/// <summary>One reminder as seven text properties.</summary>
internal static class ReminderRow
{
    public const string ServiceId = "ServiceId";

    public static TableEntity Write(ReminderEntry entry, string partition, string row, string serviceId, string clusterId) => new(partition, row)
    {
        ["GrainReference"] = entry.GrainId.ToString(),
        ["ReminderName"] = entry.ReminderName,
        [ServiceId] = serviceId,
        ["DeploymentId"] = clusterId,
        ["StartAt"] = LogFormatter.PrintDate(entry.StartAt),
        ["Period"] = entry.Period.ToString("c", CultureInfo.InvariantCulture),
        ["GrainRefConsistentHash"] = entry.GrainId.GetUniformHashCode().ToString("X8", CultureInfo.InvariantCulture),
    };

    /// <exception cref="FormatException">A property is missing or malformed.</exception>
    public static ReminderEntry Read(TableEntity row) => new()
    {
        GrainId = GrainId.TryParse(Text("GrainReference", row), out var grain) ? grain : throw new FormatException("GrainReference is no grain id."),
        ReminderName = Text("ReminderName", row),
        StartAt = DateTime.SpecifyKind(LogFormatter.ParseDate(Text("StartAt", row)), DateTimeKind.Utc),
        Period = TimeSpan.TryParseExact(Text("Period", row), "c", CultureInfo.InvariantCulture, out var period) ? period : throw new FormatException("Period is no duration."),
        ETag = row.ETag.ToString(),
    };

    private static string Text(string property, TableEntity row) =>
        row.TryGetValue(property, out var value) && value is string text ? text : throw new FormatException($"{property} is missing.");
}
