using FollowUp.Conversations;
using FollowUp.Ports;
using FollowUp.Writing;

namespace FollowUp.Effects;

/// <summary>Writes without a model: templates and the built-in writer.</summary>
internal sealed class PlainWriter : IMessageWriter
{
    public Task<Written> WriteAsync(string workspace, WritingTask task, CancellationToken cancellationToken) => Task.FromResult(Composer.Compose(task));
}
