using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Data;

/// <summary>Makes the jobs of one engine. The same engine id, count, seed and instant give the same jobs.</summary>
internal sealed class JobFactory(EngineDefinition definition, int seed, DateTimeOffset now)
{
    private const long TwentyMinutes = 20 * 60_000L;
    private const long ThreeHours = 3 * 3_600_000L;
    private const long FiveHours = 5 * 3_600_000L;
    private const long ThreeYears = 3 * 365 * 86_400_000L;

    // Configuring is what happens most.
    private static readonly string[] Everyday = [JobTypes.Configure, JobTypes.Configure, JobTypes.Modify, JobTypes.Updated, JobTypes.Upgrade];

    private readonly ulong _seed = Dice.Hash(definition.Id) ^ ((ulong)(uint)seed << 32);
    private readonly long _now = now.ToUnixTimeMilliseconds();
    private readonly bool _wideIds = definition.Scenarios.Exists(use => use.Scenario.WideIds);

    // Ids are one sequence for all engines of a site, so an engine sees gaps; they stay within six digits where that is possible.
    private readonly int _largestGap = Math.Clamp(800_000 / Math.Max(1, definition.Jobs), 1, 23);
    private int _next;
    private long _lastId;

    private long Spacing => definition.Spacing ?? Math.Min(FiveHours, ThreeYears / Math.Max(1, definition.Jobs));

    /// <summary>All jobs the engine has from the start, oldest first.</summary>
    public IEnumerable<SimulatedJob> CreateAll()
    {
        _lastId = 10_000 + (long)(Dice.Hash(definition.Id) % 80_000);
        int count = definition.Jobs;
        int running = definition.Newest is not null ? 1 : count >= 6 ? 3 : count >= 3 ? 1 : 0;
        for (int i = 0; i < count; i++)
        {
            yield return CreateInitial(count - 1 - i, running);
        }
    }

    /// <summary>A job newer than <paramref name="last"/>.</summary>
    public SimulatedJob CreateNext(SimulatedJob? last, string status, string type) =>
        Create(status, type, last is null ? _now : Math.Max(_now, last.Created) + 60_000);

    /// <summary>A job with another status; its times are made to fit.</summary>
    public SimulatedJob Restate(SimulatedJob job, string status)
    {
        Dice dice = DiceFor(job.Number, 3);
        long? start = status == JobStatuses.PreInit ? null : job.StartTime ?? job.Created + 20;
        bool ended = status is JobStatuses.Finished or JobStatuses.Error or JobStatuses.Timeout;
        return job.Become(status, start, ended ? job.EndTime ?? start + Duration(status, job.Type, ref dice) : null, times: null);
    }

    // place 0 is the newest. The first few have fixed parts, so that every status and type occurs in any engine of six jobs.
    private SimulatedJob CreateInitial(int place, int running)
    {
        Dice dice = DiceFor(_next, 1);
        string type = _next == 0 ? JobTypes.Create : dice.Pick(Everyday);
        if (place == 0 && definition.Newest is { } newest)
        {
            // Long enough ago that all its sub-jobs fit in between.
            bool ended = newest.Status is JobStatuses.Finished or JobStatuses.Error or JobStatuses.Timeout;
            string kind = _next == 0 && newest.Type != JobTypes.Delete ? JobTypes.Create : newest.Type;
            return Create(newest.Status, kind, _now - Math.Min(ended ? ThreeHours : TwentyMinutes, Spacing / 2));
        }

        if (place < running)
        {
            return (running, place) switch
            {
                (3, 0) => Create(JobStatuses.PreInit, JobTypes.Configure, _now - 20_000),
                (3, 1) => Create(JobStatuses.Init, JobTypes.Modify, _now - 45_000),
                _ => Create(JobStatuses.Executing, _next == 0 ? type : JobTypes.Upgrade, _now - 240_000),
            };
        }

        long created = _now - ((place - running + 1) * Spacing) - (long)(dice.Fraction() * 0.2 * Spacing);
        if (running == 3 && place == 3)
        {
            return Create(JobStatuses.Error, JobTypes.Delete, created);
        }

        if (running == 3 && place == 4)
        {
            return Create(JobStatuses.Timeout, JobTypes.Updated, created);
        }

        int chance = dice.Below(100);
        string status = _next == 0 || chance >= 12 ? JobStatuses.Finished : chance < 8 ? JobStatuses.Error : JobStatuses.Timeout;

        // An engine whose deletion finished would be gone: deletions only occur where they failed.
        bool deletion = status != JobStatuses.Finished && dice.Below(8) == 0;
        return Create(status, deletion ? JobTypes.Delete : type, created);
    }

    private SimulatedJob Create(string status, string type, long created)
    {
        int number = _next++;
        Dice dice = DiceFor(number, 2);
        _lastId += 1 + dice.Below(_largestGap);
        bool ended = status is JobStatuses.Finished or JobStatuses.Error or JobStatuses.Timeout;
        long? start = status == JobStatuses.PreInit ? null : created + 20 + dice.Below(400);
        string context = type == JobTypes.Upgrade && dice.Below(3) == 0 ? """{"targetVersion":"2.4.1"}""" : "";
        return new SimulatedJob
        {
            Id = _wideIds && number % OddJobs.Kinds == OddJobs.WideIdKind ? OddJobs.FirstWideId + (2L * number) : _lastId,
            EngineId = definition.Id,
            EngineName = definition.Name,
            Type = type,
            Description = dice.Pick(Vocabulary.Descriptions(type)),
            Status = status,
            CreateUser = dice.Pick(Vocabulary.Users),
            StartTime = start,
            EndTime = ended ? start + Duration(status, type, ref dice) : null,
            Context = context,
            Number = number,
            Created = created,
            Seed = dice.Next(),
        };
    }

    // A job ends well before the next one starts: an engine does one thing at a time.
    private long Duration(string status, string type, ref Dice dice)
    {
        double typical = Vocabulary.TypicalSeconds(type) * 1000.0 * (0.6 + (0.9 * dice.Fraction()));
        double factor = status switch { JobStatuses.Timeout => 3, JobStatuses.Error => 0.2 + (0.7 * dice.Fraction()), _ => 1 };
        return (long)Math.Min(typical * factor, 0.7 * Spacing);
    }

    private Dice DiceFor(int number, int purpose) => new(_seed + ((ulong)number * 0x9E3779B1) + ((ulong)purpose << 56));
}
