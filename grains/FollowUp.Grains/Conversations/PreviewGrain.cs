using System.Text.Json;
using FollowUp.Ports;
using Orleans.Concurrency;

namespace FollowUp.Conversations;

/// <summary>Writes outside the conversation's turn: a slow model holds up nobody but who asked.</summary>
[StatelessWorker]
internal sealed class PreviewGrain(IMessageWriter writer) : Grain, IPreviewGrain
{
    /// <summary>Below Orleans' own response time-out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public async Task<Answer<Preview>> PreviewAsync(string stepId)
    {
        var key = this.GetPrimaryKeyString();
        var brief = await GrainFactory.GetGrain<IConversationTurns>(key).GetBriefAsync(stepId);
        if (brief.Problem is { } problem)
        {
            return problem;
        }

        var task = JsonSerializer.Deserialize<WritingTask>(brief.Value!, StateJson.Options)!;
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            return await writer.WriteAsync(GrainKeys.Parse(key).Workspace, task, deadline.Token) switch
            {
                Written.Text text => new Preview { StepId = stepId, Text = text.Value, BuiltIn = text.BuiltIn, Model = text.Model },
                Written.Declined declined => new Preview { StepId = stepId, Declined = declined.Because, Reason = declined.Reason },
                Written.Failed failed => new Preview { StepId = stepId, Failed = failed.Because },
                _ => new Preview { StepId = stepId, Failed = "The writer said nothing." },
            };
        }
        catch (OperationCanceledException)
        {
            return new Preview { StepId = stepId, Failed = "The model did not answer in time." };
        }
    }
}
