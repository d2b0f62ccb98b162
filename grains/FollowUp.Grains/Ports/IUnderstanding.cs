using FollowUp.Opinions;

namespace FollowUp.Ports;

/// <summary>A language model that reads what a contact wrote. May be slow or wrong; runs outside every turn, after the acknowledgement.</summary>
public interface IUnderstanding
{
    /// <summary>Whether a model works for this workspace at all; asked for every message.</summary>
    bool IsAvailableIn(string workspace);

    /// <summary>Null: no reading (down, too slow, wrong in shape, over a limit).</summary>
    Task<ModelReading?> ReadAsync(string workspace, ReadingTask task, CancellationToken cancellationToken);
}
