using CseJobs.Simulator.Access;
using CseJobs.Simulator.Data;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator;

/// <summary>An engine and its jobs. Safe to use from several threads, also while it is being served.</summary>
public sealed class SimulatedEngine
{
    private readonly Lock _gate = new();
    private readonly JobFactory _factory;
    private readonly List<SimulatedJob> _oldestFirst;
    private readonly Dictionary<long, SimulatedJob> _byId;
    private readonly Dictionary<long, JobLife> _lives = [];
    private bool _gone;
    private int _calls;

    internal SimulatedEngine(EngineDefinition definition, JobFactory factory, IEnumerable<SimulatedJob> oldestFirst)
    {
        Definition = definition;
        _factory = factory;
        _oldestFirst = [.. oldestFirst];
        _byId = _oldestFirst.ToDictionary(job => job.Id);
        OldestFirst = definition.Scenarios.Any(use => use.Scenario.OldestFirst);
        if (definition.Life is { } life && _oldestFirst.Count > 0)
        {
            Follow(new JobLife(_oldestFirst[^1], life.Scenario.Life!.Value, life.Number));
        }
    }

    /// <summary>The engine's id.</summary>
    public string Id => Definition.Id;

    /// <summary>The engine's name; sub-jobs carry it.</summary>
    public string Name => Definition.Name;

    /// <summary>What it is.</summary>
    public EngineKind Kind => Definition.Kind;

    /// <summary>Its status, which follows from <see cref="LatestJob"/>: Upgrading, UpgradeFailed, Available ...</summary>
    public string Status => EngineStatuses.Of(LatestJob, Definition.RestingStatus);

    /// <summary>The newest job as it is now, which the calls about engines name as latestJobId; null if there is none.</summary>
    public SimulatedJob? LatestJob
    {
        get
        {
            lock (_gate)
            {
                return Newest;
            }
        }
    }

    /// <summary>The oldest job, with which the engine was created; null if there is none.</summary>
    public SimulatedJob? FirstJob
    {
        get
        {
            lock (_gate)
            {
                return _oldestFirst.Count == 0 ? null : _oldestFirst[0];
            }
        }
    }

    /// <summary>True once its deletion is over (scenarios deletes and deletes401, or one that was retried): the API knows it no more.</summary>
    public bool IsGone
    {
        get
        {
            lock (_gate)
            {
                return _gone;
            }
        }
    }

    /// <summary>The enterprise project it belongs to; "0" is the default one.</summary>
    public string EnterpriseProjectId => Definition.EnterpriseProjectId;

    /// <summary>What <c>offset</c> counts for this engine.</summary>
    public OffsetReading OffsetReading => Definition.Reading;

    /// <summary>The largest page it gives.</summary>
    public int MaxLimit => Definition.MaxLimit;

    /// <summary>True if the server lists the oldest job first (scenarios ascending and tail).</summary>
    public bool OldestFirst { get; }

    /// <summary>The ids in server order: newest first, unless <see cref="OldestFirst"/>.</summary>
    public IReadOnlyList<long> JobIds => [.. Jobs.Select(job => job.Id)];

    /// <summary>The jobs in server order, as they are now.</summary>
    public IReadOnlyList<SimulatedJob> Jobs
    {
        get
        {
            lock (_gate)
            {
                SimulatedJob[] jobs = [.. _oldestFirst];
                if (!OldestFirst)
                {
                    Array.Reverse(jobs);
                }

                return jobs;
            }
        }
    }

    internal EngineDefinition Definition { get; }

    private SimulatedJob? Newest => _oldestFirst.Count == 0 ? null : _oldestFirst[^1];

    /// <summary>What the scenario expire has counted here.</summary>
    internal TokenFuse TokenFuse { get; } = new();

    /// <summary>What the faults of the first N calls have counted here.</summary>
    internal CallCounters Counters { get; } = new();

    /// <summary>Finds a job by its id; null if there is none.</summary>
    /// <param name="id">The job's id.</param>
    public SimulatedJob? FindJob(long id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds a job that is newer than all others: it appears at the head of the list (at its end if the oldest come first).</summary>
    /// <param name="status">Its status, as the API spells it.</param>
    /// <param name="type">Its type, as the API spells it.</param>
    /// <returns>The new job.</returns>
    public SimulatedJob AddJob(string status = "Executing", string type = "Configure")
    {
        lock (_gate)
        {
            SimulatedJob job = _factory.CreateNext(Newest, status, type);
            _oldestFirst.Add(job);
            _byId.Add(job.Id, job);
            return job;
        }
    }

    /// <summary>Removes a job.</summary>
    /// <param name="id">The job's id.</param>
    /// <returns>False if there was none.</returns>
    public bool RemoveJob(long id)
    {
        lock (_gate)
        {
            _lives.Remove(id);
            return _byId.Remove(id, out SimulatedJob? job) && _oldestFirst.Remove(job);
        }
    }

    /// <summary>Gives a job another status by hand. One that a scenario moves stays so from now on.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="status">The status, as the API spells it.</param>
    /// <returns>The job as it is now; null if there is none.</returns>
    /// <exception cref="ArgumentException">There is no such status.</exception>
    public SimulatedJob? SetJobStatus(long id, string status)
    {
        if (!JobStatuses.All.Contains(status))
        {
            throw new ArgumentException($"There is no status '{status}'.", nameof(status));
        }

        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out SimulatedJob? job))
            {
                return null;
            }

            _lives.Remove(id);
            Replace(_factory.Restate(job, status));
            return _byId[id];
        }
    }

    /// <summary>What a detail call finds. Afterwards a job with a life of its own has gone on, and its engine may be gone.</summary>
    internal SimulatedJob? ReadJob(long id)
    {
        lock (_gate)
        {
            if (!_gone && _lives.TryGetValue(id, out JobLife? life))
            {
                life.Move();
                Replace(life.Job);
                _gone = life.EngineGone;
            }

            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>The action Retry: the newest job runs again if it has failed. Null if there is nothing to retry.</summary>
    internal SimulatedJob? Retry()
    {
        lock (_gate)
        {
            if (Newest is not { HasFailed: true } failed)
            {
                return null;
            }

            Follow(JobLife.Retry(failed, Definition.Life?.Number ?? LiveJobs.DefaultCalls));
            return Newest;
        }
    }

    /// <summary>Counts the calls made to this engine, for scenarios that behave differently from call to call.</summary>
    internal int CountCall() => Interlocked.Increment(ref _calls);

    /// <summary>The jobs from <paramref name="skip"/> on in server order, among those that are wanted, and how many those are.</summary>
    internal (SimulatedJob[] Jobs, int Total) Select(long skip, int take, Predicate<SimulatedJob>? isWanted, bool oldestFirst)
    {
        lock (_gate)
        {
            List<SimulatedJob> matching = isWanted is null ? _oldestFirst : _oldestFirst.FindAll(isWanted);
            int count = (int)Math.Clamp(matching.Count - skip, 0, take);
            var jobs = new SimulatedJob[count];
            for (int i = 0; i < count; i++)
            {
                int place = (int)skip + i;
                jobs[i] = matching[oldestFirst ? place : matching.Count - 1 - place];
            }

            return (jobs, matching.Count);
        }
    }

    private void Follow(JobLife life)
    {
        _lives[life.Job.Id] = life;
        Replace(life.Job);
    }

    private void Replace(SimulatedJob job)
    {
        // It is nearly always the newest.
        _oldestFirst[_oldestFirst.FindLastIndex(known => known.Id == job.Id)] = job;
        _byId[job.Id] = job;
    }
}
