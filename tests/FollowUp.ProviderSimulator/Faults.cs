using System.Collections.Concurrent;

namespace FollowUp.ProviderSimulator;

/// <summary>What can go wrong with a send.</summary>
public enum Fault
{
    None,

    /// <summary>Taken, and the connection breaks before the answer; no callback either.</summary>
    LoseAnswer,

    /// <summary>Taken, answered with 500; no callback either.</summary>
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

    /// <summary>Taken, the connection breaks before the answer, and the callbacks come all the same.</summary>
    LoseAnswerThenCallBack,

    /// <summary>Taken, never answered; the callbacks come after <see cref="Faults.Delay"/>.</summary>
    Hang,

    /// <summary>Taken, answered with a success that holds no message id; no callback either.</summary>
    GarbledAnswer,

    /// <summary>Not taken: the connection breaks. Nobody can tell it from <see cref="LoseAnswer"/>.</summary>
    DropRequest,

    /// <summary>Taken; the callbacks come after <see cref="Faults.Delay"/>.</summary>
    DelayCallbacks,

    /// <summary>Taken; every status of a message's life, in any order, each up to three times.</summary>
    ShuffleCallbacks,
}

/// <summary>Scripted faults for the next sends, or for the next send to an address, and how often each was really exercised.</summary>
public sealed class Faults
{
    private readonly ConcurrentQueue<Fault> next = new();
    private readonly ConcurrentDictionary<string, Fault> byAddress = new();
    private readonly ConcurrentDictionary<Fault, int> exercised = new();

    /// <summary>The provider's code for <see cref="Fault.Refuse"/>.</summary>
    public int Code { get; set; } = 21211;

    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(2);

    public void Script(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            next.Enqueue(fault);
        }
    }

    /// <summary>What the next send to an address meets.</summary>
    public void ScriptFor(string address, Fault fault) => byAddress[address] = fault;

    public Fault Take(string address = "")
    {
        var fault = byAddress.TryRemove(address, out var own) ? own : next.TryDequeue(out var scripted) ? scripted : Fault.None;
        exercised.AddOrUpdate(fault, 1, (_, count) => count + 1);
        return fault;
    }

    /// <summary>The code with which every message taken is told undelivered; null: it is delivered.</summary>
    public int? Undelivered { get; set; }

    public int Exercised(Fault fault) => exercised.GetValueOrDefault(fault);
}
