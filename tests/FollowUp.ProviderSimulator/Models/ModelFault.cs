namespace FollowUp.ProviderSimulator.Models;

/// <summary>What can go wrong with a model's answer.</summary>
public enum ModelFault
{
    None,

    /// <summary>No byte of an answer for <see cref="ModelSimulatorHost.Delay"/>.</summary>
    Slow,

    /// <summary>The answer comes in single bytes, one every tenth of <see cref="ModelSimulatorHost.Delay"/>.</summary>
    Drip,

    /// <summary>429 with <c>retry-after</c>: <see cref="ModelSimulatorHost.RetryAfter"/>.</summary>
    RateLimit,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>The connection breaks.</summary>
    Abort,

    /// <summary>400 with <c>content_filter</c>.</summary>
    PromptFilter,

    /// <summary>200, finished by <c>content_filter</c>, no text.</summary>
    OutputFilter,

    /// <summary>200 with an empty text.</summary>
    Empty,

    /// <summary>200, cut short by <c>length</c>.</summary>
    CutShort,

    /// <summary>200 with prose in place of JSON.</summary>
    Prose,

    /// <summary>200 with JSON of another schema.</summary>
    WrongSchema,

    /// <summary>200 with a body that is no chat completion.</summary>
    NoCompletion,

    /// <summary>401.</summary>
    Unauthorized,
}
