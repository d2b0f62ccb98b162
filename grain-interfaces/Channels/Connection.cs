using Orleans.Concurrency;

namespace FollowUp.Channels;

/// <summary>Which provider a connection speaks to.</summary>
public enum ConnectionKind
{
    Twilio,
    Meta,
    LiveChat,
    Webhook,
}

/// <summary>A channel's provider account. Secrets are write-only: answered masked, and a masked or absent secret on a save keeps the stored one.</summary>
[GenerateSerializer, Immutable, Alias("followup.Connection")]
public sealed record Connection
{
    [Id(0)] public required ConnectionKind Kind { get; init; }

    /// <summary>The bot that owns its new conversations.</summary>
    [Id(1)] public required string BotId { get; init; }

    [Id(2)] public string? AccountSid { get; init; }

    /// <summary>Secret.</summary>
    [Id(3)] public string? AuthToken { get; init; }

    [Id(4)] public string? MessagingServiceSid { get; init; }

    /// <summary>E.164, or a short code.</summary>
    [Id(5)] public string? From { get; init; }

    /// <summary>Secret.</summary>
    [Id(6)] public string? AppSecret { get; init; }

    /// <summary>Secret.</summary>
    [Id(7)] public string? VerifyToken { get; init; }

    /// <summary>Secret.</summary>
    [Id(8)] public string? AccessToken { get; init; }

    [Id(9)] public string? PageId { get; init; }
    [Id(10)] public string? InstagramId { get; init; }
    [Id(11)] public string? PhoneNumberId { get; init; }
    [Id(12)] public string? LoginRoute { get; init; }

    /// <summary>Sites on which the widget may stand; empty: any.</summary>
    [Id(13)] public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>Secret.</summary>
    [Id(14)] public string? IdentitySecret { get; init; }

    [Id(15)] public bool? RequireIdentity { get; init; }

    [Id(16)] public Channel? Channel { get; init; }
    [Id(17)] public string? Url { get; init; }

    /// <summary>Secret.</summary>
    [Id(18)] public string? Secret { get; init; }

    /// <summary>Secret. A second app secret that webhooks may be signed with: the one before, while you rotate, or an Instagram app's own.</summary>
    [Id(30)] public string? PreviousAppSecret { get; init; }

    /// <summary>The Meta app's id: messages that it sends are the bot's, not a person's.</summary>
    [Id(31)] public string? AppId { get; init; }
}

/// <summary>A connection as it is shown.</summary>
[GenerateSerializer, Immutable, Alias("followup.ConnectionView")]
public sealed record ConnectionView
{
    [Id(0)] public required string ConnectionId { get; init; }
    [Id(1)] public required int Version { get; init; }

    /// <summary>Secrets are masked: <c>****1234</c>.</summary>
    [Id(2)] public required Connection Connection { get; init; }

    /// <summary>Sending is stopped: the provider refused the account or sender.</summary>
    [Id(3)] public bool Paused { get; init; }

    [Id(4)] public string? PausedBecause { get; init; }

    /// <summary>WhatsApp templates that Meta paused or disabled: not used until the connection is saved anew or Meta approves them again.</summary>
    [Id(10)] public IReadOnlyList<string> StoppedTemplates { get; init; } = [];
}

/// <summary>One connection. Key: <c>workspace|connectionId</c>.</summary>
[Alias("followup.IConnectionGrain")]
public interface IConnectionGrain : IGrainWithStringKey
{
    /// <summary>Problems: <c>validation</c>, stale or missing version.</summary>
    [Alias("Save")]
    Task<Answer<ConnectionView>> SaveAsync(Connection connection, int? ifMatch);

    [Alias("Get"), AlwaysInterleave]
    Task<Answer<ConnectionView>> GetAsync();

    /// <summary>With its secrets: for the gateway's signature checks and the connectors, never for an answer.</summary>
    [Alias("Open"), AlwaysInterleave]
    Task<Connection?> OpenAsync();

    [Alias("Delete")]
    Task<Answer<bool>> DeleteAsync(int? ifMatch);

    /// <summary>The provider refused the account or sender: nothing more goes out until it is saved anew.</summary>
    [Alias("Pause")]
    Task PauseAsync(string because);

    /// <summary>A carrier filtered a message; five of them within a day pause the connection. The same <paramref name="id"/> counts once.</summary>
    [Alias("CountFiltered")]
    Task CountFilteredAsync(string id, string code);

    /// <summary>A template can, or can again, not be used.</summary>
    [Alias("SetTemplate")]
    Task SetTemplateAsync(string name, bool usable);
}
