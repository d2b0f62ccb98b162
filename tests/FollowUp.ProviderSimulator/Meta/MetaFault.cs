using System.Collections.Concurrent;

namespace FollowUp.ProviderSimulator.Meta;

/// <summary>What can go wrong with a send.</summary>
public enum MetaFault
{
    None,

    /// <summary>Taken, and the connection breaks before the answer; the callbacks come.</summary>
    LoseAnswer,

    /// <summary>Taken, the connection breaks before the answer, and no callback comes.</summary>
    LoseAnswerAndCallbacks,

    /// <summary>Taken, answered with 500; the callbacks come.</summary>
    ServerError,

    /// <summary>Not taken: a documented limit.</summary>
    RateLimit,

    /// <summary>Not taken: an error, see <see cref="MetaFaults.Code"/>.</summary>
    Refuse,

    /// <summary>WhatsApp: taken, then a status <c>failed</c> with <see cref="MetaFaults.Code"/>.</summary>
    FailLater,

    /// <summary>Taken; the callbacks come before the answer.</summary>
    CallbackFirst,

    /// <summary>Taken; every callback twice, in reverse order.</summary>
    DoubleCallbacks,

    /// <summary>Taken; no callback at all.</summary>
    NoCallbacks,

    /// <summary>Taken, and answered late: after <see cref="MetaFaults.Delay"/>.</summary>
    Slow,

    /// <summary>Not taken: the connection breaks before anything is done.</summary>
    Drop,
}

/// <summary>Scripted faults for the next sends of each product, and how often each was really exercised.</summary>
public sealed class MetaFaults
{
    private readonly ConcurrentDictionary<MetaProduct, ConcurrentQueue<MetaFault>> next = new();
    private readonly ConcurrentDictionary<(MetaProduct, MetaFault), int> exercised = new();

    private readonly ConcurrentDictionary<string, ConcurrentQueue<MetaFault>> met = new();

    /// <summary>Of <see cref="MetaFault.Refuse"/> and <see cref="MetaFault.FailLater"/>.</summary>
    public int Code { get; set; } = 100;

    public int? Subcode { get; set; }

    /// <summary>Of <see cref="MetaFault.Slow"/>.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Meta is down: everything is answered with 503, and nothing is taken.</summary>
    public bool Outage { get; set; }

    public void Script(MetaProduct product, params IEnumerable<MetaFault> faults)
    {
        foreach (var fault in faults)
        {
            next.GetOrAdd(product, _ => new()).Enqueue(fault);
        }
    }

    public MetaFault Take(MetaProduct product)
    {
        var fault = next.TryGetValue(product, out var scripted) && scripted.TryDequeue(out var found) ? found : MetaFault.None;
        exercised.AddOrUpdate((product, fault), 1, (_, count) => count + 1);
        return fault;
    }

    /// <summary>What the sends to a contact met, in order.</summary>
    public IReadOnlyList<MetaFault> Of(string contact) => met.TryGetValue(contact, out var faults) ? [.. faults] : [];

    internal void Note(string contact, MetaFault fault) => met.GetOrAdd(contact, _ => new()).Enqueue(fault);

    public int Exercised(MetaProduct product, MetaFault fault) => exercised.GetValueOrDefault((product, fault));
}
