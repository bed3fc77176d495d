using System.Globalization;
using System.Text;
using CseJobs.Client.Json;
using CseJobs.Client.Waiting;
using Xunit;

namespace CseJobs.Client.Tests.Waiting;

/// <summary>A wait on a clock that jumps to whatever is waited for, over jobs that answer by script. Nothing sleeps.</summary>
internal sealed class WaitBench
{
    private readonly Dictionary<long, Func<int, Task<EngineJob>>> _scripts = [];
    private readonly Dictionary<long, int> _count = [];
    private readonly List<TrackedJob> _jobs = [];

    public TestClock Clock { get; } = new();

    public WaitOptions Options { get; set; } = new();

    /// <summary>Every read: the job, and when in seconds.</summary>
    public List<(long Id, double At)> Reads { get; } = [];

    public List<string> Notes { get; } = [];

    public CancellationTokenSource Cancel { get; } = new();

    public int UnderWay { get; private set; }

    public int PeakUnderWay { get; private set; }

    public double Now => Clock.GetElapsedTime(0).TotalSeconds;

    public IEnumerable<double> ReadsOf(long id) => Reads.Where(read => read.Id == id).Select(read => Math.Round(read.At, 3));

    /// <summary>Adds a job whose nth read (from 1) is answered with a status, or fails with a <see cref="CseErrorReason"/>.</summary>
    public WaitBench Job(long id, Func<int, object> answer, JobType type = JobType.Unknown, JobStatus status = JobStatus.Unknown, bool isRetried = false) =>
        JobAsync(id, n => Answer(id, answer(n)), type, status, isRetried);

    public WaitBench JobAsync(long id, Func<int, Task<EngineJob>> answer, JobType type = JobType.Unknown, JobStatus status = JobStatus.Unknown, bool isRetried = false)
    {
        _scripts[id] = answer;
        _jobs.Add(new TrackedJob("engine-" + id, id, type.ToString(), status.ToString()) { WasRetried = isRetried });
        return this;
    }

    public JobWaiter Begin() => new(ReadAsync, _jobs, Clock, Options with { OnRead = OnRead }, Cancel.Token);

    /// <summary>Waits to the end; the ends as text, such as <c>5 Finished</c>, one element a round.</summary>
    public async Task<List<string>> RunAsync()
    {
        using JobWaiter wait = Begin();
        var rounds = new List<string>();
        while (await wait.NextAsync() is { } ended)
        {
            rounds.Add(string.Join(", ", ended.Select(job => $"{job.Id} {job.End} {(job.End == WaitEnd.Unreadable ? job.ReadError!.Reason : null)}".TrimEnd())));
        }

        return rounds;
    }

    public static Task<EngineJob> Answer(long id, object answer) => answer switch
    {
        CseErrorReason reason => Task.FromException<EngineJob>(new CseApiException(reason, reason.ToString()) { IsTransient = IsTransient(reason) }),
        CseApiException error => Task.FromException<EngineJob>(error),
        EngineJob job => Task.FromResult(job),
        _ => Task.FromResult(new EngineJob { Id = id, EngineId = "engine-" + id, StatusText = answer.ToString(), TypeText = "Upgrade" }),
    };

    /// <summary>A job out of the API's JSON.</summary>
    public static EngineJob Parse(string json) => JobReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool());

    /// <summary>As the pipeline classifies most failures of a reason.</summary>
    private static bool IsTransient(CseErrorReason reason) => reason is
        CseErrorReason.Throttled or CseErrorReason.ServerError or CseErrorReason.ConnectionFailed
        or CseErrorReason.TimeoutReached or CseErrorReason.MalformedResponse;

    private void OnRead(TrackedJob job) => Notes.Add(job.ReadError is { } error
        ? string.Create(CultureInfo.InvariantCulture, $"{job.Id} {(job.IsOutageStart ? "warns of" : "missed")} {error.Reason} for {job.NextRead.TotalSeconds}")
        : string.Create(CultureInfo.InvariantCulture, $"{job.Id} {(job.MayRecover ? "may come back" : "goes on")}"));

    private async Task<EngineJob> ReadAsync(TrackedJob job, CancellationToken token)
    {
        int number = _count[job.Id] = _count.GetValueOrDefault(job.Id) + 1;

        // A wait that never ends is to fail, not to hang.
        Assert.True(Reads.Count < 10_000, "The wait does not end.");
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
}
