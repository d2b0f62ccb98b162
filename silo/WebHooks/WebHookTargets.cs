using System.Globalization;
using System.Net;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.WebHooks;

/// <summary>Which addresses may be called. A name is judged by what it is when it is saved, and by what it leads to at every connection.</summary>
internal sealed class WebHookTargets : IWebHookTargets
{
    private const int LongestUrl = 2_048;
    private const string Wanted = "A public https address: a host name, no user, no IP address, port 443.";

    private static readonly string[] InnerNames = [".localhost", ".local", ".internal", ".home.arpa", ".lan", ".corp", ".intranet", ".arpa"];

    private readonly WebHookOptions options;
    private readonly IPNetwork[] allowed;
    private readonly string[] refused;

    public WebHookTargets(IOptions<WebHookOptions> options, IConfiguration configuration)
    {
        this.options = options.Value;
        allowed = [.. this.options.AllowedNetworks.Select(network => IPNetwork.TryParse(network, out var parsed) ? parsed : throw new InvalidOperationException($"WebHooks:AllowedNetworks: '{network}' is not a network in CIDR, such as 10.1.0.0/16."))];
        refused = [.. this.options.RefusedHosts, .. Uri.TryCreate(configuration["Gateway:PublicBaseUrl"], UriKind.Absolute, out var own) ? (string[])[own.IdnHost] : []];
    }

    public string? Problem(string? url)
    {
        if (url is not { Length: > 0 and <= LongestUrl } || url.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '\\') || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || url.Contains('@', StringComparison.Ordinal))
        {
            return Wanted;
        }

        var host = HostOf(address);
        if (IPAddress.TryParse(host, out var literal))
        {
            return IsAllowed(literal) && address.Scheme is "http" or "https" ? null : Wanted;
        }

        return address.Scheme == Uri.UriSchemeHttps && (address.Port == 443 || options.AllowedPorts.Contains(address.Port)) && IsPlain(address.Host) && IsOuterName(host) ? null : Wanted;
    }

    /// <summary>An address that a connection may be made to.</summary>
    public bool MayConnect(IPAddress address) => IsAllowed(address) || PublicAddresses.IsPublic(address);

    // "127.0.0.1." is a name to Uri and an address to everybody else.
    private static string HostOf(Uri address) => address.IdnHost.TrimEnd('.').Trim('[', ']');

    private bool IsAllowed(IPAddress address) => allowed.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    // ①②⑦ and １２７ are digits to whoever resolves names by compatibility.
    private static bool IsPlain(string host) =>
        host.All(letter => char.GetUnicodeCategory(letter) is not (UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber)) && !host.TrimEnd('.').Split('.')[^1].Any(char.IsNumber);

    private bool IsOuterName(string host) =>
        Uri.CheckHostName(host) is UriHostNameType.Dns
        && host.Contains('.', StringComparison.Ordinal)
        && !char.IsAsciiDigit(host[host.LastIndexOf('.') + 1])
        && !InnerNames.Any(inner => host.EndsWith(inner, StringComparison.OrdinalIgnoreCase))
        && !refused.Contains(host, StringComparer.OrdinalIgnoreCase);
}
