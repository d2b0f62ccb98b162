using System.Diagnostics;
using FollowUp.Channels;
using FollowUp.Connectors;
using FollowUp.Ports;
using Microsoft.Extensions.Options;
using Xunit;

namespace FollowUp.Silo;

public sealed class SendPaceTests
{
    [Fact]
    public async Task A_recipient_waits_after_the_burst_and_others_do_not()
    {
        using var pace = new SendPace(Options.Create(new PaceOptions { Sms = new ChannelPace { PerSecond = 1_000, PerRecipient = TimeSpan.FromMinutes(1), Burst = 2 } }));
        Assert.Null(await WaitAsync(pace, "+1"));
        Assert.Null(await WaitAsync(pace, "+1"));
        Assert.NotNull(await WaitAsync(pace, "+1"));
        Assert.Null(await WaitAsync(pace, "+2"));
    }

    [Fact]
    public async Task A_sender_keeps_its_rate_and_another_connection_is_not_slowed()
    {
        using var pace = new SendPace(Options.Create(new PaceOptions { Sms = new ChannelPace { PerSecond = 50, PerRecipient = TimeSpan.FromSeconds(1), Burst = 5 } }));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 75; i++)
        {
            Assert.Null(await WaitAsync(pace, $"+{i}", seconds: 10));
        }

        // 25 at once, the other 50 at 50 a second.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.8, 8);
        clock.Restart();
        Assert.Null(await WaitAsync(pace, "+1", connection: "other"));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 0.5);
    }

    private static async Task<TimeSpan?> WaitAsync(SendPace pace, string to, string connection = "sms", double seconds = 2)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        return await pace.WaitAsync(new OutboundMessage { Workspace = "default", ConversationId = "c", ConnectionId = connection, Connection = new Connection { Kind = ConnectionKind.Twilio, BotId = "b" }, AttemptId = "a", Channel = Channel.Sms, To = to, Text = "x" }, patience.Token);
    }
}
