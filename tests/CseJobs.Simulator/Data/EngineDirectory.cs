using System;
using System.Collections.Concurrent;

namespace CseJobs.Simulator.Data;

/// <summary>Every engine there is: the ones added, and those that are made when their self-describing name is first asked for.</summary>
internal sealed class EngineDirectory(SimulatorOptions options)
{
    // Lazy: two requests that meet an engine at the same time must get the same one.
    private readonly ConcurrentDictionary<string, Lazy<SimulatedEngine>> _engines = new(StringComparer.Ordinal);

    public Lazy<SimulatedEngine> Add(EngineDefinition definition) => _engines[definition.Id] = Make(definition);

    public SimulatedEngine? Find(string id)
    {
        if (_engines.TryGetValue(id, out Lazy<SimulatedEngine>? engine))
        {
            return engine.Value;
        }

        return EngineName.Parse(id, options) is EngineDefinition definition
            ? _engines.GetOrAdd(id, _ => Make(definition)).Value
            : null;
    }

    private Lazy<SimulatedEngine> Make(EngineDefinition definition) => new(() =>
    {
        var factory = new JobFactory(definition, options.Seed, options.Now ?? SimulatorOptions.FixedNow);
        return new SimulatedEngine(
            definition, factory, definition.Id == CseSimulator.SeedEngineId ? [Samples.Job] : factory.CreateAll());
    });
}
