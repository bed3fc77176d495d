using System;
using System.Collections.Generic;
using System.Threading.Tasks;
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
        if (_filter.IsLimited || PagingParameters.IncludeTotalCount)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-First, -Skip and -IncludeTotalCount apply to a list of jobs; they cannot be combined with -Id."), null));
        }

        string[] engines = Engines();
        if (engines.Length > 1)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                new ArgumentException("-Id reads the jobs of one engine, but -EngineId names several. Call the cmdlet once for each engine."), engines));
        }

        int window = ThrottleLimit == 1 ? 1 : ThrottleLimit * WindowFactor;
        foreach (long id in Id)
        {
            _reads.Enqueue(new JobRead(engines[0], id, ReadAsync(engines[0], id)));
            EmitReads(left: window - 1);
        }
    }

    private async Task<EngineJob> ReadAsync(string engine, long id)
    {
        await _turns.WaitAsync(StopToken).ConfigureAwait(false);
        try
        {
            _refusal.ThrowIfKnown();
            return await Current.Client.GetJobAsync(engine, id, Observer, StopToken).ConfigureAwait(false);
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
                WriteObject(Await(read.Job));
            }
            catch (ArgumentException e)
            {
                WriteError(e, read.Engine);
            }
            catch (CseApiException e)
            {
                WriteError(e, e.Reason == CseErrorReason.EngineNotFound ? read.Engine : read.Id);
            }
        }
    }
}
