namespace FollowUp.Channels;

/// <summary>
/// Graph API errors by what they ask of us, keyed on code and subcode: the HTTP status says too little. Codes move between meanings, so whatever is not listed is a refusal of this one message.
/// Sources: the error pages of Messenger, Instagram and WhatsApp Cloud on developers.facebook.com.
/// </summary>
public static class MetaErrors
{
    /// <summary>An error as the answer to a send.</summary>
    /// <param name="code">The error's <c>code</c>.</param>
    /// <param name="subcode">The error's <c>error_subcode</c>.</param>
    /// <param name="retryAfter">What the usage headers say; null: nothing.</param>
    public static SendResult Answer(int code, int? subcode, TimeSpan? retryAfter) => Of(code, subcode) switch
    {
        Meaning.Wait => new SendResult.NotSent(Name(code, subcode), retryAfter),

        // Not documented as "not processed": only an echo or a status tells what became of it.
        Meaning.Unknown => new SendResult.Uncertain($"Meta answered {Name(code, subcode)}."),
        Meaning.Refused refused => new SendResult.Refused(refused.Why, Name(code, subcode)),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The same error as the reason of a status <c>failed</c>: then it certainly did not arrive.</summary>
    public static Refusal Failure(int code, int? subcode = null) => Of(code, subcode) is Meaning.Refused refused ? refused.Why : Refusal.Passing;

    /// <summary>As it stands in the Response Info: <c>131047</c>, <c>10/2018278</c>.</summary>
    public static string Name(int code, int? subcode) => subcode is { } sub ? $"{code}/{sub}" : $"{code}";

    /// <summary>Reads <see cref="Name"/> back; null: not one of Meta's.</summary>
    public static Refusal? FailureNamed(string? name)
    {
        var parts = (name ?? "").Split('/');
        return int.TryParse(parts[0], out var code) ? Failure(code, parts.Length > 1 && int.TryParse(parts[1], out var subcode) ? subcode : null) : null;
    }

    private static Meaning Of(int code, int? subcode) => (code, subcode) switch
    {
        (10, 2018278 or 2534022) or (131047, _) => Because(Refusal.WindowClosed),
        (10, 1893063) or (190 or 0 or 368 or 131031 or 131042 or 131048, _) => Because(Refusal.Connection),
        (551, _) or (2534014, _) or (_, 2534014) or (100, 2018001) or (131026 or 131062, _) => Because(Refusal.AddressDead),
        (131050, _) => Because(Refusal.OptedOut),
        (131049 or 130472, _) => Because(Refusal.Elsewhere),
        (132015 or 132016, _) => Because(Refusal.Template),
        (4 or 17 or 32 or 613 or 80007 or 130429 or 131056, _) => new Meaning.Wait(),
        (1 or 2 or 1200 or 131000 or 131016, _) => new Meaning.Unknown(),
        (10 or 100 or (>= 200 and <= 299), _) => Because(Refusal.Setup),
        (131008 or 131009 or 131021 or 131030 or 137000 or 132000 or 132001 or 132005 or 132007 or 132012, _) => Because(Refusal.Setup),
        _ => Because(Refusal.Message),
    };

    private static Meaning.Refused Because(Refusal why) => new(why);

    private abstract record Meaning
    {
        /// <summary>A documented limit: not processed, to be tried later.</summary>
        public sealed record Wait : Meaning;

        /// <summary>A passing fault on their side.</summary>
        public sealed record Unknown : Meaning;

        public sealed record Refused(Refusal Why) : Meaning;
    }
}
