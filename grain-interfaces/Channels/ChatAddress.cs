namespace FollowUp.Channels;

/// <summary>How addresses of our own live chat begin.</summary>
public static class ChatAddress
{
    /// <summary>An anonymous visitor; the rest is random.</summary>
    public const string Visitor = "visitor-";

    /// <summary>A user whose identity was verified; the rest is the site's own id of the user.</summary>
    public const string User = "user-";
}
