namespace FollowUp.ProviderSimulator.Meta;

/// <summary>Webhook bodies as Meta's pages show them, ready to be written as JSON.</summary>
public static class MetaPayloads
{
    public static string AccountOf(MetaProduct product) => product switch { MetaProduct.Messenger => MetaAccount.PageId, MetaProduct.Instagram => MetaAccount.InstagramId, _ => MetaAccount.PhoneNumberId };

    /// <summary>Messenger's and Instagram's envelope.</summary>
    public static object Messaging(MetaProduct product, params object[] events) => new
    {
        @object = product is MetaProduct.Messenger ? "page" : "instagram",
        entry = new[] { new { id = AccountOf(product), time = Now(), messaging = events } },
    };

    /// <summary>WhatsApp's envelope.</summary>
    public static object WhatsApp(string field, object value) => new
    {
        @object = "whatsapp_business_account",
        entry = new[] { new { id = MetaAccount.BusinessAccountId, changes = new[] { new { field, value } } } },
    };

    public static object Message(MetaProduct product, string contact, string id, string text, DateTimeOffset? at = null) => product is MetaProduct.WhatsApp
        ? WhatsApp("messages", new
        {
            messaging_product = "whatsapp",
            metadata = Metadata,
            contacts = new[] { new { profile = new { name = "Ana" }, wa_id = contact.TrimStart('+') } },
            messages = new[] { new { from = contact.TrimStart('+'), id, timestamp = Seconds(at), type = "text", text = new { body = text } } },
        })
        : Messaging(product, new { sender = new { id = contact }, recipient = new { id = AccountOf(product) }, timestamp = Milliseconds(at), message = new { mid = id, text } });

    /// <summary>What Messenger and Instagram show of a message of our side; Instagram carries neither metadata nor an app.</summary>
    public static object Echo(MetaProduct product, string contact, string id, string text, string? metadata, string? appId = MetaAccount.AppId) => Messaging(product, new
    {
        sender = new { id = AccountOf(product) },
        recipient = new { id = contact },
        timestamp = Now(),
        message = product is MetaProduct.Messenger
            ? metadata is null ? new { is_echo = true, app_id = appId is null ? (long?)null : long.Parse(appId), mid = id, text } : (object)new { is_echo = true, app_id = long.Parse(appId!), metadata, mid = id, text }
            : new { mid = id, text, is_echo = true },
    });

    public static object Delivered(string contact, string id) => Messaging(MetaProduct.Messenger, new { sender = new { id = contact }, recipient = new { id = MetaAccount.PageId }, timestamp = Now(), delivery = new { mids = new[] { id }, watermark = Now() } });

    public static object Read(MetaProduct product, string contact, string id) => Messaging(product, product is MetaProduct.Messenger
        ? new { sender = new { id = contact }, recipient = new { id = MetaAccount.PageId }, timestamp = Now(), read = new { watermark = Now() } }
        : (object)new { sender = new { id = contact }, recipient = new { id = MetaAccount.InstagramId }, timestamp = Now(), read = new { mid = id } });

    public static object Status(string contact, string id, string status, string? opaque, int? code = null) => WhatsApp("messages", new
    {
        messaging_product = "whatsapp",
        metadata = Metadata,
        statuses = new[]
        {
            code is { } error
                ? new { id, status, timestamp = Seconds(null), recipient_id = contact.TrimStart('+'), biz_opaque_callback_data = opaque, errors = new[] { new { code = error, title = "As scripted", error_data = new { details = "As scripted" } } } }
                : (object)new { id, status, timestamp = Seconds(null), recipient_id = contact.TrimStart('+'), biz_opaque_callback_data = opaque },
        },
    });

    private static object Metadata { get; } = new { display_phone_number = "15550783881", phone_number_id = MetaAccount.PhoneNumberId };

    private static long Now() => Milliseconds(null);

    private static long Milliseconds(DateTimeOffset? at) => (at ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds();

    private static string Seconds(DateTimeOffset? at) => (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString();
}
