using System.ComponentModel.DataAnnotations;

namespace FollowUp.Hosting;

/// <summary>Orleans' cluster.</summary>
public sealed class ClusterSettings
{
    public const string Section = "Cluster";

    /// <summary>Whose data this is: the same for the life of the data. Default: followup.</summary>
    [Required]
    public string ServiceId { get; set; } = "followup";

    /// <summary>Which processes belong together: the same on all of them. Default: dev.</summary>
    [Required]
    public string ClusterId { get; set; } = "dev";

    /// <summary>Between silos. Unset: 11111, or the next port that is free on this machine.</summary>
    [Range(1, 65_535)]
    public int? SiloPort { get; set; }

    /// <summary>For gateways. Unset: 30000, or the next port that is free on this machine.</summary>
    [Range(1, 65_535)]
    public int? GatewayPort { get; set; }

    /// <summary>The IP address at which other processes reach this silo. Unset: this machine's own; standalone: the loopback.</summary>
    public string? Address { get; set; }

    /// <summary>How often a silo asks its neighbours whether they live; three unanswered probes are death. Default: 2 seconds. See docs/decisions/membership.md.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="InvalidSettingsException">A value is out of its bounds.</exception>
    public static ClusterSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection(Section).Get<ClusterSettings>() ?? new ClusterSettings();
        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), wrong, validateAllProperties: true))
        {
            throw new InvalidSettingsException($"{Section}: {string.Join(' ', wrong.Select(result => result.ErrorMessage))}");
        }

        if (settings.Address is { Length: > 0 } address && !System.Net.IPAddress.TryParse(address, out _))
        {
            throw new InvalidSettingsException($"Cluster:Address '{address}' is not an IP address.");
        }

        return settings;
    }
}
