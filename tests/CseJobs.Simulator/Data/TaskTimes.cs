namespace CseJobs.Simulator.Data;

/// <summary>What became of a sub-job, and when (epoch milliseconds).</summary>
internal readonly record struct TaskTimes(string Status, long? Start, long? End);
