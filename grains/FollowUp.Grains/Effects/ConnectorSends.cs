using System.Collections.Concurrent;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FollowUp.Effects;

/// <summary>Hands attempts to the connectors. A provider that is down costs other connections nothing: each has its own bound, and nothing waits in it for long.</summary>
internal sealed class ConnectorSends(IServiceProvider services, IGrainFactory grains, ISendPace pace, IOptions<SendingOptions> options, TimeProvider time, IEngineSpeed speed, EngineMetrics metrics)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new();

    public async Task<SendResult> SendAsync(string key, Attempt attempt)
    {
        (IChannelConnector Connector, OutboundMessage Message)? opened;
        try
        {
            opened = await OpenAsync(key, attempt);
        }
#pragma warning disable CA1031 // The connection's silo may have died, or its storage be away: nothing has left yet.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Held("unavailable", null);
        }

        if (opened is not var (connector, message))
        {
            return new SendResult.Refused(Refusal.Message, "noConnection");
        }

        using var patience = new CancellationTokenSource(options.Value.LongestWait);
        if (await pace.WaitAsync(message, patience.Token) is { } later)
        {
            return Held("paced", later);
        }

        var gate = gates.GetOrAdd(GrainKeys.Of(message.Workspace, message.ConnectionId), _ => new SemaphoreSlim(options.Value.Concurrency));
        if (!await gate.WaitAsync(options.Value.LongestWait))
        {
            return Held("busy", options.Value.LongestWait);
        }

        try
        {
            if (attempt.ValidUntil <= time.GetUtcNow())
            {
                return Held("closed", null);
            }

            var result = await connector.SendAsync(message, CancellationToken.None);
            metrics.Sent(attempt.Channel, result);
            return result;
        }
#pragma warning disable CA1031 // A surprise after the request may have left: nobody knows its fate.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return attempt.Repeatable ? new SendResult.Again(failure.GetType().Name, null, MayHaveArrived: true) : new SendResult.Uncertain(failure.GetType().Name);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<SendResult?> ReconcileAsync(string key, Attempt attempt, IReadOnlyList<string> known) =>
        await OpenAsync(key, attempt) is var (connector, message)
            ? await connector.ReconcileAsync(message with { Known = known }, time.GetUtcNow() - attempt.At is var ago && speed.Value > 0 ? DateTimeOffset.UtcNow - (ago / speed.Value) : attempt.At, CancellationToken.None)
            : null;

    // What is our own doing uses up no try: the whole fire check is asked again.
    private static SendResult.NotSent Held(string code, TimeSpan? later) => new(code, later, Tried: false);

    private async Task<(IChannelConnector Connector, OutboundMessage Message)?> OpenAsync(string key, Attempt attempt)
    {
        var (workspace, id) = GrainKeys.Parse(key);
        var connection = await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, attempt.ConnectionId)).OpenAsync();
        if (connection is null || services.GetKeyedService<IChannelConnector>(connection.Kind) is not { } connector)
        {
            return null;
        }

        return (connector, new OutboundMessage
        {
            Workspace = workspace,
            ConversationId = id,
            ConnectionId = attempt.ConnectionId,
            Connection = connection,
            AttemptId = attempt.Id,
            MessageId = attempt.MessageId,
            Channel = attempt.Channel,
            To = attempt.To,
            Text = attempt.Text,
            Proactive = attempt.Kind is AttemptKind.FollowUp || attempt.Author is Author.FollowUp,
            Template = attempt.Template,

            // The provider's queue knows real time only.
            ValidFor = attempt.ValidUntil is { } until ? (until - time.GetUtcNow()) / speed.Value : null,
        });
    }
}
