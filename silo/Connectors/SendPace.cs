using System.Threading.RateLimiting;
using FollowUp.Channels;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.Connectors;

/// <summary>A token bucket for each sender, and one for each pair of sender and recipient.</summary>
internal sealed class SendPace : ISendPace, IDisposable
{
    /// <summary>Messages that wait for a bucket; more come back later.</summary>
    private const int Waiting = 1_000;

    private readonly PaceOptions options;
    private readonly PartitionedRateLimiter<(string Sender, Channel Channel)> senders;
    private readonly PartitionedRateLimiter<(string Sender, string To, Channel Channel)> pairs;

    public SendPace(IOptions<PaceOptions> options)
    {
        this.options = options.Value;
        senders = PartitionedRateLimiter.Create<(string Sender, Channel Channel), (string Sender, Channel Channel)>(sender => RateLimitPartition.GetTokenBucketLimiter(sender, key =>
        {
            // Ten refills a second, so that a second's worth does not leave in one go.
            var perSecond = Of(key.Channel).PerSecond;
            var refill = Math.Max(1, perSecond / 10);
            return Bucket(Math.Max(refill, perSecond / 2), refill, TimeSpan.FromSeconds((double)refill / perSecond));
        }));
        pairs = PartitionedRateLimiter.Create<(string Sender, string To, Channel Channel), (string Sender, string To, Channel Channel)>(pair => RateLimitPartition.GetTokenBucketLimiter(pair, key =>
            Bucket(Of(key.Channel).Burst, 1, Of(key.Channel).PerRecipient)));
    }

    public void Dispose()
    {
        senders.Dispose();
        pairs.Dispose();
    }

    public async ValueTask<TimeSpan?> WaitAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Channel is Channel.LiveChat)
        {
            return null;
        }

        var sender = GrainKeys.Of(message.Workspace, message.ConnectionId);
        try
        {
            using var pair = await pairs.AcquireAsync((sender, message.To, message.Channel), 1, cancellationToken);
            using var turn = pair.IsAcquired ? await senders.AcquireAsync((sender, message.Channel), 1, cancellationToken) : pair;
            return turn.IsAcquired ? null : RetryAfter(turn, message.Channel);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked did not want to wait so long.
            return Of(message.Channel).PerRecipient;
        }
    }

    private TimeSpan RetryAfter(RateLimitLease lease, Channel channel) => lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Of(channel).PerRecipient;

    private ChannelPace Of(Channel channel) => channel switch
    {
        Channel.WhatsApp => options.WhatsApp,
        Channel.Messenger => options.Messenger,
        Channel.Instagram => options.Instagram,
        _ => options.Sms,
    };

    private static TokenBucketRateLimiterOptions Bucket(int limit, int refill, TimeSpan every) => new()
    {
        TokenLimit = limit,
        TokensPerPeriod = refill,
        ReplenishmentPeriod = every,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };
}
