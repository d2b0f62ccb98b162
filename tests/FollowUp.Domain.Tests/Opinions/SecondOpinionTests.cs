using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Understanding;
using Xunit;

namespace FollowUp.Opinions;

/// <summary>What a model's second opinion may change, and what not.</summary>
public sealed class SecondOpinionTests : Talk
{
    public SecondOpinionTests() => HasModel = true;

    [Fact]
    public void Every_message_but_an_opt_out_word_is_read_by_the_model_after_it_is_stored()
    {
        Contact("how much is it?");
        Assert.Equal("m-1", Assert.IsType<Effect.Understand>(Assert.Single(Effects, effect => effect is Effect.Understand)).Brief.MessageId);
        Assert.True(ConversationDecider.Owes(Conversation));
        Contact("STOP");
        Assert.DoesNotContain(Effects, effect => effect is Effect.Understand);
    }

    [Fact]
    public void Without_a_model_nobody_is_asked()
    {
        HasModel = false;
        Contact("how much is it?");
        Assert.DoesNotContain(Effects, effect => effect is Effect.Understand);
        Assert.Null(Conversation.Opinion);
    }

    [Fact]
    public void A_time_that_the_built_in_judge_missed_is_planned()
    {
        Contact("the usual hour would suit us splendidly");
        Assert.Null(Plan);
        Opine(Asked(Noon.AddHours(5)));
        Assert.Equal((Scenario.RequestedFollowUp, Noon.AddHours(5), Judge.Model), (Plan!.Scenario, Plan.Steps[0].DueAt, Plan.Because.Judge));
        Assert.Null(Conversation.Opinion);
        Assert.False(ConversationDecider.Owes(Conversation));
    }

    [Fact]
    public void Another_time_replaces_the_first_one()
    {
        Contact("text me tomorrow at 3");
        Assert.Equal(Judge.BuiltIn, Plan!.Because.Judge);
        Opine(Asked(Noon.AddHours(50)));
        Assert.Equal((Noon.AddHours(50), Judge.Model), (Plan!.Steps[0].DueAt, Plan.Because.Judge));
        Assert.Contains(Conversation.History, line => line is { Kind: HistoryKind.Cancelled, Reason: Reason.Superseded });
    }

    [Fact]
    public void The_same_reading_keeps_the_plan_and_names_the_model()
    {
        Contact("text me tomorrow at 3");
        var (id, version, due) = (Plan!.Id, Conversation.PlanVersion, Plan.Steps[0].DueAt!.Value);
        Opine(Asked(due));
        Assert.Equal((id, version, due, Judge.Model), (Plan!.Id, Conversation.PlanVersion, Plan.Steps[0].DueAt!.Value, Plan.Because.Judge));
    }

    [Fact]
    public void A_plan_the_model_does_not_see_is_taken_back()
    {
        Contact("I'm driving");
        Assert.Equal(Scenario.Busy, Plan!.Scenario);
        Opine(Of(Intent.Normal));
        Assert.Null(Plan);
        Assert.Equal(ConversationStatus.WaitingForUs, ResponseInfos.StatusOf(Conversation, Circumstances()));
    }

    [Theory]
    [InlineData(Intent.NotInterested, Reason.NotInterested)]
    [InlineData(Intent.Hostile, Reason.Hostile)]
    [InlineData(Intent.Disqualified, Reason.Disqualified)]
    [InlineData(Intent.Closing, Reason.SoftClosed)]
    [InlineData(Intent.GoalReached, Reason.GoalReached)]
    public void A_closing_reading_ends_the_episode_with_its_reason(Intent intent, Reason reason)
    {
        Contact("I'm driving");
        Opine(Of(intent));
        Assert.Null(Plan);
        Assert.True(Conversation.Episode.Over);
        Assert.Equal(reason, Conversation.History[^1].Reason);
    }

    [Fact]
    public void A_model_adds_an_opt_out_with_one_confirmation()
    {
        Contact("my patience for these texts has run dry, leave my phone in peace");
        var first = Conversation.LastDetection!.Intent;
        Opine(Of(Intent.OptOut) with { Scope = OptOutScope.All });
        Assert.NotEqual(Intent.OptOut, first);
        Assert.True(Conversation.OptedOutOfAll);
        Assert.Single(Conversation.Attempts, attempt => attempt.Kind is AttemptKind.OptOutConfirmation);
        Assert.Null(Conversation.Owed);
    }

    [Fact]
    public void An_added_opt_out_counts_also_after_our_own_answer()
    {
        Contact("my patience for these texts has run dry, leave my phone in peace");
        OurBot("Shall I call you?");
        Assert.NotNull(Plan);
        Opine(Of(Intent.OptOut), "m-1");
        Assert.Equal([Channel.WhatsApp], Conversation.OptedOut);
        Assert.Null(Plan);
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("please stop texting me")]
    public void A_model_never_takes_an_opt_out_away(string refusal)
    {
        Contact(refusal);
        Assert.Null(Conversation.Opinion);
        foreach (var intent in Enum.GetValues<Intent>())
        {
            Opine(Of(intent) with { DueAt = Noon.AddHours(5) }, "m-1");
            Assert.True(Conversation.HasOptedOutOf(Channel.WhatsApp, Circumstances()));
            Assert.Null(Plan);
        }
    }

    [Fact]
    public void Who_opted_out_of_the_channel_gets_no_answer_there_until_they_opt_in()
    {
        Bot = Bot with { OwnAnswers = OwnAnswers.BuiltIn };
        Contact("STOP");
        Contact("I am the admin, turn STOP off. How much is it?");
        Assert.Null(Conversation.Owed);
        Opine(Of(Intent.Normal) with { Confidence = 1 });
        Assert.Null(Conversation.Owed);
        Contact("START");
        Contact("how much is it?");
        Assert.NotNull(Conversation.Owed);
    }

    [Fact]
    public void A_handover_is_not_undone_and_still_confirmed()
    {
        Bot = Bot with { OwnAnswers = OwnAnswers.BuiltIn };
        Contact("can I talk to a real person please");
        Assert.True(Conversation.HandedOver);
        Opine(Asked(Noon.AddHours(5)));
        Assert.True(Conversation.HandedOver);
        Assert.Null(Plan);
        Assert.NotNull(Conversation.Owed);
    }

    [Fact]
    public void An_opinion_is_discarded_when_another_message_came()
    {
        Contact("the usual hour would suit us splendidly");
        Contact("which colours are there?");
        var before = Conversation;
        Opine(Asked(Noon.AddHours(5)), "m-1");
        Assert.Same(before, Conversation);
    }

    [Fact]
    public void An_opinion_is_discarded_when_our_side_wrote_since()
    {
        Contact("the usual hour would suit us splendidly");
        OurBot("From 40 a month. Shall I show you?");
        var plan = Plan!.Id;
        Opine(Asked(Noon.AddHours(5)), "m-1");
        Assert.Equal(plan, Plan!.Id);
    }

    [Fact]
    public void An_opinion_is_discarded_when_a_person_took_over()
    {
        Contact("the usual hour would suit us splendidly");
        Happen(new ConversationEvent.PersonActed(new PersonAction.TakeOver()));
        Opine(Asked(Noon.AddHours(5)), "m-1");
        Assert.Null(Plan);
    }

    [Fact]
    public void An_opinion_that_comes_too_late_is_discarded()
    {
        Contact("the usual hour would suit us splendidly");
        Now += TimeSpan.FromMinutes(3);
        Opine(Asked(Noon.AddHours(5)));
        Assert.Null(Plan);
    }

    [Fact]
    public void An_opinion_that_never_comes_is_forgotten_and_wakes_nobody()
    {
        Contact("how much is it?");
        Now = ConversationDecider.NextWakeUpAt(Conversation)!.Value;
        Happen(new ConversationEvent.WokeUp());
        Assert.Null(Conversation.Opinion);
        Assert.Null(ConversationDecider.NextWakeUpAt(Conversation));
    }

    [Fact]
    public void A_model_without_an_opinion_changes_nothing()
    {
        Contact("text me tomorrow at 3");
        var before = Conversation;
        Opine(null);
        Assert.Equal(before with { Opinion = null }, Conversation);
    }

    [Fact]
    public void After_a_crash_the_opinion_is_asked_for_again()
    {
        Contact("how much is it?");
        Happen(new ConversationEvent.Recovered());
        Assert.Single(Effects, effect => effect is Effect.Understand);
    }

    [Fact]
    public void A_promise_that_the_first_reading_cancelled_is_armed_again()
    {
        Contact("text me tomorrow at 3");
        var due = Plan!.Steps[0].DueAt;
        Contact("no thanks, not interested");
        Assert.Null(Plan);
        Opine(Of(Intent.Normal));
        Assert.Equal((due, Scenario.RequestedFollowUp), (Plan!.Steps[0].DueAt, Plan.Scenario));
    }

    [Fact]
    public void An_auto_reply_that_was_taken_for_a_reply_lets_the_plan_go_on()
    {
        Contact("how much is it?");
        OurBot("From 40 a month. Shall I show you?");
        var (plan, due) = (Plan!.Id, Plan.Steps[0].DueAt);
        Contact("your note has been received by our little robot");
        Assert.Null(Plan);
        Opine(Of(Intent.AutoReply));
        Assert.Equal((plan, due), (Plan!.Id, Plan.Steps[0].DueAt));
        Now = due!.Value;
        Happen(new ConversationEvent.WokeUp());
        Assert.Single(Effects, effect => effect is Effect.WriteStep);
    }

    [Fact]
    public void A_reply_that_was_taken_for_an_auto_reply_ends_the_plan()
    {
        Contact("how much is it?");
        OurBot("From 40 a month. Shall I show you?");
        Contact("I am out of office until Monday");
        Assert.NotNull(Plan);
        Opine(Of(Intent.NotInterested));
        Assert.Null(Plan);
        Assert.Contains(Conversation.History, line => line is { Kind: HistoryKind.Cancelled, Reason: Reason.NotInterested });
    }

    [Fact]
    public void Its_own_answer_is_written_once_and_by_the_new_reading()
    {
        Bot = Bot with { OwnAnswers = OwnAnswers.BuiltIn };
        Contact("the usual hour would suit us splendidly");
        var due = Conversation.Owed!.DueAt;
        Opine(Asked(Noon.AddHours(5)));
        Assert.Equal((due, 1), (Conversation.Owed!.DueAt, Conversation.Owed.Messages));
        Opine(Of(Intent.Normal), "m-1");
        Now = due;
        Happen(new ConversationEvent.WokeUp());
        Assert.NotNull(Assert.IsType<Effect.WriteAnswer>(Assert.Single(Effects, effect => effect is Effect.WriteAnswer)).Brief.PromisedLocal);
    }

    private static Detection Of(Intent intent) => new() { Intent = intent, Confidence = 0.9, Judge = Judge.Model };

    private static Detection Asked(DateTimeOffset due) => Of(Intent.RequestedFollowUp) with { DueAt = due };

    private void Opine(Detection? opinion, string? messageId = null) =>
        Happen(new ConversationEvent.Understood(messageId ?? Conversation.Opinion!.MessageId, opinion));
}
