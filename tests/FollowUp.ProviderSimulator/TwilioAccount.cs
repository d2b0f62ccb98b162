namespace FollowUp.ProviderSimulator;

/// <summary>The one account the stand-in knows.</summary>
public static class TwilioAccount
{
    public const string Sid = "AC00000000000000000000000000000001";
    public const string AuthToken = "0123456789abcdef0123456789abcdef";
    public const string Number = "+14155550100";
    public const string MessagingService = "MG00000000000000000000000000000001";
}
