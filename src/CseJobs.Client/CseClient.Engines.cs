using CseJobs.Client.Json;
using CseJobs.Client.Paging;

namespace CseJobs.Client;

/// <content>The calls about engines.</content>
public sealed partial class CseClient
{
    /// <summary>Lists the engines of the project (<c>GET /v2/{project_id}/enginemgr/engines</c>). Nothing is sent before the first page is asked for.</summary>
    /// <param name="query">Which engines; all when null.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <returns>A pager over the list; dispose it.</returns>
    /// <exception cref="ArgumentException">The query cannot be right.</exception>
    public Pager<Engine> ListEngines(EngineQuery? query = null, ICallObserver? observer = null)
    {
        query ??= new EngineQuery();
        query.Validate();
        string type = query.WireType is { } wanted ? "&type=" + wanted : string.Empty;
        return Pager<Engine>.Over(
            (page, token) => _pipeline.SendAsync(
                ListCall(_enginesPath, page, type, null), body => EngineReader.ReadPage(body, _texts), observer, token),
            query.PageSize,
            engine => engine.Id);
    }

    /// <summary>Reads one engine (<c>GET /v2/{project_id}/enginemgr/engines/{engine_id}</c>).</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The call failed; <see cref="CseApiException.Reason"/> says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<Engine> GetEngineAsync(string engineId, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        string path = $"{_enginesPath}/{PathSegment.EngineId(engineId)}";
        return await _pipeline
            .SendAsync(new ApiCall(path, engineId), body => EngineReader.ReadAnswer(body, _texts), observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Tries the newest job of an engine again (<c>PUT /v2/{project_id}/enginemgr/engines/{engine_id}/actions</c>, action
    /// <c>Retry</c>). Nobody knows what the server makes of a second request, so it is sent again only when the first was refused for
    /// now (429) or never left (connection refused).
    /// </summary>
    /// <param name="engineId">The engine; its newest job must have failed.</param>
    /// <param name="observer">Is told of requests and waits, on any thread.</param>
    /// <param name="cancellationToken">Cancels the request; it may have taken effect all the same.</param>
    /// <returns>Id of the job that runs now (API field <c>jobId</c>); null when the server names none.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The call failed; <see cref="CseApiException.Reason"/> says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<long?> RetryJobAsync(string engineId, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"{_enginesPath}/{PathSegment.EngineId(engineId)}/actions", engineId)
        {
            Method = HttpMethod.Put,
            Body = Encoding.UTF8.GetBytes("""{"action":"Retry"}"""),
        };
        long? started = await _pipeline.SendAsync(call, body => body.Count == 0 ? null : EngineReader.ReadStartedJob(body), observer, cancellationToken).ConfigureAwait(false);

        // For a wait that follows: the job may still read Error.
        Retried.Note(engineId, started);
        return started;
    }
}
