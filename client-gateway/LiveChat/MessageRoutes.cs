using FollowUp.Api;
using FollowUp.Api.Json;

namespace FollowUp.LiveChat;

/// <summary>A visitor's message by HTTP.</summary>
public sealed record ChatMessageRequest
{
    /// <summary>1 to 128 characters; the same again is the same message.</summary>
    public required string ClientMessageId { get; init; }

    /// <summary>1 to 4,096 characters.</summary>
    public required string Text { get; init; }
}

/// <summary>The live chat for clients that can open no WebSocket: write, and ask for what is new.</summary>
internal sealed class MessageRoutes(IGrainFactory grains, SessionTokens tokens, ChatLimits limits)
{
    public async Task<IResult> WriteAsync(HttpContext context)
    {
        var (visitor, refused) = await VisitorAsync(context);
        if (visitor is null)
        {
            return refused!;
        }

        var (request, bad) = await Input.BodyAsync<ChatMessageRequest>(context);
        if (bad is not null)
        {
            return bad;
        }

        var taken = await visitor.WriteAsync(request!.ClientMessageId, request.Text);
        if (taken.Received is { } received)
        {
            return Results.Json(new { clientMessageId = request.ClientMessageId, seq = received.Sequence, duplicate = received.Duplicate }, ApiJson.Options, statusCode: taken.Status);
        }

        if (taken.Status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return Problems.Of(taken.Status, taken.Code!, taken.Detail!);
    }

    public async Task<IResult> ReadAsync(HttpContext context)
    {
        var (visitor, refused) = await VisitorAsync(context);
        if (visitor is null)
        {
            return refused!;
        }

        if (!long.TryParse(Input.Text(context, "after") ?? "0", out var after) || after < 0)
        {
            return Problems.Invalid("after", "A sequence number.");
        }

        await visitor.IsHereAsync();
        var chat = await visitor.Conversation.ReplayAsync(after);
        return chat.MovedTo is not null || (chat.OfVerifiedUser && !visitor.Session.IsVerified)
            ? Problems.Of(StatusCodes.Status409Conflict, "moved", "The chat goes on in another conversation: open a new session.")
            : Answers.Ok(new { items = chat.Messages.Select(ChatFrames.Of), lastSeq = chat.LastSequence });
    }

    private async Task<(ChatVisitor? Visitor, IResult? Refused)> VisitorAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin.ToString() == Origins.Opaque)
        {
            return (null, Origins.Refused());
        }

        if (tokens.OpenSession(context) is not { } session)
        {
            return (null, Problems.Of(StatusCodes.Status401Unauthorized, "badSessionToken", "The session token is not valid."));
        }

        if (await ChatVisitor.WelcomeAsync(context, session, grains) is not { } connection)
        {
            return (null, Origins.Refused());
        }

        Origins.Answer(context);
        return (new ChatVisitor(session, connection.BotId, grains, limits), null);
    }
}
