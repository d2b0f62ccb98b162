using FollowUp.Writing;
using NodaTime;

namespace FollowUp.Bots;

/// <summary>Says what is wrong with the scenarios' steps.</summary>
internal static class ScenarioValidator
{
    private const int MaximumSteps = 5;
    private const int MaximumVariants = 5;

    private static readonly Duration LongestDelay = Duration.FromDays(30);

    public static void CheckAll(Findings findings, Scenarios scenarios, BotValidationContext context)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        CheckScenario(findings, "followUp.scenarios.stoppedResponding", scenarios.StoppedResponding, ids, context);
        CheckScenario(findings, "followUp.scenarios.busy", scenarios.Busy, ids, context);
        CheckScenario(findings, "followUp.scenarios.requestedFollowUp", scenarios.RequestedFollowUp, ids, context, firstHasItsTime: true);
    }

    private static void CheckScenario(Findings findings, string path, ScenarioSettings? scenario, HashSet<string> ids, BotValidationContext context, bool firstHasItsTime = false)
    {
        if (scenario is null)
        {
            return;
        }

        foreach (var (at, step) in Check.Items(findings, path + ".steps", scenario.Steps, MaximumSteps))
        {
            Check.Id(findings, at + ".id", step.Id);
            if (step.Id is not null && !ids.Add(step.Id))
            {
                findings.Add(at + ".id", "Another step of this bot has this id.");
            }

            if (!firstHasItsTime || at != path + ".steps[0]")
            {
                Check.Delay(findings, at + ".delay", step.Delay, Check.Minute, LongestDelay);
            }
            else if (step.Delay is not null)
            {
                findings.Add(at + ".delay", "The first step of a requested follow-up is due when the contact asked.");
            }

            CheckContent(findings, at, step, context);
            CheckWorkflow(findings, at + ".workflow", step.Workflow, context);
        }
    }

    private static void CheckContent(Findings findings, string path, FollowUpStep step, BotValidationContext context)
    {
        if (step.Variants is not { Count: > 0 })
        {
            if (Check.Present(findings, path + ".message", step.Message))
            {
                CheckMessage(findings, path + ".message", step.Message, context);
            }

            return;
        }

        if (step.Message is not null)
        {
            findings.Add(path + ".variants", "Either a message or variants.");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, variant) in Check.Items(findings, path + ".variants", step.Variants, MaximumVariants))
        {
            Check.Id(findings, at + ".id", variant.Id);
            if (variant.Id is not null && !ids.Add(variant.Id))
            {
                findings.Add(at + ".id", "Another variant of this step has this id.");
            }

            Check.Number(findings, at + ".share", variant.Share, 1, 100);
            if (Check.Present(findings, at + ".message", variant.Message))
            {
                CheckMessage(findings, at + ".message", variant.Message, context);
            }
        }
    }

    private static void CheckMessage(Findings findings, string path, StepMessage message, BotValidationContext context)
    {
        Check.Word(findings, path + ".kind", message.Kind);
        if (message.Kind == MessageKind.Custom)
        {
            Check.RequiredText(findings, path + ".text", message.Text, MessageTemplate.MaximumLength);
            CheckTemplate(findings, path + ".text", message.Text, context);
        }
        else
        {
            // A text kept from before the switch to ai is not used; only its length counts.
            Check.Text(findings, path + ".text", message.Text, MessageTemplate.MaximumLength);
        }

        Check.Text(findings, path + ".instructions", message.Instructions, MessageTemplate.MaximumLength);
        Check.Text(findings, path + ".fallbackText", message.FallbackText, MessageTemplate.MaximumLength);
        CheckTemplate(findings, path + ".fallbackText", message.FallbackText, context);
    }

    private static void CheckTemplate(Findings findings, string path, string? text, BotValidationContext context)
    {
        foreach (var error in MessageTemplate.Check(text ?? "", context.CustomValueNames).Errors)
        {
            findings.Add(path, error);
        }
    }

    private static void CheckWorkflow(Findings findings, string path, StepWorkflow? workflow, BotValidationContext context)
    {
        if (workflow is null)
        {
            return;
        }

        Check.Id(findings, path + ".id", workflow.Id);
        if (workflow.Id is not null && !context.WorkflowIds.Contains(workflow.Id, StringComparer.Ordinal))
        {
            findings.Add(path, context.WorkflowIds.Count == 0 ? "Workflows are not available yet." : "There is no such workflow.");
        }
    }
}
