using FollowUp.Conversations;
using FollowUp.Security;

namespace FollowUp.Api;

/// <summary>Conversations: messages in, states and transcripts out.</summary>
internal static class ConversationRoutes
{
    private const int LongestMessageId = 256;

    public static void MapConversations(this RouteGroupBuilder api)
    {
        var reading = api.MapGroup("/conversations").WithTags("Conversations").RequireAuthorization(Policies.Reader);
        var telling = api.MapGroup("/conversations").WithTags("Conversations").RequireAuthorization(Policies.Ingest);
        var acting = api.MapGroup("/conversations").WithTags("Conversations").RequireAuthorization(Policies.Agent);
        reading.MapGet("", ListAsync).Produces<Page<InboxItem>>().WithSummary("The inbox, newest activity first");
        reading.MapGet("/{id}", GetAsync).Produces<ConversationView>().WithSummary("A conversation's state");
        reading.MapGet("/{id}/messages", TranscriptAsync).Produces<Page<TranscriptMessage>>().WithSummary("The transcript");
        reading.MapGet("/{id}/response-info", InfoAsync).Produces<ResponseInfo>().WithSummary("Everything planned, sent, held or dropped, with its reasons");
        reading.MapGet("/{id}/contact", GetContactAsync).Produces<ContactData>().WithSummary("What is known of the contact");
        reading.MapGet("/{id}/notes", NotesAsync).Produces<Page<Note>>().WithSummary("Notes for the team");
        acting.MapPut("/{id}/contact", PutContactAsync).Accepts<ContactData>("application/json").Produces<ContactData>().WithSummary("Replaces the contact's data");
        telling.MapPost("/{id}/messages", PostAsync).Accepts<IncomingMessage>("application/json").Produces<MessageReceived>(StatusCodes.Status202Accepted).WithSummary("Tells the engine of a message");
        telling.MapPost("/{id}/receipts", ReceiptAsync).Accepts<Receipt>("application/json").Produces<ResponseInfo>().WithSummary("Tells of a message's delivery");
        telling.MapPost("/{id}/typing", TypingAsync).Accepts<TypingRequest>("application/json").Produces(StatusCodes.Status204NoContent).WithSummary("Tells the live chat that somebody is writing");
        telling.MapPost("/{id}/presence", PresenceAsync).Accepts<PresenceRequest>("application/json").Produces(StatusCodes.Status204NoContent).WithSummary("Tells whether the contact is there");
    }

    private static IConversationGrain ConversationOf(HttpContext context, IGrainFactory grains, string id) => grains.GetGrain<IConversationGrain>(Caller.KeyOf(context, id));

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        var query = new InboxQuery
        {
            Status = Input.Word<ConversationStatus>(context, "status", errors),
            BotId = Input.Text(context, "botId"),
            Address = Input.Text(context, "address"),
            Search = Input.Text(context, "q"),
            Limit = Input.Limit(context, errors),
            Cursor = Input.Text(context, "cursor"),
        };
        return errors.Count > 0
            ? Problems.Of(Problem.Invalid(errors))
            : Answers.Of(await grains.GetGrain<IInboxGrain>(Caller.Workspace(context)).ListConversationsAsync(query));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, IGrainFactory grains) =>
        Input.IsId(id) ? Answers.Of(await ConversationOf(context, grains, id).GetAsync()) : Absent();

    private static async Task<IResult> InfoAsync(string id, HttpContext context, IGrainFactory grains) =>
        Input.IsId(id) ? Answers.Of(await ConversationOf(context, grains, id).GetResponseInfoAsync()) : Absent();

    private static async Task<IResult> NotesAsync(string id, HttpContext context, IGrainFactory grains) =>
        Input.IsId(id) ? Answers.Of(await ConversationOf(context, grains, id).GetNotesAsync()) : Absent();

    private static async Task<IResult> GetContactAsync(string id, HttpContext context, IGrainFactory grains)
    {
        if (!Input.IsId(id))
        {
            return Absent();
        }

        var answer = await ConversationOf(context, grains, id).GetAsync();
        return answer.Value is { } view ? Answers.Ok(view.Contact) : Problems.Of(answer.Problem!);
    }

    private static async Task<IResult> TranscriptAsync(string id, HttpContext context, IGrainFactory grains)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        var limit = Input.Limit(context, errors);
        return !Input.IsId(id) ? Absent()
            : errors.Count > 0 ? Problems.Of(Problem.Invalid(errors))
            : Answers.Of(await ConversationOf(context, grains, id).GetMessagesAsync(Input.Text(context, "before") ?? Input.Text(context, "cursor"), limit));
    }

    private static async Task<IResult> PutContactAsync(string id, HttpContext context, IGrainFactory grains)
    {
        if (!Input.IsId(id))
        {
            return BadId();
        }

        var (contact, bad) = await Input.BodyAsync<ContactData>(context);
        return bad ?? Answers.Of(await ConversationOf(context, grains, id).PutContactAsync(contact!, Input.Text(context, "botId")));
    }

    private static async Task<IResult> PostAsync(string id, HttpContext context, IGrainFactory grains)
    {
        if (!Input.IsId(id))
        {
            return BadId();
        }

        var (message, bad) = await Input.BodyAsync<IncomingMessage>(context);
        if (bad is not null)
        {
            return bad;
        }

        if (message!.MessageId is { } given && (given.Length is 0 or > LongestMessageId || given.Any(char.IsControl)))
        {
            return Problems.Invalid("messageId", $"1 to {LongestMessageId} printable characters.");
        }

        message = message with { MessageId = message.MessageId ?? $"m-{Guid.CreateVersion7():N}", By = message.By ?? Caller.Name(context) };
        return Answers.Of(await ConversationOf(context, grains, id).PostMessageAsync(message), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ReceiptAsync(string id, HttpContext context, IGrainFactory grains)
    {
        var (receipt, bad) = await Input.BodyAsync<Receipt>(context);
        return bad is not null ? bad
            : !Input.IsId(id) ? Absent()
            : string.IsNullOrEmpty(receipt!.MessageId) && string.IsNullOrEmpty(receipt.AttemptId) ? Problems.Invalid("messageId", "Name the message.")
            : Answers.Of(await ConversationOf(context, grains, id).PostReceiptAsync(receipt));
    }

    private static async Task<IResult> PresenceAsync(string id, HttpContext context, IGrainFactory grains)
    {
        var (presence, bad) = await Input.BodyAsync<PresenceRequest>(context);
        if (bad is not null)
        {
            return bad;
        }

        if (!Input.IsId(id) || (await ConversationOf(context, grains, id).GetAsync()).Value is null)
        {
            return Absent();
        }

        await grains.GetGrain<IPresenceGrain>(Caller.KeyOf(context, id)).SetAsync(presence!.Channel, presence.Present);
        return Results.NoContent();
    }

    private static async Task<IResult> TypingAsync(string id, HttpContext context, IGrainFactory grains)
    {
        var (typing, bad) = await Input.OptionalBodyAsync<TypingRequest>(context);
        if (bad is not null)
        {
            return bad;
        }

        if (!Input.IsId(id) || await ConversationOf(context, grains, id).LeadsToAsync() is not { } leads)
        {
            return Absent();
        }

        await ConversationOf(context, grains, leads).TypingAsync(typing!.Author);
        return Results.NoContent();
    }

    internal static IResult Absent() => Problems.Of(Problem.NotFound("There is no such conversation."));

    private static IResult BadId() => Problems.Invalid("id", "1 to 128 letters, digits and . _ ~ -, beginning with a letter or digit.");
}

/// <summary>Who is writing; it shows for 30 s or until their message.</summary>
public sealed record TypingRequest
{
    /// <summary>Default: agent.</summary>
    public Author Author { get; init; } = Author.Agent;
}

/// <summary>Whether the contact is there.</summary>
public sealed record PresenceRequest
{
    public required Channels.Channel Channel { get; init; }
    public required bool Present { get; init; }
}
