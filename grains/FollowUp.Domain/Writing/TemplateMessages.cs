using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Planning;

namespace FollowUp.Writing;

/// <summary>An approved WhatsApp template on its way out: its values, and how it stands in the transcript.</summary>
internal static class TemplateMessages
{
    /// <summary>WhatsApp refuses an empty value (131008).</summary>
    private const string NoValue = "-";

    public static TemplateMessage Fill(WhatsAppTemplate template, Turn turn, Plan plan, PlanStep step)
    {
        var fields = Composer.FieldsOf(WritingTasks.ForStep(turn, plan, step));
        return new TemplateMessage
        {
            Name = template.Name,
            Language = template.Language,
            Parameters = [.. template.Parameters.Select(parameter => PlainText.OneLine(MessageTemplate.Render(parameter, fields), 1_024) is { Length: > 0 } value ? value : NoValue)],
        };
    }

    /// <summary>The template's own words are the provider's: its name and our values are what we know.</summary>
    public static string InWords(TemplateMessage template) =>
        template.Parameters.Count == 0 ? $"WhatsApp template {template.Name}" : $"WhatsApp template {template.Name}: {string.Join(", ", template.Parameters)}";
}
