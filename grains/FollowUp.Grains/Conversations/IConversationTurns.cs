namespace FollowUp.Conversations;

/// <summary>What a silo tells a conversation of its own work. Same grain, same key as <see cref="IConversationGrain"/>.</summary>
[Alias("followup.IConversationTurns")]
internal interface IConversationTurns : IGrainWithStringKey
{
    /// <summary>An effect came to an outcome.</summary>
    [Alias("Report")]
    Task ReportAsync(ConversationEvent outcome);

    /// <summary>A timer: something is due.</summary>
    [Alias("Wake")]
    Task WakeAsync();

    /// <summary>What a writer would be told for a step now, as JSON with the number of the transcript's page; nothing is changed.</summary>
    [Alias("Brief")]
    Task<Answer<string>> GetBriefAsync(string stepId);

    /// <summary>The bot changed in a way that touches what is pending.</summary>
    [Alias("BotChanged")]
    Task BotChangedAsync(bool redate);

    /// <summary>Chases an old silence; false: there is none.</summary>
    [Alias("Enrol")]
    Task<bool> EnrolAsync(string? by);

    /// <summary>Resumes a plan missed while the bot was inactive; false: there is none.</summary>
    [Alias("ResumeMissed")]
    Task<bool> ResumeMissedAsync(string? by);

    /// <summary>Takes over what matters of a conversation merged into this one; its document as stored.</summary>
    [Alias("Adopt")]
    Task AdoptAsync(string otherId, string document);
}
