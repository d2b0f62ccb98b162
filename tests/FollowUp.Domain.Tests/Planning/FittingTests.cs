using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Simulation;
using Xunit;

namespace FollowUp.Planning;

/// <summary>Fire check 12: does a written follow-up still fit?</summary>
public sealed class FittingTests : Talk
{
    public FittingTests() => Bot = Bot.Nudging(new FollowUpStep { Id = "n1", Delay = Delay.Of(2, DelayUnit.Hours), Message = new StepMessage { Kind = MessageKind.Ai } });

    [Theory]
    [InlineData("no thanks, not interested", Reason.NotInterested)]
    [InlineData("you have the wrong number", Reason.Disqualified)]
    [InlineData("ok thanks, bye", Reason.SoftClosed)]
    public void An_old_silence_that_the_contacts_own_words_explain_is_not_chased_by_a_written_step(string words, Reason reason)
    {
        Enrolled(words);
        WakeUp();
        Assert.Null(Plan);
        Assert.Contains(Conversation.History, line => line.Kind is HistoryKind.Cancelled && line.Reason == reason);
        Assert.DoesNotContain(Effects, effect => effect is Effect.WriteStep);
    }

    [Fact]
    public void What_will_happen_is_shown_before()
    {
        Enrolled("no thanks, not interested");
        Assert.Equal((Outcome.Cancel, Reason.NotInterested), (ResponseInfos.Of(Conversation, Circumstances()).Plan!.Steps[0].Expected!.Outcome, ResponseInfos.Of(Conversation, Circumstances()).Plan!.Steps[0].Expected!.Reason!.Value));
    }

    [Fact]
    public void A_step_in_a_persons_own_words_goes_out()
    {
        Bot = Bot.Nudging(Some.Step("n1", 2, DelayUnit.Hours));
        Enrolled("no thanks, not interested");
        WakeUp();
        Assert.Single(Effects, effect => effect is Effect.WriteStep);
    }

    [Theory]
    [InlineData(Reason.NotInterested)]
    [InlineData(Reason.Disqualified)]
    [InlineData(Reason.Hostile)]
    [InlineData(Reason.SoftClosed)]
    [InlineData(Reason.AiDeclined)]
    public void A_writer_that_would_rather_not_cancels_the_plan_with_its_reason(Reason reason)
    {
        Contact("how much is it?");
        OurBot("From 40 a month. Shall I show you?");
        WakeUp();
        var write = Assert.Single(Effects.OfType<Effect.WriteStep>());
        Happen(new ConversationEvent.TextWritten(write.PlanId, write.StepId, write.PlanVersion, new Written.Declined("they said no", reason)));
        Assert.Null(Plan);
        Assert.Equal((HistoryKind.Cancelled, reason, "they said no"), (Conversation.History[^1].Kind, Conversation.History[^1].Reason!.Value, Conversation.History[^1].Detail));
    }

    private void Enrolled(string words)
    {
        Contact(words);
        OurBot("All right. Shall we leave it here?");
        Happen(new ConversationEvent.Enrolled("user-7"));
        Assert.NotNull(Plan);
    }
}
