namespace FollowUp.ProviderSimulator.Meta;

/// <summary>The one app the stand-in knows, with a page, an Instagram account by either login, and a WhatsApp number.</summary>
public static class MetaAccount
{
    public const string AppId = "1517776481860111";
    public const string AppSecret = "0123456789abcdef0123456789abcdef";
    public const string VerifyToken = "meatyhamhock";
    public const string AccessToken = "EAAG-page-token-0123456789";
    public const string PageId = "104000000000001";
    public const string InstagramId = "17841400000000001";
    public const string PhoneNumberId = "106540352242922";
    public const string BusinessAccountId = "264937493375603";
}

/// <summary>The three products.</summary>
public enum MetaProduct
{
    Messenger,
    Instagram,
    WhatsApp,
}
