using System.Collections.Concurrent;

namespace CseJobs.Simulator.Data;

/// <summary>Every engine there is: the ones added, and those that are made when their self-describing name is first asked for.</summary>
internal sealed class EngineDirectory(SimulatorOptions options)
{
    // Lazy: two requests that meet an engine at the same time must get the same one.
    private readonly ConcurrentDictionary<string, Lazy<SimulatedEngine>> _engines = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Lazy<SimulatedEngine>> _listed = new(StringComparer.Ordinal);

    /// <summary>The listed engines that are still there, in the order in which they were added.</summary>
    public IReadOnlyList<SimulatedEngine> Listed
    {
        get
        {
            Lazy<SimulatedEngine>[] engines;
            lock (_gate)
            {
                engines = [.. _listed.Values];
            }

            return [.. engines.Select(engine => engine.Value).Where(engine => !engine.IsGone)];
        }
    }

    public Lazy<SimulatedEngine> Add(EngineDefinition definition)
    {
        Lazy<SimulatedEngine> engine = _engines[definition.Id] = Make(definition);
        lock (_gate)
        {
            if (definition.Listed)
            {
                // One that replaces another keeps its place.
                _listed[definition.Id] = engine;
            }
            else
            {
                _listed.Remove(definition.Id);
            }
        }

        return engine;
    }

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
        definition.Scenarios.AddRange(options.ScenarioUses);
        var factory = new JobFactory(definition, options.Seed, options.Now ?? SimulatorOptions.FixedNow);
        return new SimulatedEngine(
            definition, factory, definition.Id == CseSimulator.SeedEngineId ? [Samples.Job] : factory.CreateAll());
    });
}
