using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Planning;
using FollowUp.Writing;
using static FollowUp.Conversations.PersonAction;

namespace FollowUp.Conversations;

/// <summary>An answer of a suggestive bot waits for a person: approved, edited or refused like a step's draft, by its own id. It dies with a reply, with any word of our side, and with staleness.</summary>
internal static class AnswerDrafts
{
    public static void Keep(Turn turn, Written.Text text, Channel channel, string messageId)
    {
        var draft = new AnswerDraft
        {
            Id = turn.NewId("answer"),
            MessageId = messageId,
            Text = text.Value,
            BuiltIn = text.BuiltIn,
            Model = text.Model,
            Channel = channel,
            At = turn.Now.Now,
            ExpiresAt = turn.Now.Now + turn.Bot!.Settings.FollowUp.Limits.StaleAfter.Elapsed.ToTimeSpan(),
        };
        turn.Conversation = turn.Conversation with { Draft = draft };
        turn.Happened(HistoryKind.AwaitingApproval, stepId: draft.Id, channel: channel, text: draft.Text);
    }

    /// <summary>The draft has no place any more.</summary>
    public static void Drop(Turn turn, Reason reason, string? by = null)
    {
        if (turn.Conversation.Draft is { } draft)
        {
            turn.Conversation = turn.Conversation with { Draft = null };
            turn.Happened(HistoryKind.Cancelled, stepId: draft.Id, reason: reason, channel: draft.Channel, by: by);
        }
    }

    /// <summary>Whether an action names the draft.</summary>
    public static bool Takes(Conversation conversation, PersonAction action) => conversation.Draft?.Id is { } id && id == StepOf(action);

    public static Problem? Take(Turn turn, PersonAction action)
    {
        var draft = turn.Conversation.Draft!;
        switch (action)
        {
            case ApproveStep or SendNow:
                return Approve(turn, draft, action.By);
            case RefuseStep or SkipStep:
                turn.Happened(HistoryKind.Refused, stepId: draft.Id, by: action.By);
                Drop(turn, Reason.ManualSkip, action.By);
                return null;
            case EditStep edit when PlanByHand.BadText(turn, edit.Text) is { } bad:
                return Problem.Invalid("text", bad);
            case EditStep edit:
                turn.Conversation = turn.Conversation with { Draft = draft with { Text = edit.Text, TextByHand = true, BuiltIn = false, Model = null } };
                turn.Happened(HistoryKind.Edited, stepId: draft.Id, by: edit.By);
                return null;
            default:
                return Problem.Conflict("draftedAnswer", "A drafted answer can be approved, edited or refused.");
        }
    }

    private static Problem? Approve(Turn turn, AnswerDraft draft, string? by)
    {
        if (turn.Bot is not { Settings: { Active: true, Mode: not BotMode.Off } })
        {
            return Problem.Conflict("botInactive", "The bot is off: nothing is sent.");
        }

        if (turn.Conversation.HasOptedOutOf(draft.Channel, turn.Now))
        {
            return Problem.Conflict("optedOut", "The contact opted out.");
        }

        var text = new Written.Text(draft.Text, draft.BuiltIn, draft.Model);
        if (draft.TextByHand)
        {
            var task = WritingTasks.ForAnswer(turn) with { Step = new StepMessage { Kind = MessageKind.Custom, Text = draft.Text } };
            if (Composer.Compose(task) is not Written.Text { Value: var value })
            {
                return Problem.Invalid("text", "The text came out empty.");
            }

            text = text with { Value = value };
        }

        turn.RaiseVersion();
        turn.Conversation = turn.Conversation with { Draft = null };
        turn.Happened(HistoryKind.Approved, stepId: draft.Id, by: by);
        return OwnAnswer.Send(turn, text, draft.Channel, by);
    }

    private static string? StepOf(PersonAction action) => action switch
    {
        ApproveStep approve => approve.StepId,
        RefuseStep refuse => refuse.StepId,
        EditStep edit => edit.StepId,
        SendNow now => now.StepId,
        SkipStep skip => skip.StepId,
        MoveStep move => move.StepId,
        _ => null,
    };
}
