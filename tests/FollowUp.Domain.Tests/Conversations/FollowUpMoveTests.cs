using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Planning;
using FollowUp.Simulation;
using FollowUp.Understanding;
using FollowUp.Writing;
using NodaTime;
using Xunit;

namespace FollowUp.Conversations;

/// <summary>A nudge went into the chat of a visitor who seemed to be there, and nobody took it (docs/decisions/moved-follow-up.md).</summary>
public sealed class FollowUpMoveTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Attempt> sent = [];
    private Conversation conversation = new();
    private BotSnapshot bot = BotSaves.New("bot", Some.Bot.Switching(), Noon);
    private DateTimeOffset now = Noon;
    private bool present = true;
    private SendResult answer = new SendResult.Accepted("SM1");
    private int tokens;

    [Fact]
    public void After_a_minute_without_acknowledgement_it_moves_when_the_visitor_is_gone()
    {
        Nudge();
        Gone();
        Wake(59);
        Assert.Empty(sent);
        Wake(1);
        var moved = Assert.Single(sent);
        Assert.Equal((Channel.Sms, AttemptKind.MovedFollowUp, "nudge-1"), (moved.Channel, moved.Kind, moved.StepId));
        Assert.Single(conversation.FollowUpsSentAt);
        Assert.Equal(1, conversation.Episode.FollowUpsSent);
        Assert.Equal(Channel.Sms, conversation.Plan!.Channel);

        // The next step still counts from the first send.
        Assert.Equal(Noon.AddHours(2).AddDays(1), conversation.Plan.Next!.DueAt);
        for (var minute = 0; minute < 30; minute++)
        {
            Wake(60);
        }

        Assert.Single(sent);
    }

    [Fact]
    public void A_visitor_who_is_there_is_waited_for_and_an_acknowledgement_ends_it()
    {
        Nudge();
        Wake(60);
        Wake(60);
        Assert.Empty(sent);
        Happen(new ConversationEvent.ChatMarked(conversation.LastSequence, Delivery.Delivered));
        Assert.Null(conversation.Unacknowledged);
        Gone();
        Wake(600);
        Assert.Empty(sent);
    }

    [Fact]
    public void A_reply_a_takeover_a_refusal_and_a_switched_off_bot_keep_it_where_it_is()
    {
        Action[] ends =
        [
            () => Say("which colours are there?", Channel.LiveChat),
            () => Say("which colours are there?", Channel.Sms),
            () => Happen(new ConversationEvent.PersonActed(new PersonAction.TakeOver { By = "user-7" })),
            () => Happen(new ConversationEvent.PersonActed(new PersonAction.OptOut())),
            () => Happen(new ConversationEvent.PersonActed(new PersonAction.OptOut { Channel = Channel.Sms })),
            () => Happen(new ConversationEvent.PersonActed(new PersonAction.Close())),
            () => bot = bot.Saved(bot.Settings with { Active = false }, now),
        ];
        foreach (var end in ends)
        {
            (conversation, now, present, bot) = (new Conversation(), Noon, true, BotSaves.New("bot", Some.Bot.Switching(), Noon));
            Nudge();
            end();
            Gone();
            Wake(60);
            Wake(600);
            Assert.Empty(sent);
            Assert.Null(conversation.Unacknowledged);
        }
    }

    // SMS rests from 21:00 to 08:00 on the contact's clock.
    [Fact]
    public void In_the_quiet_hours_it_waits_for_their_end_and_is_asked_again()
    {
        now = Noon.AddHours(8).AddMinutes(59.5);
        Nudge(after: TimeSpan.FromHours(2));
        Gone();
        Wake(60);
        Assert.Empty(sent);
        Assert.InRange(conversation.Unacknowledged!.AskAt!.Value, Noon.AddHours(20), Noon.AddHours(20).AddMinutes(10));
        now = conversation.Unacknowledged.AskAt.Value;
        Wake(0);
        Assert.Single(sent);
    }

    [Fact]
    public void Without_another_usable_channel_it_stays_for_the_visitors_return()
    {
        Nudge(consent: false);
        Gone();
        Wake(60);
        Assert.Empty(sent);
        Assert.Null(conversation.Unacknowledged);
    }

    [Fact]
    public void Certainly_not_processed_it_goes_again_at_most_three_times_and_only_while_it_fits()
    {
        answer = new SendResult.NotSent("20429", null);
        Nudge();
        Gone();
        for (var minute = 0; minute < 60; minute++)
        {
            Wake(60);
        }

        Assert.Equal(3, sent.Count);
        Assert.Contains(conversation.History, line => line is { Kind: HistoryKind.Failed, Detail: "20429", StepId: "nudge-1" });
    }

    private void Nudge(TimeSpan? after = null, bool consent = true)
    {
        var contact = new ContactData
        {
            TimeZone = "UTC",
            Addresses = new Dictionary<Channel, string> { [Channel.LiveChat] = "visitor-1", [Channel.Sms] = "+13035550142" },
            Consent = consent ? new Dictionary<Channel, Consent> { [Channel.Sms] = new() } : null,
        };
        Say("how much is it?", Channel.LiveChat, contact);
        Happen(new ConversationEvent.OurSideWrote(new IncomingMessage { MessageId = $"b-{tokens}", Author = Author.Bot, Channel = Channel.LiveChat, Text = "From 40. Shall I show you?" }));
        now += after ?? TimeSpan.FromHours(2);
        Wake(0);
        Assert.Equal((Author.FollowUp, Channel.LiveChat), (conversation.Messages[^1].Author, conversation.Messages[^1].Channel));
    }

    private void Say(string text, Channel channel, ContactData? contact = null)
    {
        var detection = Detector.Detect(text, new DetectorContext { SentAt = Instant.FromDateTimeOffset(now), Zone = DateTimeZone.Utc, FallbackLanguage = "en", OptOutWords = new Workspaces.WorkspaceSettings().OptOutWords });
        Happen(new ConversationEvent.ContactWrote(new IncomingMessage { MessageId = $"c-{tokens}", Author = Author.Contact, Channel = channel, Text = text, BotId = "bot", Contact = contact }, detection));
    }

    private void Gone() => present = false;

    private void Wake(int seconds)
    {
        now += TimeSpan.FromSeconds(seconds);
        Happen(new ConversationEvent.WokeUp());
    }

    private void Happen(ConversationEvent first)
    {
        var events = new Queue<ConversationEvent>([first]);
        while (events.TryDequeue(out var @event))
        {
            var decision = ConversationDecider.Decide(conversation, @event, Now());
            conversation = decision.Conversation;
            foreach (var effect in decision.Effects)
            {
                if (effect is Effect.WriteStep write)
                {
                    events.Enqueue(new ConversationEvent.TextWritten(write.PlanId, write.StepId, write.PlanVersion, Composer.Compose(write.Brief)));
                }
                else if (effect is Effect.Send send)
                {
                    sent.Add(conversation.Attempts.First(attempt => attempt.Id == send.Attempt.Id));
                    events.Enqueue(new ConversationEvent.AttemptEnded(send.Attempt.Id, answer));
                }
            }
        }
    }

    private Circumstances Now() => new()
    {
        Now = now,
        ConversationId = "c",
        Bot = bot,
        Workspace = new Workspaces.WorkspaceSettings(),
        VisitorPresent = present,
        Connections = new Dictionary<Channel, string> { [Channel.LiveChat] = "", [Channel.Sms] = "sms" },
        Token = $"{tokens++:D6}",
    };
}
