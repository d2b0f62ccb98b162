namespace FollowUp.Ports;

/// <summary>What this silo does outside of turns (writers, providers, the outbox), for a graceful end.</summary>
public interface IWorkUnderWay
{
    bool IsDraining { get; }

    /// <summary>From now on nothing new is fired here; what was begun comes to its outcome.</summary>
    void Drain();

    /// <summary>Ends when nothing is under way, or after <paramref name="longest"/>.</summary>
    Task UntilQuietAsync(TimeSpan longest);
}
