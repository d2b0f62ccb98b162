using FollowUp.Bots;
using FollowUp.Conversations;

namespace FollowUp.Planning;

/// <summary>Finds steps in settings and plans.</summary>
public static class StepsOf
{
    extension(BotSnapshot bot)
    {
        /// <summary>The steps of a scenario that is on; null when it is off (a scenario with no steps counts as off).</summary>
        public IReadOnlyList<FollowUpStep>? Steps(Scenario scenario)
        {
            var scenarios = bot.Settings.FollowUp.Scenarios;
            var settings = scenario switch
            {
                Scenario.StoppedResponding => scenarios.StoppedResponding,
                Scenario.Busy => scenarios.Busy,
                Scenario.RequestedFollowUp => scenarios.RequestedFollowUp,
                _ => null,
            };
            return settings is { Enabled: true, Steps.Count: > 0 } ? settings.Steps : null;
        }

        public FollowUpStep? Step(Scenario scenario, string stepId) => bot.Steps(scenario)?.FirstOrDefault(step => step.Id == stepId);
    }

    extension(PlanStep step)
    {
        /// <summary>The plan's own time for it, before any hold.</summary>
        public DateTimeOffset? OwnTime => step.HeldFrom ?? step.DueAt;

        /// <summary>Still to be sent.</summary>
        public bool IsPending => step.State is StepState.Scheduled or StepState.Held or StepState.AwaitingApproval;

        /// <summary>Nothing more becomes of it by itself.</summary>
        public bool IsOver => !step.IsPending && step.State is not StepState.Sending;
    }

    extension(Plan plan)
    {
        /// <summary>The step that is next; null while one is being sent, or when none is left.</summary>
        public PlanStep? Next => plan.Steps.FirstOrDefault(step => !step.IsOver) is { IsPending: true } next ? next : null;

        /// <summary>No step was ever handed to a provider, skipped or drafted: nothing of the plan has happened.</summary>
        public bool IsUntouched => plan.Steps[0] is { State: StepState.Scheduled or StepState.Held, AttemptId: null };

        public Plan With(PlanStep changed) => plan with { Steps = [.. plan.Steps.Select(step => step.Id == changed.Id ? changed : step)] };
    }
}
