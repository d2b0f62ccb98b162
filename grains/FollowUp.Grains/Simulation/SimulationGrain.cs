using Orleans.Concurrency;

namespace FollowUp.Simulation;

[StatelessWorker]
internal sealed class SimulationGrain : Grain, ISimulationGrain
{
    // A long script would keep this silo's scheduler thread: it runs on the thread pool.
    public Task<Answer<SimulationResult>> RunAsync(SimulationRequest request) => Task.Run(() => Simulator.Run(request));
}
