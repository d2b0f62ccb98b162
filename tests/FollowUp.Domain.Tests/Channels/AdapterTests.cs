using FollowUp.Conversations;
using Xunit;

namespace FollowUp.Channels;

/// <summary>A channel adapter knows repeats: it gets a message until it takes it, for a day.</summary>
public sealed class AdapterTests
{
    [Fact]
    public void An_adapter_is_called_again_with_the_same_id_until_it_takes_the_message()
    {
        var hook = new Sending { Repeatable = ["Sms"] };
        var attempt = hook.UntilSending();
        for (var tries = 0; tries < 5; tries++)
        {
            hook.Ends(attempt, new SendResult.Again("500", null, MayHaveArrived: true));
            Assert.Equal(attempt.Id, hook.Later(TimeSpan.FromMinutes(40))!.Id);
        }

        hook.Recovers();
        Assert.Equal(attempt.Id, hook.Later(TimeSpan.FromSeconds(1))!.Id);
        hook.Ends(attempt, new SendResult.Accepted("x-1"));
        Assert.Single(hook.History, line => line.Kind is HistoryKind.Sent);
        Assert.DoesNotContain(hook.History, line => line.Kind is HistoryKind.Uncertain);
    }

    [Theory]
    [InlineData(true, HistoryKind.Uncertain)]
    [InlineData(false, HistoryKind.Failed)]
    public void An_adapter_that_stays_away_for_a_day_is_shown_and_the_team_is_told(bool mayHaveArrived, HistoryKind shown)
    {
        // Open around the clock: nothing but the adapter stops it.
        var hook = new Sending(contact: new ContactData { Addresses = new Dictionary<Channel, string> { [Channel.Messenger] = "psid-1" } }, channel: Channel.Messenger) { Repeatable = ["Messenger"] };
        var attempt = hook.UntilSending();
        while (hook.Conversation.Attempts.Any(candidate => candidate is { Uncertain: false }))
        {
            hook.Ends(attempt, new SendResult.Again("503", null, mayHaveArrived));
            hook.Later(TimeSpan.FromHours(2));
        }

        Assert.Contains(hook.History, line => line.Kind == shown);
        Assert.NotEmpty(hook.Conversation.Notes);
    }

    [Fact]
    public void A_reply_or_the_closing_hour_ends_the_repeats()
    {
        var hook = new Sending { Repeatable = ["Sms"] };
        var attempt = hook.UntilSending();
        hook.Ends(attempt, new SendResult.Again("unreachable", null, MayHaveArrived: false));
        hook.Contact("m2", "which colours?");
        Assert.Null(hook.Later(TimeSpan.FromMinutes(1)));
        Assert.Single(hook.Asked);

        // SMS closes at nine in the evening.
        var late = new Sending { Repeatable = ["Sms"] };
        attempt = late.UntilSending();
        late.Ends(attempt, new SendResult.Again("unreachable", TimeSpan.FromHours(8), MayHaveArrived: false));
        Assert.Null(late.Later(TimeSpan.FromHours(10)));
    }
}
