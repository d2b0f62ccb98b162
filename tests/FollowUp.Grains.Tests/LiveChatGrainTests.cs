using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using Xunit;
using static FollowUp.Grains.EngineFixture;

namespace FollowUp.Grains;

/// <summary>The live chat's own promises: numbers, marks, merges by identity.</summary>
public sealed class LiveChatGrainTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Any_number_is_replayed_from_without_gap_over_pages_that_hold_other_channels_too()
    {
        var bot = await engine.BotAsync("replay", OwnAnswers.None);
        var conversation = engine.Conversation("replay-1");
        await conversation.PostMessageAsync(FromVisitor("m0", bot, "hello there", "visitor-replay"));
        for (var i = 1; i < 450; i++)
        {
            // A stretch of whole pages without a word of the chat, and mixed ones.
            var channel = i is > 100 and < 190 || i % 3 == 0 ? Channel.Sms : Channel.LiveChat;
            await conversation.PostMessageAsync(new IncomingMessage { MessageId = $"m{i}", Author = Author.Workflow, Channel = channel, Text = "line" });
        }

        var last = (await conversation.ReplayAsync(long.MaxValue)).LastSequence;
        Assert.InRange(last, 200, 300);
        foreach (var from in (long[])[0, 1, 60, 66, 67, 68, 69, 70, 100, 150, last - 1, last, last + 5])
        {
            var got = new List<long>();
            for (var replay = await conversation.ReplayAsync(from); replay.Messages.Count > 0; replay = await conversation.ReplayAsync(got[^1]))
            {
                Assert.InRange(replay.Messages.Count, 1, 200);
                got.AddRange(replay.Messages.Select(message => message.Sequence!.Value));
            }

            Assert.Equal(Enumerable.Range(1, (int)last).Select(number => (long)number).Where(number => number > from), got);
        }
    }

    [Fact]
    public async Task A_mark_covers_all_up_to_its_number_in_one_write_and_a_repeat_writes_nothing()
    {
        var bot = await engine.BotAsync("marks", OwnAnswers.None);
        var conversation = engine.Conversation("marks-1");
        await conversation.PostMessageAsync(FromVisitor("m0", bot, "hello there", "visitor-marks"));
        for (var i = 1; i <= 5; i++)
        {
            await conversation.PostMessageAsync(new IncomingMessage { MessageId = $"b{i}", Author = Author.Workflow, Channel = Channel.LiveChat, Text = "line" });
        }

        var writes = engine.Storage.WritesOf("conversation");
        await conversation.MarkChatAsync(4, Delivery.Read);
        Assert.Equal(writes + 1, engine.Storage.WritesOf("conversation"));
        await conversation.MarkChatAsync(4, Delivery.Read);
        await conversation.MarkChatAsync(3, Delivery.Delivered);
        Assert.Equal(writes + 1, engine.Storage.WritesOf("conversation"));
        var transcript = (await conversation.GetMessagesAsync(null, 50)).Value!.Items;
        Assert.Equal([null, Delivery.Read, Delivery.Read, Delivery.Read, Delivery.Accepted, Delivery.Accepted], transcript.Select(message => message.Delivery));
    }

    [Fact]
    public async Task A_merge_keeps_the_promise_the_words_and_what_was_seen_and_happens_once()
    {
        var bot = await engine.BotAsync("merge", OwnAnswers.None, requested: true);
        var (chat, texts) = (engine.Conversation("merge-chat"), engine.Conversation("merge-texts"));
        await texts.PostMessageAsync(FromContact("s1", bot, "how much is it?", "+13035550101"));
        await chat.PostMessageAsync(FromVisitor("c1", bot, "text me tomorrow at 3", "visitor-merge"));
        var promise = (await chat.GetResponseInfoAsync()).Value!.Plan!;
        Assert.Equal(Scenario.RequestedFollowUp, promise.Scenario);

        Assert.Null((await chat.ActAsync(new PersonAction.Merge { Into = "merge-texts" })).Problem);
        await SettleAsync(async () => (await texts.GetResponseInfoAsync()).Value!.Plan is not null);
        var after = (await texts.GetResponseInfoAsync()).Value!;
        Assert.Equal((Scenario.RequestedFollowUp, promise.Steps[0].DueAt), (after.Plan!.Scenario, after.Plan.Steps[0].DueAt));
        Assert.Equal(["how much is it?", "text me tomorrow at 3"], (await texts.GetMessagesAsync(null, 50)).Value!.Items.Select(message => message.Text));
        Assert.Equal([1L], (await texts.ReplayAsync(0)).Messages.Select(message => message.Sequence!.Value));
        Assert.Equal("merge-texts", (await chat.ReplayAsync(0)).MovedTo);

        // A redelivery to the old conversation is the same message; the widget's next one lands in the new.
        Assert.True((await chat.PostMessageAsync(FromVisitor("c1", bot, "text me tomorrow at 3", "visitor-merge"))).Value!.Duplicate);
        await chat.PostMessageAsync(FromVisitor("c2", bot, "ok thanks", "visitor-merge"));
        Assert.Equal(3, (await texts.GetMessagesAsync(null, 50)).Value!.Items.Count);
        Assert.Equal(Scenario.RequestedFollowUp, (await texts.GetResponseInfoAsync()).Value!.Plan!.Scenario);

        // No circle, nowhere, not twice.
        Assert.Equal("mergeCycle", (await texts.ActAsync(new PersonAction.Merge { Into = "merge-chat" })).Problem!.Code);
        Assert.Equal("alreadyMerged", (await chat.ActAsync(new PersonAction.Merge { Into = "merge-texts" })).Problem!.Code);
        Assert.Equal("validation", (await texts.ActAsync(new PersonAction.Merge { Into = "merge-nobody" })).Problem!.Code);
    }

    [Fact]
    public async Task What_was_asked_before_signing_in_is_answered_after_it()
    {
        var bot = await engine.BotAsync("asked", OwnAnswers.BuiltIn);
        await engine.Conversation("asked-home").PostMessageAsync(FromContact("s1", bot, "how much is it?", "+13035550102"));
        await engine.Conversation("asked-chat").PostMessageAsync(FromVisitor("c1", bot, "and do you have it in blue?", "visitor-asked"));
        var home = await engine.Grains.GetGrain<IAddressBookGrain>("default").JoinUserAsync(new VerifiedUser { Address = "user-asked", Phone = "+13035550102", Anonymous = "asked-chat" });
        Assert.Equal("asked-home", home);
        await SettleAsync(async () => (await engine.Conversation("asked-home").GetMessagesAsync(null, 50)).Value!.Items.Count >= 2);
        await engine.AdvanceUntilAsync(async () => (await engine.Conversation("asked-home").GetMessagesAsync(null, 50)).Value!.Items is [.., { Author: Author.Bot, Channel: Channel.LiveChat }], TimeSpan.FromMinutes(10));
        Assert.Equal(Author.Bot, (await engine.Conversation("asked-home").GetMessagesAsync(null, 50)).Value!.Items[^1].Author);
    }

    [Fact]
    public async Task A_user_joins_only_what_is_proven_to_be_theirs()
    {
        var bot = await engine.BotAsync("join", OwnAnswers.None);
        var book = engine.Grains.GetGrain<IAddressBookGrain>("default");
        await engine.Conversation("join-number").PostMessageAsync(FromContact("s1", bot, "hello there", "+13035550103"));

        // New to us: a stable conversation that tells nobody the user.
        var fresh = await book.JoinUserAsync(new VerifiedUser { Address = "user-new" });
        Assert.Equal(fresh, await book.JoinUserAsync(new VerifiedUser { Address = "user-new" }));
        Assert.DoesNotContain("new", fresh, StringComparison.Ordinal);

        // The number's conversation; from now on also without the number.
        Assert.Equal("join-number", await book.JoinUserAsync(new VerifiedUser { Address = "user-one", Phone = "+13035550103" }));
        Assert.Equal("join-number", await book.JoinUserAsync(new VerifiedUser { Address = "user-one" }));
        await engine.Conversation("join-number").PostMessageAsync(FromVisitor("c1", bot, "hello there", "user-one"));

        // An anonymous tab of the same thread does not make the user a stranger again.
        await engine.Conversation("join-number").PostMessageAsync(FromVisitor("c2", bot, "hello there", "visitor-late"));
        Assert.Equal("user-one", (await engine.Conversation("join-number").GetAsync()).Value!.Contact.Addresses![Channel.LiveChat]);
        Assert.True((await engine.Conversation("join-number").ReplayAsync(long.MaxValue)).OfVerifiedUser);

        // Another user of the same number stays apart, and takes nobody's chat along.
        var other = await book.JoinUserAsync(new VerifiedUser { Address = "user-two", Phone = "+13035550103", Anonymous = "join-number" });
        Assert.NotEqual("join-number", other);
    }

    private static IncomingMessage FromVisitor(string id, string bot, string text, string address) => new()
    {
        MessageId = id,
        Author = Author.Contact,
        Channel = Channel.LiveChat,
        Text = text,
        BotId = bot,
        Contact = new ContactData { Addresses = new Dictionary<Channel, string> { [Channel.LiveChat] = address } },
    };
}
