using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FollowUp.Api;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FollowUp.LiveChat;

/// <summary>A user the site vouches for.</summary>
internal sealed record VouchedUser(string Id)
{
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
}

/// <summary>Checks what a page says of its signed-in user: only what the site's server signed with the connection's identity secret is believed.</summary>
internal static partial class VisitorIdentity
{
    private const int LongestId = 200;

    /// <summary>A signed-in user's token is made for this page view.</summary>
    private static readonly TimeSpan LongestToken = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The user, or null (nobody is named, or nothing is proven), or the answer to a proof that does not hold.</summary>
    public static async Task<(VouchedUser? User, IResult? Refused)> CheckAsync(SessionUser? told, string? secret)
    {
        if (told?.Token is { } token)
        {
            return await OfTokenAsync(token, told.Id, secret);
        }

        if (told?.Hash is not { } hash)
        {
            return (null, null);
        }

        return told.Id is { Length: > 0 and <= LongestId } id && secret is { Length: > 0 } && Fits(id, hash, secret)
            ? (new VouchedUser(id), null)
            : (null, Problems.Of(StatusCodes.Status403Forbidden, "identityRefused", "The user's identity hash does not fit."));
    }

    private static bool Fits(string id, string hash, string secret)
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(id)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(hash));
    }

    private static async Task<(VouchedUser? User, IResult? Refused)> OfTokenAsync(string token, string? id, string? secret)
    {
        if (token.Length > 4_096 || secret is not { Length: > 0 })
        {
            return (null, BadToken());
        }

        var verdict = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateLifetime = true,
            ClockSkew = Skew,

            // The secret belongs to one connection of one workspace: who can sign with it is the issuer, and we are the audience.
            ValidateIssuer = false,
            ValidateAudience = false,
        });
        if (!verdict.IsValid || verdict.SecurityToken is not JsonWebToken read || read.ValidTo - DateTime.UtcNow > LongestToken + Skew
            || read.Subject is not { Length: > 0 and <= LongestId } subject || (id is not null && id != subject))
        {
            return (null, BadToken());
        }

        var phone = Claim(read, "phone_number", 16);
        return phone is not null && !E164().IsMatch(phone)
            ? (null, Problems.Invalid("user.token", "phone_number has to be in E.164, such as +13035550142."))
            : (new VouchedUser(subject) { Name = Claim(read, "name", 200), Email = Claim(read, "email", 320), Phone = phone }, null);
    }

    private static string? Claim(JsonWebToken token, string name, int longest) =>
        token.TryGetPayloadValue<string>(name, out var value) && value is { Length: > 0 } && value.Length <= longest ? value : null;

    private static IResult BadToken() =>
        Problems.Of(StatusCodes.Status401Unauthorized, "badUserToken", "The user's token is not valid: HS256 with the identity secret, a sub, and an exp of at most 15 minutes from now.");

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex E164();
}
