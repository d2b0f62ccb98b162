namespace FollowUp.Channels;

/// <summary>The write-only fields of a connection.</summary>
internal static class Secrets
{
    private const string Masked = "****";

    public static Connection Map(Connection connection, Func<string, string> map) => connection with
    {
        AuthToken = Of(connection.AuthToken, map),
        AppSecret = Of(connection.AppSecret, map),
        VerifyToken = Of(connection.VerifyToken, map),
        AccessToken = Of(connection.AccessToken, map),
        IdentitySecret = Of(connection.IdentitySecret, map),
        Secret = Of(connection.Secret, map),
        PreviousAppSecret = Of(connection.PreviousAppSecret, map),
    };

    /// <summary>A masked or absent secret keeps the stored one.</summary>
    public static Connection Keep(Connection connection, Connection? before) => connection with
    {
        AuthToken = Kept(connection.AuthToken, before?.AuthToken),
        AppSecret = Kept(connection.AppSecret, before?.AppSecret),
        VerifyToken = Kept(connection.VerifyToken, before?.VerifyToken),
        AccessToken = Kept(connection.AccessToken, before?.AccessToken),
        IdentitySecret = Kept(connection.IdentitySecret, before?.IdentitySecret),
        Secret = Kept(connection.Secret, before?.Secret),

        // Left out, the second secret is over: that is how a rotation ends.
        PreviousAppSecret = connection.PreviousAppSecret is null ? null : Kept(connection.PreviousAppSecret, before?.PreviousAppSecret),
    };

    public static string Mask(string secret) => secret.Length > 8 ? $"{Masked}{secret[^4..]}" : Masked;

    private static string? Of(string? secret, Func<string, string> map) => secret is null ? null : map(secret);

    private static string? Kept(string? told, string? before) => told is null || told.StartsWith(Masked, StringComparison.Ordinal) ? before : told;
}
