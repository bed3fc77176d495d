using System.Management.Automation.Runspaces;
using CseJobs.Client.Http;
using CseJobs.Listing;

namespace CseJobs.Reporting;

/// <summary>Reads the jobs in detail whose timeline a report shows and whose list had no phases, each in the session that has read it.</summary>
internal sealed class ReportDetails(OrderedOutput requests, ICallObserver observer, CancellationToken cancellationToken)
{
    private readonly Dictionary<CseSession, AuthFailureLatch> _sessions = new();

    /// <summary>The jobs that could not be read.</summary>
    public HashSet<JobFacts> Unread { get; } = new();

    /// <summary>Why the last of them could not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Puts what is read in the place of the jobs; those that cannot be read stay as they are.</summary>
    /// <param name="jobs">All jobs.</param>
    /// <param name="wanted">Those that are wanted in detail.</param>
    /// <param name="onRead">Is told of each that was read, or not, on any thread.</param>
    public async Task ReadAsync(List<JobFacts> jobs, HashSet<JobFacts> wanted, Action onRead)
    {
        // On the pipeline's thread: sessions are looked up by its runspace.
        (int Place, CseSession? Session)[] reads = Enumerable.Range(0, jobs.Count).Where(place => wanted.Contains(jobs[place]) && !jobs[place].HasPhases)
            .Select(place => (place, SessionOf(jobs[place]))).ToArray();
        foreach (CseSession session in reads.Select(read => read.Session).OfType<CseSession>().Where(session => _sessions.TryAdd(session, new AuthFailureLatch())))
            session.Hold();

        try
        {
            JobFacts?[] read = await Task.WhenAll(reads.Select(one => ReadOneAsync(jobs[one.Place], one.Session, onRead))).ConfigureAwait(false);
            for (int i = 0; i < read.Length; i++)
                jobs[reads[i].Place] = read[i] ?? jobs[reads[i].Place];
        }
        finally
        {
            foreach (CseSession session in _sessions.Keys)
                session.Release();
        }
    }

    private static CseSession? SessionOf(JobFacts job)
    {
        Runspace? runspace = Runspace.DefaultRunspace;
        CseSession? session = PipedTarget.Of(job.Item).First().Session switch
        {
            CseSession { IsClosed: true } closed => SessionStore.Successor(closed, runspace),
            CseSession open => open,
            string name => SessionStore.Find(runspace, name),
            _ => null,
        };
        return session is { IsClosed: false } ? session : null;
    }

    private async Task<JobFacts?> ReadOneAsync(JobFacts job, CseSession? session, Action onRead)
    {
        try
        {
            if (session is null)
                throw new ArgumentException(job.Session.Length > 0 ? $"The session '{job.Session}' is not open." : "It does not tell which session has read it.");

            long id = long.Parse(job.Id, CultureInfo.InvariantCulture);
            EngineJob read = await requests.SendAsync(_sessions[session], job.EngineId, id, () => session.Client.GetJobAsync(job.EngineId, id, observer, cancellationToken)).ConfigureAwait(false);
            return JobFacts.Of(read);
        }
        catch (Exception e) when (e is CseApiException or ArgumentException)
        {
            lock (Unread)
            {
                Unread.Add(job);
                Problem = e.Message;
            }

            return null;
        }
        finally
        {
            onRead();
        }
    }
}
