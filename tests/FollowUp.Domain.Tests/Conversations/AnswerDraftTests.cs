using FollowUp.Bots;
using FollowUp.Simulation;
using Xunit;

namespace FollowUp.Conversations;

/// <summary>A suggestive bot's own answers wait for a person.</summary>
public sealed class AnswerDraftTests : Talk
{
    public AnswerDraftTests() => Bot = Some.Bot with { Mode = BotMode.Suggestive, OwnAnswers = OwnAnswers.BuiltIn };

    [Fact]
    public void An_answer_is_drafted_and_nothing_is_sent()
    {
        Draft("how much is it?", "From 40 a month. Shall I show you?");
        Assert.Equal("From 40 a month. Shall I show you?", Conversation.Draft!.Text);
        Assert.Empty(Conversation.Attempts);
        var waiting = Assert.Single(ResponseInfos.ApprovalsOf(Conversation, Circumstances()));
        Assert.Equal((ApprovalKind.Answer, Conversation.Draft.Id), (waiting.Kind, waiting.StepId));
        Assert.Equal(ConversationStatus.WaitingForUs, ResponseInfos.StatusOf(Conversation, Circumstances()));
    }

    [Fact]
    public void Approved_it_goes_out_once_and_says_by_whom()
    {
        Draft("how much is it?", "From 40 a month. Shall I show you?");
        var id = Conversation.Draft!.Id;
        Act(new PersonAction.ApproveStep { StepId = id, By = "user-7" });
        var sent = Assert.Single(Effects.OfType<Effect.Send>()).Attempt;
        Assert.Equal((AttemptKind.Answer, "From 40 a month. Shall I show you?", "user-7"), (sent.Kind, sent.Text, sent.By));
        Assert.Null(Conversation.Draft);
        Act(new PersonAction.ApproveStep { StepId = id });
        Assert.NotNull(Problem);
        Assert.Single(Conversation.Attempts);
    }

    [Fact]
    public void Edited_it_goes_out_as_the_person_wrote_it()
    {
        Draft("how much is it?", "From 40.");
        var id = Conversation.Draft!.Id;
        Act(new PersonAction.EditStep { StepId = id, Text = "Hi {{ contact.first_name }}, 40 a month. Ok?" });
        Act(new PersonAction.EditStep { StepId = id, Text = "{{ contact.secret }}" });
        Assert.NotNull(Problem);
        Act(new PersonAction.ApproveStep { StepId = id });
        Assert.Equal("Hi Dana, 40 a month. Ok?", Assert.Single(Conversation.Attempts).Text);
        Assert.False(Conversation.Attempts[0].BuiltIn);
    }

    [Fact]
    public void Refused_it_is_gone_and_the_contact_still_waits()
    {
        Draft("how much is it?", "From 40.");
        Act(new PersonAction.RefuseStep { StepId = Conversation.Draft!.Id, By = "user-7" });
        Assert.Null(Conversation.Draft);
        Assert.Contains(Conversation.History, line => line is { Kind: HistoryKind.Refused, By: "user-7" });
        Assert.Equal(ConversationStatus.WaitingForUs, ResponseInfos.StatusOf(Conversation, Circumstances()));
    }

    [Fact]
    public void It_dies_with_a_reply_and_the_reply_gets_a_draft_of_its_own()
    {
        Draft("how much is it?", "From 40.");
        var first = Conversation.Draft!.Id;
        Draft("and in red?", "The same.");
        Assert.NotEqual(first, Conversation.Draft!.Id);
        Assert.Contains(Conversation.History, line => line is { Kind: HistoryKind.Cancelled, Reason: Reason.ContactReplied } && line.StepId == first);
    }

    [Fact]
    public void It_dies_with_staleness()
    {
        Draft("how much is it?", "From 40.");
        WakeUp();
        Assert.Equal(Noon.AddHours(72), Now, TimeSpan.FromMinutes(1));
        Assert.Null(Conversation.Draft);
        Assert.Equal(Reason.TooStale, Conversation.History[^1].Reason);
    }

    [Fact]
    public void It_dies_when_a_person_writes_takes_over_or_closes()
    {
        foreach (var end in (Action[])[() => Agent("From 40, I think."), () => Act(new PersonAction.TakeOver()), () => Act(new PersonAction.Close()), () => Act(new PersonAction.OptOut()), () => OurBot("From 40.")])
        {
            Draft("how much is it?", "From 40.");
            end();
            Assert.Null(Conversation.Draft);
            Act(new PersonAction.Release());
            Act(new PersonAction.Reopen());
            Act(new PersonAction.OptIn());
        }
    }

    [Fact]
    public void A_bot_that_was_switched_off_sends_no_draft()
    {
        Draft("how much is it?", "From 40.");
        Bot = Bot with { Active = false };
        Act(new PersonAction.ApproveStep { StepId = Conversation.Draft!.Id });
        Assert.Equal("botInactive", Problem!.Code);
        Assert.NotNull(Conversation.Draft);
    }

    private void Draft(string question, string answer)
    {
        Contact(question);
        WakeUp();
        var write = Assert.Single(Effects.OfType<Effect.WriteAnswer>());
        Happen(new ConversationEvent.AnswerWritten(write.MessageId, write.PlanVersion, new Written.Text(answer, BuiltIn: false, "our-model")));
    }
}
