namespace FollowUp.Ports;

/// <summary>How many times faster the engine's time runs than real time.</summary>
public interface IEngineSpeed
{
    double Value { get; }
}
