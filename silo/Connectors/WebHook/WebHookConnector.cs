using System.Buffers;
using System.Net;
using System.Text.Json;
using FollowUp.Channels;
using FollowUp.Ports;

namespace FollowUp.Connectors.WebHook;

/// <summary>
/// Any other channel, by the business's own adapter: each message is a signed call with the attempt's id as <c>webhook-id</c>. The adapter knows repeats by it, so a call is made again until it is answered with 2xx.
/// <c>{"type":"message.send","timestamp":"…","data":{"workspace":"default","conversationId":"c-1","connectionId":"line","messageId":"m-1","attemptId":"a-1","channel":"sms","to":"+1…","text":"…","validUntil":null}}</c>
/// </summary>
internal sealed class WebHookConnector(IWebHookSender sender) : IChannelConnector
{
    private const int LongestCode = 100;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var call = new WebHookCall { Url = message.Connection.Url!, Secrets = [message.Connection.Secret!], Id = message.AttemptId, Body = BodyOf(message) };
        return await sender.SendAsync(call, cancellationToken) switch
        {
            WebHookOutcome.Answered answer => Classify(answer, message),
            WebHookOutcome.Lost lost => new SendResult.Again(lost.Code, null, MayHaveArrived: true),
            WebHookOutcome.NotSent notSent => new SendResult.Again(notSent.Code, null, MayHaveArrived: false),
            _ => new SendResult.Refused(Refusal.Connection, "blocked"),
        };
    }

    /// <summary>An adapter has no list: it is asked again instead.</summary>
    public Task<SendResult?> ReconcileAsync(OutboundMessage message, DateTimeOffset attemptedAt, CancellationToken cancellationToken) => Task.FromResult<SendResult?>(null);

    private static SendResult Classify(WebHookOutcome.Answered answer, OutboundMessage message) => (HttpStatusCode)answer.Status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => new SendResult.Accepted(Field(answer.Text, "messageId") ?? message.AttemptId),

        // "The endpoint is gone": Standard Webhooks asks senders to stop.
        HttpStatusCode.Gone => new SendResult.Refused(Refusal.Connection, "410"),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new SendResult.Refused(RefusalOf(answer.Text), Field(answer.Text, "code") ?? $"{answer.Status}"),
        HttpStatusCode.TooManyRequests => new SendResult.Again("429", answer.RetryAfter, MayHaveArrived: false),

        // Whoever answered so may have handed it on before.
        _ => new SendResult.Again($"{answer.Status}", answer.RetryAfter, MayHaveArrived: answer.Status >= 500),
    };

    // {"refusal":"addressDead","code":"550"}
    private static Refusal RefusalOf(string text) => Field(text, "refusal") switch
    {
        "addressDead" => Refusal.AddressDead,
        "optedOut" => Refusal.OptedOut,
        "windowClosed" => Refusal.WindowClosed,
        "connection" => Refusal.Connection,
        _ => Refusal.Message,
    };

    private static string? Field(string text, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestCode } found && !found.Any(char.IsControl)
                ? found
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] BodyOf(OutboundMessage message)
    {
        var now = TimeProvider.System.GetUtcNow();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "message.send");
            writer.WriteString("timestamp", now.UtcDateTime);
            writer.WriteStartObject("data");
            writer.WriteString("workspace", message.Workspace);
            writer.WriteString("conversationId", message.ConversationId);
            writer.WriteString("connectionId", message.ConnectionId);
            writer.WriteString("messageId", message.MessageId);
            writer.WriteString("attemptId", message.AttemptId);
            writer.WriteString("channel", JsonNamingPolicy.CamelCase.ConvertName(message.Channel.ToString()));
            writer.WriteString("to", message.To);
            writer.WriteString("text", message.Text);
            if (message.ValidFor is { } validFor && validFor < TimeSpan.FromDays(366))
            {
                writer.WriteString("validUntil", (now + validFor).UtcDateTime);
            }
            else
            {
                writer.WriteNull("validUntil");
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
