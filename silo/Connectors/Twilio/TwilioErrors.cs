using FollowUp.Channels;

namespace FollowUp.Connectors.Twilio;

/// <summary>Twilio's error codes by what they ask of us. Codes move between meanings, so whatever is not listed is a refusal of this one message.</summary>
internal static class TwilioErrors
{
    /// <summary>"Requests that receive 429 aren't processed and are safe to retry" (twilio.com/docs/api/errors/20429).</summary>
    public const int TooManyRequests = 20429;

    public static Refusal Of(int code) => code switch
    {
        21610 or 30004 => Refusal.OptedOut,
        21211 or 21614 or 30005 or 30006 => Refusal.AddressDead,
        63016 => Refusal.WindowClosed,
        20003 or 20404 or 21212 or 21408 or 21606 or 21608 or 21612 or 21659 or 21660 or 21703 or 30002 => Refusal.Connection,
        _ => Refusal.Message,
    };
}
