using FollowUp.Conversations;
using Orleans.Concurrency;

namespace FollowUp.Bots;

/// <summary>What decisions know of a bot. Same grain, same key as <see cref="IBotGrain"/>.</summary>
[Alias("followup.IBotSource")]
internal interface IBotSource : IGrainWithStringKey
{
    /// <summary>Null: no such bot, or deleted.</summary>
    /// <remarks>Reads only: answered while the bot waits for conversations that ask it.</remarks>
    [Alias("GetSnapshot"), AlwaysInterleave]
    Task<BotSnapshot?> GetSnapshotAsync();
}
