using CseJobs.Client.Json;
using CseJobs.Client.Paging;

namespace CseJobs.Client.Diagnosis;

/// <summary>What came of the engines.</summary>
/// <param name="Permission">What the credentials allow.</param>
/// <param name="Engines">What engines there are; null when that depends on a permission which is missing.</param>
/// <param name="Jobs">The jobs of one engine; null when there is none.</param>
internal sealed record EngineFinding(SessionCheck Permission, SessionCheck? Engines, JobListProbe? Jobs);

/// <summary>Judges what the credentials allow, and chooses the engine whose jobs are asked for.</summary>
internal static class EngineCheck
{
    private const string Permission = "Permission";
    private const string Engines = "Engines";
    private const string MayList = "cse:engine:list";
    private const string MayRead = "cse:engine:get";

    // Engines are asked until one has jobs to tell something by.
    private const int MaxEnginesAsked = 3;
    private const int EnoughJobs = 3;

    public static async Task<EngineFinding> AskAsync(CseClient client, FirstAnswer first, string? wanted, bool isWhole, ICallObserver? observer, CancellationToken cancellationToken)
    {
        if (first.Failure is { } failure)
        {
            if (failure.Reason != CseErrorReason.PermissionDenied)
                return new EngineFinding(new SessionCheck(Permission, CheckResult.NotTried, "no answer tells"), SessionCheck.Failed(Engines, CheckProblem.CallFailed, failure), null);

            // The gateway's number for a project that is none of the caller's.
            bool isProject = failure.Code?.EndsWith(".0310", StringComparison.Ordinal) == true;
            if (isProject || wanted is null)
                return new EngineFinding(SessionCheck.Failed(Permission, isProject ? CheckProblem.ProjectRefused : CheckProblem.ListPermissionMissing, failure), null, null);
        }

        Engine[] candidates = wanted is null ? Likely(first.Engines!) : Named(first.Engines, wanted);
        var mayList = new SessionCheck(Permission, CheckResult.Ok, MayList);
        if (candidates.Length == 0)
            return new EngineFinding(mayList, SessionCheck.Warned(Engines, CheckProblem.NoEngine, "there is none in this project and enterprise project"), null);

        if (wanted is not null && candidates.Length > 1)
        {
            var several = new CseApiException(CseErrorReason.InvalidArgument, $"'{SafeText.Quote(wanted)}' names {candidates.Length} engines, and one has to be meant.");
            string ids = string.Join(", ", candidates.Select(engine => engine.Id));
            return new EngineFinding(mayList, SessionCheck.Failed(Engines, CheckProblem.EngineUnknown, several, $"'{SafeText.Quote(wanted)}' names several: {ids}"), null);
        }

        JobListProbe? best = null;
        foreach (Engine engine in candidates.Take(isWhole ? MaxEnginesAsked : 1))
        {
            JobListProbe jobs = await JobListProbe.ReadAsync(client, engine, isWhole ? JobQuery.MaxPageSize : 1, observer, cancellationToken).ConfigureAwait(false);
            best = best is null || jobs.Count > best.Count ? jobs : best;
            if (jobs.Count >= EnoughJobs || jobs.Failure is { Reason: not CseErrorReason.EngineNotFound, StatusCode: not (400 or 404) })
                break;
        }

        return Judge(best!, first.Engines);
    }

    private static EngineFinding Judge(JobListProbe jobs, ListAnswer<Engine>? list)
    {
        string count = list is null ? "not listed" : Count(list);
        string name = string.IsNullOrEmpty(jobs.Engine.Name) ? jobs.Engine.Id : jobs.Engine.Name;
        var engines = new SessionCheck(Engines, CheckResult.Ok, $"{count}; looked at {SafeText.Quote(name)}");
        return jobs.Failure switch
        {
            { Reason: CseErrorReason.PermissionDenied } refused => new EngineFinding(
                SessionCheck.Failed(Permission, CheckProblem.ReadPermissionMissing, refused, list is null ? refused.Message : $"{MayList}, but not {MayRead}: {refused.Message}"), null, null),
            { Reason: CseErrorReason.EngineNotFound } missing => new EngineFinding(
                new SessionCheck(Permission, list is null ? CheckResult.NotTried : CheckResult.Ok, list is null ? "no answer tells" : MayList),
                SessionCheck.Failed(Engines, CheckProblem.EngineUnknown, missing, $"{count}; {missing.Message}"),
                null),
            _ when list is null => new EngineFinding(
                SessionCheck.Warned(Permission, CheckProblem.ListPermissionMissing, $"{MayRead}, but not {MayList}: engines can be named by their id only"), engines, jobs),
            { } => new EngineFinding(new SessionCheck(Permission, CheckResult.Ok, MayList), engines, jobs),
            null => new EngineFinding(new SessionCheck(Permission, CheckResult.Ok, $"{MayList}, {MayRead}"), engines, jobs),
        };
    }

    /// <summary>The engines there are; first those of the kind that the API is about, and of them those that have a job.</summary>
    private static Engine[] Likely(ListAnswer<Engine> list) => [.. list.Data
        .Where(engine => engine.Id.Length > 0)
        .OrderByDescending(engine => string.Equals(engine.Type, "CSE", StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(engine => engine.LatestJobId is not null)];

    /// <summary>The engine of that id, else those of that name; what is neither, on this page, is asked for as an id.</summary>
    private static Engine[] Named(ListAnswer<Engine>? list, string text)
    {
        Engine[] named = list is null ? [] : [.. list.Data.Where(engine => text.Equals(engine.Name, StringComparison.OrdinalIgnoreCase))];
        return list?.Data.Find(engine => text.Equals(engine.Id, StringComparison.OrdinalIgnoreCase)) is { } one ? [one]
            : named.Length > 0 ? named
            : [new Engine { Id = text }];
    }

    /// <summary>For example <c>22: 18 CSE, 4 NACOS</c>.</summary>
    private static string Count(ListAnswer<Engine> list)
    {
        IEnumerable<string> kinds = list.Data.GroupBy(engine => SafeText.Quote(engine.Type ?? "unknown"), StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(kind => kind.Count())
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} {kind.Key}"));
        string of = list.Total > list.Data.Count ? string.Create(CultureInfo.InvariantCulture, $"{list.Total}, of the first {list.Data.Count}: ") : string.Create(CultureInfo.InvariantCulture, $"{list.Data.Count}: ");
        return of + string.Join(", ", kinds.Take(4));
    }
}
