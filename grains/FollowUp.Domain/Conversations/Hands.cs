namespace FollowUp.Conversations;

/// <summary>Who is in charge.</summary>
public static class Hands
{
    extension(HumanInCharge human)
    {
        /// <summary>A takeover ends by release, or when the bot's rest after a person's message is over; a bot that speaks by itself is back in charge, though resting.</summary>
        public bool IsInCharge(DateTimeOffset now) =>
            human.Explicit || (!human.BotSpoke && (human.AsleepUntil is null || now < human.AsleepUntil));
    }

    extension(Conversation conversation)
    {
        public bool HumanIsInCharge(DateTimeOffset now) => conversation.HandedOver || conversation.Human?.IsInCharge(now) is true;

        /// <summary>The bot's own answers wait while a person is in charge or the bot rests, and never follow a refusal.</summary>
        public bool BotMayAnswer(DateTimeOffset now) =>
            conversation is { Closed: false, OptedOutOfAll: false }
            && !(conversation.Human is { } human && (human.Explicit || human.AsleepUntil is null || now < human.AsleepUntil));
    }
}
