using FollowUp.Hours;
using FollowUp.Understanding;
using FollowUp.Writing;
using NodaTime;

namespace FollowUp.Conversations;

/// <summary>How a contact's message is understood at once: by the provider's own word for it where there is one, else by the built-in judge.</summary>
public static class FirstReading
{
    public static Detection Of(IncomingMessage message, Conversation? known, Circumstances now) => message.Keyword switch
    {
        ProviderKeyword.Stop => Keyword(message) with { Intent = Intent.OptOut, Scope = OptOutScope.Channel },
        ProviderKeyword.Start => Keyword(message) with { IsOptIn = true },
        _ => Judged(message, known, now),
    };

    private static Detection Keyword(IncomingMessage message) => new() { Intent = Intent.Normal, Confidence = 1, Evidence = message.Text ?? "", IsKeyword = true };

    private static Detection Judged(IncomingMessage message, Conversation? known, Circumstances now)
    {
        var contact = known?.Contact ?? message.Contact ?? new ContactData();
        return Detector.Detect(message.Text ?? "", new DetectorContext
        {
            SentAt = Instant.FromDateTimeOffset(Inbound.Believed(message.SentAt, now.Now)),
            Zone = now.ZoneOf(message.Contact?.TimeZone is null ? contact : message.Contact),
            FallbackLanguage = WritingTasks.LanguageOf(known ?? new Conversation { Contact = contact }, now),
            OptOutWords = now.Workspace.OptOutWords,
        });
    }
}
