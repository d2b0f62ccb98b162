namespace FollowUp.Understanding;

/// <summary>What a phrase says about its message.</summary>
internal enum Meaning
{
    OptOut,

    /// <summary>Every channel of the business.</summary>
    OptOutOfAll,

    /// <summary>About a service, an order, the keyword itself: no opt-out in this clause.</summary>
    NotOptOut,

    /// <summary>Asks us, in so many words, to contact them.</summary>
    Request,

    /// <summary>Could ask for contact, or for something else.</summary>
    WeakRequest,

    /// <summary>Reported, refused, hypothetical, someone else: no request in this clause.</summary>
    NotRequest,

    /// <summary>Availability or deferral: a request with a time or a "later".</summary>
    Deferral,

    /// <summary>"later", "when I land": no time to derive.</summary>
    Vague,

    /// <summary>"see you later" to somebody else, "sooner or later": no deferral in this clause.</summary>
    NotVague,

    /// <summary>The contact will come back by themselves.</summary>
    Promise,
    Busy,

    /// <summary>Past, somebody else, habitual, negated: not busy in this clause.</summary>
    NotBusy,

    /// <summary>With a duration it is a request ("give me 20"); figurative it is busy.</summary>
    Hold,

    /// <summary>A visit, a booking, a delivery: its time is no time of contact.</summary>
    InPerson,
    AutoReply,
    Hostile,
    NotInterested,
    Disqualified,
    WantsHuman,
    GoalReached,
    Closing,
    Correction,

    /// <summary>A farewell, for our own messages.</summary>
    Goodbye,
}
