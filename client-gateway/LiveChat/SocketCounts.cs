using Microsoft.Extensions.Options;

namespace FollowUp.LiveChat;

/// <summary>How many sockets are open on this gateway, in all and by whom. Each count is taken before it is used and given back when it is disposed.</summary>
internal sealed class SocketCounts(IOptions<LiveChatOptions> options)
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, int> byName = [];

    /// <summary>Null: this gateway has as many as it takes.</summary>
    public IDisposable? TryOpen() => TryTake("all", options.Value.Sockets);

    /// <summary>Null: too many have not said who they are.</summary>
    public IDisposable? TryStaySilent() => TryTake("silent", options.Value.SilentSockets);

    public IDisposable? TryOpenFrom(string source) => TryTake($"from {source}", options.Value.SocketsPerIp);

    public IDisposable? TryOpenOf(ChatSession session) => TryTake($"session {session.Id}", options.Value.SocketsPerSession);

    public IDisposable? TryOpenFor(ChatSession session) => TryTake($"visitor {session.Workspace}|{session.ConversationId}", options.Value.SocketsPerVisitor);

    private Taken? TryTake(string name, int most)
    {
        lock (guard)
        {
            var open = byName.GetValueOrDefault(name);
            if (open >= most)
            {
                return null;
            }

            byName[name] = open + 1;
            return new Taken(this, name);
        }
    }

    private void GiveBack(string name)
    {
        lock (guard)
        {
            if (--byName[name] == 0)
            {
                byName.Remove(name);
            }
        }
    }

    private sealed class Taken(SocketCounts counts, string name) : IDisposable
    {
        private bool given;

        public void Dispose()
        {
            if (!given)
            {
                given = true;
                counts.GiveBack(name);
            }
        }
    }
}
