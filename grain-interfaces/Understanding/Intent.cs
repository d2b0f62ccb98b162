namespace FollowUp.Understanding;

/// <summary>What a contact's message means for follow-ups (SPEC §4.4), in the order in which the judge decides.</summary>
public enum Intent
{
    Normal,
    OptOut,
    Hostile,
    NotInterested,
    Disqualified,
    Closing,
    GoalReached,
    WantsHuman,
    RequestedFollowUp,
    Busy,
    AutoReply,
}
