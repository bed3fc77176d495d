using System.Collections.Generic;
using System.Linq;

namespace CseJobs.Client.Json;

/// <summary>What a job's <c>tasks</c> held: phases with sub-jobs (details) or sub-jobs alone (list), in order of execution.</summary>
internal sealed class JobSteps
{
    public JobSteps(List<JobPhase> phases, List<JobTask> loose)
    {
        foreach (JobPhase phase in phases)
        {
            phase.TaskList?.RemoveAll(task => task is null);
            Sort(phase.TaskList);
        }

        List<JobTask> all = phases.Count == 0 ? loose : phases.SelectMany(phase => phase.Tasks).Concat(loose).ToList();

        // taskOrder counts through the whole job. Should a server start again at 0 in every phase, sorting by it would
        // interleave the phases: then their own order is the order of execution.
        if (phases.Count == 0 || !HasRepeatedOrder(all))
        {
            Sort(all);
        }

        Phases = new ItemList<JobPhase>(phases);
        Tasks = new ItemList<JobTask>(all);
    }

    public ItemList<JobPhase> Phases { get; }

    public ItemList<JobTask> Tasks { get; }

    private static bool HasRepeatedOrder(List<JobTask> tasks)
    {
        var seen = new HashSet<long>();
        return tasks.Any(task => !seen.Add(task.TaskOrder));
    }

    // Stable, and free for the usual list that comes in order.
    private static void Sort(List<JobTask>? tasks)
    {
        if (tasks is null)
        {
            return;
        }

        for (int i = 1; i < tasks.Count; i++)
        {
            if (tasks[i].TaskOrder < tasks[i - 1].TaskOrder)
            {
                List<JobTask> sorted = tasks.OrderBy(task => task.TaskOrder).ToList();
                tasks.Clear();
                tasks.AddRange(sorted);
                return;
            }
        }
    }
}
