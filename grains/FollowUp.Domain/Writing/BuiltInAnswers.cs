using FollowUp.Writing.Phrases;
using NodaTime;

namespace FollowUp.Writing;

/// <summary>The engine's own short texts where no model writes: acknowledgements, the confirmation of an opt-out, who writes on a new channel. Any language tag is taken, see <see cref="WritingLanguage.Of"/>.</summary>
public static class BuiltInAnswers
{
    /// <summary>Thanks for a message, with one question.</summary>
    /// <param name="language">A language tag.</param>
    /// <param name="messageId">Decides which of several wordings comes.</param>
    public static string Thanks(string? language, string messageId) => Pick(Phrasebook.Of(language).Thanks, messageId);

    /// <summary>For someone who is busy.</summary>
    /// <param name="language">A language tag.</param>
    /// <param name="messageId">Decides which of several wordings comes.</param>
    public static string NoHurry(string? language, string messageId) => Pick(Phrasebook.Of(language).NoHurry, messageId);

    /// <summary>For someone who asks for a person.</summary>
    /// <param name="language">A language tag.</param>
    public static string HandedOver(string? language) => Phrasebook.Of(language).HandedOver;

    /// <summary>For someone who named a time: "All right, we will write tomorrow at 9 am."</summary>
    /// <param name="language">A language tag.</param>
    /// <param name="at">When it will be, on the contact's clock.</param>
    /// <param name="now">What that clock shows now.</param>
    public static string AtYourTime(string? language, LocalDateTime at, LocalDateTime now)
    {
        var book = Phrasebook.Of(language);
        return new Filling { When = book.When(at, now) }.Fill(book.AtYourTime);
    }

    /// <summary>The one confirmation of an opt-out.</summary>
    public static string OptedOut(string? language, string? businessName)
    {
        var book = Phrasebook.Of(language);
        return Named(book.OptedOutOfBusiness, book.OptedOut, businessName);
    }

    /// <summary>Who writes and how to stop it: the first message on a channel. "This is Acme. Reply STOP to stop."</summary>
    public static string Disclosure(string? language, string? businessName)
    {
        var book = Phrasebook.Of(language);
        return Named(book.DisclosureOfBusiness, book.Disclosure, businessName);
    }

    private static string Pick(string[] texts, string messageId) => BuiltInWriter.Rotated(texts, BuiltInWriter.Seed(messageId))[0];

    private static string Named(string withBusiness, string without, string? businessName)
    {
        var filling = new Filling { Business = SafeWords.Business(businessName) };
        return filling.Fits(withBusiness) ? filling.Fill(withBusiness) : without;
    }
}
