namespace FollowUp.Conversations;

/// <summary>Who wrote a message.</summary>
public enum Author
{
    Contact,
    Bot,
    Agent,
    Workflow,
    FollowUp,
}

/// <summary>Why there is a plan. The first three are a bot's scenarios; the last two are laid by a person's hand.</summary>
public enum Scenario
{
    StoppedResponding,
    Busy,
    RequestedFollowUp,
    Chase,
    ScheduledMessage,
}

/// <summary>The state of a step; <see cref="Writing"/> is never stored.</summary>
public enum StepState
{
    Scheduled,
    Held,
    Writing,
    AwaitingApproval,
    Sending,
    Sent,
    Failed,
    Skipped,
    Cancelled,
    Expired,
    Uncertain,
}

/// <summary>Delivery of a sent message; ranks only rise.</summary>
public enum Delivery
{
    Accepted,
    Delivered,
    Read,
    Undelivered,
}

/// <summary>A conversation's status: the first of these that is true (SPEC §11).</summary>
public enum ConversationStatus
{
    Closed,
    HumanInCharge,
    WaitingForContact,
    WaitingForUs,
    Idle,
}

/// <summary>Public reason codes (SPEC §6).</summary>
public enum Reason
{
    ContactReplied,
    CrossedWithReply,
    OptedOut,
    ChannelOptedOut,
    NotInterested,
    Disqualified,
    Hostile,
    SoftClosed,
    AiDeclined,
    GoalReached,
    HumanTookOver,
    HandedOver,
    Transferred,
    ConversationClosed,
    Superseded,
    BotInactive,
    MissedWhileInactive,
    BotAsleep,
    ScenarioDisabled,
    StepDeleted,
    OutsideHours,
    Holiday,
    QuietHours,
    ContactCap,
    BotMessageLimit,
    AccountBreaker,
    NoChannel,
    WindowClosed,
    AddressDead,
    ProviderFailed,
    SendUncertain,
    AiFailed,
    TooStale,
    LoopRefused,
    BacklogFenced,
    ManualSkip,
    ManualCancel,
    ContactMerged,
    ContactErased,
    PromiseRearmed,
}

/// <summary>What will or did become of a due step.</summary>
public enum Outcome
{
    Send,
    Hold,
    Skip,
    Cancel,
    Expire,
    Draft,
}

/// <summary>What a line of the history or of a simulation's timeline tells.</summary>
public enum HistoryKind
{
    Planned,
    Redated,
    Held,
    AwaitingApproval,
    Sent,
    Failed,
    Uncertain,
    Skipped,
    Cancelled,
    Expired,
    SwitchedChannel,
    Note,
    Answered,
    Paused,
    Resumed,
    Moved,
    Edited,
    Approved,
    Refused,
    TookOver,
    Released,
    Closed,
    Reopened,
    OptedOut,
    OptedIn,
    GoalReached,
    HandedOver,
    Transferred,
    Delivered,
    Read,
    Undelivered,
    Replied,
    Merged,
}
