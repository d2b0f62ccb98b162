using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Hours;
using FollowUp.Planning;

namespace FollowUp.Writing;

/// <summary>What a writer is told: this conversation and public bot text only.</summary>
internal static class WritingTasks
{
    /// <summary>Messages a writer is told at least, where there are so many.</summary>
    public const int EnoughMessages = 10;

    public static WritingTask ForStep(Turn turn, Plan plan, PlanStep step)
    {
        var number = plan.Steps.ToList().FindIndex(candidate => candidate.Id == step.Id) + 1;
        return For(turn, ChannelChoice.Choose(turn.Conversation, plan, turn.Now).Channel) with
        {
            Scenario = plan.Scenario,
            StepNumber = number,
            StepsOfPlan = plan.Steps.Count,
            Step = step.TextByHand
                ? new StepMessage { Kind = MessageKind.Custom, Text = step.Text }
                : MessageOf(turn.Now.Bot?.Step(plan.Scenario, step.Id), turn.Now.ConversationId) ?? new StepMessage { Kind = MessageKind.Ai },
            Nudges = NudgesOf(turn.Conversation.Messages, plan.Steps.Where(sent => sent.IsOver && sent.Text is not null).Select(sent => sent.Text!)),
        };
    }

    public static WritingTask ForAnswer(Turn turn)
    {
        var promised = turn.Conversation.Plan is { Scenario: Scenario.RequestedFollowUp, Next: { DueAt: { } due } next } plan
            ? FireCheck.AskAt(due, turn.Conversation, plan, next, turn.Now) is Verdict.Hold { Until: { } until } ? until : due
            : (DateTimeOffset?)null;
        return For(turn, turn.Conversation.Channel) with
        {
            Detection = turn.Conversation.LastDetection,
            NowLocal = turn.Now.Now.In(turn.Now.ZoneOf(turn.Conversation.Contact)),
            PromisedLocal = promised?.In(turn.Now.ZoneOf(turn.Conversation.Contact)),
        };
    }

    /// <summary>The same task with the transcript's page before.</summary>
    public static WritingTask WithEarlier(this WritingTask task, IReadOnlyList<Message> page) =>
        task with { Messages = [.. page, .. task.Messages], Nudges = task.Step is null ? task.Nudges : NudgesOf(page, task.Nudges) };

    /// <summary>The step's message, or the variant that falls to this conversation.</summary>
    public static StepMessage? MessageOf(FollowUpStep? step, string conversationId)
    {
        if (step is not { Variants.Count: > 0 } || step.Variants.Sum(variant => variant.Share) is var shares && shares <= 0)
        {
            return step?.Message;
        }

        var ticket = Spread.TicketOf($"{conversationId}/{step.Id}", shares);
        foreach (var variant in step.Variants)
        {
            ticket -= variant.Share;
            if (ticket < 0)
            {
                return variant.Message;
            }
        }

        return step.Variants[^1].Message;
    }

    /// <summary>The contact's preferred language, else the one they write in, else the bot's.</summary>
    public static string LanguageOf(Conversation conversation, Circumstances now) =>
        WritingLanguage.Of(conversation.Contact.Language, conversation.LastDetection?.Language, now.Bot?.Settings.Persona.Language);

    public static string? BusinessNameOf(Circumstances now) => now.Bot?.Settings.Persona.BusinessName ?? now.Workspace.BusinessName ?? now.Bot?.Settings.Name;

    private static IReadOnlyList<string> NudgesOf(IReadOnlyList<Message> messages, IEnumerable<string> more) =>
        [.. messages.Where(message => message.Author is Author.FollowUp).Select(message => message.Text).Union(more)];

    private static WritingTask For(Turn turn, Channel? channel) => new()
    {
        ConversationId = turn.Now.ConversationId,
        Contact = turn.Conversation.Contact,
        BotName = turn.Bot?.Settings.Name ?? "",
        Persona = turn.Bot?.Settings.Persona ?? new Persona(),
        AllowedLinks = turn.Bot?.Settings.AllowedLinks ?? [],
        BusinessName = BusinessNameOf(turn.Now),
        CustomValues = turn.Now.Workspace.CustomValues,
        Language = LanguageOf(turn.Conversation, turn.Now),
        Messages = turn.Conversation.Messages,
        MaximumLength = LongestTextOn(channel),
    };

    /// <summary>Characters a provider takes: Twilio 1,600, Messenger 2,000, Instagram 1,000 bytes, the others 4,096.</summary>
    public static int LongestTextOn(Channel? channel) => channel switch
    {
        Channel.Sms => 1_600,
        Channel.Messenger => 2_000,
        Channel.Instagram => 900,
        _ => 4_096,
    };
}
