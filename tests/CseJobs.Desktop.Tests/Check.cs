using System;
using System.Threading.Tasks;

namespace CseJobs.Desktop.Tests;

/// <summary>One thing that must be so.</summary>
internal sealed class Check(string name, Func<Task> run)
{
    public string Name { get; } = name;

    public Func<Task> Run { get; } = run;

    public static Check Of(string name, Action run) => new(name, () =>
    {
        run();
        return Task.CompletedTask;
    });
}
