using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.LiveChat;

/// <summary>Whose chat a session is.</summary>
internal sealed record ChatSession(string Workspace, string ConnectionId, string Address, string ConversationId);

/// <summary>Tokens of sessions (24 hours) and visitors (a year): sealed, bound to their purpose, nothing to guess.</summary>
internal sealed class SessionTokens(IDataProtectionProvider provider)
{
    private static readonly TimeSpan SessionFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan VisitorFor = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector sessions = provider.CreateProtector("FollowUp.LiveChat.Session").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector visitors = provider.CreateProtector("FollowUp.LiveChat.Visitor").ToTimeLimitedDataProtector();

    public string Session(ChatSession session) => sessions.Protect(JsonSerializer.Serialize(session), SessionFor);

    public string Visitor(ChatSession session) => visitors.Protect(JsonSerializer.Serialize(session), VisitorFor);

    public ChatSession? OpenSession(string? token) => Open(sessions, token);

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
