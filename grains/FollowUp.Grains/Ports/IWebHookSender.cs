namespace FollowUp.Ports;

/// <summary>Calls an address that a workspace chose, signed as Standard Webhooks has it, and guarded: private networks, redirects, proxies and large answers are refused.</summary>
public interface IWebHookSender
{
    /// <summary>One request; never throws for what the other end or the network does.</summary>
    Task<WebHookOutcome> SendAsync(WebHookCall call, CancellationToken cancellationToken);
}

/// <summary>One request to an address that a workspace chose.</summary>
public sealed record WebHookCall
{
    public required string Url { get; init; }

    /// <summary><c>whsec_…</c>; several during a rotation.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The same on every repeat: the receiver knows by it what it has already.</summary>
    public required string Id { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Body { get; init; }
}

/// <summary>What became of the request.</summary>
public abstract record WebHookOutcome
{
    private WebHookOutcome() { }

    /// <summary>An answer came. <paramref name="Text"/>: at most its first 64 KiB.</summary>
    public sealed record Answered(int Status, string Text, TimeSpan? RetryAfter) : WebHookOutcome;

    /// <summary>No byte of the body left us.</summary>
    public sealed record NotSent(string Code) : WebHookOutcome;

    /// <summary>It may have arrived.</summary>
    public sealed record Lost(string Code) : WebHookOutcome;

    /// <summary>The address may not be called: nothing was sent, and nothing will be.</summary>
    public sealed record Blocked : WebHookOutcome;
}
