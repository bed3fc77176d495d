namespace CseJobs.Simulator.Data;

/// <summary>A job that goes on with every detail call that reads it. Not safe on its own: its engine guards it.</summary>
internal sealed class JobLife
{
    // Keeps sums of calls within their type.
    private const int MostCalls = 1_000_000_000;

    private readonly Func<int, SimulatedJob> _after;
    private readonly int _goneAfter = int.MaxValue;
    private int _calls;

    /// <summary>Gives a job a life of its own.</summary>
    /// <param name="job">The job, with its start.</param>
    /// <param name="kind">What becomes of it.</param>
    /// <param name="number">After how many detail calls.</param>
    public JobLife(SimulatedJob job, LifeKind kind, int number)
    {
        int calls = Math.Clamp(number, 1, MostCalls);
        switch (kind)
        {
            case LifeKind.Revives:
                SimulatedJob failed = JobRun.Fresh(job, 1, JobStatuses.Error).AtLast(JobStatuses.Error);
                JobRun again = JobRun.Again(failed, calls);
                _after = made => made <= calls ? failed : again.At(made - calls);
                break;
            case LifeKind.Stuck:
                SimulatedJob stuck = JobRun.Fresh(job, 1, JobStatuses.Timeout).AtLast(JobStatuses.Executing);
                _after = _ => stuck;
                break;
            case LifeKind.Deletes:
                // The engine takes the job with it: nobody sees it finished.
                _goneAfter = calls;
                _after = JobRun.Fresh(job, calls + 1, JobStatuses.Finished).At;
                break;
            default:
                string ending = kind switch
                {
                    LifeKind.Fails => JobStatuses.Error,
                    LifeKind.TimesOut => JobStatuses.Timeout,
                    _ => JobStatuses.Finished,
                };
                _after = JobRun.Fresh(job, calls, ending).At;
                break;
        }
    }

    private JobLife(Func<int, SimulatedJob> after, int goneAfter)
    {
        _after = after;
        _goneAfter = goneAfter;
    }

    /// <summary>The job as it is now.</summary>
    public SimulatedJob Job => _after(_calls);

    /// <summary>True once the deletion is over.</summary>
    public bool EngineGone => _calls >= _goneAfter;

    /// <summary>What the action Retry makes of a failed job: it runs again, and ends well; a deletion ends with its engine.</summary>
    public static JobLife Retry(SimulatedJob failed, int number)
    {
        int calls = Math.Clamp(number, 1, MostCalls);
        return failed.Type == JobTypes.Delete
            ? new JobLife(JobRun.Again(failed, calls + 1).At, calls)
            : new JobLife(JobRun.Again(failed, calls).At, int.MaxValue);
    }

    /// <summary>Goes on by one detail call.</summary>
    public void Move() => _calls = Math.Min(_calls + 1, int.MaxValue - 1);
}
