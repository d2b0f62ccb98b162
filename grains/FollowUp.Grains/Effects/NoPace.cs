using FollowUp.Ports;

namespace FollowUp.Effects;

/// <summary>Everything goes at once: where no other pace is registered.</summary>
internal sealed class NoPace : ISendPace
{
    public ValueTask<TimeSpan?> WaitAsync(OutboundMessage message, CancellationToken cancellationToken) => ValueTask.FromResult<TimeSpan?>(null);
}
