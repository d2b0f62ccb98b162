using FollowUp.Conversations;
using FollowUp.Planning;

namespace FollowUp.Writing;

/// <summary>What would be written now, for someone who wants to see it first. Nothing is stored, sent or planned.</summary>
public static class Previews
{
    /// <summary>The task of a step of the live plan, or of any step of the bot as if its scenario had just been laid; null: there is no such step.</summary>
    public static WritingTask? TaskOf(Conversation conversation, string stepId, Circumstances now)
    {
        var turn = new Turn(conversation, now);
        if (conversation.Plan is { } live && live.Steps.FirstOrDefault(step => step.Id == stepId) is { } pending)
        {
            return WritingTasks.ForStep(turn, live, pending);
        }

        foreach (var scenario in (Scenario[])[Scenario.StoppedResponding, Scenario.Busy, Scenario.RequestedFollowUp])
        {
            if (now.Bot?.Steps(scenario) is { } steps && steps.Any(step => step.Id == stepId))
            {
                var plan = new Plan
                {
                    Id = "preview",
                    Scenario = scenario,
                    AnchorAt = now.Now,
                    BotId = now.Bot.Id,
                    Because = Planner.BecauseOfSilence(turn, message: null),
                    Steps = [.. steps.Select(step => new PlanStep { Id = step.Id })],
                };
                return WritingTasks.ForStep(turn, plan, plan.Steps.First(step => step.Id == stepId));
            }
        }

        return null;
    }
}
