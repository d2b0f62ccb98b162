using FollowUp.Conversations;

namespace FollowUp.Ports;

/// <summary>Writes a follow-up or an answer. May be slow; runs outside every turn. What cannot be written is a result; an exception is a surprise and counts as <see cref="Written.Failed"/>.</summary>
public interface IMessageWriter
{
    Task<Written> WriteAsync(string workspace, WritingTask task, CancellationToken cancellationToken);
}
