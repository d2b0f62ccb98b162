using FollowUp.Workspaces;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace FollowUp.Ai;

/// <summary>Asks a workspace's model, within what it may cost: per contact, per workspace, per day.</summary>
internal sealed class ModelQuestions(LanguageModels models, TokenBudget budget, IOptions<AiOptions> options)
{
    private readonly ContactTokens contacts = new(TimeProvider.System);

    /// <summary>Whether the workspace has a model.</summary>
    public bool HasModel(string workspace) => models.Of(workspace) is not null;

    public async Task<ModelAnswer> AskAsync(string workspace, string conversationId, IReadOnlyList<ChatMessage> messages, ChatResponseFormat format, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (models.Of(workspace) is not { } model)
        {
            return new ModelAnswer.Failed("no model");
        }

        if (contacts.IsSpent(workspace, conversationId, limits.TokensPerContact))
        {
            return new ModelAnswer.Failed("the contact's tokens of the day are used up");
        }

        if (await budget.IsSpentAsync(workspace, limits.TokensPerWorkspace))
        {
            return new ModelAnswer.Failed("the workspace's tokens of the day are used up");
        }

        if (await budget.IsSpentAsync(TokenBudget.Everybody, limits.TokensPerDay))
        {
            return new ModelAnswer.Failed("the day's tokens are used up");
        }

        var (answer, tokens) = await model.AskAsync(messages, format, deadline, cancellationToken);
        contacts.Spend(workspace, conversationId, tokens);
        budget.Spend(workspace, tokens);
        budget.Spend(TokenBudget.Everybody, tokens);
        return answer;
    }
}
