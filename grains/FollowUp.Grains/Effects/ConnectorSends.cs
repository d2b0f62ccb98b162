using System.Collections.Concurrent;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Effects;

/// <summary>Hands attempts to the connectors. A provider that is down costs other connections nothing: each has its own bound.</summary>
internal sealed class ConnectorSends(IServiceProvider services, IGrainFactory grains, TimeProvider time, IEngineSpeed speed, EngineMetrics metrics)
{
    /// <summary>Requests under way per connection.</summary>
    private const int Concurrency = 16;

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
            return new SendResult.NotSent("unavailable", null);
        }

        if (opened is not var (connector, message))
        {
            return new SendResult.Refused(Refusal.Message, "noConnection");
        }

        var gate = gates.GetOrAdd($"{message.Workspace}|{message.ConnectionId}", _ => new SemaphoreSlim(Concurrency));
        await gate.WaitAsync();
        try
        {
            if (attempt.ValidUntil <= time.GetUtcNow())
            {
                return new SendResult.NotSent("closed", null);
            }

            var result = await connector.SendAsync(message, CancellationToken.None);
            metrics.Sent(attempt.Channel, result);
            return result;
        }
#pragma warning disable CA1031 // A surprise after the request may have left: nobody knows its fate.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return new SendResult.Uncertain(failure.GetType().Name);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<SendResult?> ReconcileAsync(string key, Attempt attempt) =>
        await OpenAsync(key, attempt) is var (connector, message)
            ? await connector.ReconcileAsync(message, time.GetUtcNow() - attempt.At is var ago && speed.Value > 0 ? DateTimeOffset.UtcNow - (ago / speed.Value) : attempt.At, CancellationToken.None)
            : null;

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
            Channel = attempt.Channel,
            To = attempt.To,
            Text = attempt.Text,

            // The provider's queue knows real time only.
            ValidFor = attempt.ValidUntil is { } until ? (until - time.GetUtcNow()) / speed.Value : null,
        });
    }
}
