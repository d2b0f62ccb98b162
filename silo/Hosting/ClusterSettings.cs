using System.ComponentModel.DataAnnotations;

namespace FollowUp.Hosting;

/// <summary>Orleans' cluster.</summary>
public sealed class ClusterSettings
{
    public const string Section = "Cluster";

    /// <summary>Default: followup.</summary>
    [Required]
    public string ServiceId { get; set; } = "followup";

    /// <summary>Default: dev.</summary>
    [Required]
    public string ClusterId { get; set; } = "dev";

    /// <summary>Between silos. Default: 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>For clients. Default: 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;
}
