using System.ComponentModel.DataAnnotations;

namespace FollowUp.Storage.Embedded;

/// <summary>Where the embedded database lives.</summary>
public sealed class EmbeddedStorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and the keys. Default: ./data.</summary>
    [Required]
    public string Path { get; set; } = "./data";
}
