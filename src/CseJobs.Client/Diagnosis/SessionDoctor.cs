using System.Runtime.CompilerServices;
using CseJobs.Client.Auth;
using CseJobs.Client.Json;

namespace CseJobs.Client.Diagnosis;

/// <summary>
/// Finds out whether a session works, and if not, what is in the way; then what the service makes of all that the documents leave open. Reads
/// only, with a dozen requests at most. What it finds out about lists, the client's later listings know.
/// </summary>
/// <param name="signIn">The session.</param>
public sealed class SessionDoctor(SignInResult signIn)
{
    private static readonly string[] Names = ["Name, TCP", "TLS", "Clock", "Credentials", "Permission", "Engines"];

    private readonly CseClient _client = signIn.Client;

    /// <summary>Looks at the way to the server, the clock, the credentials and what they allow: what a first call needs.</summary>
    /// <param name="engineId">An engine by id or name; null for one of those there are, with jobs if possible.</param>
    /// <param name="observer">Is told of requests, on any thread.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The checks, each as it is made. What is wrong is told by them, not thrown; after one that failed the others are not tried.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The session was closed.</exception>
    public IAsyncEnumerable<SessionCheck> CheckConnectionAsync(string? engineId = null, ICallObserver? observer = null, CancellationToken cancellationToken = default) =>
        RunAsync(engineId, isWhole: false, observer, cancellationToken);

    /// <summary>The same, and then how the service reads <c>offset</c>, <c>limit</c> and the time window, and what its lists look like.</summary>
    /// <param name="engineId">An engine by id or name; null for one of those there are, with jobs if possible.</param>
    /// <param name="observer">Is told of requests, on any thread.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The checks, each as it is made. What is wrong is told by them, not thrown; after one that failed those that depend on it are not tried.</returns>
    /// <exception cref="ArgumentException">The engine id cannot be right.</exception>
    /// <exception cref="CseApiException">The session was closed.</exception>
    public IAsyncEnumerable<SessionCheck> CheckAsync(string? engineId = null, ICallObserver? observer = null, CancellationToken cancellationToken = default) =>
        RunAsync(engineId, isWhole: true, observer, cancellationToken);

    /// <summary>Makes the checks; takes secrets out of what servers said, and puts one that was not tried in the place of each that is left.</summary>
    private async IAsyncEnumerable<SessionCheck> RunAsync(string? engineId, bool isWhole, ICallObserver? observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (engineId is not null)
            CseClient.CheckEngineId(engineId);

        var left = new Queue<string>(isWhole ? [.. Names, .. JobListProbe.Names] : Names);
        var probe = new ConnectionProbe(_client.Options);
        using RequestPipeline pipeline = _client.OpenAnother(probe.Watch);
        string last = string.Empty;
        await foreach (SessionCheck check in MakeAsync(probe, pipeline, engineId, isWhole, observer, cancellationToken).ConfigureAwait(false))
        {
            if (check.Failure?.Reason == CseErrorReason.SessionClosed)
                throw check.Failure;

            last = left.Dequeue();
            yield return check with { Detail = Clean(check.Detail, pipeline) };
        }

        foreach (string name in left)
            yield return new SessionCheck(name, CheckResult.NotTried, "see " + last);
    }

    private string Clean(string detail, RequestPipeline pipeline)
    {
        string project = _client.Options.ProjectId;
        return pipeline.Redact(SafeText.OneLine(detail)).Replace(project, AccessCheck.Beginning(project), StringComparison.OrdinalIgnoreCase);
    }

    private async IAsyncEnumerable<SessionCheck> MakeAsync(
        ConnectionProbe probe, RequestPipeline pipeline, string? engineId, bool isWhole, ICallObserver? observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SessionCheck way = await probe.ConnectAsync(pipeline, cancellationToken).ConfigureAwait(false);
        yield return way;
        if (way.Result == CheckResult.Fail)
            yield break;

        // One request shows all of these.
        FirstAnswer first = await AskAsync(pipeline, observer, cancellationToken).ConfigureAwait(false);
        SessionCheck tls = probe.JudgeTls(pipeline, first.Failure);
        yield return tls;
        if (tls.Result == CheckResult.Fail)
            yield break;

        SessionCheck clock = AccessCheck.JudgeClock(first, signIn.Credential.Signs);
        yield return clock;
        if (clock.Result == CheckResult.Fail)
            yield break;

        SessionCheck credentials = AccessCheck.JudgeCredentials(first, signIn);
        yield return credentials;
        if (credentials.Result == CheckResult.Fail)
            yield break;

        (SessionCheck permission, SessionCheck? engines, JobListProbe? jobs) = await EngineCheck.AskAsync(_client, first, engineId, isWhole, observer, cancellationToken).ConfigureAwait(false);
        yield return permission;
        if (engines is not null)
            yield return engines;

        if (!isWhole || jobs is null)
            yield break;

        await foreach (SessionCheck check in jobs.CheckAsync(cancellationToken).ConfigureAwait(false))
            yield return check;
    }

    private async Task<FirstAnswer> AskAsync(RequestPipeline pipeline, ICallObserver? observer, CancellationToken cancellationToken)
    {
        DateTimeOffset sent = _client.Options.TimeProvider.GetUtcNow();
        try
        {
            (ListAnswer<Engine> engines, DateTimeOffset? time) = await _client.SendEngineListAsync(pipeline, observer, cancellationToken).ConfigureAwait(false);
            return new FirstAnswer(engines, null, time, sent, _client.Options.TimeProvider.GetUtcNow());
        }
        catch (CseApiException e)
        {
            return new FirstAnswer(null, e, e.ServerTime, sent, _client.Options.TimeProvider.GetUtcNow());
        }
    }
}

/// <summary>What came of the first request, the list of engines.</summary>
/// <param name="Engines">The first page; null when it failed.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="ServerTime">The server's clock; null when it did not tell that.</param>
/// <param name="Sent">This machine's clock when it began.</param>
/// <param name="Received">This machine's clock when the answer was there.</param>
internal sealed record FirstAnswer(ListAnswer<Engine>? Engines, CseApiException? Failure, DateTimeOffset? ServerTime, DateTimeOffset Sent, DateTimeOffset Received);
