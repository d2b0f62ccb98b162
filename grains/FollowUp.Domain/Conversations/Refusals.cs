using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>What a provider's refusal leads to, whether it was the answer to a send or came later by a callback.</summary>
internal static class Refusals
{
    /// <summary>How long a channel rests after <see cref="Refusal.Elsewhere"/>: WhatsApp's marketing cap asks for no retry within a day.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(24);

    /// <summary>Marks the address, window, template or connection. An opt-out ends the plan too.</summary>
    public static void Heed(Turn turn, Refusal why, string code, Channel channel, DateTimeOffset attemptedAt, string? connectionId, string? template)
    {
        switch (why)
        {
            case Refusal.AddressDead when !turn.Conversation.DeadAddresses.Contains(channel) && !(turn.Conversation.OpenedAt(channel) > attemptedAt):
                turn.Conversation = turn.Conversation with { DeadAddresses = [.. turn.Conversation.DeadAddresses, channel] };
                break;
            case Refusal.WindowClosed:
                turn.Conversation = turn.Conversation.WithMarks(channel, marks => marks with { ClosedAt = Marks.Latest(marks.ClosedAt, attemptedAt) });
                break;
            case Refusal.Elsewhere:
                turn.Conversation = turn.Conversation.WithMarks(channel, marks => marks with { RestsUntil = Marks.Latest(marks.RestsUntil, attemptedAt + Rest) });
                break;
            case Refusal.OptedOut when !turn.Conversation.OptedOut.Contains(channel) && !turn.Conversation.OptedOutOfAll:
                turn.RaiseVersion();
                OptOuts.Apply(turn, channel, by: null, confirmOn: null);
                Planner.EndPlan(turn, Reason.ChannelOptedOut);
                break;
            case Refusal.Connection when connectionId is not null:
                turn.ToOutbox(OutboxKind.PauseConnection, channel, connectionId, code);
                turn.NoteToTeam($"The provider refused the connection {connectionId} ({code}): it is paused.", Reason.ProviderFailed);
                break;
            case Refusal.Setup:
                turn.NoteToTeam($"The provider refused a message ({code}): the connection's permissions, the template or the recipient are not set up for it.", Reason.ProviderFailed);
                break;
            case Refusal.Filtered when connectionId is not null:
                turn.ToOutbox(OutboxKind.CountFiltered, channel, connectionId, code);
                turn.NoteToTeam($"A carrier filtered a message ({code}): its text is not sent again. Several of these pause the connection {connectionId}.", Reason.ProviderFailed);
                break;
            case Refusal.Template when connectionId is not null && template is not null:
                turn.ToOutbox(OutboxKind.StopTemplate, channel, connectionId, template);
                turn.NoteToTeam($"WhatsApp stopped the template {template} ({code}): it is not used any more.", Reason.ProviderFailed);
                break;
        }
    }

    public static Reason ReasonOf(Refusal why) => why switch
    {
        Refusal.AddressDead => Reason.AddressDead,
        Refusal.WindowClosed => Reason.WindowClosed,
        Refusal.OptedOut => Reason.ChannelOptedOut,
        _ => Reason.ProviderFailed,
    };

    /// <summary>Lasting for this contact on this channel: another one may carry the message, once.</summary>
    public static bool MovesOn(Refusal why) => why is Refusal.AddressDead or Refusal.WindowClosed or Refusal.Elsewhere or Refusal.Template;

    /// <summary>Where a refused message may go instead: another channel, or the same one by a template.</summary>
    public static Route? Instead(Turn turn, Plan plan, Channel channel, string? template) =>
        ChannelChoice.Choose(turn.Conversation, plan, turn.Now) is { Channel: { } other } route && (other != channel || (route.Template is { } way && way.Name != template)) ? route : null;
}
