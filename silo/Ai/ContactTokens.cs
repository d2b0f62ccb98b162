using System.Collections.Concurrent;

namespace FollowUp.Ai;

/// <summary>What each contact's conversation cost today. Kept in memory: a conversation is served by one process at a time, and what a restart forgets the workspace's limit still holds.</summary>
internal sealed class ContactTokens(TimeProvider time)
{
    private volatile Day today = new(0);

    public bool IsSpent(string workspace, string conversationId, long limit) =>
        limit > 0 && Today().Spent.GetValueOrDefault((workspace, conversationId)) >= limit;

    public void Spend(string workspace, string conversationId, long tokens) =>
        Today().Spent.AddOrUpdate((workspace, conversationId), tokens, (_, before) => before + tokens);

    private Day Today()
    {
        var number = (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);
        return today.Number == number ? today : today = new Day(number);
    }

    private sealed record Day(int Number)
    {
        public ConcurrentDictionary<(string, string), long> Spent { get; } = new();
    }
}
