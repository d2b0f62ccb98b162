using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Understanding;
using NodaTime;

namespace FollowUp.Writing;

/// <summary>Writes without a model: templates and the built-in writer. It never pretends to be a model.</summary>
public static class Composer
{
    /// <summary>The text of a task; marked built-in where the built-in writer composed it. An empty text is a failure.</summary>
    public static Written Compose(WritingTask task)
    {
        var (text, builtIn) = task.Step switch
        {
            { Kind: MessageKind.Custom, Text: { } template } => (MessageTemplate.Render(template, FieldsOf(task)), false),
            not null => (Nudge(task), true),
            null => (Answer(task), true),
        };
        text = text.Length > task.MaximumLength ? text[..task.MaximumLength] : text;
        return string.IsNullOrWhiteSpace(text) ? new Written.Failed("The text came out empty.") : new Written.Text(text, builtIn);
    }

    /// <summary>The values of a template's fields.</summary>
    public static MergeFields FieldsOf(WritingTask task) => new()
    {
        ContactName = task.Contact.Name,
        ContactPhone = task.Contact.Addresses?.GetValueOrDefault(Channel.Sms),
        ContactEmail = task.Contact.Email,
        ContactLanguage = task.Contact.Language,
        ContactCustom = task.Contact.Custom,
        BotName = task.BotName,
        BotGoal = task.Persona.Goal,
        BusinessName = task.BusinessName,
        UserName = task.Contact.AssignedTo,
        CustomValues = task.CustomValues,
    };

    private static string Nudge(WritingTask task) => BuiltInWriter.Nudge(new NudgeRequest
    {
        Scenario = task.Scenario ?? Scenario.StoppedResponding,
        StepNumber = task.StepNumber,
        Language = task.Language,
        ContactName = task.Contact.Name,
        BusinessName = task.BusinessName,
        LastContactText = task.Messages.LastOrDefault(message => message.Author is Author.Contact)?.Text,
        ConversationId = task.ConversationId,
        EarlierNudges = task.Nudges,
    });

    // A plain acknowledgement, so that silence has something to count from; a promise names the time that it will really be.
    private static string Answer(WritingTask task)
    {
        var message = task.Messages.LastOrDefault(candidate => candidate.Author is Author.Contact);
        var id = message?.Id ?? task.ConversationId;
        return task switch
        {
            { PromisedLocal: { } at } => BuiltInAnswers.AtYourTime(task.Language, LocalDateTime.FromDateTime(at.DateTime), LocalDateTime.FromDateTime((task.NowLocal ?? at).DateTime)),
            { Detection.Intent: Intent.WantsHuman } => BuiltInAnswers.HandedOver(task.Language),
            { Detection.Intent: Intent.Busy or Intent.RequestedFollowUp } => BuiltInAnswers.NoHurry(task.Language, id),
            _ => BuiltInAnswers.Thanks(task.Language, id),
        };
    }
}
