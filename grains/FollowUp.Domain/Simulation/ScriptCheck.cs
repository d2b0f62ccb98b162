using FollowUp.Conversations;
using FollowUp.Hours;

namespace FollowUp.Simulation;

/// <summary>What a script may be: every bad field at once.</summary>
internal static class ScriptCheck
{
    public const int MaximumLines = 1_000;

    /// <summary>Years that <c>until</c> may lie after the first line.</summary>
    private const int MaximumYears = 3;

    private const int MaximumText = 4_096;

    public static Dictionary<string, IReadOnlyList<string>> Errors(SimulationRequest request)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        if (request.Script.Count > MaximumLines)
        {
            errors["script"] = [$"At most {MaximumLines} lines."];
        }

        if (request.Contact?.TimeZone is { } zone && Zones.Find(zone) is null)
        {
            errors["contact.timeZone"] = [$"'{zone}' is not an IANA time zone."];
        }

        if (request.Settings?.TimeZone is { } business && Zones.Find(business) is null)
        {
            errors["settings.timeZone"] = [$"'{business}' is not an IANA time zone."];
        }

        if (request.Script.Any(line => line is null))
        {
            errors["script"] = ["A line may not be null."];
            return errors;
        }

        var start = request.Script.Count > 0 ? request.Script.Min(line => line.At) : request.Until;
        if (request.Until > start.AddYears(MaximumYears))
        {
            errors["until"] = [$"At most {MaximumYears} years after the first line."];
        }

        for (var i = 0; i < request.Script.Count; i++)
        {
            if (Wrong(request.Script[i]) is var (field, error))
            {
                errors[$"script[{i}].{field}"] = [error];
            }
        }

        return errors;
    }

    private static (string Field, string Error)? Wrong(ScriptLine line) => line.Do switch
    {
        ScriptVerb.Message when line.Author is null => ("author", "A message has an author."),
        ScriptVerb.Message when line.Channel is null => ("channel", "A message has a channel."),
        ScriptVerb.Message when line.Author is Author.FollowUp => ("author", "Follow-ups are the engine's own."),
        ScriptVerb.Message when line.Text is null or { Length: > MaximumText } => ("text", $"A message has a text of at most {MaximumText} characters."),
        ScriptVerb.Presence when line.Present is null => ("present", "Say whether they are present."),
        ScriptVerb.Save when line.Bot is null => ("bot", "A save has the bot's settings."),
        ScriptVerb.Skip or ScriptVerb.SendNow or ScriptVerb.Move when line.StepId is null => ("stepId", "Name the step."),
        ScriptVerb.Move when line.DueAt is null => ("dueAt", "Say when it is due."),
        ScriptVerb.Outcome when line.Outcome is null => ("outcome", "Say what the provider answers."),
        ScriptVerb.Receipt when line.State is null => ("state", "A receipt has a state."),
        ScriptVerb.MarkGoal when line.Goal is null => ("goal", "Name the goal."),
        _ => null,
    };
}
