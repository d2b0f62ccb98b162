using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>That a contact agreed to be written to on a channel.</summary>
[GenerateSerializer, Immutable, Alias("followup.Consent")]
public sealed record Consent
{
    [Id(0)] public DateTimeOffset? At { get; init; }

    /// <summary>At most 500 characters.</summary>
    [Id(1)] public string? How { get; init; }
}

/// <summary>What is known of the person.</summary>
[GenerateSerializer, Immutable, Alias("followup.ContactData")]
public sealed record ContactData
{
    /// <summary>At most 200 characters.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>A language tag; texts are written in en, es, fr, de or pt.</summary>
    [Id(1)] public string? Language { get; init; }

    /// <summary>IANA zone; never guessed from a number.</summary>
    [Id(2)] public string? TimeZone { get; init; }

    /// <summary>One address a channel: E.164 for sms and whatsApp, the provider's id elsewhere; at most 256 characters.</summary>
    [Id(3)] public IReadOnlyDictionary<Channel, string>? Addresses { get; init; }

    [Id(4)] public IReadOnlyDictionary<Channel, Consent>? Consent { get; init; }

    /// <summary>At most 50 of at most 100 characters.</summary>
    [Id(5)] public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The user this contact is assigned to; at most 200 characters.</summary>
    [Id(6)] public string? AssignedTo { get; init; }

    /// <summary>At most 50 fields of at most 1,000 characters.</summary>
    [Id(7)] public IReadOnlyDictionary<string, string>? Custom { get; init; }

    [Id(8)] public string? Email { get; init; }
}
