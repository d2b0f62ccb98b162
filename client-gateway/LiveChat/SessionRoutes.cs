using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FollowUp.Api;
using FollowUp.Channels;
using FollowUp.Conversations;
using Microsoft.Extensions.Options;

namespace FollowUp.LiveChat;

/// <summary>What the widget asks a session with.</summary>
public sealed record SessionRequest
{
    /// <summary>The connection's id.</summary>
    public required string WidgetId { get; init; }

    /// <summary>Default: <c>default</c>.</summary>
    public string? Workspace { get; init; }

    /// <summary>From an earlier session: the same visitor again.</summary>
    public string? VisitorToken { get; init; }

    public SessionUser? User { get; init; }
}

/// <summary>A signed-in user of the site; believed only with a valid hash.</summary>
public sealed record SessionUser
{
    public required string Id { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>Lower-case hex HMAC-SHA256 of the id with the connection's identity secret.</summary>
    public string? Hash { get; init; }
}

/// <summary>A session.</summary>
public sealed record SessionAnswer(string SessionToken, string VisitorToken, string ConversationId, long LastSeq);

/// <summary>Opens sessions: origin, identity, limits.</summary>
internal sealed class SessionRoutes(IGrainFactory grains, SessionTokens tokens, IOptions<LiveChatOptions> options)
{
    private static readonly TimeSpan LimitWindow = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, (int Count, long Since)> created = new();

    public async Task<IResult> OpenAsync(HttpContext context)
    {
        var (request, bad) = await Input.BodyAsync<SessionRequest>(context);
        if (bad is not null)
        {
            return bad;
        }

        var workspace = request!.Workspace ?? "default";
        if (!Input.IsId(workspace) || !Input.IsId(request.WidgetId)
            || await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, request.WidgetId)).OpenAsync() is not { Kind: ConnectionKind.LiveChat } connection)
        {
            return Problems.Of(Problem.NotFound("There is no such widget."));
        }

        if (!AllowOrigin(context, connection))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "originRefused", "The widget may not stand on this site.");
        }

        var verified = IsVerified(request.User, connection.IdentitySecret);
        if (!verified && (connection.RequireIdentity is true || request.User?.Hash is not null))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "identityRequired", "The user's identity hash does not fit.");
        }

        var known = tokens.OpenVisitor(request.VisitorToken);
        if (request.VisitorToken is not null && (known is null || known.Workspace != workspace || known.ConnectionId != request.WidgetId))
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "badVisitorToken", "The visitor token is not valid here.");
        }

        var address = verified ? $"user-{request.User!.Id}" : known?.Address ?? $"visitor-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16))}";
        if (address != known?.Address && !verified && IsTooMany(context))
        {
            context.Response.Headers.RetryAfter = "3600";
            return Problems.Of(StatusCodes.Status429TooManyRequests, "tooManyConversations", "Too many new conversations from this address.");
        }

        var conversation = await grains.GetGrain<IAddressBookGrain>(workspace).FindOrCreateAsync(Channel.LiveChat, address);
        var session = new ChatSession(workspace, request.WidgetId, address, conversation);
        var last = await grains.GetGrain<IConversationGrain>(GrainKeys.Of(workspace, conversation)).GetAsync();
        return Answers.Ok(new SessionAnswer(tokens.Session(session), tokens.Visitor(session), conversation, last.Value?.LastSequence ?? 0));
    }

    /// <summary>The widget's sites may call from their pages; an empty list means any.</summary>
    public static bool AllowOrigin(HttpContext context, Connection connection)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return true;
        }

        var own = $"{context.Request.Scheme}://{context.Request.Host}";
        if (origin != own && connection.Origins is { Count: > 0 } origins && !origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.Vary = "Origin";
        return origin != "null";
    }

    private static bool IsVerified(SessionUser? user, string? secret)
    {
        if (user is not { Hash: { Length: 64 } hash, Id.Length: > 0 and <= 200 } || secret is not { Length: > 0 })
        {
            return false;
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user.Id)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(hash));
    }

    private bool IsTooMany(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } ip || System.Net.IPAddress.IsLoopback(ip))
        {
            return false;
        }

        var now = TimeProvider.System.GetTimestamp();
        var entry = created.AddOrUpdate(ip.ToString(), (1, now), (_, before) => TimeProvider.System.GetElapsedTime(before.Since) > LimitWindow ? (1, now) : (before.Count + 1, before.Since));
        if (created.Count > 100_000)
        {
            created.Clear();
        }

        return entry.Count > options.Value.NewConversationsPerIp;
    }
}
