using FollowUp.Ports;

namespace FollowUp.Channels;

/// <summary>Any https address: where no stricter rule is registered.</summary>
internal sealed class HttpsTargets : IWebHookTargets
{
    public string? Problem(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? null : "An https address.";
}
