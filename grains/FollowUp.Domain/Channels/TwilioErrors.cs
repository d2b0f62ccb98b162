using System.Globalization;

namespace FollowUp.Channels;

/// <summary>
/// Twilio's error codes by what they ask of us. 2xxxx answer a send, 3xxxx and 63016 come by a status callback. Codes move between meanings, so whatever is not listed is a refusal of this one message.
/// Source: twilio.com/docs/api/errors.
/// </summary>
public static class TwilioErrors
{
    /// <summary>"Requests that receive 429 aren't processed and are safe to retry" (twilio.com/docs/api/errors/20429).</summary>
    public const int TooManyRequests = 20429;

    public static Refusal Of(int code) => code switch
    {
        // Opted out at Twilio; blocked by the carrier for this pair of numbers.
        21610 or 30004 => Refusal.OptedOut,

        // Not a number; not a mobile; unknown handset; landline.
        21211 or 21614 or 30005 or 30006 => Refusal.AddressDead,
        63016 => Refusal.WindowClosed,

        // Credentials, account, sender, route, Messaging Service; account suspended.
        20003 or 20404 or 21212 or 21606 or 21612 or 21659 or 21660 or 21703 or 30002 => Refusal.Connection,

        // A region that is not enabled, a trial account that may not write to this number: others can still be reached.
        21408 or 21608 => Refusal.Setup,
        30001 => Refusal.Passing,
        30003 => Refusal.Unreached,
        30007 => Refusal.Filtered,
        _ => Refusal.Message,
    };

    /// <summary>The code of a status callback; null: none was given.</summary>
    public static Refusal? FailureNamed(string? code) => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Of(number) : null;
}
