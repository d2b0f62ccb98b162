using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Ports;
using FollowUp.Understanding;
using FollowUp.Writing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace FollowUp.Ai;

/// <summary>Writes with the workspace's model, where there is one and the text is not a person's (SPEC §8). What comes back is checked; three tries, then the step's fallback text.</summary>
internal sealed class ModelWriter(ModelQuestions questions, IOptions<AiOptions> options) : IMessageWriter
{
    /// <summary>Texts asked for at most, each told what was wrong with the one before.</summary>
    private const int Tries = 3;

    public async Task<Written> WriteAsync(string workspace, WritingTask task, CancellationToken cancellationToken) => task switch
    {
        { Step: { Kind: MessageKind.Custom, Text: not null } } => Composer.Compose(task),
        _ when !questions.HasModel(workspace) => Composer.Compose(task),
        { Step: not null } => await FollowUpAsync(workspace, task, cancellationToken),
        { Detection.Intent: Intent.WantsHuman } => Composer.Compose(task),
        { PromisedLocal: not null } => await ConfirmAsync(workspace, task, cancellationToken),
        _ => await ComposeAsync(workspace, task, WritingPrompt.Answer(task), Draft.OfAnswer, cancellationToken),
    };

    private async Task<Written> FollowUpAsync(string workspace, WritingTask task, CancellationToken cancellationToken)
    {
        var written = await ComposeAsync(workspace, task, WritingPrompt.FollowUp(task), Draft.OfFollowUp, cancellationToken);
        return written is Written.Failed && task.Step!.FallbackText is { Length: > 0 } fallback
            ? Composer.Compose(task with { Step = new StepMessage { Kind = MessageKind.Custom, Text = fallback } })
            : written;
    }

    // The time is ours to say: a model answers what else was asked, and the confirmation stands behind it.
    private async Task<Written> ConfirmAsync(string workspace, WritingTask task, CancellationToken cancellationToken)
    {
        var confirmation = Composer.Compose(task);
        if (confirmation is not Written.Text { Value: var promise } || !Asks(task))
        {
            return confirmation;
        }

        var shorter = task with { MaximumLength = task.MaximumLength - promise.Length - 1 };
        return await ComposeAsync(workspace, shorter, WritingPrompt.Answer(shorter), Draft.OfAnswer, cancellationToken) is Written.Text answer
            ? answer with { Value = $"{answer.Value} {promise}" }
            : confirmation;
    }

    private static bool Asks(WritingTask task) =>
        task.Messages.Reverse().TakeWhile(message => message.Author is Author.Contact).Any(message => message.Text.Contains('?', StringComparison.Ordinal));

    private async Task<Written> ComposeAsync(string workspace, WritingTask task, WritingPrompt prompt, Func<string, Draft?> read, CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [new(ChatRole.System, prompt.Instructions), new(ChatRole.User, prompt.Data)];
        var wrong = "no text came back";
        for (var tried = 0; tried < Tries; tried++)
        {
            switch (await questions.AskAsync(workspace, task.ConversationId, messages, prompt.Format, options.Value.Timeout, cancellationToken))
            {
                case ModelAnswer.Said said when read(said.Text) is { } draft:
                    if (draft.Declined is { } declined)
                    {
                        return declined;
                    }

                    var text = draft.Text?.Trim();
                    if (DraftCheck.Refusal(text, task, prompt.Instructions) is not { } refusal)
                    {
                        return new Written.Text(text!, BuiltIn: false, said.Model);
                    }

                    wrong = refusal;
                    break;
                case ModelAnswer.Said:
                    wrong = "The answer is not of the given schema.";
                    break;
                case ModelAnswer.Filtered { Request: true }:
                    return new Written.Failed("The provider's content filter stopped the request.");
                case ModelAnswer.Filtered:
                    wrong = "The provider's content filter stopped the text.";
                    break;
                case ModelAnswer.Failed failed:
                    return new Written.Failed($"The model did not answer: {failed.Because}.");
            }

            messages = [.. messages.Take(2), new(ChatRole.User, $"Your last text was refused. {wrong} Write another one.")];
        }

        return new Written.Failed($"No text of the model could go out. {wrong}");
    }
}
