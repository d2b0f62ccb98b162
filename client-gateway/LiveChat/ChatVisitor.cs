using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp.LiveChat;

/// <summary>What became of a visitor's message.</summary>
internal sealed record Taken(int Status, MessageReceived? Received, string? Code = null, string? Detail = null);

/// <summary>What the holder of a session may do, whatever the transport: write, mark, be there.</summary>
internal sealed class ChatVisitor(ChatSession session, string botId, IGrainFactory grains, ChatLimits limits)
{
    private const int LongestText = 4_096;
    private const int LongestMessageId = 128;

    public ChatSession Session => session;

    public string Key { get; } = GrainKeys.Of(session.Workspace, session.ConversationId);

    public IConversationGrain Conversation => grains.GetGrain<IConversationGrain>(Key);

    private IPresenceGrain Presence => grains.GetGrain<IPresenceGrain>(Key);

    public Task IsHereAsync() => Presence.HeartbeatAsync(Channel.LiveChat);

    /// <summary>Whether the session still stands: its connection is there, asks for no more proof than it has, and lets the page be where it is.</summary>
    public static async Task<Connection?> WelcomeAsync(HttpContext context, ChatSession session, IGrainFactory grains) =>
        await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(session.Workspace, session.ConnectionId)).OpenAsync() is { Kind: ConnectionKind.LiveChat } connection
        && (session.IsVerified || connection.RequireIdentity is not true)
        && Origins.Allows(context, connection)
            ? connection
            : null;

    public async Task<Taken> WriteAsync(string? clientMessageId, string? text)
    {
        if (clientMessageId is not { Length: > 0 and <= LongestMessageId } id || id.Any(char.IsControl))
        {
            return new Taken(StatusCodes.Status400BadRequest, null, "badMessage", $"A message needs a clientMessageId of 1 to {LongestMessageId} characters.");
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            return new Taken(StatusCodes.Status400BadRequest, null, "badMessage", $"A text has 1 to {LongestText} characters.");
        }

        if (!limits.MayWrite(session))
        {
            return new Taken(StatusCodes.Status429TooManyRequests, null, "tooFast", "One message a second, please.");
        }

        await IsHereAsync();
        var answer = await Conversation.PostMessageAsync(MessageOf(id, text, withPhone: true));
        if (answer.Problem is { Code: "addressTaken" } && session.Phone is not null)
        {
            // The number came to belong to another conversation meanwhile: the chat goes on without it.
            answer = await Conversation.PostMessageAsync(MessageOf(id, text, withPhone: false));
        }

        return answer switch
        {
            { Value: { } received } => new Taken(StatusCodes.Status202Accepted, received),
            { Problem: { Kind: ProblemKind.Conflict } conflict } => new Taken(StatusCodes.Status409Conflict, null, conflict.Code, conflict.Detail),
            _ => new Taken(StatusCodes.Status400BadRequest, null, answer.Problem!.Code, answer.Problem.Detail),
        };
    }

    private IncomingMessage MessageOf(string id, string text, bool withPhone)
    {
        var addresses = new Dictionary<Channel, string> { [Channel.LiveChat] = session.Address };
        if (withPhone && session.Phone is { } phone)
        {
            addresses[Channel.Sms] = phone;
        }

        return new IncomingMessage
        {
            MessageId = $"chat-{id}",
            Author = Author.Contact,
            Channel = Channel.LiveChat,
            Text = text,
            BotId = botId,
            ConnectionId = session.ConnectionId,
            Contact = new ContactData { Name = session.Name, Email = session.Email, Addresses = addresses },
        };
    }
}
