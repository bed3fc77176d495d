using CseJobs.Client.Model;

namespace CseJobs.Client.Json;

/// <summary>Puts sub-jobs in order of execution (API field <c>taskOrder</c>).</summary>
internal static class ExecutionOrder
{
    /// <summary>Stable, and free for the usual list that comes in order.</summary>
    public static ItemList<JobTask>? Sorted(List<JobTask>? tasks)
    {
        if (tasks is null || tasks.Count == 0)
        {
            return null;
        }

        for (int i = 1; i < tasks.Count; i++)
        {
            if (tasks[i].TaskOrder < tasks[i - 1].TaskOrder)
            {
                return new ItemList<JobTask>(tasks.OrderBy(task => task.TaskOrder).ToArray());
            }
        }

        return new ItemList<JobTask>(tasks.ToArray());
    }

    /// <summary>The sub-jobs of all phases in one list, then those that came outside of any.</summary>
    public static ItemList<JobTask>? Flat(List<JobPhase> phases, List<JobTask>? loose)
    {
        List<JobTask> all = phases.SelectMany(phase => phase.Tasks).ToList();
        all.AddRange(loose ?? Enumerable.Empty<JobTask>());

        // taskOrder counts through the whole job. Should a server start again at 0 in every phase, sorting by it would
        // interleave the phases: then their own order is the order of execution.
        var seen = new HashSet<long>();
        return all.All(task => seen.Add(task.TaskOrder)) ? Sorted(all) : new ItemList<JobTask>(all);
    }
}
