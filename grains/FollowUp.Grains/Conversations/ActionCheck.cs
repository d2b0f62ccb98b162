using FollowUp.Bots;

namespace FollowUp.Conversations;

/// <summary>Bounds of what a person asks for.</summary>
internal static class ActionCheck
{
    private const int LongestText = 4_096;

    public static Dictionary<string, IReadOnlyList<string>> Errors(PersonAction action)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        switch (action)
        {
            case PersonAction.Chase chase:
                Text("text", chase.Text);
                if (chase.Delays is not { Count: >= 1 and <= 5 })
                {
                    errors["delays"] = ["1 to 5 delays."];
                    break;
                }

                var findings = new Findings();
                for (var i = 0; i < chase.Delays.Count; i++)
                {
                    Check.Delay(findings, $"delays[{i}]", chase.Delays[i], Check.Minute, NodaTime.Duration.FromDays(30));
                }

                foreach (var (field, found) in findings.ByPath)
                {
                    errors[field] = found;
                }

                break;
            case PersonAction.ScheduleMessage scheduled:
                Text("text", scheduled.Text);
                break;
            case PersonAction.EditStep edit:
                Text("text", edit.Text);
                break;
            case PersonAction.Merge merge:
                Id("into", merge.Into);
                break;
            case PersonAction.Transfer transfer:
                Id("botId", transfer.BotId);
                break;
            case PersonAction.MarkGoal { Goal: var goal } when string.IsNullOrWhiteSpace(goal) || goal.Length > 200:
                errors["goal"] = ["1 to 200 characters."];
                break;
        }

        if (action.By?.Length > 200)
        {
            errors["by"] = ["At most 200 characters."];
        }

        return errors;

        void Id(string field, string? id)
        {
            var findings = new Findings();
            Check.Id(findings, field, id);
            foreach (var (path, found) in findings.ByPath)
            {
                errors[path] = found;
            }
        }

        void Text(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
            {
                errors[field] = [$"1 to {LongestText} characters."];
            }
        }
    }
}
