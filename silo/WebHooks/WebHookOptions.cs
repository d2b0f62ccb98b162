using System.ComponentModel.DataAnnotations;

namespace FollowUp.WebHooks;

/// <summary>Calls to addresses that workspaces choose.</summary>
public sealed class WebHookOptions
{
    public const string Section = "WebHooks";

    /// <summary>Networks that may be called although they are private, in CIDR: <c>10.1.0.0/16</c>. Their addresses may stand in the URL themselves, with http and any port. Default: none.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Ports beside 443. Default: none.</summary>
    public int[] AllowedPorts { get; set; } = [];

    /// <summary>Our own host names, and whatever else may not be called, beside the one of <c>Gateway:PublicBaseUrl</c>. Default: none.</summary>
    public string[] RefusedHosts { get; set; } = [];

    /// <summary>How long one exchange may take. Default: 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
