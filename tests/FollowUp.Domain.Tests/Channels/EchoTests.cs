using FollowUp.Conversations;
using Xunit;

namespace FollowUp.Channels;

/// <summary>Who wrote a message of our side that the provider shows.</summary>
public sealed class EchoTests
{
    [Theory]
    [InlineData(Channel.Messenger, true)]
    [InlineData(Channel.Messenger, false)]
    [InlineData(Channel.Instagram, true)]
    [InlineData(Channel.Instagram, false)]
    public void An_echo_of_our_own_message_is_no_takeover_before_the_answer_and_after_it(Channel channel, bool echoFirst)
    {
        var talk = new ProviderTalk(channel);
        var attempt = talk.NudgeUnderWay();
        Action[] order = [() => talk.Echo("mid-1", attempt.Text, channel is Channel.Messenger ? attempt.Id : null), () => talk.Answer(attempt, new SendResult.Accepted("mid-1"))];
        foreach (var happens in echoFirst ? order : order.Reverse())
        {
            happens();
        }

        Assert.Null(talk.Conversation.Human);
        Assert.Equal(StepState.Sent, talk.Conversation.Plan!.Steps[0].State);
        Assert.Equal(StepState.Scheduled, talk.Conversation.Plan.Steps[1].State);
        Assert.Single(talk.Conversation.Messages, message => message.ProviderId == "mid-1");
        Assert.Single(talk.Info.History, line => line.Kind is HistoryKind.Sent);
    }

    [Fact]
    public void A_status_before_the_answer_is_one_line_of_the_history()
    {
        var talk = new ProviderTalk(Channel.WhatsApp);
        var attempt = talk.NudgeUnderWay();
        talk.Status("wamid.1", Delivery.Delivered, attempt: attempt.Id);
        talk.Answer(attempt, new SendResult.Accepted("wamid.1"));
        Assert.Equal([HistoryKind.Sent, HistoryKind.Delivered], talk.Info.History.Where(line => line.Kind is not HistoryKind.Planned).Select(line => line.Kind));
    }

    [Fact]
    public void An_echo_settles_an_uncertain_send()
    {
        var talk = new ProviderTalk(Channel.Messenger);
        var attempt = talk.NudgeUnderWay();
        talk.Answer(attempt, new SendResult.Uncertain("No answer in time."));
        Assert.Equal(StepState.Uncertain, talk.Conversation.Plan!.Steps[0].State);
        talk.Echo("mid-1", attempt.Text, attempt.Id);
        Assert.Equal(StepState.Sent, talk.Conversation.Plan!.Steps[0].State);
        Assert.Empty(talk.Conversation.Attempts);
        Assert.Null(talk.Conversation.Human);
    }

    [Fact]
    public void A_week_old_echo_is_known_as_ours_when_its_page_has_long_been_put_away()
    {
        var talk = new ProviderTalk(Channel.Instagram);
        var attempt = talk.NudgeUnderWay();
        talk.Answer(attempt, new SendResult.Accepted("mid-1"));
        for (var number = 0; number < 45; number++)
        {
            talk.Contact($"and number {number}?");
        }

        talk.Now += TimeSpan.FromDays(6);
        Assert.DoesNotContain(talk.Conversation.Messages, message => message.ProviderId == "mid-1");
        Assert.True(talk.Echo("mid-1", attempt.Text).Duplicate);
        Assert.Null(talk.Conversation.Human);
    }

    [Fact]
    public void A_persons_message_takes_over_once_however_often_it_is_shown()
    {
        var talk = new ProviderTalk(Channel.Messenger);
        var attempt = talk.NudgeUnderWay();
        talk.Answer(attempt, new SendResult.Accepted("mid-1"));
        talk.Echo("mid-2", "Sam here, I'll take it from here");
        talk.Echo("mid-2", "Sam here, I'll take it from here");
        Assert.NotNull(talk.Conversation.Human);
        Assert.Null(talk.Conversation.Plan);
        Assert.Single(talk.Info.History, line => line.Kind is HistoryKind.TookOver);
        Assert.Equal(ConversationStatus.HumanInCharge, talk.Info.Status);
    }

    [Fact]
    public void The_same_words_by_a_person_a_day_later_are_a_takeover()
    {
        var talk = new ProviderTalk(Channel.Instagram);
        var attempt = talk.NudgeUnderWay();
        talk.Answer(attempt, new SendResult.Uncertain("No answer in time."));
        talk.Now += TimeSpan.FromHours(20);
        talk.Echo("mid-9", attempt.Text);
        Assert.NotNull(talk.Conversation.Human);
    }

    [Fact]
    public void What_the_businesss_own_bot_sends_stands_as_the_bots_and_is_not_doubled_when_it_was_told()
    {
        var talk = new ProviderTalk(Channel.Messenger);
        talk.Contact("how much is it?");
        talk.Echo("mid-1", "From 40. Shall I show you?", author: Author.Bot);
        Assert.Null(talk.Conversation.Human);
        Assert.Equal(Scenario.StoppedResponding, talk.Conversation.Plan!.Scenario);
        talk.Told(Author.Bot, "We are open until six.");
        talk.Echo("mid-2", "We are open until six.", author: Author.Bot);
        Assert.Single(talk.Conversation.Messages, message => message.Text == "We are open until six.");
    }

    [Fact]
    public void An_attempt_of_ours_that_nobody_remembers_is_still_ours()
    {
        var talk = new ProviderTalk(Channel.Messenger);
        talk.Contact("how much is it?");
        talk.Echo("mid-7", "An old nudge", "a-long-forgotten");
        Assert.Null(talk.Conversation.Human);
        Assert.DoesNotContain(talk.Conversation.Messages, message => message.Text == "An old nudge");
    }

    [Fact]
    public void The_thread_taken_by_another_app_is_a_takeover_and_given_back_it_is_ours_again_in_any_order()
    {
        var (taken, returned) = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
        foreach (var late in (bool[])[false, true])
        {
            var talk = new ProviderTalk(Channel.Messenger);
            talk.Contact("how much is it?");
            var start = talk.Now;
            talk.Now += TimeSpan.FromMinutes(10);
            if (!late)
            {
                talk.Signal(ChannelSignalKind.ThreadTaken, start + taken);
                Assert.NotNull(talk.Conversation.Human);
            }

            talk.Signal(ChannelSignalKind.ThreadReturned, start + returned);
            talk.Signal(ChannelSignalKind.ThreadTaken, start + taken);
            Assert.Null(talk.Conversation.Human);
        }
    }
}
