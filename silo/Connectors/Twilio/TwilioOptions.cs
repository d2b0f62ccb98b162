using System.ComponentModel.DataAnnotations;

namespace FollowUp.Connectors.Twilio;

/// <summary>How Twilio is reached.</summary>
public sealed class TwilioOptions
{
    public const string Section = "Channels:Twilio";

    /// <summary>Default: https://api.twilio.com.</summary>
    [Required, Url]
    public string BaseUrl { get; set; } = "https://api.twilio.com";

    /// <summary>How long one request may take, real time. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
