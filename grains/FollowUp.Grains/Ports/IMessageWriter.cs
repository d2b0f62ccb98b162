using FollowUp.Conversations;

namespace FollowUp.Ports;

/// <summary>Writes a follow-up or an answer. May be slow; runs outside every turn.</summary>
public interface IMessageWriter
{
    Task<Written> WriteAsync(WritingTask task, CancellationToken cancellationToken);
}
