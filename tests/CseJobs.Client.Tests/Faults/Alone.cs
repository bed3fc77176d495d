using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>Tests that measure the process run when no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone
{
}
