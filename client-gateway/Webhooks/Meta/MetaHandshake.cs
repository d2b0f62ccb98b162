using System.Security.Cryptography;
using System.Text;

namespace FollowUp.Webhooks.Meta;

/// <summary>The verification request: <c>?hub.mode=subscribe&amp;hub.challenge=1158201444&amp;hub.verify_token=…</c>.</summary>
public static class MetaHandshake
{
    private const int LongestChallenge = 256;

    /// <summary>200 with the challenge, 403 for a wrong token or mode, 400 for a challenge that no Meta sends.</summary>
    public static (int Status, string? Body) Answer(string? verifyToken, IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query["hub.mode"] is not ["subscribe"] || query["hub.verify_token"] is not [{ } token] || verifyToken is not { Length: > 0 } || !Same(verifyToken, token))
        {
            return (StatusCodes.Status403Forbidden, null);
        }

        // Echoed as it came: nothing but printable ASCII, so that it can never be anything but text.
        return query["hub.challenge"] is [{ Length: > 0 and <= LongestChallenge } challenge] && challenge.All(letter => letter is >= ' ' and <= '~')
            ? (StatusCodes.Status200OK, challenge)
            : (StatusCodes.Status400BadRequest, null);
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
