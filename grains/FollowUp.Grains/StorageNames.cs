namespace FollowUp;

/// <summary>Names of storage providers.</summary>
public static class StorageNames
{
    /// <summary>The provider of every grain's state.</summary>
    public const string FollowUp = "followup";
}
