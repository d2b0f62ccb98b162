namespace FollowUp.Understanding;

/// <summary>What the trained model tells apart. Opt-outs are found by rules alone.</summary>
internal enum Label
{
    Busy,
    Request,
    Normal,
}
