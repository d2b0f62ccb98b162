namespace FollowUp.Ports;

/// <summary>How fast messages may leave, by sender and by pair of sender and recipient.</summary>
public interface ISendPace
{
    /// <summary>Waits for its turn. Null: it may go now; else how long it should not be tried again.</summary>
    ValueTask<TimeSpan?> WaitAsync(OutboundMessage message, CancellationToken cancellationToken);
}
