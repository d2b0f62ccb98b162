using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>What channels tell beside messages and receipts, in any order and any number of times.</summary>
internal static class Signals
{
    /// <summary>Changed messages that are remembered.</summary>
    private const int ChangesKept = 20;

    public static Decision Take(Turn turn, ChannelSignal signal)
    {
        var before = turn.Conversation;
        if (before.Erased || before.MergedInto is not null)
        {
            return Decision.Nothing(before);
        }

        var at = signal.Kind is ChannelSignalKind.DeliveredUntil or ChannelSignalKind.ReadUntil ? signal.At : Inbound.Believed(signal.At, turn.Now.Now);
        switch (signal.Kind)
        {
            case ChannelSignalKind.WindowOpened:
                turn.Conversation = before.WithMarks(signal.Channel, marks => marks with { OpenedAt = Marks.Latest(marks.OpenedAt, at) });
                break;
            case ChannelSignalKind.DeliveredUntil:
                turn.Conversation = before.WithMarks(signal.Channel, marks => marks with { DeliveredUntil = Marks.Latest(marks.DeliveredUntil, at) });
                Receipts.MarkAll(turn, signal.Channel);
                break;
            case ChannelSignalKind.ReadUntil:
                turn.Conversation = before.WithMarks(signal.Channel, marks => marks with { ReadUntil = Marks.Latest(marks.ReadUntil, at) });
                Receipts.MarkAll(turn, signal.Channel);
                break;
            case ChannelSignalKind.MessageDeleted or ChannelSignalKind.MessageEdited:
                Rewrite(turn, signal, at);
                break;
            case ChannelSignalKind.OptedOut or ChannelSignalKind.OptedIn when !(before.MarksOf(signal.Channel).PreferenceAt >= at):
                turn.Conversation = before.WithMarks(signal.Channel, marks => marks with { PreferenceAt = at });
                Prefer(turn, signal);
                break;
            case ChannelSignalKind.ThreadTaken or ChannelSignalKind.ThreadReturned when !(before.MarksOf(signal.Channel).ThreadAt >= at):
                turn.Conversation = before.WithMarks(signal.Channel, marks => marks with { ThreadAt = at });
                HandOver(turn, signal);
                break;
            case ChannelSignalKind.AddressChanged when before.Contact.Addresses?.GetValueOrDefault(signal.Channel) is { } old && old != signal.Text:
                turn.Conversation = before with
                {
                    Contact = before.Contact with { Addresses = new Dictionary<Channel, string>(before.Contact.Addresses) { [signal.Channel] = signal.Text! } },
                    DeadAddresses = [.. before.DeadAddresses.Where(channel => channel != signal.Channel)],
                };
                turn.ToOutbox(OutboxKind.ReleaseAddress, signal.Channel, old);
                if (before.OptedOutOfAll || before.OptedOut.Contains(signal.Channel))
                {
                    turn.ToOutbox(OutboxKind.SuppressAddress, signal.Channel, signal.Text);
                }

                break;
        }

        return ReferenceEquals(turn.Conversation, before) ? Decision.Nothing(before) : turn.ToDecision();
    }

    private static void Prefer(Turn turn, ChannelSignal signal)
    {
        var isOut = turn.Conversation.OptedOutOfAll || turn.Conversation.OptedOut.Contains(signal.Channel);
        if (signal.Kind is ChannelSignalKind.OptedIn)
        {
            OptOuts.Lift(turn, signal.Channel, by: null);
        }
        else if (!isOut)
        {
            turn.RaiseVersion();
            Planner.EndPlan(turn, Reason.ChannelOptedOut);
            OptOuts.Apply(turn, signal.Channel, by: null, confirmOn: null);
        }
    }

    private static void HandOver(Turn turn, ChannelSignal signal)
    {
        if (signal.Kind is ChannelSignalKind.ThreadTaken)
        {
            OurSide.TakeOver(turn, signal.By, explicitly: false);
        }
        else if (turn.Conversation.Human is { Explicit: false })
        {
            turn.RaiseVersion();
            turn.Conversation = turn.Conversation with { Human = null };
            turn.Happened(HistoryKind.Released, by: signal.By);
        }
    }

    // A message that was taken back stays so, whatever edit comes late; of two edits the later one stands.
    private static void Rewrite(Turn turn, ChannelSignal signal, DateTimeOffset at)
    {
        var conversation = turn.Conversation;
        var before = conversation.Changes?.FirstOrDefault(change => change.MessageId == signal.MessageId);
        if (before is { Text: null } || (before?.At >= at && signal.Kind is ChannelSignalKind.MessageEdited))
        {
            return;
        }

        var change = new MessageChange { MessageId = signal.MessageId!, At = at, Text = signal.Kind is ChannelSignalKind.MessageDeleted ? null : signal.Text ?? "" };
        turn.Conversation = conversation with
        {
            Changes = [.. (conversation.Changes ?? []).Where(other => other.MessageId != change.MessageId).TakeLast(ChangesKept - 1), change],
            Messages = [.. conversation.Messages.Select(message => message.Id == change.MessageId ? Changed(message, change) : message)],
            Plan = change.Text is null && conversation.Plan is { } plan && plan.Because.MessageId == change.MessageId ? plan with { Because = plan.Because with { Quoted = null } } : conversation.Plan,
            LastDetection = change.Text is null && conversation.Messages.LastOrDefault(message => message.Author is Author.Contact)?.Id == change.MessageId && conversation.LastDetection is { } last ? last with { Evidence = "" } : conversation.LastDetection,
        };
        turn.Do(new Effect.Tell(null));
    }

    /// <summary>The message as the contact left it.</summary>
    public static Message Changed(Message message, MessageChange change) =>
        change.Text is { } text ? message with { Text = text } : message with { Text = "", Attachments = null };
}
