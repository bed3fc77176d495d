using System.Globalization;

namespace CseJobs.Simulator.Data;

/// <summary>
/// Works out a job's phases and sub-jobs. They are not stored: 100,000 jobs would carry a million sub-jobs. The job's seed
/// makes the list and the detail call agree.
/// </summary>
internal static class PhaseFactory
{
    // The most sub-jobs a job has; keeps the ids of sub-jobs of neighbouring jobs apart.
    private const int MostTasks = 12;

    public static IReadOnlyList<SimulatedPhase> Create(SimulatedJob job)
    {
        var dice = new Dice(job.Seed);
        PhaseTemplate[] templates = Vocabulary.Phases(job.Type);
        int count = templates.Sum(template => template.Tasks.Length);
        IReadOnlyList<TaskTimes> times = job.Times ?? Schedule(job, templates, count, ref dice);

        // Dice of its own: the schedule rolls differently in each status, but a job that goes on keeps its executor.
        string assigned = "cse-executor-" + new Dice(~job.Seed).Below(4).ToString(CultureInfo.InvariantCulture);

        var phases = new SimulatedPhase[templates.Length];
        int order = 0;
        for (int p = 0; p < templates.Length; p++)
        {
            PhaseTemplate template = templates[p];
            var tasks = new SimulatedTask[template.Tasks.Length];
            for (int t = 0; t < tasks.Length; t++, order++)
            {
                tasks[t] = CreateTask(job, template.Tasks[t], order, times[order], assigned);
            }

            string status = PhaseStatus(tasks);
            phases[p] = new SimulatedPhase
            {
                TaskName = template.Name,
                Status = status,
                StartTime = tasks[0].StartTime,
                EndTime = status == JobStatuses.Executing ? null : tasks.Max(task => task.EndTime),
                BriefDuration = template.Tasks.Sum(task => (long)task.EstimateMs),
                BriefDescription = template.Description,
                Tasks = tasks,
            };
        }

        return phases;
    }

    // The phase is what its most telling sub-job is.
    private static string PhaseStatus(SimulatedTask[] tasks) =>
        Array.Find(tasks, task => task.Status is JobStatuses.Error or JobStatuses.Timeout or JobStatuses.Executing)?.Status
        ?? tasks[^1].Status;

    private static TaskTimes[] Schedule(SimulatedJob job, PhaseTemplate[] templates, int count, ref Dice dice)
    {
        var times = new TaskTimes[count];
        Array.Fill(times, new TaskTimes(JobStatuses.Init, null, null));
        if (job.StartTime is not long start || job.Status == JobStatuses.Init)
        {
            return times;
        }

        // Sub-jobs before the last that ran have finished; that one carries the job's own status; the rest have not begun.
        int ran = job.Status == JobStatuses.Finished ? count : 1 + dice.Below(count);
        if (job.Status == JobStatuses.Executing)
        {
            // A running job has at least one thing done, something to do, and a phase that shows as running.
            ran = Math.Clamp(ran, 2, count - 1);
        }

        long end = job.EndTime ?? start + 200_000;
        int[] weights = [.. templates.SelectMany(template => template.Tasks).Take(ran).Select(task => task.EstimateMs)];
        double scale = (end - start) * 0.98 / weights.Sum(weight => (double)weight);
        double at = start + ((end - start) * 0.01);
        for (int i = 0; i < ran; i++)
        {
            bool last = i == ran - 1;
            long from = (long)at;
            at += weights[i] * scale;
            string status = last ? job.Status : JobStatuses.Finished;
            times[i] = new TaskTimes(status, from, status == JobStatuses.Executing ? null : (long)at);
        }

        return times;
    }

    private static SimulatedTask CreateTask(SimulatedJob job, TaskTemplate template, int order, TaskTimes times, string assigned) => new()
    {
        JobId = job.Id,
        Id = (job.Id * MostTasks) + order,
        Type = job.Type,
        Assigned = times.Start is null ? "" : assigned,
        TaskName = template.Name,
        EngineName = job.EngineName,
        TaskOrder = order,
        Status = times.Status,
        StartTime = times.Start,
        EndTime = times.End,
        CreateTime = job.Created,
        UpdateTime = times.End ?? times.Start ?? job.Created,
        Timeout = times.Status == JobStatuses.Timeout ? 1 : -1,
        Log = TaskLog.Write(template, times),
        Output = "{}",
        BriefDuration = template.EstimateMs,
        BriefDescription = template.Description,
    };
}
