using System.Globalization;
using System.Text;
using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using CseJobs.Client.Jobs;
using CseJobs.Client.Json;
using CseJobs.Client.Paging;
using CseJobs.Client.Waiting;

namespace CseJobs.Client;

/// <summary>The engine-job API: jobs and the engines that they belong to. Thread-safe; keep one for as long as it is needed.</summary>
public sealed partial class CseClient : IDisposable
{
    private readonly ApiSender _sender;
    private readonly CseCredential _credential;
    private readonly string _enginesPath;
    private readonly TextPool _texts = new();

    /// <summary>Makes a client. Nothing is sent.</summary>
    /// <param name="options">Where and how to send.</param>
    /// <param name="credential">How to sign in; the client disposes it.</param>
    /// <exception cref="ArgumentException">An option cannot be right; the message says which and what to do.</exception>
    public CseClient(CseClientOptions options, CseCredential credential)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        _credential = credential ?? throw new ArgumentNullException(nameof(credential));
        _enginesPath = $"/v2/{PathSegment.ProjectId(options.ProjectId)}/enginemgr/engines";
        HeaderRules.Check(options.EnterpriseProjectId, "enterprise project id");
        _sender = new ApiSender(options, credential);
        Retried = new RetriedJobs(options.Now);
    }

    /// <summary>Where and how this client sends.</summary>
    internal CseClientOptions Options { get; }

    /// <summary>The jobs that were retried through this client of late.</summary>
    internal RetriedJobs Retried { get; }

    /// <summary>Checks what can be known of an engine id without asking the server.</summary>
    /// <param name="engineId">The id.</param>
    /// <exception cref="ArgumentException">The id cannot be right; the message says why.</exception>
    internal static void CheckEngineId(string engineId) => PathSegment.EngineId(engineId);

    /// <summary>Lists the jobs of an engine (<c>GET /v2/{project_id}/enginemgr/engines/{engine_id}/jobs</c>). Nothing is sent before the first page is asked for.</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="query">Which jobs; all when null.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <returns>A pager over the list; dispose it.</returns>
    /// <exception cref="ArgumentException">The engine id or the query cannot be right.</exception>
    public JobPager ListJobs(string engineId, JobQuery? query = null, ICallObserver? observer = null)
    {
        string path = $"{_enginesPath}/{PathSegment.EngineId(engineId)}/jobs";
        query ??= new JobQuery();
        query.Validate();
        return new JobPager((ask, token) => GetPageAsync(path, engineId, query, ask, observer, token), query);
    }

    /// <summary>Reads one job with its phases and sub-jobs (<c>GET /v2/{project_id}/enginemgr/engines/{engine_id}/jobs/{job_id}</c>).</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The call failed; <see cref="CseApiException.Reason"/> says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<EngineJob> GetJobAsync(
        string engineId, long jobId, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        string path = $"{_enginesPath}/{PathSegment.EngineId(engineId)}/jobs/{jobId.ToString(CultureInfo.InvariantCulture)}";
        EngineJob job = await _sender
            .SendAsync(new ApiCall(path, engineId, jobId), body => JobReader.ReadAnswer(body, _texts), observer, cancellationToken).ConfigureAwait(false);
        job.EngineId ??= engineId;
        return job;
    }

    /// <summary>Closes the connections and wipes the secrets of the credential.</summary>
    public void Dispose()
    {
        _sender.Dispose();
        _credential.Dispose();
    }

    private async Task<ListAnswer<EngineJob>> GetPageAsync(
        string path, string engineId, JobQuery query, PageAsk ask, ICallObserver? observer, CancellationToken cancellationToken)
    {
        var call = new ApiCall(path + QueryString(query, ask), engineId) { Once = ask.Once };
        ListAnswer<EngineJob> read(ArraySegment<byte> body)
        {
            ask.Arrived();
            return JobReader.ReadPage(body, _texts);
        }

        ListAnswer<EngineJob> page = await _sender.SendAsync(call, read, observer, cancellationToken).ConfigureAwait(false);
        foreach (EngineJob job in page.Data)
        {
            // Without it the job could not be piped back for its details.
            job.EngineId ??= engineId;
        }

        return page;
    }

    /// <summary>
    /// Times go out as epoch milliseconds, as every other time of this API. The documents do not name a format: should it prove
    /// to be another one, this is the only place to change.
    /// </summary>
    private static string QueryString(JobQuery query, PageAsk ask)
    {
        var text = new StringBuilder();
        text.Append("?offset=").Append(ask.Offset.ToString(CultureInfo.InvariantCulture));
        text.Append("&limit=").Append(ask.Limit.ToString(CultureInfo.InvariantCulture));
        AppendTime(text, "from-time", query.From);
        AppendTime(text, "to-time", query.To);
        return text.ToString();
    }

    private static void AppendTime(StringBuilder text, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            text.Append('&').Append(name).Append('=').Append(Math.Max(0, value.ToUnixTimeMilliseconds()).ToString(CultureInfo.InvariantCulture));
        }
    }
}
