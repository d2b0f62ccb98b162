using System.Buffers.Text;
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

/// <summary>A signed-in user of the site; believed only with a valid hash or token.</summary>
public sealed record SessionUser
{
    public string? Id { get; init; }

    /// <summary>Not believed outside a token.</summary>
    public string? Email { get; init; }

    /// <summary>Not believed outside a token.</summary>
    public string? Phone { get; init; }

    /// <summary>Lower-case hex HMAC-SHA256 of the id with the connection's identity secret.</summary>
    public string? Hash { get; init; }

    /// <summary>A JWT (HS256 with the identity secret) with <c>sub</c>, an <c>exp</c> within 15 minutes, and what the site vouches for: <c>name</c>, <c>email</c>, <c>phone_number</c>.</summary>
    public string? Token { get; init; }
}

/// <summary>A session.</summary>
public sealed record SessionAnswer(string SessionToken, string VisitorToken, string ConversationId, long LastSeq, bool Verified);

/// <summary>Opens sessions: origin, identity, limits.</summary>
internal sealed class SessionRoutes(IGrainFactory grains, SessionTokens tokens, ChatLimits limits, IOptions<LiveChatOptions> options)
{
    private const int QuotaShards = 16;

    public async Task<IResult> OpenAsync(HttpContext context)
    {
        if (!limits.MayOpenSession(context))
        {
            return TooMany(context, "tooManySessions", "Too many sessions from this address.", 10);
        }

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

        if (!Origins.Allows(context, connection))
        {
            return Origins.Refused();
        }

        Origins.Answer(context);
        var (user, refused) = await VisitorIdentity.CheckAsync(request.User, connection.IdentitySecret);
        if (refused is not null)
        {
            return refused;
        }

        if (user is null && connection.RequireIdentity is true)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "identityRequired", "Only signed-in users may write here.");
        }

        var known = tokens.OpenVisitor(request.VisitorToken);
        if (request.VisitorToken is not null && (known is null || known.Workspace != workspace || known.ConnectionId != request.WidgetId))
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "badVisitorToken", "The visitor token is not valid here.");
        }

        // Who signed out is nobody any more: the user's chat is not left open to the next one at this browser.
        var anonymous = known is { IsVerified: false } && (user is not null || !(await ChatOfAsync(workspace, known.Address)).Chat.OfVerifiedUser) ? known : null;
        if (user is null && anonymous is null && limits.SourceOf(context) is { } source && !await MayBeginAsync(workspace, source))
        {
            return TooMany(context, "tooManyConversations", "Too many new conversations from this address.", 3_600);
        }

        return Answers.Ok(await SessionOfAsync(workspace, request.WidgetId, user, anonymous));
    }

    private async Task<SessionAnswer> SessionOfAsync(string workspace, string widget, VouchedUser? user, ChatSession? anonymous)
    {
        var book = grains.GetGrain<IAddressBookGrain>(workspace);
        var address = user is not null ? $"{ChatAddress.User}{user.Id}" : anonymous?.Address ?? $"{ChatAddress.Visitor}{Random(16)}";
        if (user is not null)
        {
            await book.JoinUserAsync(new VerifiedUser { Address = address, Phone = user.Phone, Anonymous = anonymous?.ConversationId });
        }

        var (conversation, chat) = await ChatOfAsync(workspace, address);
        var session = new ChatSession(workspace, widget, address, conversation) { Id = Random(12), Name = user?.Name, Email = user?.Email, Phone = user?.Phone };
        return new SessionAnswer(tokens.Session(session), tokens.Visitor(session), conversation, chat.LastSequence, session.IsVerified);
    }

    /// <summary>The chat of an address, where it goes on now, without its messages.</summary>
    private async Task<(string Id, ChatReplay Chat)> ChatOfAsync(string workspace, string address)
    {
        var id = await grains.GetGrain<IAddressBookGrain>(workspace).FindOrCreateAsync(Channel.LiveChat, address);
        var chat = await Conversation(id).ReplayAsync(long.MaxValue);
        while (chat.MovedTo is { } moved)
        {
            id = moved;
            chat = await Conversation(id).ReplayAsync(long.MaxValue);
        }

        return (id, chat);

        IConversationGrain Conversation(string at) => grains.GetGrain<IConversationGrain>(GrainKeys.Of(workspace, at));
    }

    private Task<bool> MayBeginAsync(string workspace, string source) =>
        grains.GetGrain<IVisitorQuotaGrain>(GrainKeys.Of(workspace, $"q{SHA256.HashData(Encoding.UTF8.GetBytes(source))[0] % QuotaShards}")).TryBeginAsync(source, options.Value.NewConversationsPerIp);

    private static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    private static IResult TooMany(HttpContext context, string code, string detail, int retryAfter)
    {
        context.Response.Headers.RetryAfter = retryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, code, detail);
    }
}
