using System.Globalization;
using System.Text;
using CseJobs.Client.Json;
using CseJobs.Client.Waiting;
using Xunit;

namespace CseJobs.Client.Tests.Waiting;

/// <summary>A wait on a clock that jumps to whatever is waited for, over jobs that answer by script. Nothing sleeps.</summary>
internal sealed class WaitBench : IWaitObserver
{
    private readonly DateTimeOffset _start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<long, Func<int, Task<EngineJob>>> _scripts = [];
    private readonly Dictionary<long, int> _count = [];
    private readonly List<WaitedJob> _jobs = [];
    private DateTimeOffset _now;
    private int _delays;

    public WaitBench() => _now = _start;

    public WaitOptions Options { get; set; } = new();

    /// <summary>Every read: the job, and when in seconds.</summary>
    public List<(long Id, double At)> Reads { get; } = [];

    public List<string> Notes { get; } = [];

    public CancellationTokenSource Cancel { get; } = new();

    public int UnderWay { get; private set; }

    public int PeakUnderWay { get; private set; }

    public double Now => (_now - _start).TotalSeconds;

    public IEnumerable<double> ReadsOf(long id) => Reads.Where(read => read.Id == id).Select(read => Math.Round(read.At, 3));

    /// <summary>Adds a job whose nth read (from 1) is answered with a status, or fails with a <see cref="CseErrorReason"/>.</summary>
    public WaitBench Job(long id, Func<int, object> answer, JobType type = JobType.Unknown, JobStatus status = JobStatus.Unknown, bool isRetried = false) =>
        JobAsync(id, n => Answer(id, answer(n)), type, status, isRetried);

    public WaitBench JobAsync(long id, Func<int, Task<EngineJob>> answer, JobType type = JobType.Unknown, JobStatus status = JobStatus.Unknown, bool isRetried = false)
    {
        _scripts[id] = answer;
        _jobs.Add(new WaitedJob("engine-" + id, id, type, status, isRetried));
        return this;
    }

    public JobWait Begin() => new(
        _jobs,
        Options with { Now = () => _now, Delay = DelayAsync },
        ReadAsync,
        this,
        Cancel.Token);

    /// <summary>Waits to the end; the ends as text, such as <c>5 Finished</c>, one element a round.</summary>
    public async Task<List<string>> RunAsync()
    {
        using JobWait wait = Begin();
        var rounds = new List<string>();
        while (await wait.NextAsync() is { } ended)
        {
            rounds.Add(string.Join(", ", ended.Select(outcome => $"{outcome.Job.Id} {outcome.End} {outcome.Error?.Reason}".TrimEnd())));
        }

        return rounds;
    }

    public static Task<EngineJob> Answer(long id, object answer) => answer switch
    {
        CseErrorReason reason => Task.FromException<EngineJob>(new CseApiException(reason, reason.ToString())),
        CseApiException error => Task.FromException<EngineJob>(error),
        EngineJob job => Task.FromResult(job),
        _ => Task.FromResult(new EngineJob { Id = id, EngineId = "engine-" + id, StatusText = answer.ToString(), TypeText = "Upgrade" }),
    };

    /// <summary>A job out of the API's JSON.</summary>
    public static EngineJob Parse(string json) => JobReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool());

    void IWaitObserver.GoesOn(WaitedJob job) => Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{job.Id} goes on"));

    void IWaitObserver.MayComeBack(WaitedJob job) => Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{job.Id} may come back"));

    void IWaitObserver.Missed(WaitedJob job, CseApiException error, TimeSpan delay, bool isNews) =>
        Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{job.Id} {(isNews ? "warns of" : "missed")} {error.Reason} for {delay.TotalSeconds}"));

    private async Task<EngineJob> ReadAsync(WaitedJob job, CancellationToken token)
    {
        int number = _count[job.Id] = _count.GetValueOrDefault(job.Id) + 1;
        Reads.Add((job.Id, Now));
        PeakUnderWay = Math.Max(PeakUnderWay, ++UnderWay);
        try
        {
            return await _scripts[job.Id](number).WaitAsync(token);
        }
        finally
        {
            UnderWay--;
        }
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (delay >= TimeSpan.FromHours(1))
        {
            // Nothing is due: it is a read that is waited for.
            return Task.Delay(Timeout.Infinite, token);
        }

        // A wait that never ends is to fail, not to hang.
        Assert.True(++_delays < 10_000, "The wait does not end.");
        _now += delay;
        return Task.CompletedTask;
    }
}
