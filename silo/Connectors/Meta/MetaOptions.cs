using System.ComponentModel.DataAnnotations;

namespace FollowUp.Connectors.Meta;

/// <summary>How Meta's Graph API is reached.</summary>
public sealed class MetaOptions
{
    public const string Section = "Channels:Meta";

    /// <summary>Takes the place of both hosts, for a stand-in. Default: https://graph.facebook.com, and https://graph.instagram.com for Instagram's own login.</summary>
    [Url]
    public string? BaseUrl { get; set; }

    /// <summary>The Graph version of every call. Default: v25.0.</summary>
    [Required, RegularExpression(@"^v[0-9]{1,3}\.[0-9]$", ErrorMessage = "Channels:Meta:GraphVersion has to be like v25.0.")]
    public string GraphVersion { get; set; } = "v25.0";

    /// <summary>How long one request may take, real time. Default: 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Whether calls to graph.facebook.com prove that they come from the app (<c>appsecret_proof</c>, the HMAC-SHA256 of the token with the app secret). Default: true.
    /// Off where the token belongs to another app than the webhooks' secret.
    /// </summary>
    public bool AppSecretProof { get; set; } = true;
}
