using System.Collections.Concurrent;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;
using FollowUp.Writing;

namespace FollowUp.Grains;

/// <summary>A provider that keeps what it was given and answers as told.</summary>
public sealed class FakeConnector : IChannelConnector
{
    public ConcurrentQueue<OutboundMessage> Sent { get; } = new();

    /// <summary>Answers wait for it, when set.</summary>
    public TaskCompletionSource<SendResult>? Gate { get; set; }

    /// <summary>Connections whose provider hangs until told.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource<SendResult>> Hanging { get; } = new();

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        Sent.Enqueue(message);
        if (Hanging.TryGetValue(message.ConnectionId, out var hanging))
        {
            return await hanging.Task;
        }

        return Gate is { } gate ? await gate.Task : new SendResult.Accepted($"provider-{message.AttemptId}");
    }

    public Task<SendResult?> ReconcileAsync(OutboundMessage message, DateTimeOffset attemptedAt, CancellationToken cancellationToken) => Task.FromResult<SendResult?>(null);
}

/// <summary>A writer that can be held.</summary>
public sealed class FakeWriter : IMessageWriter
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Texts wait for it, when set.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>The first text was asked for.</summary>
    public Task Asked => asked.Task;

    public async Task<Written> WriteAsync(string workspace, WritingTask task, CancellationToken cancellationToken)
    {
        asked.TrySetResult();
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        return Composer.Compose(task);
    }
}

internal sealed class PlainHasher : IAddressHasher
{
    public string Hash(string purpose, string workspace, Channel channel, string address) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{purpose}{workspace}{channel}{address}")));
}

/// <summary>Seals nothing, and can be told to open nothing.</summary>
public sealed class PlainProtector : ISecretProtector
{
    private int refused;

    public bool IsBroken { get; set; }

    /// <summary>How often it was asked in vain.</summary>
    public int Refused => refused;

    public string Protect(string secret) => $"sealed:{secret}";

    public string Unprotect(string sealedSecret)
    {
        if (IsBroken)
        {
            Interlocked.Increment(ref refused);
            throw new IOException("The keys cannot be reached.");
        }

        return sealedSecret["sealed:".Length..];
    }
}

internal sealed class RealSpeed : IEngineSpeed
{
    public double Value => 1;
}
