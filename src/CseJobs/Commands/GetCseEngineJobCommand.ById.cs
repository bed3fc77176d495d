using CseJobs.Client;
using CseJobs.Errors;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <content>Reads jobs by their ids.</content>
public sealed partial class GetCseEngineJobCommand
{
    private readonly Queue<JobRead> _reads = new();

    private void ReadJobs()
    {
        EmitListings(left: 0);
        RefusePaging("-Id");

        string[] engines = Engines();
        if (engines.Length > 1)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-Id reads the jobs of one engine, but -EngineId names several. Call the cmdlet once for each engine."), engines));
        }

        foreach (long id in Id)
        {
            Begin(engines[0], id, () => Current.Client.GetJobAsync(engines[0], id, Observer, StopToken)!);
        }
    }

    private void RefusePaging(string parameter)
    {
        if (_filter.IsLimited || PagingParameters.IncludeTotalCount)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException($"-First, -Skip and -IncludeTotalCount apply to a list of jobs; they cannot be combined with {parameter}."), null));
        }
    }

    /// <summary>Begins to read a job and shows what is to be shown by now.</summary>
    private void Begin(string engine, long? id, Func<Task<EngineJob?>> read)
    {
        _reads.Enqueue(new JobRead(engine, id, InTurnAsync(engine, id, read)));
        EmitReads(left: ThrottleLimit == 1 ? 0 : (ThrottleLimit * WindowFactor) - 1);
    }

    private async Task<EngineJob?> InTurnAsync(string engine, long? id, Func<Task<EngineJob?>> read)
    {
        await _turns.WaitAsync(StopToken).ConfigureAwait(false);
        try
        {
            _refusal.ThrowIfKnown(engine, id);
            return await read().ConfigureAwait(false);
        }
        catch (CseApiException e)
        {
            _refusal.Note(e);
            throw;
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Shows jobs in their order: those that have come, and further ones until no more than so many are left.</summary>
    private void EmitReads(int left)
    {
        while (_reads.Count > left || (_reads.Count > 0 && _reads.Peek().Job.IsCompleted))
        {
            JobRead read = _reads.Dequeue();
            try
            {
                // -Status and -Type apply to newest jobs; with -Id they cannot be given.
                if (Await(read.Job) is { } job && _filter.Select(new[] { job }).Count > 0)
                {
                    WriteObject(job);
                }
            }
            catch (ArgumentException e)
            {
                WriteError(e, read.Engine);
            }
            catch (CseApiException e)
            {
                WriteError(e, e.Reason == CseErrorReason.EngineNotFound ? read.Engine : read.Id ?? (object)read.Engine);
            }
        }
    }
}
