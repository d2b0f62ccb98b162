using FollowUp.Storage.AzureStorage;

namespace Orleans.Reminders.AzureStorage;

/// <summary>The table of reminders.</summary>
public class AzureTableReminderStorageOptions : AzureTableOptions
{
    public const string DEFAULT_TABLE_NAME = "OrleansReminders";

    public override string TableName { get; set; } = DEFAULT_TABLE_NAME;
}

public class AzureTableReminderStorageOptionsValidator(AzureTableReminderStorageOptions options, string name)
    : AzureTableOptionsValidator<AzureTableReminderStorageOptions>(options, name);
