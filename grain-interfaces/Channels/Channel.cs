namespace FollowUp.Channels;

/// <summary>Where a message travels.</summary>
public enum Channel
{
    LiveChat,
    Sms,
    Messenger,
    Instagram,
    WhatsApp,
}
