namespace FollowUp.Ports;

/// <summary>Which addresses a workspace may have us call.</summary>
public interface IWebHookTargets
{
    /// <summary>Why an address cannot be called, as a class of reason only; null: it may be saved. What its name leads to is checked again at every call.</summary>
    string? Problem(string? url);
}
