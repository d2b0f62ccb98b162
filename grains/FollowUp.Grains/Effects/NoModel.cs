using FollowUp.Opinions;
using FollowUp.Ports;

namespace FollowUp.Effects;

/// <summary>No model: the built-in judge alone.</summary>
internal sealed class NoModel : IUnderstanding
{
    public bool IsAvailableIn(string workspace) => false;

    public Task<ModelReading?> ReadAsync(string workspace, ReadingTask task, CancellationToken cancellationToken) => Task.FromResult<ModelReading?>(null);
}
