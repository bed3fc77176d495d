namespace CseJobs.Simulator.Data;

/// <summary>
/// One attempt at the sub-jobs of a job, told by numbers of detail calls instead of time, so that tests need not sleep. What
/// has once been shown of a finished sub-job stays as it is.
/// </summary>
internal sealed class JobRun
{
    private const long Breath = 500;
    private const long BeforeRetry = 60_000;

    private readonly SimulatedJob _job;
    private readonly TaskTimes[] _plan;
    private readonly int[] _stops;
    private readonly string _ending;
    private readonly int _last;
    private readonly int _calls;
    private readonly int _waiting;

    private JobRun(SimulatedJob job, IReadOnlyList<SimulatedPhase> phases, int calls, string ending, int first, long at, int waiting)
    {
        _job = job;
        _calls = calls;
        _ending = ending;
        _waiting = waiting;
        _last = ending == JobStatuses.Finished ? phases.Sum(phase => phase.Tasks.Count) - 1 : Trouble(phases[1]);
        _plan = Plan(phases, first, at);
        _stops = Stops(phases, first, _last, Math.Max(1, Steps));
    }

    // How many calls find it executing.
    private int Steps => _calls - 1 - _waiting;

    /// <summary>A job that begins: the first of the calls finds it at Init, the last one at its end.</summary>
    public static JobRun Fresh(SimulatedJob job, int calls, string ending) =>
        new(job, job.Phases, calls, ending, 0, job.StartTime ?? job.Created, waiting: 1);

    /// <summary>A failed job that goes on where it stopped; the last of the calls finds it finished.</summary>
    public static JobRun Again(SimulatedJob job, int calls)
    {
        IReadOnlyList<SimulatedPhase> phases = job.Phases;
        SimulatedTask failed = phases.SelectMany(phase => phase.Tasks).First(task => task.Status != JobStatuses.Finished);
        long at = (job.EndTime ?? failed.EndTime ?? job.Created) + BeforeRetry;
        return new JobRun(job, phases, calls, JobStatuses.Finished, failed.TaskOrder, at, waiting: 0);
    }

    /// <summary>The job as so many detail calls leave it.</summary>
    public SimulatedJob At(int calls)
    {
        if (calls >= _calls)
        {
            return AtLast(_ending);
        }

        if (calls <= 1 && _waiting > 0)
        {
            var nothing = new TaskTimes[_plan.Length];
            Array.Fill(nothing, new TaskTimes(JobStatuses.Init, null, null));
            return _job.Become(JobStatuses.Init, _job.StartTime, null, nothing);
        }

        long step = Math.Max(0, calls - 1 - _waiting);
        return Show(JobStatuses.Executing, _stops[(int)(step * _stops.Length / Steps)]);
    }

    /// <summary>The job at the sub-job it ends with.</summary>
    public SimulatedJob AtLast(string status) => Show(status, _last);

    private SimulatedJob Show(string status, int place)
    {
        var times = new TaskTimes[_plan.Length];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = i < place ? _plan[i] : new TaskTimes(JobStatuses.Init, null, null);
        }

        TaskTimes planned = _plan[place];
        long? end = status switch
        {
            JobStatuses.Executing => null,

            // What times out has had more time than it should have needed.
            JobStatuses.Timeout => planned.Start + (3 * (planned.End - planned.Start)),
            _ => planned.End,
        };
        times[place] = new TaskTimes(status, planned.Start, end);
        return _job.Become(status, _job.StartTime, end + Breath, times);
    }

    // Not its first, so that the phase has something finished, something failed and, if there are three, something left.
    private static int Trouble(SimulatedPhase phase) => phase.Tasks[phase.Tasks.Count / 2].TaskOrder;

    private static TaskTimes[] Plan(IReadOnlyList<SimulatedPhase> phases, int first, long at)
    {
        SimulatedTask[] tasks = [.. phases.SelectMany(phase => phase.Tasks)];
        var plan = new TaskTimes[tasks.Length];
        for (int i = 0; i < plan.Length; i++)
        {
            if (i < first)
            {
                plan[i] = new TaskTimes(JobStatuses.Finished, tasks[i].StartTime, tasks[i].EndTime);
                continue;
            }

            long start = at + Breath;
            at = start + tasks[i].BriefDuration;
            plan[i] = new TaskTimes(JobStatuses.Finished, start, at);
        }

        return plan;
    }

    // The sub-jobs at which the job is found. If there are not enough calls for all, every phase is seen before any is seen twice.
    private static int[] Stops(IReadOnlyList<SimulatedPhase> phases, int first, int last, int count) =>
    [
        .. phases
            .SelectMany(phase => phase.Tasks
                .Where(task => task.TaskOrder >= first && task.TaskOrder <= last)
                .Select((task, place) => (task.TaskOrder, place)))
            .OrderBy(stop => stop.place > 0)
            .ThenBy(stop => stop.TaskOrder)
            .Take(count)
            .Select(stop => stop.TaskOrder)
            .Order(),
    ];
}
