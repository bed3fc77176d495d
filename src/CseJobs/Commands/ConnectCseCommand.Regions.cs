using System.Management.Automation.Runspaces;
using CseJobs.Client.Auth;

namespace CseJobs.Commands;

// Several regions at once: one session for each, of the same identity.
public sealed partial class ConnectCseCommand
{
    private const string RegionMark = "{region}";

    // A few refusals lock a key or a user for minutes.
    private const int MaxRefusals = 2;

    private void ConnectRegions(string[] regions)
    {
        string? onePlace = Array.Find([nameof(Endpoint), nameof(ProjectId), nameof(ProjectName), nameof(EngineId)], IsBound);
        bool isNamed = Name.Contains(RegionMark, StringComparison.OrdinalIgnoreCase);
        if (ParameterSetName == TokenSet)
            Refuse("A token holds for one project, and so for one region, but -Region names several. Connect to each region with its own token. Nothing was sent.", regions);
        else if (onePlace is not null)
            Refuse($"-{onePlace} names one place, but -Region names several. Leave it out, or connect to each region by itself. Nothing was sent.", regions);
        else if (!isNamed && IsTyped(nameof(Name)))
            Refuse($"-Name names one session, but -Region names several. Put {RegionMark} into it, for example 'acme-{RegionMark}'. Nothing was sent.", regions);

        string[] names = Array.ConvertAll(regions, region => isNamed ? NameOf(region) : region);
        try
        {
            Array.ForEach(regions, region => ServiceEndpoints.Cse(region));
            Array.ForEach(names, CheckName);
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(e, regions));
        }

        var signIns = new Task<SignInResult>[regions.Length];
        try
        {
            Await(SignInAllAsync(regions, signIns));
        }
        catch (PipelineStoppedException)
        {
            // Nobody will ever have these sessions.
            foreach (Task<SignInResult> signIn in signIns.OfType<Task<SignInResult>>())
                _ = signIn.ContinueWith(made => made.Result.Client.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

            throw;
        }

        if (signIns[0].Exception?.InnerException is ArgumentException wrong && !Array.Exists(signIns, signIn => signIn.IsCompletedSuccessfully))
            ThrowTerminatingError(ErrorRecords.InvalidArgument(wrong, null));

        Show(regions, names, signIns);
    }

    /// <summary>Stores the sessions that came about, all of them before an error can end the cmdlet, and tells of each region in the order given.</summary>
    private void Show(string[] regions, string[] names, Task<SignInResult>[] signIns)
    {
        CseSession?[] sessions = signIns.Select((signIn, i) => signIn.IsCompletedSuccessfully ? new CseSession(names[i], Scope, signIn.Result, null) : null).ToArray();
        if (sessions.OfType<CseSession>().ToArray() is { Length: > 0 } made)
            SessionStore.Add(made, Runspace.DefaultRunspace);

        var told = new HashSet<Exception>();
        for (int i = 0; i < regions.Length; i++)
        {
            if (sessions[i] is { } session)
                WriteObject(session);
            else if (signIns[i].Exception!.InnerException is { } error and (CseApiException or ArgumentException))
                WriteError(ErrorRecords.OfRegion(error, regions[i], isSent: told.Add(error)));
            else
                signIns[i].GetAwaiter().GetResult();
        }
    }

    /// <summary>Signs in to all regions side by side, once the first of them has taken the credentials; each result is in its task.</summary>
    private async Task<bool> SignInAllAsync(string[] regions, Task<SignInResult>[] signIns)
    {
        // One after the other until then: refused credentials must not be sent to all regions before anybody knows.
        int next = 0;
        int refusals = 0;
        for (bool isTaken = false; next < regions.Length && !isTaken && refusals < MaxRefusals; next++)
        {
            signIns[next] = SignInAsync(regions[next]);
            await Task.WhenAny(signIns[next]).ConfigureAwait(false);
            isTaken = signIns[next].IsCompletedSuccessfully;
            refusals += IsRefused(signIns[next]) ? 1 : 0;
            StopToken.ThrowIfCancellationRequested();
        }

        for (; next < regions.Length; next++)
            signIns[next] = refusals < MaxRefusals ? SignInAsync(regions[next]) : signIns[Array.FindIndex(signIns, IsRefused)];

        await Task.WhenAll(signIns.Select(signIn => Task.WhenAny(signIn))).ConfigureAwait(false);
        StopToken.ThrowIfCancellationRequested();
        return true;
    }

    private static bool IsRefused(Task<SignInResult> signIn) => signIn.Exception?.InnerException is CseApiException { Reason: CseErrorReason.AuthenticationFailed };

    /// <summary>The name of the session of a region; null is none that is known.</summary>
    private string NameOf(string? region) => !Name.Contains(RegionMark, StringComparison.OrdinalIgnoreCase) ? Name
        : Name.Replace(RegionMark, region ?? throw new ArgumentException($"{RegionMark} in -Name stands for the region, but none is known: pass -Region."), StringComparison.OrdinalIgnoreCase);
}
