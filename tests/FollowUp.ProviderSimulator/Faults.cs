using System.Collections.Concurrent;

namespace FollowUp.ProviderSimulator;

/// <summary>What can go wrong with a send.</summary>
public enum Fault
{
    None,

    /// <summary>Taken, and the connection breaks before the answer.</summary>
    LoseAnswer,

    /// <summary>Taken, answered with 500.</summary>
    ServerError,

    /// <summary>Not taken: 429 with Twilio's code.</summary>
    RateLimit,

    /// <summary>Not taken: an error code, see <see cref="Faults.Code"/>.</summary>
    Refuse,

    /// <summary>Taken; the callback comes before the answer.</summary>
    CallbackFirst,

    /// <summary>Taken; every callback twice, in reverse order.</summary>
    DoubleCallbacks,

    /// <summary>Taken; no callback at all.</summary>
    NoCallbacks,

    /// <summary>Taken, and answered late: after <see cref="Faults.Delay"/>.</summary>
    Slow,
}

/// <summary>Scripted faults for the next sends, and how often each was really exercised.</summary>
public sealed class Faults
{
    private readonly ConcurrentQueue<Fault> next = new();
    private readonly ConcurrentDictionary<Fault, int> exercised = new();

    /// <summary>Twilio's code for <see cref="Fault.Refuse"/>.</summary>
    public int Code { get; set; } = 21211;

    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(2);

    public void Script(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            next.Enqueue(fault);
        }
    }

    public Fault Take()
    {
        var fault = next.TryDequeue(out var scripted) ? scripted : Fault.None;
        exercised.AddOrUpdate(fault, 1, (_, count) => count + 1);
        return fault;
    }

    public int Exercised(Fault fault) => exercised.GetValueOrDefault(fault);
}
