using System.Security.Cryptography;
using System.Text.Json;
using FollowUp.Channels;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.LiveChat;

/// <summary>Whose chat a session is.</summary>
internal sealed record ChatSession(string Workspace, string ConnectionId, string Address, string ConversationId)
{
    /// <summary>Tells sessions of one visitor apart.</summary>
    public string Id { get; init; } = "";

    /// <summary>What the site vouches for.</summary>
    public string? Name { get; init; }

    public string? Email { get; init; }
    public string? Phone { get; init; }

    public bool IsVerified => Address.StartsWith(ChatAddress.User, StringComparison.Ordinal);
}

/// <summary>Tokens of sessions (24 hours) and visitors (a year): sealed, bound to their purpose, nothing to guess.</summary>
internal sealed class SessionTokens(IDataProtectionProvider provider)
{
    private static readonly TimeSpan SessionFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan VisitorFor = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector sessions = provider.CreateProtector("FollowUp.LiveChat.Session").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector visitors = provider.CreateProtector("FollowUp.LiveChat.Visitor").ToTimeLimitedDataProtector();

    public string Session(ChatSession session) => Session(session, SessionFor);

    /// <summary>With a life of its own, for tests.</summary>
    public string Session(ChatSession session, TimeSpan life) => sessions.Protect(JsonSerializer.Serialize(session), life);

    public string Visitor(ChatSession session) => visitors.Protect(JsonSerializer.Serialize(session with { Name = null, Email = null, Phone = null }), VisitorFor);

    public ChatSession? OpenSession(string? token) => Open(sessions, token);

    /// <summary>The session of an <c>Authorization: Bearer</c> header.</summary>
    public ChatSession? OpenSession(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? OpenSession(token) : null;

    public ChatSession? OpenVisitor(string? token) => Open(visitors, token);

    private static ChatSession? Open(ITimeLimitedDataProtector protector, string? token)
    {
        if (token is null or { Length: 0 or > 4_096 })
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ChatSession>(protector.Unprotect(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
