using FollowUp.Bots;
using FollowUp.Conversations;

namespace FollowUp.Simulation;

/// <summary>Plays a script in virtual time with the decisions that run live.</summary>
public static class Simulator
{
    /// <summary>Problem: <c>validation</c>.</summary>
    public static Answer<SimulationResult> Run(SimulationRequest request)
    {
        var errors = ScriptCheck.Errors(request);
        if (errors.ContainsKey("script"))
        {
            return Problem.Invalid(errors);
        }

        foreach (var (field, error) in BotErrors(request))
        {
            errors[field] = error;
        }

        return errors.Count > 0 ? Problem.Invalid(errors) : new VirtualConversation(request).Play();
    }

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> BotErrors(SimulationRequest request)
    {
        var context = new BotValidationContext { CustomValueNames = [.. request.Settings?.CustomValues?.Keys ?? []] };
        foreach (var (field, error) in BotValidator.Validate(request.Bot, context))
        {
            yield return new($"bot.{field}", error);
        }

        for (var i = 0; i < request.Script.Count; i++)
        {
            if (request.Script[i].Bot is not { } saved)
            {
                continue;
            }

            foreach (var (field, error) in BotValidator.Validate(saved, context))
            {
                yield return new($"script[{i}].bot.{field}", error);
            }
        }
    }

    /// <summary>Kinds that a timeline tells; the rest is for the history of a real conversation.</summary>
    internal static bool IsTold(HistoryKind kind) => kind is HistoryKind.Planned or HistoryKind.Redated or HistoryKind.Held or HistoryKind.AwaitingApproval
        or HistoryKind.Sent or HistoryKind.Failed or HistoryKind.Uncertain or HistoryKind.Skipped or HistoryKind.Cancelled or HistoryKind.Expired
        or HistoryKind.SwitchedChannel or HistoryKind.Note or HistoryKind.Answered;
}
