using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Planning;

namespace FollowUp.Channels;

/// <summary>Which channel carries a follow-up (SPEC §7.1).</summary>
public static class ChannelChoice
{
    /// <summary>Meta's free-form window after the contact's last message.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>An open window counts as closed this much early.</summary>
    public static readonly TimeSpan WindowMargin = TimeSpan.FromSeconds(60);

    /// <summary>The contact's channel or, with switching on, the first usable one of the bot's list.</summary>
    public static Route Choose(Conversation conversation, Plan? plan, Circumstances now)
    {
        var current = plan?.Channel ?? conversation.Channel;
        var switching = now.Bot?.Settings.FollowUp.ChannelSwitching;
        if (current is not { } here)
        {
            return new Route { WhyNot = Reason.NoChannel };
        }

        if (switching is not { Enabled: true })
        {
            return conversation.CanUse(here, now) || here is Channel.LiveChat ? Take(conversation, here, [], now) : None(conversation, here, now);
        }

        // A WhatsApp template opens no window: it is the way out when no other channel is left, in its place of the list.
        var others = switching.Order.Where(channel => channel != here && conversation.CanUse(channel, now)).ToList();
        if (conversation.CanUse(here, now) && !HasLeft(conversation, here, now))
        {
            return Take(conversation, here, others, now);
        }

        if (others.Count > 0)
        {
            return Take(conversation, others[0], others[1..], now);
        }

        return here is Channel.LiveChat || conversation.CanUse(here, now) ? Take(conversation, here, [], now) : None(conversation, here, now);
    }

    extension(Conversation conversation)
    {
        /// <summary>An address is known, with consent, no opt-out, not dead, its window open, and a connection carries it.</summary>
        public bool CanUse(Channel channel, Circumstances now) =>
            conversation.HasAddress(channel)
            && conversation.Consents(channel)
            && !conversation.HasOptedOutOf(channel, now)
            && !conversation.DeadAddresses.Contains(channel)
            && now.Connections.ContainsKey(channel)
            && !(conversation.MarksOf(channel).RestsUntil > now.Now)
            && (conversation.WindowIsOpen(channel, now.Now) || TemplateFor(channel, now) is not null);

        public bool HasAddress(Channel channel) =>
            conversation.Contact.Addresses?.ContainsKey(channel) is true || (channel is Channel.LiveChat && conversation.InboundAt.ContainsKey(channel));

        /// <summary>A contact's own inbound on a channel is consent there; live chat needs none.</summary>
        public bool Consents(Channel channel) =>
            channel is Channel.LiveChat || conversation.InboundAt.ContainsKey(channel) || conversation.Contact.Consent?.ContainsKey(channel) is true;

        public bool HasOptedOutOf(Channel channel, Circumstances now) =>
            conversation.OptedOutOfAll || conversation.OptedOut.Contains(channel) || now.Suppressed.Contains(channel);

        /// <summary>A window that the contact never opened is closed; an open one counts as closed a minute early. What the provider said of a send stands until the contact opens it again.</summary>
        public bool WindowIsOpen(Channel channel, DateTimeOffset at) =>
            channel is Channel.LiveChat or Channel.Sms
            || (conversation.OpenedAt(channel) is { } opened && at < opened + Window - WindowMargin && !(conversation.MarksOf(channel).ClosedAt >= opened));
    }

    // With another usable channel on the list, a visitor who left or a closed window is reason enough to move there.
    private static bool HasLeft(Conversation conversation, Channel channel, Circumstances now) => channel switch
    {
        Channel.LiveChat => !now.VisitorPresent,
        Channel.Sms => false,
        _ => !conversation.WindowIsOpen(channel, now.Now),
    };

    private static WhatsAppTemplate? TemplateFor(Channel channel, Circumstances now) =>
        channel is Channel.WhatsApp && now.Bot?.Settings.FollowUp.WhatsAppTemplate is { } template && !now.StoppedTemplates.Contains(template.Name) ? template : null;

    private static Route Take(Conversation conversation, Channel channel, IReadOnlyList<Channel> next, Circumstances now) => new()
    {
        Channel = channel,
        Next = next,
        Template = conversation.WindowIsOpen(channel, now.Now) ? null : TemplateFor(channel, now),
    };

    private static Route None(Conversation conversation, Channel channel, Circumstances now) => new()
    {
        WhyNot = conversation.WindowIsOpen(channel, now.Now) ? Reason.NoChannel : Reason.WindowClosed,
    };
}
