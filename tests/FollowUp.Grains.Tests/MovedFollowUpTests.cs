using FollowUp.Channels;
using FollowUp.Conversations;
using Xunit;

namespace FollowUp.Grains;

/// <summary>A follow-up that went to a visitor who had just left moves to SMS: once, and as the same follow-up.</summary>
public sealed class MovedFollowUpTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Not_acknowledged_and_the_visitor_gone_it_moves_to_sms_once_and_counts_once()
    {
        var conversation = await NudgedAsync("moved", "+13035550201");
        await PresenceOf("moved").SetAsync(Channel.LiveChat, present: false);
        await engine.AdvanceUntilAsync(() => Task.FromResult(SentTo("+13035550201") == 1), TimeSpan.FromMinutes(3));
        Assert.Equal(1, SentTo("+13035550201"));
        await EngineFixture.SettleAsync(async () => (await conversation.GetResponseInfoAsync()).Value!.History.Any(line => line.Kind is HistoryKind.SwitchedChannel));

        var info = (await conversation.GetResponseInfoAsync()).Value!;
        Assert.Single(info.History, line => line is { Kind: HistoryKind.Sent, StepId: "n1" });
        Assert.Contains(info.History, line => line is { Kind: HistoryKind.SwitchedChannel, StepId: "n1", Channel: Channel.Sms, Detail: not null });
        var transcript = (await conversation.GetMessagesAsync(null, 50)).Value!.Items.Where(message => message.Author is Author.FollowUp).ToList();
        Assert.Equal([Channel.LiveChat, Channel.Sms], transcript.Select(message => message.Channel));
        Assert.StartsWith(transcript[0].Text, transcript[1].Text, StringComparison.Ordinal);
        Assert.Equal(transcript[0].FollowUp, transcript[1].FollowUp);

        // Later looks find nothing more to move.
        engine.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, SentTo("+13035550201"));
    }

    [Fact]
    public async Task Acknowledged_or_answered_it_stays_where_it_is()
    {
        var acknowledged = await NudgedAsync("acked", "+13035550202");
        await acknowledged.MarkChatAsync(long.MaxValue, Delivery.Delivered);
        await PresenceOf("acked").SetAsync(Channel.LiveChat, present: false);

        var answered = await NudgedAsync("answered", "+13035550203");
        await answered.PostMessageAsync(new IncomingMessage { MessageId = "reply", Author = Author.Contact, Channel = Channel.LiveChat, Text = "which colours are there?" });
        await PresenceOf("answered").SetAsync(Channel.LiveChat, present: false);

        for (var minute = 0; minute < 5; minute++)
        {
            engine.Time.Advance(TimeSpan.FromMinutes(1));
            await acknowledged.GetAsync();
            await answered.GetAsync();
        }

        Assert.Equal((0, 0), (SentTo("+13035550202"), SentTo("+13035550203")));
    }

    // A visitor with a number and consent who seems to be there when the nudge goes out.
    private async Task<IConversationGrain> NudgedAsync(string id, string number)
    {
        await engine.BotAsync(id, switching: true);
        var conversation = engine.Conversation(id);
        await conversation.PostMessageAsync(new IncomingMessage
        {
            MessageId = "m0",
            Author = Author.Contact,
            Channel = Channel.LiveChat,
            Text = "how much is it?",
            BotId = id,
            Contact = new ContactData
            {
                Addresses = new Dictionary<Channel, string> { [Channel.LiveChat] = $"visitor-{id}", [Channel.Sms] = number },
                Consent = new Dictionary<Channel, Consent> { [Channel.Sms] = new Consent { How = "web form" } },
            },
        });
        await conversation.PostMessageAsync(new IncomingMessage { MessageId = "b0", Author = Author.Bot, Channel = Channel.LiveChat, Text = "From 40. Shall I show you?" });
        await PresenceOf(id).SetAsync(Channel.LiveChat, present: true);
        await engine.AdvanceUntilAsync(async () => (await conversation.GetResponseInfoAsync()).Value!.History.Any(line => line is { Kind: HistoryKind.Sent, StepId: "n1", Channel: Channel.LiveChat }), TimeSpan.FromHours(3));
        Assert.Equal(0, SentTo(number));
        return conversation;
    }

    private IPresenceGrain PresenceOf(string id) => engine.Grains.GetGrain<IPresenceGrain>(GrainKeys.Of("default", id));

    private int SentTo(string number) => engine.Twilio.Sent.Count(message => message.To == number);
}
