using Microsoft.Extensions.Hosting;

namespace CseJobs.Simulator.Http;

/// <summary>Leaves Ctrl+C and termination to the program around it; the host's own would take them over, in test runners too.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
