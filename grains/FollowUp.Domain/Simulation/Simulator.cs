namespace FollowUp.Simulation;

/// <summary>Plays a script in virtual time with the decisions that run live.</summary>
public static class Simulator
{
    /// <summary>Problem: <c>validation</c>.</summary>
    public static Answer<SimulationResult> Run(SimulationRequest request) => new SimulationResult { Timeline = [], Pending = [] };
}
