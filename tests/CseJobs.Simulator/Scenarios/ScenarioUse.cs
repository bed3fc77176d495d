namespace CseJobs.Simulator.Scenarios;

/// <summary>A scenario and the number it was asked for with.</summary>
internal readonly record struct ScenarioUse(Scenario Scenario, int Number);
