namespace FollowUp.Hours;

/// <summary>Why an instant is closed.</summary>
public enum Closed
{
    OutsideHours,
    Holiday,
    QuietHours,
}
