using FollowUp.Channels;

namespace FollowUp.LiveChat;

/// <summary>On which sites a widget may stand. A browser names the site in <c>Origin</c> and lets no page lie about it; other clients send none and prove themselves by their token alone.</summary>
internal static class Origins
{
    /// <summary>The opaque origin of sandboxed frames, files and data: nobody can say whose page that is.</summary>
    public const string Opaque = "null";

    /// <summary>An empty list means any site; our own pages always may.</summary>
    public static bool Allows(HttpContext context, Connection connection)
    {
        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length == 0
            || (origin != Opaque
                && (IsOurs(context, origin) || connection.Origins is not { Count: > 0 } origins || origins.Contains(origin, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>Tells the browser that the page may read the answer.</summary>
    public static void Answer(HttpContext context)
    {
        if (context.Request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.Vary = "Origin";
        }
    }

    public static IResult Refused() => Api.Problems.Of(StatusCodes.Status403Forbidden, "originRefused", "The widget may not stand on this site.");

    private static bool IsOurs(HttpContext context, string origin) =>
        string.Equals(origin, $"{context.Request.Scheme}://{context.Request.Host}", StringComparison.OrdinalIgnoreCase)
        || (context.RequestServices.GetRequiredService<IConfiguration>()["Gateway:PublicBaseUrl"] is { Length: > 0 } known
            && Uri.TryCreate(known, UriKind.Absolute, out var uri) && string.Equals(origin, uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));
}
