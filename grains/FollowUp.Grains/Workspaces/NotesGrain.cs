using System.Globalization;

namespace FollowUp.Workspaces;

/// <summary>The latest notes of a workspace, oldest first.</summary>
public sealed class NotesState
{
    public List<TeamNote> Notes { get; set; } = [];

    /// <summary>Notes that are not kept any more: places in the list count from here.</summary>
    public long Dropped { get; set; }
}

internal sealed class NotesGrain([PersistentState("notes", StorageNames.FollowUp)] IPersistentState<NotesState> stored) : Grain, INotesGrain
{
    private const int Kept = 500;

    public async Task AddAsync(TeamNote note)
    {
        var notes = stored.State.Notes;
        if (notes.Any(known => known.NoteId == note.NoteId))
        {
            return;
        }

        notes.Add(note);
        if (notes.Count > Kept)
        {
            stored.State.Dropped += notes.Count - Kept;
            notes.RemoveRange(0, notes.Count - Kept);
        }

        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public Task<Answer<Page<TeamNote>>> ListAsync(int limit, string? cursor)
    {
        var end = stored.State.Notes.Count;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var before) || before - stored.State.Dropped > end)
            {
                return Task.FromResult<Answer<Page<TeamNote>>>(Problem.Invalid("cursor", "Not a cursor of this list."));
            }

            end = (int)Math.Max(0, before - stored.State.Dropped);
        }

        var start = Math.Max(0, end - limit);
        var items = stored.State.Notes[start..end];
        items.Reverse();
        return Task.FromResult<Answer<Page<TeamNote>>>(new Page<TeamNote>
        {
            Items = items,
            Next = start > 0 ? (stored.State.Dropped + start).ToString(CultureInfo.InvariantCulture) : null,
        });
    }
}
